import { Notice } from '../shared/Notice'
import { useWords } from '../shared/words'

/**
 * Whether the secret was overwritten, the browser gave no file where it could be, there was none (a drop-box), or the
 * locker went away by itself.
 */
export type Erased = 'overwritten' | 'removed' | 'drop-box' | 'gone'

/** Says that the locker of this device is gone, and how surely. */
export function ErasedNotice({ erased }: { erased: Erased }) {
  const { t } = useWords()
  return (
    <Notice tone={erased === 'removed' || erased === 'gone' ? 'warning' : 'calm'} isSpoken>
      <p>{t(`wipe.${erased}`)}</p>
      <p>{t('wipe.notReached')}</p>
    </Notice>
  )
}
