import { useWords } from '../shared/words'
import styles from './Reports.module.css'

/** Why many equal reports hurt those who send them. */
export function MassReporting() {
  const { t } = useWords()
  return (
    <details class={styles.mass}>
      <summary>{t('ledger.mass.title')}</summary>
      <ul class={styles.points}>
        <li>{t('ledger.mass.1')}</li>
        <li>{t('ledger.mass.2')}</li>
        <li>{t('ledger.mass.3')}</li>
        <li>{t('ledger.mass.4')}</li>
      </ul>
    </details>
  )
}
