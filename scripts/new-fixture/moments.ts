import type { Draw } from './alphabets'
import type { Inventor } from './invent'
import { startShownTimes } from './shown-times'

/** Moves every time of a page by the same span, those inside ids included. */
export type Clock = {
  /** Milliseconds by which all times are moved; whole seconds. */
  offset: number
  /** The latest time in the page before it was moved, in ms since 1970; null when there is none. */
  latest: number | null
  /** The number with its time moved; null when it carries none of this platform. */
  moveNumber: (digits: string) => string | null
  /** The whole key with its time moved (Bluesky, Instagram, Threads); null when it carries none. */
  moveKey: (key: string) => string | null
  /** The whole text moved, when it writes out one of the page's moments in its language; else null. */
  moveShown: (text: string) => string | null
  /** The text with every written-out date in it moved. `hold` keeps the result from being invented anew. */
  moveDates: (text: string, hold: (moved: string) => string) => string
}

type Scheme = {
  shape: RegExp
  began: number
  read: (id: bigint) => number
  write: (ms: number, rest: bigint) => bigint
  rest: number
}

const x = 1_288_834_974_657
const meta = 1_314_220_021_721
const bits = (shift: bigint, epoch: number): Pick<Scheme, 'read' | 'write' | 'rest'> => ({
  read: (id) => Number(id >> shift) + epoch,
  write: (ms, rest) => (BigInt(ms - epoch) << shift) + rest,
  rest: 2 ** Number(shift),
})

/** How ids carry time, as the readers take it from them. */
const schemes: Readonly<Record<string, Scheme>> = {
  x: { shape: /^\d{15,20}$/, began: Date.UTC(2010, 10, 5), ...bits(22n, x) },
  mastodon: { shape: /^\d{17,19}$/, began: Date.UTC(2016, 0, 1), ...bits(16n, 0) },
  linkedin: { shape: /^\d{17,20}$/, began: Date.UTC(2010, 0, 1), ...bits(22n, 0) },
  tiktok: {
    shape: /^\d{16,20}$/,
    began: Date.UTC(2014, 0, 1),
    read: (id) => Number(id >> 32n) * 1_000,
    write: (ms, rest) => (BigInt(Math.floor(ms / 1_000)) << 32n) + rest,
    rest: 2 ** 32 - 1,
  },
  bluesky: {
    shape: /^[2-7a-j][2-7a-z]{12}$/,
    began: Date.UTC(2022, 0, 1),
    read: (id) => Number((id >> 10n) / 1_000n),
    write: (ms, rest) => BigInt(ms) * 1_000n * 1_024n + rest,
    rest: 1_024 * 1_000,
  },
  instagram: { shape: /^[A-Z][\w-]{9,11}$/, began: Date.UTC(2011, 7, 25), ...bits(23n, meta) },
}
const alphabets: Readonly<Record<string, string>> = {
  bluesky: '234567abcdefghijklmnopqrstuvwxyz',
  instagram: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_',
}

function readKey(key: string, alphabet: string): bigint {
  return [...key].reduce(
    (value, letter) => value * BigInt(alphabet.length) + BigInt(alphabet.indexOf(letter)),
    0n,
  )
}

function writeKey(value: bigint, alphabet: string, length: number): string {
  let rest = value
  let key = ''
  while (key.length < length || rest > 0n) {
    key = alphabet[Number(rest % BigInt(alphabet.length))] + key
    rest /= BigInt(alphabet.length)
  }
  return key
}

const newest = Date.UTC(2040, 0, 1)
const dayMs = 86_400_000
const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
const longMonths =
  'January February March April May June July August September October November December'.split(' ')
const monthNames = [...longMonths, ...months].join('|')
const dates = [
  /\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?/g,
  /\d{4}-\d\d-\d\d/g,
  /(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat),? (?:\d{1,2} )?[A-Z][a-z]{2} (?:\d{1,2} )?(?:\d{4} )?\d\d:\d\d:\d\d(?: \d{4})? (?:UTC|GMT)/g,
  new RegExp(`\\b(?:${monthNames}) \\d{1,2}, \\d{4}(?: at|,) \\d{1,2}:\\d\\d\\s[AP]M`, 'g'),
  new RegExp(`\\b\\d{1,2}:\\d\\d\\s[AP]M · (?:${monthNames}) \\d{1,2}, \\d{4}`, 'g'),
  new RegExp(`\\b(?:${monthNames})\\.? \\d{1,2}, \\d{4}`, 'g'),
  new RegExp(`\\b\\d{1,2} (?:${monthNames})\\.? \\d{4}`, 'g'),
  /\d{4}年\d{1,2}月\d{1,2}日/g,
]
const utc = (text: string): number =>
  Date.parse(/(?:Z|[+-]\d\d:?\d\d|UTC|GMT)$/.test(text) ? text : `${text}Z`)

function moveIso(text: string, offset: number): string | null {
  const ms = utc(
    text
      .replace(' ', 'T')
      .replace(/(\.\d{3})\d+/, '$1')
      .replace(/([+-]\d\d)(\d\d)$/, '$1:$2'),
  )
  if (Number.isNaN(ms)) return null
  const zone = /(?:Z|[+-]\d\d:?\d\d)$/.exec(text.slice(10))?.[0] ?? ''
  const [, sign, hours, minutes] = /([+-])(\d\d):?(\d\d)/.exec(zone) ?? []
  const ahead = (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000
  const moved = new Date(ms + offset + ahead).toISOString().replace('T', text.charAt(10))
  const digits = text.slice(0, text.length - zone.length)
  return `${moved.slice(0, Math.min(digits.length, 23))}${'0'.repeat(Math.max(0, digits.length - 23))}${zone}`
}

/** Days without a time of day move by the whole days of the offset. */
function moveDay(text: string, offset: number): string | null {
  const [, year, month, day] = /^(\d{4})\D(\d{1,2})\D(\d{1,2})/.exec(text) ?? []
  const ms = year
    ? Date.UTC(Number(year), Number(month) - 1, Number(day))
    : utc(`${text.replace('.', '')} 00:00`)
  if (Number.isNaN(ms)) return null
  const moved = new Date(ms + Math.round(offset / dayMs) * dayMs)
  const [y, m, d] = [moved.getUTCFullYear(), moved.getUTCMonth(), moved.getUTCDate()]
  if (text.includes('年')) return `${y}年${m + 1}月${d}日`
  if (year) return moved.toISOString().slice(0, 10)
  const isLong = longMonths.some((name) => text.includes(name) && name.length > 3)
  const name = (isLong ? longMonths : months)[m] ?? ''
  return /^\d/.test(text) ? `${d} ${name} ${y}` : `${name} ${d}, ${y}`
}

function moveStamp(text: string, offset: number): string | null {
  const ms = Date.parse(text)
  if (Number.isNaN(ms)) return null
  const moved = new Date(ms + offset).toUTCString()
  const [, weekday, day, month, year, clock] = /^(\w+), (\d+) (\w+) (\d+) ([\d:]+)/.exec(moved) ?? []
  return text.includes(',') ? moved : `${weekday} ${month} ${Number(day)} ${clock} ${year} UTC`
}

/** "June 18, 2023 at 7:51 AM" and "7:51 AM · Jun 18, 2023". */
function moveEnglish(text: string, offset: number): string | null {
  const clock = /\d{1,2}:\d\d\s[AP]M/.exec(text)?.[0] ?? ''
  const day = /[A-Z][a-z]+ \d{1,2}, \d{4}/.exec(text)?.[0] ?? ''
  const ms = Date.parse(`${day} ${clock.replace(/\s/, ' ')} UTC`)
  if (Number.isNaN(ms)) return null
  const moved = new Date(ms + offset)
  const month = /^[A-Z][a-z]{2} /.test(day) ? 'short' : 'long'
  const write = (style: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat('en-US', { ...style, timeZone: 'UTC' }).format(moved)
  return text
    .replace(clock, write({ hour: 'numeric', minute: '2-digit' }))
    .replace(day, write({ month, day: 'numeric', year: 'numeric' }))
}

const movers = [moveIso, moveDay, moveStamp, moveEnglish, moveEnglish, moveDay, moveDay, moveDay]

/** Epoch seconds or milliseconds of the years in which these platforms exist. */
function epochOf(digits: string): { ms: number; unit: number } | null {
  if (!/^(?:\d{10}|\d{13})$/.test(digits)) return null
  const unit = digits.length === 10 ? 1_000 : 1
  const ms = Number(digits) * unit
  return ms > Date.UTC(2005, 0, 1) && ms < Date.UTC(2033, 0, 1) ? { ms, unit } : null
}

function timeIn(scheme: Scheme | undefined, id: string, alphabet: string | undefined): number | null {
  if (!scheme?.shape.test(id)) return null
  const ms = scheme.read(alphabet ? readKey(id, alphabet) : BigInt(id))
  return ms >= scheme.began && ms < newest ? ms : null
}

/** Every exact moment in the texts: written with a machine-readable time, or inside an id. */
function momentsIn(texts: readonly string[], read: (id: string) => number | null): number[] {
  const written = texts
    .flatMap((text) => text.match(dates[0] ?? /$^/g) ?? [])
    .map((text) => utc(text.replace(' ', 'T')))
  const inIds = texts.flatMap((text) => text.match(/[\w-]{9,20}/g) ?? []).map(read)
  return [...written, ...inIds].filter(
    (ms): ms is number => ms !== null && ms > Date.UTC(2005, 0, 1) && ms < newest,
  )
}

function chooseOffset(draw: Draw, first: number | null, began: number): number {
  const span = (40 + draw(300)) * dayMs + draw(86_400) * 1_000
  // Back in time, unless the platform would not have existed yet.
  return first !== null && first - span < began ? span : -span
}

/** The clock of one page. `texts`: everything written in it, where dates are looked for. */
export function startClock(
  platform: string,
  texts: readonly string[],
  { inventor, language }: { inventor: Inventor; language: string | null },
): Clock {
  const name = platform === 'threads' ? 'instagram' : platform
  const scheme = schemes[name]
  const alphabet = alphabets[name]
  const moments = momentsIn(texts, (id) => timeIn(scheme, id, alphabet))
  const first = moments.reduce<number | null>(
    (least, ms) => (least === null || ms < least ? ms : least),
    null,
  )
  const latest = moments.reduce<number | null>((most, ms) => (most === null || ms > most ? ms : most), null)
  const offset = chooseOffset(inventor.drawFor('offset'), first, scheme?.began ?? Date.UTC(2006, 0, 1))

  const moveId = (id: string): string | null => {
    const ms = timeIn(scheme, id, alphabet)
    if (ms === null || !scheme) return null
    const candidates = Array.from({ length: alphabet ? 60 : 1 }, (_, attempt) => {
      const rest = BigInt(inventor.drawFor('id', id, String(attempt))(scheme.rest))
      const moved = scheme.write(ms + offset, rest)
      return alphabet ? writeKey(moved, alphabet, id.length) : String(moved)
    })
    return candidates.find(inventor.isNew) ?? candidates[0] ?? null
  }
  return {
    offset,
    latest,
    moveShown: startShownTimes(moments, offset, [...new Set([language ?? 'en', 'en', 'en-GB'])]),
    moveNumber: (digits) => {
      const epoch = epochOf(digits)
      if (epoch) return String((epoch.ms + offset) / epoch.unit)
      return alphabet ? null : moveId(digits)
    },
    moveKey: (key) => (alphabet ? moveId(key) : null),
    moveDates: (text, hold) =>
      dates.reduce((all, shape, index) => {
        return all.replace(shape, (shown) => {
          const moved = movers[index]?.(shown, offset)
          return moved ? hold(moved) : shown
        })
      }, text),
  }
}
