import { useWords } from '../shared/words'
import styles from './FirstCapture.module.css'

function Picture() {
  return (
    <svg class={styles.picture} viewBox="0 0 240 110" aria-hidden="true">
      <rect class={styles.sheet} x="1" y="1" width="238" height="108" rx="10" />
      <circle class={styles.soft} cx="32" cy="36" r="14" />
      <rect class={styles.soft} x="58" y="26" width="80" height="8" rx="4" />
      <rect class={styles.soft} x="58" y="42" width="50" height="6" rx="3" />
      <rect class={styles.soft} x="18" y="66" width="190" height="8" rx="4" />
      <rect class={styles.soft} x="18" y="84" width="140" height="8" rx="4" />
      <circle class={styles.mark} cx="212" cy="30" r="14" />
      <circle class={styles.dot} cx="212" cy="30" r="6" />
    </svg>
  )
}

/** How to make the first capture, with a picture. */
export function FirstCapture() {
  const { t } = useWords()
  return (
    <div class={styles.first}>
      <Picture />
      <ol class={styles.steps}>
        <li>{t('first.open')}</li>
        <li>{t('first.document')}</li>
        <li>{t('first.mark')}</li>
      </ol>
    </div>
  )
}
