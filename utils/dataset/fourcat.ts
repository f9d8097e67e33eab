import { type Bytes, toUtf8 } from '../crypto/bytes'
import type { DatasetRow } from './columns'

/** The first moment of a week or month, as 4CAT writes times; empty for an unknown one. */
function periodStart(week: string): string {
  const match = /^(\d{4})-([WM])(\d{2})$/.exec(week)
  if (!match) return ''
  const [, year = '', unit, number = ''] = match
  if (unit === 'M') return `${year}-${number}-01 00:00:00`
  // The fourth of January is always in the first week.
  const day = new Date(Date.UTC(Number(year), 0, 4))
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() || 7) - 1) + (Number(number) - 1) * 7)
  return `${day.toISOString().slice(0, 10)} 00:00:00`
}

/**
 * Rows in the shape of the NDJSON that capture tools hand to 4CAT: an envelope of `item_id`, `source_platform` and
 * `timestamp_collected`, and in `data` the columns that 4CAT's processors expect (`id`, `thread_id`, `author`,
 * `body`, `timestamp`). By public documentation of 4CAT; no 4CAT server has read it. Nothing of the platform's own
 * is in it: ids are pseudonyms, and the time is the start of the week.
 */
export function fourcatLines(rows: readonly DatasetRow[], first: number): Bytes {
  const line = (row: DatasetRow, index: number) => {
    const start = periodStart(String(row.week))
    const collected = start === '' ? 0 : Date.parse(`${start.replace(' ', 'T')}Z`)
    const { text, ...columns } = row
    return `${JSON.stringify({
      nav_index: '0:0',
      item_id: row.row,
      timestamp_collected: collected,
      source_platform: row.platform,
      source_platform_url: '',
      source_url: '',
      user_agent: '',
      id: first + index,
      data: {
        ...columns,
        id: row.row,
        thread_id: row.row,
        author: row.actor ?? '',
        body: typeof text === 'string' ? text.toWellFormed() : '',
        subject: '',
        timestamp: start,
      },
    })}\n`
  }
  return toUtf8(rows.map(line).join(''))
}
