import { signal } from '@preact/signals'
import { browser } from 'wxt/browser'
import type { OtherTarget } from '../../components/capture/DocumentPanel'
import { type Selection, select } from '../../components/shared/selection'
import { watchItems } from '../../utils/locker/items'
import type { TabState } from '../../utils/messages/protocol'
import { ask } from '../../utils/messages/trusted-end'
import type { Outcome } from '../../utils/model/problem'
import { createExportView } from '../shared/export-view'
import type { Session } from '../shared/session'

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

/** Reads the tab the popup was opened over and follows what is saved there. */
export async function createPopupView(session: Session) {
  const tabId = await readTabId()
  const tab = signal<TabState | null>(null)
  const shortcut = signal(await readShortcut())
  const isBusy = signal(false)
  const didCapture = signal(false)
  const addedTo = signal<string | null>(null)
  const chosen = signal<Selection>([])
  const shown = signal<Selection>([])
  const exporting = createExportView(session)

  function take(outcome: Outcome<TabState>): void {
    session.problem.value = outcome.ok ? null : outcome.problem
    if (outcome.ok) tab.value = outcome.value
  }

  async function readTab(): Promise<void> {
    if (tabId === null) return
    const outcome = await ask('tabState', { tabId })
    if (outcome.ok) tab.value = outcome.value
  }

  async function change(name: 'documentTab' | 'stopTab'): Promise<void> {
    if (tabId === null) return
    isBusy.value = true
    take(await ask(name, { tabId }))
    isBusy.value = false
  }

  async function captureOther(what: OtherTarget): Promise<void> {
    if (tabId === null) return
    isBusy.value = true
    const outcome = await ask('captureElse', { tabId, what })
    session.problem.value = outcome.ok ? null : outcome.problem
    didCapture.value = outcome.ok
    isBusy.value = false
    await readTab()
  }

  async function unlock(passphrase: string): Promise<void> {
    await session.tryUnlock(passphrase)
    await exporting.resume('popup')
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

  await readTab()
  watchItems(() => void readTab())
  await exporting.resume('popup')

  return {
    session,
    exporting,
    tab,
    shortcut,
    isBusy,
    didCapture,
    addedTo,
    chosen,
    shown,
    latest: () => session.contents.value.items.slice(0, latestCount),
    start: () => change('documentTab'),
    stop: () => change('stopTab'),
    captureOther,
    unlock,
    addToCase,
    openLockerPage,
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
    enlargeExport: async () => {
      await exporting.move('page')
      await openLockerPage()
    },
  }
}
