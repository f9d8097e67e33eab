import { useState } from 'preact/hooks'
import type { Problem } from '../../utils/model/problem'
import { Button } from '../shared/Button'
import { ConfirmButton } from '../shared/ConfirmButton'
import { CopyButton } from '../shared/CopyButton'
import { FileField } from '../shared/FileField'
import { Fingerprint } from '../shared/Fingerprint'
import { useLanding } from '../shared/focus'
import { dayText, isolate } from '../shared/format'
import { Notice } from '../shared/Notice'
import { PageHeading } from '../shared/PageHeading'
import { QrCode } from '../shared/QrCode'
import { useWords } from '../shared/words'
import { Working } from './Backup'
import { ReceivingBundles, type ReceivingBundlesProps } from './ReceivingBundles'
import { Counts, type Merged } from './Restore'
import styles from './Security.module.css'

/** One key to receive with, as it is shown. `modules` are those of its QR code. */
export type ShownKey = {
  recipient: string
  madeAt: string
  words: string
  isOwn: boolean
  /** Null while it is given out. */
  retiredAt: string | null
  modules: readonly (readonly boolean[])[]
}

/** How far taking in is. */
export type ReceivingState =
  | { kind: 'choosing'; problem: Problem | null }
  | { kind: 'checking' | 'adding'; done: number; total: number }
  | {
      kind: 'done'
      items: Merged
      rows: Merged
      damaged: number
      leftOut: number
      writtenAt: string
      name: string
      /** When the key was retired that the file was sealed for; null when it was not. */
      keyRetiredAt: string | null
    }

type ReceivingProps = {
  bundles: Omit<ReceivingBundlesProps, 'onItems'>
  keys: readonly ShownKey[]
  state: ReceivingState
  problem: Problem | null
  /** The file that a key was saved in. */
  savedIn: string | null
  onMakeKey: () => void
  onSaveKey: (recipient: string) => void
  onRetireKey: (recipient: string) => void
  onCopy: (text: string) => Promise<boolean>
  onTakeIn: (file: File) => void
  onCancel: () => void
  onItems: () => void
  onBackup: () => void
  onBack: () => void
}

type KeyActs = Pick<ReceivingProps, 'onSaveKey' | 'onRetireKey' | 'onCopy'>

/** A key to give out, with what is given. */
function OwnKey({ shown, ...props }: KeyActs & { shown: ShownKey }) {
  const { t } = useWords()
  return (
    <>
      <p>{t('receiving.compare')}</p>
      <QrCode modules={shown.modules} name={t('receiving.qr')} />
      <div class={styles.buttons}>
        <Button size="small" onPress={() => props.onSaveKey(shown.recipient)}>
          {t('receiving.save')}
        </Button>
        <CopyButton what={t('receiving.keyText')} onCopy={() => props.onCopy(shown.recipient)} />
      </div>
      <ConfirmButton
        label={t('receiving.retire')}
        question={t('receiving.retireQuestion')}
        confirm={t('receiving.retireConfirm')}
        onConfirm={() => props.onRetireKey(shown.recipient)}
      />
    </>
  )
}

function OneKey({ shown, ...acts }: KeyActs & { shown: ShownKey }) {
  const { t, language } = useWords()
  const title = t('receiving.keyOf', { day: isolate(dayText(shown.madeAt, language)) })
  const { retiredAt } = shown
  return (
    <section class={styles.box} aria-label={title}>
      <h2>{title}</h2>
      <Fingerprint words={shown.words} />
      {retiredAt !== null && (
        <p role="status">{t('receiving.retired', { day: isolate(dayText(retiredAt, language)) })}</p>
      )}
      {retiredAt === null && shown.isOwn && <OwnKey shown={shown} {...acts} />}
      {retiredAt === null && !shown.isOwn && <p>{t('receiving.elsewhere')}</p>}
    </section>
  )
}

function Keys(props: ReceivingProps) {
  const { t } = useWords()
  const { keys, problem, savedIn } = props
  const isWithout = keys.every(({ retiredAt }) => retiredAt !== null)
  return (
    <section class={styles.part}>
      <h2>{t('receiving.dropBoxes')}</h2>
      <p>{t('receiving.about')}</p>
      {problem && (
        <Notice tone="problem" isSpoken>
          <p>{t(`problem.${problem.code}`)}</p>
        </Notice>
      )}
      {savedIn !== null && (
        <p class={styles.path} dir="ltr" role="status">
          {savedIn}
        </p>
      )}
      {keys.map((shown) => (
        <OneKey
          key={shown.recipient}
          shown={shown}
          onSaveKey={props.onSaveKey}
          onRetireKey={props.onRetireKey}
          onCopy={props.onCopy}
        />
      ))}
      {keys.some(({ isOwn }) => isOwn) && (
        <Notice tone="calm">
          <p>{t('receiving.backUp')}</p>
          <div>
            <Button size="small" onPress={props.onBackup}>
              {t('backup.title')}
            </Button>
          </div>
        </Notice>
      )}
      <div>
        <Button kind={isWithout ? 'primary' : 'quiet'} onPress={props.onMakeKey}>
          {keys.length === 0 ? t('receiving.make') : t('receiving.makeAnother')}
        </Button>
      </div>
    </section>
  )
}

function TakeIn({ problem, onTakeIn }: Pick<ReceivingProps, 'onTakeIn'> & { problem: Problem | null }) {
  const { t } = useWords()
  const [file, setFile] = useState<File | null>(null)
  return (
    <form
      class={styles.form}
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault()
        if (file) onTakeIn(file)
      }}
    >
      <p>{t('receiving.openAbout')}</p>
      {problem && (
        <Notice tone="problem" isSpoken>
          <p>{problem.code === 'cancelled' ? t('receiving.cancelled') : t(`problem.${problem.code}`)}</p>
        </Notice>
      )}
      <FileField label={t('receiving.file')} accept=".age" onFiles={([chosen]) => setFile(chosen ?? null)} />
      <div>
        <Button kind="primary" isSubmit isOff={file === null}>
          {t('receiving.start')}
        </Button>
      </div>
    </form>
  )
}

function Result({
  state,
  onItems,
}: Pick<ReceivingProps, 'onItems'> & { state: Extract<ReceivingState, { kind: 'done' }> }) {
  const { t, language } = useWords()
  const { items, rows, damaged, leftOut, keyRetiredAt } = state
  const told = { day: isolate(dayText(state.writtenAt, language)), name: isolate(state.name) }
  return (
    <>
      <Notice tone="good" isSpoken>
        <p>{t('receiving.done', told)}</p>
      </Notice>
      {keyRetiredAt !== null && (
        <Notice tone="warning">
          <p>{t('receiving.byRetired', { day: isolate(dayText(keyRetiredAt, language)) })}</p>
        </Notice>
      )}
      <Counts title={t('locker.items')} merged={items} />
      <Counts title={t('restore.rows')} merged={rows} />
      {items.conflicts + rows.conflicts > 0 && <p>{t('receiving.conflicts')}</p>}
      {damaged > 0 && (
        <Notice tone="warning">
          <p>{t('receiving.damaged', { count: damaged })}</p>
        </Notice>
      )}
      {leftOut > 0 && <p>{t('handOver.leftOut', { count: leftOut })}</p>}
      <div>
        <Button kind="primary" onPress={onItems}>
          {t('restore.toItems')}
        </Button>
      </div>
    </>
  )
}

/** What comes from others: their bundles; keys to give out for drop-boxes, and the files that come back. */
export function Receiving(props: ReceivingProps) {
  const { t } = useWords()
  const { state } = props
  const isWorking = state.kind === 'checking' || state.kind === 'adding'
  useLanding(state.kind)
  return (
    <section class={styles.page}>
      <div>
        <Button kind="back" onPress={props.onBack}>
          {t('locker.settings')}
        </Button>
      </div>
      <PageHeading of="receiving">{t('receiving.title')}</PageHeading>
      <ReceivingBundles {...props.bundles} onItems={props.onItems} />
      {!isWorking && <Keys {...props} />}
      <section class={styles.part}>
        <h2>{t('receiving.open')}</h2>
        {state.kind === 'choosing' && <TakeIn problem={state.problem} onTakeIn={props.onTakeIn} />}
        {isWorking && (
          <Working
            sentence={t(`receiving.${state.kind}`, { count: state.done, of: state.total })}
            done={state.done}
            total={state.total}
            onCancel={props.onCancel}
          />
        )}
        {state.kind === 'done' && <Result state={state} onItems={props.onItems} />}
      </section>
    </section>
  )
}
