import { Button } from '../shared/Button'
import { Notice } from '../shared/Notice'
import { useWords } from '../shared/words'
import { AlwaysOn } from './AlwaysOn'
import { CaptureElse, type OtherTarget } from './CaptureElse'
import styles from './DocumentPanel.module.css'
import { SweepPanel, type SweepState } from './SweepPanel'

type DocumentPanelProps = {
  host: string | null
  isDocumenting: boolean
  savedHere: number
  isConfirmed: boolean
  isBroken: boolean
  isReadInFrameOnly: boolean
  hasProfile: boolean
  /** A live chat in the page is documented as well; a sweep does not look into it. */
  hasReadFrame: boolean
  /** The page holds a live chat of another origin, where no marks are. */
  hasClosedFrame: boolean
  platformName: string | null
  /** The keys that capture the focused post; null when none are set. */
  shortcut: string | null
  isBusy: boolean
  sweep: SweepState | null
  /** Something else on the screen is what the person came for. */
  isSecond: boolean
  /** Null where being always on is not offered. */
  alwaysOn: { isOn: boolean; onAsk: () => void; onStop: () => void } | null
  onStart: () => void
  onStop: () => void
  onStartSweep: () => void
  onStopSweep: () => void
  onUndoSweep: () => void
  onCaptureOther: (target: OtherTarget) => void
  onReaders: () => void
}

type ReaderStateProps = Pick<
  DocumentPanelProps,
  | 'isConfirmed'
  | 'isBroken'
  | 'isReadInFrameOnly'
  | 'platformName'
  | 'isBusy'
  | 'onCaptureOther'
  | 'onReaders'
>

function ReaderState(props: ReaderStateProps) {
  const { t } = useWords()
  const platform = props.platformName
  if (!platform) return <p>{t('popup.noReader')}</p>
  if (props.isBroken || props.isReadInFrameOnly) {
    const key = props.isBroken ? 'popup.readerBroken' : 'popup.readerFoundInFrame'
    return (
      <>
        <Notice tone="warning">
          <p>{t(key, { platform })}</p>
        </Notice>
        <Button
          kind={props.isBroken ? 'primary' : 'quiet'}
          size="wide"
          isOff={props.isBusy}
          onPress={() => props.onCaptureOther('whole-page')}
        >
          {t('popup.keepWhole')}
        </Button>
        <div>
          <Button kind="plain" size="small" onPress={props.onReaders}>
            {t('popup.toReaders')}
          </Button>
        </div>
      </>
    )
  }
  if (!props.isConfirmed) return <p class={styles.quiet}>{t('popup.readerNotConfirmed', { platform })}</p>
  return null
}

function Sweeping({ isOffered, ...props }: DocumentPanelProps & { isOffered: boolean }) {
  return (
    <SweepPanel
      sweep={props.sweep}
      isOffered={isOffered}
      isPastFrames={props.hasReadFrame}
      isBusy={props.isBusy}
      onStart={props.onStartSweep}
      onStop={props.onStopSweep}
      onUndo={props.onUndoSweep}
    />
  )
}

function ReadyPanel(props: DocumentPanelProps) {
  const { host, isBusy, isSecond, onStart, onCaptureOther } = props
  const { t } = useWords()
  return (
    <section class={styles.panel}>
      <h1 class={styles.host}>
        <bdi dir="ltr">{host ?? t('app.name')}</bdi>
      </h1>
      <Button kind={isSecond ? 'quiet' : 'primary'} size="wide" isOff={isBusy} onPress={onStart}>
        {t('popup.document')}
      </Button>
      <Sweeping {...props} isOffered={false} />
      <CaptureElse isOpen={false} isBusy={isBusy} hasProfile={false} onCapture={onCaptureOther} />
    </section>
  )
}

/** The documenting switch of this tab. */
export function DocumentPanel(props: DocumentPanelProps) {
  const { t } = useWords()
  const { platformName, isBroken, hasProfile, isBusy, alwaysOn, onCaptureOther } = props
  if (!props.isDocumenting) return <ReadyPanel {...props} />
  const hasMarks = platformName !== null && !isBroken
  // On a profile's page, the profile is what one came for.
  const leads = hasMarks && hasProfile
  const isStopFirst = hasMarks && !leads && !props.isSecond
  const other = (
    <CaptureElse
      isOpen={platformName === null}
      isBusy={isBusy}
      hasProfile={hasProfile && !leads}
      onCapture={onCaptureOther}
    />
  )
  return (
    <section class={styles.panel}>
      <div class={styles.state}>
        <h1 class={styles.host}>{t('popup.documenting', { host: props.host ?? t('app.name') })}</h1>
        {/* Not when there are none: after locking the count begins anew, and "0 saved" would read as a loss. */}
        <p aria-live="polite">{props.savedHere > 0 && t('popup.savedHere', { count: props.savedHere })}</p>
      </div>
      <ReaderState {...props} />
      {props.hasClosedFrame && (
        <Notice tone="calm">
          <p>{t('popup.chatFrame')}</p>
        </Notice>
      )}
      {leads && (
        <Button kind="primary" size="wide" isOff={isBusy} onPress={() => onCaptureOther('profile')}>
          {t('popup.captureProfile')}
        </Button>
      )}
      {!hasMarks && other}
      <Button kind={isStopFirst ? 'primary' : 'quiet'} size="wide" isOff={isBusy} onPress={props.onStop}>
        {t('popup.stop')}
      </Button>
      <Sweeping {...props} isOffered={hasMarks} />
      {hasMarks && (
        <p class={styles.quiet}>
          {props.shortcut ? t('popup.hint', { keys: props.shortcut }) : t('popup.hintNoKeys')}
        </p>
      )}
      {hasMarks && other}
      {platformName && alwaysOn && <AlwaysOn platformName={platformName} {...alwaysOn} />}
    </section>
  )
}
