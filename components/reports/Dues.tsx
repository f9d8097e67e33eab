import type { Due, Nearness } from '../../utils/model/ledger'
import type { Words } from '../../utils/words/translate'
import { calendarDayText } from '../shared/format'
import { useWords } from '../shared/words'
import styles from './Reports.module.css'

/** Something due, with how near it is. */
export type DueLine = { due: Due; nearness: Nearness }

/** How near it is, in words. */
function nearnessText({ state, days }: Nearness, t: Words['t']): string {
  if (state === 'today') return t('ledger.near.today')
  if (state === 'over' && days === 0) return t('ledger.near.overToday')
  return state === 'over' ? t('ledger.near.over', { count: -days }) : t('ledger.near.in', { count: days })
}

/** One thing due: the day, what it is, and how well the clock is known. */
export function DueText({ due, nearness }: DueLine) {
  const { t, language } = useWords()
  const time =
    due.at === null
      ? ''
      : `, ${new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(new Date(due.at))}`
  const known = due.isEuLaw ? 'eu-law' : due.evidence
  const basis = due.kind === 'follow-up' ? 'follow-up' : known
  return (
    <>
      <span class={styles.dueTop}>
        <strong>
          {calendarDayText(due.day, language)}
          {time}
        </strong>
        <span class={styles.near} data-state={nearness.state}>
          {nearnessText(nearness, t)}
        </span>
      </span>
      <span>{t(`ledger.due.${due.kind}`)}</span>
      <span class={styles.quiet}>{t(`ledger.basis.${basis}`)}</span>
    </>
  )
}
