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
