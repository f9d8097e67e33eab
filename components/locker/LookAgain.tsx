import { Button } from '../shared/Button'
import { Notice } from '../shared/Notice'
import { useWords } from '../shared/words'
import styles from './ItemDetail.module.css'

type LookAgainProps = {
  /** Of the window in which the item was captured: the address opens in one of the same kind. */
  window: 'normal' | 'private'
  isOpened: boolean
  onLookAgain: () => void
}

/** Explains a second look at a post, and opens its address. */
export function LookAgain({ window, isOpened, onLookAgain }: LookAgainProps) {
  const { t } = useWords()
  const button = t('popup.recheck.check')
  const isPrivate = window === 'private'
  return (
    <section class={styles.group}>
      <h2 class={styles.small}>{t('again.title')}</h2>
      <p class={styles.soft}>{t(isPrivate ? 'again.explain.private' : 'again.explain', { button })}</p>
      <div>
        <Button onPress={onLookAgain}>{t('again.open')}</Button>
      </div>
      {isOpened && (
        <Notice tone="calm" isSpoken>
          <p>{t(isPrivate ? 'again.opened.private' : 'again.opened', { button })}</p>
        </Notice>
      )}
    </section>
  )
}
