import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { AppealRoute, Filing } from '../../utils/model/ledger'
import { Button } from '../shared/Button'
import { ConfirmButton } from '../shared/ConfirmButton'
import { TextArea, TextField } from '../shared/Field'
import { calendarDayText } from '../shared/format'
import { PageHeading } from '../shared/PageHeading'
import { useWords } from '../shared/words'
import { AnswerForm, AppealForm, type NewAnswer } from './AnswerForm'
import { type DueLine, DueText } from './Dues'
import type { Told } from './FilingForm'
import styles from './Reports.module.css'

export type FilingChange =
  | { kind: 'reference'; reference: string }
  | { kind: 'note'; note: string }
  | { kind: 'answer'; answer: NewAnswer }
  | { kind: 'appeal'; route: AppealRoute; told: Told; reference: string }
  | { kind: 'appeal-answer'; index: number; answer: NewAnswer }
  | { kind: 'renew'; told: Told }
  | { kind: 'close'; isClosed: boolean }

type FilingPageProps = {
  filing: Filing
  name: string
  dues: DueLine[]
  now: Told
  /** The receiver's page; null unless a person has read it there. */
  verifiedAddress: string | null
  /** Where one can go on when the answer is no; finished sentences. */
  appealWays: string[]
  /** Null when the case is not there any more. */
  onOpenCase: (() => void) | null
  onChange: (change: FilingChange) => void
  onDelete: () => void
  onBack: () => void
}

type PartProps = Pick<FilingPageProps, 'filing' | 'now' | 'onChange'>

function AnswerText({ answer }: { answer: NonNullable<Filing['answer']> }) {
  const { t, language } = useWords()
  return (
    <>
      <p>
        <strong>{t(`ledger.decision.${answer.decision}`)}</strong>
        <span class={styles.quiet}> · {calendarDayText(answer.at.day, language)}</span>
      </p>
      {answer.note !== '' && <p dir="auto">{answer.note}</p>}
    </>
  )
}

type AnsweringProps = {
  answer: Filing['answer']
  now: Told
  onWrite: (answer: NewAnswer) => void
}

function Answering({ answer, now, onWrite }: AnsweringProps) {
  const { t } = useWords()
  const [isOpen, setOpen] = useState(false)
  if (answer !== null && !isOpen) {
    return (
      <div class={styles.answered}>
        <AnswerText answer={answer} />
        <div>
          <Button size="small" onPress={() => setOpen(true)}>
            {t('ledger.change')}
          </Button>
        </div>
      </div>
    )
  }
  return (
    <>
      {answer === null && <p class={styles.quiet}>{t('ledger.noAnswer')}</p>}
      <AnswerForm
        answer={answer}
        now={now}
        onWrite={(next) => {
          setOpen(false)
          onWrite(next)
        }}
      />
    </>
  )
}

function Appeals({ filing, now, appealWays, onChange }: PartProps & { appealWays: string[] }) {
  const { t, language } = useWords()
  const last = filing.appeals.at(-1)
  return (
    <>
      {filing.appeals.map((appeal, index) => (
        <div key={index} class={styles.box}>
          <p>
            <strong>{t(`ledger.route.${appeal.route}`)}</strong>
            <span class={styles.quiet}> · {calendarDayText(appeal.at.day, language)}</span>
            {appeal.reference !== '' && (
              <>
                {' · '}
                <bdi>{appeal.reference}</bdi>
              </>
            )}
          </p>
          <Answering
            answer={appeal.answer}
            now={now}
            onWrite={(answer) => onChange({ kind: 'appeal-answer', index, answer })}
          />
        </div>
      ))}
      {(last === undefined || last.answer !== null) && (
        <>
          {appealWays.length > 0 && (
            <div>
              <p>{t('ledger.appealHow')}</p>
              <ul class={styles.points}>
                {appealWays.map((way) => (
                  <li key={way}>{way}</li>
                ))}
              </ul>
            </div>
          )}
          <AppealForm key={filing.appeals.length} now={now} onWrite={onChange} />
        </>
      )}
    </>
  )
}

function Facts({ filing, name }: Pick<FilingPageProps, 'filing' | 'name'>) {
  const { t, language } = useWords()
  const { day, time } = filing.filed
  return (
    <dl class={styles.facts}>
      <dt>{t('ledger.to')}</dt>
      <dd>{name}</dd>
      <dt>{t('ledger.when')}</dt>
      <dd>
        {calendarDayText(day, language)}
        {time !== null && (
          <>
            , <bdi>{time}</bdi>
          </>
        )}
      </dd>
      <dt>{t('ledger.posts')}</dt>
      <dd>{new Intl.NumberFormat(language).format(filing.itemIds.length)}</dd>
      {filing.bundleSha256 !== null && (
        <>
          <dt>{t('ledger.digest')}</dt>
          <dd class={styles.digest} dir="ltr">
            {filing.bundleSha256}
          </dd>
        </>
      )}
    </dl>
  )
}

type WrittenProps = {
  value: string
  onWrite: (value: string) => void
  field: (frame: { value: string; onChange: (value: string) => void }) => ComponentChildren
}

/** A field that is kept when one leaves it: each time is one line of the custody log, not each letter. */
function Written({ value, onWrite, field }: WrittenProps) {
  const [text, setText] = useState(value)
  const latest = useRef({ value, text, onWrite })
  latest.current = { value, text, onWrite }
  const write = () => {
    const { value: kept, text: typed, onWrite: keep } = latest.current
    if (typed !== kept) keep(typed)
  }
  useEffect(() => write, [])
  return <div onFocusOut={write}>{field({ value: text, onChange: setText })}</div>
}

function Renewing({ filing, now, dues, onChange }: PartProps & Pick<FilingPageProps, 'dues'>) {
  const { t, language } = useWords()
  const isKept = dues.some(({ due }) => due.kind === 'preservation')
  return (
    <>
      {filing.renewed !== null && (
        <p class={styles.quiet}>
          {t('ledger.renewed', { day: calendarDayText(filing.renewed.day, language) })}
        </p>
      )}
      {isKept && (
        <div>
          <Button onPress={() => onChange({ kind: 'renew', told: now })}>{t('ledger.renew')}</Button>
        </div>
      )}
    </>
  )
}

/** One filing: what was sent, what is due, what came back, and how one goes on. */
export function FilingPage(props: FilingPageProps) {
  const { t } = useWords()
  const { filing, name, dues, now, onChange } = props
  return (
    <section class={styles.page}>
      <div>
        <Button kind="back" onPress={props.onBack}>
          {t('ledger.all')}
        </Button>
      </div>
      <PageHeading of={filing.id}>{name}</PageHeading>
      {dues.length > 0 && (
        <ol class={styles.list}>
          {dues.map((line) => (
            <li key={line.due.kind} class={styles.line}>
              <DueText {...line} />
            </li>
          ))}
        </ol>
      )}
      <Renewing filing={filing} now={now} dues={dues} onChange={onChange} />
      <h2>{t('ledger.about')}</h2>
      <Facts filing={filing} name={name} />
      <Written
        value={filing.reference}
        onWrite={(reference) => onChange({ kind: 'reference', reference })}
        field={(frame) => (
          <TextField
            label={t('ledger.reference')}
            hint={t('ledger.referenceHint')}
            maxLength={2_000}
            {...frame}
          />
        )}
      />
      <Written
        value={filing.note}
        onWrite={(note) => onChange({ kind: 'note', note })}
        field={(frame) => <TextArea label={t('ledger.note')} rows={3} maxLength={20_000} {...frame} />}
      />
      <div class={styles.pair}>
        {props.verifiedAddress !== null && (
          <a href={props.verifiedAddress} target="_blank" rel="noopener noreferrer">
            {t('next.open', { channel: name })}
          </a>
        )}
        {props.onOpenCase && <Button onPress={props.onOpenCase}>{t('ledger.openCase')}</Button>}
      </div>
      <h2>{t('ledger.answer')}</h2>
      <Answering
        answer={filing.answer}
        now={now}
        onWrite={(answer) => onChange({ kind: 'answer', answer })}
      />
      {(filing.answer !== null || filing.appeals.length > 0) && (
        <>
          <h2>{t('ledger.appeals')}</h2>
          <Appeals filing={filing} now={now} appealWays={props.appealWays} onChange={onChange} />
        </>
      )}
      <div class={styles.pair}>
        <Button onPress={() => onChange({ kind: 'close', isClosed: !filing.isClosed })}>
          {t(filing.isClosed ? 'ledger.reopen' : 'ledger.close')}
        </Button>
        <ConfirmButton
          label={t('ledger.delete')}
          question={t('ledger.deleteQuestion')}
          confirm={t('ledger.deleteYes')}
          onConfirm={props.onDelete}
        />
      </div>
    </section>
  )
}
