import { browser } from 'wxt/browser'
import { keepAssessment } from '../locker/assessments'
import { withdrawItem } from '../locker/items'
import { publicHalf } from '../locker/keyring'
import type { CaptureTarget, Question, RecheckQuestion } from '../messages/protocol'
import { type Asker, askPage } from '../messages/trusted-end'
import type { ActionCode } from '../model/capture-codes'
import type { Recheck } from '../model/item'
import { fail, type Outcome, succeed } from '../model/problem'
import { capturePost } from './capture-post'
import { documentTab, showTrouble } from './document-tab'
import { frameInUse, isDocumentedFrame } from './tab-frames'
import {
  isGroupOf,
  issueReceipt,
  itemOfReceipt,
  noteCapture,
  openGroup,
  readRecheck,
  readTab,
  uncountCapture,
  voidReceipt,
  writeRecheck,
} from './tab-states'

type Done = Outcome<Record<string, never>>

/** One capture at a time: they share the window, and the browser's limit on pictures. */
let lastCapture: Promise<unknown> = Promise.resolve()
/** More presses than a person can mean; a page that was taken over could fill the disk. */
const waitingAtMost = 20
const waiting = new Map<number, number>()

/** Acts when every capture before has ended. `refused` when too many of this tab wait already. */
export async function inTurn<T>(tabId: number, act: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  const before = waiting.get(tabId) ?? 0
  if (before >= waitingAtMost) return fail('refused', 'too many at once')
  waiting.set(tabId, before + 1)
  const next = lastCapture.then(act).finally(() => {
    const others = (waiting.get(tabId) ?? 1) - 1
    if (others > 0) waiting.set(tabId, others)
    else waiting.delete(tabId)
  })
  lastCapture = next.catch(() => undefined)
  return next
}

/** Tabs in which the next capture is the second look that was asked for, and no other. */
const lookingAgain = new Set<number>()
/** Tabs in which the next capture was asked for in the popup or a menu. */
const askedFor = new Set<number>()

function triggerOf(tabId: number, { thread, isPart }: Question<'capturePost'>): ActionCode {
  if (lookingAgain.has(tabId)) return 'looked-again'
  if (thread) return 'asked-for-thread'
  return isPart || askedFor.has(tabId) ? 'asked-for-part' : 'pressed-mark'
}

/** Captures what a page has chosen, and gives the page a receipt for it. */
export async function captureFrom({ tabId, windowId, frameId }: Asker, question: Question<'capturePost'>) {
  const { choice, thread, keepsMedia } = question
  const tab = tabId === null ? null : await readTab(tabId)
  if (tabId === null || windowId === null || !tab) return fail('refused', 'not documenting')
  if (!(await isDocumentedFrame(tabId, frameId))) return fail('refused', 'not documenting')
  if (thread && !(await isGroupOf(tabId, thread.group))) return fail('refused', 'no such group')
  const { origin } = tab
  const trigger = triggerOf(tabId, question)
  const recheck = trigger === 'looked-again' ? await readRecheck(tabId) : null
  const group = thread && { id: thread.group, kind: 'thread' as const, position: thread.position }
  const kept = await inTurn(tabId, () =>
    capturePost({ tabId, windowId, frameId, choice, origin, keepsMedia, group, trigger, recheck }),
  )
  await noteCapture(tabId, kept.ok ? null : kept.problem)
  if (!kept.ok) {
    await showTrouble(tabId)
    return kept
  }
  if (recheck && kept.value.recheck) await writeRecheck(tabId, { ...recheck, ...kept.value.recheck })
  const { itemId, method, isGeneric, isUnnamed, isUnchanged } = kept.value
  return succeed({ receipt: await issueReceipt(tabId, itemId), method, isGeneric, isUnnamed, isUnchanged })
}

/** Opens a group for a thread of this tab. */
export async function openGroupFrom({ tabId }: Asker): Promise<Outcome<{ group: string }>> {
  if (tabId === null || !(await readTab(tabId))) return fail('refused', 'not documenting')
  return succeed({ group: await openGroup(tabId) })
}

/** Keeps what the person says of the type of a capture just made. */
export async function assess({ tabId }: Asker, { receipt, types }: Question<'assessCapture'>): Promise<Done> {
  const [itemId, half] = await Promise.all([itemOfReceipt(tabId, receipt), publicHalf()])
  if (itemId === null || !half) return fail('not-found')
  const kept = await keepAssessment({
    ...half,
    assessment: {
      itemId,
      at: new Date().toISOString(),
      types,
      severity: null,
      isImminent: null,
      grounds: [],
      isCoordinated: null,
      note: '',
    },
  })
  return kept.ok ? succeed({}) : kept
}

/** Takes a capture back that was just made. */
export async function undo({ tabId }: Asker, receipt: string): Promise<Done> {
  const itemId = await itemOfReceipt(tabId, receipt)
  if (itemId === null) return fail('not-found')
  const withdrawn = await withdrawItem(itemId)
  if (!withdrawn.ok) return withdrawn
  await voidReceipt(receipt)
  if (tabId !== null) await uncountCapture(tabId)
  return succeed({})
}

async function whileNoted<T>(tabs: Set<number>, tabId: number, act: () => Promise<T>): Promise<T> {
  tabs.add(tabId)
  return act().finally(() => tabs.delete(tabId))
}

/**
 * Captures without a mark; switches documenting on first where the gesture just allowed it. `pressedIn` is the frame
 * that a menu was opened in.
 */
export async function captureElse(tabId: number, target: CaptureTarget, pressedIn = 0): Promise<Done> {
  if (!(await readTab(tabId))) {
    const started = await documentTab(tabId)
    if (!started.ok) return started
  }
  const meant = target === 'focused' || target === 'selection' ? await frameInUse(tabId) : pressedIn
  const frameId = (await isDocumentedFrame(tabId, meant)) ? meant : 0
  return whileNoted(askedFor, tabId, () => askPage(tabId, 'pressMark', { target }, frameId))
}

async function openTabIn(kind: RecheckQuestion['window'], url: string): Promise<number | undefined> {
  if (kind === 'normal') return (await browser.tabs.create({ url })).id
  const opened = await browser.windows.create({ url, incognito: true })
  return opened?.tabs?.[0]?.id
}

/**
 * Opens the address of an item in a new tab, where the person can look at it again: what was captured in a private
 * window in a private one, so that the address does not come into the history. `private-window-refused` when the
 * browser does not let us open one.
 */
export async function openRecheck(question: RecheckQuestion): Promise<Done> {
  if (question.window === 'private' && !(await browser.extension.isAllowedIncognitoAccess()))
    return fail('private-window-refused')
  const tabId = await openTabIn(question.window, question.permalink)
  if (tabId === undefined) return fail('page-not-readable')
  await writeRecheck(tabId, { ...question, outcome: null })
  return succeed({})
}

/** Captures what has become of the item that this tab was opened for. */
export async function runRecheck(tabId: number): Promise<Outcome<{ outcome: Recheck['outcome'] }>> {
  const recheck = await readRecheck(tabId)
  if (!recheck) return fail('not-found')
  const { platform, postId, permalink } = recheck
  const started = await documentTab(tabId)
  if (!started.ok) return started
  const pressed = await whileNoted(lookingAgain, tabId, () =>
    askPage(tabId, 'pressKnown', { platform, postId, permalink }),
  )
  if (!pressed.ok) return pressed
  const done = await readRecheck(tabId)
  return done?.outcome ? succeed({ outcome: done.outcome }) : fail('capture-failed')
}
