import { Button } from '../shared/Button'
import { PageHeading } from '../shared/PageHeading'
import { useWords } from '../shared/words'
import styles from './Verify.module.css'

type WorkingProps = { stage: 'opening' | 'checking'; fileName: string; share: number; onCancel: () => void }

/** A check that is under way. `share` goes from 0 to 1. */
export function Working({ stage, fileName, share, onCancel }: WorkingProps) {
  const { t, language } = useWords()
  const percent = new Intl.NumberFormat(language, { style: 'percent' }).format(share)
  const title = t(`verifier.${stage}`, { name: `\u2068${fileName}\u2069` })
  return (
    <div class={styles.stack}>
      <PageHeading of={stage}>{title}</PageHeading>
      <div class={styles.close}>
        <progress class={styles.progress} max={1} value={share} aria-label={title} />
        <p class={styles.soft}>{percent}</p>
      </div>
      <div class={styles.actions}>
        <Button onPress={onCancel}>{t('common.cancel')}</Button>
      </div>
    </div>
  )
}
