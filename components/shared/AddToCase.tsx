import { useState } from 'preact/hooks'
import type { Case } from '../../utils/model/case'
import styles from './AddToCase.module.css'
import { Button } from './Button'
import { SelectField, TextField } from './Field'
import { useFocusMove } from './focus'
import { isolate } from './format'
import { useWords } from './words'

type AddToCaseProps = {
  cases: Case[]
  /** `caseId` null: a new case with this title. */
  onAdd: (choice: { caseId: string | null; title: string }) => void
}

/** Chooses a case, or names a new one, for what is ticked. */
export function AddToCase({ cases, onAdd }: AddToCaseProps) {
  const { t } = useWords()
  const [isOpen, setOpen] = useState(false)
  const [caseId, setCaseId] = useState(cases[0]?.id ?? '')
  const [title, setTitle] = useState('')
  const box = useFocusMove<HTMLDivElement>(isOpen)
  const isReady = caseId !== '' || title.trim() !== ''
  if (!isOpen) {
    return (
      <div class={styles.box} ref={box}>
        <Button onPress={() => setOpen(true)}>{t('case.add')}</Button>
      </div>
    )
  }
  const options = cases.map((one) => ({ value: one.id, label: isolate(one.title) }))
  return (
    <div class={styles.box} data-open="true" ref={box}>
      <form
        class={styles.form}
        autocomplete="off"
        onSubmit={(event) => {
          event.preventDefault()
          if (!isReady) return
          onAdd({ caseId: caseId === '' ? null : caseId, title: title.trim() })
          setOpen(false)
          setTitle('')
        }}
      >
        {cases.length > 0 && (
          <SelectField
            label={t('case.one')}
            value={caseId}
            options={[...options, { value: '', label: t('case.new') }]}
            onChange={setCaseId}
          />
        )}
        {caseId === '' && (
          <TextField label={t('case.newTitle')} value={title} maxLength={200} onChange={setTitle} />
        )}
        <div class={styles.buttons}>
          <Button kind="primary" isSubmit isOff={!isReady}>
            {t('case.add')}
          </Button>
          <Button onPress={() => setOpen(false)}>{t('common.cancel')}</Button>
        </div>
      </form>
    </div>
  )
}
