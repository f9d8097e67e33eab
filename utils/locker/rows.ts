import type { Bytes } from '../crypto/bytes'
import { fromUtf8 } from '../crypto/bytes'
import { canonicalBytes } from '../crypto/canonical-json'
import { openMeta, openSealedKey, placeOf, sealRecord, unwrapKey, wrapKey } from '../crypto/seal'
import { importKey } from '../crypto/wrap'
import { SaltedEntry } from '../custody/entry'
import { fail, type Outcome, succeed } from '../model/problem'
import { z } from '../model/schema'
import { each, inSlices } from '../model/slices'
import { openDatabase, SealedRow } from './database'
import { inEpoch, openFromSession, openSealingIdentity, readPublicHalf, storedEpoch } from './epoch'
import type { OpenLocker, PublicHalf } from './keyring'
import { appendLeaves } from './log'
import { countEntries, dropFromIndex, entryOf, keepIndex, readIndex } from './sealed-index'
import { guardStorage } from './storage-problem'
import { readKeys, readStored } from './stored-rows'

/** What a sealed row holds. The kind is sealed with the value; a kind unknown here belongs to a later version. */
export type RowKind =
  | 'case'
  | 'assessment'
  | 'draft'
  | 'backup'
  | 'receiving-key'
  | 'received'
  | 'received-bundle'
  | 'filing'
  | 'tallies'
  | 'custody'
  | 'dataset'
  | 'anchor'
  | 'redaction'
  | 'earlier-log'
  | 'contact'

/** The entries of the custody log that a row stands for. */
type RowEntries = SaltedEntry | readonly SaltedEntry[]

/** A row as opened. `value` is not checked yet; `custody` is what of the custody log the row stands for. */
export type OpenedRow = { id: string; kind: string; value: unknown; custody?: RowEntries | undefined }

const Plain = z.strictObject({
  kind: z.string(),
  value: z.unknown(),
  custody: z.union([SaltedEntry, z.array(SaltedEntry).max(10)]).optional(),
})
const batchSize = 200

/** The index of rows. Raise `form` whenever an `OpenedRow` holds something else. */
export const rowsIndex = { store: 'rows', form: 3 } as const

/** To whom a row is sealed: the public half, or the KEK of an unlocked locker. */
export type RowTarget = PublicHalf & { kek?: CryptoKey }

/** What is put into a row; its leaves go into the custody log with it. */
export type RowToKeep = {
  to: RowTarget
  id: string
  kind: RowKind
  value: unknown
  custody?: RowEntries
  leaves?: readonly Bytes[]
}

/** Rows that are stored and rows that go, all or nothing. */
export type RowsToChange = {
  keep: readonly Omit<RowToKeep, 'to'>[]
  remove?: readonly string[]
  /** Where one of the rows to keep is there already, nothing is done. */
  isOnlyNew?: boolean
}

/**
 * Stores a row in place of the one with the same id. With `kek` (an unlocked locker) its key goes under the KEK,
 * without it is sealed to the public half and `readRows` moves it. Problems: `no-locker`, `disk-full`,
 * `storage-unavailable`.
 */
export async function keepRow({ to, ...row }: RowToKeep): Promise<Outcome<{ id: string }>> {
  const kept = await changeRows(to, { keep: [row] })
  return kept.ok ? succeed({ id: row.id }) : kept
}

/** As `keepRow`, where nothing is under the id; what is there stays, and `isAdded` is false. */
export async function addRow({ to, ...row }: RowToKeep): Promise<Outcome<{ isAdded: boolean }>> {
  const added = await changeRows(to, { keep: [row], isOnlyNew: true })
  return added.ok ? succeed({ isAdded: added.value.kept > 0 }) : added
}

/**
 * Stores rows and their leaves, and removes others, in one transaction; otherwise as `keepRow`. A removed row is erased
 * from the disk with the next epoch.
 */
export function changeRows(
  target: RowTarget,
  { keep, remove = [], isOnlyNew = false }: RowsToChange,
): Promise<Outcome<{ kept: number }>> {
  const leaves = keep.flatMap((row) => row.leaves ?? [])
  return guardStorage(async () => {
    let to: RowTarget | null = target
    while (to) {
      const now: RowTarget = to
      const rows = await Promise.all(keep.map((row) => sealRow({ ...row, to: now })))
      const kept = await putRows({ rows, remove, leaves, isOnlyNew }, now)
      if (kept !== null) return succeed({ kept })
      // Another page rotated the locker: sealed once more, to what it is now.
      to = (target.kek && (await openFromSession())) || (await readPublicHalf())
    }
    return fail('no-locker')
  })
}

/** A row as it will be stored. */
export async function sealRow(seal: RowToKeep): Promise<SealedRow> {
  const { to, id, custody } = seal
  const { header, key, meta } = await sealRecord({
    lockerId: to.lockerId,
    purpose: 'row',
    recordId: id,
    epoch: to.epoch,
    meta: canonicalBytes({ kind: seal.kind, value: seal.value, ...(custody && { custody }) }),
    blobs: [],
    to: to.kek ? { kek: to.kek } : { recipient: to.recipient },
  })
  return { id, header, wrapEpoch: to.kek ? to.epoch : 0, key, meta }
}

type RowsToPut = {
  rows: readonly SealedRow[]
  remove: readonly string[]
  leaves: readonly Bytes[]
  isOnlyNew: boolean
}

/** How many were stored. Null, with nothing written, when the locker no longer is the one they were sealed to. */
function putRows({ rows, remove, leaves, isOnlyNew }: RowsToPut, to: RowTarget): Promise<number | null> {
  const db = openDatabase()
  return db.transaction('rw', [db.meta, db.rows, db.rowKeys, db.index, db.log], async () => {
    if ((await db.meta.get('0'))?.recipient !== to.recipient) return null
    const there = new Set(await findRows(rows))
    if (isOnlyNew && there.size > 0) return 0
    for (const row of rows) {
      await db.rows.put(row)
      if (there.has(row.id)) await dropFromIndex('rows', row.id)
    }
    for (const id of remove) await dropRow(id)
    await appendLeaves(leaves)
    return rows.length
  })
}

function findRows(rows: readonly SealedRow[]): Promise<string[]> {
  const ids = rows.map(({ id }) => id)
  return openDatabase().rows.where(':id').anyOf(ids).primaryKeys()
}

async function dropRow(id: string): Promise<void> {
  const db = openDatabase()
  await db.rows.delete(id)
  await db.rowKeys.delete(id)
  await dropFromIndex('rows', id)
}

/** Removes a row; erased from the disk with the next epoch. Problems: `storage-unavailable`. */
export function deleteRow(id: string): Promise<Outcome<{ id: string }>> {
  return guardStorage(async () => {
    const db = openDatabase()
    await db.transaction('rw', db.rows, db.rowKeys, db.index, () => dropRow(id))
    return succeed({ id })
  })
}

/**
 * Every row, and the ids of those that are damaged; those stay where they are. Rows sealed while locked are moved
 * under the KEK on the way. Nothing when the locker was locked meanwhile.
 */
export async function readRows(open: OpenLocker): Promise<{ rows: OpenedRow[]; damaged: string[] }> {
  return (await inEpoch(open, readRowsOnce)) ?? { rows: [], damaged: [] }
}

/** The ids of rows that are damaged, whatever the index says of them. Nothing when the locker was locked meanwhile. */
export async function findDamagedRows(open: OpenLocker): Promise<string[]> {
  const ids = await openDatabase().rows.toCollection().primaryKeys()
  return (await inEpoch(open, (current) => openRows(current, ids)))?.damaged ?? []
}

async function readRowsOnce(open: OpenLocker): Promise<{ rows: OpenedRow[]; damaged: string[] }> {
  // Before anything else is read: what is changed from here on is not written as it was.
  const index = await readIndex(open, rowsIndex)
  const ids = await readKeys('rows')
  const rows: OpenedRow[] = []
  const missing: string[] = []
  const look = each(ids, (id) => {
    const row = entryOf<OpenedRow>(index, id)
    if (row) rows.push(row)
    else missing.push(id)
  })
  await inSlices(look)
  const known = rows.length
  const opened = await openRows(open, missing)
  for (const row of opened.rows) rows.push(row)
  const isSame = index && countEntries(index) === known && !opened.rows.some(isOfMany)
  if (index && !isSame) await keepIndex(index, new Map(rows.filter(isOfMany).map((row) => [row.id, row])))
  return { rows, damaged: opened.damaged }
}

/** There may be one for every item. Of the others there are few, and each is opened from its own row. */
export function isOfMany({ kind }: Pick<OpenedRow, 'kind'>): boolean {
  return kind === 'assessment' || kind === 'custody'
}

async function openRows(
  open: OpenLocker,
  ids: readonly string[],
): Promise<{ rows: OpenedRow[]; damaged: string[] }> {
  const rows: OpenedRow[] = []
  const damaged: string[] = []
  let identity: Promise<string | null> | undefined
  for (let start = 0; start < ids.length; start += batchSize) {
    const batch = ids.slice(start, start + batchSize)
    const stored = await readStored('rows', batch)
    const opened = await Promise.all(
      stored.map((row) => {
        if (row?.wrapEpoch === 0) identity ??= openSealingIdentity(open)
        return row && openRow(open, row, identity)
      }),
    )
    for (const [at, row] of opened.entries()) {
      if (row) rows.push(row)
      else if (row === null) damaged.push(batch[at] ?? '')
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

/** What a row holds, out of its opened meta; null when it is of no form known here. */
export function readPlain(meta: Bytes): Omit<OpenedRow, 'id'> | null {
  try {
    const parsed = Plain.safeParse(JSON.parse(fromUtf8(meta)))
    return parsed.success ? parsed.data : null
  } catch {
    // Neither UTF-8 nor JSON: sealed by something else.
    return null
  }
}

/** Another page may have moved, replaced or removed the row meanwhile, or rotated the locker: then theirs stands. */
async function moveRow(row: SealedRow, key: Bytes, epoch: number): Promise<void> {
  const db = openDatabase()
  await db.transaction('rw', db.meta, db.rows, async () => {
    const now = await db.rows.get(row.id)
    if (now?.wrapEpoch === 0 && (await storedEpoch()) === epoch)
      await db.rows.put({ ...row, key, wrapEpoch: epoch })
  })
}
