import { findBand, frameOf } from './frame-post'
import { drawnAllAt, holds, plain } from './plain'
import type { Band, Rect } from './window-place'

/**
 * How a post stands in the free part of the window. `whole`: all of it. `top`, `middle`, `bottom`: it is taller than
 * the free part, which shows this end of it. `partly`: it would fit and stands over an edge. `out`: nothing of it
 * shows.
 */
export type Stand = 'whole' | 'top' | 'middle' | 'bottom' | 'partly' | 'out'

/** Rounding at each edge, in CSS pixels. */
const slack = 1

/** How a rectangle stands in the band. Pure. */
export function standOf({ y, height }: Rect, { top, bottom }: Band): Stand {
  const end = y + height
  if (height < 1 || end <= top + slack || y >= bottom - slack) return 'out'
  if (y >= top - slack && end <= bottom + slack) return 'whole'
  if (height <= bottom - top) return 'partly'
  if (y >= top - slack) return 'top'
  return end <= bottom + slack ? 'bottom' : 'middle'
}

/** Remembers of posts taller than the window which of their ends were seen. */
export type Passing = {
  /** Notes how the post of a key stands now. True once it was seen from its top to its bottom. */
  note: (key: string, stand: Stand) => boolean
  /** Forgets every post whose key is not among these. */
  keepOnly: (keys: ReadonlySet<string>) => void
}

/** Begins to remember. Pure. */
export function createPassing(): Passing {
  const seen = new Map<string, { top: boolean; bottom: boolean }>()
  return {
    note: (key, stand) => {
      if (stand === 'whole') return true
      if (stand === 'partly' || stand === 'out') return false
      const ends = seen.get(key) ?? { top: false, bottom: false }
      if (stand === 'top') ends.top = true
      if (stand === 'bottom') ends.bottom = true
      seen.set(key, ends)
      return ends.top && ends.bottom
    },
    keepOnly: (keys) => {
      for (const key of seen.keys()) if (!keys.has(key)) seen.delete(key)
    },
  }
}

/** Bands of one look: posts of one column share theirs. */
export function createBands(): (post: Element) => Band {
  const bands = new Map<string, Band>()
  return (post) => {
    const { x, width } = frameOf(post)
    const column = `${Math.round(x)} ${Math.round(width)}`
    const known = bands.get(column) ?? findBand(post)
    bands.set(column, known)
    return known
  }
}

/** Where along a post's height one looks whether something lies over it. */
const heights = [0.2, 0.5, 0.8]

/** Whether something of the page lies over the post, such as a dialog. `host` holds our own drawing. */
export function isCovered(post: Element, { top, bottom }: Band, host: Element): boolean {
  const { x, y, width, height } = frameOf(post)
  const upper = Math.max(y, top)
  const lower = Math.min(y + height, bottom)
  const across = x + width / 2
  if (across < 0 || across >= innerWidth) return true
  return heights.some((part) => {
    const hits = drawnAllAt(across, upper + (lower - upper) * part, post)
    const hit = hits.find((element) => element !== host)
    return !hit || !(holds(post, hit) || holds(hit, post))
  })
}

/** Whether the post is drawn at all. */
export function isDrawn(post: Element): boolean {
  return plain(post).checkVisibility({ opacityProperty: true, visibilityProperty: true })
}
