import { useState } from 'preact/hooks'
import type { Problem } from '../../utils/model/problem'
import { Button } from '../shared/Button'
import { CopyButton } from '../shared/CopyButton'
import { PageHeading } from '../shared/PageHeading'
import { PassphraseField } from '../shared/PassphraseField'
import { StepBar } from '../shared/StepBar'
import { useWords } from '../shared/words'
import { FirstCapture } from './FirstCapture'
import styles from './FirstRun.module.css'

type Strength = { bits: number; isEnough: boolean }
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
  onFinish: () => void
}

/** The steps of setting up, in order. */
export const firstRunSteps = ['promise', 'passphrase', 'confirm', 'done'] as const
export type FirstRunStep = (typeof firstRunSteps)[number]

const enoughBits = 70

function WhatToExpect({ onStep }: Pick<FirstRunProps, 'onStep'>) {
  const { t } = useWords()
  return (
    <>
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
      <div>
        <Button kind="primary" onPress={() => onStep('passphrase')}>
          {t('setup.begin')}
        </Button>
      </div>
    </>
  )
}

function StrengthLine({ strength, isEmpty }: { strength: Strength; isEmpty: boolean }) {
  const { t } = useWords()
  if (isEmpty) return <p class={styles.quiet}>{t('setup.ownHint')}</p>
  const word = !strength.isEnough
    ? t('setup.strength.weak')
    : strength.bits < enoughBits
      ? t('setup.strength.fair')
      : t('setup.strength.strong')
  return (
    <div>
      <p aria-live="polite">{word}</p>
      <meter
        class={styles.meter}
        min={0}
        max={100}
        low={enoughBits - 20}
        high={enoughBits}
        optimum={100}
        value={Math.min(100, strength.bits)}
        aria-label={t('setup.strength')}
      />
    </div>
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
      {own === null ? (
        <>
          <p class={styles.words} lang="en" dir="ltr">
            {generated}
          </p>
          <div class={styles.buttons}>
            <CopyButton what={t('passphrase.label')} onCopy={() => props.onCopy(generated)} />
            <Button size="small" onPress={props.onGenerate}>
              {t('setup.otherWords')}
            </Button>
            <Button size="small" onPress={() => props.onOwn('')}>
              {t('setup.useOwn')}
            </Button>
          </div>
          <p class={styles.quiet}>{t('setup.writeDown')}</p>
        </>
      ) : (
        <>
          <PassphraseField label={t('passphrase.label')} value={own} onChange={props.onOwn} />
          <StrengthLine strength={strength} isEmpty={own === ''} />
          <div>
            <Button size="small" onPress={() => props.onOwn(null)}>
              {t('setup.useGenerated')}
            </Button>
          </div>
        </>
      )}
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

/** Setting up: what to expect, the passphrase, the passphrase once more, and how to begin. */
export function FirstRun(props: FirstRunProps) {
  const { t } = useWords()
  const { step } = props
  const [own, setOwn] = useState<string | null>(null)
  return (
    <div class={styles.step}>
      <StepBar at={firstRunSteps.indexOf(step)} labels={firstRunSteps.map((one) => t(`setup.step.${one}`))} />
      <PageHeading of={step}>{t(`setup.heading.${step}`)}</PageHeading>
      {step === 'promise' && <WhatToExpect onStep={props.onStep} />}
      {step === 'passphrase' && <Choose {...props} own={own} onOwn={setOwn} />}
      {step === 'confirm' && <Confirm {...props} passphrase={own ?? props.generated} />}
      {step === 'done' && (
        <>
          <FirstCapture />
          <div>
            <Button kind="primary" onPress={props.onFinish}>
              {t('setup.finish')}
            </Button>
          </div>
        </>
      )}
    </div>
  )
}
