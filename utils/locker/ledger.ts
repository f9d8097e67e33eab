import { randomIdHex, toUtf8 } from '../crypto/bytes'
import { canonicalBytes } from '../crypto/canonical-json'
import { sha256 } from '../crypto/digest'
import { Filing, Tally } from '../model/ledger'
import { type Outcome, succeed } from '../model/problem'
import { z } from '../model/schema'
import { makeEntries } from './custody'
import type { OpenLocker } from './keyring'
import { changeRows, deleteRow, keepRow, readRows } from './rows'

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
 * Stores a filing in place of the one with the same id, and in the same transaction notes the act in the custody log: as
 * a digest alone, because a bundle shows the entries about its items, and one receiver shall not learn of another. The caller sets
 * `changedAt`. Problems: `disk-full`, `storage-unavailable`. Throws on a filing that is not well formed.
 */
export async function keepFiling(keep: {
  open: OpenLocker
  filing: Filing
  act: LedgerAct
}): Promise<Outcome<{ id: string }>> {
  const { open, act } = keep
  const value = Filing.parse(keep.filing)
  // The random id in it keeps the digest from being guessed.
  const digest = await sha256(canonicalBytes(value))
  const itemIds = act === 'noted' ? [] : value.itemIds
  const noted = await makeEntries({ kind: act, itemIds, at: value.changedAt, detail: { digest } })
  const filing = { id: value.id, kind: 'filing', value } as const
  const kept = await changeRows(open, { keep: [filing, rowOf(noted)] })
  return kept.ok ? succeed({ id: value.id }) : kept
}

function rowOf(made: Awaited<ReturnType<typeof makeEntries>>) {
  return { id: randomIdHex(), kind: 'custody', ...made } as const
}

/**
 * Removes a filing, and notes in the same transaction that one was removed. Not yet erased from the disk. `at` is the moment in UTC.
 * Problems: `disk-full`, `storage-unavailable`.
 */
export async function deleteFiling(remove: {
  open: OpenLocker
  id: string
  at: string
}): Promise<Outcome<{ id: string }>> {
  const { open, id, at } = remove
  const noted = await makeEntries({ kind: 'noted', itemIds: [], at, detail: { ledger: 'removed' } })
  const removed = await changeRows(open, { keep: [rowOf(noted)], remove: [id] })
  return removed.ok ? succeed({ id }) : removed
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
