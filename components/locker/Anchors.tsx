import { useState } from 'preact/hooks'
import type { Problem } from '../../utils/model/problem'
import { Button } from '../shared/Button'
import { FileField } from '../shared/FileField'
import { useLanding } from '../shared/focus'
import { dayText, isolate, momentText } from '../shared/format'
import { Notice } from '../shared/Notice'
import { PageHeading } from '../shared/PageHeading'
import { useWords } from '../shared/words'
import styles from './Security.module.css'

/** One head of the log that was given to be stamped. Times in UTC. */
export type ShownAnchor = {
  id: string
  size: number
  askedAt: string
  answers: { form: 'rfc3161' | 'opentimestamps'; stampedAt: string | null; authority: string | null }[]
}

/** What was done last, to be told. */
export type AnchorNews =
  | { kind: 'asked'; path: string | null }
  | { kind: 'answered'; stampedAt: string | null; authority: string | null }
  | { kind: 'failed'; problem: Problem }

type AnchorsProps = {
  anchors: readonly ShownAnchor[]
  news: AnchorNews | null
  isBusy: boolean
  onAsk: () => void
  onAnswer: (file: File) => void
  onBack: () => void
}

function News({ news }: { news: AnchorNews }) {
  const { t, language } = useWords()
  if (news.kind === 'failed')
    return (
      <Notice tone="problem" isSpoken>
        <p>{t(`problem.${news.problem.code}`)}</p>
      </Notice>
    )
  if (news.kind === 'asked')
    return (
      <Notice tone="good" isSpoken>
        <p>{t('anchors.asked')}</p>
        <p class={styles.path} dir="ltr">
          {news.path}
        </p>
      </Notice>
    )
  const { stampedAt, authority } = news
  return (
    <Notice tone="good" isSpoken>
      <p>
        {stampedAt === null
          ? t('anchors.keptPath')
          : t('anchors.keptStamp', {
              time: isolate(momentText(stampedAt, { language, zone: null })),
              authority: isolate(authority ?? ''),
            })}
      </p>
    </Notice>
  )
}

function OneAnchor({ anchor }: { anchor: ShownAnchor }) {
  const { t, language } = useWords()
  const { size, askedAt, answers } = anchor
  return (
    <li class={styles.box}>
      <p>{t('anchors.entries', { count: size, day: isolate(dayText(askedAt, language)) })}</p>
      {answers.length === 0 && <p class={styles.hint}>{t('anchors.waiting')}</p>}
      {answers.map(({ form, stampedAt, authority }, index) => (
        <p key={`${form}-${index}`}>
          {stampedAt === null
            ? t('anchors.path')
            : t('anchors.stamp', {
                time: isolate(momentText(stampedAt, { language, zone: null })),
                authority: isolate(authority ?? ''),
              })}
        </p>
      ))}
    </li>
  )
}

function Answer({ isBusy, onAnswer }: Pick<AnchorsProps, 'isBusy' | 'onAnswer'>) {
  const { t } = useWords()
  const [file, setFile] = useState<File | null>(null)
  return (
    <section class={styles.part}>
      <h2>{t('anchors.answerTitle')}</h2>
      <FileField
        label={t('anchors.file')}
        accept=".tsr,.ots"
        onFiles={([chosen]) => setFile(chosen ?? null)}
      />
      <div>
        <Button isOff={file === null || isBusy} onPress={() => file && onAnswer(file)}>
          {t('anchors.keep')}
        </Button>
      </div>
    </section>
  )
}

/** Having the log stamped by others, by a file that somebody carries. */
export function Anchors(props: AnchorsProps) {
  const { t } = useWords()
  const { anchors, news, isBusy } = props
  useLanding(news?.kind ?? null)
  return (
    <section class={styles.page}>
      <div>
        <Button kind="back" onPress={props.onBack}>
          {t('locker.settings')}
        </Button>
      </div>
      <PageHeading of="anchors">{t('anchors.title')}</PageHeading>
      {news && <News news={news} />}
      <section class={styles.part}>
        <p>{t('anchors.about')}</p>
        <p class={styles.hint}>{t('anchors.reveals')}</p>
        <div>
          <Button kind="primary" isOff={isBusy} onPress={props.onAsk}>
            {t('anchors.ask')}
          </Button>
        </div>
      </section>
      <Answer isBusy={isBusy} onAnswer={props.onAnswer} />
      <section class={styles.part}>
        <h2>{t('anchors.listTitle')}</h2>
        {anchors.length === 0 && <p>{t('anchors.none')}</p>}
        <ul class={styles.boxes}>
          {anchors.map((anchor) => (
            <OneAnchor key={anchor.id} anchor={anchor} />
          ))}
        </ul>
      </section>
    </section>
  )
}
