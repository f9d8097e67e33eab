import type { Bytes } from '../crypto/bytes'
import { fromUtf8 } from '../crypto/bytes'
import { canonicalBytes } from '../crypto/canonical-json'
import { openMeta, openSealedKey, placeOf, sealRecord, unwrapKey, wrapKey } from '../crypto/seal'
import { importKey } from '../crypto/wrap'
import { type Outcome, succeed } from '../model/problem'
import { z } from '../model/schema'
import { openDatabase, SealedRow } from './database'
import { type OpenLocker, openSealingIdentity } from './keyring'
import { guardStorage } from './storage-problem'

/** What a sealed row holds. The kind is sealed with the value; a kind unknown here belongs to a later version. */
export type RowKind = 'case' | 'assessment' | 'draft'

/** A row as opened. `value` is not checked yet. */
export type OpenedRow = { id: string; kind: string; value: unknown }

const Plain = z.strictObject({ kind: z.string(), value: z.unknown() })
const batchSize = 200

/**
 * Stores a row in place of the one with the same id. With `kek` (an unlocked locker) its key goes under the KEK,
 * without it is sealed to the public half and `readRows` moves it. Problems: `disk-full`, `storage-unavailable`.
 */
export function keepRow(keep: {
  to: { lockerId: string; recipient: string; epoch: number; kek?: CryptoKey }
  id: string
  kind: RowKind
  value: unknown
}): Promise<Outcome<{ id: string }>> {
  const { to, id } = keep
  return guardStorage(async () => {
    const sealed = await sealRecord({
      lockerId: to.lockerId,
      purpose: 'row',
      recordId: id,
      epoch: to.epoch,
      meta: canonicalBytes({ kind: keep.kind, value: keep.value }),
      blobs: [],
      to: to.kek ? { kek: to.kek } : { recipient: to.recipient },
    })
    const { header, key, meta } = sealed
    await openDatabase().rows.put({ id, header, wrapEpoch: to.kek ? to.epoch : 0, key, meta })
    return succeed({ id })
  })
}

/** Removes a row; not yet erased from the disk (`shred.ts`). Problems: `storage-unavailable`. */
export function deleteRow(id: string): Promise<Outcome<{ id: string }>> {
  return guardStorage(async () => {
    await openDatabase().rows.delete(id)
    return succeed({ id })
  })
}

/**
 * Every row, and the ids of those that are damaged; those stay where they are. Rows sealed while locked are moved
 * under the KEK on the way.
 */
export async function readRows(open: OpenLocker): Promise<{ rows: OpenedRow[]; damaged: string[] }> {
  const db = openDatabase()
  const ids = await db.rows.toCollection().primaryKeys()
  const rows: OpenedRow[] = []
  const damaged: string[] = []
  let identity: Promise<string | null> | undefined
  for (let start = 0; start < ids.length; start += batchSize) {
    const batch = ids.slice(start, start + batchSize)
    const stored = await db.rows.bulkGet(batch)
    const opened = await Promise.all(
      stored.map((row) => {
        if (row?.wrapEpoch === 0) identity ??= openSealingIdentity(open)
        return row && openRow(open, row, identity)
      }),
    )
    for (const [index, row] of opened.entries()) {
      if (row) rows.push(row)
      else if (row === null) damaged.push(batch[index] ?? '')
    }
  }
  return { rows, damaged }
}

async function openRow(
  open: OpenLocker,
  stored: unknown,
  identity: Promise<string | null> | undefined,
): Promise<OpenedRow | null> {
  const parsed = SealedRow.safeParse(stored)
  if (!parsed.success) return null
  const row = parsed.data
  const at = await placeOf({ lockerId: open.lockerId, purpose: 'row', recordId: row.id, header: row.header })
  if (at === null) return null
  const raw =
    row.wrapEpoch === 0
      ? await openSealedRowKey(await identity, row.key, at.hash)
      : await unwrapKey({ kek: open.kek, place: at.place, epoch: row.wrapEpoch, box: row.key })
  if (raw === null) return null
  const meta = await openMeta(await importKey(raw), at.place, row.meta)
  const plain = meta && readPlain(meta)
  if (plain && row.wrapEpoch === 0) {
    await moveRow(row, await wrapKey({ kek: open.kek, place: at.place, epoch: open.epoch, raw }), open.epoch)
  }
  raw.fill(0)
  return plain && { id: row.id, ...plain }
}

async function openSealedRowKey(
  identity: string | null | undefined,
  key: Bytes,
  hash: Bytes,
): Promise<Bytes | null> {
  return identity ? openSealedKey(identity, key, hash) : null
}

function readPlain(meta: Bytes): { kind: string; value: unknown } | null {
  try {
    const parsed = Plain.safeParse(JSON.parse(fromUtf8(meta)))
    return parsed.success ? parsed.data : null
  } catch {
    // Neither UTF-8 nor JSON: sealed by something else.
    return null
  }
}

/** Another page may have moved, replaced or removed the row meanwhile: then theirs stands. */
async function moveRow(row: SealedRow, key: Bytes, epoch: number): Promise<void> {
  const db = openDatabase()
  await db.transaction('rw', db.rows, async () => {
    const now = await db.rows.get(row.id)
    if (now?.wrapEpoch === 0) await db.rows.put({ ...row, key, wrapEpoch: epoch })
  })
}
