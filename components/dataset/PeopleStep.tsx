import { useState } from 'preact/hooks'
import type { DatasetChoices } from '../../utils/dataset/choices'
import { Button } from '../shared/Button'
import { CheckField, TextArea } from '../shared/Field'
import { useWords } from '../shared/words'
import styles from './Dataset.module.css'

/** An account or an item that can be left out. */
export type LeftOut = { id: string; label: string; hint: string }

type PeopleStepProps = {
  choices: DatasetChoices
  names: readonly string[]
  /** Most items first. */
  accounts: readonly LeftOut[]
  items: readonly LeftOut[]
  onNames: (text: string) => void
  onChoose: (patch: Partial<DatasetChoices>) => void
}

const atOnce = 100

function Leave(props: {
  label: string
  options: readonly LeftOut[]
  chosen: readonly string[]
  onChange: (chosen: string[]) => void
}) {
  const { t } = useWords()
  const [shown, setShown] = useState(atOnce)
  const { label, options, chosen, onChange } = props
  return (
    <fieldset class={styles.list}>
      <legend>{label}</legend>
      <div class={styles.people}>
        {options.slice(0, shown).map((option) => (
          <CheckField
            key={option.id}
            label={option.label}
            hint={option.hint}
            isOn={chosen.includes(option.id)}
            onChange={(isOn) =>
              onChange(isOn ? [...chosen, option.id] : chosen.filter((one) => one !== option.id))
            }
          />
        ))}
        {options.length > shown && (
          <Button size="small" onPress={() => setShown(shown + atOnce)}>
            {t('dataset.more')}
          </Button>
        )}
      </div>
    </fieldset>
  )
}

/** Whom and what to leave out, and which names to look for in texts. */
export function PeopleStep(props: PeopleStepProps) {
  const { t } = useWords()
  const { choices, onChoose } = props
  const [names, setNames] = useState(props.names.join('\n'))
  return (
    <>
      <TextArea
        label={t('dataset.names')}
        hint={t('dataset.namesHint')}
        value={names}
        maxLength={100_000}
        rows={6}
        onChange={(text) => {
          setNames(text)
          props.onNames(text)
        }}
      />
      <Leave
        label={t('dataset.leaveAccounts')}
        options={props.accounts}
        chosen={choices.excludedActors}
        onChange={(excludedActors) => onChoose({ excludedActors })}
      />
      <Leave
        label={t('dataset.leaveItems')}
        options={props.items}
        chosen={choices.excludedItems}
        onChange={(excludedItems) => onChoose({ excludedItems })}
      />
    </>
  )
}
