import { randomIdHex } from '../crypto/bytes'
import type { Outcome } from '../model/problem'
import type { OpenLocker } from './keyring'
import { keepRow, readRows } from './rows'

async function findDraft(open: OpenLocker): Promise<{ id: string; value: unknown } | null> {
  return (await readRows(open)).rows.find(({ kind }) => kind === 'dataset') ?? null
}

/**
 * The dataset that is being prepared, with the names and the review that belong to it, as it was kept; not checked.
 * Null while there is none.
 */
export async function readDatasetDraft(open: OpenLocker): Promise<unknown> {
  return (await findDraft(open))?.value ?? null
}

/** Keeps it, sealed, in place of the one before. Problems: `disk-full`, `storage-unavailable`. */
export async function keepDatasetDraft(open: OpenLocker, value: unknown): Promise<Outcome<{ id: string }>> {
  const before = await findDraft(open)
  return keepRow({ to: open, id: before?.id ?? randomIdHex(), kind: 'dataset', value })
}
