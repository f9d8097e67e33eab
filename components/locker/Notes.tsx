import type { Assessment, IncidentType } from '../../utils/model/item'
import { Chips } from '../shared/Chips'
import { CheckField, SelectField, TextArea } from '../shared/Field'
import { useWords } from '../shared/words'
import styles from './ItemDetail.module.css'

type NotesProps = {
  assessment: Assessment | null
  types: readonly IncidentType[]
  onAssess: (patch: Partial<Assessment>) => void
}

const severities = ['low', 'medium', 'high'] as const

/** What the person says about an item, apart from the facts. */
export function Notes({ assessment, types, onAssess }: NotesProps) {
  const { t } = useWords()
  const chosen = assessment?.types ?? []
  return (
    <div class={styles.tab}>
      <Chips
        legend={t('notes.types')}
        options={types.map((type) => ({ value: type, label: t(`type.${type}`) }))}
        chosen={chosen}
        onToggle={(type) =>
          onAssess({
            types: chosen.includes(type) ? chosen.filter((one) => one !== type) : [...chosen, type],
          })
        }
      />
      <SelectField
        label={t('notes.severity')}
        value={assessment?.severity ?? ''}
        options={[
          { value: '', label: t('notes.severity.none') },
          ...severities.map((value) => ({ value: value as string, label: t(`notes.severity.${value}`) })),
        ]}
        onChange={(value) => onAssess({ severity: severities.find((one) => one === value) ?? null })}
      />
      <CheckField
        label={t('notes.imminent')}
        isOn={assessment?.isImminent ?? false}
        onChange={(isImminent) => onAssess({ isImminent })}
      />
      <TextArea
        label={t('notes.note')}
        hint={t('notes.noteHint')}
        value={assessment?.note ?? ''}
        maxLength={20_000}
        onChange={(note) => onAssess({ note })}
      />
    </div>
  )
}
