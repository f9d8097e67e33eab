import { fingerprintsOf } from '../custody/proofs'
import { type Outcome, succeed } from '../model/problem'
import { gatherEarlier } from './earlier-proofs'
import type { OpenLocker } from './keyring'
import { ownLog } from './placed-log'
import type { OpenedRecord } from './records'
import { readRows } from './rows'
import { findRecord, guardOpen } from './stored-item'

/** Another log of which proofs go along with items that leave: its last key in words, and of how many of the items. */
export type OtherLog = { words: string; count: number }

/**
 * The other logs that a bundle of these items tells of, the one with most items first: those of the lockers that
 * captured them, and of this one before it was restored. Problems: those of `findRecord`, `locked`,
 * `storage-unavailable`.
 */
export function listOtherLogs(open: OpenLocker, itemIds: readonly string[]): Promise<Outcome<OtherLog[]>> {
  return guardOpen(open, async (current) => {
    const records: OpenedRecord[] = []
    for (const id of itemIds) {
      const found = await findRecord(current, id)
      if (!found.ok) return found
      records.push(found.value)
    }
    const { rows } = await readRows(current)
    const gathered = await gatherEarlier(records, { rows, own: (await ownLog(current)) ?? '' })
    const counts = new Map<string, number>()
    for (const proofs of gathered.values()) {
      const words = await Promise.all(proofs.map(async (proof) => (await fingerprintsOf(proof)).key))
      for (const key of new Set(words)) counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    const logs = [...counts].map(([words, count]) => ({ words, count }))
    return succeed(logs.toSorted((one, other) => other.count - one.count))
  })
}
