import { browser } from 'wxt/browser'
import { randomIdHex } from '../crypto/bytes'
import type { RecheckQuestion } from '../messages/protocol'
import type { Recheck } from '../model/item'
import type { Problem } from '../model/problem'

/** What is remembered of a tab while it is documented: in memory only, gone with the browser. */
export type DocumentedTab = {
  /** Where the person asked for it; on another origin the mode ends. */
  origin: string
  platformId: string | null
  platformName: string | null
  isConfirmed: boolean
  isBroken: boolean
  hasPosts: boolean
  hasProfile: boolean
  hasClosedFrame: boolean
  /** The ids of frames within the page that are documented as well. */
  frames: number[]
  savedHere: number
  lastProblem: Problem | null
}

/** What a receipt stands for: only its own tab may use it, and only for a while. */
type Receipt = { itemId: string; tabId: number; issuedAt: number }
/** A second look that a tab was opened for. */
export type TabRecheck = RecheckQuestion & { outcome: Recheck['outcome'] | null }
type Stored = {
  tabs?: Record<string, DocumentedTab>
  receipts?: Record<string, Receipt>
  /** Groups that captures may join, with the tab they were opened in. */
  groups?: Record<string, number>
  rechecks?: Record<string, TabRecheck>
}

const receiptsAtMost = 500
const groupsAtMost = 50
/**
 * How long a page may speak of its captures. The strip goes after eight seconds unless somebody rests on it;
 * later nothing in a page may change what was saved.
 */
const receiptLastsMs = 10 * 60_000

async function read(): Promise<Required<Stored>> {
  const stored: Stored = await browser.storage.session.get(['tabs', 'receipts', 'groups', 'rechecks'])
  const { tabs = {}, receipts = {}, groups = {}, rechecks = {} } = stored
  return { tabs, receipts, groups, rechecks }
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

/** Notes which frames within a documented page are documented as well. */
export function writeFrames(tabId: number, frames: number[]): Promise<void> {
  return change(({ tabs }) => {
    const tab = tabs[String(tabId)]
    if (tab) tab.frames = frames
  })
}

/** Forgets that a tab is documented, and its receipts and groups. */
export function forgetTab(tabId: number): Promise<void> {
  return change(({ tabs, receipts, groups }) => {
    delete tabs[String(tabId)]
    for (const [group, owner] of Object.entries(groups)) if (owner === tabId) delete groups[group]
    for (const [receipt, { tabId: owner }] of Object.entries(receipts))
      if (owner === tabId) delete receipts[receipt]
  })
}

/**
 * Forgets, when the locker is locked, how many were saved where and which items those are. That tabs are
 * documented stays: it can be seen on them, and capturing goes on while locked.
 */
export function forgetCaptures(): Promise<void> {
  return change(({ tabs, receipts, rechecks }) => {
    for (const tabId of Object.keys(rechecks)) delete rechecks[tabId]
    for (const tab of Object.values(tabs)) {
      tab.savedHere = 0
      tab.lastProblem = null
    }
    for (const receipt of Object.keys(receipts)) delete receipts[receipt]
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

/** A token by which a tab's page may speak of its own capture without ever learning the item's id. */
export function issueReceipt(tabId: number, itemId: string): Promise<string> {
  return change(({ receipts }) => {
    const receipt = randomIdHex()
    for (const old of Object.keys(receipts).slice(0, -receiptsAtMost)) delete receipts[old]
    receipts[receipt] = { itemId, tabId, issuedAt: Date.now() }
    return receipt
  })
}

/** The item of a receipt; null when it is unknown, used up, older than ten minutes or of another tab. */
export async function itemOfReceipt(tabId: number | null, receipt: string): Promise<string | null> {
  const { receipts } = await read()
  const found = Object.hasOwn(receipts, receipt) ? receipts[receipt] : undefined
  if (!found || found.tabId !== tabId) return null
  const age = Date.now() - found.issuedAt
  return age >= 0 && age <= receiptLastsMs ? found.itemId : null
}

/** Makes a receipt useless. */
export function voidReceipt(receipt: string): Promise<void> {
  return change(({ receipts }) => {
    delete receipts[receipt]
  })
}

/** Takes one off a tab's count: its capture was taken back. */
export function uncountCapture(tabId: number): Promise<void> {
  return countSaved(tabId, -1)
}

/** Adds to a tab's count of what was saved there; never below zero. */
export function countSaved(tabId: number, difference: number): Promise<void> {
  return change(({ tabs }) => {
    const tab = tabs[String(tabId)]
    if (tab) tab.savedHere = Math.max(0, tab.savedHere + difference)
  })
}

/** Opens a group that captures of this tab may join. */
export function openGroup(tabId: number): Promise<string> {
  return change(({ groups }) => {
    const group = randomIdHex()
    for (const old of Object.keys(groups).slice(0, -groupsAtMost)) delete groups[old]
    groups[group] = tabId
    return group
  })
}

/** Whether captures of this tab may join the group. */
export async function isGroupOf(tabId: number, group: string): Promise<boolean> {
  const { groups } = await read()
  return Object.hasOwn(groups, group) && groups[group] === tabId
}

/** The second look that this tab was opened for; null when there is none. */
export async function readRecheck(tabId: number): Promise<TabRecheck | null> {
  return (await read()).rechecks[String(tabId)] ?? null
}

/** Notes what a tab was opened for, or what came out of it; null forgets it. */
export function writeRecheck(tabId: number, recheck: TabRecheck | null): Promise<void> {
  return change(({ rechecks }) => {
    if (recheck) rechecks[String(tabId)] = recheck
    else delete rechecks[String(tabId)]
  })
}
