import { drawnAllAt, holds, parentOf, plain } from './plain'

const size = 24
const edge = 4
/** How far along the post's upper edge a mark may move to leave the platform's own buttons free. */
const steps = [0, 16, 32, 48, 64, 80, 96, 112, 128]

/** A place in the whole page, in CSS pixels; null when the post's corner cannot be seen. */
export type Place = { left: number; top: number; isEndLeft: boolean } | null

/** Where a place was found, and in a post of which size: it stays free of controls when the page only scrolls. */
export type Found = { place: Place; step: number | null; width: number; height: number }

type Corner = { post: Element; host: Element; rect: DOMRect; isEndLeft: boolean }

function isControl(hit: Element, post: Element): boolean {
  for (let element: Element | null = hit; element && element !== post; element = parentOf(element))
    if (plain(element).matches('button,a[href],input,[role="button"],[role="menuitem"]')) return true
  return false
}

/** What of the page is drawn here. Null when nothing is. */
function hitAt(x: number, y: number, { host, post }: Corner): Element | null {
  const top = plain(document).elementFromPoint(x, y)
  // Only below our own and in shadow trees: this costs a look at everything that lies there.
  if (top !== host && (top === null || plain(top).shadowRoot === null)) return top
  return drawnAllAt(x, y, post).find((element) => element !== host) ?? null
}

function middleAt(step: number, { rect, isEndLeft }: Corner): { x: number; y: number } {
  const start = isEndLeft ? rect.left + edge + step : rect.right - edge - size - step
  return { x: start + size / 2, y: rect.top + edge + size / 2 }
}

function placeAt(step: number, corner: Corner): Place {
  const { x, y } = middleAt(step, corner)
  return { left: x - size / 2 + scrollX, top: y - size / 2 + scrollY, isEndLeft: corner.isEndLeft }
}

/** Outside the window nothing can be asked; the mark is placed again when the post comes in. */
function isInWindow(step: number, corner: Corner): boolean {
  const { x, y } = middleAt(step, corner)
  return y >= 0 && y < innerHeight && x >= 0 && x < innerWidth
}

/** Whether a mark with its middle on `hit` would lie on one of the platform's own controls, also by its edge only. */
function isOnControl(hit: Element, step: number, corner: Corner): boolean {
  const { post } = corner
  if (isControl(hit, post)) return true
  const { x, y } = middleAt(step, corner)
  const reach = size / 2 - 1
  return [x - reach, x + reach].some((at) => {
    const beside = hitAt(at, y, corner)
    return beside !== null && holds(post, beside) && isControl(beside, post)
  })
}

function search(corner: Corner): Pick<Found, 'place' | 'step'> {
  const { post } = corner
  const nowhere = { place: null, step: null }
  for (const step of steps) {
    const place = placeAt(step, corner)
    if (!isInWindow(step, corner)) return { place, step: null }
    const { x, y } = middleAt(step, corner)
    const hit = hitAt(x, y, corner)
    if (!hit) return nowhere
    if (!holds(post, hit)) return holds(hit, post) ? { place, step: null } : nowhere
    if (step === steps.at(-1) || !isOnControl(hit, step, corner)) return { place, step }
  }
  return nowhere
}

/** The place at the same step. Null when it has to be searched again: covered, or a control has come there. */
function keep(step: number, corner: Corner): Place {
  const { post } = corner
  if (!isInWindow(step, corner)) return placeAt(step, corner)
  const { x, y } = middleAt(step, corner)
  const hit = hitAt(x, y, corner)
  if (!hit || !holds(post, hit) || (step !== steps.at(-1) && isControl(hit, post))) return null
  return placeAt(step, corner)
}

/**
 * The place of a post's mark: its upper end corner, moved along the edge where the platform has buttons of its
 * own. Null when something else covers the corner (a dialog, a header) or it is outside the window. `known` is what
 * was found before for a post that has not changed since: then little has to be asked.
 */
export function placeMark(post: Element, host: Element, known: Found | null): Found {
  const rect = plain(post).getBoundingClientRect()
  const { width, height } = rect
  if (width < size * 2 || height < size) return { place: null, step: null, width, height }
  const corner = { post, host, rect, isEndLeft: getComputedStyle(post).direction === 'rtl' }
  const isSame =
    known?.place?.isEndLeft === corner.isEndLeft && known.width === width && known.height === height
  const kept = isSame && known.step !== null ? keep(known.step, corner) : null
  return { ...(kept ? { place: kept, step: known?.step ?? null } : search(corner)), width, height }
}

const gap = 4
const widest = 640

/** Puts the menu of a mark below it, or above where there is no room, within the window. */
export function placeMenu(menu: HTMLElement, mark: DOMRect): void {
  const { width, height } = menu.getBoundingClientRect()
  const isRoomBelow = mark.bottom + gap + height <= innerHeight
  const top = isRoomBelow ? mark.bottom + gap : Math.max(gap, mark.top - gap - height)
  const left = between(gap, mark.right - width, innerWidth - width - gap)
  menu.style.transform = `translate(${Math.round(left + scrollX)}px, ${Math.round(top + scrollY)}px)`
}

function between(least: number, value: number, most: number): number {
  return Math.max(least, Math.min(value, most))
}

/**
 * Puts the strip over its own post, below the mark, so that it covers no other post where the post is large
 * enough; in the window's upper corner when there is no mark to stand beside.
 */
export function placeStrip(strip: HTMLElement, beside: { pill: Element; post: Element } | null): void {
  const mark = beside?.pill.getBoundingClientRect()
  const post = beside?.post.getBoundingClientRect()
  if (post) strip.style.maxWidth = `${between(220, post.width - 2 * gap, widest)}px`
  const { width, height } = strip.getBoundingClientRect()
  const nearest = post ? Math.max(gap, post.left + gap) : gap
  const left = mark ? between(nearest, mark.right - width, innerWidth - width - gap) : gap
  const fitting = mark && post ? between(post.top, mark.bottom + gap, post.bottom - height - gap) : gap
  const top = between(gap, fitting, innerHeight - height - gap)
  strip.style.transform = `translate(${Math.round(left + scrollX)}px, ${Math.round(top + scrollY)}px)`
}
