import type { Answer } from '../messages/protocol'
import type { Problem } from '../model/problem'
import type { MarkOutcome } from './mark-strip'

/** The sentence of this key, in the language that the background chose. */
type Word = (key: string) => string

const fill = (sentence: string, values: Record<string, number>): string =>
  Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, String(value)), sentence)

/** How a capture is marked whose picture was taken in this way. */
export function stateOf(method: Answer<'capturePost'>['method']): 'saved' | 'redrawn' {
  return method === 'pixels' ? 'saved' : 'redrawn'
}

/** What is told of a capture that was kept: also what it lacks. */
export function keptOutcome(kept: Omit<Answer<'capturePost'>, 'receipt'>, word: Word): MarkOutcome {
  const { method, isGeneric, isUnnamed, isUnchanged } = kept
  const details = [
    ...(isGeneric ? ['mark.genericDetail'] : []),
    ...(isUnnamed ? ['mark.unnamedDetail'] : []),
    ...(isUnchanged ? [] : ['mark.changedDetail']),
    ...(method === 'pixels' ? [] : [method === 'none' ? 'mark.noPictureDetail' : 'mark.redrawnDetail']),
  ]
  const detail = details.length === 0 ? null : details.map(word).join(' ')
  return { state: stateOf(method), sentence: word('mark.savedSentence'), detail }
}

/** What is told of a capture that was not kept, or of which that is not known. */
export function failedOutcome({ code }: Problem, word: Word): MarkOutcome {
  const sentence = word(code === 'answer-lost' ? 'mark.unsureSentence' : 'mark.failedSentence')
  return { state: 'failed', sentence, detail: word(`problem.${code}`) }
}

/** What is told while the post of this number in a thread is captured. */
export function threadProgress(thread: { count: number; total: number }, word: Word): string {
  return fill(word('mark.threadProgress'), thread)
}

/** What is told of a thread of which so many posts were kept. The mark stands for the post it was asked on. */
export function threadOutcome(
  { count, total, isOwnSaved }: { count: number; total: number; isOwnSaved: boolean },
  word: Word,
): MarkOutcome {
  return {
    state: isOwnSaved ? 'saved' : 'failed',
    sentence: fill(word('mark.threadSaved'), { count, total }),
    detail: count < total ? word('mark.threadIncomplete') : null,
  }
}
