import type { Item, SourceCheck } from './item'
import type { PostReading } from './post'

/** A value as a page states it: words, or a moment with its two bounds, which are the same for an exact one. */
export type Stated = { kind: 'words'; words: string } | { kind: 'time'; from: string; to: string }

/** A fact that the page stated twice, with both values. What is stated of a profile is since when the account exists. */
export type SaidTwice = Pick<SourceCheck, 'source' | 'agrees'> & {
  fact: SourceCheck['fact'] | 'account-since'
  here: Stated
  there: Stated
}

function words(value: string | null): Stated | null {
  return value === null ? null : { kind: 'words', words: value }
}

function momentOf(value: string): Stated | null {
  const parsed = Date.parse(value)
  if (Number.isNaN(parsed)) return words(value)
  const iso = new Date(parsed).toISOString()
  return { kind: 'time', from: iso, to: iso }
}

/** What the reading says of a fact; null when it says nothing. */
function statedIn(post: PostReading, fact: SourceCheck['fact']): Stated | null {
  const { iso, from, to } = post.posted
  switch (fact) {
    case 'posted':
      if (iso !== null) return { kind: 'time', from: iso, to: iso }
      return from === null || to === null ? null : { kind: 'time', from, to }
    case 'handle':
      return words(post.author.handle)
    case 'name':
      return words(post.author.name)
    case 'text':
      return words(post.text)
    case 'post-id':
      return words(post.postId)
    case 'author-id':
      return words(post.author.id)
  }
}

/** Everything that the page of an item stated twice, conflicts first. */
export function listSaidTwice({ post, collection }: Pick<Item, 'post' | 'collection'>): SaidTwice[] {
  const all = collection.sources.flatMap(({ fact, source, value, agrees }) => {
    const here = statedIn(post, fact)
    const there = fact === 'posted' ? momentOf(value) : words(value)
    const isOpening = fact === 'posted' && post.kind === 'profile'
    return here && there
      ? [{ fact: isOpening ? 'account-since' : fact, source, agrees, here, there } as const]
      : []
  })
  return [...all.filter(({ agrees }) => !agrees), ...all.filter(({ agrees }) => agrees)]
}

/** From how many seconds on a difference between two clocks is told loudly. */
const largeSkewSeconds = 120

/** Whether the device's clock was more than two minutes away from the platform's; null when nobody asked. */
export function isClockOff({ captured }: Pick<Item, 'captured'>): boolean | null {
  const { clockSkewSeconds } = captured
  return clockSkewSeconds === null ? null : Math.abs(clockSkewSeconds) > largeSkewSeconds
}
