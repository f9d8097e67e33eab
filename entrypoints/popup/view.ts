import { signal } from '@preact/signals'
import { browser } from 'wxt/browser'
import { type Selection, select } from '../../components/shared/selection'
import { ask } from '../../utils/messages/trusted-end'
import { createAddressBook } from '../shared/address-book-view'
import { followDropBox } from '../shared/drop-box'
import { createExportView, type ExportView } from '../shared/export-view'
import { askFirstScreen, type FirstScreen } from '../shared/first-screen'
import { createLedgerView } from '../shared/ledger-view'
import type { Session } from '../shared/session'
import { createSiteAccess } from '../shared/site-access'
import { createTabView, followAlwaysOn } from './tab-view'

/** State and actions of the popup. */
export type PopupView = Awaited<ReturnType<typeof createPopupView>>

const latestCount = 5

async function readTabId(): Promise<number | null> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true })
  return tab?.id ?? null
}

/** The keys that capture the focused post; null when the person has set none. */
async function readShortcut(): Promise<string | null> {
  const commands = await browser.commands.getAll()
  return commands.find((command) => command.name === 'document-post')?.shortcut || null
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

/** The latest items, which of them are ticked and shown, and what is done with the ticked ones. */
function createLatest(session: Session) {
  const addedTo = signal<string | null>(null)
  const chosen = signal<Selection>([])
  const shown = signal<Selection>([])

  async function addToCase(choice: { caseId: string | null; title: string }): Promise<void> {
    const { title } = await session.addToCase({ ...choice, itemIds: chosen.value })
    chosen.value = []
    addedTo.value = title
  }

  return {
    addedTo,
    chosen,
    shown,
    addToCase,
    latest: () => session.contents.value.items.slice(0, latestCount),
    choose: (id: string) => {
      addedTo.value = null
      chosen.value = select(chosen.value, { kind: 'toggle', id })
    },
    show: (id: string) => {
      shown.value = select(shown.value, { kind: 'toggle', id })
    },
  }
}

/** The way into an export and out of it, within the popup. */
function createExportRoute(exporting: ExportView, chosen: { value: Selection }) {
  /** How often a screen has gone away under the keyboard. */
  const landings = signal(0)

  return {
    landings,
    startExport: async () => {
      await exporting.start('popup', { caseId: null, itemIds: chosen.value })
      chosen.value = []
    },
    /** Shows the export that was left open here. */
    resumeExport: () => exporting.resume('popup'),
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

/** Reads the tab the popup was opened over and follows what is saved there. */
export async function createPopupView(session: Session) {
  const tabId = await readTabId()
  const shortcut = signal(await readShortcut())
  const access = await createSiteAccess()
  const exporting = createExportView(session, createAddressBook(session))
  const latest = createLatest(session)
  const { resumeExport, ...exportRoute } = createExportRoute(exporting, latest.chosen)
  const tabView = await createTabView(session, tabId, ask)

  async function unlock(passphrase: string): Promise<void> {
    await session.tryUnlock(passphrase)
    await resumeExport()
    exportRoute.landings.value += 1
  }

  return {
    session,
    exporting,
    ledger: createLedgerView(session),
    /** What can be known here of a drop-box; null where there is none. */
    dropBox: followDropBox(session),
    /** Resolves when the locker was read, and an export that was left is there again. */
    isComplete: session.firstRead.then(resumeExport),
    shortcut,
    ...tabView,
    ...followAlwaysOn(tabView.tab, access),
    ...latest,
    ...exportRoute,
    unlock,
    openLockerPage,
    openReaders: () => openAt('readers'),
    openReports: () => openAt('reports'),
  }
}
