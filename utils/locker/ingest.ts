import { openDatabase } from './database'
import { openSealingIdentity, storedEpoch } from './epoch'
import type { OpenLocker } from './keyring'
import { appendLeaves } from './log'
import { wrapInboxRow } from './records'
import { entryFor, recordsIndex } from './records-index'
import { type Notes, noteEntries } from './sealed-index'

/** So many have their keys opened side by side and are moved in one transaction. */
const itemsAtOnce = 25

/** Moves every waiting item; see `ingestItems`. */
export async function ingestInbox(open: OpenLocker): Promise<{ ingested: number; damaged: string[] }> {
  const ids = await openDatabase().inbox.toCollection().primaryKeys()
  if (ids.length === 0) return { ingested: 0, damaged: [] }
  const identity = await openSealingIdentity(open)
  if (identity === null) return { ingested: 0, damaged: ids }
  const damaged: string[] = []
  let ingested = 0
  const notes = noteEntries(open, recordsIndex)
  for (let start = 0; start < ids.length; start += itemsAtOnce) {
    const moved = await moveItems({ open, identity, notes }, ids.slice(start, start + itemsAtOnce))
    damaged.push(...moved.damaged)
    ingested += moved.moved
  }
  await notes.end()
  return { ingested, damaged }
}

/** Moves one waiting item, if it is there and whole. */
export async function ingestOne(open: OpenLocker, id: string): Promise<void> {
  const identity = await openSealingIdentity(open)
  if (identity !== null) await moveItems({ open, identity }, [id])
}

type Moving = { open: OpenLocker; identity: string; notes?: Notes }

/**
 * The keys are made ready first, for a transaction does not wait for them; what was read is immutable, so all
 * that can have changed meanwhile is that another page was faster, or that the locker is in another epoch: then
 * nothing is written, and whoever asked asks again.
 */
async function moveItems(
  { open, identity, notes }: Moving,
  ids: readonly string[],
): Promise<{ moved: number; damaged: string[] }> {
  const db = openDatabase()
  await notes?.begin()
  const stored = (await db.inbox.bulkGet([...ids])).filter((row) => row !== undefined)
  const wrapped = await Promise.all(stored.map((row) => wrapInboxRow(open, identity, row)))
  const damaged = stored.filter((_, at) => wrapped[at] === null).map(({ id }) => id)
  const whole = wrapped.filter((one) => one !== null)
  const moved = await db.transaction('rw', db.meta, db.inbox, db.records, db.log, async () => {
    if (whole.length === 0 || (await storedEpoch()) !== open.epoch) return []
    const left = new Set(
      await db.inbox
        .where(':id')
        .anyOf(whole.map(({ row }) => row.id))
        .primaryKeys(),
    )
    const mine = whole.filter(({ row }) => left.has(row.id))
    await db.records.bulkPut(mine.map(({ row }) => row))
    await db.inbox.bulkDelete(mine.map(({ row }) => row.id))
    await appendLeaves(mine.map(({ leaf }) => leaf))
    return mine
  })
  for (const { record } of moved) if (record) await notes?.add(record.item.id, entryFor(record))
  return { moved: moved.length, damaged }
}
