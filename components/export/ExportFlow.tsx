import type { ComponentChildren } from 'preact'
import { Button } from '../shared/Button'
import { PageHeading } from '../shared/PageHeading'
import { StepBar } from '../shared/StepBar'
import { useWords } from '../shared/words'
import styles from './Export.module.css'
import { type ExportStep, exportSteps } from './steps'

type ExportFlowProps = {
  step: ExportStep
  /** Null where this step is left by other buttons than "Continue". */
  next: { label: string; isOff: boolean; onPress: () => void } | null
  /** Null where there is no way back. */
  onBack: (() => void) | null
  /** Puts the export aside. */
  onPause: () => void
  onFinish: () => void
  /** Null in the locker page itself. */
  onEnlarge: (() => void) | null
  /** The file is saved: leaving is what comes next. */
  isDone: boolean
  children: ComponentChildren
}

/** The frame of the five steps: where one is, the step itself, on and back. */
export function ExportFlow({
  step,
  next,
  onBack,
  onPause,
  onFinish,
  onEnlarge,
  isDone,
  children,
}: ExportFlowProps) {
  const { t } = useWords()
  const labels = exportSteps.map((one) => t(`export.step.${one}`))
  return (
    <section class={styles.flow} aria-label={t('export.title')}>
      <header class={styles.header}>
        <div class={styles.top}>
          <StepBar at={exportSteps.indexOf(step)} labels={labels} />
          {onEnlarge && (
            <Button kind="plain" size="small" onPress={onEnlarge}>
              {t('export.enlarge')}
            </Button>
          )}
          <Button kind="plain" size="small" onPress={onPause}>
            {t('export.later')}
          </Button>
        </div>
        <PageHeading of={step}>{t(`export.heading.${step}`)}</PageHeading>
      </header>
      <div class={styles.step}>{children}</div>
      <footer class={styles.buttons}>
        {next && (
          <Button kind="primary" isOff={next.isOff} onPress={next.onPress}>
            {next.label}
          </Button>
        )}
        {onBack && <Button onPress={onBack}>{t('common.back')}</Button>}
        <span class={styles.spacer} />
        {isDone && (
          <Button kind="primary" onPress={onFinish}>
            {t('export.finish')}
          </Button>
        )}
      </footer>
    </section>
  )
}
