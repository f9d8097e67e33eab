import type { ItemSummary } from '../../utils/model/item'
import type { Steps } from '../../utils/model/slices'

const ascii = /^[\0-\x7f]*$/
/**
 * Marks that writing may leave out (accents of Latin, Greek and Cyrillic, vowel signs of Arabic and Hebrew), the
 * Arabic lengthening, and characters that are not seen. Vowel signs of Burmese, Devanagari, Thai and the like are
 * letters: without them other words would be found.
 */
const optional = new RegExp(
  `[${[
    '\\u00ad\\u0300-\\u036f\\u0483-\\u0487',
    '\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7',
    '\\u0610-\\u061a\\u061c\\u0640\\u064b-\\u065f\\u0670\\u06d6-\\u06dc\\u06df-\\u06e4\\u06e7\\u06e8\\u06ea-\\u06ed',
    '\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufe00-\\ufe0f\\ufeff',
  ].join('')}]`,
  'g',
)
/** Letters that are one when typed on another keyboard or at the end of a word. */
const alike = /[ςىیةکھ]/g
const likeness: Record<string, string> = { ς: 'σ', ى: 'ي', ی: 'ي', ة: 'ه', ک: 'ك', ھ: 'ه' }
const digits = /(?![0-9])\p{Nd}/gu
/** The zeros of the scripts whose digits are written in posts; nine more follow each. */
const zeros = [0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xbe6, 0xe50, 0xed0, 0xf20, 0x1040, 0x17e0]

function plainDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0
  const zero = zeros.find((one) => code >= one && code < one + 10)
  return zero === undefined ? digit : String(code - zero)
}

/**
 * A text as it is searched: the same for every case, width and form of Unicode, with or without the marks that
 * writing may leave out, in any script.
 */
export function plainText(text: string): string {
  if (ascii.test(text)) return text.toLowerCase()
  // Capitals first: `ß` is written as `SS`, and the dotless `ı` as `I`.
  const folded = text.normalize('NFKD').replace(optional, '').toLowerCase().toUpperCase().toLowerCase()
  // A capital may come with a mark of its own.
  return folded
    .normalize('NFKD')
    .replace(optional, '')
    .replace(alike, (one) => likeness[one] ?? one)
    .replace(digits, plainDigit)
}

/** So many items are made ready in about a millisecond. */
const itemsAtOnce = 16

type Known = { item: ItemSummary; words: string }

// In memory only, and gone with the page when the locker is locked.
const known = new Map<string, Known>()
/** The same words by their place in a list, for as long as that list is there: most of a search is getting at them. */
const byPlace = new WeakMap<readonly ItemSummary[], (string | undefined)[]>()

function isAsKnown(item: ItemSummary, before: Known | undefined): before is Known {
  if (before === undefined) return false
  if (before.item === item) return true
  return (
    before.item.text === item.text &&
    before.item.note === item.note &&
    before.item.authorName === item.authorName &&
    before.item.authorHandle === item.authorHandle &&
    before.item.permalink === item.permalink
  )
}

/** What an item is searched in: text, author, address and note, plain. Made once as long as they stay the same. */
export function searchedWords(item: ItemSummary): string {
  const before = known.get(item.id)
  if (isAsKnown(item, before)) return before.words
  const { text, authorName, authorHandle, permalink, note } = item
  const words = plainText([text, authorName, authorHandle, permalink, note].join('\n'))
  known.set(item.id, { item, words })
  return words
}

/** `searchedWords` of the items of a list that stays as it is, by their place in it. */
export function searchedWordsIn(items: readonly ItemSummary[]): (item: ItemSummary, place: number) => string {
  const words = byPlace.get(items) ?? new Array<string | undefined>(items.length).fill(undefined)
  byPlace.set(items, words)
  return (item, place) => {
    const made = words[place] ?? searchedWords(item)
    words[place] = made
    return made
  }
}

/** Makes the words of these items ready for the first search, step by step, and forgets those of items that are gone. */
export function* prepareSearch(items: readonly ItemSummary[]): Steps<void> {
  const wordsOf = searchedWordsIn(items)
  for (const [place, item] of items.entries()) {
    wordsOf(item, place)
    if (place % itemsAtOnce === itemsAtOnce - 1) yield
  }
  if (known.size <= items.length) return
  const there = new Set(items.map(({ id }) => id))
  for (const id of known.keys()) if (!there.has(id)) known.delete(id)
}
