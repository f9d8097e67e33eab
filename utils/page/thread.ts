import type { WatchedPost } from './watch-posts'

/** More at two pictures a second is longer than anybody waits. */
const threadAtMost = 200

function byId(posts: readonly WatchedPost[]): Map<string, WatchedPost> {
  return new Map(posts.flatMap((post) => (post.reading.postId === null ? [] : [[post.reading.postId, post]])))
}

/** The ids above a post, nearest first; ends at what the page does not show, and in a circle. */
function chainAbove(post: WatchedPost, known: Map<string, WatchedPost>): string[] {
  const chain: string[] = []
  let id = post.reading.parentPostId
  while (id !== null && !chain.includes(id)) {
    chain.push(id)
    id = known.get(id)?.reading.parentPostId ?? null
  }
  return chain
}

/** Whether this is the page of the post itself: then everything on it was written above or below the post. */
function isItsPage({ reading }: WatchedPost, address: URL): boolean {
  if (reading.permalink === null || !URL.canParse(reading.permalink)) return false
  const own = new URL(reading.permalink)
  return own.host === address.host && own.pathname === address.pathname && own.search === address.search
}

/**
 * The post with the chain above it and the replies to it, as far as the page shows them, in the page's order.
 * `posts` are all posts of the page. Advertisements and posts quoted inside others are left out; so are, on pages
 * of many conversations, the branches beside the post's own. At most 200.
 */
export function threadOf(post: WatchedPost, posts: readonly WatchedPost[], address: URL): WatchedPost[] {
  const candidates = posts.filter(({ reading, key }) => key === post.key || isPartOfThreads(reading))
  const known = byId(candidates)
  const above = new Set(chainAbove(post, known))
  const isWhole = isItsPage(post, address)
  const members = candidates.filter((one) => {
    if (one.key === post.key || isWhole) return true
    const { postId } = one.reading
    if (postId !== null && above.has(postId)) return true
    return post.reading.postId !== null && chainAbove(one, known).includes(post.reading.postId)
  })
  const once = [...new Map(members.map((one) => [one.key, one])).values()]
  return once.length <= threadAtMost ? once : around(post, once)
}

function isPartOfThreads({ isAd, quotedIn, kind }: WatchedPost['reading']): boolean {
  return !isAd && quotedIn === null && kind !== 'quote'
}

/** As many as fit, the post among them: the nearest above it and what follows. */
function around(post: WatchedPost, members: WatchedPost[]): WatchedPost[] {
  const at = members.findIndex(({ key }) => key === post.key)
  const start = Math.max(0, Math.min(at - 20, members.length - threadAtMost))
  return members.slice(start, start + threadAtMost)
}
