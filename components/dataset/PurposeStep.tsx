import type { ChoiceProblem, DatasetChoices, TextTier } from '../../utils/dataset/choices'
import { CheckField, RadioField, TextArea, TextField } from '../shared/Field'
import { useWords } from '../shared/words'
import styles from './Dataset.module.css'

type PurposeStepProps = {
  choices: DatasetChoices
  problems: readonly ChoiceProblem[]
  onChoose: (patch: Partial<DatasetChoices>) => void
}

const tiers: readonly TextTier[] = ['T0', 'T1', 'T2']

/** What for, for whom, and with which words. */
export function PurposeStep({ choices, onChoose }: PurposeStepProps) {
  const { t } = useWords()
  return (
    <>
      <p>{t('dataset.about')}</p>
      <TextArea
        label={t('dataset.purpose')}
        hint={t('dataset.purposeHint')}
        value={choices.purpose}
        maxLength={4_000}
        onChange={(purpose) => onChoose({ purpose })}
      />
      <TextField
        label={t('dataset.recipient')}
        hint={t('dataset.recipientHint')}
        value={choices.recipient}
        maxLength={400}
        onChange={(recipient) => onChoose({ recipient })}
      />
      <fieldset class={styles.list} aria-label={t('dataset.tier')}>
        {tiers.map((tier) => (
          <RadioField
            key={tier}
            group="tier"
            label={t(`dataset.tier.${tier}`)}
            hint={t(`dataset.tierHint.${tier}`)}
            isOn={choices.tier === tier}
            onChoose={() => onChoose({ tier, hasFourcat: choices.hasFourcat && tier === 'T2' })}
          >
            {tier === 'T2' && (
              <CheckField
                label={t('dataset.fourcat')}
                hint={t('dataset.fourcatHint')}
                isOn={choices.hasFourcat}
                onChange={(hasFourcat) => onChoose({ hasFourcat })}
              />
            )}
          </RadioField>
        ))}
      </fieldset>
    </>
  )
}
