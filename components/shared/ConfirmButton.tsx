import { useState } from 'preact/hooks'
import { Button } from './Button'
import styles from './ConfirmButton.module.css'
import { useFocusMove } from './focus'
import { useWords } from './words'

type ConfirmButtonProps = { label: string; question: string; confirm: string; onConfirm: () => void }

/** A button that asks once, in place, before it does what cannot easily be taken back. */
export function ConfirmButton({ label, question, confirm, onConfirm }: ConfirmButtonProps) {
  const { t } = useWords()
  const [isAsking, setAsking] = useState(false)
  // Asked, the keyboard is on "no": a second press of the same key must not delete.
  const box = useFocusMove<HTMLDivElement>(isAsking, 'button:last-of-type')
  if (!isAsking) {
    return (
      <div ref={box}>
        <Button kind="danger" onPress={() => setAsking(true)}>
          {label}
        </Button>
      </div>
    )
  }
  return (
    <div ref={box}>
      <fieldset class={styles.question} aria-label={label}>
        <p role="status">{question}</p>
        <div class={styles.buttons}>
          <Button
            kind="danger"
            onPress={() => {
              setAsking(false)
              onConfirm()
            }}
          >
            {confirm}
          </Button>
          <Button onPress={() => setAsking(false)}>{t('common.cancel')}</Button>
        </div>
      </fieldset>
    </div>
  )
}
