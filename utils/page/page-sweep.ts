import type { Outcome } from '../model/problem'
import { type Captures, done } from './captures'
import type { Hiding } from './hide-marks'
import type { Marks } from './marks'
import type { PageReader } from './page-reader'
import { type Sweep, sweepPosts } from './sweep-posts'

export type PageSweepOptions = {
  page: PageReader
  marks: () => Marks | null
  word: (key: string) => string
  captures: Captures
  hiding: Hiding
}

/** The sweep of this page, one at a time. */
export type PageSweep = {
  /** Begins one, where none is on. */
  begin: () => Outcome<Record<string, never>>
  finish: () => Promise<void>
  /** The picture of this number is taken: for which posts does it count? */
  endWindow: (number: number) => Outcome<{ address: string; held: boolean[] }>
  /** It was taken back: its posts are marked as saved no more. */
  forget: () => void
}

/** Gives the sweep of this page, not begun. */
export function createPageSweep({ page, marks, word, captures, hiding }: PageSweepOptions): PageSweep {
  /** The last one, on or ended. */
  let sweep: Sweep | null = null
  let isOn = false

  function begin(): Outcome<Record<string, never>> {
    const drawn = marks()
    if (!drawn || !page.watch()) return { ok: false, problem: { code: 'page-not-readable' } }
    if (isOn) return done
    isOn = true
    sweep = sweepPosts({
      page,
      marks: drawn,
      word,
      hideMarks: hiding.hide,
      showMarks: hiding.show,
      isMoved: captures.isBusy,
      onEnd: (sentence) => {
        isOn = false
        marks()?.say(sentence)
      },
    })
    return done
  }

  return {
    begin,
    finish: async () => sweep?.finish(),
    endWindow: (number) => {
      const ended = sweep?.endWindow(number)
      return ended ? { ok: true, value: ended } : { ok: false, problem: { code: 'post-gone' } }
    },
    forget: () => {
      for (const key of sweep?.savedKeys() ?? []) if (!captures.has(key)) marks()?.setIdle(key)
      sweep = null
    },
  }
}
