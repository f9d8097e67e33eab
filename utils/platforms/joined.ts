import type { PostedTime } from '../model/post'
import { unknownTime } from './times'

const dayMs = 86_400_000

type Span = { text: string; from: number; to: number; precision: 'day' | 'month' }

/** Digits of every script stand in tens: the value is the distance to the zero. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0
  let zero = code
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && code - zero < 9) zero -= 1
  return code - zero
}

/** Without direction marks, with common spaces and digits: pages and Intl choose them differently. */
function plain(text: string): string {
  return text
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\u00a0\u202f]/g, ' ')
    .replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)))
}

function yearIn(shown: string): number | null {
  const year = Number(/(?<!\d)(?:19|20)\d\d(?!\d)/.exec(shown)?.[0] ?? Number.NaN)
  return year >= 2003 && year < 2100 ? year : null
}

function spansOf(year: number, language: string): Span[] {
  const styles = { timeZone: 'UTC', year: 'numeric' } as const
  const months = (['long', 'short'] as const).map(
    (month) => new Intl.DateTimeFormat(language, { ...styles, month }),
  )
  const days = (['long', 'short'] as const).map(
    (month) => new Intl.DateTimeFormat(language, { ...styles, month, day: 'numeric' }),
  )
  const spans: Span[] = []
  for (let at = Date.UTC(year, 0, 1); at < Date.UTC(year + 1, 0, 1); at += dayMs) {
    const date = new Date(at)
    for (const day of days) {
      spans.push({ text: plain(day.format(date)), from: at, to: at + dayMs, precision: 'day' })
    }
    if (date.getUTCDate() > 1) continue
    const to = Date.UTC(year, date.getUTCMonth() + 1, 1)
    for (const month of months) {
      spans.push({ text: plain(month.format(date)), from: at, to, precision: 'month' })
    }
  }
  return spans
}

const known = new Map<string, Span[]>()

function knownSpans(year: number, language: string): Span[] {
  const key = `${year} ${language}`
  const before = known.get(key)
  if (before) return before
  let spans: Span[] = []
  try {
    spans = spansOf(year, language)
  } catch {
    // Not a language that Intl knows.
  }
  if (known.size < 20) known.set(key, spans)
  return spans
}

function spansIn(year: number, language: string | null): Span[] {
  const tags = [...new Set([language ?? 'en', 'en'])].filter((tag) => tag.length <= 35)
  return tags.flatMap((tag) => knownSpans(year, tag))
}

/**
 * The day, month or year that a line such as "Joined October 2010" shows, as a window in UTC with a day of slack
 * at either side for the time zone. The line is not parsed: dates are written in the page's language and looked
 * for in it. Only `asShown` when no year of the common calendar is in it; all null for null.
 */
export function joinedTime(asShown: string | null, language: string | null): PostedTime {
  const shown = asShown === null ? '' : plain(asShown)
  const year = yearIn(shown)
  if (year === null || shown.length > 200) return { ...unknownTime, asShown }
  const found = spansIn(year, language)
    .filter(({ text }) => shown.includes(text))
    .reduce<Span | null>((best, span) => (best && best.text.length >= span.text.length ? best : span), null)
  const from = found?.from ?? Date.UTC(year, 0, 1)
  const to = found?.to ?? Date.UTC(year + 1, 0, 1)
  return {
    asShown,
    iso: null,
    from: new Date(from - dayMs).toISOString(),
    to: new Date(to + dayMs).toISOString(),
    precision: found?.precision ?? 'year',
    source: 'dom',
  }
}
