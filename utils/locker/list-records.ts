import type { Assessment, Item, ItemSummary } from '../model/item'
import { assessmentsIn } from './assessments'
import { openDatabase } from './database'
import { ingestInbox } from './ingest'
import type { OpenLocker } from './keyring'
import { openRecord, type State } from './records'
import { type OpenedRow, readRows } from './rows'
import { entryOf, keepIndex, readIndex } from './sealed-index'
import { readStored } from './stored-rows'

const batchSize = 200

/** The index of records. Raise `form` whenever `summarise` gives other fields, or the old ones otherwise. */
export const recordsIndex = { store: 'records', form: 1 } as const

/** What a list needs of one record, before assessments and cases are added; the index holds just this. */
type Entry = { facts: Omit<ItemSummary, 'types' | 'note' | 'caseIds' | 'binnedAt'>; state: State }

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
  const items = entries
    .filter(({ state }) => isWanted(state))
    .map(({ facts, state }) => {
      const newest: Assessment | undefined = assessments.byItem.get(facts.id)?.[0]?.assessment
      const { types = [], note = '' } = newest ?? {}
      return { ...facts, binnedAt: state.binnedAt, types, note, caseIds: caseIds.get(facts.id) ?? [] }
    })
    .sort(newestFirst)
  return { items, damaged: [...inbox.damaged, ...damaged, ...damagedRows, ...assessments.damaged] }
}

async function readEntries(open: OpenLocker): Promise<{ entries: Entry[]; damaged: string[] }> {
  const db = openDatabase()
  // Before anything else is read: what is changed from here on is not written as it was.
  const index = await readIndex(open, recordsIndex)
  const ids = await db.records.toCollection().primaryKeys()
  const entries = new Map<string, Entry>()
  const missing: string[] = []
  for (const id of ids) {
    const entry = entryOf<Entry>(index, id)
    if (entry) entries.set(id, entry)
    else missing.push(id)
  }
  const damaged: string[] = []
  for (let start = 0; start < missing.length; start += batchSize) {
    const stored = await readStored('records', missing.slice(start, start + batchSize))
    // A record that is gone was deleted meanwhile; it is no damage.
    const there = stored.filter((row) => row !== undefined)
    const opened = await Promise.all(there.map((row) => openRecord(open, row)))
    for (const [at, record] of opened.entries()) {
      if (record) entries.set(record.item.id, entryFor(record))
      else damaged.push(there[at]?.id ?? '')
    }
  }
  if (index) await keepIndex(index, entries)
  return { entries: [...entries.values()], damaged }
}

/** What the index holds of one record. */
export function entryFor({ item, state }: { item: Item; state: State }): Entry {
  return { facts: summarise(item), state }
}

function summarise(item: Item): Entry['facts'] {
  const { post, captured, collection } = item
  return {
    id: item.id,
    platform: post.platform,
    kind: post.kind,
    postId: post.postId,
    authorHandle: post.author.handle,
    authorName: post.author.name,
    text: post.text,
    permalink: post.permalink,
    postedAt: post.posted.iso,
    capturedAt: captured.utc,
    method: collection.method,
    reader: collection.reader,
    group: item.group,
    recheck: item.recheck,
    pictures: item.parts
      .filter(({ role }) => role === 'media')
      .map(({ sha256, likeness }) => ({ sha256, likeness })),
  }
}

function caseIdsByItem(rows: readonly OpenedRow[]): Map<string, string[]> {
  const caseIds = new Map<string, string[]>()
  for (const row of rows) {
    for (const itemId of row.kind === 'case' ? itemIdsOf(row.value) : []) {
      caseIds.set(itemId, [...(caseIds.get(itemId) ?? []), row.id])
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
