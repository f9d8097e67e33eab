import type { Assessment, ItemSummary } from '../model/item'
import { each, giveWay, inSlices, type Steps, sorted } from '../model/slices'
import { assessmentsIn } from './assessments'
import { ingestInbox } from './ingest'
import type { OpenLocker } from './keyring'
import { openRecord, type State } from './records'
import { type Entry, entryFor, recordsIndex } from './records-index'
import { type OpenedRow, readRows } from './rows'
import { countEntries, entryOf, keepIndex, readIndex } from './sealed-index'
import { readKeys, readStored } from './stored-rows'

const batchSize = 200

type Assessments = ReturnType<typeof assessmentsIn>['byItem']
type Found = {
  entries: Iterable<Entry>
  assessments: Assessments
  caseIds: ReadonlyMap<string, string[]>
  isWanted: (state: State) => boolean
}

/**
 * Summaries of the records whose state is wanted, newest capture first; see `listItems`. Opens the records that the
 * sealed index does not hold, and puts them there: damage done since to the others is told by `findDamage`.
 */
export async function listRecords(
  open: OpenLocker,
  isWanted: (state: State) => boolean,
): Promise<{ items: ItemSummary[]; damaged: string[] }> {
  const inbox = await ingestInbox(open)
  const { rows, damaged: damagedRows } = await readRows(open)
  const assessments = assessmentsIn(rows)
  const caseIds = caseIdsByItem(rows)
  const { entries, damaged } = await readEntries(open)
  const found = { entries, assessments: assessments.byItem, caseIds, isWanted }
  // Nothing gives it up: it ends.
  const items = (await inSlices(summaries(found))) ?? []
  return { items, damaged: [...inbox.damaged, ...damaged, ...damagedRows, ...assessments.damaged] }
}

function* summaries({ entries, isWanted, assessments, caseIds }: Found): Steps<ItemSummary[]> {
  const items: ItemSummary[] = []
  yield* each(entries, (entry) => {
    if (!isWanted(entry.state)) return
    const { id } = entry.facts
    items.push(summaryOf(entry, assessments.get(id)?.[0]?.assessment, caseIds.get(id) ?? none))
  })
  return yield* sorted(items, newestFirst)
}

const none: readonly string[] = []
const noTypes: Assessment['types'] = []

// A list is made anew after every change; nearly all that is in it is the same as before, and known to who asks.
const made = new WeakMap<Entry, ItemSummary>()

function summaryOf(entry: Entry, newest: Assessment | undefined, caseIds: readonly string[]): ItemSummary {
  const { types = noTypes, note = '' } = newest ?? {}
  const before = made.get(entry)
  if (before && before.types === types && before.note === note && isSameList(before.caseIds, caseIds))
    return before
  const summary = { ...entry.facts, binnedAt: entry.state.binnedAt, types, note, caseIds: [...caseIds] }
  made.set(entry, summary)
  return summary
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((id, at) => id === other[at])
}

async function readEntries(open: OpenLocker): Promise<{ entries: Entry[]; damaged: string[] }> {
  // Before anything else is read: what is changed from here on is not written as it was.
  const index = await readIndex(open, recordsIndex)
  const ids = await readKeys('records')
  const entries: Entry[] = []
  const missing: string[] = []
  const look = each(ids, (id) => {
    const entry = entryOf<Entry>(index, id)
    if (entry) entries.push(entry)
    else missing.push(id)
  })
  await inSlices(look)
  const damaged: string[] = []
  for (let start = 0; start < missing.length; start += batchSize) {
    const stored = await readStored('records', missing.slice(start, start + batchSize))
    // A record that is gone was deleted meanwhile; it is no damage.
    const there = stored.filter((row) => row !== undefined)
    const opened = await Promise.all(there.map((row) => openRecord(open, row)))
    for (const [at, record] of opened.entries()) {
      if (record) entries.push(entryFor(record))
      else damaged.push(there[at]?.id ?? '')
    }
    await giveWay()
  }
  const isSame = index && missing.length === 0 && countEntries(index) === entries.length
  if (index && !isSame) await keepIndex(index, new Map(entries.map((entry) => [entry.facts.id, entry])))
  return { entries, damaged }
}

function caseIdsByItem(rows: readonly OpenedRow[]): Map<string, string[]> {
  const caseIds = new Map<string, string[]>()
  for (const row of rows) {
    for (const itemId of row.kind === 'case' ? itemIdsOf(row.value) : []) {
      const others = caseIds.get(itemId)
      if (others) others.push(row.id)
      else caseIds.set(itemId, [row.id])
    }
  }
  return caseIds
}

function itemIdsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null || !('itemIds' in value)) return []
  return Array.isArray(value.itemIds) ? value.itemIds.filter((id) => typeof id === 'string') : []
}

function newestFirst(one: ItemSummary, other: ItemSummary): number {
  if (one.capturedAt !== other.capturedAt) return one.capturedAt < other.capturedAt ? 1 : -1
  return one.id < other.id ? -1 : 1
}
