import type { PostReading } from '../../utils/model/post'
import { ageWords, calendarWords } from './age-words'
import { allTexts, parsePage } from './dom'
import { type Forbidden, startInventor } from './invent'
import { forbiddenIn, type Leftover, leftoversIn, piecesOf } from './leftovers'
import { startMapping } from './mapping'
import { startClock } from './moments'
import { readPosts } from './read'
import { dropParts, keepParts, scrubPage } from './scrub'
import { ownHosts, type Vocabulary } from './vocabulary'
import { decoded, foldWord, letterRuns } from './words'

/** A saved page on its way to becoming a fixture. */
export type Source = {
  platform: string
  html: string
  address: string
  vocabulary: Vocabulary
  /** The same seed gives the same fixture. Whoever knows it can try out which name became which. */
  seed: string
  /** Selector of the parts to keep; null for the whole page. */
  keep: string | null
  /** When the page was saved, ms since 1970; null when it is not known. */
  savedAt: number | null
}

/** The fixture's files as they would be written, and what speaks against writing them. */
export type Fixture = {
  page: string
  address: string
  readings: PostReading[]
  about: { reviewed: false; now?: string }
  leftovers: Leftover[]
}

const usualNow = Date.UTC(2026, 10, 22, 12)
const nameAttributes = '[href], [src], [title], [id], [name], [data-testid], [author], [data-author]'

/** Words written small in several sentences are no names, though a button or an address may have them, too. */
function commonWords(sentences: readonly string[]): Set<string> {
  const counts = new Map<string, number>()
  for (const text of sentences)
    for (const word of new Set(text.match(letterRuns) ?? []))
      if (word === foldWord(word) && word !== word.toUpperCase())
        counts.set(word, (counts.get(word) ?? 0) + 1)
  return new Set([...counts].filter(([, count]) => count > 1).map(([word]) => word))
}

function isSentence(text: string): boolean {
  return text.length > 60 || text.split(/\s+/).length > 6
}

function namesIn(page: Document, address: string): { names: Set<string>; hosts: Set<string> } {
  const written = allTexts(page).map(({ node }) => node.data.trim())
  const values = [...page.querySelectorAll(nameAttributes)].flatMap((element) =>
    [...element.attributes].flatMap(({ name, value }) =>
      /^(?:class|style|alt|aria-label)$/.test(name) || /^data:/.test(value) ? [] : [decoded(value)],
    ),
  )
  const texts = [...written, ...values, decoded(address)].filter(
    (text) => !isSentence(text) || !/\s/.test(text),
  )
  const hosts = texts.flatMap((text) =>
    [...text.matchAll(/\/\/([^/?#\s:]+)/g)].map(([, host = '']) => host.toLowerCase()),
  )
  const common = commonWords(written.filter(isSentence))
  const words = texts.flatMap((text) => text.match(letterRuns) ?? []).map(foldWord)
  return { names: new Set(words.filter((word) => !common.has(word))), hosts: new Set(hosts) }
}

function allowAges(forbidden: Forbidden, language: string | null): Forbidden {
  const ages = new Set([...ageWords(language), ...calendarWords(language)])
  return { ...forbidden, words: new Set([...forbidden.words].filter((word) => !ages.has(word))) }
}

/** Invents everything in a saved page. Null when nothing matches `keep`; throws when `keep` is no selector. */
export function makeFixture(source: Source): Fixture | null {
  const page = parsePage(source.html)
  const original = forbiddenIn(page, source.address, source.vocabulary)
  if (source.keep !== null && !keepParts(page, source.keep)) return null
  dropParts(page)
  const language = page.documentElement.getAttribute('lang')
  const inventor = startInventor(source.seed, original)
  const texts = piecesOf(page, { isMarkupIncluded: true, vocabulary: source.vocabulary }).map(
    (piece) => piece.text,
  )
  const clock = startClock(source.platform, texts, { inventor, language })
  const mapping = startMapping({
    inventor,
    clock,
    vocabulary: source.vocabulary,
    ownHosts: ownHosts[source.platform] ?? [],
    ...namesIn(page, source.address),
  })
  scrubPage(page, mapping, source.vocabulary)
  const address = mapping.address(source.address)
  const html = `<!doctype html>\n${page.documentElement.outerHTML}\n`
  const now = nowFor(clock.latest, clock.offset, source.savedAt)
  const readings = readPosts(html, address, new Date(now ?? usualNow)).readings
  const forbidden = allowAges(original, language)
  const pieces = [
    ...piecesOf(parsePage(html), { isMarkupIncluded: true, vocabulary: source.vocabulary }),
    { text: decoded(address), where: 'address.txt' },
  ]
  return {
    page: html,
    address,
    readings,
    about: now === null ? { reviewed: false } : { reviewed: false, now: new Date(now).toISOString() },
    leftovers: leftoversIn(pieces, forbidden, source.vocabulary.words),
  }
}

/** The moment of reading: when it was saved, else a minute after the latest time in it, moved like all times. */
function nowFor(latest: number | null, offset: number, savedAt: number | null): number | null {
  if (savedAt !== null) return savedAt + offset
  return latest === null ? null : latest + 60_000 + offset
}
