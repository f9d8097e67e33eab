import type { Case } from '../../utils/model/case'
import type { Report } from '../../utils/model/report'
import { CaseField, type Choices } from '../shared/CaseField'
import { SelectField } from '../shared/Field'
import { Notice } from '../shared/Notice'
import { useWords } from '../shared/words'
import styles from './Export.module.css'
import { fieldsToAsk } from './missing-fields'

type CheckStepProps = {
  value: Case
  report: Report
  choices: Choices
  /** Sentence for something missing, by the report's own name of it. */
  missingText: (field: string) => string
  /** Names of missing things when the step began: their fields stay while one types. */
  asked: readonly string[]
  languages: { language: string; name: string }[]
  onLanguage: (language: string) => void
  onChange: (patch: Partial<Case>) => void
}

/** What is ready and what is missing, each missing thing with its field right here. */
export function CheckStep({ value, report, choices, missingText, asked, ...props }: CheckStepProps) {
  const { t } = useWords()
  const missing = new Map(report.missing.map((one) => [one.field, one]))
  const names = [...new Set([...asked, ...missing.keys()])]
  const blocking = report.missing.filter((one) => one.isBlocking).length
  const further = report.missing.length - blocking
  const isReady = (name: string) => !missing.has(name)
  return (
    <>
      <SelectField
        label={t('export.reportLanguage')}
        hint={t('export.reportLanguageHint')}
        value={report.language}
        options={props.languages.map(({ language, name }) => ({ value: language, label: name, language }))}
        onChange={props.onLanguage}
      />
      <p aria-live="polite">
        {blocking > 0 ? t('export.notReady', { count: blocking }) : t('export.ready')}{' '}
        {further > 0 && t('export.couldAdd', { count: further })}
      </p>
      <p class={styles.quiet}>{t('export.itemsIn', { count: report.itemIds.length })}</p>
      {report.leftOutItemIds.length > 0 && (
        <Notice tone="warning">
          <p>{t('export.itemsLeftOut', { count: report.leftOutItemIds.length })}</p>
        </Notice>
      )}
      {fieldsToAsk(names).map(({ name, fields }) => (
        <div key={name} class={styles.missing}>
          <p class={styles.check}>
            <span class={styles.sign} data-ready={isReady(name) ? 'true' : undefined} aria-hidden="true">
              {isReady(name) ? '✓' : '○'}
            </span>
            <span>
              {isReady(name) ? t('export.answered') : missingText(name)}
              {missing.get(name)?.isBlocking === false && ` ${t('export.optional')}`}
            </span>
          </p>
          {fields.map((field) => (
            <CaseField key={field} name={field} value={value} choices={choices} onChange={props.onChange} />
          ))}
        </div>
      ))}
      {report.fields
        .filter((field) => field.limit !== null && field.length > field.limit)
        .map((field) => (
          <Notice key={field.name} tone="warning">
            <p>{t('export.tooLong', { field: field.name, count: field.length, limit: field.limit ?? 0 })}</p>
          </Notice>
        ))}
    </>
  )
}
