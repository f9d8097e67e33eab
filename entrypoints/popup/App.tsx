import { useLayoutEffect, useRef } from 'preact/hooks'
import { DocumentPanel } from '../../components/capture/DocumentPanel'
import { LatestItems } from '../../components/capture/LatestItems'
import { RecheckPanel } from '../../components/capture/RecheckPanel'
import { Waiting } from '../../components/dropbox/DropBox'
import { PausedExport } from '../../components/export/PausedExport'
import { Button } from '../../components/shared/Button'
import { classes } from '../../components/shared/classes'
import { useLanding } from '../../components/shared/focus'
import { Notice } from '../../components/shared/Notice'
import { UnlockForm } from '../../components/shared/UnlockForm'
import { useWords } from '../../components/shared/words'
import { ExportScreen } from '../shared/ExportScreen'
import { platformName } from '../shared/platform-names'
import styles from './App.module.css'
import type { PopupView } from './view'

function SetUp({ onSetUp }: { onSetUp: () => void }) {
  const { t } = useWords()
  return (
    <main class={styles.body}>
      <h1>{t('app.name')}</h1>
      <p>{t('popup.promise')}</p>
      <Button kind="primary" size="wide" onPress={onSetUp}>
        {t('popup.setUp')}
      </Button>
      <details>
        <summary class={styles.summary}>{t('popup.whatIsThis')}</summary>
        <p>{t('popup.whatItDoes')}</p>
      </details>
    </main>
  )
}

function Documenting({ view }: { view: PopupView }) {
  const { t } = useWords()
  const tab = view.tab.value
  if (!tab) return null
  if (!tab.isReadable) {
    return (
      <section class={styles.site}>
        <h1 class={styles.title}>{t('app.name')}</h1>
        <p>{t('popup.protected')}</p>
      </section>
    )
  }
  return (
    <DocumentPanel
      {...tab}
      // Locked, the way to unlock needs the room.
      shortcut={view.session.locker.value.kind === 'open' ? view.shortcut.value : null}
      isBusy={view.isBusy.value}
      isSecond={tab.recheck !== null && tab.recheck.outcome === null}
      alwaysOn={
        tab.alwaysOnOrigins.length > 0
          ? { isOn: view.isAlwaysOn.value, onAsk: view.alwaysOn, onStop: view.notAlwaysOn }
          : null
      }
      onStart={() => void view.start()}
      onStop={() => void view.stop()}
      onStartSweep={() => void view.startSweep()}
      onStopSweep={() => void view.stopSweep()}
      onUndoSweep={() => void view.undoSweep()}
      onCaptureOther={(target) => void view.captureOther(target)}
      onReaders={() => void view.openReaders()}
    />
  )
}

function SecondLook({ view }: { view: PopupView }) {
  const recheck = view.tab.value?.recheck
  if (!recheck) return null
  return (
    <RecheckPanel
      outcome={recheck.outcome}
      isChecking={view.isChecking.value}
      onCheck={() => void view.lookAgain()}
    />
  )
}

function Contents({ view }: { view: PopupView }) {
  const { t } = useWords()
  const { session } = view
  if (session.locker.value.kind === 'apart') return <p class={styles.quiet}>{t('locker.apart')}</p>
  if (session.locker.value.kind === 'no-storage') return <p class={styles.quiet}>{t('locker.noStorage')}</p>
  if (session.locker.value.kind === 'drop-box') {
    return (
      <section class={styles.part}>
        <h2 class={styles.state}>{t('dropBox.title')}</h2>
        <p class={styles.quiet}>{t('dropBox.cannotOpen')}</p>
        <Waiting items={view.dropBox.value?.items ?? 0} />
      </section>
    )
  }
  if (session.locker.value.kind === 'locked') {
    return (
      <section class={styles.part}>
        <h2 class={styles.state}>{t('popup.locked')}</h2>
        <p class={styles.quiet}>{t('popup.lockedHint')}</p>
        <UnlockForm {...session.unlock.value} onUnlock={(passphrase) => void view.unlock(passphrase)} />
      </section>
    )
  }
  if (!session.contents.value.isRead) return <p role="status">{t('common.reading')}</p>
  return (
    <LatestItems
      items={view.latest()}
      cases={session.contents.value.cases}
      chosen={view.chosen.value}
      shown={view.shown.value}
      addedTo={view.addedTo.value}
      now={session.now.value}
      nameOf={(id) => platformName(id, session.words.value)}
      onChoose={view.choose}
      onShow={view.show}
      onAddToCase={(choice) => void view.addToCase(choice)}
      onExport={() => void view.startExport()}
    />
  )
}

/** Something is due in the ledger: told once the locker is open, and without a word of what it is. */
function Reminder({ view }: { view: PopupView }) {
  const { t } = useWords()
  if (view.session.locker.value.kind !== 'open' || !view.ledger.isDue()) return null
  return (
    <p class={styles.reminder}>
      {t('popup.isDue')}{' '}
      <Button kind="plain" size="small" onPress={() => void view.openReports()}>
        {t('popup.seeDue')}
      </Button>
    </p>
  )
}

/** What has just happened, for the top of the popup; null when there is nothing to tell. */
function News({ view }: { view: PopupView }) {
  const { t } = useWords()
  const problem = view.session.problem.value ?? view.tab.value?.lastProblem
  if (problem) {
    return (
      <Notice tone="problem" isSpoken>
        <p>{t(`problem.${problem.code}`)}</p>
      </Notice>
    )
  }
  if (view.isCapturing.value) return <p role="status">{t('popup.capturing')}</p>
  const isDropBox = view.session.locker.value.kind === 'drop-box'
  if (!view.didCapture.value) return null
  return (
    <Notice tone="good" isSpoken>
      <p>{t(isDropBox ? 'dropBox.captured' : 'popup.captured')}</p>
    </Notice>
  )
}

/** The popup. */
export function App({ view }: { view: PopupView }) {
  const { t } = useWords()
  const { session, exporting } = view
  const locker = session.locker.value
  const draft = exporting.draft.value
  const isOpen = locker.kind === 'open' && session.contents.value.isRead
  const top = useRef<HTMLElement>(null)
  // What is told at the top must be seen, however far down the press was.
  const isTelling = view.isCapturing.value || view.didCapture.value || session.problem.value !== null
  useLayoutEffect(() => {
    if (isTelling) top.current?.scrollTo(0, 0)
  }, [isTelling, view.isCapturing.value])
  // Not while it opens: then the keyboard begins at the top.
  useLanding(view.landings.value > 0 && `${view.landings.value} ${isOpen}`)
  const isListing = locker.kind === 'open' && view.latest().length > 0
  if (locker.kind === 'none') return <SetUp onSetUp={() => void view.openLockerPage()} />
  if (draft && !draft.isPaused && locker.kind === 'open') {
    return (
      <main class={classes(styles.body, styles.exporting)}>
        <ExportScreen
          view={exporting}
          ledger={view.ledger}
          session={session}
          draft={draft}
          onPause={view.pauseExport}
          onFinish={view.leaveExport}
          onEnlarge={() => void view.enlargeExport()}
        />
      </main>
    )
  }
  return (
    <>
      <main ref={top} class={classes(styles.body, isListing && styles.listing)}>
        <News view={view} />
        <SecondLook view={view} />
        <Documenting view={view} />
        {draft && locker.kind === 'open' && (
          <PausedExport onGoOn={() => void exporting.goOn()} onLeave={view.leaveExport} />
        )}
        <Contents view={view} />
        <Reminder view={view} />
      </main>
      <footer class={styles.footer}>
        {locker.kind !== 'apart' && (
          <Button kind="plain" size="small" onPress={() => void view.openLockerPage()}>
            {locker.kind === 'drop-box' ? t('dropBox.open') : t('popup.openLocker')}
          </Button>
        )}
        {locker.kind === 'open' && (
          <Button kind="plain" size="small" onPress={() => void session.lock()}>
            {t('lock.button')}
          </Button>
        )}
      </footer>
    </>
  )
}
