import { effect, signal } from '@preact/signals'
import { browser } from 'wxt/browser'
import type { OtherTarget } from '../../components/capture/CaptureElse'
import { type Selection, select } from '../../components/shared/selection'
import { watchItems } from '../../utils/locker/items'
import type { TabState } from '../../utils/messages/states'
import { ask } from '../../utils/messages/trusted-end'
import type { Outcome } from '../../utils/model/problem'
import { createAddressBook } from '../shared/address-book-view'
import { followDropBox } from '../shared/drop-box'
import { createExportView } from '../shared/export-view'
import { askFirstScreen, type FirstScreen } from '../shared/first-screen'
import { oneAtATime } from '../shared/later'
import { createLedgerView } from '../shared/ledger-view'
import type { Session } from '../shared/session'
import { createSiteAccess } from '../shared/site-access'

/** State and actions of the popup. */
export type PopupView = Awaited<ReturnType<typeof createPopupView>>

const latestCount = 5
/** A page may still be loading when its reader finds nothing; then it is looked at again. */
const lookAgainMs = 1_000

/** The reader finds nothing on the page itself. */
function isUnread({ isBroken, isReadInFrameOnly }: TabState): boolean {
  return isBroken || isReadInFrameOnly
}

async function readTabId(): Promise<number | null> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true })
  return tab?.id ?? null
}

/** The keys that capture the focused post; null when the person has set none. */
async function readShortcut(): Promise<string | null> {
  const commands = await browser.commands.getAll()
  return commands.find((command) => command.name === 'document-post')?.shortcut || null
}

/** Reads the tab the popup was opened over and follows what is saved there. */
export async function createPopupView(session: Session) {
  const tabId = await readTabId()
  const tab = signal<TabState | null>(null)
  const shortcut = signal(await readShortcut())
  const isBusy = signal(false)
  const isCapturing = signal(false)
  const isChecking = signal(false)
  const didCapture = signal(false)
  const access = await createSiteAccess()
  const isAlwaysOn = signal(false)
  const addedTo = signal<string | null>(null)
  const chosen = signal<Selection>([])
  const shown = signal<Selection>([])
  /** How often a screen has gone away under the keyboard. */
  const landings = signal(0)
  const exporting = createExportView(session, createAddressBook(session))
  const ledger = createLedgerView(session)
  const dropBox = followDropBox(session)
  let timer: ReturnType<typeof setTimeout> | undefined

  function take(outcome: Outcome<TabState>): void {
    session.problem.value = outcome.ok ? null : outcome.problem
    if (outcome.ok) tab.value = outcome.value
  }

  async function readTab(): Promise<void> {
    if (tabId === null) return
    const outcome = await ask('tabState', { tabId })
    if (!outcome.ok) return
    tab.value = outcome.value
    clearTimeout(timer)
    if (isUnread(outcome.value)) timer = setTimeout(() => void readTab(), lookAgainMs)
  }

  type TabChange = 'documentTab' | 'stopTab' | 'startSweep' | 'stopSweep'

  async function change(name: TabChange): Promise<void> {
    if (tabId === null) return
    isBusy.value = true
    take(await ask(name, { tabId }))
    isBusy.value = false
    if (tab.value && isUnread(tab.value)) void readTab()
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
    session.problem.value = outcome.ok ? null : outcome.problem
    didCapture.value = outcome.ok
    await readTab()
  }

  /** Takes its time; everything else can be done meanwhile. */
  async function undoSweep(): Promise<void> {
    if (tabId !== null) take(await ask('undoSweep', { tabId }))
  }

  async function lookAgain(): Promise<void> {
    if (tabId === null) return
    isChecking.value = true
    const outcome = await ask('runRecheck', { tabId })
    session.problem.value = outcome.ok ? null : outcome.problem
    await readTab()
    isChecking.value = false
  }

  async function unlock(passphrase: string): Promise<void> {
    await session.tryUnlock(passphrase)
    await exporting.resume('popup')
    landings.value += 1
  }

  async function addToCase(choice: { caseId: string | null; title: string }): Promise<void> {
    const { title } = await session.addToCase({ ...choice, itemIds: chosen.value })
    chosen.value = []
    addedTo.value = title
  }

  /** Opens the locker page and closes the popup. */
  async function openLockerPage(): Promise<void> {
    await browser.tabs.create({ url: browser.runtime.getURL('/locker.html') })
    window.close()
  }

  /** Opens the locker page at one of its screens. */
  async function openAt(screen: FirstScreen): Promise<void> {
    await askFirstScreen(screen)
    await openLockerPage()
  }

  effect(() => {
    const wanted = tab.value?.alwaysOnOrigins ?? []
    // Read for its changes alone: whether all that is wanted is allowed, the browser says.
    void access.origins.value
    void access.areAllowed(wanted).then((areAllowed) => {
      isAlwaysOn.value = wanted.length > 0 && areAllowed
    })
  })

  await readTab()
  const followTab = oneAtATime(readTab)
  watchItems(() => void followTab())
  const isComplete = session.firstRead.then(() => exporting.resume('popup'))

  return {
    session,
    exporting,
    ledger,
    /** What can be known here of a drop-box; null where there is none. */
    dropBox,
    /** Resolves when the locker was read, and an export that was left is there again. */
    isComplete,
    tab,
    shortcut,
    isBusy,
    isCapturing,
    isChecking,
    didCapture,
    isAlwaysOn,
    addedTo,
    chosen,
    shown,
    landings,
    latest: () => session.contents.value.items.slice(0, latestCount),
    start: () => change('documentTab'),
    stop: () => change('stopTab'),
    captureOther,
    startSweep: () => change('startSweep'),
    stopSweep: () => change('stopSweep'),
    undoSweep,
    lookAgain,
    alwaysOn: () => access.allow(tab.value?.alwaysOnOrigins ?? []),
    notAlwaysOn: () => access.withdraw(tab.value?.alwaysOnOrigins ?? []),
    unlock,
    addToCase,
    openLockerPage,
    openReaders: () => openAt('readers'),
    openReports: () => openAt('reports'),
    choose: (id: string) => {
      addedTo.value = null
      chosen.value = select(chosen.value, { kind: 'toggle', id })
    },
    show: (id: string) => {
      shown.value = select(shown.value, { kind: 'toggle', id })
    },
    startExport: async () => {
      await exporting.start('popup', { caseId: null, itemIds: chosen.value })
      chosen.value = []
    },
    pauseExport: () => {
      exporting.pause()
      landings.value += 1
    },
    leaveExport: () => {
      exporting.leave()
      landings.value += 1
    },
    enlargeExport: async () => {
      await exporting.move('page')
      await openLockerPage()
    },
  }
}
