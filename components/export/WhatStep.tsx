import type { Case } from '../../utils/model/case'
import { RadioField } from '../shared/Field'
import { dayText } from '../shared/format'
import { useWords } from '../shared/words'
import styles from './Export.module.css'

type WhatStepProps = {
  cases: Case[]
  caseId: string | null
  itemCount: number
  onChooseCase: (caseId: string) => void
  onChooseItems: () => void
}

/** Which case, or the ticked items as a new one. */
export function WhatStep({ cases, caseId, itemCount, onChooseCase, onChooseItems }: WhatStepProps) {
  const { t, language } = useWords()
  if (cases.length === 0 && itemCount === 0) return <p>{t('export.nothing')}</p>
  return (
    <fieldset class={styles.list} aria-label={t('export.heading.what')}>
      {itemCount > 0 && (
        <RadioField
          group="what"
          label={t('export.ticked', { count: itemCount })}
          hint={t('export.tickedHint')}
          isOn={caseId === null}
          onChoose={onChooseItems}
        />
      )}
      {cases.map((one) => (
        <RadioField
          key={one.id}
          group="what"
          label={one.title}
          isForeign
          hint={t('case.about', { count: one.itemIds.length, day: dayText(one.changedAt, language) })}
          isOn={caseId === one.id}
          onChoose={() => onChooseCase(one.id)}
        />
      ))}
    </fieldset>
  )
}
