import { useState } from 'preact/hooks'
import type { Problem } from '../../utils/model/problem'
import { Button } from '../shared/Button'
import { FileField } from '../shared/FileField'
import { useLanding } from '../shared/focus'
import { dayText, isolate } from '../shared/format'
import { Notice } from '../shared/Notice'
import { PageHeading } from '../shared/PageHeading'
import { PassphraseField } from '../shared/PassphraseField'
import { useWords } from '../shared/words'
import { Working } from './Backup'
import styles from './Security.module.css'

/** What came of merging: how many are new, the same, or in conflict. */
export type Merged = { added: number; same: number; conflicts: number }

/** How far a restoring is. */
export type RestoreState =
  | { kind: 'choosing'; problem: Problem | null }
  | { kind: 'restoring'; done: number; total: number }
  | { kind: 'done'; items: Merged; rows: Merged; madeAt: string; leftOut: number }

type RestoreProps = {
  state: RestoreState
  onStart: (file: File, key: string) => void
  onCancel: () => void
  onItems: () => void
  onBack: () => void
}

function ChooseFile({ problem, onStart }: Pick<RestoreProps, 'onStart'> & { problem: Problem | null }) {
  const { t } = useWords()
  const [file, setFile] = useState<File | null>(null)
  const [key, setKey] = useState('')
  const isWrongKey = problem?.code === 'wrong-backup-key'
  const isReady = file !== null && key.trim() !== ''
  return (
    <form
      class={styles.form}
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault()
        if (file && isReady) onStart(file, key)
      }}
    >
      <p>{t('restore.about')}</p>
      {problem && !isWrongKey && (
        <Notice tone="problem" isSpoken>
          <p>{problem.code === 'cancelled' ? t('restore.cancelled') : t(`problem.${problem.code}`)}</p>
        </Notice>
      )}
      <FileField label={t('restore.file')} accept=".age" onFiles={([chosen]) => setFile(chosen ?? null)} />
      <PassphraseField
        label={t('restore.key')}
        hint={t('restore.keyHint')}
        value={key}
        error={isWrongKey ? t('problem.wrong-backup-key') : null}
        onChange={setKey}
      />
      <div>
        <Button kind="primary" isSubmit isOff={!isReady}>
          {t('restore.start')}
        </Button>
      </div>
    </form>
  )
}

/** What came of merging, in three lines. */
export function Counts({ title, merged }: { title: string; merged: Merged }) {
  const { t } = useWords()
  return (
    <div class={styles.part}>
      <h2>{title}</h2>
      <ul class={styles.points}>
        <li>{t('restore.added', { count: merged.added })}</li>
        <li>{t('restore.same', { count: merged.same })}</li>
        <li>{t('restore.conflicts', { count: merged.conflicts })}</li>
      </ul>
    </div>
  )
}

function Result({
  state,
  onItems,
}: Pick<RestoreProps, 'onItems'> & { state: Extract<RestoreState, { kind: 'done' }> }) {
  const { t, language } = useWords()
  const conflicts = state.items.conflicts + state.rows.conflicts
  return (
    <>
      <Notice tone="good" isSpoken>
        <p>{t('restore.done', { day: isolate(dayText(state.madeAt, language)) })}</p>
      </Notice>
      <Counts title={t('locker.items')} merged={state.items} />
      <Counts title={t('restore.rows')} merged={state.rows} />
      {conflicts > 0 && <p>{t('restore.conflictsWhat')}</p>}
      {state.leftOut > 0 && <p>{t('restore.leftOut', { count: state.leftOut })}</p>}
      <div>
        <Button kind="primary" onPress={onItems}>
          {t('restore.toItems')}
        </Button>
      </div>
    </>
  )
}

/** Adds what a backup holds to the locker; nothing that is here is overwritten. */
export function Restore({ state, ...props }: RestoreProps) {
  const { t } = useWords()
  useLanding(state.kind)
  return (
    <section class={styles.page}>
      <div>
        <Button kind="back" onPress={props.onBack}>
          {t('backup.title')}
        </Button>
      </div>
      <PageHeading of="restore">{t('restore.title')}</PageHeading>
      {state.kind === 'choosing' && <ChooseFile problem={state.problem} onStart={props.onStart} />}
      {state.kind === 'restoring' && (
        <Working
          sentence={t('restore.busy', { count: state.done, of: state.total })}
          done={state.done}
          total={state.total}
          onCancel={props.onCancel}
        />
      )}
      {state.kind === 'done' && <Result state={state} onItems={props.onItems} />}
    </section>
  )
}
