import type { Recheck } from '../../utils/model/item'
import { Button } from '../shared/Button'
import { Notice } from '../shared/Notice'
import { useWords } from '../shared/words'
import styles from './DocumentPanel.module.css'

type RecheckPanelProps = {
  /** Null until somebody has looked. */
  outcome: Recheck['outcome'] | null
  isChecking: boolean
  onCheck: () => void
}

/** Stands in a tab that was opened to see what has become of an item. */
export function RecheckPanel({ outcome, isChecking, onCheck }: RecheckPanelProps) {
  const { t } = useWords()
  const told = outcome && !isChecking ? outcome : null
  return (
    <section class={styles.panel}>
      <h1 class={styles.host}>{t('popup.recheck.title')}</h1>
      {!outcome && <p>{t('popup.recheck.why')}</p>}
      <div role="status">
        {isChecking && <p>{t('popup.recheck.checking')}</p>}
        {told && (
          <Notice tone={told === 'unchanged' ? 'good' : 'warning'}>
            <p>{t(`popup.recheck.${told}`)}</p>
          </Notice>
        )}
      </div>
      <Button kind={outcome ? 'quiet' : 'primary'} size="wide" isOff={isChecking} onPress={onCheck}>
        {t(outcome ? 'popup.recheck.again' : 'popup.recheck.check')}
      </Button>
    </section>
  )
}
