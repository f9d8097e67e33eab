import { plain } from './plain'

export type MovesOptions = {
  /** Something has moved; told once for all that moves within a moment. */
  onMoved: () => void
  /** The window has another size; told at once. */
  onResize: () => void
}

export type Moves = {
  /** Tells of it, too, when this element gets another size. */
  follow: (element: Element) => void
  leave: (element: Element) => void
  stop: () => void
}

const pauseMs = 80

/** Tells when what is drawn on the page may stand elsewhere: scrolls, and other sizes of the window and the page. */
export function watchMoves({ onMoved, onResize }: MovesOptions): Moves {
  let timer: ReturnType<typeof setTimeout> | undefined

  function tellSoon(): void {
    timer ??= setTimeout(() => {
      timer = undefined
      onMoved()
    }, pauseMs)
  }

  const sizes = new ResizeObserver(tellSoon)
  for (const element of [plain(document).documentElement, plain(document).body])
    if (element) sizes.observe(element)
  plain(document).addEventListener('scroll', tellSoon, { capture: true, passive: true })
  addEventListener('resize', tellSoon)
  addEventListener('resize', onResize)

  return {
    follow: (element) => sizes.observe(element),
    leave: (element) => sizes.unobserve(element),
    stop: () => {
      clearTimeout(timer)
      sizes.disconnect()
      plain(document).removeEventListener('scroll', tellSoon, { capture: true })
      removeEventListener('resize', tellSoon)
      removeEventListener('resize', onResize)
    },
  }
}
