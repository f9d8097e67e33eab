import { Button } from '../shared/Button'
import { CopyButton } from '../shared/CopyButton'
import { PassphraseField } from '../shared/PassphraseField'
import { useWords } from '../shared/words'
import styles from './FirstRun.module.css'

export type Strength = { bits: number; isEnough: boolean }
export type PassphraseChoice = {
  /** The name of the field for words of one's own. */
  label: string
  /** Six words, made anew when asked for. */
  generated: string
  /** What the person typed herself; null while the six words are taken. */
  own: string | null
  strengthOf: (passphrase: string) => Strength
  onOwn: (own: string | null) => void
  onGenerate: () => void
  onCopy: (text: string) => Promise<boolean>
}

const enoughBits = 70

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

/** Six words chosen at random, or words of one's own with how hard they are to guess. */
export function ChoosePassphrase({ own, generated, ...props }: PassphraseChoice) {
  const { t } = useWords()
  if (own === null) {
    return (
      <>
        <p class={styles.words} lang="en" dir="ltr" translate={false}>
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
    )
  }
  return (
    <>
      <PassphraseField label={props.label} value={own} onChange={props.onOwn} />
      <StrengthLine strength={props.strengthOf(own)} isEmpty={own === ''} />
      <div>
        <Button size="small" onPress={() => props.onOwn(null)}>
          {t('setup.useGenerated')}
        </Button>
      </div>
    </>
  )
}
