import { useState } from 'preact/hooks'
import type { Filing, FilingState } from '../../utils/model/ledger'
import { Button } from '../shared/Button'
import { Tag } from '../shared/Chips'
import { SelectField } from '../shared/Field'
import { useFocusMove } from '../shared/focus'
import { calendarDayText } from '../shared/format'
import { Notice } from '../shared/Notice'
import { PageHeading } from '../shared/PageHeading'
import { useWords } from '../shared/words'
import { type DueLine, DueText } from './Dues'
import { FilingForm, type Told } from './FilingForm'
import { MassReporting } from './MassReporting'
import styles from './Reports.module.css'

/** A filing as the list shows it. */
type FilingLine = { filing: Filing; state: FilingState; name: string }
type NewFiling = Told & { reference: string; channelId: string; caseId: string | null }
type Named = { id: string; name: string }

type LedgerPageProps = {
  dues: (DueLine & { name: string })[]
  filings: FilingLine[]
  channels: Named[]
  cases: Named[]
  now: Told
  /** The name of the calendar file that was just saved. */
  savedAs: string | null
  onOpen: (id: string) => void
  onAdd: (filing: NewFiling) => void
  onCalendar: () => void
  onNumbers: () => void
}

function Adding({
  channels,
  cases,
  now,
  onAdd,
}: Pick<LedgerPageProps, 'channels' | 'cases' | 'now' | 'onAdd'>) {
  const { t } = useWords()
  const [channelId, setChannel] = useState(channels[0]?.id ?? '')
  const [caseId, setCase] = useState('')
  return (
    <div class={styles.box}>
      <h2>{t('ledger.addTitle')}</h2>
      <SelectField
        label={t('ledger.channel')}
        value={channelId}
        options={channels.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={setChannel}
      />
      <SelectField
        label={t('ledger.case')}
        value={caseId}
        options={[
          { value: '', label: t('ledger.noCase') },
          ...cases.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={setCase}
      />
      <FilingForm
        now={now}
        onWrite={(told) => onAdd({ ...told, channelId, caseId: caseId === '' ? null : caseId })}
      />
    </div>
  )
}

type DueListProps = Pick<LedgerPageProps, 'dues' | 'savedAs' | 'onOpen' | 'onCalendar'>

function DueLines({ dues, onOpen }: Pick<DueListProps, 'dues' | 'onOpen'>) {
  return (
    <ol class={styles.list}>
      {dues.map(({ due, nearness, name }) => (
        <li key={`${due.filingId} ${due.kind}`}>
          <button type="button" class={styles.card} onClick={() => onOpen(due.filingId)}>
            <DueText due={due} nearness={nearness} />
            <span>{name}</span>
          </button>
        </li>
      ))}
    </ol>
  )
}

/** What is near, or at least the next thing; the rest is there when asked for. */
function DueList({ dues, savedAs, onOpen, onCalendar }: DueListProps) {
  const { t } = useWords()
  if (dues.length === 0) return <p class={styles.quiet}>{t('ledger.nothingNext')}</p>
  const near = Math.max(1, dues.filter(({ nearness }) => nearness.state !== 'later').length)
  const rest = dues.slice(near)
  return (
    <>
      <DueLines dues={dues.slice(0, near)} onOpen={onOpen} />
      {rest.length > 0 && (
        <details class={styles.mass}>
          <summary>{t('ledger.later', { count: rest.length })}</summary>
          <DueLines dues={rest} onOpen={onOpen} />
        </details>
      )}
      <div class={styles.form}>
        <div>
          <Button onPress={onCalendar}>{t('ledger.calendar')}</Button>
        </div>
        <p class={styles.quiet}>{t('ledger.calendarHint', { title: t('ledger.calendarTitle') })}</p>
        {savedAs !== null && (
          <Notice tone="good" isSpoken>
            <p>{t('ledger.savedAs', { name: savedAs })}</p>
          </Notice>
        )}
      </div>
    </>
  )
}

function FilingList({ filings, onOpen }: Pick<LedgerPageProps, 'filings' | 'onOpen'>) {
  const { t, language } = useWords()
  if (filings.length === 0) return <p class={styles.quiet}>{t('ledger.empty')}</p>
  return (
    <ul class={styles.list}>
      {filings.map(({ filing, state, name }) => (
        <li key={filing.id}>
          <button type="button" class={styles.card} onClick={() => onOpen(filing.id)}>
            <span class={styles.dueTop}>
              <strong>{name}</strong>
              <Tag>{t(`ledger.state.${state}`)}</Tag>
            </span>
            <span class={styles.quiet}>
              {t('ledger.filedOn', { day: calendarDayText(filing.filed.day, language) })}
              {filing.reference !== '' && (
                <>
                  {' · '}
                  <bdi>{filing.reference}</bdi>
                </>
              )}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}

/** The ledger: what comes next, what was filed, and the way to write down more. */
export function LedgerPage(props: LedgerPageProps) {
  const { t } = useWords()
  const [isAdding, setAdding] = useState(false)
  const adding = useFocusMove<HTMLDivElement>(isAdding)
  return (
    <section class={styles.page}>
      <PageHeading of="reports">{t('locker.reports')}</PageHeading>
      <p class={styles.quiet}>{t('ledger.what')}</p>
      {props.filings.length > 0 && (
        <>
          <h2>{t('ledger.next')}</h2>
          <DueList {...props} />
        </>
      )}
      <h2>{t('ledger.filed')}</h2>
      <FilingList {...props} />
      <div ref={adding}>
        {isAdding ? (
          <Adding
            {...props}
            onAdd={(filing) => {
              setAdding(false)
              props.onAdd(filing)
            }}
          />
        ) : (
          <Button kind={props.filings.length === 0 ? 'primary' : 'quiet'} onPress={() => setAdding(true)}>
            {t('ledger.add')}
          </Button>
        )}
      </div>
      <MassReporting />
      <div>
        <Button onPress={props.onNumbers}>{t('stats.title')}</Button>
      </div>
    </section>
  )
}
