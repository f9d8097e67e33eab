import { type Bytes, randomIdHex } from '../crypto/bytes'
import type { SaltedEntry } from '../custody/entry'
import { entriesIn, makeEntry } from './custody'
import { openDatabase, type SealedRow } from './database'
import type { OpenLocker } from './keyring'
import { bundledItems } from './receive-bundle'
import { openRecord } from './records'
import { type RowKind, type RowTarget, readRows, sealRow } from './rows'

/*
 * What is deleted takes its entries in the custody log along: their leaves stay, but nothing says any more what
 * they were of. In their place comes one entry for each item, `deleted`, with how many leaves it leaves behind:
 * any other leaf that nothing stands for was removed by somebody else.
 */

/** What is to be removed with items, and what takes its place. */
export type Forgetting = { rowIds: Set<string>; rows: SealedRow[]; leaves: Bytes[] }

/** Rows that go with the item they are about. */
const aboutItems: ReadonlySet<string> = new Set<RowKind>(['assessment', 'redaction'])

/**
 * What of the rows goes with these items, and with items that went before and left theirs behind: assessments,
 * entries, and the proofs of a bundle of which nothing is left. `rows` and `leaves` are to be stored in the same transaction, sealed for `to`.
 */
export async function forgetItems(
  open: OpenLocker,
  items: ReadonlySet<string>,
  to: RowTarget,
): Promise<Forgetting> {
  const db = openDatabase()
  const { rows } = await readRows(open)
  const there = new Set([
    ...(await db.inbox.toCollection().primaryKeys()),
    ...(await db.records.toCollection().primaryKeys()),
  ])
  const isGone = (id: string) => items.has(id) || !there.has(id)
  const all = entriesIn(rows)
  const going = all.filter(({ custody }) => isForgotten(custody, isGone))
  const rowIds = new Set([
    ...going.map(({ rowId }) => rowId),
    ...rows.filter((row) => aboutItems.has(row.kind) && isGone(itemOf(row.value))).map(({ id }) => id),
    ...rows.filter((row) => isEmptied(bundledItems(row), items, isGone)).map(({ id }) => id),
  ])
  const staying = Map.groupBy(
    all.filter((one) => rowIds.has(one.rowId) && !going.includes(one)),
    ({ rowId }) => rowId,
  )
  const rewritten = await Promise.all(
    [...staying.values()].map((list) =>
      sealEntries(
        to,
        list.map(({ custody }) => custody),
      ),
    ),
  )
  const counts = await countLeaves(
    open,
    items,
    going.map(({ custody }) => custody.entry.item ?? ''),
  )
  const noted = await noteDeleted(counts, to)
  return { rowIds, rows: [...rewritten, ...noted.rows], leaves: noted.leaves }
}

/** The entries of items that were taken back, as one row and its leaves; nothing when there are none. */
export async function noteDeleted(
  counts: ReadonlyMap<string, number>,
  to: RowTarget,
): Promise<{ rows: SealedRow[]; leaves: Bytes[] }> {
  if (counts.size === 0) return { rows: [], leaves: [] }
  const at = new Date().toISOString()
  const made = await Promise.all(
    [...counts].map(([item, leaves]) =>
      makeEntry({ kind: 'deleted', at, item, detail: { leaves: String(leaves) } }),
    ),
  )
  const row = await sealEntries(
    to,
    made.map(({ custody }) => custody),
  )
  return { rows: [row], leaves: made.map(({ leaf }) => leaf) }
}

/** All is gone, and something of it goes now: what is noted of a bundle stands before its items come. */
function isEmptied(
  bundled: readonly string[],
  going: ReadonlySet<string>,
  isGone: (id: string) => boolean,
): boolean {
  return bundled.some((id) => going.has(id)) && bundled.every(isGone)
}

/** That something was deleted stays said. */
function isForgotten({ entry }: SaltedEntry, isGone: (id: string) => boolean): boolean {
  return entry.kind !== 'deleted' && entry.item !== null && isGone(entry.item)
}

function itemOf(value: unknown): string {
  const isAssessment = typeof value === 'object' && value !== null && 'itemId' in value
  return isAssessment ? String(value.itemId) : ''
}

function sealEntries(to: RowTarget, entries: SaltedEntry[]): Promise<SealedRow> {
  return sealRow({ to, id: randomIdHex(), kind: 'custody', value: { entries } })
}

/** How many leaves lose what they stand for, by item: its capture, its ingestion, and its entries. */
async function countLeaves(
  open: OpenLocker,
  items: ReadonlySet<string>,
  entries: readonly string[],
): Promise<Map<string, number>> {
  const db = openDatabase()
  const counts = new Map<string, number>()
  const add = (id: string, leaves: number) => counts.set(id, (counts.get(id) ?? 0) + leaves)
  for (const id of items) {
    const stored = await db.records.get(id)
    if (stored !== undefined) {
      const record = await openRecord(open, stored)
      // A damaged one may have had both.
      add(id, record !== null && !record.state.ingested ? 1 : 2)
    } else if ((await db.inbox.get(id)) !== undefined) add(id, 1)
  }
  for (const id of entries) add(id, 1)
  return counts
}
