import type { ChoiceProblem, DatasetChoices, Thresholds } from '../../utils/dataset/choices'
import type { Case } from '../../utils/model/case'
import { Chips } from '../shared/Chips'
import { CheckField, DayField, SelectField, TextArea } from '../shared/Field'
import { Notice } from '../shared/Notice'
import { useWords } from '../shared/words'
import styles from './Dataset.module.css'

type ScopeStepProps = {
  choices: DatasetChoices
  usual: Thresholds
  isLow: boolean
  problems: readonly ChoiceProblem[]
  cases: readonly Case[]
  onChoose: (patch: Partial<DatasetChoices>) => void
}

const dayStart = (day: string): string | null => (day === '' ? null : `${day}T00:00:00.000Z`)
const dayEnd = (day: string): string | null => (day === '' ? null : `${day}T23:59:59.999Z`)
const dayOf = (moment: string | null): string => moment?.slice(0, 10) ?? ''

const offered: Record<keyof Thresholds, readonly number[]> = {
  actors: [2, 3, 5, 10, 15, 20, 50],
  targets: [1, 2, 3, 5, 10],
  types: [1, 2, 3, 4],
  cell: [3, 5, 10, 15, 20, 50],
}

function ThresholdField({ name, ...props }: ScopeStepProps & { name: keyof Thresholds }) {
  const { t } = useWords()
  const { thresholds } = props.choices
  return (
    <SelectField
      label={t(`dataset.least.${name}`)}
      value={String(thresholds[name])}
      options={offered[name].map((count) => ({
        value: String(count),
        label: count === props.usual[name] ? t('dataset.usual', { number: count }) : String(count),
      }))}
      onChange={(value) => props.onChoose({ thresholds: { ...thresholds, [name]: Number(value) } })}
    />
  )
}

/** Which cases and days, how coarse, and how many people have to share a cell. */
export function ScopeStep(props: ScopeStepProps) {
  const { t } = useWords()
  const { choices, cases, onChoose } = props
  const chosen = choices.caseIds ?? []
  const toggle = (id: string) => {
    const next = chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]
    onChoose({ caseIds: next.length === 0 ? null : next })
  }
  return (
    <>
      {cases.length > 0 && (
        <Chips
          legend={t('dataset.cases')}
          options={cases.map(({ id, title }) => ({ value: id, label: title }))}
          chosen={chosen}
          onToggle={toggle}
        />
      )}
      <p class={styles.quiet}>{t('dataset.casesHint')}</p>
      <div class={styles.pair}>
        <DayField
          label={t('dataset.from')}
          value={dayOf(choices.from)}
          onChange={(day) => onChoose({ from: dayStart(day) })}
        />
        <DayField
          label={t('dataset.to')}
          value={dayOf(choices.to)}
          error={props.problems.includes('period') ? t('dataset.wrongPeriod') : null}
          onChange={(day) => onChoose({ to: dayEnd(day) })}
        />
      </div>
      <SelectField
        label={t('dataset.unit')}
        hint={t('dataset.unitHint')}
        value={choices.unit}
        options={[
          { value: 'week', label: t('dataset.unit.week') },
          { value: 'month', label: t('dataset.unit.month') },
        ]}
        onChange={(unit) => onChoose({ unit: unit === 'month' ? 'month' : 'week' })}
      />
      <CheckField
        label={t('dataset.project')}
        hint={t('dataset.projectHint')}
        isOn={choices.key === 'project'}
        onChange={(isOn) => onChoose({ key: isOn ? 'project' : 'destroyed' })}
      />
      <h2>{t('dataset.thresholds')}</h2>
      <p class={styles.quiet}>{t('dataset.thresholdsHint')}</p>
      <div class={styles.pair}>
        {(Object.keys(offered) as (keyof Thresholds)[]).map((name) => (
          <ThresholdField key={name} name={name} {...props} />
        ))}
      </div>
      {props.isLow && (
        <>
          <Notice tone="warning">
            <p>{t('dataset.low')}</p>
          </Notice>
          <TextArea
            label={t('dataset.reason')}
            hint={t('dataset.reasonHint')}
            value={choices.reason}
            maxLength={4_000}
            error={props.problems.includes('reason') ? t('dataset.reasonMissing') : null}
            onChange={(reason) => onChoose({ reason })}
          />
        </>
      )}
    </>
  )
}
