import type { PostHtml, PreparedPost } from '../messages/protocol'
import type { WatchedPost } from './watch-posts'

/** A post that stood fully in view and is not handed over yet. */
export type Waiting = {
  post: WatchedPost
  words: PreparedPost
  /** Null while it is not written, or when it could not be. */
  html: PostHtml | null
  isWritten: boolean
  /** By the page's monotonic clock, in milliseconds. */
  readAt: number
  /** Pictures of the window that did not count for it. */
  tries: number
  /** By the same clock: when it stood fully in view last, and when the window showed anything of it. */
  seenAt: number
  shownAt: number
  /** Handed over, not answered yet. */
  isSent: boolean
}

/** The posts of one sweep. */
export type Book = {
  /** Whether this post is saved, or waits. */
  has: (key: string) => boolean
  isSaved: (key: string) => boolean
  find: (key: string) => Waiting | undefined
  add: (waiting: Waiting) => void
  waiting: () => Waiting[]
  /** How many posts were saved. */
  count: () => number
  settle: (key: string, end: 'kept' | 'again') => void
  savedKeys: () => string[]
}

/** Keeps the posts of one sweep: of those saved nothing but their keys. Pure. */
export function createBook(): Book {
  const saved = new Set<string>()
  const waiting = new Map<string, Waiting>()
  return {
    has: (key) => saved.has(key) || waiting.has(key),
    isSaved: (key) => saved.has(key),
    find: (key) => waiting.get(key),
    add: (one) => {
      if (!saved.has(one.post.key)) waiting.set(one.post.key, one)
    },
    waiting: () => [...waiting.values()],
    count: () => saved.size,
    settle: (key, end) => {
      const one = waiting.get(key)
      if (end === 'kept') {
        saved.add(key)
        waiting.delete(key)
      } else if (one) {
        one.isSent = false
        one.tries += 1
      }
    },
    savedKeys: () => [...saved],
  }
}

/** A page that changes without end never stands still: then the words must do. */
const triesAtMost = 6
/** How long a post that was fully in view may wait, in milliseconds, for coming back into it. */
const patienceMs = 10_000

/** Pages draw a post anew in a moment; only what is gone for longer than that, in milliseconds, is gone. */
const goneAfterMs = 300

/** Whether a post waits in vain for a picture. */
export function isOverdue(
  { tries, seenAt, shownAt }: Pick<Waiting, 'tries' | 'seenAt' | 'shownAt'>,
  now: number,
): boolean {
  return tries >= triesAtMost || now - seenAt > patienceMs || now - shownAt > goneAfterMs
}

/** The first of them that are together not larger than `most` characters; at least one, at most `count`. */
export function takeBatch<T extends Pick<Waiting, 'words' | 'html'>>(
  posts: readonly T[],
  { count, most }: { count: number; most: number },
): T[] {
  let size = 0
  const taken: T[] = []
  for (const one of posts) {
    size += (one.html?.html.length ?? 0) + one.words.visibleText.length
    if (taken.length === count || (taken.length > 0 && size > most)) break
    taken.push(one)
  }
  return taken
}
