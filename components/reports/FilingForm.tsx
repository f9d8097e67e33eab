import { useState } from 'preact/hooks'
import { Button } from '../shared/Button'
import { DayField, TextField, TimeField } from '../shared/Field'
import { useWords } from '../shared/words'
import styles from './Reports.module.css'

/** A day with a time when it is known, both as the person's own calendar and clock show them. */
export type Told = { day: string; time: string | null }

type MomentFieldsProps = { value: Told; dayLabel?: string; onChange: (value: Told) => void }

/** Day and time of something that happened. */
export function MomentFields({ value, dayLabel, onChange }: MomentFieldsProps) {
  const { t } = useWords()
  return (
    <div class={styles.pair}>
      <DayField
        label={dayLabel ?? t('ledger.day')}
        value={value.day}
        // The time that stood there was that of another day.
        onChange={(day) => onChange({ day, time: null })}
      />
      <TimeField
        label={t('ledger.time')}
        value={value.time ?? ''}
        onChange={(time) => onChange({ ...value, time: time === '' ? null : time })}
      />
    </div>
  )
}

type FilingFormProps = {
  now: Told
  onWrite: (told: Told & { reference: string }) => void
}

/** When something was filed, and under which reference. */
export function FilingForm({ now, onWrite }: FilingFormProps) {
  const { t } = useWords()
  const [told, setTold] = useState(now)
  const [reference, setReference] = useState('')
  return (
    <form
      class={styles.form}
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault()
        if (told.day !== '') onWrite({ ...told, reference: reference.trim() })
      }}
    >
      <MomentFields value={told} onChange={setTold} />
      <TextField
        label={t('ledger.reference')}
        hint={t('ledger.referenceHint')}
        value={reference}
        maxLength={2_000}
        onChange={setReference}
      />
      <div>
        <Button kind="primary" isSubmit isOff={told.day === ''}>
          {t('ledger.write')}
        </Button>
      </div>
    </form>
  )
}
