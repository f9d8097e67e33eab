/**
 * How the page draws an element, where neither attribute nor structure says it: one property of its computed style.
 * Null for an element that is in no window.
 */
export function drawnAs(element: Element | null, property: string): string | null {
  if (!element) return null
  const value = getComputedStyle(element).getPropertyValue(property).trim()
  return value === '' ? null : value
}

/** Whether the element places its children itself, so that their order and alignment are its own. */
export function isFlexible(element: Element | null): boolean {
  return /^(inline-)?flex$/.test(drawnAs(element, 'display') ?? '')
}

/** Whether the element is drawn on a ground of its own, as a speech bubble is. */
export function hasGround(element: Element | null): boolean {
  const ground = drawnAs(element, 'background-color')
  return ground !== null && ground !== 'transparent' && !/^rgba\(.*,\s*0\)$/.test(ground)
}
