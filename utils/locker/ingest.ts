import { openDatabase } from './database'
import { openSealingIdentity, storedEpoch } from './epoch'
import type { OpenLocker } from './keyring'
import { appendLeaves } from './log'
import { wrapInboxRow } from './records'

/** Moves every waiting item; see `ingestItems`. */
export async function ingestInbox(open: OpenLocker): Promise<{ ingested: number; damaged: string[] }> {
  const ids = await openDatabase().inbox.toCollection().primaryKeys()
  if (ids.length === 0) return { ingested: 0, damaged: [] }
  const identity = await openSealingIdentity(open)
  if (identity === null) return { ingested: 0, damaged: ids }
  const damaged: string[] = []
  let ingested = 0
  for (const id of ids) {
    const done = await moveItem(open, identity, id)
    if (done === 'damaged') damaged.push(id)
    if (done === 'moved') ingested += 1
  }
  return { ingested, damaged }
}

/** Moves one waiting item, if it is there and whole. */
export async function ingestOne(open: OpenLocker, id: string): Promise<void> {
  const identity = await openSealingIdentity(open)
  if (identity !== null) await moveItem(open, identity, id)
}

/**
 * The keys are made ready first, for a transaction does not wait for them; what was read is immutable, so all
 * that can have changed meanwhile is that another page was faster, or that the locker is in another epoch: then
 * nothing is written, and whoever asked asks again.
 */
async function moveItem(
  open: OpenLocker,
  identity: string,
  id: string,
): Promise<'moved' | 'gone' | 'damaged'> {
  const db = openDatabase()
  const stored = await db.inbox.get(id)
  if (stored === undefined) return 'gone'
  const wrapped = await wrapInboxRow(open, identity, stored)
  if (wrapped === null) return 'damaged'
  return db.transaction('rw', db.meta, db.inbox, db.records, db.log, async () => {
    const isThere = (await db.inbox.get(id)) !== undefined
    if (!isThere || (await storedEpoch()) !== open.epoch) return 'gone'
    await db.records.put(wrapped.row)
    await db.inbox.delete(id)
    await appendLeaves([wrapped.leaf])
    return 'moved'
  })
}
