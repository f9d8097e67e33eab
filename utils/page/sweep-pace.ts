import { plain } from './plain'

/** A look that costs more milliseconds than this is followed by a pause of twice its cost. */
const cheapMs = 8
const longestPauseMs = 150
/** A window counts as standing still after this. */
const stillMs = 100

export type Looking = { start: () => void; stop: () => void }

/** Looks at once, and at every frame that the page draws, unless looks are so dear that they would slow it down. */
export function lookOften(look: () => void): Looking {
  let nextLook = 0
  let request = 0

  function start(): void {
    request = requestAnimationFrame(start)
    const before = performance.now()
    if (before < nextLook) return
    look()
    const after = performance.now()
    const cost = after - before
    nextLook = cost <= cheapMs ? after : after + Math.min(longestPauseMs, 2 * cost)
  }

  return { start, stop: () => cancelAnimationFrame(request) }
}

/** Whether the window stands still, at a time of the page's monotonic clock. */
export type Stillness = { isStill: (now: number) => boolean; stop: () => void }

/** Watches whether the page is scrolled or the window gets another size. */
export function watchStillness(): Stillness {
  let lastMove = performance.now()
  const noteMove = (): void => {
    lastMove = performance.now()
  }
  plain(document).addEventListener('scroll', noteMove, { capture: true, passive: true })
  addEventListener('resize', noteMove)
  return {
    isStill: (now) => now - lastMove >= stillMs,
    stop: () => {
      plain(document).removeEventListener('scroll', noteMove, { capture: true })
      removeEventListener('resize', noteMove)
    },
  }
}
