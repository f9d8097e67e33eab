import { Case } from '../model/case'
import type { Outcome } from '../model/problem'
import type { OpenLocker } from './keyring'
import { deleteRow, keepRow, readRows } from './rows'

/** Every case, latest change first, and the ids of damaged rows. A case may name items that were deleted. */
export async function listCases(open: OpenLocker): Promise<{ cases: Case[]; damaged: string[] }> {
  const { rows, damaged } = await readRows(open)
  const cases: Case[] = []
  for (const row of rows) {
    if (row.kind !== 'case') continue
    const parsed = Case.safeParse(row.value)
    if (parsed.success && parsed.data.id === row.id) cases.push(parsed.data)
    else damaged.push(row.id)
  }
  cases.sort((one, other) => compare(other.changedAt, one.changedAt) || compare(one.id, other.id))
  return { cases, damaged }
}

/**
 * Stores a case in place of the one with the same id. The caller sets `changedAt`. Problems: `disk-full`,
 * `storage-unavailable`. Throws on a case that is not well formed.
 */
export async function keepCase(open: OpenLocker, case_: Case): Promise<Outcome<{ id: string }>> {
  return keepRow({ to: open, id: case_.id, kind: 'case', value: Case.parse(case_) })
}

/** Removes a case; its items stay. Not yet erased from the disk. Problems: `storage-unavailable`. */
export async function deleteCase(_open: OpenLocker, id: string): Promise<Outcome<{ id: string }>> {
  return deleteRow(id)
}

function compare(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
