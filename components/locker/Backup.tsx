import { useState } from 'preact/hooks'
import type { Problem } from '../../utils/model/problem'
import { GivenPassphrase } from '../export/ProtectStep'
import { ChooseRecipients, type ChooseRecipientsProps } from '../recipients/ChooseRecipients'
import { Button } from '../shared/Button'
import { RadioField, TextField } from '../shared/Field'
import { useLanding } from '../shared/focus'
import { dayText, isolate } from '../shared/format'
import { Notice } from '../shared/Notice'
import { PageHeading } from '../shared/PageHeading'
import { useWords } from '../shared/words'
import styles from './Security.module.css'

/** Who opens a backup. */
export type BackupTo = 'passphrase' | 'recipients'

/** How far a backup is. `path` is null when the browser does not tell it. */
export type BackupState =
  | { kind: 'choosing' }
  | { kind: 'writing' | 'testing'; done: number; total: number }
  | { kind: 'failed'; problem: Problem }
  | { kind: 'saved'; path: string; items: number; leftOut: number; to: BackupTo }

type BackupProps = {
  state: BackupState
  last: { at: string; items: number } | null
  isDue: boolean
  passphrase: string
  fileName: string
  recipients: ChooseRecipientsProps
  /** Whether it can be encrypted to those. */
  canStart: boolean
  onFileName: (name: string) => void
  onStart: (to: BackupTo) => void
  onCancel: () => void
  onAgain: () => void
  onRestore: () => void
  onCopy: (text: string) => Promise<boolean>
  onBack: () => void
}

/** A bar with a sentence, and the way to stop. */
export function Working(props: { sentence: string; done: number; total: number; onCancel: () => void }) {
  const { t } = useWords()
  return (
    <>
      <p role="status">{props.sentence}</p>
      <progress
        class={styles.progress}
        max={Math.max(1, props.total)}
        value={props.done}
        aria-label={t('export.progress')}
      />
      <div>
        <Button onPress={props.onCancel}>{t('common.cancel')}</Button>
      </div>
    </>
  )
}

function Choose(props: BackupProps) {
  const { t } = useWords()
  const [to, setTo] = useState<BackupTo>('passphrase')
  const isReady = to === 'passphrase' || props.canStart
  return (
    <>
      <p>{t('backup.about')}</p>
      <p class={styles.hint}>{t('backup.reach')}</p>
      <fieldset class={styles.part} aria-label={t('export.heading.protect')}>
        <RadioField
          group="backup"
          label={t('export.withPassphrase')}
          hint={t('backup.withPassphraseHint')}
          isOn={to === 'passphrase'}
          onChoose={() => setTo('passphrase')}
        >
          <GivenPassphrase passphrase={props.passphrase} onCopy={props.onCopy} />
        </RadioField>
        <RadioField
          group="backup"
          label={t('export.toRecipients')}
          hint={t('backup.toRecipientsHint')}
          isOn={to === 'recipients'}
          onChoose={() => setTo('recipients')}
        >
          <ChooseRecipients {...props.recipients} />
        </RadioField>
      </fieldset>
      <TextField
        label={t('export.fileName')}
        hint={t('export.fileNameHint')}
        value={props.fileName}
        maxLength={80}
        onChange={props.onFileName}
      />
      <div>
        <Button kind="primary" isOff={!isReady} onPress={() => props.onStart(to)}>
          {t('backup.make')}
        </Button>
      </div>
    </>
  )
}

function Saved({ state, ...props }: BackupProps & { state: Extract<BackupState, { kind: 'saved' }> }) {
  const { t } = useWords()
  return (
    <>
      <Notice tone="good" isSpoken>
        <p>{t('backup.done', { count: state.items })}</p>
        <p class={styles.path} dir="ltr">
          {state.path}
        </p>
      </Notice>
      {state.leftOut > 0 && (
        <Notice tone="warning">
          <p>{t('backup.leftOut', { count: state.leftOut })}</p>
        </Notice>
      )}
      {state.to === 'passphrase' && (
        <>
          <p>{t('backup.notePassphrase')}</p>
          <GivenPassphrase passphrase={props.passphrase} onCopy={props.onCopy} />
        </>
      )}
      <p>{t('backup.elsewhere')}</p>
      <div>
        <Button onPress={props.onAgain}>{t('backup.finish')}</Button>
      </div>
    </>
  )
}

function Step(props: BackupProps) {
  const { t } = useWords()
  const { state } = props
  switch (state.kind) {
    case 'choosing':
      return <Choose {...props} />
    case 'saved':
      return <Saved {...props} state={state} />
    case 'failed':
      return (
        <>
          <Notice tone="problem" isSpoken>
            <p>{t(`problem.${state.problem.code}`)}</p>
          </Notice>
          <div>
            <Button kind="primary" onPress={props.onAgain}>
              {t('common.tryAgain')}
            </Button>
          </div>
        </>
      )
    default:
      return (
        <Working
          sentence={t(`backup.${state.kind}`, { count: state.done, of: state.total })}
          done={state.done}
          total={state.total}
          onCancel={props.onCancel}
        />
      )
  }
}

/** A copy of the whole locker as one encrypted file; it is called a backup only once it has been opened. */
export function Backup(props: BackupProps) {
  const { t, language } = useWords()
  const { last } = props
  useLanding(props.state.kind)
  return (
    <section class={styles.page}>
      <div>
        <Button kind="back" onPress={props.onBack}>
          {t('locker.settings')}
        </Button>
      </div>
      <PageHeading of="backup">{t('backup.title')}</PageHeading>
      {props.isDue && props.state.kind === 'choosing' && (
        <Notice tone="calm">
          <p>{last ? t('backup.old') : t('backup.never')}</p>
        </Notice>
      )}
      {last && <p>{t('backup.last', { day: isolate(dayText(last.at, language)), count: last.items })}</p>}
      <section class={styles.part}>
        <Step {...props} />
      </section>
      {props.state.kind === 'choosing' && (
        <section class={styles.part}>
          <h2>{t('restore.title')}</h2>
          <p class={styles.hint}>{t('restore.about')}</p>
          <div>
            <Button onPress={props.onRestore}>{t('restore.title')}</Button>
          </div>
        </section>
      )}
    </section>
  )
}

/** A line above the items, when the last good backup is old or there never was one. */
export function BackupReminder(props: { hasLast: boolean; onOpen: () => void; onLater: () => void }) {
  const { t } = useWords()
  return (
    <Notice tone="calm">
      <p>{props.hasLast ? t('backup.old') : t('backup.never')}</p>
      <div class={styles.buttons}>
        <Button size="small" onPress={props.onOpen}>
          {t('backup.make')}
        </Button>
        <Button size="small" kind="plain" onPress={props.onLater}>
          {t('backup.later')}
        </Button>
      </div>
    </Notice>
  )
}
