import { browser } from 'wxt/browser'
import { randomIdHex } from '../crypto/bytes'

/*
 * What is remembered of the last sweep of each tab: in memory only, and of its items nothing but their ids, so that
 * they can be taken back.
 */

/** The last sweep of a tab. */
export type Sweep = {
  /** The group that its items belong to. */
  group: string
  isOn: boolean
  /** Milliseconds since 1970; null while it is on. */
  endedAt: number | null
  /** The place of the next post in the group. */
  next: number
  /** Items not taken back, oldest first. */
  ids: string[]
  takenBack: number
  /** The locker was locked since it began: then no ids are kept. */
  isForgotten: boolean
}

/** What a page hands over while it goes away may arrive after the end. */
const openAfterEndMs = 15_000

/** Tabs whose sweep is being taken back now. */
export const takingBack = new Set<number>()

const placeOf = (tabId: number): string => `sweep-${tabId}`

let last: Promise<unknown> = Promise.resolve()

/** Changes follow each other. `act` gives what is to be stored; null removes it. */
function change(tabId: number, act: (sweep: Sweep | null) => Sweep | null): Promise<void> {
  const next = last.then(async () => {
    const sweep = act(await readSweep(tabId))
    if (sweep) await browser.storage.session.set({ [placeOf(tabId)]: sweep })
    else await browser.storage.session.remove(placeOf(tabId))
  })
  last = next.catch(() => undefined)
  return next
}

/** The last sweep of a tab; null when there was none, or it is forgotten. */
export async function readSweep(tabId: number): Promise<Sweep | null> {
  const stored: Record<string, Sweep> = await browser.storage.session.get(placeOf(tabId))
  return stored[placeOf(tabId)] ?? null
}

/** Opens a sweep in place of the tab's last one, which can then no longer be taken back. */
export function openSweep(tabId: number): Promise<void> {
  const group = randomIdHex()
  return change(tabId, () => ({
    group,
    isOn: true,
    endedAt: null,
    next: 0,
    ids: [],
    takenBack: 0,
    isForgotten: false,
  }))
}

/** Ends the sweep of a tab; what it saved can be taken back. */
export function closeSweep(tabId: number): Promise<void> {
  return change(tabId, (sweep) => (sweep?.isOn ? { ...sweep, isOn: false, endedAt: Date.now() } : sweep))
}

/** Whether posts may still join it: while it is on, and for what is under way at its end. */
export function isOpen({ isOn, endedAt, takenBack }: Sweep): boolean {
  if (isOn) return true
  const age = Date.now() - (endedAt ?? 0)
  return takenBack === 0 && age >= 0 && age <= openAfterEndMs
}

/** Notes an item of the sweep; only the place in the group when ids are not to be kept. */
export function noteSwept(tabId: number, id: string): Promise<void> {
  return change(tabId, (sweep) => {
    if (!sweep) return null
    const ids = sweep.isForgotten || sweep.ids.includes(id) ? sweep.ids : [...sweep.ids, id]
    return { ...sweep, ids, next: sweep.next + 1 }
  })
}

/** Notes that items of the sweep are gone, and how many of them were taken back just now. */
export function noteTakenBack(
  tabId: number,
  { ids, count }: { ids: readonly string[]; count: number },
): Promise<void> {
  return change(tabId, (sweep) => {
    if (!sweep) return null
    const left = sweep.ids.filter((id) => !ids.includes(id))
    return { ...sweep, ids: left, takenBack: sweep.takenBack + count }
  })
}

/** Forgets the sweep of a tab that is gone. */
export function forgetSweep(tabId: number): Promise<void> {
  return change(tabId, () => null)
}

/** Forgets, when the locker is locked, which items the sweeps saved. A sweep that is on goes on. */
export async function forgetSweptItems(): Promise<void> {
  const stored = await browser.storage.session.get(null)
  const tabIds = Object.keys(stored).flatMap((key) => /^sweep-(\d+)$/.exec(key)?.[1] ?? [])
  const forget = (sweep: Sweep | null): Sweep | null =>
    sweep && { ...sweep, ids: [], takenBack: 0, isForgotten: true }
  await Promise.all(tabIds.map((tabId) => change(Number(tabId), forget)))
}
