import type { ComponentChildren } from 'preact'
import { Button } from '../shared/Button'
import { classes } from '../shared/classes'
import { PageHeading } from '../shared/PageHeading'
import { StepBar } from '../shared/StepBar'
import { useWords } from '../shared/words'
import styles from './Dataset.module.css'
import type { DatasetStep } from './steps'

type DatasetFlowProps = {
  step: DatasetStep
  steps: readonly DatasetStep[]
  /** Null where there is no next step. */
  next: { isOff: boolean; onPress: () => void } | null
  onBack: (() => void) | null
  onLeave: () => void
  children: ComponentChildren
}

/** The frame of the steps: where one is, the step itself, on and back. */
export function DatasetFlow({ step, steps, next, onBack, onLeave, children }: DatasetFlowProps) {
  const { t } = useWords()
  return (
    <section class={styles.page} aria-label={t('dataset.title')}>
      <header>
        <div class={styles.top}>
          <StepBar at={steps.indexOf(step)} labels={steps.map((one) => t(`dataset.step.${one}`))} />
          <Button kind="plain" size="small" onPress={onLeave}>
            {t('export.later')}
          </Button>
        </div>
        <PageHeading of={step}>{t(`dataset.heading.${step}`)}</PageHeading>
      </header>
      <div class={styles.step}>{children}</div>
      <footer class={classes(styles.buttons, styles.foot)}>
        {next && (
          <Button kind="primary" isOff={next.isOff} onPress={next.onPress}>
            {t('common.continue')}
          </Button>
        )}
        {onBack && <Button onPress={onBack}>{t('common.back')}</Button>}
      </footer>
    </section>
  )
}
