import { signal } from '@preact/signals'
import type { BinTimes } from '../../components/locker/Bin'
import type { Proof } from '../../components/locker/ProofForm'
import { deletePermanently } from '../../utils/locker/delete'
import { binDays, listBinnedItems, restoreItem } from '../../utils/locker/items'
import type { ItemSummary } from '../../utils/model/item'
import type { Outcome, Problem } from '../../utils/model/problem'
import type { Session } from '../shared/session'
import { createProvedWork } from './proved-work'
import { wayInOf } from './security-view'

const dayMs = 24 * 60 * 60 * 1_000
const nothingKnown: BinTimes = new Map()

/** Until when each item of the bin is left alone. */
function timesOf(items: readonly ItemSummary[]): BinTimes {
  const now = new Date().toISOString()
  const times = new Map<string, { until: string; isOver: boolean }>()
  for (const { id, binnedAt } of items) {
    if (binnedAt === null) continue
    const until = new Date(Date.parse(binnedAt) + binDays * dayMs).toISOString()
    times.set(id, { until, isOver: until <= now })
  }
  return times
}

/** State and actions of the bin. */
export function createBinView(session: Session) {
  const items = signal<ItemSummary[]>([])
  const times = signal<BinTimes>(nothingKnown)
  const deleting = signal<readonly string[]>([])
  const problem = signal<Problem | null>(null)
  const { isBusy, progress, run, stop } = createProvedWork()
  const deleted = signal<{ count: number; isErased: boolean } | null>(null)

  async function read(): Promise<void> {
    if (session.locker.value.kind !== 'open') return
    const open = session.locker.value.locker
    const found = await listBinnedItems(open)
    items.value = found.items
    times.value = timesOf(found.items)
    const there = new Set(found.items.map(({ id }) => id))
    if (deleting.value.some((id) => !there.has(id)) && !isBusy.value) deleting.value = []
  }

  function ask(ids: readonly string[]): void {
    problem.value = null
    deleted.value = null
    deleting.value = ids
  }

  async function restore(ids: readonly string[]): Promise<void> {
    for (const id of ids) await session.attempt((open) => restoreItem(open, id))
    await Promise.all([session.refresh(), read()])
  }

  async function remove(proof: Proof): Promise<void> {
    if (session.locker.value.kind !== 'open') return
    const open = session.locker.value.locker
    const itemIds = deleting.value
    await run(async (watch) => {
      problem.value = null
      const by = await wayInOf(proof)
      // Something else was asked while the security key was looked for: the proof was not given for that.
      if (deleting.value !== itemIds) return
      const deletion = { itemIds, ...watch }
      end(by.ok ? await deletePermanently(open, { ...deletion, ...by.value }) : by)
      await session.noteOwnEpoch()
    })
    await Promise.all([session.refresh(), read()])
  }

  function end(outcome: Outcome<{ deleted: number; isErased: boolean }>): void {
    if (!outcome.ok) {
      problem.value = outcome.problem
      return
    }
    deleting.value = []
    deleted.value = { count: outcome.value.deleted, isErased: outcome.value.isErased }
  }

  return {
    items,
    times,
    deleting,
    problem,
    isBusy,
    progress,
    stop,
    deleted,
    read,
    ask,
    restore,
    remove,
    /** Forgets what was asked and told. */
    close: () => ask([]),
  }
}
