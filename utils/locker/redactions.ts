import { randomIdHex } from '../crypto/bytes'
import type { Outcome } from '../model/problem'
import { Redaction } from '../model/redaction'
import type { OpenLocker } from './keyring'
import { keepRow, type OpenedRow, readRows } from './rows'

/** What is covered in an item, with the row that it lies in. */
export type KeptRedaction = { rowId: string; redaction: Redaction }

/** The newest redaction of each item by its id; those not well formed are passed over. */
export async function listRedactions(open: OpenLocker): Promise<Map<string, KeptRedaction>> {
  return redactionsIn((await readRows(open)).rows)
}

function redactionsIn(rows: readonly OpenedRow[]): Map<string, KeptRedaction> {
  const byItem = new Map<string, KeptRedaction>()
  for (const { id, kind, value } of rows) {
    const parsed = kind === 'redaction' ? Redaction.safeParse(value) : null
    if (!parsed?.success) continue
    const before = byItem.get(parsed.data.itemId)
    if (before && before.redaction.changedAt > parsed.data.changedAt) continue
    byItem.set(parsed.data.itemId, { rowId: id, redaction: parsed.data })
  }
  return byItem
}

/**
 * Keeps what is covered in an item, in place of what was. `rowId` is null the first time. Problems: `disk-full`,
 * `storage-unavailable`. Throws on one that is not well formed.
 */
export function keepRedaction(
  open: OpenLocker,
  { rowId, redaction }: { rowId: string | null; redaction: Redaction },
): Promise<Outcome<{ id: string }>> {
  const value = Redaction.parse(redaction)
  return keepRow({ to: open, id: rowId ?? randomIdHex(), kind: 'redaction', value })
}
