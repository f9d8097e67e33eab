import 'fake-indexeddb/auto'
import { signal } from '@preact/signals'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createBinView } from '../../../entrypoints/locker/bin-view'
import { createExportRoute } from '../../../entrypoints/locker/export-route'
import { createItemView } from '../../../entrypoints/locker/item-view'
import { createNavigation } from '../../../entrypoints/locker/navigation'
import type { Screen } from '../../../entrypoints/locker/screens'
import type { ExportView } from '../../../entrypoints/shared/export-view'
import type { Session } from '../../../entrypoints/shared/session'
import { binItem } from '../../../utils/locker/items'
import type { OpenLocker } from '../../../utils/locker/keyring'
import type { Outcome } from '../../../utils/model/problem'
import { wordsFor } from '../../../utils/words/translate'
import { capture, expectValue, makeLocker, passphrase, startFresh } from '../locker/locker-under-test'

// It asks for the passphrase at its true cost.
const deletePermanently = vi.hoisted(() =>
  vi.fn(async (_: OpenLocker, { itemIds }: { itemIds: readonly string[] }) => ({
    ok: true,
    value: { deleted: itemIds.length, isErased: true },
  })),
)
vi.mock('../../../utils/locker/delete', () => ({ deletePermanently }))

beforeEach(() => {
  vi.stubGlobal('window', { scrollTo: () => undefined, addEventListener: () => undefined })
})
afterEach(() => vi.unstubAllGlobals())

async function openSession() {
  await startFresh()
  const open = await makeLocker()
  const session = {
    locker: signal({ kind: 'open', locker: open }),
    contents: signal({ isRead: true, items: [], damaged: 0, cases: [], filings: [], others: [] }),
    words: signal(wordsFor('en')),
    problem: signal(null),
    refresh: async () => undefined,
    noteOwnEpoch: async () => undefined,
    saveNow: () => undefined,
    attempt: async <T>(work: (locker: OpenLocker) => Promise<Outcome<T>>) => {
      const outcome = await work(open)
      return outcome.ok ? outcome.value : null
    },
  } as unknown as Session
  return { open, session }
}

const itemScreen = (id: string, from: Screen = { kind: 'items' }): Screen => ({ kind: 'item', id, from })

describe('going to a screen', () => {
  /** Screens that are ready when the test says so. */
  function startGoing(at: Screen) {
    const screen = signal<Screen>(at)
    const ends: ((isReady: boolean) => void)[] = []
    const prepare = () => new Promise<boolean>((resolve) => ends.push(resolve))
    const go = createNavigation({ screen, leave: async () => undefined, prepare })
    const isAsked = (index: number) => vi.waitUntil(() => ends.length > index)
    const end = async (index: number, isReady: boolean) => {
      await isAsked(index)
      ends[index]?.(isReady)
    }
    return { screen, go, isAsked, end }
  }

  it('goes to the one that was asked for last, whichever is ready first', async () => {
    const { screen, go, isAsked, end } = startGoing({ kind: 'items' })
    const first = go(itemScreen('slow'))
    await isAsked(0)
    const second = go({ kind: 'cases' })
    await end(1, true)
    await second
    expect(screen.value).toEqual({ kind: 'cases' })
    await end(0, true)
    await first
    expect(screen.value).toEqual({ kind: 'cases' })
  })

  it('never leaves an empty page: from an item to one that does not open, it goes back', async () => {
    const { screen, go, end } = startGoing(itemScreen('one', { kind: 'case', id: 'river' }))
    const asked = go(itemScreen('damaged'))
    await end(0, false)
    await asked
    expect(screen.value).toEqual({ kind: 'case', id: 'river' })
  })
})

describe('an export, pressed for twice', () => {
  it('is left for where one came from, not for itself', async () => {
    const { session } = await openSession()
    const screen = signal<Screen>({ kind: 'case', id: 'river' })
    const exporting = { start: async () => undefined, goOn: async () => undefined } as unknown as ExportView
    const go = async (next: Screen) => {
      screen.value = next
    }
    const route = createExportRoute({ session, exporting, screen, go })
    await Promise.all([
      route.startExport({ caseId: 'river', itemIds: [] }),
      route.startExport({ caseId: 'river', itemIds: [] }),
    ])
    await route.goOnExporting()
    expect(screen.value.kind).toBe('export')
    await route.pauseExport()
    expect(screen.value).toEqual({ kind: 'case', id: 'river' })
  })
})

describe('an item', () => {
  it('that was closed before it was open stays closed', async () => {
    const { session } = await openSession()
    const { item } = await capture()
    const view = createItemView(session)
    const opening = view.open(item.id)
    view.close()
    expect(await opening).toBe(false)
    expect(view.opened.value).toBeNull()
    expect(await view.open(item.id)).toBe(true)
    expect(view.opened.value?.item.id).toBe(item.id)
  })
})

describe('the bin', () => {
  async function binTwo() {
    const { open, session } = await openSession()
    const [one, other] = [await capture({ seed: 'one' }), await capture({ seed: 'other' })]
    for (const { item } of [one, other]) expectValue(await binItem(open, item.id))
    const bin = createBinView(session)
    await bin.read()
    return { bin, one: one.item.id, other: other.item.id }
  }

  it('deletes what the passphrase was given for, and nothing when something else is asked meanwhile', async () => {
    const { bin, one, other } = await binTwo()
    bin.ask([one])
    const removing = bin.remove({ passphrase })
    bin.ask([other])
    await removing
    expect(bin.deleting.value).toEqual([other])
    expect(deletePermanently).not.toHaveBeenCalled()
    await bin.remove({ passphrase })
    expect(deletePermanently).toHaveBeenCalledExactlyOnceWith(
      expect.anything(),
      expect.objectContaining({ itemIds: [other] }),
    )
    expect(bin.deleted.value).toEqual({ count: 1, isErased: true })
  })
})
