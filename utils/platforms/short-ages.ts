import type { PostedTime } from '../model/post'
import { timeFromShownAge } from './ages'
import { type AgeUnit, timeFromAge } from './times'

/** Minute before month: where both are "m", platforms mean the minute. */
const units: readonly AgeUnit[] = ['minute', 'hour', 'day', 'week', 'month', 'year', 'second']

/** Abbreviations that platforms use beside those of Unicode's tables, mostly as they are in English. */
const platformWords: Record<string, AgeUnit> = {
  s: 'second',
  m: 'minute',
  h: 'hour',
  d: 'day',
  w: 'week',
  mo: 'month',
  y: 'year',
  yr: 'year',
}

const marks = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g

function wordOf(text: string): string {
  return text
    .normalize('NFKC')
    .replace(marks, '')
    .toLowerCase()
    .replace(/[\p{Nd}\s.()]+/gu, '')
}

/** How a language writes this many units, as words without the number. */
function wordsFor(language: string, unit: AgeUnit, count: number): string[] {
  const displays = ['narrow', 'short', 'long'] as const
  return displays.flatMap((unitDisplay) => [
    wordOf(new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay }).format(count)),
    wordOf(new Intl.RelativeTimeFormat(language, { style: unitDisplay }).format(-count, unit)),
  ])
}

function searchIn(language: string, word: string, count: number): AgeUnit | null {
  const known = units.map((unit) => ({ unit, words: wordsFor(language, unit, count) }))
  const exact = known.find(({ words }) => words.includes(word))
  if (exact) return exact.unit
  // "3 Tag(e)", "5 min": cut words of three letters and more, when only one unit begins so.
  const similar = known.filter(({ words }) =>
    words.some(
      (other) => word.length > 2 && other.length > 2 && (other.startsWith(word) || word.startsWith(other)),
    ),
  )
  const [only, second] = similar
  return only && !second ? only.unit : null
}

function isLanguage(language: string | null): language is string {
  if (!language) return false
  try {
    return Intl.NumberFormat.supportedLocalesOf(language).length > 0
  } catch {
    return false
  }
}

/** What was found before: Intl objects are slow to make. */
const found = new Map<string, AgeUnit | null>()

function unitOf(word: string, count: number, language: string | null): AgeUnit | null {
  // Languages tell at most these numbers apart.
  const kind = count < 11 ? count : 11 + (count % 10)
  const key = `${language} ${word} ${kind}`
  const before = found.get(key)
  if (before !== undefined) return before
  const own = isLanguage(language) ? searchIn(language, word, count) : null
  const bare = word.replace(/ago$/, '')
  const unit = own ?? platformWords[bare] ?? searchIn('en', word, count)
  if (found.size > 500) found.clear()
  found.set(key, unit)
  return unit
}

/**
 * The window of an age as platforms shorten it: "20h", "3 j", "1 Woche", "2d ago"; else as `timeFromShownAge`.
 * `language` is that of the page, as BCP 47 tag.
 */
export function timeFromShortAge(asShown: string | null, language: string | null, now: Date): PostedTime {
  const digits = asShown?.normalize('NFKC').match(/\p{Nd}{1,4}/gu) ?? []
  const count = digits.length === 1 ? numberOf(digits[0] ?? '') : null
  if (asShown === null || count === null || asShown.length > 40) {
    return timeFromShownAge(asShown, language, now)
  }
  const unit = unitOf(wordOf(asShown), count, language)
  return unit ? timeFromAge(asShown, count, unit, now) : timeFromShownAge(asShown, language, now)
}

/** The number that digits of any script write. */
function numberOf(digits: string): number {
  let value = 0
  for (const digit of digits) {
    const code = digit.codePointAt(0) ?? 0
    let zero = code
    while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1
    value = value * 10 + (code - zero)
  }
  return value
}
