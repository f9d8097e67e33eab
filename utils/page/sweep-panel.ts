import type { Marks } from './marks'

export type SweepPanelOptions = {
  marks: Marks
  word: (key: string) => string
  /** The sentence of this key with the number of posts saved. */
  withCount: (key: string) => string
  onStop: () => void
}

export type SweepPanel = {
  /** Tells how many posts are saved by now. */
  tell: () => void
  /** Says so where the page has become another since the sweep began. */
  notePlace: () => void
  /** Whether the pointer is on it: then it is not taken away. `now` is of the page's monotonic clock. */
  isPointed: (now: number) => boolean
  close: () => void
}

/** How long the pointer counts as being on it, in milliseconds. */
const pointedMs = 1_200

const placeOf = ({ origin, pathname }: Location): string => origin + pathname

/** Opens the panel that tells how a sweep goes on. */
export function openSweepPanel({ marks, word, withCount, onStop }: SweepPanelOptions): SweepPanel {
  const start = placeOf(location)
  let isElsewhere = false
  let pointedUntil = 0

  const sentence = (): string => withCount(isElsewhere ? 'mark.sweep.elsewhere' : 'mark.sweep.progress')
  const panel = marks.openPanel({
    sentence: sentence(),
    button: word('mark.stop'),
    pace: 'busy',
    onPress: onStop,
    onPoint: () => {
      pointedUntil = performance.now() + pointedMs
    },
  })
  const tell = (): void => panel.say(sentence())

  return {
    tell,
    notePlace: () => {
      if (isElsewhere || placeOf(location) === start) return
      isElsewhere = true
      tell()
    },
    isPointed: (now) => now <= pointedUntil,
    close: panel.close,
  }
}
