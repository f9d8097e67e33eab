import type { OtherSource } from '../model/platform'
import type { PostReading } from '../model/post'
import { wordsAgain } from './said-again'

/** What a page says of a fact in another place; null where it says nothing there. */
export type Said = { fact: OtherSource['fact']; source: OtherSource['source']; value: string | null }

function ownValue(reading: PostReading, fact: OtherSource['fact']): string | null {
  const { author, posted } = reading
  const values = {
    posted: posted.iso,
    handle: author.handle,
    name: author.name,
    text: reading.text,
    'post-id': reading.postId,
    'author-id': author.id,
  } as const satisfies Record<OtherSource['fact'], string | null>
  return values[fact]
}

/** What was said about facts that the reading has, each statement once. Handles count without their case. */
export function statementsOn(reading: PostReading, said: readonly Said[]): OtherSource[] {
  const found = new Map<string, OtherSource>()
  for (const { fact, source, value } of said) {
    const own = ownValue(reading, fact)
    if (own === null || value === null || value === '') continue
    const isSameHandle = fact === 'handle' && value.toLowerCase() === own.toLowerCase()
    found.set(`${fact} ${source} ${value}`, { fact, source, value: isSameHandle ? own : value })
  }
  return [...found.values()]
}

const marks = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g

function plain(text: string): string {
  return text.normalize('NFC').replace(marks, '').replace(/\s+/g, ' ').trim()
}

/**
 * A name or handle as a label says it. Labels are sentences in the page's language ("View Rosa’s profile"): the
 * shown words where the label contains them, else the whole label. Null without a label or shown words.
 */
export function saidInLabel(label: string | null, shown: string | null): string | null {
  const said = label === null ? '' : plain(label)
  if (said === '' || shown === null || plain(shown) === '') return null
  return said.includes(plain(shown)) ? shown : said
}

const ellipsis = /\s*(…|\.\.\.)$/
const solid = (text: string) => plain(text).replace(/\s+/g, '')

/**
 * A text as another place says it: the shown one where both have the same words, or the shown one is cut and is the
 * beginning; else the words of the other place. Null where it has none, or only a beginning that is the same.
 */
export function saidInWords(said: string | null, reading: PostReading): string | null {
  const { text, isTruncated } = reading
  if (said === null || text === null) return null
  const isBeginning = isTruncated && solid(said).startsWith(solid(text.replace(ellipsis, '')))
  return isBeginning ? text : wordsAgain(reading, said)
}

/**
 * A moment as another place says it, where that place may say it `beforeMs` earlier or `afterMs` later than the page
 * shows it: the shown one within that span, else the other. Null where there is none.
 */
export function saidInTime(
  said: string | null,
  shown: string | null,
  span: { beforeMs: number; afterMs: number },
): string | null {
  if (said === null || shown === null) return null
  const early = Date.parse(shown) - Date.parse(said)
  return early <= span.beforeMs && -early <= span.afterMs ? shown : said
}
