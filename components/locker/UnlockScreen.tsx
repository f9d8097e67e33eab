import { useState } from 'preact/hooks'
import type { Problem } from '../../utils/model/problem'
import { Button } from '../shared/Button'
import { ConfirmButton } from '../shared/ConfirmButton'
import { TextField } from '../shared/Field'
import { useFocusMove } from '../shared/focus'
import { HoldButton } from '../shared/HoldButton'
import { Notice } from '../shared/Notice'
import { UnlockForm } from '../shared/UnlockForm'
import { useWords } from '../shared/words'
import styles from './Security.module.css'

type UnlockScreenProps = {
  problem: Problem | null
  wrongTries: number
  isBusy: boolean
  /** Whether holding a button erases everything, without a passphrase. */
  allowsErasing: boolean
  onUnlock: (passphrase: string) => void
  onRecoveryCode: (code: string) => void
  onErase: () => void
  onStartAnew: () => void
}

/** A problem with a recovery code as a sentence; for a code that is mistyped, with the group to look at. */
export function codeProblem(t: ReturnType<typeof useWords>['t'], problem: Problem | null): string | null {
  if (!problem) return null
  const sentence = t(`problem.${problem.code}`)
  const group = Number(problem.detail)
  if (problem.code !== 'mistyped-recovery-code' || !group) return sentence
  return `${sentence} ${t('recovery.typoGroup', { group })}`
}

type CodeFormProps = {
  problem: Problem | null
  isBusy: boolean
  onRecoveryCode: (code: string) => void
}

function CodeForm({ problem, isBusy, onRecoveryCode }: CodeFormProps) {
  const { t } = useWords()
  const [code, setCode] = useState('')
  return (
    <form
      class={styles.form}
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isBusy && code.trim() !== '') onRecoveryCode(code)
      }}
    >
      <TextField
        label={t('recovery.code')}
        hint={t('recovery.typeHint')}
        value={code}
        error={codeProblem(t, problem)}
        onChange={setCode}
      />
      <Button kind="primary" size="wide" isSubmit isOff={isBusy}>
        {isBusy ? t('unlock.busy') : t('unlock.button')}
      </Button>
    </form>
  )
}

/** What is left to do when the file that cannot be done without is lost. */
function Lost({ onStartAnew }: Pick<UnlockScreenProps, 'onStartAnew'>) {
  const { t } = useWords()
  return (
    <div class={styles.part}>
      <h2>{t('lost.title')}</h2>
      <p>{t('lost.about')}</p>
      <ConfirmButton
        label={t('lost.startAnew')}
        question={t('lost.question')}
        confirm={t('lost.confirm')}
        onConfirm={onStartAnew}
      />
    </div>
  )
}

/** The locked locker: the passphrase, or the recovery code from its sheet. */
export function UnlockScreen({ problem, wrongTries, isBusy, ...props }: UnlockScreenProps) {
  const { t } = useWords()
  const [isByCode, setByCode] = useState(false)
  const box = useFocusMove<HTMLDivElement>(isByCode, 'input')
  return (
    <div class={styles.page} ref={box}>
      <h1>{t('unlock.title')}</h1>
      <p class={styles.hint}>{t('unlock.about')}</p>
      {isByCode ? (
        <CodeForm problem={problem} isBusy={isBusy} onRecoveryCode={props.onRecoveryCode} />
      ) : (
        <UnlockForm
          problem={problem}
          wrongTries={wrongTries}
          isBusy={isBusy}
          isFirst
          onUnlock={props.onUnlock}
        />
      )}
      <div>
        <Button kind="plain" size="small" onPress={() => setByCode(!isByCode)}>
          {isByCode ? t('unlock.byPassphrase') : t('unlock.byCode')}
        </Button>
      </div>
      {problem?.code === 'cell-lost' && <Lost onStartAnew={props.onStartAnew} />}
      {props.allowsErasing && (
        <details class={styles.more}>
          <summary>{t('wipe.title')}</summary>
          <div class={styles.part}>
            <p>{t('wipe.about')}</p>
            <HoldButton label={t('wipe.hold')} seconds={3} onHeld={props.onErase} />
          </div>
        </details>
      )}
    </div>
  )
}

/** While the locker is being erased: nothing of it stays on the screen. */
export function Erasing({ problem, onReload }: { problem: Problem | null; onReload: () => void }) {
  const { t } = useWords()
  if (!problem) return <p role="status">{t('wipe.busy')}</p>
  return (
    <div class={styles.form}>
      <Notice tone="problem" isSpoken>
        <p>{t('wipe.failed')}</p>
      </Notice>
      <div>
        <Button kind="primary" onPress={onReload}>
          {t('common.tryAgain')}
        </Button>
      </div>
    </div>
  )
}
