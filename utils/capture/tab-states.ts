import { browser } from 'wxt/browser'
import { randomIdHex } from '../crypto/bytes'
import type { Problem } from '../model/problem'

/** What is remembered of a tab while it is documented: in memory only, gone with the browser. */
export type DocumentedTab = {
  origin: string
  host: string
  platformName: string | null
  isConfirmed: boolean
  isBroken: boolean
  savedHere: number
  lastProblem: Problem | null
}

type Stored = { tabs?: Record<string, DocumentedTab>; receipts?: Record<string, string> }

/** Receipts that a page may still use to name a type or take a capture back. */
const receiptsAtMost = 500

async function read(): Promise<Required<Stored>> {
  const { tabs = {}, receipts = {} } = (await browser.storage.session.get(['tabs', 'receipts'])) as Stored
  return { tabs, receipts }
}

let last: Promise<unknown> = Promise.resolve()

/** Changes follow each other: two captures at once must not undo each other's count. */
function change<T>(act: (stored: Required<Stored>) => T): Promise<T> {
  const next = last.then(async () => {
    const stored = await read()
    const result = act(stored)
    await browser.storage.session.set(stored)
    return result
  })
  last = next.catch(() => undefined)
  return next
}

/** The state of a documented tab; null when the mode is off there. */
export async function readTab(tabId: number): Promise<DocumentedTab | null> {
  return (await read()).tabs[String(tabId)] ?? null
}

/** Stores a tab's state whole. */
export function writeTab(tabId: number, tab: DocumentedTab): Promise<void> {
  return change(({ tabs }) => {
    tabs[String(tabId)] = tab
  })
}

/** Forgets a tab. */
export function forgetTab(tabId: number): Promise<void> {
  return change(({ tabs }) => {
    delete tabs[String(tabId)]
  })
}

/** Counts a capture that was kept, or notes the problem of one that was not. */
export function noteCapture(tabId: number, problem: Problem | null): Promise<void> {
  return change(({ tabs }) => {
    const tab = tabs[String(tabId)]
    if (!tab) return
    tab.lastProblem = problem
    if (!problem) tab.savedHere += 1
  })
}

/** A token by which a page may speak of its own capture without ever learning the item's id. */
export function issueReceipt(itemId: string): Promise<string> {
  return change(({ receipts }) => {
    const receipt = randomIdHex()
    for (const old of Object.keys(receipts).slice(0, -receiptsAtMost)) delete receipts[old]
    receipts[receipt] = itemId
    return receipt
  })
}

/** The item of a receipt; null when it is unknown or used up. */
export async function itemOfReceipt(receipt: string): Promise<string | null> {
  return (await read()).receipts[receipt] ?? null
}

/** Makes a receipt useless. */
export function voidReceipt(receipt: string): Promise<void> {
  return change(({ receipts }) => {
    delete receipts[receipt]
  })
}

/** Takes one off a tab's count: its capture was taken back. */
export function uncountCapture(tabId: number): Promise<void> {
  return change(({ tabs }) => {
    const tab = tabs[String(tabId)]
    if (tab && tab.savedHere > 0) tab.savedHere -= 1
  })
}
