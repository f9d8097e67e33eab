import { useId } from 'preact/hooks'
import { Notice } from '../shared/Notice'
import { useWords } from '../shared/words'
import type { ShownWhole } from './answer'
import styles from './Verify.module.css'

/** Asks for the whole bundle, where something is covered in the one that is shown. */
export function Whole({ whole, onChoose }: { whole: ShownWhole; onChoose: (file: File) => void }) {
  const { t } = useWords()
  const id = useId()
  if (whole.kind === 'done') return null
  return (
    <section class={styles.card}>
      <h2>{t('verifier.wholeTitle')}</h2>
      <p class={styles.soft}>{t('verifier.wholeHint')}</p>
      {whole.trouble !== null && (
        <Notice tone="problem" isSpoken>
          <p>{whole.trouble}</p>
        </Notice>
      )}
      {whole.kind === 'working' ? (
        <p role="status">{t('verifier.comparing')}</p>
      ) : (
        <div class={styles.choose}>
          <label for={id}>
            <span class={styles.pick}>{t('verifier.chooseWhole')}</span>
          </label>
          <input
            id={id}
            type="file"
            accept=".zip"
            autocomplete="off"
            onChange={(event) => {
              const [file] = event.currentTarget.files ?? []
              if (file) onChoose(file)
            }}
          />
        </div>
      )}
    </section>
  )
}
