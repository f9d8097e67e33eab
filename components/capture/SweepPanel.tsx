import { ConfirmButton } from '../shared/ConfirmButton'
import { useWords } from '../shared/words'
import styles from './SweepPanel.module.css'

/** The last sweep of this tab. */
export type SweepState = {
  isOn: boolean
  /** Posts that are still in the locker. */
  saved: number
  takenBack: number
  isTakingBack: boolean
  /** False once the locker was locked. */
  canUndo: boolean
}

type SweepPanelProps = {
  /** Null where there was none. */
  sweep: SweepState | null
  /** The page has posts that can be swept. */
  isOffered: boolean
  /** The page holds a frame with posts of its own, which a sweep passes by. */
  isPastFrames: boolean
  isBusy: boolean
  onStart: () => void
  onStop: () => void
  onUndo: () => void
}

type AfterSweepProps = { sweep: SweepState; onUndo: () => void }

function Undo({ sweep, onUndo }: AfterSweepProps) {
  const { t } = useWords()
  const { saved: count, takenBack } = sweep
  return (
    <ConfirmButton
      label={takenBack > 0 ? t('popup.sweep.undoRest', { count }) : t('popup.sweep.undo')}
      question={t('popup.sweep.undoQuestion', { count })}
      confirm={t('popup.sweep.undoConfirm')}
      onConfirm={onUndo}
    />
  )
}

function AfterSweep({ sweep, onUndo }: AfterSweepProps) {
  const { t } = useWords()
  const { saved, takenBack, isTakingBack, canUndo } = sweep
  if (!canUndo) return <p class={styles.quiet}>{t('popup.sweep.forgotten')}</p>
  if (isTakingBack) {
    const label = t('popup.sweep.takingBack', { done: takenBack, total: saved + takenBack })
    return (
      <div class={styles.progress}>
        <p>{label}</p>
        <progress aria-label={label} max={saved + takenBack} value={takenBack} />
      </div>
    )
  }
  return (
    <div class={styles.after}>
      {saved > 0 && <p>{t('popup.sweep.ended', { count: saved })}</p>}
      {takenBack > 0 && <p role="status">{t('popup.sweep.takenBack', { count: takenBack })}</p>}
      {saved > 0 && <p class={styles.quiet}>{t('popup.sweep.undoUntil')}</p>}
      {saved > 0 && <Undo sweep={sweep} onUndo={onUndo} />}
    </div>
  )
}

/** The switch of the sweep, how many posts it has saved, and the way back. */
export function SweepPanel(props: SweepPanelProps) {
  const { sweep, isOffered, isPastFrames, isBusy, onStart, onStop, onUndo } = props
  const { t } = useWords()
  const isOn = sweep?.isOn ?? false
  const isUsable = !isBusy && !sweep?.isTakingBack
  return (
    <div class={styles.panel}>
      {isOffered && (
        <label class={styles.switch}>
          <input
            autocomplete="off"
            type="checkbox"
            role="switch"
            checked={isOn}
            aria-checked={isOn}
            aria-disabled={isUsable ? undefined : 'true'}
            onClick={(event) => {
              event.preventDefault()
              if (isUsable) (isOn ? onStop : onStart)()
            }}
          />
          <span>{t('popup.sweep.switch')}</span>
        </label>
      )}
      {isOffered && isPastFrames && <p class={styles.quiet}>{t('popup.sweep.notFrames')}</p>}
      {isOn && sweep?.canUndo && <p class={styles.quiet}>{t('popup.sweep.count', { count: sweep.saved })}</p>}
      {isOn && <p class={styles.quiet}>{t('popup.sweep.hint')}</p>}
      {sweep && !isOn && <AfterSweep sweep={sweep} onUndo={onUndo} />}
    </div>
  )
}
