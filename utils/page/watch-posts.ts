import type { PlatformAdapter } from '../model/platform'
import { createFrameQueue } from './frame-queue'
import { plain } from './plain'
import { findProfile, postKey, type ReadPost, readPost, readProfile } from './read-post'
import { watchChanges } from './watch-changes'

/** A post near the window, or the head of a profile, read and known by its key. */
export type WatchedPost = ReadPost & { element: Element; key: string; isProfile: boolean }

export type WatchOptions = {
  adapter: PlatformAdapter
  address: () => URL
  /** A post came near the window, or the post that its element shows has changed. */
  onNear: (post: WatchedPost) => void
  /** The element left the neighbourhood of the window or the page. */
  onFar: (element: Element) => void
}

export type Watch = {
  stop: () => void
  /** The posts read so far and still in the page. */
  known: () => WatchedPost[]
  /** The posts near the window, each read as it is at this moment. Costs a look over the page where that has changed. */
  near: () => WatchedPost[]
  /** How many posts the page holds now; a profile's head counts as one. */
  count: () => number
  /** The head of the profile that the page shows; null when it shows none. */
  profile: () => WatchedPost | null
  /** True when the reader threw while looking for posts. */
  isBroken: () => boolean
}

/** `isNear` is null until the browser has told for the first time. */
type Known = { isNear: boolean | null; isDirty: boolean; isProfile: boolean; post: WatchedPost | null }

/** The least time between two looks over the page, in milliseconds. */
const scanPauseMs = 200

function isInWindow(element: Element): boolean {
  const { top, bottom } = plain(element).getBoundingClientRect()
  return bottom > 0 && top < innerHeight
}

/**
 * Follows the posts of a page that keeps changing: infinite scroll, virtual lists that reuse their elements,
 * navigation without loading. Only posts near the window are read, a few milliseconds a frame.
 */
export function watchPosts({ adapter, address, onNear, onFar }: WatchOptions): Watch {
  const known = new Map<Element, Known>()
  let lastAddress = address().href
  let lastScan = Number.NEGATIVE_INFINITY
  let timer: ReturnType<typeof setTimeout> | undefined
  let isBroken = false

  const queue = createFrameQueue<Element>((elements) => {
    const now = new Date()
    for (const element of elements) {
      const entry = known.get(element)
      if (entry?.isNear && plain(element).isConnected) onNear(readEntry(element, entry, now))
    }
  })

  const near = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const entry = known.get(target)
        if (!entry || entry.isNear === isIntersecting) continue
        entry.isNear = isIntersecting
        if (isIntersecting) queue.add(target)
        else onFar(target)
      }
    },
    { rootMargin: '200px' },
  )

  /** Posts that are read in one go are given the same `now`: readers then look around in the page once. */
  function readEntry(element: Element, entry: Known, now: Date): WatchedPost {
    const { isProfile } = entry
    if (entry.post !== null && !entry.isDirty) return entry.post
    const read = (isProfile ? readProfile : readPost)(element, adapter, address(), now)
    entry.post = { ...read, element, key: postKey(read.reading, element), isProfile }
    entry.isDirty = false
    return entry.post
  }

  function forget(element: Element): void {
    near.unobserve(element)
    known.delete(element)
    queue.drop(element)
    onFar(element)
  }

  function findPosts(): Element[] {
    try {
      isBroken = false
      for (const tree of adapter.shadowTreesIn?.(document) ?? []) changes.follow(tree)
      return adapter.findPosts(document, address())
    } catch {
      isBroken = true
      return []
    }
  }

  function scan(): void {
    timer = undefined
    lastScan = performance.now()
    const head = findProfile(adapter, address())
    const found = new Set(findPosts())
    if (head) found.add(head)
    for (const element of known.keys()) if (!found.has(element)) forget(element)
    const isElsewhere = address().href !== lastAddress
    lastAddress = address().href
    for (const element of found) {
      const entry = known.get(element)
      if (!entry) {
        known.set(element, { isNear: null, isDirty: false, isProfile: element === head, post: null })
        near.observe(element)
      } else if (isElsewhere || entry.isDirty) {
        entry.isDirty = true
        if (entry.isNear) queue.add(element)
      }
    }
  }

  const changes = watchChanges({
    attributes: adapter.changesOn ?? [],
    onChange: (touched) => {
      for (const node of touched) {
        const entry = known.get(node as Element)
        if (entry) entry.isDirty = true
      }
      timer ??= setTimeout(scan, Math.max(0, lastScan + scanPauseMs - performance.now()))
    },
  })
  scan()

  return {
    stop: () => {
      changes.stop()
      near.disconnect()
      clearTimeout(timer)
      queue.stop()
      known.clear()
    },
    known: () =>
      [...known.values()].flatMap(({ post }) => (post && plain(post.element).isConnected ? [post] : [])),
    near: () => {
      changes.flush()
      if (timer !== undefined) {
        clearTimeout(timer)
        scan()
      }
      const now = new Date()
      return [...known].flatMap(([element, entry]) =>
        (entry.isNear ?? isInWindow(element)) && plain(element).isConnected
          ? [readEntry(element, entry, now)]
          : [],
      )
    },
    count: () => known.size,
    profile: () => {
      for (const [element, entry] of known) if (entry.isProfile) return readEntry(element, entry, new Date())
      return null
    },
    isBroken: () => isBroken,
  }
}
