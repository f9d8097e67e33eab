import { browser } from 'wxt/browser'
import { fail, type Outcome, problemCodes, succeed } from '../model/problem'
import { z } from '../model/schema'
import {
  type Answer,
  type MessageName,
  protocol,
  type Question,
  type ToBackground,
  type ToPage,
} from './protocol'

/*
 * The end that checks. Background and extension pages parse every question and answer with the protocol's
 * schemas; whatever comes from a page is hostile until then.
 */

const AnyOutcome = z.union([
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({
    ok: z.literal(false),
    problem: z.object({ code: z.enum(problemCodes), detail: z.string().max(300).optional() }),
  }),
])

/**
 * The same value with every half of a surrogate pair replaced: canonical JSON (RFC 8785, 3.2.2.2) has none.
 */
export function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed()
  if (Array.isArray(value)) return value.map(wellFormed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key.toWellFormed(), wellFormed(one)]))
}

function parseAnswer<N extends MessageName>(name: N, raw: unknown): Outcome<Answer<N>> {
  const outcome = AnyOutcome.safeParse(raw)
  if (!outcome.success) return fail('refused', 'no answer')
  if (!outcome.data.ok) {
    const { code, detail } = outcome.data.problem
    // Details are safe to show and to log, so none is taken from a page.
    return fail(code, protocol[name].to === 'page' ? undefined : detail)
  }
  const answer = protocol[name].answer.safeParse(wellFormed(outcome.data.value))
  if (!answer.success) return fail('refused', `${name}: ${describeIssue(answer.error)}`)
  return succeed(answer.data as Answer<N>)
}

/** A key of a record comes from the page like its value; names of the schema are short and plain. */
function placeIn(path: readonly PropertyKey[]): string {
  const names = path.slice(0, 6).map((key) => (/^[a-zA-Z0-9]{1,24}$/.test(String(key)) ? String(key) : '*'))
  return names.join('.') || '(whole)'
}

/** Where a schema failed and how, without the value, at most 200 characters: safe to keep and to log. */
export function describeIssue(error: z.ZodError): string {
  const issue = error.issues[0]
  return issue ? `${placeIn(issue.path)} ${issue.code}` : 'unknown'
}

/** A page that is busy or was stopped on purpose never answers; a whole capture may wait for its turn. */
const slowAnswers: readonly ToPage[] = ['pressMark', 'pressKnown', 'finishSweep']
const answerWithinMs = (name: ToPage): number => (slowAnswers.includes(name) ? 100_000 : 20_000)

/** What the promise gives, or null when it takes longer than `ms` milliseconds. */
export async function within<T>(ms: number, promise: Promise<T>): Promise<T | null> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms)
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}

/** Asks the background. `refused` when it does not answer or answers in another shape. */
export async function ask<N extends ToBackground>(
  name: N,
  question: Question<N>,
): Promise<Outcome<Answer<N>>> {
  try {
    return parseAnswer(name, await browser.runtime.sendMessage({ name, question }))
  } catch {
    return fail('refused', `${name}: no answer`)
  }
}

/**
 * Asks the page of a tab, or the frame with this id in it. `page-access-ended` when nothing of ours runs there (any more), `capture-failed`
 * when the page does not answer in time.
 */
export async function askPage<N extends ToPage>(
  tabId: number,
  name: N,
  question: Question<N>,
  frameId = 0,
): Promise<Outcome<Answer<N>>> {
  try {
    const asked = browser.tabs.sendMessage(tabId, { name, question }, { frameId })
    const answer = await within(
      answerWithinMs(name),
      asked.then((raw: unknown) => ({ raw })),
    )
    return answer ? parseAnswer(name, answer.raw) : fail('capture-failed', `${name}: no answer in time`)
  } catch {
    return fail('page-access-ended', name)
  }
}

/** Who sent a message: the tab of a content script and the frame in it, or one of our own pages (`tabId` null). */
export type Asker = { tabId: number | null; windowId: number | null; frameId: number }
export type Handlers = {
  [N in ToBackground]: (question: Question<N>, asker: Asker) => Promise<Outcome<Answer<N>>>
}
/** The part of a message's sender that decides whether it is heard. */
export type Sender = {
  id?: string | undefined
  url?: string | undefined
  frameId?: number | undefined
  tab?: { id?: number | undefined; windowId?: number | undefined; url?: string | undefined } | undefined
}

/** A frame is heard where it is of the same origin as the page that the person allowed. */
function isFrameOfPage({ url, frameId, tab }: Sender): boolean {
  const addresses = [url, tab?.url].map((address) =>
    address && URL.canParse(address) ? new URL(address) : null,
  )
  const [own, around] = addresses
  if (!own || !around || frameId === undefined) return false
  return /^https?:$/.test(own.protocol) && own.origin === around.origin
}

/**
 * Answers one message in the background. Refuses senders that are not this extension, content scripts that ask
 * what only our own pages may, frames below the top one but for what those may ask, and questions that do not fit
 * their schema.
 */
export async function answerMessage(
  handlers: Handlers,
  raw: unknown,
  sender: Sender,
): Promise<Outcome<unknown>> {
  const message = z.object({ name: z.string(), question: z.unknown() }).safeParse(raw)
  if (!message.success || sender.id !== browser.runtime.id) return fail('refused', 'sender')
  const name = message.data.name as ToBackground
  const entry = Object.hasOwn(protocol, name) ? protocol[name] : null
  if (entry?.to !== 'background') return fail('refused', 'name')
  const isOwnPage = sender.url?.startsWith(browser.runtime.getURL('/')) ?? false
  const isTopFrame = sender.tab !== undefined && sender.frameId === 0
  const isPage = isTopFrame || ('inFrames' in entry && isFrameOfPage(sender))
  if (entry.from === 'extension' ? !isOwnPage : !isPage) return fail('refused', 'sender')
  const question = entry.ask.safeParse(wellFormed(message.data.question))
  if (!question.success) return fail('refused', `${name}: ${describeIssue(question.error)}`)
  const { tab, frameId = 0 } = sender
  const asker = { tabId: tab?.id ?? null, windowId: tab?.windowId ?? null, frameId }
  const handler = handlers[name] as (question: unknown, asker: Asker) => Promise<Outcome<unknown>>
  return handler(question.data, asker)
}

/** Starts to answer messages. `report` hears of bugs; the asker then gets `capture-failed`. */
export function answerMessages(handlers: Handlers, report: (error: unknown) => void): void {
  browser.runtime.onMessage.addListener((raw: unknown, sender: unknown) =>
    answerMessage(handlers, raw, sender as Sender).catch((error: unknown) => {
      report(error)
      return fail('capture-failed')
    }),
  )
}
