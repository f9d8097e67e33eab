import { Button } from '../shared/Button'
import { Notice } from '../shared/Notice'
import { PageHeading } from '../shared/PageHeading'
import { useWords } from '../shared/words'
import type { ShownAnswer, ShownItem } from './answer'
import { ClaimGroup, Command } from './ClaimGroup'
import styles from './Verify.module.css'
import { Whole } from './Whole'

type AnswerProps = {
  fileName: string
  answer: ShownAnswer
  /** SHA-256 of the file that was chosen; null while it is computed. */
  digest: string | null
  onWhole: (file: File) => void
  onAnother: () => void
}

function Items({ items, more }: { items: readonly ShownItem[]; more: number }) {
  const { t } = useWords()
  return (
    <details class={styles.more}>
      <summary>{t('verify.itemsTitle')}</summary>
      <ul class={styles.claims}>
        {items.map(({ id, capturedAt, address }) => (
          <li key={id} class={styles.claim}>
            <code class={styles.foreign} dir="ltr">
              {id}
            </code>
            <p class={styles.soft}>
              {t('verifier.captured')} <bdi dir="ltr">{capturedAt}</bdi>
            </p>
            {address !== null && (
              <p class={styles.soft}>
                {t('verifier.address')}
                <code class={styles.foreign} dir="ltr">
                  {address}
                </code>
              </p>
            )}
          </li>
        ))}
        {more > 0 && <li class={styles.soft}>{t('verifier.more', { count: more })}</li>}
      </ul>
    </details>
  )
}

function NotProved({ limits }: { limits: readonly string[] }) {
  const { t } = useWords()
  return (
    <section class={styles.card}>
      <h2>{t('verify.notProvedTitle')}</h2>
      <ul class={styles.limits}>
        {limits.map((limit) => (
          <li key={limit}>{limit}</li>
        ))}
      </ul>
    </section>
  )
}

/** What was found out about one file: plain words, then every statement, then what is never proved. */
export function Answer({ fileName, answer, digest, onWhole, onAnother }: AnswerProps) {
  const { t } = useWords()
  const failed = answer.groups.filter((group) => group.result === 'fail')
  const told = failed.length > 0 ? failed : answer.groups
  const tone = { pass: 'good', fail: 'problem', none: 'problem' } as const
  return (
    <div class={styles.stack}>
      <div class={styles.close}>
        <PageHeading of={fileName}>{t(`verifier.result.${answer.result}`)}</PageHeading>
        <p class={styles.foreign}>
          <bdi>{fileName}</bdi>
        </p>
        <Notice tone={tone[answer.result]}>
          {told.map((group) => (
            <p key={group.id}>{group.sentence}</p>
          ))}
          <p>{t('verifier.readOn')}</p>
        </Notice>
      </div>
      {answer.groups.map((group) => (
        <ClaimGroup key={group.id} group={group} />
      ))}
      {answer.whole && <Whole whole={answer.whole} onChoose={onWhole} />}
      {answer.items.length > 0 && <Items items={answer.items} more={answer.moreItems} />}
      <section class={styles.close}>
        <h2>{t('verifier.digest')}</h2>
        <code class={styles.command} dir="ltr" aria-live="polite">
          {digest ?? '…'}
        </code>
        <p class={styles.soft}>{t('verifier.digestHint')}</p>
      </section>
      {answer.result !== 'none' && (
        <section class={styles.close}>
          <h2>{t('verifier.hand')}</h2>
          <p class={styles.soft}>{t('verifier.handFirst')}</p>
          <Command>{'mkdir bundle && cd bundle && unzip ../bundle.zip'}</Command>
        </section>
      )}
      <NotProved limits={answer.notProved} />
      <div class={styles.actions}>
        <Button onPress={onAnother}>{t('verifier.another')}</Button>
      </div>
    </div>
  )
}
