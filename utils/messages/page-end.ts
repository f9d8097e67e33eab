import { browser } from 'wxt/browser'
import type { Outcome } from '../model/problem'
import type { Answer, FromPage, Question, ToPage } from './protocol'

/*
 * The end that runs in pages. It imports types only, so that no schema library is shipped into pages: the
 * trusted end checks everything that leaves here.
 */

const answerTimeoutMs = 90_000

function timeOut<T>(ms: number, value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(() => resolve(value), ms))
}

/**
 * Asks the background. When it dies before answering (browsers stop it without notice) or takes longer than 90
 * seconds, the answer is the problem `answer-lost`: what was asked may have been done or not.
 * Never silence.
 */
export async function ask<N extends FromPage>(name: N, question: Question<N>): Promise<Outcome<Answer<N>>> {
  const lost: Outcome<Answer<N>> = { ok: false, problem: { code: 'answer-lost' } }
  try {
    const answer = browser.runtime.sendMessage({ name, question }) as Promise<Outcome<Answer<N>> | undefined>
    return (await Promise.race([answer, timeOut(answerTimeoutMs, lost)])) ?? lost
  } catch {
    return lost
  }
}

export type PageHandlers = { [N in ToPage]: (question: Question<N>) => Promise<Outcome<Answer<N>>> }

/** Starts to answer the background. Messages of other senders are left alone. */
export function answerBackground(handlers: PageHandlers): void {
  browser.runtime.onMessage.addListener((raw: unknown, sender: { id?: string; tab?: unknown }) => {
    if (sender.id !== browser.runtime.id || sender.tab !== undefined) return undefined
    const message = raw as { name?: ToPage; question?: unknown }
    if (typeof message?.name !== 'string' || !Object.hasOwn(handlers, message.name)) return undefined
    const handler = handlers[message.name] as (question: unknown) => Promise<Outcome<unknown>>
    return handler(message.question).catch(() => ({ ok: false, problem: { code: 'post-gone' } }))
  })
}
