import type { AttachmentLimits } from '../../utils/model/attachment'
import type { Case } from '../../utils/model/case'
import type { Report, ReportField } from '../../utils/model/report'
import type { Choices } from '../shared/case-fields'
import { SelectField } from '../shared/Field'
import { isolate } from '../shared/format'
import { Notice } from '../shared/Notice'
import { useWords } from '../shared/words'
import styles from './Export.module.css'
import { FilesForForm, type FormFiles } from './FilesForForm'
import { fieldsToAsk } from './missing-fields'
import { Questions } from './Questions'
import { Repeated } from './Repeated'

type CheckStepProps = {
  value: Case
  report: Report
  choices: Choices
  /** Sentence for something missing, by the report's own name of it. */
  missingText: (field: string) => string
  /** Names of missing things when the step began, the needed ones first: their questions stay while one types. */
  asked: readonly string[]
  /** What of it was filed before; finished sentences. */
  repeated: string[]
  languages: { language: string; name: string }[]
  /** What the receiver takes of files; null where it takes none, or no picture may go there. */
  files: FormFiles | null
  attachmentLimits: AttachmentLimits | null
  onAttachmentLimits: (limits: AttachmentLimits | null) => void
  onLanguage: (language: string) => void
  onChange: (patch: Partial<Case>) => void
}

/** How full the receiver's fields are, in the unit in which it counts. */
function Counters({ fields }: { fields: readonly ReportField[] }) {
  const { t } = useWords()
  const limited = fields.filter((field) => field.limit !== null && field.value !== '')
  return (
    <>
      {limited.map((field) => {
        const limit = field.limit ?? 0
        const values = { field: isolate(field.name), count: field.length, limit }
        return field.length > limit ? (
          <Notice key={field.name} tone="warning">
            <p>{t('export.tooLong', values)}</p>
          </Notice>
        ) : (
          <p key={field.name} class={styles.quiet}>
            {t('export.fieldNow', values)} ({t(`export.unit.${field.unit}`)})
          </p>
        )
      })}
    </>
  )
}

/** What is ready and what is missing, each missing thing asked for by itself. */
export function CheckStep({
  value,
  report,
  choices,
  missingText,
  asked,
  repeated,
  ...props
}: CheckStepProps) {
  const { t } = useWords()
  const missing = new Map(report.missing.map((one) => [one.field, one]))
  const names = [...new Set([...asked, ...missing.keys()])]
  const blocking = report.missing.filter((one) => one.isBlocking).length
  const further = report.missing.length - blocking
  const all = fieldsToAsk(names)
  const untold = all.filter(({ name, fields }) => fields.length === 0 && missing.has(name))
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
      <Repeated sentences={repeated} />
      <Questions
        asked={all.filter(({ fields }) => fields.length > 0)}
        missing={missing}
        missingText={missingText}
        value={value}
        choices={choices}
        onChange={props.onChange}
      />
      {untold.map(({ name }) => (
        <p key={name} class={styles.check}>
          <span class={styles.sign} aria-hidden="true">
            ○
          </span>
          <span>
            {missingText(name)}
            {missing.get(name)?.isBlocking === false && ` ${t('export.optional')}`}
          </span>
        </p>
      ))}
      <Counters fields={report.fields} />
      {props.files && (
        <FilesForForm
          key={report.channelId}
          files={props.files}
          limits={props.attachmentLimits}
          onLimits={props.onAttachmentLimits}
        />
      )}
    </>
  )
}
