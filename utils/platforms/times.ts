import type { PostedTime } from '../model/post'

/** Milliseconds since 1970, UTC, from ids that carry time. Formulas measured on pages that show both. */
const formulas = {
  /** X post id. Ids below 2.9e10 (before November 2010) are plain counters. */
  x: (id: string) => (BigInt(id) < 29_000_000_000n ? null : Number((BigInt(id) >> 22n) + 1_288_834_974_657n)),
  mastodon: (id: string) => Number(BigInt(id) >> 16n),
  /** Not measured: the formula that Discord publishes. */
  discord: (id: string) => Number((BigInt(id) >> 22n) + 1_420_070_400_000n),
  bluesky: (key: string) => Number((readBase32(key) >> 10n) / 1000n),
} as const

const tidAlphabet = '234567abcdefghijklmnopqrstuvwxyz'
const tidShape = /^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$/

function readBase32(key: string): bigint {
  let value = 0n
  for (const letter of key) value = value * 32n + BigInt(tidAlphabet.indexOf(letter))
  return value
}

/** The year in which each scheme began; an earlier result means that the id is of another kind. */
const began = {
  x: Date.UTC(2010, 10, 1),
  mastodon: Date.UTC(2016, 0, 1),
  discord: Date.UTC(2015, 0, 1),
  bluesky: Date.UTC(2022, 0, 1),
} as const

const dayMs = 86_400_000

/**
 * The moment encoded in an id, in UTC. Null when the id is not of the scheme's form, or the result lies before
 * the scheme began or more than a day after `now`.
 */
export function timeFromId(scheme: keyof typeof formulas, id: string, now: Date): string | null {
  const shape = scheme === 'bluesky' ? tidShape : /^\d{1,20}$/
  if (!shape.test(id)) return null
  const ms = formulas[scheme](id)
  return ms === null ? null : timeFromMs(ms, began[scheme], now)
}

/**
 * A moment in milliseconds since 1970, UTC, read from an id. Null when it lies before the scheme `began` or more
 * than a day after `now`: then the id is of another kind.
 */
export function timeFromMs(ms: number, began: number, now: Date): string | null {
  return ms < began || ms > now.getTime() + dayMs ? null : new Date(ms).toISOString()
}

/** A machine-readable time of the page as ISO in UTC. Null when it is no time or carries no zone. */
export function timeFromAttribute(value: string | null | undefined): string | null {
  const parts = value?.trim().match(/^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(\.\d+)?(Z|[+-]\d\d:?\d\d)$/)
  if (!parts) return null
  const [, day, clock, fraction = '', zone = 'Z'] = parts
  const ms = Date.parse(`${day}T${clock}${fraction.slice(0, 4)}${zone.replace(/^(...)(\d\d)$/, '$1:$2')}`)
  return isFourDigitYear(ms) ? new Date(ms).toISOString() : null
}

function isFourDigitYear(ms: number): boolean {
  return ms >= Date.UTC(1970, 0, 1) && ms < Date.UTC(9999, 0, 1)
}

/** What is known when the page shows no time at all. */
export const unknownTime: PostedTime = {
  asShown: null,
  iso: null,
  from: null,
  to: null,
  precision: null,
  source: null,
}

/** A time that is known to the moment: from the page (`dom`) or from the post's id (`id`). */
export function exactTime(
  source: 'dom' | 'id',
  iso: string,
  asShown: string | null,
  precision: PostedTime['precision'] = iso.endsWith('.000Z') ? 'second' : 'millisecond',
): PostedTime {
  return { asShown, iso, from: null, to: null, precision, source }
}

/**
 * The time to believe when the page shows an age (as a window) and the id carries a moment: the id's moment
 * inside the window, else the window. Without a window the id's moment; without either what was shown.
 */
export function settleTime(shown: PostedTime, fromId: string | null): PostedTime {
  if (fromId === null) return shown
  const isAgreed = shown.from === null || shown.to === null || (fromId >= shown.from && fromId <= shown.to)
  return isAgreed ? exactTime('id', fromId, shown.asShown) : shown
}

/** Shortest and longest length of each unit. */
const unitMs = {
  second: [1_000, 1_000],
  minute: [60_000, 60_000],
  hour: [3_600_000, 3_600_000],
  day: [dayMs, dayMs],
  week: [7 * dayMs, 7 * dayMs],
  month: [28 * dayMs, 31 * dayMs],
  year: [365 * dayMs, 366 * dayMs],
} as const

export type AgeUnit = keyof typeof unitMs

/**
 * The window in which something "`count` units ago" was published: one unit of slack at either side, because
 * platforms round both up and down.
 */
export function timeFromAge(asShown: string, count: number, unit: AgeUnit, now: Date): PostedTime {
  const [shortest, longest] = unitMs[unit]
  const from = now.getTime() - (count + 1) * longest
  if (!isFourDigitYear(from)) return { ...unknownTime, asShown }
  return {
    asShown,
    iso: null,
    from: new Date(from).toISOString(),
    to: new Date(Math.min(now.getTime(), now.getTime() - (count - 1) * shortest)).toISOString(),
    precision: unit,
    source: 'relative',
  }
}
