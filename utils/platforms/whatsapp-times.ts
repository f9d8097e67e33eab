import type { PostedTime } from '../model/post'
import { exactTime, unknownTime } from './times'

// `data-pre-plain-text` is "[10:15, 08/10/2026] Name: ": hours, order of day and month, digits and halves of the
// day as the interface writes them, in the browser's own zone. What can be read in two ways gives a window.

const marks = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g
const dayMs = 86_400_000
const minuteMs = 60_000
/** WhatsApp opened in 2009. */
const firstYear = 2009

/** The text before a message that WhatsApp puts on the clipboard: when, and who. */
export type Prefix = { when: string; sender: string | null }

/** The parts of `data-pre-plain-text`. Null when it has another form. */
export function readPrefix(value: string | null): Prefix | null {
  const [, when, rest] = value?.match(/^\s*\[([^\]]{4,80})\]\s*([\s\S]{0,400})$/) ?? []
  if (!when || rest === undefined) return null
  const sender = rest.replace(/\s*[:：]\s*$/, '').trim()
  return { when: when.replace(marks, '').trim(), sender: sender === '' ? null : sender }
}

/** Every script's ten digits stand in a row, and before its zero comes no digit. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0
  let zero = code
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1
  return String(code - zero)
}

function plain(text: string): string {
  return text.replace(marks, '').replace(/\p{Nd}/gu, asciiDigit)
}

const yearFirst = /(?<!\d)(\d{4})[^\d:,،]{1,3}(\d{1,2})[^\d:,،]{1,3}(\d{1,2})(?!\d)/
const yearLast = /(?<!\d)(\d{1,2})[^\d:,،]{1,3}(\d{1,2})[^\d:,،]{1,3}(\d{4})(?!\d)/

type Day = { year: number; month: number; day: number }
export type DayOrder = 'day-first' | 'month-first'

type Shown = { days: Day[]; order: DayOrder | null; clock: string }

function isDay({ year, month, day }: Day): boolean {
  const date = new Date(year, month - 1, day)
  return year >= firstYear && date.getMonth() === month - 1 && date.getDate() === day
}

/** The days that the text can mean, and what is left of it. Null when it names none. */
function readDays(when: string): Shown | null {
  const text = plain(when)
  const first = text.match(yearFirst)
  const found = first ?? text.match(yearLast)
  if (!found) return null
  const [shown, a, b, c] = [found[0], ...found.slice(1).map(Number)]
  // What else belongs to the date ("日", "г.") stays with it: the clock is the part on the other side of a comma.
  const parts = text.split(/[,،、，]/)
  const clock =
    parts.find((part) => !part.includes(shown ?? '') && /\d/.test(part)) ?? text.replace(shown ?? '', ' ')
  const one = a ?? 0
  const two = b ?? 0
  const three = c ?? 0
  if (first) return { days: [{ year: one, month: two, day: three }].filter(isDay), order: null, clock }
  const dayFirst = { year: three, month: two, day: one }
  const monthFirst = { year: three, month: one, day: two }
  const days = (one === two ? [dayFirst] : [dayFirst, monthFirst]).filter(isDay)
  const only = days.length === 1 && one !== two ? days[0] : null
  return { days, order: only ? (only === dayFirst ? 'day-first' : 'month-first') : null, clock }
}

/** What was read before: one page shows the same texts to each of its messages. */
const orders = new Map<string, DayOrder | null>()

function orderOf(when: string): DayOrder | null {
  const known = orders.get(when)
  if (known !== undefined) return known
  const order = readDays(when)?.order ?? null
  if (orders.size < 5_000) orders.set(when, order)
  return order
}

/** The order of day and month that these texts of one interface share. Null when none of them shows it. */
export function dayOrderOf(texts: readonly string[]): DayOrder | null {
  const shown = new Set(texts.map(orderOf).filter((order) => order !== null))
  const [order = null] = shown
  return shown.size === 1 ? order : null
}

function letters(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}]/gu, '')
}

/** For each hour how a language names its half or part of the day; looked up once. */
const halves = new Map<string, Set<string>[]>()

function halvesOf(language: string): Set<string>[] {
  const known = halves.get(language)
  if (known) return known
  let words: Set<string>[] = []
  try {
    const styles: Intl.DateTimeFormatOptions[] = [
      { hour: 'numeric', hour12: true },
      { hour: 'numeric', hour12: true, dayPeriod: 'short' },
    ]
    words = Array.from({ length: 24 }, (_, hour) => {
      const at = new Date(2024, 0, 10, hour)
      const parts = styles.flatMap((style) => new Intl.DateTimeFormat(language, style).formatToParts(at))
      return new Set(parts.flatMap(({ type, value }) => (type === 'dayPeriod' ? letters(value) : [])))
    })
  } catch {
    // Not a language, or none that Intl knows.
  }
  if (halves.size < 100) halves.set(language, words)
  return words
}

/** The hours that the text can mean, with its minute. */
function readClock(text: string, language: string | null): { hours: number[]; minute: number } | null {
  const [, hour, minute] = text.match(/(?<!\d)(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?(?!\d)/) ?? []
  const shown = Number(hour)
  if (!minute || shown > 23 || Number(minute) > 59) return null
  const word = letters(text)
  const exact = { hours: [shown], minute: Number(minute) }
  // Without a word it is one of 24 hours, and so it is past the twelfth, whatever the word is.
  if (word === '' || shown > 12) return exact
  const both = [shown % 12, (shown % 12) + 12]
  for (const tag of new Set([language ?? 'en', 'en'])) {
    const words = halvesOf(tag)
    const named = both.filter((candidate) => words[candidate]?.has(word))
    if (named.length === 1) return { hours: named, minute: Number(minute) }
  }
  return { hours: [...new Set([...both, shown])].sort((a, b) => a - b), minute: Number(minute) }
}

function momentsOf(days: readonly Day[], clock: { hours: number[]; minute: number } | null): number[] {
  const at = ({ year, month, day }: Day, hour: number, minute: number) =>
    new Date(year, month - 1, day, hour, minute).getTime()
  const hours = clock?.hours ?? [0]
  return days.flatMap((day) => hours.map((hour) => at(day, hour, clock?.minute ?? 0)))
}

/**
 * The moment that the text shows: to the minute where it can mean only one, otherwise the span of all that it can
 * mean; only what is shown when it is not understood. Nothing later than a day after `now` is meant.
 */
export function timeFromPrefix(
  when: string,
  { language, order, now }: { language: string | null; order: DayOrder | null; now: Date },
): PostedTime {
  const shown = readDays(when)
  const inOrder = shown?.days.length === 2 && order ? shown.days.slice(order === 'day-first' ? 0 : 1) : null
  const days = inOrder?.slice(0, 1) ?? shown?.days ?? []
  const clock = shown ? readClock(shown.clock, language) : null
  const moments = momentsOf(days, clock).filter((ms) => ms <= now.getTime() + dayMs)
  const [first] = moments
  if (first === undefined) return { ...unknownTime, asShown: when }
  if (clock && moments.length === 1) return exactTime('dom', new Date(first).toISOString(), when, 'minute')
  const end = Math.max(...moments) + (clock ? minuteMs : dayMs)
  return {
    asShown: when,
    iso: null,
    from: new Date(Math.min(...moments)).toISOString(),
    to: new Date(Math.max(Math.min(end, now.getTime()), Math.min(...moments))).toISOString(),
    precision: null,
    source: 'relative',
  }
}
