import { useId } from 'preact/hooks'
import { TextArea } from '../shared/Field'
import { useFocusMove } from '../shared/focus'
import { Notice } from '../shared/Notice'
import { useWords } from '../shared/words'
import type { KeyEntryState } from './contacts'
import styles from './Recipients.module.css'

export type KeyEntryProps = {
  state: KeyEntryState
  onText: (text: string) => void
  onFile: (file: File) => void
}

const longestText = 70_000
const mostTroubles = 5

/** Public keys, pasted or from a file. Good ones are taken at once; what is wrong is said line by line. */
export function KeyEntry({ state, onText, onFile }: KeyEntryProps) {
  const { t } = useWords()
  const id = useId()
  const box = useFocusMove<HTMLDivElement>(state.round, 'textarea')
  const { refusal, troubles } = state
  return (
    <div class={styles.part} ref={box}>
      <TextArea
        key={state.round}
        label={t('export.recipients')}
        hint={t('book.kinds')}
        value={state.text}
        rows={2}
        maxLength={longestText}
        onChange={onText}
      />
      <label class={styles.file} for={id}>
        {t('book.file')}
      </label>
      <input
        id={id}
        type="file"
        class={styles.chooser}
        accept=".txt,.pub,.keys,text/plain"
        autocomplete="off"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? []
          if (file) onFile(file)
          // The same file, mended, can be chosen again.
          event.currentTarget.value = ''
        }}
      />
      {refusal !== null && (
        <Notice tone="problem" isSpoken>
          <p>{t(`book.refused.${refusal}`)}</p>
        </Notice>
      )}
      {troubles.length > 0 && (
        <div class={styles.error} role="alert">
          <p>{t('book.troubled')}</p>
          <ul class={styles.troubles}>
            {troubles.slice(0, mostTroubles).map(({ line, why }) => (
              <li key={line}>{t(`book.trouble.${why}`, { line })}</li>
            ))}
            {troubles.length > mostTroubles && (
              <li>{t('verifier.more', { count: troubles.length - mostTroubles })}</li>
            )}
          </ul>
        </div>
      )}
    </div>
  )
}
