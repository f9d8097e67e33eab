import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Problem } from '../../utils/model/problem'
import { Button } from '../shared/Button'
import { TextField } from '../shared/Field'
import { Notice } from '../shared/Notice'
import { PassphraseField } from '../shared/PassphraseField'
import { useWords } from '../shared/words'
import styles from './Security.module.css'
import { codeProblem } from './UnlockScreen'

/** What a person gives to show that the locker is hers. */
export type Proof = { passphrase: string } | { recoveryCode: string }

const ofProof = ['wrong-passphrase', 'wrong-recovery-code', 'mistyped-recovery-code']

/** How far the work is that a proof started: `progress` is null until it is known, `onStop` gives it up. */
export type ProvedWork = {
  isBusy: boolean
  progress: { done: number; total: number } | null
  onStop: () => void
}

type ProofFormProps = ProvedWork & {
  problem: Problem | null
  /** Whether the recovery code is taken as well; `first` opens with it. */
  byCode: 'never' | 'offered' | 'first'
  /** Whether everything else that the form asks for is there. */
  isReady?: boolean
  busyLabel: string
  submitLabel: string
  isDangerous?: boolean
  children?: ComponentChildren
  onSubmit: (proof: Proof) => void
  onCancel: () => void
}

/** What is asked before something that only the owner may do; the keyboard goes to its beginning, to be read first. */
export function ProofBox({ label, children }: { label: string; children: ComponentChildren }) {
  const box = useRef<HTMLElement>(null)
  useEffect(() => box.current?.focus(), [])
  return (
    <section class={styles.box} aria-label={label} tabIndex={-1} ref={box}>
      {children}
    </section>
  )
}

function Busy({ label, progress }: { label: string } & Pick<ProvedWork, 'progress'>) {
  const { t } = useWords()
  const { done, total } = progress ?? { done: 0, total: 0 }
  const isStoring = progress !== null && done >= total
  return (
    <div class={styles.part}>
      <p role="status">{isStoring ? t('rotation.storing') : label}</p>
      {progress && !isStoring && <p>{t('rotation.done', { count: done, of: total })}</p>}
      {progress && !isStoring ? (
        <progress class={styles.progress} max={total} value={done} aria-label={t('export.progress')} />
      ) : (
        <progress class={styles.progress} aria-label={t('export.progress')} />
      )}
    </div>
  )
}

/** Asks for the passphrase, or for the recovery code, before something that only the owner may do. */
export function ProofForm({ problem, isBusy, progress, isReady = true, ...props }: ProofFormProps) {
  const { t } = useWords()
  const isStoring = isBusy && progress !== null && progress.done >= progress.total
  const [passphrase, setPassphrase] = useState('')
  const [code, setCode] = useState('')
  const [isByCode, setByCode] = useState(props.byCode === 'first')
  const isOfProof = problem !== null && ofProof.includes(problem.code)
  const error = isOfProof ? codeProblem(t, problem) : null
  const isFilled = (isByCode ? code : passphrase).trim() !== ''
  return (
    <form
      class={styles.form}
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault()
        if (isBusy || !isReady || !isFilled) return
        props.onSubmit(isByCode ? { recoveryCode: code } : { passphrase })
      }}
    >
      {isByCode ? (
        <TextField
          label={t('recovery.code')}
          hint={t('recovery.typeHint')}
          value={code}
          error={error}
          onChange={setCode}
        />
      ) : (
        <PassphraseField
          label={t('passphrase.current')}
          value={passphrase}
          error={error}
          onChange={setPassphrase}
        />
      )}
      {props.byCode !== 'never' && (
        <div>
          <Button kind="plain" size="small" onPress={() => setByCode(!isByCode)}>
            {isByCode ? t('unlock.byPassphrase') : t('unlock.byCode')}
          </Button>
        </div>
      )}
      {props.children}
      {problem && !isOfProof && (
        <Notice tone={problem.code === 'cancelled' ? 'calm' : 'problem'} isSpoken>
          <p>{t(problem.code === 'cancelled' ? 'rotation.stopped' : `problem.${problem.code}`)}</p>
        </Notice>
      )}
      {isBusy && <Busy label={props.busyLabel} progress={progress} />}
      <div class={styles.buttons}>
        <Button
          kind={props.isDangerous ? 'danger' : 'primary'}
          isSubmit
          isOff={isBusy || !isReady || !isFilled}
        >
          {props.submitLabel}
        </Button>
        <Button isOff={isStoring} onPress={isBusy ? props.onStop : props.onCancel}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  )
}
