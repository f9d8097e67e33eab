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

/** Whether a text keeps to every limit. */
export function fits(text: string, limits: readonly FieldLimit[]): boolean {
  return limits.every((limit) => lengthIn(text, limit.unit) <= limit.max)
}

/**
 * The longest beginning of the text that keeps to every limit together with `ellipsis`; the text itself when
 * it fits. Never cuts inside a user-perceived character. Empty where not even the ellipsis fits.
 */
export function shorten(text: string, limits: readonly FieldLimit[], ellipsis: string): string {
  if (fits(text, limits)) return text
  const parts = splitGraphemes(text)
  let low = -1
  let high = parts.length
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (fits(beginning(parts, middle, ellipsis), limits)) low = middle
    else high = middle
  }
  return low < 0 ? '' : beginning(parts, low, ellipsis)
}

function beginning(parts: readonly string[], count: number, ellipsis: string): string {
  return parts.slice(0, count).join('').trimEnd() + ellipsis
}

/** The limit a text uses up most; null without limits. This is the one whose counter a person needs to see. */
export function tightestLimit(text: string, limits: readonly FieldLimit[]): FieldLimit | null {
  const used = (limit: FieldLimit) => lengthIn(text, limit.unit) / limit.max
  return limits.reduce<FieldLimit | null>(
    (tightest, limit) => (tightest === null || used(limit) > used(tightest) ? limit : tightest),
    null,
  )
}
