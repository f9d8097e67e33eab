import type { PostReading } from '../model/post'
import { frameOf } from './frame-post'
import { plain } from './plain'
import { visibleTextOf } from './read-post'
import { type Rect, toWindow } from './window-place'

/** Watches that what was read is what is pictured. */
export type Guard = {
  /** We are about to move the page ourselves; nothing is judged until `expectAt`. */
  pause: () => void
  /** From now on the post stands here, in CSS pixels of the window. */
  expectAt: (frame: Rect) => void
  /** Ends. True when at every look the post said the same and stood where it should. */
  end: () => boolean
}

export type GuardOptions = {
  element: Element
  /** What must not change, as text. May throw when there is no post any more. */
  say: () => string
  /** How alike two of them must be. Whole pages have clocks and counters; one look at either end has to do. */
  likeness: 'same' | 'nine-tenths'
}

/** Half a pixel of rounding at each edge. */
const slack = 1.5

/**
 * What a page cannot change about a post without changing what it says. Counts, ages and pictures that still
 * load change by themselves and are left out.
 */
export function essenceOf(reading: PostReading): string {
  const { platform, kind, postId, permalink, author, text, links, mentions } = reading
  const { contentWarning, quotedIn, isDeleted, posted } = reading
  const words = [text, links, mentions, contentWarning]
  return JSON.stringify([platform, kind, postId, permalink, author, words, quotedIn, isDeleted, posted.iso])
}

function wordsOf(text: string): Set<string> {
  return new Set(text.match(/[\p{L}\p{N}]+/gu) ?? [])
}

function isAlike(one: string, other: string): boolean {
  const [a, b] = [wordsOf(one), wordsOf(other)]
  return a.intersection(b).size >= 0.9 * Math.max(a.size, b.size)
}

function isAt(frame: Rect, { x, y, width, height }: Rect): boolean {
  const distances = [frame.x - x, frame.y - y, frame.width - width, frame.height - height]
  return distances.every((distance) => Math.abs(distance) <= slack)
}

function isSeen(element: Element): boolean {
  return plain(element).checkVisibility({ opacityProperty: true, visibilityProperty: true })
}

/**
 * Looks at the post after every change to it or around it, and once a frame, until `end`: a page that shows
 * other words, or none, while the pictures are taken, and puts everything back afterwards, is found out.
 */
export function guardPost({ element, say, likeness }: GuardOptions): Guard {
  const said = say()
  const shown = visibleTextOf(element).length
  const wasSeen = isSeen(element)
  let frame: Rect | null = null
  let isSame = true
  let request = 0

  function isSaidStill(): boolean {
    const now = say()
    return likeness === 'same' ? now === said : isAlike(now, said)
  }
  // Words may stay in the page and be hidden; a few come and go by themselves, such as counts.
  const isShownStill = (): boolean =>
    isSeen(element) === wasSeen && visibleTextOf(element).length >= shown * 0.8
  const isInPlace = (): boolean => frame === null || isAt(frame, toWindow(frameOf(element)))

  function look(): void {
    if (!isSame) return
    try {
      isSame = plain(element).isConnected && isInPlace() && isSaidStill() && isShownStill()
    } catch {
      isSame = false
    }
  }
  function lookEachFrame(): void {
    look()
    request = requestAnimationFrame(lookEachFrame)
  }

  const concerns = ({ target }: MutationRecord): boolean =>
    plain(element).contains(target) || plain(target).contains(element)
  const changes = new MutationObserver((records) => {
    if (records.some(concerns)) look()
  })
  if (likeness === 'same') {
    const all = { subtree: true, childList: true, characterData: true, attributes: true }
    changes.observe(plain(document).documentElement, all)
    lookEachFrame()
  }

  return {
    pause: () => {
      frame = null
    },
    expectAt: (place) => {
      frame = place
    },
    end: () => {
      look()
      changes.disconnect()
      cancelAnimationFrame(request)
      return isSame
    },
  }
}
