import { type Bytes, equalBytes } from '../crypto/bytes'
import { KeyRow, openDatabase, type RecordRow, type SealedRow } from './database'

/*
 * A record keeps the key that it was stored with, for good. A rotation writes new keys into a store of their own, so
 * that it need not write every record again; the newer key stands wherever the record still is the one that it was
 * made for, which the end of the older key (the tag of its box) tells.
 */

/** The stores whose rows have keys of their own. */
export type WrappedStore = 'records' | 'rows'
type Stored = { records: RecordRow; rows: SealedRow }

const markLength = 16

/** Rows by id, each with the key that stands now; undefined for one that is not there. Not checked yet. */
export async function readStored<S extends WrappedStore>(
  store: S,
  ids: readonly string[],
): Promise<(Stored[S] | undefined)[]> {
  const db = openDatabase()
  const rows: (Stored[S] | undefined)[] = await db.table(store).bulkGet([...ids])
  const keys = await keysOf(store).bulkGet([...ids])
  return rows.map((row, at) => row && withKey(row, keys[at]))
}

const keysAtOnce = 5_000

/** The ids of everything in a store, in their order; read in parts, so that none of them holds a page up. */
export async function readKeys(store: WrappedStore): Promise<string[]> {
  const table = openDatabase().table<unknown, string>(store)
  const ids: string[] = []
  for (let after = ''; ; after = ids.at(-1) ?? '') {
    const part = await table.where(':id').above(after).limit(keysAtOnce).primaryKeys()
    for (const id of part) ids.push(id)
    if (part.length < keysAtOnce) return ids
  }
}

/** One row with the key that stands now. */
export async function readOneStored<S extends WrappedStore>(
  store: S,
  id: string,
): Promise<Stored[S] | undefined> {
  return (await readStored(store, [id]))[0]
}

/** Each row of a store, in the order of ids, `atOnce` at a time, with the key that it was stored with and the newer. */
export async function eachStored(
  store: WrappedStore,
  atOnce: number,
  act: (rows: { row: { id: string; key: unknown }; newer: KeyRow | undefined }[]) => Promise<void>,
): Promise<void> {
  const table = openDatabase().table<{ id: string; key: unknown }, string>(store)
  const [first, end] = ['', '\uffff']
  for (let after = first; ; ) {
    const rows = await table.where(':id').between(after, end, false).limit(atOnce).toArray()
    const last = rows.at(-1)?.id
    if (last === undefined) return
    const newer = await keysOf(store).where(':id').between(after, last, false, true).toArray()
    const byId = new Map(newer.map((key) => [key.id, key]))
    await act(rows.map((row) => ({ row, newer: byId.get(row.id) })))
    after = last
  }
}

/** A row with the key that stands in this epoch, read for it unless it has that already. */
export async function withNewestKey<R extends { id: string; key: unknown; wrapEpoch: number }>(
  store: WrappedStore,
  row: R,
  epoch: number,
): Promise<R> {
  return row.wrapEpoch === epoch ? row : withKey(row, await keysOf(store).get(row.id))
}

/** A row with the newer key in place of its own, if that was made for it. */
export function withKey<R extends { key: unknown }>(row: R, newer: unknown): R {
  const parsed = newer === undefined ? null : KeyRow.safeParse(newer)
  const mark = markOf(row.key)
  if (!parsed?.success || !mark || !equalBytes(mark, parsed.data.of)) return row
  const { key, wrapEpoch } = parsed.data
  return { ...row, key, wrapEpoch }
}

/** Tells the row that a newer key is made for; null for one that has no key. */
export function markOf(key: unknown): Bytes | null {
  return key instanceof Uint8Array && key.length >= markLength ? key.slice(-markLength) : null
}

/** Where the newer keys of a store are. */
export function keysOf(store: WrappedStore) {
  const db = openDatabase()
  return store === 'records' ? db.recordKeys : db.rowKeys
}
