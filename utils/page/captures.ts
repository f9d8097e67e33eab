import { ask } from '../messages/page-end'
import type { Answer } from '../messages/protocol'
import type { Outcome, Problem } from '../model/problem'
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

export type CapturesOptions = { marks: () => Marks | null; word: (key: string) => string }

type Kept = Omit<Answer<'capturePost'>, 'receipt'>
type Done = Outcome<Record<string, never>>

/** The good answer that has nothing to tell. */
export const done: { ok: true; value: Record<string, never> } = { ok: true, value: {} }

const fill = (sentence: string, values: Record<string, number>): string =>
  Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, String(value)), sentence)

/** What no mark stands for: see `choose-target.ts`. */
function isPart({ key }: Chosen): boolean {
  return key === 'element' || key === 'selection' || key === 'page'
}

/** The captures of this page: asks the background for each, tells what became of it, and takes it back. */
export function createCaptures({ marks, word }: CapturesOptions) {
  const choices = createChoices()
  /** By the key of the post: what the page may say of its captures. A thread has several under the post's key. */
  const receipts = new Map<string, string[]>()

  function failureOf({ code }: Problem): string {
    return word(code === 'answer-lost' ? 'mark.unsureSentence' : 'mark.failedSentence')
  }

  function tellKept(key: string, kept: Kept): void {
    const { method } = kept
    const details = [
      ...(kept.isGeneric ? [word('mark.genericDetail')] : []),
      ...(kept.isUnnamed ? [word('mark.unnamedDetail')] : []),
      ...(kept.isUnchanged ? [] : [word('mark.changedDetail')]),
      ...(method === 'pixels'
        ? []
        : [word(method === 'none' ? 'mark.noPictureDetail' : 'mark.redrawnDetail')]),
    ]
    const detail = details.length === 0 ? null : details.join(' ')
    const state = method === 'pixels' ? 'saved' : 'redrawn'
    marks()?.setOutcome(key, { state, sentence: word('mark.savedSentence'), detail })
  }

  async function capture(chosen: Chosen, way: CaptureWay): Promise<Done> {
    const { number } = choices.open(chosen)
    const { thread, keepsMedia, isQuiet } = way
    marks()?.setSaving(chosen.key)
    const answer = await ask('capturePost', { choice: number, thread, keepsMedia, isPart: isPart(chosen) })
    choices.close(number)
    marks()?.show()
    if (!answer.ok) {
      const detail = word(`problem.${answer.problem.code}`)
      if (isQuiet) marks()?.setState(chosen.key, 'failed')
      else marks()?.setOutcome(chosen.key, { state: 'failed', sentence: failureOf(answer.problem), detail })
      return answer
    }
    const { receipt, method } = answer.value
    receipts.set(chosen.key, [receipt])
    if (isQuiet) marks()?.setState(chosen.key, method === 'pixels' ? 'saved' : 'redrawn')
    else tellKept(chosen.key, answer.value)
    return done
  }

  /**
   * Captures the posts of a thread one after the other, in order, as one group. The person may stop it; what was
   * saved until then stays. `find` gives a post where it is drawn now.
   */
  async function captureThread(
    post: WatchedPost,
    members: readonly WatchedPost[],
    find: (member: WatchedPost) => WatchedPost | null,
  ): Promise<void> {
    const opened = await ask('openGroup', {})
    if (!opened.ok) {
      marks()?.say(word(`problem.${opened.problem.code}`))
      return
    }
    const { group } = opened.value
    const total = members.length
    let isStopped = false
    const tell = (count: number): string => fill(word('mark.threadProgress'), { count, total })
    const panel = marks()?.openPanel({
      sentence: tell(1),
      button: word('mark.stop'),
      onPress: () => {
        isStopped = true
      },
    })
    const saved: string[] = []
    for (const [position, member] of members.entries()) {
      if (isStopped || marks() === null) break
      panel?.say(tell(position + 1))
      const now = find(member)
      const way = { thread: { group, position }, keepsMedia: false, isQuiet: true }
      const kept = now && (await capture(choosePost(now), way))
      if (kept?.ok) saved.push(member.key)
    }
    panel?.close()
    finishThread(post, saved, total)
  }

  function finishThread(post: WatchedPost, saved: readonly string[], total: number): void {
    const all = saved.flatMap((key) => receipts.get(key) ?? [])
    const own = receipts.get(post.key) ?? []
    if (all.length === 0) {
      marks()?.say(word('mark.failedSentence'))
      return
    }
    // The post's own first: what the person says of the type is said of it alone.
    receipts.set(post.key, [...own, ...all.filter((receipt) => !own.includes(receipt))])
    const sentence = fill(word('mark.threadSaved'), { count: saved.length, total })
    const detail = saved.length < total ? word('mark.threadIncomplete') : null
    const state = saved.includes(post.key) ? 'saved' : 'failed'
    marks()?.setOutcome(post.key, { state, sentence, detail })
  }

  function setTypes(key: string, types: string[]): void {
    const receipt = receipts.get(key)?.[0]
    if (receipt === undefined) return
    void ask('assessCapture', { receipt, types: types as never }).then((answer) => {
      if (!answer.ok) marks()?.say(word(`problem.${answer.problem.code}`))
    })
  }

  async function undo(key: string): Promise<void> {
    const taken = receipts.get(key) ?? []
    for (const receipt of taken) {
      const answer = await ask('undoCapture', { receipt })
      if (!answer.ok) {
        marks()?.say(word(`problem.${answer.problem.code}`))
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
    /** Whether the page may still speak of a capture of this post. */
    has: (key: string) => receipts.has(key),
    /** Whether one is under way: then the page may be scrolled by us. */
    isBusy: () => choices.count() > 0,
    withChoice,
    elementOf: (number: number) => choices.find(number)?.element ?? null,
    /** `load` for the choice of a number; null when there is none. */
    mediaWith:
      <T>(load: (choice: Choice) => Promise<T>) =>
      async (number: number): Promise<T | null> => {
        const choice = choices.find(number)
        return choice && load(choice)
      },
  }
}
