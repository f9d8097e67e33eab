import type { PostedTime } from '../model/post'
import { type AgeUnit, timeFromAge, unknownTime } from './times'

const units: readonly AgeUnit[] = ['second', 'minute', 'hour', 'day', 'week', 'month', 'year']
const bidiMarks = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g
/** "(edited)" in any language: a last part in brackets. */
const lastBrackets = /\s*[(（][^()（）]*[)）]\s*$/

/** Languages in which platforms write ages; asked only when the page's own language does not explain one. */
const otherLanguages = (
  'en es pt pt-PT fr de it nl pl ru uk be tr ar fa he ur hi bn pa gu ta te kn ml mr ne si my th lo km vi id ms fil' +
  ' zh-Hans zh-Hant zh-HK ja ko cs sk sl hr sr sr-Latn bs bg mk ro hu el sq lt lv et fi sv nb da is sw zu af am hy' +
  ' ka az kk ky uz mn eu ca gl ps so ha yo ig'
).split(' ')

/** Whether the shown age says, in brackets at its end, that the post was changed. */
export function isMarkedEdited(asShown: string | null): boolean {
  return asShown !== null && lastBrackets.test(asShown.replace(bidiMarks, ''))
}

function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0
  let zero = code
  // Every script's ten digits stand in a row, and before its zero comes no digit.
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1
  return code - zero
}

/** The words with `#` for the number, without spaces and marks of direction: what two writings are compared by. */
function shapeOf(text: string): { shape: string; count: number | null } {
  const plain = text.normalize('NFKC').replace(bidiMarks, '').toLowerCase()
  const digits = plain.match(/\p{Nd}+/u)?.[0] ?? null
  const count = digits ? Number([...digits].map(digitValue).join('')) : null
  return { shape: plain.replace(/\p{Nd}+/u, '#').replace(/[\s.]+/g, ''), count }
}

type Age = { unit: AgeUnit; count: number }

/** Without a number an age is one or two units: Arabic and Hebrew have a form for each. */
function countsFor(count: number | null): readonly number[] {
  return count === null ? [1, 2] : [count]
}

/** Every age that this language writes in exactly this way. */
function agesWritten(language: string, shape: string, count: number | null, style: 'long' | 'short'): Age[] {
  const format = new Intl.RelativeTimeFormat(language, { style })
  return units.flatMap((unit) =>
    countsFor(count)
      .filter((candidate) => shapeOf(format.format(-candidate, unit)).shape === shape)
      .map((candidate) => ({ unit, count: candidate })),
  )
}

function theOnly(ages: readonly Age[]): Age | null {
  const [first] = ages
  if (!first) return null
  return ages.every((age) => age.unit === first.unit && age.count === first.count) ? first : null
}

/** The age whose "12 hours" stands in the text, where the platform's "ago" is not that of Unicode's tables. */
function ageContained(language: string, shape: string, count: number | null): Age | null {
  if (count === null) return null
  const found = units.flatMap((unit) => {
    const format = new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' })
    const phrase = shapeOf(format.format(count)).shape
    return phrase.length > 1 && shape.includes(phrase) ? [{ unit, length: phrase.length }] : []
  })
  const longest = Math.max(...found.map((age) => age.length))
  const [first, second] = found.filter((age) => age.length === longest)
  return first && !second ? { unit: first.unit, count } : null
}

function isLanguage(language: string | null): language is string {
  if (!language) return false
  try {
    return Intl.RelativeTimeFormat.supportedLocalesOf(language).length > 0
  } catch {
    return false
  }
}

function search(language: string | null, shape: string, count: number | null): Age | null {
  const own = isLanguage(language)
    ? (theOnly(agesWritten(language, shape, count, 'long')) ??
      theOnly(agesWritten(language, shape, count, 'short')) ??
      ageContained(language, shape, count))
    : null
  return own ?? theOnly(otherLanguages.flatMap((other) => agesWritten(other, shape, count, 'long')))
}

/** What was found before: a search through all languages takes 30 ms. */
const found = new Map<string, Age | null>()

function understand(asShown: string, language: string | null): Age | null {
  const { shape, count } = shapeOf(asShown.replace(bidiMarks, '').replace(lastBrackets, ''))
  if (shape === '' || shape.length > 60 || (count !== null && count > 10_000)) return null
  // A shape that is understood means the same for any number; one that is not may be for another number.
  const known = found.get(`${language} ${shape}`)
  if (known) return count === null ? known : { unit: known.unit, count }
  const failed = `${language} ${shape} ${count}`
  if (found.has(failed)) return null
  const age = search(language, shape, count)
  // A page can show any number of texts; the memory stays small.
  if (found.size > 500) found.clear()
  found.set(age ? `${language} ${shape}` : failed, age)
  return age
}

/**
 * The window that an age such as "3 hours ago" gives, in whatever language it is written: first `language`
 * (a BCP 47 tag, or null), then all others, if they agree. When it cannot be understood only `asShown` is
 * known; when nothing is shown, nothing.
 */
export function timeFromShownAge(asShown: string | null, language: string | null, now: Date): PostedTime {
  if (asShown === null) return unknownTime
  const age = understand(asShown, language)
  return age ? timeFromAge(asShown, age.count, age.unit, now) : { ...unknownTime, asShown }
}
