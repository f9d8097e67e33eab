import { SourceCheck } from '../model/item'
import type { PostReading } from '../model/post'

/**
 * Ids are given when a server takes a post in, times are written when it is stored, and some platforms show minutes
 * only: a minute apart is no conflict, and no forgery worth the trouble.
 */
const slackMs = 60_000

const precisionMs: Record<string, number> = {
  hour: 3_600_000,
  day: 86_400_000,
  week: 7 * 86_400_000,
  month: 31 * 86_400_000,
  year: 366 * 86_400_000,
}

function isTimeAlike({ iso, from, to, precision }: PostReading['posted'], value: string): boolean | null {
  const other = Date.parse(value)
  if (Number.isNaN(other)) return null
  if (iso !== null) {
    const slack = Math.max(slackMs, precisionMs[precision ?? ''] ?? 0)
    return Math.abs(other - Date.parse(iso)) <= slack
  }
  if (from === null || to === null) return null
  return other >= Date.parse(from) - slackMs && other <= Date.parse(to) + slackMs
}

/** The bare words in order: signs, spaces and drawn emoji differ between two places that say the same. */
function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  )
}

function startsWith(words: readonly string[], beginning: readonly string[]): boolean {
  return beginning.every((word, index) => words[index] === word)
}

function isTextAlike(text: string, value: string, isTruncated: boolean): boolean {
  const [own, other] = [wordsOf(text), wordsOf(value)]
  const isCut = /(…|\.\.\.)\s*$/.test(value)
  // The last word before an ellipsis may be half a word.
  if (isCut) return startsWith(own, other.slice(0, -1))
  if (isTruncated) return startsWith(other, own.slice(0, -1))
  return own.length === other.length && startsWith(own, other)
}

function plainName(name: string): string {
  return name.normalize('NFKC').replace(/\s+/g, ' ').trim()
}

function plainHandle(handle: string): string {
  return handle.replace(/^@/, '').toLowerCase()
}

/** Whether the other place says the same; null when the reading has nothing to compare it with. */
function agrees(post: PostReading, { fact, value }: Pick<SourceCheck, 'fact' | 'value'>): boolean | null {
  const { author, text, postId } = post
  switch (fact) {
    case 'posted':
      return isTimeAlike(post.posted, value)
    case 'handle':
      return author.handle === null ? null : plainHandle(author.handle) === plainHandle(value)
    case 'name':
      return author.name === null ? null : plainName(author.name) === plainName(value)
    case 'text':
      return text === null ? null : isTextAlike(text, value, post.isTruncated)
    case 'post-id':
      return postId === null ? null : postId === value
    case 'author-id':
      return author.id === null ? null : author.id === value
  }
}

const Source = SourceCheck.omit({ agrees: true })

/**
 * Compares what a page says twice. `sources` are as the page gave them: what does not fit the schema, or has nothing
 * to be compared with, is left out. A page that was changed by hand in one place only shows here; one that was
 * changed in both does not.
 */
export function compareSources(post: PostReading, sources: readonly unknown[]): SourceCheck[] {
  return sources.flatMap((raw) => {
    const source = Source.safeParse(raw)
    if (!source.success) return []
    const verdict = agrees(post, source.data)
    return verdict === null ? [] : [{ ...source.data, agrees: verdict }]
  })
}
