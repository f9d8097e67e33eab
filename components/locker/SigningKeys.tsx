import type { ComponentChildren } from 'preact'
import { Button } from '../shared/Button'
import { Fingerprint } from '../shared/Fingerprint'
import { dayText, isolate } from '../shared/format'
import { useWords } from '../shared/words'
import styles from './Security.module.css'

/** A key that signs bundles: its fingerprint in words, and since when it signs. */
export type KeyInWords = { words: string; at: string }

type SigningKeysProps = {
  /** Oldest first; empty where they cannot be read, null while they are being read. */
  keys: readonly KeyInWords[] | null
  isAsking: boolean
  onAsk: () => void
  /** What is shown in place of the button while a new one is asked for. */
  children: ComponentChildren
}

function Keys({ keys }: { keys: readonly KeyInWords[] }) {
  const { t, language } = useWords()
  const day = (at: string | undefined) => isolate(at === undefined ? '' : dayText(at, language))
  return (
    <dl class={styles.keys}>
      {keys
        .map(({ words, at }, index) => ({ words, at, until: keys[index + 1]?.at }))
        .reverse()
        .map(({ words, at, until }) => (
          <div key={words}>
            <dt>
              {until === undefined
                ? t('security.signingNow', { day: day(at) })
                : t('security.signingBefore', { from: day(at), until: day(until) })}
            </dt>
            <dd>
              <Fingerprint words={words} />
            </dd>
          </div>
        ))}
    </dl>
  )
}

/** The keys that sign bundles, and the way to a new one. */
export function SigningKeys({ keys, isAsking, onAsk, children }: SigningKeysProps) {
  const { t } = useWords()
  if (keys === null) return null
  return (
    <section class={styles.part}>
      <h2>{t('security.signing')}</h2>
      <p class={styles.hint}>{t('security.signingWhat')}</p>
      {keys.length > 0 ? <Keys keys={keys} /> : <p>{t('security.signingNone')}</p>}
      {isAsking
        ? children
        : keys.length > 0 && (
            <div>
              <Button onPress={onAsk}>{t('security.newSigningKey')}</Button>
            </div>
          )}
    </section>
  )
}
