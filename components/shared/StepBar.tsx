import styles from './StepBar.module.css'
import { useWords } from './words'

/** Where one is in a few steps: a bar for the eye, a sentence for everybody. */
export function StepBar({ at, labels }: { at: number; labels: string[] }) {
  const { t } = useWords()
  return (
    <div class={styles.steps}>
      <p class={styles.where}>
        {t('steps.where', { step: at + 1, steps: labels.length, name: labels[at] ?? '' })}
      </p>
      <ol class={styles.bar} aria-hidden="true">
        {labels.map((label, index) => (
          <li key={label} data-done={index <= at ? 'true' : undefined} />
        ))}
      </ol>
    </div>
  )
}
