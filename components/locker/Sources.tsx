import type { SaidTwice, Stated } from '../../utils/model/said-twice'
import type { Words } from '../../utils/words/translate'
import { isolate, momentText } from '../shared/format'
import { Notice } from '../shared/Notice'
import { useWords } from '../shared/words'
import { Lines } from './Facts'
import styles from './ItemDetail.module.css'

/** Facts that show words or author, which stay hidden until asked for. */
const hiddenFacts: readonly SaidTwice['fact'][] = ['handle', 'name', 'text']

function statedText(stated: Stated, { t, language }: Words): string {
  if (stated.kind === 'words') return isolate(stated.words)
  const moment = (utc: string) => isolate(momentText(utc, { language, zone: 'UTC' }))
  const [from, to] = [moment(stated.from), moment(stated.to)]
  return from === to ? from : t('twice.window', { from, to })
}

function Conflict({ said, areWordsShown }: { said: SaidTwice; areWordsShown: boolean }) {
  const words = useWords()
  const { t, direction } = words
  const fact = t(`twice.fact.${said.fact}`)
  const source = t(`twice.source.${said.source}`)
  const isHidden = hiddenFacts.includes(said.fact) && !areWordsShown
  if (isHidden || said.fact === 'text') {
    return (
      <>
        <p dir={direction}>
          {t('twice.conflictHidden', { fact, source })} {isHidden && t('twice.compare')}
        </p>
        {!isHidden && (
          <dl class={styles.both}>
            <dt>{t('twice.here')}</dt>
            <dd dir="auto">{said.here.kind === 'words' && said.here.words}</dd>
            <dt>{t('twice.there', { source })}</dt>
            <dd dir="auto">{said.there.kind === 'words' && said.there.words}</dd>
          </dl>
        )}
      </>
    )
  }
  const values = { here: statedText(said.here, words), there: statedText(said.there, words) }
  return <p dir={direction}>{t('twice.conflict', { fact, source, ...values })}</p>
}

/** What the page says twice and not alike, told loudly. Nothing when there is none. */
export function Conflicts({
  saidTwice,
  areWordsShown,
}: {
  saidTwice: readonly SaidTwice[]
  areWordsShown: boolean
}) {
  const conflicts = saidTwice.filter(({ agrees }) => !agrees)
  if (conflicts.length === 0) return null
  return (
    <Notice tone="problem">
      {conflicts.map((said) => (
        <Conflict key={`${said.fact} ${said.source}`} said={said} areWordsShown={areWordsShown} />
      ))}
    </Notice>
  )
}

/** Everything that the page says twice, and what that cannot show. */
export function Sources({ saidTwice }: { saidTwice: readonly SaidTwice[] }) {
  const { t } = useWords()
  const sentence = ({ fact, source, agrees }: SaidTwice) =>
    t(agrees ? 'twice.agree' : 'twice.conflictHidden', {
      fact: t(`twice.fact.${fact}`),
      source: t(`twice.source.${source}`),
    })
  return (
    <section class={styles.group}>
      <h2 class={styles.small}>{t('twice.title')}</h2>
      <Lines isOwnWords lines={saidTwice.map(sentence)} />
      <p class={styles.soft}>{t(saidTwice.length === 0 ? 'twice.none' : 'twice.limit')}</p>
    </section>
  )
}
