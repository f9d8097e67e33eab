import { fail, type Outcome, succeed } from '../model/problem'
import { openDatabase } from './database'
import { inEpoch } from './epoch'
import { ingestOne } from './ingest'
import type { OpenLocker } from './keyring'
import { blobIdsOf, type OpenedRecord, openRecord } from './records'
import { dropFromIndex } from './sealed-index'
import { guardStorage } from './storage-problem'
import { readOneStored } from './stored-rows'

/** As `guardStorage`, with the locker as it is now; `locked` when it was rotated and locked by another page. */
export function guardOpen<T>(
  open: OpenLocker,
  work: (current: OpenLocker) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  return guardStorage(async () => (await inEpoch(open, work)) ?? fail('locked'))
}

/** One item without its parts, ingested first if it waits. Problems: `not-found`, `damaged-record` with `facts`. */
export async function findRecord(open: OpenLocker, id: string): Promise<Outcome<OpenedRecord>> {
  const db = openDatabase()
  if ((await db.inbox.get(id)) !== undefined) await ingestOne(open, id)
  const stored = await readOneStored('records', id)
  if (stored === undefined)
    return (await db.inbox.get(id)) ? fail('damaged-record', 'facts') : fail('not-found')
  const record = await openRecord(open, stored)
  return record ? succeed(record) : fail('damaged-record', 'facts')
}

/** Removes an item, its parts and these rows of it, damaged or not. False when there is no such item. */
export async function removeItem(id: string, rowIds: readonly string[]): Promise<boolean> {
  const db = openDatabase()
  return db.transaction('rw', removedFrom(), async () => {
    const stored = (await db.records.get(id)) ?? (await db.inbox.get(id))
    if (stored === undefined) return false
    await dropFromIndex('records', id)
    for (const rowId of rowIds) await dropFromIndex('rows', rowId)
    await db.blobs.bulkDelete(blobIdsOf(stored))
    await db.records.delete(id)
    await db.inbox.delete(id)
    await db.rows.bulkDelete([...rowIds])
    await db.recordKeys.delete(id)
    await db.rowKeys.bulkDelete([...rowIds])
    return true
  })
}

function removedFrom() {
  const { inbox, records, blobs, rows, recordKeys, rowKeys, index } = openDatabase()
  return [inbox, records, blobs, rows, recordKeys, rowKeys, index]
}
