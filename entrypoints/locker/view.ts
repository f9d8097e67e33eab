import { signal } from '@preact/signals'
import { browser } from 'wxt/browser'
import { changeSettings, type Settings } from '../../utils/locker/settings'
import { healthReport, readerHealth } from '../../utils/model/reader-health'
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
import { createExportRoute } from './export-route'
import { createFirstRun } from './first-run-view'
import { followElsewhere, followEpoch } from './follow'
import { createHideView } from './hide-view'
import { createItemView } from './item-view'
import { createListView, prepareSearches } from './list-view'
import { createNavigation } from './navigation'
import { createReceivingView } from './receiving-view'
import type { Screen } from './screens'
import { createSecurityView } from './security-view'
import { createStatisticsView } from './statistics-view'

/** State and actions of the locker page. */
export type LockerPageView = Awaited<ReturnType<typeof createLockerView>>

/** Everything the locker page shows and does. */
export async function createLockerView(session: Session) {
  const screen = signal<Screen>({ kind: (await takeFirstScreen()) ?? 'items' })
  const book = createAddressBook(session)
  const exporting = createExportView(session, book)
  const ledger = createLedgerView(session)
  const statistics = createStatisticsView(session)
  const list = createListView(session)
  prepareSearches(session)
  const item = createItemView(session)
  const bin = createBinView(session)
  const backup = createBackupView(session, book)
  const dataset = createDatasetView(session, book)
  const damage = createDamageView(session)
  const receiving = createReceivingView(session)
  const anchors = createAnchorsView(session)
  const dropBox = createDropBoxView(session)
  const security = await createSecurityView(session)
  const readers: Partial<Record<Screen['kind'], () => Promise<void>>> = {
    bin: bin.read,
    dataset: dataset.open,
    statistics: statistics.open,
    security: security.read,
    backup: backup.open,
    restore: backup.open,
    receiving: receiving.open,
    anchors: anchors.open,
    'address-book': book.open,
  }

  /** Closes what is shown on the screen before. */
  async function leave(next: Screen): Promise<void> {
    session.saveNow()
    ledger.savedAs.value = null
    session.problem.value = null
    // It was told on the screen before.
    if (wasRenewed.value) await session.noteOwnEpoch()
    if (screen.value.kind === 'export' && next.kind !== 'export') exporting.pause()
    for (const part of [item, list, bin, security, dataset]) part.close()
  }

  /** Reads what a screen shows. False when an item cannot be opened. */
  async function prepare(next: Screen): Promise<boolean> {
    if (next.kind === 'item') return item.open(next.id)
    await readers[next.kind]?.()
    return true
  }

  const go = createNavigation({ screen, leave, prepare })
  const exportRoute = createExportRoute({ session, exporting, screen, go })

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
    await exportRoute.resumeExport()
  }

  async function tryRecoveryCode(code: string): Promise<void> {
    await session.tryRecoveryCode(code)
    await exportRoute.resumeExport()
  }

  const version = browser.runtime.getManifest().version
  const access = await createSiteAccess()
  const health = () => readerHealth(platforms, session.contents.value.items)

  const firstRun = createFirstRun(session, () => void go({ kind: 'restore' }))
  const hiding = createHideView(() => {
    session.saveNow()
    list.pictures.clear()
  })
  await exportRoute.resumeExport()
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
    startExport: exportRoute.startExport,
    pauseExport: exportRoute.pauseExport,
    finishExport: exportRoute.finishExport,
    goOnExporting: exportRoute.goOnExporting,
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
