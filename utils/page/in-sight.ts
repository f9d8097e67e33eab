import { plain } from './plain'
import { elementsAround, isCoveredAround } from './window-place'

/*
 * Pages have made extensions act by hiding or covering what these draw, so that a person presses it without
 * seeing it. A press counts only where the person could see what she pressed.
 */

/** Filters of dark modes change colours; these take things out of sight. */
const hidingFilter = /opacity|blur|url|drop-shadow|(brightness|contrast)\(0(\.[0-2]\d*)?\)/

function hidesNothing(element: Element): boolean {
  const style = getComputedStyle(element)
  const { opacity, visibility, mixBlendMode, clipPath, maskImage, filter } = style
  const isWhole = clipPath === 'none' && (maskImage === 'none' || maskImage === undefined)
  const isSolid = opacity === '1' && visibility === 'visible' && mixBlendMode === 'normal'
  return isWhole && isSolid && !hidingFilter.test(filter)
}

/** What stands in the browser's top layer may lie over everything and let presses through. */
function isUnderTopLayer(host: Element, x: number, y: number): boolean {
  return [...plain(document).querySelectorAll(':popover-open, :modal, :fullscreen')].some((element) => {
    if (plain(element).contains(host)) return false
    const { left, right, top, bottom } = plain(element).getBoundingClientRect()
    const isOver = x >= left && x <= right && y >= top && y <= bottom
    const { backgroundColor, backgroundImage } = getComputedStyle(element, '::backdrop')
    const isClear = /^(transparent|rgba\(\d+, \d+, \d+, 0(\.[0-2]\d*)?\))$/.test(backgroundColor)
    return isOver || !isClear || backgroundImage !== 'none'
  })
}

/**
 * Whether `host` could be seen at the place of this press; in a frame, whether the pages around draw the frame there
 * and hide nothing of it. What lets presses through they can still lay over it. Of a press with the
 * keyboard only whether the host is drawn at all.
 */
export function isInSight(host: HTMLElement, { clientX, clientY, detail }: MouseEvent): boolean {
  const root = plain(document).documentElement
  if (![host, root, ...elementsAround()].every(hidesNothing) || getComputedStyle(host).transform !== 'none')
    return false
  if (detail === 0) return true
  // Nothing but the top layer is drawn over the last element with the highest z-index.
  if (plain(root).lastElementChild !== host) return false
  const isOnTop =
    plain(document).elementFromPoint(clientX, clientY) === host && !isCoveredAround(clientX, clientY)
  return isOnTop && !isUnderTopLayer(host, clientX, clientY)
}
