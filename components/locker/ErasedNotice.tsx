import { Notice } from '../shared/Notice'
import { useWords } from '../shared/words'

/** Whether the secret was overwritten, the browser gave no file where it could be, or there was none (a drop-box). */
export type Erased = 'overwritten' | 'removed' | 'drop-box'

/** Says that the locker of this device is gone, and how surely. */
export function ErasedNotice({ erased }: { erased: Erased }) {
  const { t } = useWords()
  return (
    <Notice tone={erased === 'removed' ? 'warning' : 'calm'} isSpoken>
      <p>{t(`wipe.${erased}`)}</p>
      <p>{t('wipe.notReached')}</p>
    </Notice>
  )
}
