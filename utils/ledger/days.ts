import type { When } from '../model/ledger'

const dayMs = 86_400_000

/** Midnight UTC of a calendar day, as milliseconds; only for counting days. */
function toNumber(day: string): number {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const at = new Date(0)
  // `Date.UTC` takes years below 100 for years of the 20th century.
  at.setUTCFullYear(year, month - 1, date)
  return at.getTime()
}

function toDay(number: number): string {
  return new Date(number).toISOString().slice(0, 10)
}

/** The day so many days later; earlier with a negative number. Throws where no year of four digits holds it. */
export function addDays(day: string, days: number): string {
  return toDay(toNumber(day) + days * dayMs)
}

/** The same date so many months later; the last day of that month where it has no such date. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const first = new Date(0)
  first.setUTCFullYear(year, month - 1 + months, 1)
  const next = new Date(first)
  next.setUTCMonth(next.getUTCMonth() + 1)
  const last = Math.round((next.getTime() - first.getTime()) / dayMs)
  return addDays(toDay(first.getTime()), Math.min(date, last) - 1)
}

/** How many days it is from one day to another; negative backwards. */
export function daysBetween(from: string, to: string): number {
  return Math.round((toNumber(to) - toNumber(from)) / dayMs)
}

/** Whether the zone has a name that this browser knows. */
function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

/** What the clock on the wall shows in a zone at a moment, as milliseconds of a clock that stands in UTC. */
function wallOf(ms: number, zone: string): number {
  const format = new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  const parts = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]))
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

/** The calendar day in a zone at a moment (milliseconds since 1970). A zone unknown here counts as UTC. */
export function dayIn(zone: string, ms: number): string {
  return toDay(wallOf(ms, isZone(zone) ? zone : 'UTC'))
}

/**
 * The moment of a day and a time by the clock of a zone, in milliseconds since 1970. A time that the clock skips
 * in spring is taken an hour later; of a time that it shows twice in autumn, the first is meant. Without a time it
 * is the end of the day: nothing that counts from there is over too early.
 */
export function momentOf(when: When): number {
  const zone = isZone(when.zone) ? when.zone : 'UTC'
  if (when.time === null) return momentOf({ ...when, day: addDays(when.day, 1), time: '00:00' })
  const [hour = 0, minute = 0] = when.time.split(':').map(Number)
  const wall = toNumber(when.day) + (hour * 60 + minute) * 60_000
  // The offset a day before and a day after: around a change of the clock one of them is right.
  const [before, after] = [wall - dayMs, wall + dayMs].map((near) => wallOf(near, zone) - near)
  const [first, second] = [wall - (before ?? 0), wall - (after ?? 0)]
  if (wallOf(first, zone) === wall) return first
  return wallOf(second, zone) === wall ? second : first
}

/** A day and time by the clock of a zone at a moment. */
export function whenAt(ms: number, zone: string): When {
  const known = isZone(zone) ? zone : 'UTC'
  const wall = new Date(wallOf(ms, known)).toISOString()
  return { day: wall.slice(0, 10), time: wall.slice(11, 16), zone: known }
}
