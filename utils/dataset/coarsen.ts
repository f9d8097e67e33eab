import { grounds } from '../model/case'
import type { PostedTime } from '../model/post'

const dayMs = 24 * 60 * 60 * 1_000

/** The week by ISO 8601 in UTC, such as `2026-W07`. */
function isoWeek(moment: Date): string {
  const day = new Date(Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth(), moment.getUTCDate()))
  // The week belongs to the year of its Thursday.
  day.setUTCDate(day.getUTCDate() + 4 - (day.getUTCDay() || 7))
  const newYear = Date.UTC(day.getUTCFullYear(), 0, 1)
  const week = Math.ceil(((day.getTime() - newYear) / dayMs + 1) / 7)
  return `${day.getUTCFullYear()}-W${String(week).padStart(2, '0')}`
}

/** The month in UTC, such as `2026-M02`: not to be taken for a week or a day. */
function monthOf(moment: Date): string {
  return `${moment.getUTCFullYear()}-M${String(moment.getUTCMonth() + 1).padStart(2, '0')}`
}

/** What stands where the page does not say when something was published, or not closely enough. */
const unknown = 'unknown'

/**
 * The week or month in which something was published; `unknown` when the page shows no time or one so wide that it
 * spans two. Never taken from the moment of capture: that is the person's own doing.
 */
export function periodOf(posted: PostedTime, unit: 'week' | 'month'): string {
  const name = unit === 'week' ? isoWeek : monthOf
  const first = posted.iso ?? posted.from
  const last = posted.iso ?? posted.to
  if (first === null || last === null || posted.precision === 'year') return unknown
  if (posted.precision === 'month' && unit === 'week') return unknown
  const period = name(new Date(first))
  return period === name(new Date(last)) ? period : unknown
}

/** The codes of the column `hour_band`: quarters of a day in UTC. */
export const hourBands = ['00-06', '06-12', '12-18', '18-24', unknown] as const

/** The quarter of the day in UTC; `unknown` when the time is not known to the hour. */
export function hourBandOf(posted: PostedTime): string {
  const isCoarse = posted.precision === 'day' || posted.precision === 'week' || posted.precision === 'month'
  if (posted.iso === null || isCoarse || posted.precision === 'year') return unknown
  return hourBands[Math.floor(new Date(posted.iso).getUTCHours() / 6)] ?? unknown
}

const largestDecade = 1_000_000

/** The lower bound of a number's power of ten: 0, 1, 10, 100 … up to 1,000,000. */
export function decadeOf(count: number): number {
  if (count < 1) return 0
  return Math.min(largestDecade, 10 ** Math.floor(Math.log10(count) + 1e-9))
}

const zeros = [0x660, 0x6f0, 0x966, 0x9e6, 0x1040]

/** Decimal digits of every script a platform counts in, as ASCII. */
function plainDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (sign) => {
    const code = sign.codePointAt(0) ?? 0
    const zero = zeros.find((first) => code >= first && code < first + 10)
    return zero === undefined ? sign.normalize('NFKC') : String(code - zero)
  })
}

const factors: Record<string, number> = { k: 1e3, m: 1e6, b: 1e9, mn: 1e6, mio: 1e6, tsd: 1e3, ألف: 1e3 }

/** The number that a count as shown ("1.2K", "1,234", "١٢٫٣") stands for; null when it says none. */
function readCount(shown: string): number | null {
  const plain = plainDigits(shown).replaceAll('٫', '.').replaceAll('٬', ',').trim().toLowerCase()
  const match = /^([\d.,\s'’]*\d)\s*([\p{L}]*)/u.exec(plain)
  if (!match) return null
  const [, digits = '', word = ''] = match
  const factor = factors[word]
  // Three digits after a sign without a factor: thousands, in one country or another.
  const isGrouped = factor === undefined || /[.,\s'’]\d{3}[.,\s'’]/.test(digits)
  const number = isGrouped ? digits.replace(/[^\d]/g, '') : digits.replace(',', '.').replace(/[^\d.]/g, '')
  const value = Number(number) * (factor ?? 1)
  return Number.isFinite(value) ? value : null
}

/** The decade of a count as shown; null when the page shows none. */
export function countDecade(shown: string | undefined): number | null {
  const count = shown === undefined ? null : readCount(shown)
  return count === null ? null : decadeOf(count)
}

/** At most this many, so that a post that names thirty people is not known by that. */
export function cappedAt(most: number, count: number): number {
  return Math.min(most, count)
}

/** The language without its region or script: `pt` for `pt-BR`; `unknown` when the page says nothing usable. */
export function languageOf(tag: string | null): string {
  const match = /^([a-z]{2,3})(?:[-_]|$)/i.exec(tag ?? '')
  const language = match?.[1]?.toLowerCase()
  return language === undefined || language === 'und' || language === 'zxx' ? unknown : language
}

/** The codes of the column `target_group`; several are joined by `+`. */
export const groundCodes: readonly string[] = [...grounds, 'none']

/** The grounds of an attack in codes: what the person typed freely becomes `other`, nothing becomes `none`. */
export function groundsOf(given: readonly string[]): string {
  const known = new Set(groundCodes)
  const codes = given.map((ground) => ground.trim().toLowerCase().replaceAll(' ', '-'))
  const kept = new Set(codes.map((code) => (known.has(code) && code !== 'none' ? code : 'other')))
  return kept.size === 0 ? 'none' : [...kept].sort().join('+')
}
