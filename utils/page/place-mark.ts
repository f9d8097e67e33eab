const size = 24
const edge = 4
/** How far along the post's upper edge a mark may move to leave the platform's own buttons free. */
const steps = [0, 30, 60, 90, 120]

/** A place in the whole page, in CSS pixels; null when the post's corner cannot be seen. */
export type Place = { left: number; top: number; isEndLeft: boolean } | null

function isControl(hit: Element, post: Element): boolean {
  for (let element: Element | null = hit; element && element !== post; element = element.parentElement)
    if (element.matches('button,a[href],input,[role="button"],[role="menuitem"]')) return true
  return false
}

/**
 * The place of a post's mark: its upper end corner, moved along the edge where the platform has buttons of its
 * own. Null when something else covers the corner (a dialog, a header) or it is outside the window.
 */
export function placeMark(post: Element, host: Element): Place {
  const rect = post.getBoundingClientRect()
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
    const hit = document.elementsFromPoint(x, y).find((element) => element !== host)
    if (!hit) return null
    if (!post.contains(hit)) return hit.contains(post) ? place : null
    if (!isControl(hit, post) || step === steps.at(-1)) return place
  }
  return null
}

/**
 * Puts the strip beside its mark: below it, or above where the window ends; in the window's upper corner when
 * there is no mark to stand beside.
 */
export function placeStrip(strip: HTMLElement, mark: DOMRect | null): void {
  const { width, height } = strip.getBoundingClientRect()
  const gap = 6
  const left = mark
    ? Math.min(Math.max(mark.right - width, gap), Math.max(gap, innerWidth - width - gap))
    : gap
  const below = mark ? mark.bottom + gap : gap
  const top = mark && below + height > innerHeight ? Math.max(gap, mark.top - height - gap) : below
  strip.style.transform = `translate(${Math.round(left + scrollX)}px, ${Math.round(top + scrollY)}px)`
}
