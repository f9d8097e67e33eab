import { Button } from '../shared/Button'
import { Notice } from '../shared/Notice'
import { useWords } from '../shared/words'
import styles from './Dataset.module.css'

type SavedDatasetProps = { rows: number; path: string; sha256: string; onFinish: () => void }

/** The dataset is a file now: where it is, and what to tell its receiver. */
export function SavedDataset({ rows, path, sha256, onFinish }: SavedDatasetProps) {
  const { t } = useWords()
  return (
    <>
      <Notice tone="good" isSpoken>
        <p>{t('dataset.saved', { count: rows })}</p>
        <p class={styles.path} dir="ltr">
          {path}
        </p>
      </Notice>
      <p>{t('dataset.savedNext')}</p>
      <p class={styles.quiet}>{t('export.digest')}</p>
      <p class={styles.path} dir="ltr">
        {sha256}
      </p>
      <div>
        <Button kind="primary" onPress={onFinish}>
          {t('export.finish')}
        </Button>
      </div>
    </>
  )
}
