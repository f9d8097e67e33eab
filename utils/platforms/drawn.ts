/**
 * How the page draws an element, where neither attribute nor structure says it: one property of its computed style.
 * Null for an element that is in no window.
 */
export function drawnAs(element: Element | null, property: string): string | null {
  if (!element || Reflect.get(Node.prototype, 'ownerDocument', element) !== document) return null
  const value = getComputedStyle(element).getPropertyValue(property).trim()
  return value === '' ? null : value
}

/** Whether the element places its children itself, so that their order and alignment are its own. */
export function isFlexible(element: Element | null): boolean {
  return /^(inline-)?flex$/.test(drawnAs(element, 'display') ?? '')
}
