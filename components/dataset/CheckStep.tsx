import type { CheckResult, ReleaseHit } from '../../utils/dataset/check'
import { Button } from '../shared/Button'
import { Notice } from '../shared/Notice'
import { useWords } from '../shared/words'
import styles from './Dataset.module.css'

type CheckStepProps = {
  result: CheckResult
  onCheck: () => void
  /** Goes to where a hit can be mended. */
  onMend: (hit: ReleaseHit) => void
}

/** What the attack on the dataset found, and where. */
export function CheckStep({ result, onCheck, onMend }: CheckStepProps) {
  const { t } = useWords()
  const { hits } = result
  if (hits.length === 0) {
    return (
      <Notice tone="good" isSpoken>
        <p>{t('dataset.clean', { count: result.searched })}</p>
        <p>{t('dataset.unique', { count: result.unique, of: result.rows })}</p>
      </Notice>
    )
  }
  return (
    <>
      <Notice tone="problem" isSpoken>
        <p>{t('dataset.blocked', { count: hits.length })}</p>
        {result.isMore && <p>{t('dataset.blockedMore')}</p>}
      </Notice>
      <ul class={styles.list}>
        {hits.map((hit, index) => (
          <li key={index} class={styles.hit}>
            <p>
              <strong>{t(`dataset.hit.${hit.kind}`)}</strong>{' '}
              <bdi>
                {hit.place} · {hit.column}
              </bdi>
            </p>
            <p class={styles.quiet} dir="auto">
              …{hit.excerpt}…
            </p>
            <div>
              <Button size="small" onPress={() => onMend(hit)}>
                {t('dataset.mend')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      <div>
        <Button onPress={onCheck}>{t('dataset.checkAgain')}</Button>
      </div>
    </>
  )
}
