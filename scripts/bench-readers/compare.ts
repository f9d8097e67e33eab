import type { PostReading } from '../../utils/model/post'
import { type Check, collapse, type ExpectedPost, type Identity } from './expected-post'

/** What became of one expected post. `at` is the place of its reading, from 0; null when there is none. */
type PostResult = { number: number; at: number | null; checks: Check[] }

export type PageResult = {
  posts: PostResult[]
  /** Readings that should not be there. */
  falsePosts: PostReading[]
  /** Readings of posts that the expectation does not speak of. */
  otherPosts: number
}

export type PageToCompare = {
  expected: readonly ExpectedPost[]
  readings: readonly PostReading[]
  /** The expectation lists every post of the page, so any other is false. */
  isComplete: boolean
}

type Pair = { post: number; reading: number; score: number }

/** How surely a reading is that of an expected post; 0 when it is another. */
function scoreOf({ postIds, permalinks, handles, kinds, textStart }: Identity, reading: PostReading): number {
  const hasId = reading.postId !== null && postIds.includes(reading.postId)
  const hasPermalink = reading.permalink !== null && permalinks.includes(reading.permalink)
  const isByAuthor = reading.author.handle !== null && handles.includes(reading.author.handle)
  const words = collapse(reading.text) ?? ''
  const saysSo = textStart !== null && textStart !== '' && words.startsWith(textStart)
  const isLikeIt = saysSo && (isByAuthor || handles.length === 0)
  const isWordless = (textStart ?? '') === '' && words === '' && isByAuthor && postIds.length === 0
  const isGeneral = reading.platform === 'generic' && kinds.includes(reading.kind)
  if (!hasId && !hasPermalink && !isLikeIt && !isWordless && !isGeneral) return 0
  const signs: [boolean, number][] = [
    [hasId, 16],
    [hasPermalink, 8],
    [isByAuthor, 4],
    [saysSo, 4],
    [kinds.includes(reading.kind), 2],
  ]
  return signs.reduce((sum, [isThere, weight]) => sum + (isThere ? weight : 0), 1)
}

/** Which reading answers which expected post, the surest first; each answers one at most. */
function pair(expected: readonly ExpectedPost[], readings: readonly PostReading[]): Map<number, number> {
  const pairs: Pair[] = expected.flatMap(({ identity }, post) =>
    readings.map((reading, index) => ({ post, reading: index, score: scoreOf(identity, reading) })),
  )
  const surest = pairs.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score)
  const found = new Map<number, number>()
  const taken = new Set<number>()
  for (const { post, reading } of surest) {
    if (found.has(post) || taken.has(reading)) continue
    found.set(post, reading)
    taken.add(reading)
  }
  return found
}

/** A reading without anything that a post has: an empty slot or a decoy that was taken for one. */
function isEmpty({ platform, postId, permalink, author, text, media }: PostReading): boolean {
  const isNobodys = author.handle === null && author.id === null && permalink === null && postId === null
  return platform === 'generic' || isNobodys || ((text ?? '') === '' && media.length === 0 && postId === null)
}

/** Of a post that was not found, every field is wrong. */
function missed({ fields }: ExpectedPost): Check[] {
  return fields.map(({ field }) => ({ field, expected: undefined, found: undefined, isRight: false }))
}

/** Holds the readings of a page against what is expected of it. Needs no browser. */
export function comparePage({ expected, readings, isComplete }: PageToCompare): PageResult {
  const found = pair(expected, readings)
  const posts = expected.map((post, index): PostResult => {
    const at = found.get(index) ?? null
    const reading = at === null ? undefined : readings[at]
    const checks =
      reading === undefined
        ? missed(post)
        : post.fields.map(({ field, check }) => ({ field, ...check(reading, readings) }))
    return { number: index + 1, at, checks }
  })
  const taken = new Set(found.values())
  const rest = readings.filter((_, index) => !taken.has(index))
  const falsePosts = rest.filter((reading) => isComplete || isEmpty(reading))
  return { posts, falsePosts, otherPosts: rest.length - falsePosts.length }
}
