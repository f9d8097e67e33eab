import { ask } from '../messages/page-end'
import type { SweptPost } from '../messages/protocol'
import type { Problem } from '../model/problem'
import { painted } from './frame-post'
import type { Guard } from './guard-post'
import type { PageReader } from './page-reader'
import { guardChoice } from './prepare-post'
import { type Book, takeBatch, type Waiting } from './sweep-book'
import { choiceOf, standingNow, writeHtml } from './sweep-look'
import { seenAddress } from './window-place'

export type HandOptions = {
  page: PageReader
  book: Book
  look: () => Waiting[]
  /** Takes our drawing out of the picture, and puts it back. */
  hide: () => void
  show: () => void
  isHidden: () => boolean
  onKept: (keys: readonly string[]) => void
  onProblem: (problem: Problem) => void
}

/** Hands posts of a sweep over, with a picture of the window or without. */
export type Hand = {
  /** One picture of the window for all posts that stand in it. Resolves when their places may change again. */
  picture: () => Promise<void>
  /** Posts that can wait no longer. Resolves when they are kept or refused. */
  words: (posts: readonly Waiting[]) => Promise<void>
  /** The picture of this number is taken: for which posts does it count? Null when it is not under way. */
  endWindow: (number: number) => { address: string; held: boolean[] } | null
  isPicturing: () => boolean
  /** How many windows wait to be sealed. */
  underWay: () => number
  /** Resolves when everything handed over was answered. */
  settled: () => Promise<void>
}

const postsAtMost = 60
/** Characters in one message; browsers take some sixty million bytes. */
const lettersAtMost = 10_000_000

function toMessage({ post, words, html, readAt }: Waiting): SweptPost {
  return { key: post.key.slice(0, 10_000), prepared: words, html, readMsAgo: performance.now() - readAt }
}

/** Writes it down as it stands in the window now, and watches that it stays so. */
function guardInWindow(one: Waiting, page: PageReader): Guard {
  writeHtml(one)
  one.words = standingNow(one)
  const guard = guardChoice(choiceOf(one.post), page)
  guard.expectAt(one.words.frame)
  return guard
}

/** Answers that are still to come. */
function createAnswers() {
  const answers = new Set<Promise<void>>()
  return {
    track: (answer: Promise<void>): Promise<void> => {
      const tracked: Promise<void> = answer.finally(() => answers.delete(tracked))
      answers.add(tracked)
      return tracked
    },
    settled: async (): Promise<void> => {
      while (answers.size > 0) await Promise.all(answers)
    },
  }
}

/** Begins to hand over. */
export function createHand(options: HandOptions): Hand {
  const { page, book, look, hide, show, isHidden } = options
  const answers = createAnswers()
  let picturing: { number: number; guards: Guard[]; free: () => void } | null = null
  let isPicturing = false
  let lastNumber = 0
  let windows = 0

  async function send(posts: readonly Waiting[], window: number | null): Promise<void> {
    for (const one of posts) one.isSent = true
    const answer = await ask('keepSwept', { window, posts: posts.map(toMessage) })
    const keys = posts.map(({ post }) => post.key)
    if (!answer.ok) {
      for (const key of keys) book.settle(key, 'again')
      options.onProblem(answer.problem)
      return
    }
    const { ends } = answer.value
    for (const [index, key] of keys.entries()) book.settle(key, ends[index] ?? 'again')
    options.onKept(keys.filter((_, index) => ends[index] === 'kept'))
  }

  function endWindow(number: number): { address: string; held: boolean[] } | null {
    if (picturing?.number !== number) return null
    const { guards, free } = picturing
    picturing = null
    const wasHidden = isHidden()
    const held = guards.map((guard) => guard.end()).map((isSame) => isSame && wasHidden)
    show()
    free()
    return { address: seenAddress(), held }
  }

  async function picture(): Promise<void> {
    isPicturing = true
    hide()
    await painted()
    const posts = takeBatch(look(), { count: postsAtMost, most: lettersAtMost })
    if (posts.length === 0) {
      show()
      isPicturing = false
      return
    }
    const number = ++lastNumber
    const guards = posts.map((one) => guardInWindow(one, page))
    const freed = new Promise<void>((free) => {
      picturing = { number, guards, free }
    })
    windows += 1
    // When nobody asked how it ended, the picture counts for nothing.
    const answered = answers.track(send(posts, number)).finally(() => {
      windows -= 1
      endWindow(number)
    })
    await Promise.race([freed, answered])
    isPicturing = false
  }

  return {
    picture,
    words: async (posts) => {
      const batch = takeBatch(posts, { count: postsAtMost, most: lettersAtMost })
      if (batch.length > 0) await answers.track(send(batch, null))
    },
    endWindow,
    isPicturing: () => isPicturing,
    underWay: () => windows,
    settled: answers.settled,
  }
}
