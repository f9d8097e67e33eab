import type { FieldLimit, LengthUnit } from '../model/channel'

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })
const encoder = new TextEncoder()

/** The user-perceived characters of a text, in order; joined they are the text again. */
export function splitGraphemes(text: string): string[] {
  return Array.from(graphemes.segment(text), (part) => part.segment)
}

/** The length of a text as a receiver counts it. */
export function lengthIn(text: string, unit: LengthUnit): number {
  if (unit === 'characters') return text.length
  if (unit === 'bytes') return encoder.encode(text).length
  return splitGraphemes(text).length
}

/** Whether a text has at most so many user-perceived characters; looks no further than it has to. */
function hasAtMost(text: string, max: number): boolean {
  let count = 0
  for (const _ of graphemes.segment(text)) {
    count += 1
    if (count > max) return false
  }
  return true
}

/** Whether a text keeps to every limit. */
export function fits(text: string, limits: readonly FieldLimit[]): boolean {
  return limits.every(({ max, unit }) => {
    if (unit !== 'bytes' && text.length <= max) return true
    return unit === 'graphemes' ? hasAtMost(text, max) : lengthIn(text, unit) <= max
  })
}

/**
 * The longest beginning of the text that keeps to every limit together with `ellipsis`; the text itself when
 * it fits. Never cuts inside a user-perceived character, nor inside an address: half an address leads somewhere
 * else. Empty where not even the ellipsis fits.
 */
export function shorten(text: string, limits: readonly FieldLimit[], ellipsis: string): string {
  if (fits(text, limits)) return text
  const parts = firstGraphemes(text, Math.min(...limits.map((limit) => limit.max)))
  let low = -1
  let high = parts.length + 1
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (fits(beginning(parts, middle, ellipsis), limits)) low = middle
    else high = middle
  }
  return low < 0 ? '' : beginning(parts, beforeAddress(parts, low), ellipsis)
}

const addressStart = /[a-z][a-z0-9+.-]*:\/\/|www\.|@/iu

/** Where to cut instead of at `count`, when that would be within a web address, an at-URI or an e-mail address. */
function beforeAddress(parts: readonly string[], count: number): number {
  const isSpace = (index: number) => /^\s/u.test(parts[index] ?? ' ')
  if (isSpace(count)) return count
  let start = count
  let end = count
  while (start > 0 && !isSpace(start - 1)) start -= 1
  while (end < parts.length && !isSpace(end)) end += 1
  return addressStart.test(parts.slice(start, end).join('')) ? start : count
}

/** No limit leaves room for more characters than its number, so a long text need not be taken apart whole. */
function firstGraphemes(text: string, count: number): string[] {
  const parts: string[] = []
  for (const { segment } of graphemes.segment(text)) {
    if (parts.push(segment) >= count) break
  }
  return parts
}

const isolates = /[\u2066-\u2069]/g
const popIsolate = '\u2069'

/** What closes the directions that a text opens and does not close: what comes after it must not be turned. */
function closing(text: string): string {
  let open = 0
  for (const [mark] of text.matchAll(isolates)) open = mark === popIsolate ? Math.max(0, open - 1) : open + 1
  return popIsolate.repeat(open)
}

function beginning(parts: readonly string[], count: number, ellipsis: string): string {
  const text = parts.slice(0, count).join('').trimEnd()
  return text + closing(text) + ellipsis
}

/** The limit a text uses up most; null without limits. This is the one whose counter a person needs to see. */
export function tightestLimit(text: string, limits: readonly FieldLimit[]): FieldLimit | null {
  const used = (limit: FieldLimit) => lengthIn(text, limit.unit) / limit.max
  return limits.reduce<FieldLimit | null>(
    (tightest, limit) => (tightest === null || used(limit) > used(tightest) ? limit : tightest),
    null,
  )
}
