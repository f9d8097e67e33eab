import type { RefObject } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'

const controls = 'input, select, textarea, button, [tabindex]'

/**
 * When `of` changes after the first drawing, the keyboard goes to the first control inside the given element:
 * for what opens in place of its own button, and for the button when it comes back. `selector` names another.
 */
export function useFocusMove<T extends HTMLElement>(of: unknown, selector = controls): RefObject<T | null> {
  const box = useRef<T>(null)
  const before = useRef(of)
  useLayoutEffect(() => {
    if (before.current === of) return
    before.current = of
    box.current?.querySelector<HTMLElement>(selector)?.focus()
  }, [of, selector])
  return box
}

/** Where the keyboard goes when a screen goes away under it. */
const landings = '[data-landing] button, [data-landing]:not(:has(button))'

/**
 * When `of` changes after the first drawing and what had the keyboard is no longer there, the keyboard goes to the
 * first place marked `data-landing`, or the one that `selector` names: nobody starts again at the top of the page.
 */
export function useLanding(of: unknown, selector = landings): void {
  const before = useRef(of)
  useLayoutEffect(() => {
    if (before.current === of) return
    before.current = of
    const { activeElement, body } = document
    if (activeElement !== null && activeElement !== body) return
    document.querySelector<HTMLElement>(selector)?.focus()
  }, [of, selector])
}
