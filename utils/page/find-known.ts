import type { PageReader } from './page-reader'
import { plain } from './plain'
import { postKey, type ReadPost, readPost } from './read-post'
import type { WatchedPost } from './watch-posts'

/** How one post is known again. */
export type KnownPost = { platform: string; postId: string | null; permalink: string }

const lookEveryMs = 250
const lookAtMostMs = 10_000

function isIt({ reading }: ReadPost, { platform, postId, permalink }: KnownPost): boolean {
  if (reading.platform !== platform) return false
  // Short numbers are counted anew in each chat or group.
  const isOnlyHere = postId === null || /^\d{1,9}$/.test(postId)
  return isOnlyHere ? reading.permalink === permalink : reading.postId === postId
}

/** Every post that the page holds now, in its order, also far from the window. */
export function readAll({ platform, address }: PageReader): WatchedPost[] {
  const adapter = platform()
  if (!adapter) return []
  const now = new Date()
  return adapter.findPosts(document, address()).map((element) => {
    const read = readPost(element, adapter, address(), now)
    return { ...read, element, key: postKey(read.reading, element), isProfile: false }
  })
}

/** The same post where the page draws it now; null when the page holds it no more. */
export function findAgain(post: WatchedPost, page: PageReader): WatchedPost | null {
  const adapter = page.platform()
  if (adapter && plain(post.element).isConnected) {
    const { reading } = readPost(post.element, adapter, page.address(), new Date())
    if (postKey(reading, post.element) === post.key) return post
  }
  return readAll(page).find(({ key }) => key === post.key) ?? null
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** The post on this page, once it shows; null when it does not within ten seconds. */
export async function findKnown(known: KnownPost, page: PageReader): Promise<WatchedPost | null> {
  for (let waited = 0; ; waited += lookEveryMs) {
    const found = readAll(page).find((post) => isIt(post, known))
    if (found || waited >= lookAtMostMs) return found ?? null
    await pause(lookEveryMs)
  }
}
