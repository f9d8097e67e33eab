import { useState } from 'preact/hooks'
import type { Problem } from '../../utils/model/problem'
import { Button } from '../shared/Button'
import { Notice } from '../shared/Notice'
import { PageHeading } from '../shared/PageHeading'
import { PassphraseField } from '../shared/PassphraseField'
import { StepBar } from '../shared/StepBar'
import { useWords } from '../shared/words'
import { ChoosePassphrase, type Strength } from './ChoosePassphrase'
import { type Erased, ErasedNotice } from './ErasedNotice'
import { FirstCapture } from './FirstCapture'
import styles from './FirstRun.module.css'
import { RecoverySheet } from './RecoverySheet'

type FirstRunProps = {
  step: FirstRunStep
  /** Six words, made anew when asked for. */
  generated: string
  strengthOf: (passphrase: string) => Strength
  problem: Problem | null
  isBusy: boolean
  onStep: (step: FirstRunStep) => void
  onGenerate: () => void
  onCreate: (passphrase: string) => void
  onCopy: (text: string) => Promise<boolean>
  /** The recovery code that was just made, to be shown once. */
  code: string | null
  /** The locker is made to restore a backup into it. */
  isRestoring: boolean
  /** The locker that was here before was erased, with what was left of it. */
  erased: Erased | null
  onRestoring: (isRestoring: boolean) => void
  onMakeCode: () => void
  onFinish: () => void
  onDropBox: () => void
}

/** The steps of setting up, in order. */
const firstRunSteps = ['promise', 'passphrase', 'confirm', 'recovery', 'done'] as const
export type FirstRunStep = (typeof firstRunSteps)[number]

type PromiseProps = Pick<FirstRunProps, 'onStep' | 'onRestoring' | 'isRestoring' | 'erased' | 'onDropBox'>

function WhatToExpect(props: PromiseProps) {
  const { t } = useWords()
  const { isRestoring, erased } = props
  return (
    <>
      {erased && <ErasedNotice erased={erased} />}
      {isRestoring && (
        <Notice tone="calm">
          <p>{t('setup.restoring')}</p>
        </Notice>
      )}
      <p>{t('setup.promise.intro')}</p>
      <h2>{t('setup.promise.does')}</h2>
      <ul class={styles.points}>
        <li>{t('setup.promise.encrypts')}</li>
        <li>{t('setup.promise.network')}</li>
        <li>{t('setup.promise.gesture')}</li>
      </ul>
      <h2>{t('setup.promise.doesNot')}</h2>
      <ul class={styles.points}>
        <li>{t('setup.promise.hidden')}</li>
        <li>{t('setup.promise.forgotten')}</li>
        <li>{t('setup.promise.report')}</li>
      </ul>
      <div class={styles.buttons}>
        <Button kind="primary" onPress={() => props.onStep('passphrase')}>
          {t('setup.begin')}
        </Button>
        <Button onPress={() => props.onRestoring(!isRestoring)}>
          {isRestoring ? t('setup.withoutBackup') : t('setup.fromBackup')}
        </Button>
        {!isRestoring && <Button onPress={props.onDropBox}>{t('setup.toDropBox')}</Button>}
      </div>
    </>
  )
}

type ChooseProps = Pick<FirstRunProps, 'generated' | 'strengthOf' | 'onGenerate' | 'onCopy' | 'onStep'> & {
  own: string | null
  onOwn: (own: string | null) => void
}

function Choose({ own, generated, strengthOf, ...props }: ChooseProps) {
  const { t } = useWords()
  const strength = strengthOf(own ?? generated)
  const isReady = own === null || strength.isEnough
  return (
    <>
      <p>{own === null ? t('setup.passphrase.generated') : t('setup.passphrase.own')}</p>
      <ChoosePassphrase
        label={t('passphrase.label')}
        own={own}
        generated={generated}
        strengthOf={strengthOf}
        {...props}
      />
      <div class={styles.buttons}>
        <Button kind="primary" isOff={!isReady} onPress={() => props.onStep('confirm')}>
          {t('common.continue')}
        </Button>
        <Button onPress={() => props.onStep('promise')}>{t('common.back')}</Button>
      </div>
    </>
  )
}

type ConfirmProps = Pick<FirstRunProps, 'problem' | 'isBusy' | 'onCreate' | 'onStep'> & { passphrase: string }

function Confirm({ passphrase, problem, isBusy, onCreate, onStep }: ConfirmProps) {
  const { t } = useWords()
  const [typed, setTyped] = useState('')
  const [isDifferent, setDifferent] = useState(false)
  const error = isDifferent ? t('setup.different') : problem ? t(`problem.${problem.code}`) : null
  return (
    <form
      class={styles.step}
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault()
        const isSame = typed.trim() === passphrase.trim()
        setDifferent(!isSame)
        if (isSame && !isBusy) onCreate(passphrase)
      }}
    >
      <p>{t('setup.confirm.why')}</p>
      <PassphraseField
        label={t('setup.confirm.label')}
        value={typed}
        error={error}
        onChange={(value) => {
          setDifferent(false)
          setTyped(value)
        }}
      />
      <div class={styles.buttons}>
        <Button kind="primary" isSubmit isOff={isBusy || typed === ''}>
          {isBusy ? t('setup.busy') : t('setup.create')}
        </Button>
        <Button onPress={() => onStep('passphrase')}>{t('setup.showAgain')}</Button>
      </div>
    </form>
  )
}

type RecoveryProps = Pick<FirstRunProps, 'code' | 'problem' | 'isBusy' | 'onMakeCode' | 'onStep' | 'onCopy'>

function Recovery({ code, problem, isBusy, onMakeCode, onStep, onCopy }: RecoveryProps) {
  const { t } = useWords()
  return (
    <>
      <p>{t('recovery.why')}</p>
      <p>{t('recovery.without')}</p>
      {problem && (
        <Notice tone="problem" isSpoken>
          <p>{t(`problem.${problem.code}`)}</p>
        </Notice>
      )}
      {code && <RecoverySheet code={code} onCopy={onCopy} />}
      <div class={styles.buttons}>
        {code ? (
          <Button kind="primary" onPress={() => onStep('done')}>
            {t('recovery.haveIt')}
          </Button>
        ) : (
          <>
            <Button kind="primary" isOff={isBusy} onPress={onMakeCode}>
              {isBusy ? t('recovery.making') : t('recovery.make')}
            </Button>
            <Button isOff={isBusy} onPress={() => onStep('done')}>
              {t('recovery.later')}
            </Button>
          </>
        )}
      </div>
    </>
  )
}

/** Setting up: what to expect, the passphrase, once more, the recovery sheet, and how to begin. */
export function FirstRun(props: FirstRunProps) {
  const { t } = useWords()
  const { step } = props
  const [own, setOwn] = useState<string | null>(null)
  return (
    <div class={styles.step}>
      <StepBar at={firstRunSteps.indexOf(step)} labels={firstRunSteps.map((one) => t(`setup.step.${one}`))} />
      <PageHeading of={step}>{t(`setup.heading.${step}`)}</PageHeading>
      {step === 'promise' && <WhatToExpect {...props} />}
      {step === 'passphrase' && <Choose {...props} own={own} onOwn={setOwn} />}
      {step === 'confirm' && <Confirm {...props} passphrase={own ?? props.generated} />}
      {step === 'recovery' && <Recovery {...props} />}
      {step === 'done' && (
        <>
          {props.isRestoring ? <p>{t('setup.thenRestore')}</p> : <FirstCapture />}
          <div>
            <Button kind="primary" onPress={props.onFinish}>
              {props.isRestoring ? t('restore.title') : t('setup.finish')}
            </Button>
          </div>
        </>
      )}
    </div>
  )
}
