import { allElements, allTexts } from './dom'
import type { Forbidden } from './invent'
import type { Vocabulary } from './vocabulary'
import { decoded, findHeld, numbersIn, uncoded, wordsIn } from './words'

/** A word or number of the real page that is still in the fixture, and where. */
export type Leftover = { what: string; where: string }

type Piece = { text: string; where: string }

/** Attributes that hold a word of HTML or ARIA and nothing else. */
const markupOnly = new Set('class style role type rel target dir'.split(' '))

function describe(element: Element): string {
  const id = element.getAttribute('data-testid') ?? ''
  return `<${element.tagName.toLowerCase()}${id === '' ? '' : ` data-testid="${id}"`}>`
}

/** Whether the tag is one of HTML, or begins as the platform does or as tags that the reader names: `ytd-`. */
function isOwnTag(element: Element, vocabulary: Vocabulary): boolean {
  const [start = '', ...rest] = element.tagName.toLowerCase().split('-')
  if (rest.length === 0 || vocabulary.tokens.has(start)) return true
  return [...vocabulary.tokens].some((token) => token.startsWith(`${start}-`))
}

/** Everything written in the page: texts, linked data, the values of all attributes, comments left out. */
export function piecesOf(
  page: Document,
  options: { isMarkupIncluded: boolean; vocabulary: Vocabulary },
): Piece[] {
  const texts = allTexts(page).map(({ node, holder }) => ({
    text: node.data,
    where: `the text in ${describe(holder)}`,
  }))
  const elements = allElements(page)
  const data = elements
    .filter((element) => element.matches('script[type="application/ld+json"]'))
    .map((element) => ({ text: element.textContent ?? '', where: 'the linked data of the page' }))
  const values = elements.flatMap((element) =>
    [...element.attributes]
      // Of a style only names and numbers of a short list can stay, of a language only its tag.
      .filter(({ name, value }) => value !== '' && name !== 'style' && name !== 'lang')
      .filter(({ name }) => options.isMarkupIncluded || !markupOnly.has(name))
      .map(({ name, value }) => ({ text: decoded(value), where: `${name} of ${describe(element)}` })),
  )
  // A name can stand in a tag, too: <p-quistgaard>.
  const tags = elements
    .filter((element) => options.isMarkupIncluded && !isOwnTag(element, options.vocabulary))
    .map((element) => ({ text: element.tagName, where: `the name of ${describe(element)}` }))
  return [...texts, ...data, ...values, ...tags]
}

/** As it is to be searched: without the bytes of pictures in the page, and with ids in base64 read. */
function withoutData(text: string): string {
  return text
    .replace(/data:[\w.+/-]+(?:;[\w=.-]+)*,[^\s"')]*/gi, ' ')
    .replace(/[\w+-]{16,}={0,2}/g, (found) => uncoded(found) ?? found)
}

/** What must not come back: every word and every long number of the real page that is not markup. */
export function forbiddenIn(page: Document, address: string, vocabulary: Vocabulary): Forbidden {
  const texts = [
    ...piecesOf(page, { isMarkupIncluded: false, vocabulary }).map((piece) => piece.text),
    decoded(address),
  ].map(withoutData)
  const words = new Set(texts.flatMap((text) => wordsIn(text)))
  for (const word of vocabulary.words) words.delete(word)
  return { words, numbers: new Set(texts.flatMap(numbersIn)) }
}

/** What of the forbidden is still written in these pieces; each once, at most fifty. */
export function leftoversIn(
  pieces: readonly Piece[],
  forbidden: Forbidden,
  known: ReadonlySet<string>,
): Leftover[] {
  const found = new Map<string, Leftover>()
  for (const { text, where } of pieces) {
    const plain = withoutData(text)
    const number = numbersIn(plain).find((digits) => forbidden.numbers.has(digits))
    const what = findHeld(plain, forbidden.words, known) ?? number
    if (what !== undefined && !found.has(what)) found.set(what, { what, where })
  }
  return [...found.values()].slice(0, 50)
}
