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

type ProofFormProps = {
  problem: Problem | null
  isBusy: boolean
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

/** Asks for the passphrase, or for the recovery code, before something that only the owner may do. */
export function ProofForm({ problem, isBusy, isReady = true, ...props }: ProofFormProps) {
  const { t } = useWords()
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
        <Notice tone="problem" isSpoken>
          <p>{t(`problem.${problem.code}`)}</p>
        </Notice>
      )}
      {isBusy && (
        <div class={styles.part}>
          <p role="status">{props.busyLabel}</p>
          <progress class={styles.progress} aria-label={t('export.progress')} />
        </div>
      )}
      <div class={styles.buttons}>
        <Button
          kind={props.isDangerous ? 'danger' : 'primary'}
          isSubmit
          isOff={isBusy || !isReady || !isFilled}
        >
          {props.submitLabel}
        </Button>
        <Button isOff={isBusy} onPress={props.onCancel}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  )
}
