import type { Plan } from '../../utils/dataset/plan'
import { useWords } from '../shared/words'
import styles from './Dataset.module.css'

/** What the choices come to, in numbers, before anything is written. */
export function Numbers({ plan }: { plan: Plan }) {
  const { t } = useWords()
  const { counts, decided } = plan
  const left = counts.outsideCases + counts.outsidePeriod + counts.excludedItems + counts.excludedActors
  const { actors, targets, types } = decided.suppressed
  return (
    <section class={styles.numbers} aria-label={t('dataset.numbers')}>
      <p role="status">
        <strong>{t('dataset.rows', { count: counts.released })}</strong>
      </p>
      <p>{t('dataset.suppressed', { count: counts.suppressed })}</p>
      {counts.suppressed > 0 && (
        <p class={styles.quiet}>
          {t('dataset.why', { actors: actors.rows, targets: targets.rows, types: types.rows })}
        </p>
      )}
      <p>
        {decided.smallestCell === null
          ? t('dataset.noCell')
          : t('dataset.smallest', { count: decided.smallestCell })}
      </p>
      {left > 0 && <p class={styles.quiet}>{t('dataset.leftOut', { count: left })}</p>}
    </section>
  )
}
