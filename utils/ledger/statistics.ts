import type { Published, Statistics, StatisticsRow, TallyRow } from '../model/ledger'
import { answerTimes } from './tallies'

/** Below this a number could be about one person: it is not published. */
export const smallestCell = 5

/** A part of a whole is published only when neither it nor the rest is small. */
function publish(part: number, whole: number): Published {
  const isSmall = (count: number) => count > 0 && count < smallestCell
  return isSmall(part) || isSmall(whole - part) ? null : part
}

function publishRow(row: TallyRow): StatisticsRow {
  const answered = publish(row.answered, row.filed)
  const actedOn = publish(row.actedOn, row.filed)
  // Acted on among the answered is a part of a part: both rests must be large enough.
  const isPartHidden = answered !== null && publish(row.actedOn, row.answered) === null
  const appealsDecided =
    row.appealsDecided > 0 && row.appealsDecided < smallestCell ? null : row.appealsDecided
  const times = row.answered >= smallestCell ? answerTimes(row.answerDays) : null
  return {
    platform: row.platform,
    channelId: row.channelId,
    filed: row.filed,
    answered,
    actedOn: isPartHidden ? null : actedOn,
    medianDays: times?.median ?? null,
    slowestDays: times?.slowest ?? null,
    appealsDecided,
    appealsWon: appealsDecided === null ? null : publish(row.appealsWon, row.appealsDecided),
  }
}

type Summed = 'answered' | 'actedOn' | 'appealsDecided' | 'appealsWon'

function sum(rows: readonly StatisticsRow[], name: Summed): Published {
  return rows.reduce<Published>((total, row) => {
    const part = row[name]
    return total === null || part === null ? null : total + part
  }, 0)
}

/** What of the counts may be published: nothing from which a number below the smallest cell could be told. */
export function publishStatistics(tally: readonly TallyRow[]): Statistics {
  const shown = tally.filter((row) => row.filed >= smallestCell)
  const rows = shown.map(publishRow)
  return {
    rows,
    heldBackRows: tally.length - shown.length,
    total: {
      filed: rows.reduce((total, row) => total + row.filed, 0),
      answered: sum(rows, 'answered'),
      actedOn: sum(rows, 'actedOn'),
      appealsDecided: sum(rows, 'appealsDecided'),
      appealsWon: sum(rows, 'appealsWon'),
    },
  }
}

/** A cell that no spreadsheet takes for a formula (it would run it), quoted where it must be (RFC 4180). */
export function csvCell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = /^[\s\p{C}]*[=+\-@\t\r|%＝＋－＠]/u.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const columns = [
  'platform',
  'channel',
  'filed',
  'answered',
  'acted_on',
  'median_days',
  'slowest_days',
  'appeals_decided',
  'appeals_won',
] as const

/** The rows as CSV (RFC 4180, with a header). An empty cell is held back, or there was no answer to count. */
export function statisticsCsv(
  { rows }: Statistics,
  nameOf: (row: StatisticsRow) => { platform: string; channel: string },
): string {
  const lines = rows.map((row) => {
    const { platform, channel } = nameOf(row)
    return [
      platform,
      channel,
      row.filed,
      row.answered,
      row.actedOn,
      row.medianDays,
      row.slowestDays,
      row.appealsDecided,
      row.appealsWon,
    ]
  })
  return [columns, ...lines].map((line) => `${line.map(csvCell).join(',')}\r\n`).join('')
}

/** The same as JSON, with the rule by which numbers were held back. */
export function statisticsJson(statistics: Statistics, madeAt: string): string {
  const { rows, heldBackRows, total } = statistics
  const about = {
    kind: 'witnessmark-statistics',
    version: 1,
    madeAt,
    smallestCell,
    rule: 'Rows with fewer filings than smallestCell are left out and in no total. A number is null where it, or the rest of its whole, is from 1 to smallestCell - 1. Times are days from filing to the first answer, for at least smallestCell answers.',
  }
  return `${JSON.stringify({ ...about, heldBackRows, total, rows }, null, 2)}\n`
}
