import type { PlatformAdapter } from '../model/platform'
import { plain } from './plain'
import { findProfile, postKey, type ReadPost, readPost, readProfile } from './read-post'

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
/** How long one frame may be used for reading posts, in milliseconds. */
const sliceMs = 8
const watchedAttributes = [
  'href',
  'datetime',
  'id',
  'data-id',
  'data-fullname',
  'thingid',
  'permalink',
  'lang',
  'hidden',
]

function nodeAround(node: Node): Node | null {
  return node instanceof ShadowRoot ? node.host : plain(node).parentNode
}

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
  const queue = new Set<Element>()
  /** Shadow trees that are observed; gone with their elements. */
  const watched = new WeakSet<ShadowRoot>()
  let lastAddress = address().href
  let lastScan = Number.NEGATIVE_INFINITY
  let timer: ReturnType<typeof setTimeout> | undefined
  let frame = 0
  let isBroken = false

  const near = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const entry = known.get(target)
        if (!entry || entry.isNear === isIntersecting) continue
        entry.isNear = isIntersecting
        if (isIntersecting) enqueue(target)
        else onFar(target)
      }
    },
    { rootMargin: '200px' },
  )

  function enqueue(element: Element): void {
    queue.add(element)
    if (frame === 0) frame = requestAnimationFrame(readSome)
  }

  function readSome(): void {
    frame = 0
    const end = performance.now() + sliceMs
    const now = new Date()
    for (const element of queue) {
      queue.delete(element)
      const entry = known.get(element)
      if (entry?.isNear && plain(element).isConnected) onNear(readEntry(element, entry, now))
      if (performance.now() > end) break
    }
    if (queue.size > 0) frame = requestAnimationFrame(readSome)
  }

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
    queue.delete(element)
    onFar(element)
  }

  function watchTrees(): void {
    for (const tree of adapter.shadowTreesIn?.(document) ?? []) {
      if (watched.has(tree)) continue
      watched.add(tree)
      changes.observe(tree, whatChanges)
    }
  }

  function findPosts(): Element[] {
    try {
      isBroken = false
      watchTrees()
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
        if (entry.isNear) enqueue(element)
      }
    }
  }

  function noteChanges(records: MutationRecord[]): void {
    const seen = new Set<Node>()
    for (const { target } of records) {
      for (let node: Node | null = target; node && !seen.has(node); node = nodeAround(node)) {
        seen.add(node)
        const entry = known.get(node as Element)
        if (entry) entry.isDirty = true
      }
    }
    timer ??= setTimeout(scan, Math.max(0, lastScan + scanPauseMs - performance.now()))
  }

  const changes = new MutationObserver(noteChanges)
  const whatChanges: MutationObserverInit = {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: [...watchedAttributes, ...(adapter.changesOn ?? [])],
  }
  changes.observe(plain(document).documentElement, whatChanges)
  scan()

  return {
    stop: () => {
      changes.disconnect()
      near.disconnect()
      clearTimeout(timer)
      cancelAnimationFrame(frame)
      known.clear()
      queue.clear()
    },
    known: () =>
      [...known.values()].flatMap(({ post }) => (post && plain(post.element).isConnected ? [post] : [])),
    near: () => {
      const records = changes.takeRecords()
      if (records.length > 0) noteChanges(records)
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
