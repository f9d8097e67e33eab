import { Button } from '../shared/Button'
import { Notice } from '../shared/Notice'
import { useWords } from '../shared/words'
import styles from './Export.module.css'

/** Says that an export was put aside, and leads back to it or drops it. */
export function PausedExport({ onGoOn, onLeave }: { onGoOn: () => void; onLeave: () => void }) {
  const { t } = useWords()
  return (
    <Notice tone="calm">
      <p>{t('export.underWay')}</p>
      <div class={styles.pair} data-landing>
        <Button size="small" onPress={onGoOn}>
          {t('export.goOn')}
        </Button>
        <Button size="small" onPress={onLeave}>
          {t('export.leave')}
        </Button>
      </div>
    </Notice>
  )
}
