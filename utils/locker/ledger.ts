import { randomIdHex, toUtf8 } from '../crypto/bytes'
import { sha256 } from '../crypto/digest'
import { Filing, Tally } from '../model/ledger'
import { type Outcome, succeed } from '../model/problem'
import { z } from '../model/schema'
import type { OpenLocker } from './keyring'
import { deleteRow, keepRow, readRows } from './rows'

/** What a change of the ledger is, as the custody log calls it. */
export type LedgerAct = 'filed' | 'answered' | 'noted'

const Tallies = z.array(Tally)

/** The ledger, what was filed last first, and what other lockers counted. Damaged rows are told by their ids. */
export async function readLedger(
  open: OpenLocker,
): Promise<{ filings: Filing[]; others: Tally[]; damaged: string[] }> {
  const { rows } = await readRows(open)
  const filings: Filing[] = []
  const others: Tally[] = []
  const damaged: string[] = []
  for (const { id, kind, value } of rows) {
    if (kind === 'filing') {
      const parsed = Filing.safeParse(value)
      if (parsed.success && parsed.data.id === id) filings.push(parsed.data)
      else damaged.push(id)
    }
    if (kind === 'tallies') {
      const parsed = Tallies.safeParse(value)
      if (parsed.success) others.push(...parsed.data)
      else damaged.push(id)
    }
  }
  const order = ({ filed, createdAt, id }: Filing) => `${filed.day} ${createdAt} ${id}`
  filings.sort((one, other) => (order(one) > order(other) ? -1 : 1))
  return { filings, others, damaged }
}

/**
 * Stores a filing in place of the one with the same id. The caller sets `changedAt`. Problems: `disk-full`,
 * `storage-unavailable`. Throws on a filing that is not well formed.
 */
export function keepFiling(keep: {
  open: OpenLocker
  filing: Filing
  act: LedgerAct
}): Promise<Outcome<{ id: string }>> {
  const value = Filing.parse(keep.filing)
  return keepRow({ to: keep.open, id: value.id, kind: 'filing', value })
}

/** Removes a filing. Not yet erased from the disk. Problems: `storage-unavailable`. */
export function deleteFiling(_open: OpenLocker, id: string): Promise<Outcome<{ id: string }>> {
  return deleteRow(id)
}

/** Adds what other lockers counted; a newer tally of the same locker counts in place of an older one. Problems: `disk-full`, `storage-unavailable`. */
export function keepTallies(open: OpenLocker, tallies: readonly Tally[]): Promise<Outcome<{ id: string }>> {
  return keepRow({ to: open, id: randomIdHex(), kind: 'tallies', value: Tallies.parse(tallies) })
}

/** By what this locker is told from others when counts are put together; it leads to nothing else of it. */
export async function tallySource({ lockerId }: OpenLocker): Promise<string> {
  return (await sha256(toUtf8(`tally ${lockerId}`))).slice(0, 16)
}

/** Removes what other lockers counted. Not yet erased from the disk. Problems: `storage-unavailable`. */
export async function forgetTallies(open: OpenLocker): Promise<Outcome<{ count: number }>> {
  const { rows } = await readRows(open)
  const found = rows.filter(({ kind }) => kind === 'tallies')
  for (const { id } of found) {
    const removed = await deleteRow(id)
    if (!removed.ok) return removed
  }
  return succeed({ count: found.length })
}
