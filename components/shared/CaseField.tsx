import type { Case, ReporterRole } from '../../utils/model/case'
import type { IncidentType } from '../../utils/model/item'
import type { WordKey } from '../../utils/words/translate'
import { Chips } from './Chips'
import { CheckField, SelectField, TextArea, TextField } from './Field'
import { useWords } from './words'

/** The incident types and roles there are, in their order. */
export type Choices = { types: readonly IncidentType[]; roles: readonly ReporterRole[] }

const lines = {
  title: 200,
  reporterName: 2_000,
  reporterEmail: 2_000,
  organisation: 2_000,
  attackedName: 2_000,
  attackedHandles: 2_000,
  authorisation: 2_000,
  country: 2_000,
  provision: 2_000,
} as const
const areas = { narrative: 50_000, reasons: 20_000 } as const

type LineName = keyof typeof lines
type AreaName = keyof typeof areas
/** The fields of a case that a person fills in. */
export type CaseFieldName = LineName | AreaName | 'types' | 'reporterRole' | 'isGoodFaith'

const isOneOf = <T extends string>(names: Record<T, number>, name: string): name is T => name in names

const hints: Partial<Record<CaseFieldName, WordKey>> = {
  narrative: 'case.hint.narrative',
  attackedName: 'case.hint.attackedName',
  attackedHandles: 'case.hint.attackedHandles',
  authorisation: 'case.hint.authorisation',
  reporterEmail: 'case.hint.reporterEmail',
  provision: 'case.hint.provision',
  reasons: 'case.hint.reasons',
}

type CaseFieldProps = {
  name: CaseFieldName
  value: Case
  choices: Choices
  onChange: (patch: Partial<Case>) => void
}

function toggled(types: readonly IncidentType[], type: IncidentType): IncidentType[] {
  return types.includes(type) ? types.filter((other) => other !== type) : [...types, type]
}

/** One field of a case, with its label and hint. */
export function CaseField({ name, value, choices, onChange }: CaseFieldProps) {
  const { t } = useWords()
  const label = t(`case.field.${name}`)
  const hint = hints[name]
  const frame = { label, hint: hint && t(hint) }
  if (name === 'types') {
    return (
      <Chips
        legend={label}
        options={choices.types.map((type) => ({ value: type, label: t(`type.${type}`) }))}
        chosen={value.types}
        onToggle={(type) => onChange({ types: toggled(value.types, type) })}
      />
    )
  }
  if (name === 'reporterRole') {
    const roles = choices.roles.map((role) => ({ value: role as string, label: t(`role.${role}`) }))
    return (
      <SelectField
        {...frame}
        value={value.reporterRole ?? ''}
        options={[{ value: '', label: t('role.none') }, ...roles]}
        onChange={(chosen) =>
          onChange({ reporterRole: choices.roles.find((role) => role === chosen) ?? null })
        }
      />
    )
  }
  if (name === 'isGoodFaith') {
    return (
      <CheckField
        label={label}
        isOn={value.isGoodFaith}
        onChange={(isGoodFaith) => onChange({ isGoodFaith })}
      />
    )
  }
  if (isOneOf(areas, name)) {
    return (
      <TextArea
        {...frame}
        value={value[name]}
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
      value={value[name]}
      maxLength={lines[name]}
      onChange={(text) => onChange({ [name]: text })}
    />
  )
}
