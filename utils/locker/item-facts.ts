import type { Assessment, Item } from '../model/item'
import { succeed } from '../model/problem'
import { assessmentsIn } from './assessments'
import type { OpenLocker } from './keyring'
import { readRows } from './rows'
import { findRecord, guardOpen } from './stored-item'

/**
 * The facts of items without their parts, in the order of the ids; null for each that is gone or damaged, and for
 * all when the locker was locked meanwhile. For whoever reads many: no picture is opened.
 */
export async function openFacts(open: OpenLocker, ids: readonly string[]): Promise<(Item | null)[]> {
  const found = await guardOpen(open, async (current) =>
    succeed(await Promise.all(ids.map((id) => findRecord(current, id)))),
  )
  if (!found.ok) return ids.map(() => null)
  return found.value.map((record) => (record.ok ? record.value.item : null))
}

/** The newest assessment of each item that has one. */
export async function newestAssessments(open: OpenLocker): Promise<Map<string, Assessment>> {
  const { rows } = await readRows(open)
  const newest = new Map<string, Assessment>()
  for (const [itemId, [first]] of assessmentsIn(rows).byItem) if (first) newest.set(itemId, first.assessment)
  return newest
}
