import type { Marks } from './marks'

/** Takes the marks out of the way of a picture. */
export type Hiding = { hide: () => void; show: () => void; stop: () => void }

/** Marks come back after this long even if the background died in the middle of a capture. */
const hiddenAtMostMs = 20_000

/** Hides the marks that there are, for twenty seconds at most. `stop` leaves them as they are. */
export function createHiding(marks: () => Marks | null): Hiding {
  let showAgain: ReturnType<typeof setTimeout> | undefined
  const stop = (): void => clearTimeout(showAgain)
  return {
    hide: () => {
      marks()?.hide()
      stop()
      showAgain = setTimeout(() => marks()?.show(), hiddenAtMostMs)
    },
    show: () => {
      stop()
      marks()?.show()
    },
    stop,
  }
}
