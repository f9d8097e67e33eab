import { effect, signal } from '@preact/signals'
import { browser } from 'wxt/browser'
import { changeFilter, type Filter, type FilterAction, noFilter } from '../../components/locker/filter'
import { prepareSearch } from '../../components/locker/search-words'
import { type Selection, type SelectionAction, select } from '../../components/shared/selection'
import { binItem, restoreItem } from '../../utils/locker/items'
import { changeSettings, type Settings } from '../../utils/locker/settings'
import type { IncidentType } from '../../utils/model/item'
import { healthReport, readerHealth } from '../../utils/model/reader-health'
import { inSlices } from '../../utils/model/slices'
import { platforms } from '../../utils/platforms/index'
import { createAddressBook } from '../shared/address-book-view'
import { createExportView } from '../shared/export-view'
import { takeFirstScreen } from '../shared/first-screen'
import { createLedgerView } from '../shared/ledger-view'
import { newCase } from '../shared/new-records'
import type { Session } from '../shared/session'
import { createSiteAccess } from '../shared/site-access'
import { createAnchorsView } from './anchors-view'
import { createBackupView } from './backup-view'
import { createBinView } from './bin-view'
import { createDamageView } from './damage-view'
import { createDatasetView } from './dataset-view'
import { createDropBoxView } from './drop-box-view'
import { createFirstRun } from './first-run-view'
import { followElsewhere, followEpoch } from './follow'
import { createFoundView } from './found-view'
import { createHideView } from './hide-view'
import { createItemView } from './item-view'
import { createReceivingView } from './receiving-view'
import { createRowPictures } from './row-pictures'
import type { Screen } from './screens'
import { createSecurityView } from './security-view'
import { createStatisticsView } from './statistics-view'

/** State and actions of the locker page. */
export type LockerPageView = Awaited<ReturnType<typeof createLockerView>>

/** What is ticked, shown and filtered in the list, and what is done with it. */
function createListView(session: Session) {
  const filter = signal<Filter>(noFilter)
  const chosen = signal<Selection>([])
  const shown = signal<Selection>([])
  const justBinned = signal<readonly string[]>([])
  const addedTo = signal<string | null>(null)
  const pictures = createRowPictures(session)

  async function bin(ids: readonly string[]): Promise<void> {
    for (const id of ids) await session.attempt((open) => binItem(open, id))
    chosen.value = chosen.value.filter((id) => !ids.includes(id))
    justBinned.value = ids
    addedTo.value = null
    await session.refresh()
  }

  async function restore(ids: readonly string[]): Promise<void> {
    for (const id of ids) await session.attempt((open) => restoreItem(open, id))
    justBinned.value = []
    await session.refresh()
  }

  async function addToCase(choice: { caseId: string | null; title: string }): Promise<void> {
    const { title } = await session.addToCase({ ...choice, itemIds: chosen.value })
    chosen.value = []
    justBinned.value = []
    addedTo.value = title
  }

  async function setTypes(types: IncidentType[]): Promise<void> {
    await session.setTypes(chosen.value, types)
    chosen.value = []
  }

  return {
    filter,
    found: createFoundView({ items: () => session.contents.value.items, filter: () => filter.value }),
    chosen,
    shown,
    pictures,
    justBinned,
    addedTo,
    bin,
    restore,
    addToCase,
    setTypes,
    narrow: (action: FilterAction) => {
      filter.value = changeFilter(filter.value, action)
    },
    select: (action: SelectionAction) => {
      chosen.value = select(chosen.value, action)
    },
    show: (id: string) => {
      shown.value = select(shown.value, { kind: 'toggle', id })
      if (!shown.value.includes(id)) pictures.forget(id)
    },
  }
}

function whenIdle(): Promise<void> {
  return new Promise((resolve) => requestIdleCallback(() => resolve(), { timeout: 200 }))
}

/** Everything the locker page shows and does. */
export async function createLockerView(session: Session) {
  const screen = signal<Screen>({ kind: (await takeFirstScreen()) ?? 'items' })
  const book = createAddressBook(session)
  const exporting = createExportView(session, book)
  const ledger = createLedgerView(session)
  const statistics = createStatisticsView(session)
  const list = createListView(session)
  const item = createItemView(session)
  const bin = createBinView(session)
  const backup = createBackupView(session, book)
  const dataset = createDatasetView(session, book)
  const damage = createDamageView(session)
  const receiving = createReceivingView(session)
  const anchors = createAnchorsView(session)
  const dropBox = createDropBoxView(session)
  const security = await createSecurityView(session)

  /** Goes to a screen; what was shown on the one before is hidden again. */
  async function go(next: Screen): Promise<void> {
    session.saveNow()
    ledger.savedAs.value = null
    session.problem.value = null
    // It was told on the screen before.
    if (wasRenewed.value) await session.noteOwnEpoch()
    if (screen.value.kind === 'export' && next.kind !== 'export') exporting.pause()
    item.close()
    list.shown.value = []
    list.pictures.clear()
    list.justBinned.value = []
    list.addedTo.value = null
    bin.close()
    security.close()
    dataset.close()
    if (next.kind === 'bin') await bin.read()
    if (next.kind === 'dataset') await dataset.open()
    if (next.kind === 'statistics') await statistics.open()
    if (next.kind === 'security') await security.read()
    if (next.kind === 'backup' || next.kind === 'restore') await backup.open()
    if (next.kind === 'receiving') await receiving.open()
    if (next.kind === 'anchors') await anchors.open()
    if (next.kind === 'address-book') await book.open()
    if (next.kind === 'item' && !(await item.open(next.id))) return
    screen.value = next
    window.scrollTo(0, 0)
  }

  async function startExport(from: { caseId: string | null; itemIds: readonly string[] }): Promise<void> {
    session.saveNow()
    await exporting.start('page', from)
    await go({ kind: 'export', from: screen.value })
  }

  async function pauseExport(): Promise<void> {
    await go(screen.value.kind === 'export' ? screen.value.from : { kind: 'items' })
  }

  async function finishExport(): Promise<void> {
    await pauseExport()
    exporting.leave()
  }

  async function goOnExporting(): Promise<void> {
    await exporting.goOn()
    await go({ kind: 'export', from: screen.value })
  }

  async function createCase(title: string): Promise<void> {
    const value = newCase({ title })
    await session.saveCase(value)
    await session.refresh()
    await go({ kind: 'case', id: value.id })
  }

  async function removeCase(id: string): Promise<void> {
    await go({ kind: 'cases' })
    await session.removeCase(id)
  }

  async function removeFiling(id: string): Promise<void> {
    await go({ kind: 'reports' })
    await ledger.remove(id)
  }

  async function binOpened(id: string): Promise<void> {
    await go({ kind: 'items' })
    await list.bin([id])
  }

  async function changeSetting(patch: Partial<Settings>): Promise<void> {
    session.useSettings(await changeSettings(patch))
  }

  async function tryUnlock(passphrase: string): Promise<void> {
    await session.tryUnlock(passphrase)
    await resumeExport()
  }

  async function tryRecoveryCode(code: string): Promise<void> {
    await session.tryRecoveryCode(code)
    await resumeExport()
  }

  async function resumeExport(): Promise<void> {
    const isThere = await exporting.resume('page')
    if (isThere && !exporting.draft.value?.isPaused)
      screen.value = { kind: 'export', from: { kind: 'items' } }
  }

  effect(() => {
    const stop = new AbortController()
    const { items } = session.contents.value
    // The rows come first.
    void whenIdle().then(() => inSlices(prepareSearch(items), { signal: stop.signal }))
    return () => stop.abort()
  })
  const version = browser.runtime.getManifest().version
  const access = await createSiteAccess()
  const health = () => readerHealth(platforms, session.contents.value.items)

  const firstRun = createFirstRun(session, () => void go({ kind: 'restore' }))
  const hiding = createHideView(() => {
    session.saveNow()
    list.pictures.clear()
  })
  await resumeExport()
  const wasTakenAway = followElsewhere({ session, screen, readBin: bin.read, go })
  const wasRenewed = followEpoch(session, () => bin.isBusy.value || security.isBusy.value)
  await backup.read()

  return {
    session,
    exporting,
    ledger,
    statistics,
    list,
    item,
    screen,
    firstRun,
    bin,
    dataset,
    backup,
    book,
    damage,
    receiving,
    anchors,
    dropBox,
    security,
    hiding,
    wasTakenAway,
    wasRenewed,
    version,
    access,
    health,
    healthReport: () => healthReport(health(), { version, userAgent: navigator.userAgent }),
    go,
    startExport,
    pauseExport,
    finishExport,
    goOnExporting,
    createCase,
    removeCase,
    removeFiling,
    binOpened,
    changeSetting,
    tryUnlock,
    tryRecoveryCode,
    /** Opens the page on which a bundle is checked, in a tab of its own: it needs nothing from the locker. */
    openVerifier: () => void browser.tabs.create({ url: browser.runtime.getURL('/verifier.html') }),
  }
}
