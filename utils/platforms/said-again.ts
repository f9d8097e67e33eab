import type { OtherSource } from '../model/platform'
import type { PostReading } from '../model/post'

/** One statement of a fact, or none where the page does not make it. */
export function statement(
  fact: OtherSource['fact'],
  source: OtherSource['source'],
  value: string | null | undefined,
): OtherSource[] {
  return value ? [{ fact, source, value }] : []
}

/** White space, direction marks and joiners: they come and go between a text and its label. */
const unseen = /(?:[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069]|\p{Variation_Selector})+/gu
const emoji = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u20e3/gu

function letters(words: string): string {
  return words.normalize('NFC').replace(unseen, '')
}

/** Addresses in full as the page shows them: shortened. */
function shortenLinks(words: string, links: PostReading['links']): string {
  return links.reduce(
    (text, { address, text: shown }) => (shown === '' ? text : text.replaceAll(address, shown)),
    words,
  )
}

function isSame(one: string, other: string): boolean {
  if (letters(one) === letters(other)) return true
  // Where the other place draws emoji as pictures, its words have none at all.
  const isBare = one.search(emoji) < 0 || other.search(emoji) < 0
  return isBare && letters(one.replace(emoji, '')) === letters(other.replace(emoji, ''))
}

/**
 * The words of a post as another place states them (`again`), in the form of the reading: its very words where
 * both differ in white space, direction marks, shortened addresses or left-out emoji alone. Null where either
 * says nothing.
 */
export function wordsAgain(
  { text, links }: Pick<PostReading, 'text' | 'links'>,
  again: string | null | undefined,
): string | null {
  if (text === null || !again || again.trim() === '') return null
  const words = shortenLinks(again, links).trim()
  return isSame(text, words) ? text : words
}
