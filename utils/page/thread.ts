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

function pathOf({ pathname }: URL): string {
  return pathname.toLowerCase().replace(/\/$/, '')
}

/** Ids that short could be the name or the number of anything in an address. */
const longId = /^[\w-]{10,}$/

/** Whether the page's address names the post by its id, though its own address may be on its author's server. */
function isNamedIn({ pathname }: URL, postId: string | null): boolean {
  return postId !== null && longId.test(postId) && pathname.split('/').includes(postId)
}

/** Whether this address is the post's own. It may say more than that, such as from where it was shared. */
function isAddressOf(address: URL, permalink: string | null): boolean {
  if (permalink === null || !URL.canParse(permalink)) return false
  const own = new URL(permalink)
  const isNamed = [...own.searchParams].every(([name, value]) => address.searchParams.get(name) === value)
  return own.host === address.host && pathOf(own) === pathOf(address) && isNamed
}

/**
 * Whether this is the page of the post itself: then what does not tell what it answers was written below the post,
 * too. A message has no page: its address opens the whole conversation.
 */
function isItsPage({ reading: { kind, permalink, postId } }: WatchedPost, address: URL): boolean {
  return kind !== 'message' && (isAddressOf(address, permalink) || isNamedIn(address, postId))
}

/**
 * The post with the chain above it and the replies to it, as far as the page shows them, in the page's order.
 * `posts` are all posts of the page. Advertisements and posts quoted inside others are left out; so are the branches
 * beside the post's own, and on pages of many conversations what does not tell its own. At most 200.
 */
export function threadOf(post: WatchedPost, posts: readonly WatchedPost[], address: URL): WatchedPost[] {
  const candidates = posts.filter(({ reading, key }) => key === post.key || isPartOfThreads(reading))
  const known = byId(candidates)
  const above = new Set(chainAbove(post, known))
  const isWhole = isItsPage(post, address)
  const members = candidates.filter((one) => {
    const { postId } = one.reading
    if (one.key === post.key || (postId !== null && above.has(postId))) return true
    const chain = chainAbove(one, known)
    if (post.reading.postId !== null && chain.includes(post.reading.postId)) return true
    return isWhole && !chain.some((id) => above.has(id))
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
