import { signal } from '@preact/signals'

/** Two presses of Escape within this time hide the page. */
const pairMs = 800

/** Quick hide: everything leaves the page at once, and comes back on a press. */
export function createHideView(beforeHiding: () => void) {
  const isHidden = signal(false)
  let lastEscape = Number.NEGATIVE_INFINITY

  function hide(): void {
    beforeHiding()
    isHidden.value = true
  }

  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape' || event.repeat) return
      const isSecond = event.timeStamp - lastEscape <= pairMs
      lastEscape = isSecond ? Number.NEGATIVE_INFINITY : event.timeStamp
      if (isSecond) hide()
    },
    { capture: true },
  )

  return {
    isHidden,
    hide,
    show: () => {
      isHidden.value = false
    },
  }
}
