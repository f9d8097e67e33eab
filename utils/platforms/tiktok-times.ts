import type { PostedTime } from '../model/post'
import { timeFromShortAge } from './short-ages'
import { unknownTime } from './times'

const dayMs = 86_400_000

type Options = {
  /** Of the page; ages are written in it. */
  language: string | null
  now: Date
  /** Nothing on this page is older: the time of the video that the comments stand under. */
  notBefore: string | null
}

/** The day in every time zone: which one the page reckons in is not said. */
function dayWindow(asShown: string, ms: number): PostedTime {
  return {
    asShown,
    iso: null,
    from: new Date(ms - 14 * 3_600_000).toISOString(),
    to: new Date(ms + dayMs + 12 * 3_600_000).toISOString(),
    precision: 'day',
    source: 'relative',
  }
}

function dayOf(year: number, month: number, day: number): number | null {
  const ms = Date.UTC(year, month - 1, day)
  const date = new Date(ms)
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? ms : null
}

/**
 * The window that "2d ago", "2025-5-26" or "5-26" gives. Without a year the day counts only where one year
 * alone is possible between `notBefore` and `now`; otherwise nothing but the shown text is known.
 */
export function timeFromShownDay(asShown: string | null, options: Options): PostedTime {
  const { language, now, notBefore } = options
  const [, year, month, day] = asShown?.match(/^(?:(\d{4})-)?(\d{1,2})-(\d{1,2})$/) ?? []
  if (asShown === null || !month || !day) return timeFromShortAge(asShown, language, now)
  const latest = now.getTime() + dayMs
  const earliest = notBefore === null ? null : Date.parse(notBefore) - dayMs
  if (!year && earliest === null) return { ...unknownTime, asShown }
  const first = year ? Number(year) : new Date(earliest ?? latest).getUTCFullYear()
  const last = year ? first : new Date(latest).getUTCFullYear()
  const possible: number[] = []
  for (let at = first; at <= last && possible.length < 2; at += 1) {
    const ms = dayOf(at, Number(month), Number(day))
    if (ms !== null && ms <= latest && (earliest === null || ms >= earliest - dayMs)) possible.push(ms)
  }
  const [only, second] = possible
  return only === undefined || second !== undefined ? { ...unknownTime, asShown } : dayWindow(asShown, only)
}
