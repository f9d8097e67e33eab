import { withdrawItem } from '../locker/items'
import { lockerState } from '../locker/keyring'
import type { Question, SweptPost } from '../messages/protocol'
import type { TabState } from '../messages/states'
import { type Asker, askPage } from '../messages/trusted-end'
import { fail, type Outcome, succeed } from '../model/problem'
import { isKept, keepSweptPost, pictureWindow, type SweptTogether, sweptItemId } from './capture-window'
import { nameLocker } from './describe-item'
import { describeTab, showTrouble } from './document-tab'
import {
  closeSweep,
  isOpen,
  noteSwept,
  noteTakenBack,
  openSweep,
  readSweep,
  type Sweep,
  takingBack,
} from './sweep-states'
import { inTurn } from './tab-captures'
import { countSaved, noteCapture, readTab } from './tab-states'

type Done = Outcome<Record<string, never>>

/** Starts to save every post that the person scrolls past in a tab. */
export async function startSweep(tabId: number): Promise<Outcome<TabState>> {
  if (!(await readTab(tabId))) return fail('refused', 'not documenting')
  if (!(await readSweep(tabId))?.isOn) await openSweep(tabId)
  const begun = await askPage(tabId, 'beginSweep', {})
  if (begun.ok) return succeed(await describeTab(tabId))
  await closeSweep(tabId)
  return begun
}

/** Ends it, when the page has handed over what it has read. */
export async function stopSweep(tabId: number): Promise<Outcome<TabState>> {
  await askPage(tabId, 'finishSweep', {})
  await closeSweep(tabId)
  return succeed(await describeTab(tabId))
}

/** The page has ended its sweep by itself, or is gone. */
export async function endSweepOf(tabId: number | null): Promise<Done> {
  if (tabId !== null) await closeSweep(tabId)
  return succeed({})
}

/** Sealing is one at a time: places in the group follow each other, and few windows are in memory at once. */
let lastKept: Promise<unknown> = Promise.resolve()

function oneByOne<T>(act: () => Promise<T>): Promise<T> {
  const next = lastKept.then(act)
  lastKept = next.catch(() => undefined)
  return next
}

async function keepOne(sweep: Sweep, post: SweptPost, together: SweptTogether): Promise<Outcome<'kept'>> {
  const id = await sweptItemId(sweep.group, post.key)
  const position = (await readSweep(together.tabId))?.next ?? sweep.next
  if (!(await isKept(id))) {
    const group = { id: sweep.group, kind: 'sweep' as const, position }
    const kept = await keepSweptPost(post, { id, group }, together)
    if (!kept.ok) return kept
    await countSaved(together.tabId, 1)
  }
  await noteSwept(together.tabId, id)
  return succeed('kept')
}

type Ends = { ends: ('kept' | 'again')[] }

async function keepAll(
  sweep: Sweep,
  posts: readonly SweptPost[],
  together: SweptTogether,
): Promise<Outcome<Ends>> {
  const { window } = together
  const ends: Ends['ends'] = []
  for (const [index, post] of posts.entries()) {
    if (window && window.held[index] !== true) {
      ends.push('again')
      continue
    }
    const kept = await keepOne(sweep, post, together)
    if (!kept.ok) return kept
    ends.push('kept')
  }
  return succeed({ ends })
}

/** A page that was taken over could fill memory and disk: more windows at once, and more posts, than anybody scrolls past. */
const windowsAtMost = 8
const sweptAtMost = 20_000
const underWay = new Map<number, number>()

/** Keeps posts that a page hands over from its sweep; pictures them first when it asks for that. */
export async function keepSwept(asker: Asker, question: Question<'keepSwept'>): Promise<Outcome<Ends>> {
  const { tabId } = asker
  const before = tabId === null ? 0 : (underWay.get(tabId) ?? 0)
  if (tabId === null || before >= windowsAtMost) return fail('refused', 'too many at once')
  underWay.set(tabId, before + 1)
  try {
    return await keepWindow(asker, question)
  } finally {
    const left = (underWay.get(tabId) ?? 1) - 1
    if (left > 0) underWay.set(tabId, left)
    else underWay.delete(tabId)
  }
}

async function keepWindow(
  { tabId, windowId }: Asker,
  { window, posts }: Question<'keepSwept'>,
): Promise<Outcome<Ends>> {
  const [tab, sweep] = tabId === null ? [null, null] : await Promise.all([readTab(tabId), readSweep(tabId)])
  if (tabId === null || windowId === null || !sweep || !isOpen(sweep)) return fail('refused', 'no sweep')
  if (sweep.next + posts.length > sweptAtMost) return fail('refused', 'too many in one sweep')
  // Stopped meanwhile: what is handed over at the end is still of the same page.
  const isForeign = ({ prepared }: SweptPost): boolean =>
    tab !== null && new URL(prepared.page.address).origin !== tab.origin
  if (posts.some(isForeign)) return fail('page-changed')
  const pictured =
    window === null
      ? null
      : await inTurn(tabId, async () =>
          succeed(await pictureWindow({ tabId, windowId }, { window, count: posts.length })),
        )
  if (pictured && !pictured.ok) return pictured
  const lockerWas = nameLocker(await lockerState())
  const together = { tabId, lockerWas, window: pictured?.value ?? null } as const
  const kept = await oneByOne(() => keepAll(sweep, posts, together))
  pictured?.value.picture?.bitmap.close()
  if (!kept.ok) await Promise.all([noteCapture(tabId, kept.problem), showTrouble(tabId)])
  return kept
}

const atOnce = 10

function isGone(end: Outcome<unknown> | undefined): boolean {
  return end !== undefined && (end.ok || end.problem.code === 'not-found')
}

async function takeAllBack(tabId: number, ids: readonly string[]): Promise<Done> {
  const left = [...ids]
  while (left.length > 0) {
    const some = left.splice(-atOnce)
    const ends = await Promise.all(some.map(withdrawItem))
    const gone = some.filter((_, index) => isGone(ends[index]))
    const count = ends.filter(({ ok }) => ok).length
    await Promise.all([noteTakenBack(tabId, { ids: gone, count }), countSaved(tabId, -count)])
    const failed = ends.find((end) => !isGone(end))
    if (failed && !failed.ok) return failed
  }
  return succeed({})
}

/**
 * Takes every item of the tab's last sweep back, newest first; works while locked. Cut off, it goes on where it was
 * when it is asked again. Items that somebody has removed meanwhile are passed over.
 */
export async function undoSweep(tabId: number): Promise<Outcome<TabState>> {
  const sweep = await readSweep(tabId)
  if (!sweep || sweep.isOn || sweep.isForgotten) return fail('not-found')
  if (!takingBack.has(tabId)) {
    takingBack.add(tabId)
    const done = await takeAllBack(tabId, sweep.ids).finally(() => takingBack.delete(tabId))
    if (!done.ok) return done
    await askPage(tabId, 'sweepUndone', {})
  }
  return succeed(await describeTab(tabId))
}
