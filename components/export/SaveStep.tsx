import type { Problem } from '../../utils/model/problem'
import type { Report, ReportField } from '../../utils/model/report'
import { Button } from '../shared/Button'
import { CopyButton } from '../shared/CopyButton'
import { Notice } from '../shared/Notice'
import { useWords } from '../shared/words'
import styles from './Export.module.css'
import { GivenPassphrase } from './ProtectStep'

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
  channelName: string
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
          {count} {field.isUnverified && t('export.fieldUnverified')}
        </p>
      </div>
      <CopyButton what={field.name} onCopy={() => onCopy(field.value)} />
    </li>
  )
}

function WhatNext({ report, ...props }: Omit<SaveStepProps, 'state' | 'onCancel' | 'onTryAgain'>) {
  const { t } = useWords()
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
        </div>
      </li>
      <li>
        <p>{t('next.note')}</p>
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
