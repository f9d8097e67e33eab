import { ask } from '../messages/page-end'
import type { Outcome } from '../model/problem'
import { failedOutcome, keptOutcome, stateOf, threadOutcome, threadProgress } from './capture-words'
import { type Choice, type Chosen, createChoices } from './choices'
import { choosePost } from './choose-target'
import type { Marks } from './marks'
import type { WatchedPost } from './watch-posts'

/** How something is captured: as part of a thread, with its pictures, without a word about it. */
export type CaptureWay = {
  thread: { group: string; position: number } | null
  keepsMedia: boolean
  isQuiet: boolean
}

/** A thread as the page shows it, asked for on one of its posts. */
export type ShownThread = {
  post: WatchedPost
  members: readonly WatchedPost[]
  /** A member where it is drawn now; null when it is drawn no more. */
  find: (member: WatchedPost) => WatchedPost | null
}

export type CapturesOptions = { marks: () => Marks | null; word: (key: string) => string }

type Done = Outcome<Record<string, never>>

/** The captures of this page. */
export type Captures = {
  capture: (chosen: Chosen, way: CaptureWay) => Promise<Done>
  /**
   * Captures the posts of a thread one after the other, in order, as one group. The person may stop it; what was
   * saved until then stays.
   */
  captureThread: (thread: ShownThread) => Promise<void>
  setTypes: (key: string, types: string[]) => void
  undo: (key: string) => Promise<void>
  /** Whether the page may still speak of a capture of this post. */
  has: (key: string) => boolean
  /** Whether one is under way: then the page may be scrolled by us. */
  isBusy: () => boolean
  /** What is done with the choice of this number while its capture lasts. */
  withChoice: <T>(number: number, act: (choice: Choice) => T | Promise<T>) => Promise<Outcome<T>>
  elementOf: (number: number) => Element | null
  /** `load` for the choice of a number; null when there is none. */
  mediaWith: <T>(load: (choice: Choice) => Promise<T>) => (number: number) => Promise<T | null>
}

/** The good answer that has nothing to tell. */
export const done: { ok: true; value: Record<string, never> } = { ok: true, value: {} }

/** What no mark stands for: see `choose-target.ts`. */
function isPart({ key }: Chosen): boolean {
  return key === 'element' || key === 'selection' || key === 'page'
}

/** Asks the background for each capture, tells what became of it, and takes it back. */
export function createCaptures({ marks, word }: CapturesOptions): Captures {
  const choices = createChoices()
  /** By the key of the post: what the page may say of its captures. A thread has several under the post's key. */
  const receipts = new Map<string, string[]>()

  function sayProblem(code: string): void {
    marks()?.say(word(`problem.${code}`))
  }

  async function capture(chosen: Chosen, way: CaptureWay): Promise<Done> {
    const { number } = choices.open(chosen)
    const { thread, keepsMedia, isQuiet } = way
    marks()?.setSaving(chosen.key)
    const answer = await ask('capturePost', { choice: number, thread, keepsMedia, isPart: isPart(chosen) })
    choices.close(number)
    marks()?.show()
    if (!answer.ok) {
      if (isQuiet) marks()?.setState(chosen.key, 'failed')
      else marks()?.setOutcome(chosen.key, failedOutcome(answer.problem, word))
      return answer
    }
    receipts.set(chosen.key, [answer.value.receipt])
    if (isQuiet) marks()?.setState(chosen.key, stateOf(answer.value.method))
    else marks()?.setOutcome(chosen.key, keptOutcome(answer.value, word))
    return done
  }

  /** Captures these as one group, until the person stops it. Gives the keys of the posts that were saved. */
  async function captureMembers(group: string, { members, find }: ShownThread): Promise<string[]> {
    const total = members.length
    let isStopped = false
    const panel = marks()?.openPanel({
      sentence: threadProgress({ count: 1, total }, word),
      button: word('mark.stop'),
      onPress: () => {
        isStopped = true
      },
    })
    const saved: string[] = []
    for (const [position, member] of members.entries()) {
      if (isStopped || marks() === null) break
      panel?.say(threadProgress({ count: position + 1, total }, word))
      const now = find(member)
      const way = { thread: { group, position }, keepsMedia: false, isQuiet: true }
      const kept = now && (await capture(choosePost(now), way))
      if (kept?.ok) saved.push(member.key)
    }
    panel?.close()
    return saved
  }

  async function captureThread(thread: ShownThread): Promise<void> {
    const opened = await ask('openGroup', {})
    if (!opened.ok) {
      sayProblem(opened.problem.code)
      return
    }
    const { key } = thread.post
    const saved = await captureMembers(opened.value.group, thread)
    const all = saved.flatMap((one) => receipts.get(one) ?? [])
    if (all.length === 0) {
      marks()?.say(word('mark.failedSentence'))
      return
    }
    // The post's own first: what the person says of the type is said of it alone.
    receipts.set(key, [...new Set([...(receipts.get(key) ?? []), ...all])])
    const counts = { count: saved.length, total: thread.members.length, isOwnSaved: saved.includes(key) }
    marks()?.setOutcome(key, threadOutcome(counts, word))
  }

  function setTypes(key: string, types: string[]): void {
    const receipt = receipts.get(key)?.[0]
    if (receipt === undefined) return
    void ask('assessCapture', { receipt, types: types as never }).then((answer) => {
      if (!answer.ok) sayProblem(answer.problem.code)
    })
  }

  async function undo(key: string): Promise<void> {
    const taken = receipts.get(key) ?? []
    for (const receipt of taken) {
      const answer = await ask('undoCapture', { receipt })
      if (!answer.ok) {
        sayProblem(answer.problem.code)
        return
      }
    }
    for (const [one, own] of receipts) {
      if (!own.some((receipt) => taken.includes(receipt))) continue
      receipts.delete(one)
      marks()?.setIdle(one)
    }
    if (taken.length > 0) marks()?.say(word('mark.undone'))
  }

  async function withChoice<T>(number: number, act: (choice: Choice) => T | Promise<T>): Promise<Outcome<T>> {
    const choice = choices.find(number)
    if (!choice) return { ok: false, problem: { code: 'post-gone' } }
    return { ok: true, value: await act(choice) }
  }

  return {
    capture,
    captureThread,
    setTypes,
    undo,
    has: (key) => receipts.has(key),
    isBusy: () => choices.count() > 0,
    withChoice,
    elementOf: (number) => choices.find(number)?.element ?? null,
    mediaWith: (load) => async (number) => {
      const choice = choices.find(number)
      return choice && load(choice)
    },
  }
}
