import { ask } from '../messages/page-end'
import type { Problem } from '../model/problem'
import type { Marks } from './marks'
import type { PageReader } from './page-reader'
import { createBook, isOverdue } from './sweep-book'
import { createLook } from './sweep-look'
import { lookOften, watchStillness } from './sweep-pace'
import { openSweepPanel } from './sweep-panel'
import { createHand } from './sweep-window'

/*
 * A sweep saves every post that the person scrolls past. It looks and waits: it never scrolls, opens or presses
 * anything. A post counts once it has stood fully in the part of the window that headers leave free; one taller than
 * that, once both its ends were seen. It is read at that moment. When the window stands still, one picture of it
 * serves all posts in it; a post that left before is kept with its words alone.
 *
 * It goes on where the page changes its address without loading, as when a post is opened and left again: it is one
 * sweep, in which each post counts once. It ends where the page is loaded anew, and where it becomes one that the
 * platform's reader does not know.
 *
 * What can be promised: there is a look at every frame that the page draws, unless looks are so dear that they would
 * slow it down; then each is followed by a pause of 150 ms at most. So no post is missed that stood fully in view for
 * a quarter of a second and, on a device that is too busy to draw, for two frames.
 */

export type SweepOptions = {
  page: PageReader
  marks: Marks
  word: (key: string) => string
  hideMarks: () => void
  showMarks: () => void
  /** A capture of ours is under way and may scroll the page: the person scrolls past nothing then. */
  isMoved: () => boolean
  /** It has ended, by whatever cause; the sentence says how. */
  onEnd: (sentence: string) => void
}

export type Sweep = {
  /** Hands over what waits, and ends. Resolves when everything was answered. */
  finish: () => Promise<void>
  /** See `Hand`. */
  endWindow: (number: number) => { address: string; held: boolean[] } | null
  /** The posts saved, by their keys. */
  savedKeys: () => string[]
}

/** Chromium gives two pictures a second. */
const picturePauseMs = 550
const windowsAtMost = 3
const failuresAtMost = 3
/** What only the moment can mend. */
const passingProblems: readonly string[] = ['capture-failed', 'answer-lost', 'page-access-ended']

/** Begins a sweep of this page. */
export function sweepPosts(options: SweepOptions): Sweep {
  const { page, marks, word, isMoved } = options
  const reader = page.platform()?.id
  const book = createBook()
  const look = createLook({ page, book, host: marks.host })
  let lastPicture = Number.NEGATIVE_INFINITY
  let failures = 0
  let isHanding = false
  let problem: Problem | null = null
  let ending: Promise<void> | null = null

  const withCount = (key: string): string =>
    word(key).replace('{count}', new Intl.NumberFormat(word('language')).format(book.count()))

  const panel = openSweepPanel({ marks, word, withCount, onStop: () => void finish().then(tellEnd) })
  const stillness = watchStillness()
  const looking = lookOften(lookOnce)

  const hand = createHand({
    page,
    book,
    look,
    hide: options.hideMarks,
    show: options.showMarks,
    isHidden: marks.isHidden,
    onKept: (keys) => {
      if (keys.length > 0) failures = 0
      for (const key of keys) marks.setState(key, 'saved')
      panel.tell()
    },
    onProblem: (found) => {
      failures += 1
      if (passingProblems.includes(found.code) && failures < failuresAtMost) return
      problem = found
      void finish().then(tellEnd)
    },
  })

  function tellEnd(): void {
    void ask('sweepEnded', {})
  }

  function isTimeForPicture(now: number): boolean {
    const isStill = stillness.isStill(now) && now - lastPicture >= picturePauseMs
    return isStill && !panel.isPointed(now) && !hand.isPicturing() && hand.underWay() < windowsAtMost
  }

  function handOverdue(now: number): void {
    if (isHanding) return
    const overdue = book.waiting().filter((one) => !one.isSent && isOverdue(one, now))
    if (overdue.length === 0) return
    isHanding = true
    void hand.words(overdue).finally(() => {
      isHanding = false
    })
  }

  /** Whether the page is still one of the platform that the sweep began on. */
  function isReadable(): boolean {
    return page.platform()?.id === reader
  }

  function lookOnce(): void {
    if (!isReadable()) {
      void finish().then(tellEnd)
      return
    }
    panel.notePlace()
    if (isMoved()) return
    const inView = look()
    const now = performance.now()
    handOverdue(now)
    if (inView.length === 0 || !isTimeForPicture(now)) return
    lastPicture = now
    void hand.picture()
  }

  async function handRest(): Promise<void> {
    await hand.settled()
    if (problem === null && !isMoved() && isReadable()) await hand.picture()
    await hand.settled()
    for (;;) {
      const rest = book.waiting()
      if (rest.length === 0 || problem !== null) return
      await hand.words(rest)
    }
  }

  function release(): void {
    looking.stop()
    stillness.stop()
    removeEventListener('pagehide', leave)
    panel.close()
  }

  async function end(): Promise<void> {
    release()
    await handRest()
    const sentence = withCount(isReadable() ? 'mark.sweep.done' : 'mark.sweep.unreadable')
    options.onEnd(problem ? `${word(`problem.${problem.code}`)} ${sentence}` : sentence)
  }

  function finish(): Promise<void> {
    ending ??= end()
    return ending
  }

  /** The page goes away: nothing can be waited for any more. */
  function leave(): void {
    release()
    ending ??= Promise.resolve()
    void hand.words(book.waiting().filter(({ isSent }) => !isSent))
    options.onEnd(withCount('mark.sweep.done'))
    tellEnd()
  }

  addEventListener('pagehide', leave)
  looking.start()
  return { finish, endWindow: hand.endWindow, savedKeys: book.savedKeys }
}
