import type { Item } from '../model/item'
import type { PostedTime } from '../model/post'
import { fails, isAbsent, passes, type Reason, type Statement } from './verification'

const id = 'capture-time'
/** Clocks of devices and platforms differ a little. */
const slackMs = 5 * 60_000

const roundingMs: Record<NonNullable<PostedTime['precision']>, number> = {
  millisecond: 0,
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 7 * 86_400_000,
  month: 31 * 86_400_000,
  year: 366 * 86_400_000,
}

/**
 * Milliseconds since 1970 of a time as `toISOString` writes it. NaN for any other text, such as 30 February.
 */
function readUtc(text: string): number {
  const ms = Date.parse(text)
  return ms >= 0 && new Date(ms).toISOString() === text ? ms : Number.NaN
}

/** The same for an HTTP `Date` header (RFC 9110 IMF-fixdate). */
function readHttpDate(text: string): number {
  const ms = Date.parse(text)
  return ms >= 0 && new Date(ms).toUTCString() === text ? ms : Number.NaN
}

/** The earliest moment at which the post can have been published, in ms. Null when the page shows no time. */
function earliestPosted(posted: PostedTime): number | null {
  const known = posted.iso ?? posted.from
  if (known === null) return null
  return readUtc(known) - (posted.precision ? roundingMs[posted.precision] : 0)
}

function reasonAgainst(item: Item, madeAt: string | null): Reason | null {
  const captured = readUtc(item.captured.utc)
  const posted = earliestPosted(item.post.posted)
  const made = madeAt === null ? captured : readUtc(madeAt)
  const platform = item.captured.platformDate === null ? captured : readHttpDate(item.captured.platformDate)
  if ([captured, posted ?? captured, made, platform].some(Number.isNaN)) return 'time-unreadable'
  if (posted !== null && posted > captured + slackMs) return 'captured-before-posted'
  if (captured > made + slackMs) return 'captured-after-made'
  return Math.abs(platform - captured) > slackMs ? 'clock-differs' : null
}

/**
 * Whether the claimed time of capture can be true beside the other times in the bundle: not before the post, not
 * after the bundle was made, not far from the platform's own clock. Absent when the post shows no time.
 */
export function checkTime(item: Item, folderId: string, madeAt: string | null): Statement {
  const subject = `data/items/${folderId}`
  const reason = reasonAgainst(item, madeAt)
  if (reason) return fails(id, subject, reason)
  return earliestPosted(item.post.posted) === null
    ? isAbsent(id, subject, 'no-posted-time')
    : passes(id, subject)
}
