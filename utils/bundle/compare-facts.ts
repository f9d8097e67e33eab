import { equalBytes } from '../crypto/bytes'
import { canonicalBytes } from '../crypto/canonical-json'
import type { Item } from '../model/item'
import type { PostReading } from '../model/post'
import { coverSign } from './cover-text'
import { originOf } from './redact-item'

/** The longest text of each kind that an item holds; covering can make it longer, and then its end is cut. */
const limits = { short: 2_000, long: 200_000 } as const

/** Half a sign at the edge of what is covered is written as this one. */
const edge = '\ufffd'

function startsAndEnds(parts: readonly string[], whole: string, isCut: boolean): boolean {
  const [first = '', ...rest] = parts
  if (!whole.startsWith(first)) return false
  let at = first.length
  for (const [index, part] of rest.entries()) {
    // Something is covered between two parts: at least one sign of the whole.
    const from = at + 1
    if (from > whole.length) return false
    const isLast = index === rest.length - 1
    if (isLast && !isCut) return whole.endsWith(part) && whole.length - part.length >= from
    const found = whole.indexOf(part, from)
    if (found < 0) return false
    at = found + part.length
  }
  return true
}

function partsOf(left: string): string[] {
  const parts = left.split(coverSign)
  return parts.map((part, index) => {
    const start = index > 0 && part.startsWith(edge) ? 1 : 0
    const isEdge = index < parts.length - 1 && part.length > start && part.endsWith(edge)
    return part.slice(start, isEdge ? -1 : undefined)
  })
}

/**
 * Whether a text is what is left of another when stretches of it are covered: everything beside the signs that cover
 * stands in the whole text, in the same order, and nothing else. However letters and marks are composed.
 */
export function isLeftOf(left: string, whole: string, length: keyof typeof limits = 'short'): boolean {
  if (left === whole) return true
  if (!left.includes(coverSign)) return false
  const isCut = left.length >= limits[length]
  const kept = isCut ? `${left.replace(/[█\ufffd]+$/u, '')}${coverSign}` : left
  const parts = partsOf(kept)
  const forms = [
    (text: string) => text,
    ...(['NFC', 'NFD'] as const).map((form) => (text: string) => text.normalize(form)),
  ]
  return forms.some((form) => startsAndEnds(parts.map(form), form(whole), isCut))
}

function isSame(one: unknown, other: unknown): boolean {
  return equalBytes(canonicalBytes(one ?? null), canonicalBytes(other ?? null))
}

function isLeftOrNone(left: string | null, whole: string | null, length?: keyof typeof limits): boolean {
  return left === null || whole === null ? left === whole : isLeftOf(left, whole, length)
}

function isSameOrNone(left: string | null, whole: string | null): boolean {
  return left === null || left === whole
}

function isSubset(
  left: Readonly<Record<string, unknown>>,
  whole: Readonly<Record<string, unknown>>,
): boolean {
  return Object.entries(left).every(
    ([name, value]) => Object.hasOwn(whole, name) && isSame(value, whole[name]),
  )
}

/** Links that name nobody stay, in their order. */
function areLinksLeft(left: PostReading['links'], whole: PostReading['links']): boolean {
  let at = 0
  return left.every((link) => {
    const found = whole.findIndex(
      (one, index) => index >= at && one.address === link.address && isLeftOf(link.text, one.text),
    )
    at = found + 1
    return found >= 0
  })
}

const coveredInPost = ['replyToHandle', 'repostedBy'] as const
const droppedFromPost = ['postId', 'permalink', 'language', 'parentPostId', 'quotedIn'] as const

function isPostLeft(left: PostReading, whole: PostReading): boolean {
  const plain = ({
    author,
    text,
    links,
    mentions,
    media,
    counts,
    posted,
    contentWarning,
    ...rest
  }: PostReading) => {
    const others: Partial<PostReading> = { ...rest }
    for (const name of [...coveredInPost, ...droppedFromPost]) delete others[name]
    return { ...others, posted: { ...posted, asShown: null } }
  }
  return (
    isSame(plain(left), plain(whole)) &&
    coveredInPost.every((name) => isLeftOrNone(left[name], whole[name])) &&
    droppedFromPost.every((name) => isSameOrNone(left[name], whole[name])) &&
    isLeftOrNone(left.author.handle, whole.author.handle) &&
    isLeftOrNone(left.author.name, whole.author.name) &&
    isSameOrNone(left.author.profile, whole.author.profile) &&
    isSameOrNone(left.author.id, whole.author.id) &&
    isLeftOrNone(left.text, whole.text, 'long') &&
    isLeftOrNone(left.contentWarning, whole.contentWarning, 'long') &&
    isLeftOrNone(left.posted.asShown, whole.posted.asShown) &&
    areLinksLeft(left.links, whole.links) &&
    left.mentions.length === whole.mentions.length &&
    left.mentions.every((mention, index) => isLeftOf(mention, whole.mentions[index] ?? '')) &&
    left.media.length === 0 &&
    isSubset(left.counts, whole.counts)
  )
}

function isPageLeft(left: Item['page'], whole: Item['page']): boolean {
  const plain = ({ address, canonical, title, language, headings, times, ...rest }: Item['page']) => rest
  return (
    isSame(plain(left), plain(whole)) &&
    (left.address === whole.address || left.address === originOf(whole.address)) &&
    isSameOrNone(left.canonical, whole.canonical) &&
    isSameOrNone(left.language, whole.language) &&
    (left.title === '' || isLeftOf(left.title, whole.title)) &&
    (left.headings ?? []).length === 0 &&
    (left.times ?? []).length === 0
  )
}

function isCollectionLeft(left: Item['collection'], whole: Item['collection']): boolean {
  const plain = ({ sources, droppedFromHtml, ...rest }: Item['collection']) => rest
  return (
    isSame(plain(left), plain(whole)) &&
    (left.sources ?? []).length === 0 &&
    isSubset(left.droppedFromHtml, whole.droppedFromHtml)
  )
}

/**
 * Whether the facts of a redacted copy are those of the whole item, less what is covered or left out: nothing in them
 * is new, and what a copy never covers is the same. Of the pictures nothing is said.
 */
export function areFactsLeft(left: Item, whole: Item): boolean {
  const plain = ({ page, post, context, collection, parts, ...rest }: Item) => rest
  return (
    isSame(plain(left), plain(whole)) &&
    isPageLeft(left.page, whole.page) &&
    isPostLeft(left.post, whole.post) &&
    left.context.length === 0 &&
    isCollectionLeft(left.collection, whole.collection)
  )
}
