import { useState } from 'preact/hooks'
import type { AppealRoute, Decision, Filing } from '../../utils/model/ledger'
import { Button } from '../shared/Button'
import { SelectField, TextArea, TextField } from '../shared/Field'
import { useWords } from '../shared/words'
import { MomentFields, type Told } from './FilingForm'
import styles from './Reports.module.css'

/** What a receiver decided, and when the person was told. */
export type NewAnswer = { told: Told; decision: Decision; note: string }

const decisions: readonly Decision[] = ['acted', 'partly', 'refused', 'unclear']
const routes: readonly AppealRoute[] = ['receiver', 'out-of-court', 'court', 'other']

type AnswerFormProps = {
  /** What is written down already; null for a first answer. */
  answer: Filing['answer']
  now: Told
  onWrite: (answer: NewAnswer) => void
}

/** What came back. */
export function AnswerForm({ answer, now, onWrite }: AnswerFormProps) {
  const { t } = useWords()
  const [told, setTold] = useState<Told>(answer?.at ?? now)
  const [decision, setDecision] = useState<Decision>(answer?.decision ?? 'acted')
  const [note, setNote] = useState(answer?.note ?? '')
  return (
    <form
      class={styles.form}
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault()
        if (told.day !== '') onWrite({ told: { day: told.day, time: told.time }, decision, note })
      }}
    >
      <SelectField
        label={t('ledger.decision')}
        value={decision}
        options={decisions.map((one) => ({ value: one, label: t(`ledger.decision.${one}`) }))}
        onChange={(chosen) => setDecision(decisions.find((one) => one === chosen) ?? 'unclear')}
      />
      <MomentFields value={told} dayLabel={t('ledger.answerOn')} onChange={setTold} />
      <TextArea label={t('ledger.note')} value={note} rows={2} maxLength={20_000} onChange={setNote} />
      <div>
        <Button kind="primary" isSubmit isOff={told.day === ''}>
          {t('ledger.writeAnswer')}
        </Button>
      </div>
    </form>
  )
}

type AppealFormProps = {
  now: Told
  onWrite: (appeal: { kind: 'appeal'; route: AppealRoute; told: Told; reference: string }) => void
}

/** Where one has appealed. */
export function AppealForm({ now, onWrite }: AppealFormProps) {
  const { t } = useWords()
  const [told, setTold] = useState(now)
  const [route, setRoute] = useState<AppealRoute>('receiver')
  const [reference, setReference] = useState('')
  return (
    <form
      class={styles.form}
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault()
        if (told.day !== '') onWrite({ kind: 'appeal', route, told, reference: reference.trim() })
      }}
    >
      <SelectField
        label={t('ledger.appealRoute')}
        value={route}
        options={routes.map((one) => ({ value: one, label: t(`ledger.route.${one}`) }))}
        onChange={(chosen) => setRoute(routes.find((one) => one === chosen) ?? 'other')}
      />
      <MomentFields value={told} onChange={setTold} />
      <TextField label={t('ledger.reference')} value={reference} maxLength={2_000} onChange={setReference} />
      <div>
        <Button isSubmit isOff={told.day === ''}>
          {t('ledger.writeAppeal')}
        </Button>
      </div>
    </form>
  )
}
