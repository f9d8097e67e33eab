import 'fake-indexeddb/auto'
import { signal } from '@preact/signals'
import { describe, expect, it } from 'vitest'
import { createTabView, followAlwaysOn } from '../../../entrypoints/popup/tab-view'
import type { Session } from '../../../entrypoints/shared/session'
import type { SiteAccess } from '../../../entrypoints/shared/site-access'
import type { TabState } from '../../../utils/messages/states'
import { type Outcome, succeed } from '../../../utils/model/problem'

const stateOf = (isDocumenting: boolean) =>
  ({ isDocumenting, isBroken: false, isReadInFrameOnly: false, alwaysOnOrigins: [] }) as unknown as TabState

/** A background that answers when the test says so. */
function startBackground() {
  const asked: { name: string; answer: (state: TabState) => void }[] = []
  const ask = (name: string) =>
    new Promise<Outcome<TabState>>((resolve) => {
      asked.push({ name, answer: (state) => resolve(succeed(state)) })
    })
  return { asked, ask: ask as unknown as Parameters<typeof createTabView>[2] }
}

const session = { problem: signal(null) } as unknown as Session
const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

describe('the tab of the popup', () => {
  it('is shown as the press left it, not as an earlier question found it', async () => {
    const { asked, ask } = startBackground()
    const creating = createTabView(session, 7, ask)
    asked[0]?.answer(stateOf(false))
    const view = await creating
    const looking = view.lookAgain()
    asked[1]?.answer(stateOf(false))
    await settled()
    expect(asked.map(({ name }) => name)).toEqual(['tabState', 'runRecheck', 'tabState'])
    // The state is asked for, and before it is told the press is done.
    const pressed = view.start()
    asked[3]?.answer(stateOf(true))
    await pressed
    asked[2]?.answer(stateOf(false))
    await settled()
    expect(view.tab.value).toEqual(stateOf(true))
    expect(asked[4]?.name).toBe('tabState')
    asked[4]?.answer(stateOf(true))
    await looking
    expect(view.isChecking.value).toBe(false)
  })

  it('is always on where the newest question about it says so', async () => {
    const answers: ((areAllowed: boolean) => void)[] = []
    const access = {
      origins: signal<string[]>([]),
      areAllowed: () => new Promise<boolean>((resolve) => answers.push(resolve)),
    } as unknown as SiteAccess
    const tab = signal({ ...stateOf(true), alwaysOnOrigins: ['https://x.com/*'] })
    const { isAlwaysOn } = followAlwaysOn(tab, access)
    access.origins.value = ['https://x.com/*']
    answers[1]?.(true)
    await settled()
    expect(isAlwaysOn.value).toBe(true)
    answers[0]?.(false)
    await settled()
    expect(isAlwaysOn.value).toBe(true)
  })
})
