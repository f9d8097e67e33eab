import { Notice } from '../shared/Notice'
import { useWords } from '../shared/words'

/** Whether the secret was overwritten, or the browser gave no file where it could be. */
export type Erased = 'overwritten' | 'removed'

/** Says that the locker of this device is gone, and how surely. */
export function ErasedNotice({ erased }: { erased: Erased }) {
  const { t } = useWords()
  return (
    <Notice tone={erased === 'overwritten' ? 'calm' : 'warning'} isSpoken>
      <p>{t(`wipe.${erased}`)}</p>
      <p>{t('wipe.notReached')}</p>
    </Notice>
  )
}
