import { useId } from 'preact/hooks'
import { useWords } from '../shared/words'
import styles from './Verify.module.css'

type ChooseFileProps = {
  /** A file is being dragged over the page. */
  isOver: boolean
  onChoose: (file: File) => void
}

/** The picker for one file; the whole page takes dropped ones. */
export function ChooseFile({ isOver, onChoose }: ChooseFileProps) {
  const id = useId()
  const { t } = useWords()
  return (
    <div class={styles.choose} data-over={isOver ? 'true' : undefined}>
      <label for={id}>
        <span class={styles.pick}>{isOver ? t('verifier.drop') : t('verifier.choose')}</span>
      </label>
      <p id={`${id}-hint`} class={styles.soft}>
        {t('verifier.chooseHint')}
      </p>
      <input
        id={id}
        type="file"
        accept=".zip,.age"
        autocomplete="off"
        aria-describedby={`${id}-hint`}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0]
          if (file) onChoose(file)
        }}
      />
    </div>
  )
}
