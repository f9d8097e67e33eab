import { useState } from 'preact/hooks'
import type { AttachmentLimits } from '../../utils/model/attachment'
import { SelectField, TextField } from '../shared/Field'
import { useWords } from '../shared/words'
import styles from './Export.module.css'
import {
  type FileKind,
  fileKinds,
  kindOf,
  noLimits,
  orNothing,
  readCount,
  readMegabytes,
  showMegabytes,
} from './file-limits'

/** What is known of the files that a receiver takes. */
export type FormFiles = {
  /** What the receiver itself states, a sentence each; empty where it states nothing. */
  stated: string[]
  /** Pictures that will lie ready, and those for which there is no room; null while nothing limits them. */
  planned: { ready: number; left: number } | null
}

type FilesForFormProps = {
  files: FormFiles
  limits: AttachmentLimits | null
  onLimits: (limits: AttachmentLimits | null) => void
}

type LimitFieldProps = {
  label: string
  start: string
  read: (text: string) => number | null
  error: string
  onRead: (value: number | null) => void
}

/** A number as it is typed: empty means no limit, what cannot be read is said at once and changes nothing. */
function LimitField({ label, start, read, error, onRead }: LimitFieldProps) {
  const [typed, setTyped] = useState(start)
  const isWrong = typed.trim() !== '' && read(typed) === null
  return (
    <TextField
      label={label}
      value={typed}
      keyboard="decimal"
      maxLength={12}
      error={isWrong ? error : null}
      onChange={(text) => {
        setTyped(text)
        onRead(read(text))
      }}
    />
  )
}

/** What the form takes of files: what is stated, and what the person reads there herself. */
export function FilesForForm({ files, limits, onLimits }: FilesForFormProps) {
  const { t } = useWords()
  const now = limits ?? noLimits
  const change = (patch: Partial<AttachmentLimits>) => onLimits(orNothing({ ...now, ...patch }))
  const { planned, stated } = files
  // Whatever is typed or taken back, it stays as it was opened.
  const [isOpenAtFirst] = useState(limits !== null)
  return (
    <details open={isOpenAtFirst}>
      <summary class={styles.summary}>{t('files.title')}</summary>
      <div class={styles.fileLimits}>
        {stated.length === 0 ? <p>{t('files.noSize')}</p> : stated.map((one) => <p key={one}>{one}</p>)}
        <p class={styles.quiet}>{t('files.hint')}</p>
        <LimitField
          label={t('files.each')}
          start={showMegabytes(now.maxBytesEach)}
          read={readMegabytes}
          error={t('files.wrongSize')}
          onRead={(maxBytesEach) => change({ maxBytesEach })}
        />
        <LimitField
          label={t('files.together')}
          start={showMegabytes(now.maxBytesTogether)}
          read={readMegabytes}
          error={t('files.wrongSize')}
          onRead={(maxBytesTogether) => change({ maxBytesTogether })}
        />
        <LimitField
          label={t('files.count')}
          start={now.maxCount === null ? '' : String(now.maxCount)}
          read={readCount}
          error={t('files.wrongCount')}
          onRead={(maxCount) => change({ maxCount })}
        />
        <SelectField
          label={t('files.kind')}
          value={kindOf(now)}
          options={[
            { value: 'any', label: t('files.kind.any') },
            { value: 'jpeg', label: t('files.kind.jpeg') },
            { value: 'png', label: t('files.kind.png') },
          ]}
          onChange={(kind) => {
            const types = fileKinds[kind as FileKind]
            change({ types: types === null ? null : [...types] })
          }}
        />
        <p aria-live="polite">
          {planned !== null && t('files.planned', { count: planned.ready })}{' '}
          {planned !== null && planned.left > 0 && t('files.left', { count: planned.left })}
        </p>
      </div>
    </details>
  )
}
