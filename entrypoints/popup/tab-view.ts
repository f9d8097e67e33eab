import { effect, type ReadonlySignal, signal } from '@preact/signals'
import type { OtherTarget } from '../../components/capture/CaptureElse'
import { watchItems } from '../../utils/locker/items'
import type { TabState } from '../../utils/messages/states'
import type { ask } from '../../utils/messages/trusted-end'
import type { Outcome } from '../../utils/model/problem'
import { oneAtATime } from '../shared/later'
import type { Session } from '../shared/session'
import type { SiteAccess } from '../shared/site-access'

/** A page may still be loading when its reader finds nothing; then it is looked at again. */
const lookAgainMs = 1_000

type TabChange = 'documentTab' | 'stopTab' | 'startSweep' | 'stopSweep' | 'undoSweep'
type Ask = typeof ask

/** The reader finds nothing on the page itself. */
function isUnread({ isBroken, isReadInFrameOnly }: TabState): boolean {
  return isBroken || isReadInFrameOnly
}

/** The state of a tab as the background tells it. A reading that a change has overtaken is read again. */
function followTab(tabId: number | null, ask: Ask) {
  const tab = signal<TabState | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let changes = 0

  async function readOnce(id: number): Promise<void> {
    const before = changes
    const outcome = await ask('tabState', { tabId: id })
    if (changes !== before) return readOnce(id)
    if (!outcome.ok) return
    tab.value = outcome.value
    clearTimeout(timer)
    if (isUnread(outcome.value)) timer = setTimeout(() => void read(), lookAgainMs)
  }

  const read = oneAtATime(async () => {
    if (tabId !== null) await readOnce(tabId)
  })

  return {
    tab,
    read,
    /** Shows what a change has come to. */
    show: (state: TabState) => {
      changes += 1
      tab.value = state
    },
  }
}

/** The tab the popup was opened over: what is done there, and what can be done. */
export async function createTabView(session: Session, tabId: number | null, ask: Ask) {
  const { tab, read, show } = followTab(tabId, ask)
  const isBusy = signal(false)
  const isCapturing = signal(false)
  const isChecking = signal(false)
  const didCapture = signal(false)

  function tell(outcome: Outcome<unknown>): void {
    session.problem.value = outcome.ok ? null : outcome.problem
  }

  async function change(name: TabChange): Promise<void> {
    if (tabId === null) return
    const outcome = await ask(name, { tabId })
    tell(outcome)
    if (outcome.ok) show(outcome.value)
  }

  async function changeAndLook(name: TabChange): Promise<void> {
    isBusy.value = true
    await change(name)
    isBusy.value = false
    if (tab.value && isUnread(tab.value)) void read()
  }

  async function captureOther(what: OtherTarget): Promise<void> {
    if (tabId === null) return
    isBusy.value = true
    didCapture.value = false
    session.problem.value = null
    isCapturing.value = what !== 'element'
    const outcome = await ask('captureElse', { tabId, what })
    isCapturing.value = false
    isBusy.value = false
    // The person points at the page now: the popup would stand in the way.
    if (outcome.ok && what === 'element') return window.close()
    tell(outcome)
    didCapture.value = outcome.ok
    await read()
  }

  async function lookAgain(): Promise<void> {
    if (tabId === null) return
    isChecking.value = true
    tell(await ask('runRecheck', { tabId }))
    await read()
    isChecking.value = false
  }

  await read()
  watchItems(() => void read())

  return {
    tab,
    isBusy,
    isCapturing,
    isChecking,
    didCapture,
    start: () => changeAndLook('documentTab'),
    stop: () => changeAndLook('stopTab'),
    startSweep: () => changeAndLook('startSweep'),
    stopSweep: () => changeAndLook('stopSweep'),
    /** Takes its time; everything else can be done meanwhile. */
    undoSweep: () => change('undoSweep'),
    captureOther,
    lookAgain,
  }
}

/** Whether all sites that the tab's platform wants are allowed for good, and the ways to change that. */
export function followAlwaysOn(tab: ReadonlySignal<TabState | null>, access: SiteAccess) {
  const isAlwaysOn = signal(false)
  const wanted = () => tab.value?.alwaysOnOrigins ?? []

  effect(() => {
    const origins = wanted()
    let isNewest = true
    // Read for its changes alone: whether all that is wanted is allowed, the browser says.
    void access.origins.value
    void access.areAllowed(origins).then((areAllowed) => {
      if (isNewest) isAlwaysOn.value = origins.length > 0 && areAllowed
    })
    return () => {
      isNewest = false
    }
  })

  return {
    isAlwaysOn,
    alwaysOn: () => access.allow(wanted()),
    notAlwaysOn: () => access.withdraw(wanted()),
  }
}
