import type { Assessment, ItemSummary } from '../model/item'
import { each, giveWay, type Steps, sorted, toItsEnd } from '../model/slices'
import { type Assessments, sortingAssessments } from './assessments'
import { ingestInbox } from './ingest'
import type { OpenLocker } from './keyring'
import { openRecord, type State } from './records'
import { type Entry, entryFor, recordsIndex } from './records-index'
import { type OpenedRow, readRows } from './rows'
import { countEntries, entryOf, keepIndex, readIndex } from './sealed-index'
import { readKeys, readStored } from './stored-rows'

const batchSize = 200

type Found = {
  entries: Iterable<Entry>
  assessments: Assessments['byItem']
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
  const assessments = await toItsEnd(sortingAssessments(rows))
  const caseIds = await toItsEnd(caseIdsByItem(rows))
  const { entries, damaged } = await readEntries(open)
  const items = await toItsEnd(summaries({ entries, assessments: assessments.byItem, caseIds, isWanted }))
  return { items, damaged: [...inbox.damaged, ...damaged, ...damagedRows, ...assessments.damaged] }
}

type Dated = { item: ItemSummary; at: number }

function* summaries({ entries, isWanted, assessments, caseIds }: Found): Steps<ItemSummary[]> {
  const items: Dated[] = []
  yield* each(entries, (entry) => {
    if (!isWanted(entry.state)) return
    const { id, capturedAt } = entry.facts
    const item = summaryOf(entry, assessments.get(id)?.[0]?.assessment, caseIds.get(id) ?? none)
    items.push({ item, at: Date.parse(capturedAt) })
  })
  const inOrder = yield* sorted(items, newestFirst)
  return inOrder.map(({ item }) => item)
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
  await toItsEnd(look)
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

function* caseIdsByItem(rows: readonly OpenedRow[]): Steps<Map<string, string[]>> {
  const caseIds = new Map<string, string[]>()
  for (const row of rows) {
    if (row.kind !== 'case') continue
    yield* each(itemIdsOf(row.value), (itemId) => {
      const others = caseIds.get(itemId)
      if (others) others.push(row.id)
      else caseIds.set(itemId, [row.id])
    })
  }
  return caseIds
}

function itemIdsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null || !('itemIds' in value)) return []
  return Array.isArray(value.itemIds) ? value.itemIds.filter((id) => typeof id === 'string') : []
}

/** Of 100,000 items, the moments are compared some million times: numbers are much faster than words. */
function newestFirst(one: Dated, other: Dated): number {
  return other.at - one.at || (one.item.id < other.item.id ? -1 : 1)
}
