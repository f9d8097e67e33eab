import { Button } from '../shared/Button'
import { useWords } from '../shared/words'
import styles from './DocumentPanel.module.css'

type AlwaysOnProps = {
  platformName: string
  isOn: boolean
  /** Asks the browser; must run within the press itself. */
  onAsk: () => void
  onStop: () => void
}

/** Lets marks appear by themselves on a platform, with what that leads to, and takes it back. */
export function AlwaysOn({ platformName, isOn, onAsk, onStop }: AlwaysOnProps) {
  const { t } = useWords()
  if (isOn) {
    return (
      <div class={styles.always}>
        <p class={styles.quiet}>{t('popup.always.isOn', { platform: platformName })}</p>
        <Button kind="plain" size="small" onPress={onStop}>
          {t('popup.always.stop')}
        </Button>
      </div>
    )
  }
  return (
    <details class={styles.other}>
      <summary>{t('popup.always.offer', { platform: platformName })}</summary>
      <div class={styles.choices}>
        <p class={styles.quiet}>{t('popup.always.what', { platform: platformName })}</p>
        <Button size="small" onPress={onAsk}>
          {t('popup.always.ask')}
        </Button>
      </div>
    </details>
  )
}
