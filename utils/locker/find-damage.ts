import { throwIfCancelled } from '../model/problem-error'
import { openDatabase } from './database'
import type { OpenLocker } from './keyring'
import { readItems } from './read-items'
import { findDamagedRows } from './rows'

const itemsAtOnce = 50

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
    /** Promises when to go on; asked after every fifty items, so that other work comes first. */
    pause?: () => Promise<void>
  } = {},
): Promise<string[]> {
  const { of = 'parts', onProgress, signal, pause } = options
  const ids = await openDatabase().records.toCollection().primaryKeys()
  const damaged = await findDamagedRows(open)
  let done = 0
  for await (const read of readItems(open, ids, of)) {
    throwIfCancelled(signal)
    if (read === 'locked') break
    if (read.found === 'damaged') damaged.push(read.id)
    done += 1
    onProgress?.({ done, total: ids.length })
    if (done % itemsAtOnce === 0) await pause?.()
  }
  return damaged
}
