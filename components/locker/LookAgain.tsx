import { Button } from '../shared/Button'
import { Notice } from '../shared/Notice'
import { useWords } from '../shared/words'
import styles from './ItemDetail.module.css'

/** Explains a second look at a post, and opens its address. */
export function LookAgain({ isOpened, onLookAgain }: { isOpened: boolean; onLookAgain: () => void }) {
  const { t } = useWords()
  const button = t('popup.recheck.check')
  return (
    <section class={styles.group}>
      <h2 class={styles.small}>{t('again.title')}</h2>
      <p class={styles.soft}>{t('again.explain', { button })}</p>
      <div>
        <Button onPress={onLookAgain}>{t('again.open')}</Button>
      </div>
      {isOpened && (
        <Notice tone="calm" isSpoken>
          <p>{t('again.opened', { button })}</p>
        </Notice>
      )}
    </section>
  )
}
