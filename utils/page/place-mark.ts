import { parentOf, plain } from './plain'

const size = 24
const edge = 4
/** How far along the post's upper edge a mark may move to leave the platform's own buttons free. */
const steps = [0, 16, 32, 48, 64, 80, 96, 112, 128]

/** A place in the whole page, in CSS pixels; null when the post's corner cannot be seen. */
export type Place = { left: number; top: number; isEndLeft: boolean } | null

function isControl(hit: Element, post: Element): boolean {
  for (let element: Element | null = hit; element && element !== post; element = parentOf(element))
    if (plain(element).matches('button,a[href],input,[role="button"],[role="menuitem"]')) return true
  return false
}

/** Whether a mark with its middle here would lie on one of the platform's own controls, also by its edge only. */
function isOnControl(x: number, y: number, { post, host }: { post: Element; host: Element }): boolean {
  const reach = size / 2 - 1
  return [x - reach, x, x + reach].some((at) => {
    const hit = plain(document)
      .elementsFromPoint(at, y)
      .find((element) => element !== host)
    return hit !== undefined && plain(post).contains(hit) && isControl(hit, post)
  })
}

/**
 * The place of a post's mark: its upper end corner, moved along the edge where the platform has buttons of its
 * own. Null when something else covers the corner (a dialog, a header) or it is outside the window.
 */
export function placeMark(post: Element, host: Element): Place {
  const rect = plain(post).getBoundingClientRect()
  if (rect.width < size * 2 || rect.height < size) return null
  const isEndLeft = getComputedStyle(post).direction === 'rtl'
  const top = rect.top + edge
  const y = top + size / 2
  for (const step of steps) {
    const left = isEndLeft ? rect.left + edge + step : rect.right - edge - size - step
    const x = left + size / 2
    const isInWindow = y >= 0 && y < innerHeight && x >= 0 && x < innerWidth
    const place = { left: left + scrollX, top: top + scrollY, isEndLeft }
    // Outside the window nothing can be asked; the mark is placed again when the post comes in.
    if (!isInWindow) return place
    const hit = plain(document)
      .elementsFromPoint(x, y)
      .find((element) => element !== host)
    if (!hit) return null
    if (!plain(post).contains(hit)) return plain(hit).contains(post) ? place : null
    if (!isOnControl(x, y, { post, host }) || step === steps.at(-1)) return place
  }
  return null
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
export function placeStrip(strip: HTMLElement, mark: DOMRect | null, post: DOMRect | null): void {
  if (post) strip.style.maxWidth = `${between(220, post.width - 2 * gap, widest)}px`
  const { width, height } = strip.getBoundingClientRect()
  const nearest = post ? Math.max(gap, post.left + gap) : gap
  const left = mark ? between(nearest, mark.right - width, innerWidth - width - gap) : gap
  const fitting = mark && post ? between(post.top, mark.bottom + gap, post.bottom - height - gap) : gap
  const top = between(gap, fitting, innerHeight - height - gap)
  strip.style.transform = `translate(${Math.round(left + scrollX)}px, ${Math.round(top + scrollY)}px)`
}
