import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { Button } from './Button'
import styles from './Field.module.css'
import own from './PassphraseField.module.css'
import { useWords } from './words'

type PassphraseFieldProps = {
  label: string
  value: string
  hint?: string | undefined
  error?: string | null
  /** The focus begins here. */
  isFirst?: boolean | undefined
  onChange: (value: string) => void
}

/** A passphrase: hidden unless shown on purpose, with a word when caps lock is on. */
export function PassphraseField({ label, value, hint, error, isFirst, onChange }: PassphraseFieldProps) {
  const id = useId()
  const { t } = useWords()
  const [isShown, setShown] = useState(false)
  const [isCapsLock, setCapsLock] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (isFirst) input.current?.focus()
  }, [isFirst])
  const noteCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'))
  // Preact's types allow one fixed type per input; this one changes and stays the same element.
  const type = (isShown ? 'text' : 'password') as 'text'
  return (
    <div class={styles.field}>
      <label class={styles.label} for={id}>
        {label}
      </label>
      {hint && (
        <p class={styles.hint} id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <div class={own.line}>
        <input
          class={styles.input}
          id={id}
          ref={input}
          type={type}
          dir="auto"
          value={value}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={`${hint ? `${id}-hint ` : ''}${id}-notes`}
          onInput={(event) => onChange(event.currentTarget.value)}
          onKeyDown={noteCapsLock}
          onKeyUp={noteCapsLock}
        />
        <Button
          isPressed={isShown}
          name={isShown ? t('passphrase.hideIt') : t('passphrase.showIt')}
          onPress={() => setShown(!isShown)}
        >
          {isShown ? t('common.hide') : t('common.show')}
        </Button>
      </div>
      <div id={`${id}-notes`} aria-live="polite">
        {isCapsLock && <p class={styles.hint}>{t('passphrase.capsLock')}</p>}
        {error && <p class={styles.error}>{error}</p>}
      </div>
    </div>
  )
}
