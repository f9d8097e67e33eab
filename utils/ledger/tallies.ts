import type { Filing, Tally, TallyRow } from '../model/ledger'
import { daysBetween } from './days'
import { wasActedOn } from './filings'

type Counts = Omit<TallyRow, 'platform' | 'channelId'>

const nothing: Counts = {
  filed: 0,
  answered: 0,
  actedOn: 0,
  answerDays: {},
  appealsDecided: 0,
  appealsWon: 0,
}

function addUp(one: Counts, other: Counts): Counts {
  const answerDays = { ...one.answerDays }
  for (const [days, count] of Object.entries(other.answerDays)) {
    answerDays[days] = (answerDays[days] ?? 0) + count
  }
  return {
    filed: one.filed + other.filed,
    answered: one.answered + other.answered,
    actedOn: one.actedOn + other.actedOn,
    answerDays,
    appealsDecided: one.appealsDecided + other.appealsDecided,
    appealsWon: one.appealsWon + other.appealsWon,
  }
}

function countsOf(filing: Filing): Counts {
  const { answer } = filing
  const decided = filing.appeals.flatMap((appeal) => appeal.answer ?? [])
  const won = decided.filter(({ decision }) => decision === 'acted' || decision === 'partly')
  const days = answer && Math.min(99_999, Math.max(0, daysBetween(filing.filed.day, answer.at.day)))
  return {
    filed: 1,
    answered: answer ? 1 : 0,
    actedOn: wasActedOn(filing) ? 1 : 0,
    answerDays: days === null ? {} : { [days]: 1 },
    appealsDecided: decided.length,
    appealsWon: won.length,
  }
}

function byPlace(rows: readonly TallyRow[]): TallyRow[] {
  const sums = new Map<string, TallyRow>()
  for (const row of rows) {
    const { platform, channelId, ...counts } = row
    const key = JSON.stringify([platform, channelId])
    sums.set(key, { platform, channelId, ...addUp(sums.get(key) ?? nothing, counts) })
  }
  return [...sums].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row)
}

/**
 * The counts of a ledger by platform and channel. A filing about two platforms counts once, for the first it
 * names: counts must add up. A filing of no platform counts for `''`.
 */
export function countFilings(filings: readonly Filing[]): TallyRow[] {
  return byPlace(
    filings.map((filing) => ({
      platform: filing.platforms[0] ?? '',
      channelId: filing.channelId,
      ...countsOf(filing),
    })),
  )
}

/** The newest tally of each locker, in a fixed order. Nothing is counted twice, however often it is merged. */
export function mergeTallies(...lists: readonly (readonly Tally[])[]): Tally[] {
  const newest = new Map<string, Tally>()
  const rank = (tally: Tally) => `${tally.madeAt} ${JSON.stringify(byPlace(tally.rows))}`
  for (const tally of lists.flat()) {
    const known = newest.get(tally.source)
    if (known === undefined || rank(known) < rank(tally)) newest.set(tally.source, tally)
  }
  return [...newest.values()].sort((one, other) => (one.source < other.source ? -1 : 1))
}

/** The counts of several lockers, added up by platform and channel. */
export function sumTallies(tallies: readonly Tally[]): TallyRow[] {
  return byPlace(tallies.flatMap((tally) => tally.rows))
}

/** The middle and the longest of the answer times, in days; null without an answer. Of an even number, the mean. */
export function answerTimes(answerDays: Record<string, number>): { median: number; slowest: number } | null {
  const sorted = Object.entries(answerDays)
    .map(([days, count]) => ({ days: Number(days), count }))
    .sort((one, other) => one.days - other.days)
  const total = sorted.reduce((sum, { count }) => sum + count, 0)
  const last = sorted.at(-1)
  if (last === undefined || total === 0) return null
  const at = (place: number): number => {
    let passed = 0
    for (const { days, count } of sorted) {
      passed += count
      if (place < passed) return days
    }
    return last.days
  }
  const median = (at(Math.floor((total - 1) / 2)) + at(Math.floor(total / 2))) / 2
  return { median, slowest: last.days }
}
