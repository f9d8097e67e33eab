import { Button } from '../shared/Button'
import { Notice } from '../shared/Notice'
import { useWords } from '../shared/words'
import styles from './DocumentPanel.module.css'

/** What can be captured on a page without a mark. */
export type OtherTarget = 'selection' | 'visible-page'

type DocumentPanelProps = {
  host: string | null
  isDocumenting: boolean
  savedHere: number
  isConfirmed: boolean
  isBroken: boolean
  platformName: string | null
  /** The keys that capture the focused post; null when none are set. */
  shortcut: string | null
  isBusy: boolean
  onStart: () => void
  onStop: () => void
  onCaptureOther: (target: OtherTarget) => void
}

function ReaderState(props: Pick<DocumentPanelProps, 'isConfirmed' | 'isBroken' | 'platformName'>) {
  const { t } = useWords()
  const platform = props.platformName
  if (props.isBroken) {
    return (
      <Notice tone="warning">
        <p>{platform ? t('popup.readerBroken', { platform }) : t('popup.readerBrokenHere')}</p>
      </Notice>
    )
  }
  if (!platform) return <p>{t('popup.noReader')}</p>
  if (!props.isConfirmed) return <p class={styles.quiet}>{t('popup.readerNotConfirmed', { platform })}</p>
  return null
}

type CaptureOtherProps = Pick<DocumentPanelProps, 'onCaptureOther'> & {
  /** Where marks are of no use, this is what the page is for. */
  isOpen: boolean
}

function CaptureOther({ isOpen, onCaptureOther }: CaptureOtherProps) {
  const { t } = useWords()
  return (
    <details key={String(isOpen)} class={styles.other} open={isOpen}>
      <summary>{t('popup.captureElse')}</summary>
      <div class={styles.choices}>
        <Button size="small" onPress={() => onCaptureOther('selection')}>
          {t('popup.captureSelection')}
        </Button>
        <Button size="small" onPress={() => onCaptureOther('visible-page')}>
          {t('popup.captureVisible')}
        </Button>
      </div>
    </details>
  )
}

/** The documenting switch of this tab. */
export function DocumentPanel(props: DocumentPanelProps) {
  const { t } = useWords()
  const hasMarks = props.platformName !== null && !props.isBroken
  if (!props.isDocumenting) {
    return (
      <section class={styles.panel}>
        <h1 class={styles.host}>
          <bdi dir="ltr">{props.host ?? t('app.name')}</bdi>
        </h1>
        <Button kind="primary" size="wide" isOff={props.isBusy} onPress={props.onStart}>
          {t('popup.document')}
        </Button>
        <CaptureOther isOpen={false} onCaptureOther={props.onCaptureOther} />
      </section>
    )
  }
  return (
    <section class={styles.panel}>
      <div class={styles.state}>
        <h1 class={styles.host}>{t('popup.documenting', { host: props.host ?? t('app.name') })}</h1>
        <p aria-live="polite">{t('popup.savedHere', { count: props.savedHere })}</p>
      </div>
      <ReaderState {...props} />
      {!hasMarks && <CaptureOther isOpen onCaptureOther={props.onCaptureOther} />}
      <Button kind={hasMarks ? 'primary' : 'quiet'} size="wide" isOff={props.isBusy} onPress={props.onStop}>
        {t('popup.stop')}
      </Button>
      {hasMarks && (
        <p class={styles.quiet}>
          {props.shortcut ? t('popup.hint', { keys: props.shortcut }) : t('popup.hintNoKeys')}
        </p>
      )}
      {hasMarks && <CaptureOther isOpen={false} onCaptureOther={props.onCaptureOther} />}
    </section>
  )
}
