import { useState } from 'preact/hooks'
import type { Problem } from '../../utils/model/problem'
import type { Report, ReportField } from '../../utils/model/report'
import { FilingForm, type Told } from '../reports/FilingForm'
import { Button } from '../shared/Button'
import { CopyButton } from '../shared/CopyButton'
import { useFocusMove } from '../shared/focus'
import { calendarDayText, isolate } from '../shared/format'
import { Notice } from '../shared/Notice'
import { useWords } from '../shared/words'
import styles from './Export.module.css'
import { GivenPassphrase } from './ProtectStep'
import { Repeated } from './Repeated'

/** How far the saving is. `done` and `of` count items. */
export type SaveState =
  | { kind: 'saving'; done: number; of: number }
  | { kind: 'failed'; problem: Problem }
  | { kind: 'saved'; path: string | null; name: string; sha256: string }

type SaveStepProps = {
  state: SaveState
  report: Report
  /** The passphrase of the saved file; null when it has none. */
  passphrase: string | null
  /** The receiver's page; null unless a person has read it there. */
  verifiedAddress: string | null
  /** Where it goes by mail; null where it does not. */
  mail: { address: string; isConfirmed: boolean } | null
  channelName: string
  /** Whether pictures may go to this receiver at all. */
  takesFiles: boolean
  now: Told
  /** The day on which this file was filed, by the ledger; null while it was not. */
  filedOn: string | null
  /** What of it was filed before; finished sentences. */
  repeated: string[]
  onFiled: (told: Told & { reference: string }) => void
  onCancel: () => void
  onTryAgain: () => void
  onCopy: (text: string) => Promise<boolean>
}

function FieldToCopy({ field, onCopy }: { field: ReportField; onCopy: (text: string) => Promise<boolean> }) {
  const { t } = useWords()
  const isOver = field.limit !== null && field.length > field.limit
  const count =
    field.limit === null
      ? t('export.length', { count: field.length })
      : t(`export.lengthOf.${field.unit}`, { count: field.length, limit: field.limit })
  return (
    <li class={styles.fieldRow}>
      <div>
        <p dir="auto">
          <bdi>{field.name}</bdi>
        </p>
        <p class={isOver ? styles.over : styles.quiet}>
          {count} {field.isUnverified && `· ${t('export.fieldUnverified')}`}
        </p>
      </div>
      <CopyButton what={field.name} onCopy={() => onCopy(field.value)} />
    </li>
  )
}

/** "I have filed it": a row of the ledger, from here on counted by itself. */
function Filing({ now, filedOn, onFiled }: Pick<SaveStepProps, 'now' | 'filedOn' | 'onFiled'>) {
  const { t, language } = useWords()
  const [isOpen, setOpen] = useState(false)
  const box = useFocusMove<HTMLDivElement>(isOpen)
  if (filedOn !== null) {
    return (
      <Notice tone="good" isSpoken>
        <p>{t('next.isFiled', { day: calendarDayText(filedOn, language) })}</p>
      </Notice>
    )
  }
  return (
    <div ref={box} class={styles.todoBody}>
      <p>{t('next.filed')}</p>
      {isOpen ? (
        <FilingForm now={now} onWrite={onFiled} />
      ) : (
        <div>
          <Button onPress={() => setOpen(true)}>{t('next.fileIt')}</Button>
        </div>
      )}
    </div>
  )
}

/** Where the pictures for the form lie, and what to do when the form refuses one. */
function Files({ report }: { report: Report }) {
  const { t } = useWords()
  const count = report.attachments?.pictures.length ?? 0
  const folder = isolate(`data/report/${report.channelId}/attachments`)
  if (count === 0) return <p class={styles.quiet}>{t('next.filesAsTheyAre')}</p>
  return <p>{t('next.files', { count, folder })}</p>
}

function WhatNext({ report, ...props }: Omit<SaveStepProps, 'state' | 'onCancel' | 'onTryAgain'>) {
  const { t } = useWords()
  // The further submissions by number, then the pages that go with the report.
  const texts = [
    ...report.further.map((one) => ({ title: one.title, text: one.submissionText })),
    ...report.sheets,
  ]
  const filled = report.fields.filter((field) => field.value !== '')
  return (
    <ol class={styles.todo}>
      {props.passphrase && (
        <li>
          <div class={styles.todoBody}>
            <p>{t('next.passphrase')}</p>
            <GivenPassphrase passphrase={props.passphrase} onCopy={props.onCopy} />
          </div>
        </li>
      )}
      {props.repeated.length > 0 && (
        <li>
          <Repeated sentences={props.repeated} />
        </li>
      )}
      {report.warnings.length > 0 && (
        <li>
          <div class={styles.todoBody}>
            <p>{t('next.warnings')}</p>
            {report.warnings.map((warning) => (
              <Notice key={warning} tone="warning">
                <p lang={report.language} dir="auto">
                  {warning}
                </p>
              </Notice>
            ))}
          </div>
        </li>
      )}
      <li>
        {props.verifiedAddress ? (
          <p>
            <a href={props.verifiedAddress} target="_blank" rel="noopener noreferrer">
              {t('next.open', { channel: props.channelName })}
            </a>
          </p>
        ) : (
          <p>{t('next.find', { channel: props.channelName })}</p>
        )}
        {props.mail && (
          <p>
            {t('help.mail', { address: isolate(props.mail.address) })}{' '}
            {!props.mail.isConfirmed && t('help.notConfirmed')}
          </p>
        )}
      </li>
      <li>
        <div class={styles.todoBody}>
          <p>{t('next.copy')}</p>
          <ul class={styles.fields}>
            {filled.map((field) => (
              <FieldToCopy key={field.name} field={field} onCopy={props.onCopy} />
            ))}
          </ul>
          <div>
            <CopyButton what={t('next.wholeText')} onCopy={() => props.onCopy(report.submissionText)} />{' '}
            <span class={styles.quiet}>{t('next.wholeText')}</span>
          </div>
          {texts.map(({ title, text }) => (
            <div key={title} lang={report.language}>
              <CopyButton what={title} onCopy={() => props.onCopy(text)} />{' '}
              <span class={styles.quiet}>{title}</span>
            </div>
          ))}
          {props.takesFiles && <Files report={report} />}
        </div>
      </li>
      <li>
        <Filing {...props} />
      </li>
    </ol>
  )
}

/** Progress, then what to do next, numbered. */
export function SaveStep({ state, onCancel, onTryAgain, ...props }: SaveStepProps) {
  const { t } = useWords()
  if (state.kind === 'saving') {
    return (
      <>
        <p role="status">{t('export.saving', { count: state.done, of: state.of })}</p>
        <progress
          class={styles.progress}
          max={Math.max(1, state.of)}
          value={state.done}
          aria-label={t('export.progress')}
        />
        <div>
          <Button onPress={onCancel}>{t('common.cancel')}</Button>
        </div>
      </>
    )
  }
  if (state.kind === 'failed') {
    return (
      <>
        <Notice tone="problem" isSpoken>
          <p>{t(`problem.${state.problem.code}`)}</p>
        </Notice>
        <div>
          <Button kind="primary" onPress={onTryAgain}>
            {t('common.tryAgain')}
          </Button>
        </div>
      </>
    )
  }
  return (
    <>
      <Notice tone="good" isSpoken>
        <p>{t('export.saved')}</p>
        <p class={styles.path} dir="ltr">
          {state.path ?? state.name}
        </p>
      </Notice>
      <h2>{t('next.title')}</h2>
      <WhatNext {...props} />
      <p class={styles.quiet}>{t('export.digest')}</p>
      <p class={styles.path} dir="ltr">
        {state.sha256}
      </p>
      <div>
        <CopyButton what={t('export.digestName')} onCopy={() => props.onCopy(state.sha256)} />
      </div>
    </>
  )
}
