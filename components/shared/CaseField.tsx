import type { Case, ConsentAct, RabatPart } from '../../utils/model/case'
import { Chips } from './Chips'
import {
  type AnswerName,
  answers,
  areas,
  type CaseFieldName,
  type Choices,
  type ConsentName,
  days,
  hints,
  lines,
  type RabatName,
  type SelectionName,
  selections,
} from './case-fields'
import { CheckField, DayField, SelectField, TextArea, TextField } from './Field'
import { TypesHelp } from './TypesHelp'
import { useWords } from './words'

type CaseFieldProps = {
  name: CaseFieldName
  value: Case
  choices: Choices
  onChange: (patch: Partial<Case>) => void
}
type OneProps<N extends CaseFieldName> = Omit<CaseFieldProps, 'name'> & { name: N }

const isOneOf = <T extends string>(names: Record<T, unknown>, name: string): name is T =>
  Object.hasOwn(names, name)
const isConsent = (name: CaseFieldName): name is ConsentName => name.startsWith('consent.')
const isRabat = (name: CaseFieldName): name is RabatName => name.startsWith('rabat.')

function toggled<T>(all: readonly T[], one: T): T[] {
  return all.includes(one) ? all.filter((other) => other !== one) : [...all, one]
}

function TypesField({ value, choices, onChange }: Omit<CaseFieldProps, 'name'>) {
  const { t } = useWords()
  return (
    <div>
      <Chips
        legend={t('case.field.types')}
        options={choices.types.map((type) => ({ value: type, label: t(`type.${type}`) }))}
        chosen={value.types}
        onToggle={(type) => onChange({ types: toggled(value.types, type) })}
      />
      <TypesHelp types={choices.types} />
    </div>
  )
}

function GroundsField({ value, choices, onChange }: Omit<CaseFieldProps, 'name'>) {
  const { t } = useWords()
  const chosen = value.grounds ?? []
  return (
    <Chips
      legend={t('case.field.grounds')}
      hint={t('case.hint.grounds')}
      options={choices.grounds.map((ground) => ({ value: ground, label: t(`ground.${ground}`) }))}
      chosen={chosen}
      onToggle={(ground) => onChange({ grounds: toggled(chosen, ground) })}
    />
  )
}

type YesNoProps = {
  label: string
  hint: string | undefined
  value: boolean | null
  onChange: (value: boolean | null) => void
}

/** Yes, no, or not said yet: silence is never taken for either. */
function YesNoField({ value, onChange, ...frame }: YesNoProps) {
  const { t } = useWords()
  const values: Record<string, boolean | null> = { '': null, yes: true, no: false }
  return (
    <SelectField
      {...frame}
      value={value === null ? '' : value ? 'yes' : 'no'}
      options={[
        { value: '', label: t('case.notSaid') },
        { value: 'yes', label: t('common.yes') },
        { value: 'no', label: t('common.no') },
      ]}
      onChange={(chosen) => onChange(values[chosen] ?? null)}
    />
  )
}

function ConsentField({ name, value, onChange }: OneProps<ConsentName>) {
  const { t } = useWords()
  const act = name.slice('consent.'.length) as ConsentAct
  return (
    <YesNoField
      label={t(`case.field.${name}`)}
      hint={t('case.hint.consent')}
      value={value.consent?.[act] ?? null}
      onChange={(answer) => {
        const { [act]: _, ...others } = value.consent ?? {}
        onChange({ consent: answer === null ? others : { ...others, [act]: answer } })
      }}
    />
  )
}

function RabatField({ name, value, onChange }: OneProps<RabatName>) {
  const { t } = useWords()
  const part = name.slice('rabat.'.length) as RabatPart
  return (
    <TextArea
      label={t(`case.field.${name}`)}
      value={value.rabat?.[part] ?? ''}
      rows={3}
      maxLength={20_000}
      onChange={(text) => onChange({ rabat: { ...value.rabat, [part]: text } })}
    />
  )
}

function AnswerField({ name, value, onChange }: OneProps<AnswerName>) {
  const { t } = useWords()
  const hint = hints[name]
  return (
    <YesNoField
      label={t(`case.field.${name}`)}
      hint={hint && t(hint)}
      value={value[name] ?? null}
      onChange={(answer) => onChange({ [name]: answer })}
    />
  )
}

function SelectionField({ name, value, choices, onChange }: OneProps<SelectionName>) {
  const { t } = useWords()
  const hint = hints[name]
  const lists = {
    reporterRole: choices.roles.map((one) => ({ value: one as string, label: t(`role.${one}`) })),
    attackedNaming: choices.namings.map((one) => ({ value: one as string, label: t(`naming.${one}`) })),
    publicity: choices.publicities.map((one) => ({ value: one as string, label: t(`publicity.${one}`) })),
    severity: choices.severities.map((one) => ({ value: one as string, label: t(`severity.${one}`) })),
  }
  const options = lists[name]
  return (
    <SelectField
      label={t(`case.field.${name}`)}
      hint={hint && t(hint)}
      value={value[name] ?? ''}
      options={[{ value: '', label: t(name === 'reporterRole' ? 'role.none' : 'case.notSaid') }, ...options]}
      onChange={(chosen) => {
        const isKnown = options.some((option) => option.value === chosen)
        onChange({ [name]: isKnown ? chosen : null })
      }}
    />
  )
}

/** One field of a case, with its label and hint. */
export function CaseField({ name, ...props }: CaseFieldProps) {
  const { t } = useWords()
  const { value, onChange } = props
  if (name === 'types') return <TypesField {...props} />
  if (name === 'grounds') return <GroundsField {...props} />
  if (isConsent(name)) return <ConsentField name={name} {...props} />
  if (isRabat(name)) return <RabatField name={name} {...props} />
  if (isOneOf(answers, name)) return <AnswerField name={name} {...props} />
  if (isOneOf(selections, name)) return <SelectionField name={name} {...props} />
  const label = t(`case.field.${name}`)
  const hint = hints[name]
  const frame = { label, hint: hint && t(hint) }
  if (name === 'isGoodFaith' || name === 'isChildSexualAbuse') {
    const more = hint === undefined ? {} : { hint: t(hint) }
    return (
      <CheckField
        label={label}
        {...more}
        isOn={value[name] === true}
        onChange={(isOn) => onChange({ [name]: isOn })}
      />
    )
  }
  if (isOneOf(days, name)) {
    return <DayField {...frame} value={value[name] ?? ''} onChange={(day) => onChange({ [name]: day })} />
  }
  if (isOneOf(areas, name)) {
    return (
      <TextArea
        {...frame}
        value={value[name] ?? ''}
        rows={name === 'narrative' ? 6 : 4}
        maxLength={areas[name]}
        isCounted
        onChange={(text) => onChange({ [name]: text })}
      />
    )
  }
  return (
    <TextField
      {...frame}
      keyboard={name === 'reporterEmail' ? 'email' : 'text'}
      value={value[name] ?? ''}
      maxLength={lines[name]}
      onChange={(text) => onChange({ [name]: text })}
    />
  )
}
