import { openDatabase } from './database'
import { inEpoch } from './epoch'
import type { OpenLocker } from './keyring'
import { openRecord, openRecordPart } from './records'
import { findDamagedRows } from './rows'
import { readOneStored } from './stored-rows'
import { throwIfCancelled } from './stream-problem'

/**
 * Opens every case, assessment and ingested item, with each of its parts unless only `facts` are asked for, and
 * gives the ids of those that are damaged. Lists read the sealed index, so this is how changes on the disk are seen: to be run after the
 * unlock, without haste. Gives what was found until the locker was locked. Throws an `AbortError` when cancelled.
 */
export async function findDamage(
  open: OpenLocker,
  options: {
    of?: 'facts' | 'parts'
    onProgress?: (progress: { done: number; total: number }) => void
    signal?: AbortSignal
  } = {},
): Promise<string[]> {
  const { of = 'parts', onProgress, signal } = options
  const ids = await openDatabase().records.toCollection().primaryKeys()
  const damaged = await findDamagedRows(open)
  for (const [done, id] of ids.entries()) {
    throwIfCancelled(signal)
    onProgress?.({ done, total: ids.length })
    const isWhole = await inEpoch(open, (current) => isWholeRecord(current, id, of))
    if (isWhole === null) break
    if (!isWhole) damaged.push(id)
  }
  return damaged
}

/** An item that is gone was deleted meanwhile; it is no damage. */
async function isWholeRecord(open: OpenLocker, id: string, of: 'facts' | 'parts'): Promise<boolean> {
  const stored = await readOneStored('records', id)
  if (stored === undefined) return true
  const record = await openRecord(open, stored)
  if (record === null) return false
  if (of === 'facts') return true
  for (const index of record.item.parts.keys())
    if ((await openRecordPart(record, index)) === null) return false
  return true
}
