import { importKey } from '../crypto/wrap'
import { fail, type Outcome, succeed } from '../model/problem'
import { type MetaRow, openDatabase, type SlotRow, schemaNumber } from './database'
import { deriveKek, makeEpochKeys, openForm, openSealingIdentity, storedEpoch } from './epoch'
import { type Forgetting, forgetItems } from './forget-items'
import { ingestInbox } from './ingest'
import type { OpenLocker } from './keyring'
import { appendLeaves } from './log'
import { blobIdsOf } from './records'
import { recordsIndex } from './records-index'
import { putRewraps, type Rewrap, type Rewraps, rewrapStore } from './rewrap'
import { rowsIndex } from './rows'
import { resealIndex } from './sealed-index'
import { readSessionKeys, writeSessionKeys } from './session-keys'
import { makeSecret, shredCell } from './shred'
import { type CellAccess, eraseOthers, keepSecret } from './shred-cell'
import { isSameHead, rewrapSigning } from './signing'
import type { Entered } from './ways-in'

/*
 * A new epoch, step by step; a crash after any of them leaves the locker in the old epoch or in the new one.
 *
 *   1  the next secret goes into the spare slot of the cell, and is read back    (old; the spare is written again)
 *   2  every key is wrapped anew, in memory                                      (old)
 *   3  one strict transaction: new keys, new sealing pair, new index key, new slots if there are any, what is to
 *      be deleted is gone, `isErasing` is set                                    (new)
 *   4  the old slot of the cell is overwritten and read back, `isErasing` goes   (new; whoever opens it next
 *                                                                                 overwrites it)
 */

/** `signal` gives a rotation up, until its keys are stored: then everything is as it was. */
export type Watch = { onProgress?: OnProgress | undefined; signal?: AbortSignal | undefined }

export type Rotation = Watch & {
  entered: Entered
  /** New slots with a new ROOT: then nothing that opened the old one opens the new. */
  renewed?: { root: Uint8Array<ArrayBuffer>; slots: SlotRow[] }
  /** Items to leave behind, with their parts and assessments. */
  without?: readonly string[]
  /** Whether the locker is to be open afterwards; otherwise it stays open or locked, as it is. */
  opening?: 'always'
}

/** Hears how many keys of how many were wrapped anew; at the end of them, the storing begins, which takes a while. */
type OnProgress = (progress: { done: number; total: number }) => void

/** `isErased` is false when the old secret could not be overwritten yet; the next unlock does it. */
export type Rotated = { open: OpenLocker; deleted: number; isErased: boolean }

/**
 * Starts the next epoch. Only `inTurn`. Problems: `cannot-erase` where this page has no file that can be
 * overwritten, `storage-unavailable`, `disk-full`, `cancelled`.
 */
export async function rotate(rotation: Rotation): Promise<Outcome<Rotated>> {
  const cell = shredCell()
  if (cell === null) return fail('cannot-erase')
  const { entered } = rotation
  const identity = await openSealingIdentity({ ...entered.open, sealing: entered.meta.sealing })
  if (identity === null) return fail('damaged-record', 'sealing-key')
  const next = await makeNext(cell, rotation)
  if (next === null) return fail('storage-unavailable')
  const rewrap: Rewrap = { from: entered.open, to: { kek: next.open.kek, epoch: next.meta.epoch }, identity }
  const before = await readSessionKeys()
  const isOpening = rotation.opening === 'always' || before.length > 0
  try {
    if (before.length > 0) await writeSessionKeys([next.rawKek, ...before])
    const deleted = await moveOver(rotation, next, rewrap)
    // Whoever pressed the lock meanwhile meant it.
    const isLocked = rotation.opening !== 'always' && (await readSessionKeys()).length === 0
    if (isOpening && !isLocked) await writeSessionKeys([next.rawKek])
    return succeed({ open: next.open, deleted, isErased: await eraseBefore(cell, next.meta) })
  } catch (error) {
    if (error !== givenUp) throw error
    if ((await readSessionKeys()).length > 0) await writeSessionKeys(before)
    return fail('cancelled')
  } finally {
    for (const key of [...before, next.rawKek]) key.fill(0)
  }
}

/** Overwrites the secret of the epoch before, if that is still to be done. Only `inTurn`. */
export async function finishErasing(): Promise<void> {
  const cell = shredCell()
  const meta = await openDatabase().meta.get('0')
  if (cell && meta?.isErasing) await eraseBefore(cell, meta)
}

async function eraseBefore(cell: CellAccess, meta: MetaRow): Promise<boolean> {
  try {
    if (!(await eraseOthers(cell, meta))) return false
    await openDatabase().meta.update('0', { isErasing: undefined })
    return true
  } catch {
    // The mark stays, and with it the task.
    return false
  }
}

/** The KEK of an epoch whose secret it puts into the cell first; null when the cell does not hold it. */
async function makeKek(
  cell: CellAccess,
  from: { lockerId: string; epoch: number; root: Uint8Array<ArrayBuffer> },
): Promise<Uint8Array<ArrayBuffer> | null> {
  const secret = makeSecret()
  try {
    return (await keepSecret(cell, { ...from, secret })) ? await deriveKek({ ...from, secret }) : null
  } finally {
    secret.fill(0)
  }
}

/** `meta` is without the signing key and its last checkpoint, which another page may change until the end. */
type Next = { meta: MetaRow; open: OpenLocker; rawKek: Uint8Array<ArrayBuffer>; indexKey: CryptoKey }

async function makeNext(cell: CellAccess, { entered, renewed }: Rotation): Promise<Next | null> {
  const at = { lockerId: entered.meta.lockerId, epoch: entered.meta.epoch + 1 }
  const rawKek = await makeKek(cell, { ...at, root: renewed?.root ?? entered.root })
  if (rawKek === null) return null
  const kek = await importKey(rawKek)
  const { sealed, indexKey } = await makeEpochKeys({ ...at, kek })
  const meta: MetaRow = { id: '0', schema: schemaNumber, ...at, ...sealed, isErasing: true }
  return { meta, open: openForm(meta, kek), rawKek, indexKey }
}

/** Tries the transaction until nothing has come or changed between the wrapping and it. */
async function moveOver(rotation: Rotation, next: Next, rewrap: Rewrap): Promise<number> {
  const items = new Set(rotation.without ?? [])
  let records: Rewraps = new Map()
  let rows: Rewraps = new Map()
  for (;;) {
    const { damaged } = await ingestInbox(rewrap.from)
    const gone = await forgetItems(rewrap.from, items, next.open)
    const { rowIds } = gone
    const index = await resealIndex(
      rewrap.from,
      { open: next.open, key: next.indexKey, without: items.union(rowIds) },
      [recordsIndex, rowsIndex],
    )
    const onDone = await countTo(rotation)
    records = await rewrapStore('records', rewrap, { before: records, onDone })
    rows = await rewrapStore('rows', rewrap, { before: rows, onDone })
    giveUpIf(rotation.signal)
    const waiting = new Set(damaged)
    const slots = rotation.renewed?.slots
    const before = await openDatabase().meta.get('0')
    const signing = before && (await rewrapSigning({ meta: before, kek: rewrap.from.kek, to: next.open }))
    const meta = { ...next.meta, ...signing }
    const move = { meta, head: before?.head, slots, items, gone, index, records, rows, waiting }
    const deleted = await commit(move)
    if (deleted !== null) return deleted
  }
}

const givenUp = new Error('The person gave it up')

function giveUpIf(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw givenUp
}

async function countTo({ onProgress, signal }: Watch): Promise<(rows: number) => void> {
  const db = openDatabase()
  const total = (await db.records.count()) + (await db.rows.count())
  let done = 0
  return (rows) => {
    done += rows
    onProgress?.({ done: Math.min(done, total), total })
    giveUpIf(signal)
  }
}

type Move = {
  meta: MetaRow
  /** The last signed checkpoint as it rested when `meta` was made. */
  head: MetaRow['head']
  slots: SlotRow[] | undefined
  items: ReadonlySet<string>
  /** Assessments and entries that go with the items, and what takes their place. */
  gone: Forgetting
  index: Awaited<ReturnType<typeof resealIndex>>
  records: Rewraps
  rows: Rewraps
  /** What waits and cannot be ingested, for it is damaged. */
  waiting: ReadonlySet<string>
}

const changedMeanwhile = new Error('Something came or changed meanwhile')

/** How many items were deleted; null when the transaction was given up because something came or changed. */
async function commit(move: Move): Promise<number | null> {
  const db = openDatabase()
  try {
    return await db.transaction('rw', db.tables, async () => {
      if ((await storedEpoch()) !== move.meta.epoch - 1) throw new Error('The locker was rotated out of turn')
      if (!isSameHead((await db.meta.get('0'))?.head, move.head)) throw changedMeanwhile
      const deleted = await deleteItems(move.items)
      await db.rows.bulkDelete([...move.gone.rowIds])
      if (!(await putNew(move))) throw changedMeanwhile
      await db.rows.bulkAdd(move.gone.rows)
      await appendLeaves(move.gone.leaves)
      if (move.slots) {
        await db.slots.clear()
        await db.slots.bulkAdd(move.slots)
      }
      await db.meta.put(move.meta)
      return deleted
    })
  } catch (error) {
    if (error === changedMeanwhile) return null
    throw error
  }
}

async function putNew({ meta, items, gone, index, records, rows, waiting }: Move): Promise<boolean> {
  const db = openDatabase()
  const isNothingNew = (await db.inbox.toCollection().primaryKeys()).every((id) => waiting.has(id))
  const versions = await db.index.toCollection().primaryKeys()
  const isIndexSame = versions.join() === index.versions.join()
  if (!isNothingNew || !isIndexSame) return false
  await db.index.clear()
  await db.index.bulkAdd(index.rows)
  const { epoch } = meta
  return (
    (await putRewraps('records', records, { epoch, without: items })) &&
    (await putRewraps('rows', rows, { epoch, without: gone.rowIds }))
  )
}

async function deleteItems(ids: ReadonlySet<string>): Promise<number> {
  const db = openDatabase()
  let deleted = 0
  for (const id of ids) {
    const stored = [await db.records.get(id), await db.inbox.get(id)].filter((row) => row !== undefined)
    await db.blobs.bulkDelete(stored.flatMap(blobIdsOf))
    await db.records.delete(id)
    await db.inbox.delete(id)
    if (stored.length > 0) deleted += 1
  }
  return deleted
}
