import type { Area, Redaction, Span } from '../../utils/model/redaction'

/** A picture of an item that can be covered, as the screen needs it. */
export type CoverPicture = {
  name: string
  width: number
  height: number
  /** Null while it stays behind. */
  areas: readonly Area[] | null
  /** Its address while it is shown, which only happens when asked for. */
  url: string | null
}

/** An item as the screen needs it; its words only once they were asked for. */
export type CoverItem = {
  id: string
  pictures: CoverPicture[]
  /** The words as they are; null while they are hidden or where there are none. */
  text: string | null
  areWordsShown: boolean
  hasText: boolean
  /** What can be read in the copy, by a key under `cover.fact`. */
  left: { fact: 'name' | 'handle' | 'address' | 'text'; value: string }[]
  /** Names of the files that stay behind. */
  leftOut: string[]
}

/** The least that a word must have to be covered, and the most; of areas and words, how many there may be. */
export const coverLimits = { wordLeast: 2, wordMost: 200, words: 200, areas: 200, spans: 500 } as const

/** A rectangle between two corners in fractions of a picture, in whole pixels inside it; null when it is a mere dot. */
export function areaBetween(
  one: { x: number; y: number },
  other: { x: number; y: number },
  size: { width: number; height: number },
): Area | null {
  const inside = (value: number, most: number) => Math.min(most, Math.max(0, value * most))
  const left = Math.floor(inside(Math.min(one.x, other.x), size.width))
  const top = Math.floor(inside(Math.min(one.y, other.y), size.height))
  const right = Math.ceil(inside(Math.max(one.x, other.x), size.width))
  const bottom = Math.ceil(inside(Math.max(one.y, other.y), size.height))
  if (right - left < 3 || bottom - top < 3) return null
  return { x: left, y: top, width: right - left, height: bottom - top }
}

/** An area to begin with for whoever does not draw: the middle ninth. */
export function firstArea({ width, height }: { width: number; height: number }): Area {
  const [third, low] = [Math.max(1, Math.floor(width / 3)), Math.max(1, Math.floor(height / 3))]
  return { x: third >= width ? 0 : third, y: low >= height ? 0 : low, width: third, height: low }
}

/** The redaction with another list of areas for a picture; null for one that stays behind. */
export function withAreas(redaction: Redaction, name: string, areas: readonly Area[] | null): Redaction {
  const others = redaction.pictures.filter((picture) => picture.name !== name)
  const own = areas === null ? [] : [{ name, areas: areas.slice(0, coverLimits.areas) }]
  return { ...redaction, pictures: [...others, ...own] }
}

/** The redaction with a stretch of the words covered. */
export function withSpan(redaction: Redaction, span: Span): Redaction {
  if (span.start >= span.end) return redaction
  return { ...redaction, spans: [...redaction.spans, span].slice(-coverLimits.spans) }
}

/** The words with one more, without spaces around it; the same list when it is too short, too long or there already. */
export function withWord(words: readonly string[], typed: string): readonly string[] {
  const word = typed.trim()
  const fits = word.length >= coverLimits.wordLeast && word.length <= coverLimits.wordMost
  if (!fits || words.includes(word) || words.length >= coverLimits.words) return words
  return [...words, word]
}
