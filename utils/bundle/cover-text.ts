import type { Span } from '../model/redaction'

/** Stands for what is covered, always of the same length: the length of a name can tell the name. */
export const coverSign = '█████'

export type Cover = {
  /** The text with the words covered. */
  text: (text: string) => string
  /** Whether any of the words stands in it; covers and counts nothing. */
  isIn: (text: string) => boolean
  /** How often words were covered so far. */
  places: () => number
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

/** Marks, joiners and directional signs may stand inside a word and leave it the same word for the eye. */
const invisible = '[\\p{Mn}\\p{Cf}]*'

function patternOf(words: readonly string[]): RegExp | null {
  const forms = words.flatMap((word) => [word, word.normalize('NFC'), word.normalize('NFD')])
  const parts = [...new Set(forms)]
    .filter((word) => word.trim() !== '')
    .toSorted((one, other) => other.length - one.length)
    .map((word) => [...word.trim()].map(escapePattern).join(invisible).replaceAll(/\s+/g, '\\s+'))
  return parts.length === 0 ? null : new RegExp(parts.join('|'), 'giu')
}

/** Composing changes nothing for the eye; it is kept only where something was found by it. */
function withoutChange(covered: string, again: string, composed: string): string {
  return again === composed ? covered : again
}

/**
 * Covers these words wherever they stand in a text, inside other words too, in either case, however their letters and
 * marks are composed. Inflected and misspelt forms are for the person to name.
 */
export function coverWords(words: readonly string[]): Cover {
  const pattern = patternOf(words)
  let places = 0
  const count = (): string => {
    places += 1
    return coverSign
  }
  const text = (whole: string): string => {
    if (pattern === null) return whole
    const covered = whole.replace(pattern, count)
    // Letters that only look like others by their code are the same once they are composed.
    const composed = covered.normalize('NFC')
    return composed === covered ? covered : withoutChange(covered, composed.replace(pattern, count), composed)
  }
  const isIn = (whole: string): boolean =>
    pattern !== null && (whole.search(pattern) >= 0 || whole.normalize('NFC').search(pattern) >= 0)
  return { text, isIn, places: () => places }
}

function mergeSpans(spans: readonly Span[], length: number): Span[] {
  const merged: Span[] = []
  for (const { start, end } of spans.toSorted((one, other) => one.start - other.start)) {
    const last = merged.at(-1)
    if (start >= length) continue
    if (last && start <= last.end) last.end = Math.max(last.end, end)
    else merged.push({ start, end })
  }
  return merged
}

/** The text with these stretches covered; those that meet or overlap become one. */
export function coverSpans(text: string, spans: readonly Span[]): { text: string; places: number } {
  const merged = mergeSpans(spans, text.length)
  let covered = ''
  let at = 0
  for (const { start, end } of merged) {
    covered += text.slice(at, start) + coverSign
    at = end
  }
  return { text: covered + text.slice(at), places: merged.length }
}
