import type { Choice } from './choices'
import { choosePost } from './choose-target'
import { frameOf } from './frame-post'
import { createBands, createPassing, isCovered, isDrawn, standOf } from './full-view'
import { essenceOf } from './guard-post'
import type { PageReader } from './page-reader'
import { describeChoice, standingOf } from './prepare-post'
import { snapshotPost } from './snapshot-post'
import type { Book, Waiting } from './sweep-book'
import type { WatchedPost } from './watch-posts'
import { seenAddress } from './window-place'

export type LookOptions = {
  page: PageReader
  book: Book
  /** Holds our own drawing, which covers nothing. */
  host: Element
}

/** How long one look may write HTML, in milliseconds. Words come first; one post is always written. */
const writingMs = 6

/** Profiles are no posts, and a quoted post is a part of the one that quotes it. */
function isSwept({ isProfile, reading }: WatchedPost): boolean {
  return !isProfile && reading.kind !== 'quote' && reading.quotedIn === null
}

/** The post as something to be captured. */
export function choiceOf(post: WatchedPost): Choice {
  return { ...choosePost(post), extent: 'window', restore: () => undefined, guard: null }
}

function isSaidAlike(one: WatchedPost, other: WatchedPost): boolean {
  return essenceOf(one.reading) === essenceOf(other.reading)
}

/** Writes the post's HTML, once; a post that cannot be written is kept without. */
export function writeHtml(waiting: Waiting): void {
  if (waiting.isWritten) return
  waiting.isWritten = true
  try {
    waiting.html = snapshotPost(waiting.post.element)
  } catch {
    waiting.html = null
  }
}

/** Where the post stands at this moment, beside what was read of it. */
export function standingNow({ words, post }: Waiting): Waiting['words'] {
  return { ...words, ...standingOf(post.element) }
}

/**
 * Looks over the window for posts that stand fully in view, reads them as soon as they do, and notes which of those
 * that wait are still there. A look gives those in view and not handed over, in the page's order.
 */
export function createLook({ page, book, host }: LookOptions): () => Waiting[] {
  const passing = createPassing()

  function read(post: WatchedPost, now: number): Waiting {
    const known = book.find(post.key)
    // The same post under another address is read again, so that the item names the address it is pictured at.
    if (known?.post === post && known.words.page.address === seenAddress()) return known
    const words = describeChoice(choiceOf(post), page, post)
    if (!known) {
      const created: Waiting = {
        post,
        words,
        html: null,
        isWritten: false,
        readAt: now,
        tries: 0,
        seenAt: now,
        shownAt: now,
        isSent: false,
      }
      book.add(created)
      return created
    }
    // Counts change all the time, and are no reason to write everything again.
    if (!isSaidAlike(known.post, post)) known.isWritten = false
    known.post = post
    known.words = words
    known.readAt = now
    return known
  }

  return () => {
    const posts = page.watch()?.near() ?? []
    const now = performance.now()
    const bandOf = createBands()
    const inView = new Map<string, Waiting>()
    passing.keepOnly(new Set(posts.map(({ key }) => key)))
    for (const post of posts) {
      const { element, key } = post
      if (!isSwept(post) || book.isSaved(key) || inView.has(key)) continue
      const band = bandOf(element)
      const stand = standOf(frameOf(element), band)
      if (stand === 'out' || !isDrawn(element)) continue
      const known = book.find(key)
      if (known) known.shownAt = now
      if (!passing.note(key, stand) || known?.isSent || isCovered(element, band, host)) continue
      const waiting = read(post, now)
      waiting.seenAt = now
      inView.set(key, waiting)
    }
    const writing = performance.now()
    for (const waiting of inView.values()) {
      writeHtml(waiting)
      if (performance.now() - writing > writingMs) break
    }
    return [...inView.values()]
  }
}
