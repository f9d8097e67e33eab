import type { ActionCode } from '../model/capture-codes'
import { drawnAt, holds, parentOf, plain } from './plain'
import { type Band, isCoveredAround, type Rect, shownPart } from './window-place'

const probeStep = 6

/** Where the post is drawn, from the corner of its own page. */
export function frameOf(post: Element): Rect {
  const { x, y, width, height } = plain(post).getBoundingClientRect()
  return { x, y, width, height }
}

function isFixed(element: Element): boolean {
  const { position } = getComputedStyle(element)
  return position === 'fixed' || position === 'sticky'
}

/** Over the page as a whole lies whatever does not move with it. */
function isFixedInPage(hit: Element): boolean {
  for (let element: Element | null = hit; element; element = parentOf(element))
    if (isFixed(element)) return true
  return false
}

function isFixedOver(post: Element, hit: Element): boolean {
  if (post === plain(document).documentElement) return isFixedInPage(hit)
  for (let element: Element | null = hit; element && !holds(element, post); element = parentOf(element)) {
    if (holds(post, element)) return false
    if (isFixed(element)) return true
  }
  return false
}

/** The part of our page that the window shows: all of it, but for a frame that stands over an edge. */
function windowBand(): Band {
  const { y, height } = shownPart()
  // Whole numbers here as well: see `findBand`.
  return {
    top: Math.max(0, Math.ceil(y)),
    bottom: Math.min(innerHeight, Math.max(0, Math.floor(y + height))),
  }
}

/** The part of the window in which the areas that scroll by themselves let the post be seen. */
function bandOfAreas(post: Element): Band {
  const root = plain(document).scrollingElement
  const areas = scrollersOf(post).filter((scroller) => scroller !== root)
  return areas.reduce<Band>((band, area) => {
    const { clientTop, clientHeight } = plain(area)
    const upper = plain(area).getBoundingClientRect().top + clientTop
    const top = Math.max(band.top, Math.ceil(upper))
    const bottom = Math.min(band.bottom, Math.floor(upper + clientHeight))
    // An area outside the window shows nothing; then the window itself has to do.
    return bottom > top ? { top, bottom } : band
  }, windowBand())
}

/**
 * Finds the part of the window that shows the post: what areas that scroll by themselves cut off, and fixed or sticky
 * parts over the post's column cover, is taken away at both ends. Of a page as a whole, what stands at its very top
 * and bottom is part of it.
 */
export function findBand(post: Element): Band {
  const { left, width } = plain(post).getBoundingClientRect()
  const shown = shownPart()
  const x = Math.min(Math.max(left + width / 2, shown.x + 1), shown.x + shown.width - 1)
  // Whole numbers: Chromium rounds the point, and half a pixel above the window's end lies outside of it.
  const isCovered = (y: number): boolean => {
    const hit = drawnAt(x, y, post)
    return (hit !== null && isFixedOver(post, hit)) || isCoveredAround(x, y)
  }
  const { top: upper, bottom: lower } = plain(post).getBoundingClientRect()
  const isRoot = post === plain(document).documentElement
  const areas = bandOfAreas(post)
  const top = isRoot && upper >= 0 ? 0 : coveredDepth((depth) => isCovered(areas.top + depth))
  const isAtEnd = isRoot && lower <= innerHeight + 1
  const bottom = isAtEnd ? 0 : coveredDepth((depth) => isCovered(areas.bottom - depth - 1))
  return { top: areas.top + top, bottom: areas.bottom - bottom }
}

/** How deep a cover reaches into the window from its edge, to the pixel; at most two fifths of the window. */
function coveredDepth(isCoveredAt: (depth: number) => boolean): number {
  const limit = innerHeight * 0.4
  let far = 0
  while (far < limit && isCoveredAt(far)) far += probeStep
  let depth = Math.max(0, far - probeStep)
  while (depth < far && isCoveredAt(depth)) depth += 1
  // A cover may end between two pixels.
  return depth === 0 ? 0 : depth + 1
}

function scrollersOf(post: Element): Element[] {
  const found: Element[] = []
  for (let element = parentOf(post); element; element = parentOf(element)) {
    const { overflowY } = getComputedStyle(element)
    const { scrollHeight, clientHeight } = plain(element)
    if (scrollHeight > clientHeight + 1 && /auto|scroll|overlay/.test(overflowY)) found.push(element)
  }
  const root = plain(document).scrollingElement
  return root && !found.includes(root) ? [...found, root] : found
}

/** Scrolls so that the post's top stands at `y` in the window, as near as the page's ends allow. */
export function bringTopTo(post: Element, y: number): void {
  for (const scroller of scrollersOf(post)) {
    const distance = plain(post).getBoundingClientRect().top - y
    if (Math.abs(distance) < 1) return
    plain(scroller).scrollBy({ top: distance, behavior: 'instant' })
  }
}

/**
 * Brings the post into the band: whole when it fits, else its top. Gives what was done, for the record of
 * actions; empty when the post was in view already.
 */
export function bringIntoView(post: Element): ActionCode[] {
  let band = findBand(post)
  const { top, bottom, height } = plain(post).getBoundingClientRect()
  const fits = height <= band.bottom - band.top
  if (fits && top >= band.top && bottom <= band.bottom) return []
  bringTopTo(post, fits ? band.top + (band.bottom - band.top - height) / 2 : band.top)
  // Headers appear and vanish with scrolling: look again.
  band = findBand(post)
  const after = plain(post).getBoundingClientRect()
  if (after.top < band.top) bringTopTo(post, band.top)
  return ['scrolled-into-view']
}

/**
 * Frames to wait for: the first draws the change; the second can begin before that is on the screen; the third
 * not before the browser's compositor has taken the first in.
 */
const framesToWait = 4
/** Hidden tabs paint nothing and call no frame back; there the picture fails by itself. */
const paintedWithinMs = { hidden: 500, visible: 5_000 }

/** Resolves when what was just changed in the page has been painted. */
export function painted(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, paintedWithinMs[plain(document).hidden ? 'hidden' : 'visible'])
    let frames = 0
    const wait = (): void => {
      frames += 1
      if (frames <= framesToWait) requestAnimationFrame(wait)
      else {
        clearTimeout(timer)
        resolve()
      }
    }
    wait()
  })
}

/** Scroll positions, to put the page back as it was. */
export function rememberScroll(post: Element): () => void {
  const places = scrollersOf(post).map((scroller) => ({ scroller, top: plain(scroller).scrollTop }))
  return () => {
    for (const { scroller, top } of places) plain(scroller).scrollTo({ top, behavior: 'instant' })
  }
}
