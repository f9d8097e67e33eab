import { useState } from 'preact/hooks'
import type { ProblemCode } from '../../utils/model/problem'
import { Button } from '../shared/Button'
import { FileField } from '../shared/FileField'
import { Fingerprint } from '../shared/Fingerprint'
import { isolate } from '../shared/format'
import { Notice } from '../shared/Notice'
import { PassphraseField } from '../shared/PassphraseField'
import { useWords } from '../shared/words'
import { Working } from './Backup'
import type { Merged } from './Restore'
import styles from './Security.module.css'

/** Something that the check found wrong; codes with words under `verify.`. */
type Failure = { id: string; subject: string | null; detail: string | null }

/** How far one file is, or what became of it. */
export type BundleFileState =
  | { kind: 'waiting' | 'redacted' | 'stopped' | 'unreadable' }
  | { kind: 'opening' | 'checking' | 'adding'; done: number; total: number }
  | { kind: 'sealed'; trouble: string | null; canOpen: boolean }
  | { kind: 'no-bundle'; why: string }
  | { kind: 'failed'; failures: readonly Failure[] }
  | { kind: 'problem'; code: ProblemCode }
  | { kind: 'done'; items: Merged; damaged: number; words: string | null; isForced: boolean }

export type BundleFile = { name: string; state: BundleFileState }

export type ReceivingBundlesProps = {
  files: readonly BundleFile[]
  onBringIn: (files: readonly File[]) => void
  onOpenWith: (index: number, key: string) => void
  onAnyway: (index: number) => void
  onCancel: () => void
  onClear: () => void
  onItems: () => void
}

const mostLines = 10

function isBusy({ kind }: BundleFileState): boolean {
  return kind === 'waiting' || kind === 'opening' || kind === 'checking' || kind === 'adding'
}

function Choose({ onBringIn }: Pick<ReceivingBundlesProps, 'onBringIn'>) {
  const { t } = useWords()
  const [files, setFiles] = useState<readonly File[]>([])
  return (
    <form
      class={styles.form}
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault()
        if (files.length > 0) onBringIn(files)
      }}
    >
      <p>{t('bundles.about')}</p>
      <FileField label={t('bundles.files')} accept=".zip,.age" isMany onFiles={setFiles} />
      <div>
        <Button kind="primary" isSubmit isOff={files.length === 0}>
          {t('bundles.start')}
        </Button>
      </div>
    </form>
  )
}

function Sealed(props: { trouble: string | null; canOpen: boolean; onOpen: (key: string) => void }) {
  const { t, ofCode } = useWords()
  const [key, setKey] = useState('')
  const error = props.trouble === null ? null : ofCode('verify.sealed', props.trouble)
  if (!props.canOpen) {
    return (
      <Notice tone="problem" isSpoken>
        <p>{error}</p>
      </Notice>
    )
  }
  return (
    <form
      class={styles.form}
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault()
        if (key !== '') props.onOpen(key)
      }}
    >
      <p>{t('bundles.sealed')}</p>
      <PassphraseField label={t('verifier.key')} value={key} error={error} onChange={setKey} />
      <div>
        <Button isSubmit isOff={key === ''}>
          {t('bundles.open')}
        </Button>
      </div>
    </form>
  )
}

function Failed({ failures, onAnyway }: { failures: readonly Failure[]; onAnyway: () => void }) {
  const { t, ofCode } = useWords()
  const shown = failures.slice(0, mostLines)
  return (
    <>
      <Notice tone="problem" isSpoken>
        <p>{t('bundles.failed')}</p>
      </Notice>
      <ul class={styles.points}>
        {shown.map(({ id, subject, detail }, index) => (
          <li key={`${index} ${id}`}>
            {ofCode('verify.why', detail ?? '') ?? id}{' '}
            {subject !== null && (
              <code class={styles.path} dir="ltr">
                {subject}
              </code>
            )}
          </li>
        ))}
        {failures.length > mostLines && <li>{t('verifier.more', { count: failures.length - mostLines })}</li>}
      </ul>
      <p class={styles.hint}>{t('bundles.anywayAbout')}</p>
      <div>
        <Button onPress={onAnyway}>{t('bundles.anyway')}</Button>
      </div>
    </>
  )
}

function Done({ state }: { state: Extract<BundleFileState, { kind: 'done' }> }) {
  const { t } = useWords()
  const { items, damaged, words, isForced } = state
  return (
    <>
      <Notice tone={isForced ? 'warning' : 'good'} isSpoken>
        <p>{t(isForced ? 'bundles.forced' : 'bundles.passed')}</p>
      </Notice>
      <p>{t(words === null ? 'bundles.unsigned' : 'bundles.signer')}</p>
      {words !== null && <Fingerprint words={words} />}
      <ul class={styles.points}>
        <li>{t('restore.added', { count: items.added })}</li>
        <li>{t('restore.same', { count: items.same })}</li>
        <li>{t('restore.conflicts', { count: items.conflicts })}</li>
        {damaged > 0 && <li>{t('bundles.damaged', { count: damaged })}</li>}
      </ul>
      {items.conflicts > 0 && <p>{t('receiving.conflicts')}</p>}
    </>
  )
}

type OneProps = Pick<ReceivingBundlesProps, 'onOpenWith' | 'onAnyway' | 'onCancel'>

function State({ file, index, ...props }: OneProps & { file: BundleFile; index: number }) {
  const { t, ofCode } = useWords()
  const { state } = file
  switch (state.kind) {
    case 'opening':
    case 'checking':
    case 'adding':
      return (
        <Working
          sentence={t(`bundles.${state.kind}`, { name: isolate(file.name) })}
          done={state.done}
          total={state.total}
          onCancel={props.onCancel}
        />
      )
    case 'sealed':
      return <Sealed {...state} onOpen={(key) => props.onOpenWith(index, key)} />
    case 'failed':
      return <Failed failures={state.failures} onAnyway={() => props.onAnyway(index)} />
    case 'done':
      return <Done state={state} />
    case 'redacted':
      return (
        <Notice tone="warning" isSpoken>
          <p>{t('bundles.redacted')}</p>
        </Notice>
      )
    case 'no-bundle':
      return <p role="alert">{t('bundles.noBundle', { why: ofCode('verify.why', state.why) ?? '' })}</p>
    case 'problem':
      return <p role="alert">{t(`problem.${state.code}`)}</p>
    default:
      return <p role="status">{t(`bundles.${state.kind}`)}</p>
  }
}

/** Taking in the bundles of others: each is checked first, and says what became of it. */
export function ReceivingBundles({ files, ...props }: ReceivingBundlesProps) {
  const { t } = useWords()
  const isWorking = files.some(({ state }) => isBusy(state))
  const hasItems = files.some(({ state }) => state.kind === 'done')
  return (
    <section class={styles.part}>
      <h2>{t('bundles.title')}</h2>
      {files.length === 0 && <Choose onBringIn={props.onBringIn} />}
      {files.map((file, index) => (
        <section class={styles.box} key={`${index} ${file.name}`} aria-label={file.name}>
          <h3 class={styles.path}>
            <bdi>{file.name}</bdi>
          </h3>
          <State file={file} index={index} {...props} />
        </section>
      ))}
      {files.length > 0 && !isWorking && (
        <div class={styles.buttons}>
          {hasItems && (
            <Button kind="primary" onPress={props.onItems}>
              {t('restore.toItems')}
            </Button>
          )}
          <Button onPress={props.onClear}>{t('bundles.again')}</Button>
        </div>
      )}
    </section>
  )
}
