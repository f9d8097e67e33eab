import { classes } from '../shared/classes'
import { useWords } from '../shared/words'
import type { ShownClaim, ShownGroup, ShownLine, ShownResult } from './answer'
import styles from './Verify.module.css'

function Sign({ result }: { result: ShownResult }) {
  const { t } = useWords()
  const look = { pass: styles.pass, fail: styles.fail, absent: undefined }[result]
  return <span class={classes(styles.sign, look)}>{t(`verify.result.${result}`)}</span>
}

function Lines({ lines, more }: { lines: readonly ShownLine[]; more: number }) {
  const { t } = useWords()
  return (
    <ul class={styles.lines}>
      {lines.map(({ result, subject, why }, i) => (
        <li key={`${i} ${subject}`}>
          {t(`verify.result.${result}`)}: {why}
          {subject !== null && (
            <code class={styles.foreign} dir="ltr">
              {subject}
            </code>
          )}
        </li>
      ))}
      {more > 0 && <li>{t('verifier.more', { count: more })}</li>}
    </ul>
  )
}

/** A command for other tools, to be typed or copied. */
export function Command({ children }: { children: string }) {
  return (
    <code class={styles.command} dir="ltr">
      {children}
    </code>
  )
}

function Claim({ claim }: { claim: ShownClaim }) {
  const { t } = useWords()
  const { lines, hand, result } = claim
  const [first] = lines
  const isShort = lines.length === 1 && first?.subject === null
  // What failed is never behind a press.
  const isOpen = result === 'fail'
  return (
    <li class={styles.claim}>
      <div class={styles.head}>
        <Sign result={result} />
        <p>
          {claim.sentence} {claim.tally} {isShort && first.why}
        </p>
      </div>
      {!isShort && (
        <details class={styles.more} open={isOpen}>
          <summary>{t('verifier.details')}</summary>
          <Lines lines={lines} more={claim.more} />
        </details>
      )}
      {hand && result !== 'absent' && (
        <details class={styles.more}>
          <summary>{t('verifier.hand')}</summary>
          <p class={styles.soft}>{hand.sentence}</p>
          {hand.command !== null && <Command>{hand.command}</Command>}
        </details>
      )}
    </li>
  )
}

/** One question that a person has, its answer in a sentence, and the statements behind it. */
export function ClaimGroup({ group }: { group: ShownGroup }) {
  return (
    <section class={styles.card}>
      <h2>{group.title}</h2>
      <p>{group.sentence}</p>
      {group.notes.map((note) => (
        <p key={note} class={styles.soft}>
          {note}
        </p>
      ))}
      <ul class={styles.claims}>
        {group.claims.map((claim) => (
          <Claim key={claim.id} claim={claim} />
        ))}
      </ul>
    </section>
  )
}
