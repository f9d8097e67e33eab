import { fail, type Outcome, succeed } from '../model/problem'
import { openDatabase } from './database'
import { inEpoch } from './epoch'
import type { Forgetting } from './forget-items'
import { ingestOne } from './ingest'
import type { OpenLocker } from './keyring'
import { appendLeaves } from './log'
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

/**
 * Removes an item, its parts and these rows of it, damaged or not, and puts in their place what `gone` brings.
 * `changed` when the item was ingested since `gone` was made, or the locker is in another epoch: nothing is done.
 */
export async function removeItem(
  id: string,
  gone: Forgetting & { isIngested: boolean; recipient: string },
): Promise<'removed' | 'not-found' | 'changed'> {
  const db = openDatabase()
  return db.transaction('rw', removedFrom(), async () => {
    const record = await db.records.get(id)
    const stored = record ?? (await db.inbox.get(id))
    if (stored === undefined) return 'not-found'
    const isSame = (await db.meta.get('0'))?.recipient === gone.recipient
    if (!isSame || (record !== undefined) !== gone.isIngested) return 'changed'
    await dropFromIndex('records', id)
    for (const rowId of gone.rowIds) await dropFromIndex('rows', rowId)
    await db.blobs.bulkDelete(blobIdsOf(stored))
    await db.records.delete(id)
    await db.inbox.delete(id)
    await db.rows.bulkDelete([...gone.rowIds])
    await db.recordKeys.delete(id)
    await db.rowKeys.bulkDelete([...gone.rowIds])
    await db.rows.bulkAdd(gone.rows)
    await appendLeaves(gone.leaves)
    return 'removed'
  })
}

function removedFrom() {
  const { meta, inbox, records, blobs, rows, recordKeys, rowKeys, index, log } = openDatabase()
  return [meta, inbox, records, blobs, rows, recordKeys, rowKeys, index, log]
}
