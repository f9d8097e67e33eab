import type { Problem } from '../../utils/model/problem'
import { Notice } from '../shared/Notice'
import { useWords } from '../shared/words'
import { type Proof, ProofBox, ProofForm, type ProvedWork } from './ProofForm'
import styles from './Security.module.css'

type DeletePermanentlyProps = ProvedWork & {
  count: number
  problem: Problem | null
  onDelete: (proof: Proof) => void
  onCancel: () => void
}

/** Before items go for good: what that promises, what it cannot, and the passphrase. */
export function DeletePermanently({ count, onDelete, onCancel, ...work }: DeletePermanentlyProps) {
  const { t } = useWords()
  return (
    <ProofBox label={t('delete.heading', { count })}>
      <h2>{t('delete.heading', { count })}</h2>
      <p>{t('delete.promise')}</p>
      <p>{t('delete.cannot')}</p>
      <ul class={styles.points}>
        <li>{t('delete.cannotDrive')}</li>
        <li>{t('delete.cannotCopies')}</li>
        <li>{t('delete.cannotHide')}</li>
      </ul>
      <ProofForm
        {...work}
        byCode="never"
        isDangerous
        busyLabel={t('delete.busy')}
        submitLabel={t('delete.confirm', { count })}
        onSubmit={onDelete}
        onCancel={onCancel}
      />
    </ProofBox>
  )
}

/** What came of a deletion. */
export function Deleted({ count, isErased }: { count: number; isErased: boolean }) {
  const { t } = useWords()
  return (
    <Notice tone={isErased ? 'good' : 'warning'} isSpoken>
      <p>{t('delete.done', { count })}</p>
      <p>{isErased ? t('delete.erased') : t('delete.notErased')}</p>
    </Notice>
  )
}
