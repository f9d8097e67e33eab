import { CaseList } from '../../components/cases/CaseList'
import { CasePage } from '../../components/cases/CasePage'
import { PausedExport } from '../../components/export/PausedExport'
import { Frame, PlainFrame } from '../../components/locker/Frame'
import { HiddenPage } from '../../components/locker/HiddenPage'
import { ItemDetail } from '../../components/locker/ItemDetail'
import { ItemList } from '../../components/locker/ItemList'
import { ReaderHealth } from '../../components/locker/ReaderHealth'
import { SettingsPage } from '../../components/locker/SettingsPage'
import { Erasing } from '../../components/locker/UnlockScreen'
import { useLanding } from '../../components/shared/focus'
import { Notice } from '../../components/shared/Notice'
import { useWords } from '../../components/shared/words'
import { incidentTypes } from '../../utils/model/incident-types'
import { listLanguages } from '../../utils/words/translate'
import { choices } from '../shared/choices'
import { copyText } from '../shared/copy'
import { ExportScreen } from '../shared/ExportScreen'
import { platformName } from '../shared/platform-names'
import { AddressBookScreen } from './AddressBookScreen'
import styles from './App.module.css'
import { DatasetScreen } from './DatasetScreen'
import { HelpScreen } from './HelpScreen'
import { FilingScreen, LedgerScreen, StatisticsScreen } from './ReportScreens'
import {
  AnchorsScreen,
  BackupScreen,
  BinScreen,
  DropBoxScreen,
  News,
  ReceivingScreen,
  RestoreScreen,
  SecurityScreen,
  SettingUp,
  Unlocking,
} from './SafetyScreens'
import { areaOf, type Screen } from './screens'
import type { LockerPageView } from './view'

type ViewProps = { view: LockerPageView }

function Items({ view }: ViewProps) {
  const { session, list } = view
  const { items, damaged, cases } = session.contents.value
  const found = list.found.value
  const isOfBefore = found.of !== items || found.filter !== list.filter.value
  return (
    <ItemList
      items={items}
      found={found.items}
      finding={isOfBefore ? 'before-shown' : found.isWhole ? 'no' : 'first-shown'}
      damaged={damaged}
      cases={cases}
      types={incidentTypes}
      filter={list.filter.value}
      chosen={list.chosen.value}
      shown={list.shown.value}
      versions={view.item.versionCounts.value}
      corroborated={view.item.corroborated.value}
      now={session.now.value}
      justBinned={list.justBinned.value.length}
      addedTo={list.addedTo.value}
      nameOf={(id) => platformName(id, session.words.value)}
      onFilter={list.narrow}
      onSelect={list.select}
      onShow={list.show}
      loadPicture={list.pictures.load}
      onOpen={(id) => void view.go({ kind: 'item', id, from: { kind: 'items' } })}
      onOpenBin={() => void view.go({ kind: 'bin' })}
      onAddToCase={(choice) => void list.addToCase(choice)}
      onSetTypes={(types) => void list.setTypes(types)}
      onExport={() => void view.startExport({ caseId: null, itemIds: list.chosen.value })}
      onBin={() => void list.bin(list.chosen.value)}
      onUndoBin={() => void list.restore(list.justBinned.value)}
    />
  )
}

function OneItem({ view, screen }: ViewProps & { screen: Extract<Screen, { kind: 'item' }> }) {
  const { session, item } = view
  const opened = item.opened.value
  const details = item.details.value
  if (!opened || !details) return null
  return (
    <ItemDetail
      key={screen.id}
      item={opened.item}
      assessment={item.assessment.value}
      types={incidentTypes}
      platformName={platformName(opened.item.post.platform, session.words.value)}
      picture={item.picture.value}
      hasPicture={item.hasPicture()}
      areWordsShown={item.areWordsShown.value}
      details={details}
      comparing={item.comparing.value}
      isLookingAgain={item.isLookingAgain.value}
      custody={item.custody.value}
      onReadCustody={() => void item.readCustody()}
      onTogglePicture={item.togglePicture}
      onShowWords={item.toggleWords}
      onCopy={copyText}
      onAssess={item.assess}
      onCompare={() => void item.compare()}
      onLookAgain={() => void item.lookAgain()}
      onToggleOriginal={item.toggleOriginal}
      onOpenItem={(id) => void view.go({ kind: 'item', id, from: screen.from })}
      onBin={() => void view.binOpened(screen.id)}
      onBack={() => void view.go(screen.from)}
    />
  )
}

function OneCase({ view, id }: ViewProps & { id: string }) {
  const { session, list } = view
  const { items, cases } = session.contents.value
  const value = cases.find((one) => one.id === id)
  if (!value) return null
  return (
    <CasePage
      key={id}
      value={value}
      items={items}
      choices={choices}
      shown={list.shown.value}
      now={session.now.value}
      nameOf={(platform) => platformName(platform, session.words.value)}
      onChange={(patch) => session.changeCase(id, patch)}
      onShow={list.show}
      onOpenItem={(itemId) => void view.go({ kind: 'item', id: itemId, from: { kind: 'case', id } })}
      onExport={() => void view.startExport({ caseId: id, itemIds: [] })}
      onDelete={() => void view.removeCase(id)}
      onBack={() => void view.go({ kind: 'cases' })}
    />
  )
}

function Content({ view }: ViewProps) {
  const { t } = useWords()
  const { session, exporting } = view
  const screen = view.screen.value
  if (!session.contents.value.isRead) return <p role="status">{t('common.reading')}</p>
  switch (screen.kind) {
    case 'items':
      return <Items view={view} />
    case 'item':
      return <OneItem view={view} screen={screen} />
    case 'bin':
      return <BinScreen view={view} />
    case 'cases':
      return (
        <CaseList
          cases={session.contents.value.cases}
          onOpen={(id) => void view.go({ kind: 'case', id })}
          onCreate={(title) => void view.createCase(title)}
          onDataset={() => void view.go({ kind: 'dataset' })}
        />
      )
    case 'case':
      return <OneCase view={view} id={screen.id} />
    case 'dataset':
      return (
        <div class={styles.narrow}>
          <DatasetScreen view={view} />
        </div>
      )
    case 'reports':
      return <LedgerScreen view={view} />
    case 'filing':
      return <FilingScreen view={view} id={screen.id} />
    case 'statistics':
      return <StatisticsScreen view={view} />
    case 'help':
      return <HelpScreen view={view} />
    case 'settings':
      return (
        <SettingsPage
          {...session.settings.value}
          languages={listLanguages()}
          version={view.version}
          onLanguage={(language) => void view.changeSetting({ language })}
          onIdleMinutes={(idleMinutes) => void view.changeSetting({ idleMinutes })}
          onAsksClock={(asksClock) => void view.changeSetting({ asksClock })}
          sites={view.access.origins.value}
          onWithdraw={view.access.withdraw}
          onReaders={() => void view.go({ kind: 'readers' })}
          onSecurity={() => void view.go({ kind: 'security' })}
          onBackup={() => void view.go({ kind: 'backup' })}
          onVerifier={view.openVerifier}
          onReceiving={() => void view.go({ kind: 'receiving' })}
          onAnchors={() => void view.go({ kind: 'anchors' })}
          onAddressBook={() => void view.go({ kind: 'address-book' })}
        />
      )
    case 'security':
      return <SecurityScreen view={view} />
    case 'backup':
      return <BackupScreen view={view} />
    case 'restore':
      return <RestoreScreen view={view} />
    case 'receiving':
      return <ReceivingScreen view={view} />
    case 'anchors':
      return <AnchorsScreen view={view} />
    case 'address-book':
      return <AddressBookScreen view={view} />
    case 'readers':
      return (
        <ReaderHealth
          health={view.health()}
          report={view.healthReport()}
          onCopy={copyText}
          onBack={() => void view.go({ kind: 'settings' })}
        />
      )
    case 'export':
      return (
        exporting.draft.value && (
          <div class={styles.narrow}>
            <ExportScreen
              view={exporting}
              ledger={view.ledger}
              session={session}
              draft={exporting.draft.value}
              onPause={() => void view.pauseExport()}
              onFinish={() => void view.finishExport()}
              onEnlarge={null}
            />
          </div>
        )
      )
  }
}

/** The locker page. */
export function App({ view }: ViewProps) {
  const { t } = useWords()
  const { session, firstRun, exporting } = view
  const first = firstRun.state.value
  useLanding(`${session.locker.value.kind} ${exporting.draft.value?.isPaused ?? 'none'}`)
  const problem = session.problem.value
  if (view.hiding.isHidden.value) return <HiddenPage onBack={view.hiding.show} />
  if (session.erasing.value) {
    return (
      <PlainFrame>
        <Erasing {...session.erasing.value} onReload={() => location.replace(location.href)} />
      </PlainFrame>
    )
  }
  if (first) return <SettingUp view={view} first={first} />
  const { kind } = session.locker.value
  if (kind === 'apart' || kind === 'no-storage') {
    return (
      <PlainFrame>
        <p>{t(kind === 'apart' ? 'locker.apart' : 'locker.noStorage')}</p>
      </PlainFrame>
    )
  }
  if (kind === 'drop-box') return <DropBoxScreen view={view} />
  if (session.locker.value.kind !== 'open') return <Unlocking view={view} />
  return (
    <Frame
      area={areaOf(view.screen.value)}
      due={view.ledger.isDue() ? 'reports' : null}
      onGo={(area) => void view.go({ kind: area })}
      onHide={view.hiding.hide}
      onLock={() => void session.lock()}
    >
      <News view={view} />
      {problem && (
        <Notice tone="problem" isSpoken>
          <p>{t(`problem.${problem.code}`)}</p>
        </Notice>
      )}
      {exporting.draft.value?.isPaused && (
        <PausedExport onGoOn={() => void view.goOnExporting()} onLeave={exporting.leave} />
      )}
      <Content view={view} />
    </Frame>
  )
}
