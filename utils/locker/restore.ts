import { type Bytes, equalBytes, randomIdHex } from '../crypto/bytes'
import { canonicalBytes } from '../crypto/canonical-json'
import { placeOf, sealRecord, sealState, unwrapKey } from '../crypto/seal'
import { importKey } from '../crypto/wrap'
import { type EarlierProof, latestOfEach, sizeOfEarlier, thatHold } from '../custody/earlier'
import { fail, type Outcome, succeed } from '../model/problem'
import { adoptedEntry, type Source } from './begin-log'
import { type BlobRow, openDatabase, type RecordRow, type SealedRow } from './database'
import { logOfRow } from './earlier-logs'
import { inEpoch, storedEpoch } from './epoch'
import { ingestInbox } from './ingest'
import type { OpenLocker } from './keyring'
import { appendLeaves } from './log'
import { type MergedNotes, noteMerged } from './merged-notes'
import { ownLog } from './placed-log'
import {
  type BackedUpItem,
  type BackedUpRow,
  type BackupContents,
  type ReadBackup,
  readBackup,
} from './read-backup'
import { capturedLeaf, mostEarlier, openRecord, writeFacts, writeState } from './records'
import { addRow, type RowKind, readRows, sealRow } from './rows'
import { guardStorage } from './storage-problem'
import { findRecord } from './stored-item'
import { readOneStored } from './stored-rows'

/** How many were added, were here already, and differ from what is here under the same id: those were left alone. */
export type Merged = { added: number; same: number; conflicts: string[] }

/** `leftOut` counts what was damaged when the backup was made; `madeAt` is when that was. */
export type RestoreReport = { items: Merged; rows: Merged } & Pick<BackupContents, 'madeAt' | 'leftOut'>

/** The kinds of rows that a backup may bring; of others, this version does not know what they would do. */
const restorable: readonly string[] = [
  'case',
  'assessment',
  'draft',
  'receiving-key',
  'received',
  'received-bundle',
  'filing',
  'tallies',
  'anchor',
  'redaction',
  'earlier-log',
  'contact',
] satisfies RowKind[]

/**
 * Adds to the locker what a backup holds and the locker does not. Never overwrites: what is here stays, also where
 * it is damaged. Each item comes whole or not at all, and is adopted by the custody log of this locker;
 * what was added before a failure stays, and the same file can be restored again. Problems: those of `readBackup`, `locked`, `disk-full`, `storage-unavailable`.
 */
export function restoreBackup(open: OpenLocker, read: ReadBackup): Promise<Outcome<RestoreReport>> {
  return guardStorage(async () => {
    if ((await inEpoch(open, ingestInbox)) === null) return fail('locked')
    const items: Merged = { added: 0, same: 0, conflicts: [] }
    const rows: Merged = { added: 0, same: 0, conflicts: [] }
    const known = await knownRows(open)
    const log = await inEpoch(open, ownLog)
    const notes = noteMerged(open)
    const contents = await readBackup(read, async (thing) => {
      const merged =
        thing.kind === 'item'
          ? await mergeItem(open, thing, { source: 'backup', log, notes })
          : await mergeRow(open, thing, { known, notes, log })
      if (!merged.ok) return merged
      const id = thing.kind === 'item' ? thing.item.id : thing.id
      countMerged(thing.kind === 'item' ? items : rows, merged.value, id)
      return merged
    })
    // Also of what came before a failure.
    await notes.end()
    if (!contents.ok) return contents
    const { madeAt, leftOut } = contents.value
    return succeed({ items, rows, madeAt, leftOut })
  })
}

export type Merging = 'added' | 'same' | 'conflict'

/** Counts one thing, naming it where it is in conflict. */
export function countMerged(merged: Merged, how: Merging, id: string): void {
  if (how === 'conflict') merged.conflicts.push(id)
  else merged[how] += 1
}

/**
 * From what an item comes; of a bundle, the SHA-256 of its file. `log` is the name of this locker's own log: what that
 * proves is not kept as an earlier one. With `notes`, the sealed index learns of it.
 */
export type From = { source: Source; file?: string; log?: string | null; notes?: MergedNotes }

/**
 * Adds an item that came from outside, unless there is one with its id; the custody log says from what. Problems:
 * `locked`, `storage-unavailable`.
 */
export async function mergeItem(
  open: OpenLocker,
  thing: BackedUpItem,
  from: From = { source: 'backup' },
): Promise<Outcome<Merging>> {
  await from.notes?.begin()
  const merged = await inEpoch(open, async (current) => {
    const here = await compareItem(current, thing)
    if (here === 'none') return addItem(current, await withGoodProofs(thing, from), from)
    if (here === 'same') await addEarlier(current, await withGoodProofs(thing, from))
    return here
  })
  if (merged === null) return fail('locked')
  // `stale` ends with the next round of `inEpoch`, which sees that the epoch changed.
  return merged === 'stale' ? fail('storage-unavailable') : succeed(merged)
}

/** The item with those proofs of other logs that fit it. */
async function withGoodProofs(thing: BackedUpItem, { log = null }: From): Promise<BackedUpItem> {
  const { earlier: brought = [], ...state } = thing.state
  const earlier = latestOfEach(await thatHold(brought, { id: thing.item.id, ...thing }), log)
  return { ...thing, state: earlier.length > 0 ? { ...state, earlier } : state }
}

/** Adds to an item that is here what a backup proves of it and nothing here does; nothing of what is here goes. */
async function addEarlier(open: OpenLocker, { item, state: { earlier = [] } }: BackedUpItem): Promise<void> {
  if (earlier.length === 0) return
  const found = await findRecord(open, item.id)
  if (!found.ok) return
  const here = found.value.state.earlier ?? []
  const isKnown = (one: EarlierProof) =>
    here.some(
      (other) => other.identity.origin === one.identity.origin && sizeOfEarlier(other) >= sizeOfEarlier(one),
    )
  const more = earlier.filter((one) => !isKnown(one))
  if (more.length === 0 || here.length + more.length > mostEarlier) return
  const state = await writeState(found.value, { ...found.value.state, earlier: [...here, ...more] })
  const db = openDatabase()
  await db.transaction('rw', db.records, async () => {
    await db.records.update(item.id, { state })
  })
}

/** How an item that came from outside stands to what is here under its id. */
export async function compareItem(open: OpenLocker, thing: BackedUpItem): Promise<Merging | 'none'> {
  const db = openDatabase()
  const { id } = thing.item
  if ((await db.inbox.get(id)) !== undefined) return 'conflict'
  const stored = await readOneStored('records', id)
  if (stored === undefined) return 'none'
  const record = await openRecord(open, stored)
  const isSame =
    record && equalBytes(record.itemBytes, thing.itemBytes) && equalBytes(record.salt, thing.salt)
  return isSame ? 'same' : 'conflict'
}

async function addItem(open: OpenLocker, thing: BackedUpItem, from: From): Promise<Merging | 'stale'> {
  const { record, blobs } = await sealBackedUp(open, thing)
  const { row, value, leaves } = await adopt(open, thing, from)
  const db = openDatabase()
  const stores = [db.meta, db.records, db.inbox, db.blobs, db.rows, db.log]
  const added = await db.transaction('rw', stores, async () => {
    if ((await storedEpoch()) !== open.epoch) return 'stale'
    const isThere = [await db.records.get(record.id), await db.inbox.get(record.id)].some((row) => row)
    if (isThere) return 'conflict'
    await db.blobs.bulkAdd(blobs)
    await db.records.add(record)
    await db.rows.add(row)
    await appendLeaves(leaves)
    return 'added'
  })
  if (added !== 'added') return added
  await from.notes?.addItem(thing)
  await from.notes?.addRow({ id: row.id, kind: 'custody', value })
  return added
}

/** The item's own leaf anew, and an entry that says where it came from. */
async function adopt(
  open: OpenLocker,
  thing: BackedUpItem,
  { source, file }: From,
): Promise<{ row: SealedRow; value: unknown; leaves: Bytes[] }> {
  const { custody, leaf } = await adoptedEntry(thing.item.id, source, file)
  const value = { entries: [custody] }
  const row = await sealRow({ to: open, id: randomIdHex(), kind: 'custody', value })
  return { row, value, leaves: [await capturedLeaf(thing.salt, thing.itemBytes), leaf] }
}

/** An item as it rests in an unlocked locker, sealed to its KEK at once, with its parts. */
export async function sealBackedUp(
  open: OpenLocker,
  thing: BackedUpItem,
): Promise<{ record: RecordRow; blobs: BlobRow[] }> {
  const { lockerId, epoch, kek } = open
  const { id } = thing.item
  const sealed = await sealRecord({
    lockerId,
    purpose: 'item',
    recordId: id,
    epoch,
    meta: writeFacts(thing.salt, thing.itemBytes),
    blobs: thing.parts,
    to: { kek },
  })
  const at = await placeOf({ lockerId, purpose: 'item', recordId: id, header: sealed.header })
  const raw = at && (await unwrapKey({ kek, place: at.place, epoch, box: sealed.key }))
  if (!raw) throw new Error('What was just sealed does not open')
  // When it was ingested is an entry of the log that it comes from.
  const { binnedAt, earlier } = thing.state
  const kept = { binnedAt, ...(earlier && { earlier }) }
  const state = await sealState(await importKey(raw), at.place, canonicalBytes(kept))
  raw.fill(0)
  const blobs = sealed.blobs.map((bytes) => ({ id: randomIdHex(), bytes }))
  const { header, key, meta } = sealed
  return {
    record: { id, header, key, meta, blobIds: blobs.map((blob) => blob.id), wrapEpoch: epoch, state },
    blobs,
  }
}

/** What is known of the rows here: their bytes, or null for one that is damaged. */
export async function knownRows(open: OpenLocker): Promise<Map<string, Uint8Array | null>> {
  const { rows, damaged } = await readRows(open)
  return new Map([
    ...rows.map(({ id, kind, value }) => [id, canonicalBytes({ kind, value })] as const),
    ...damaged.map((id) => [id, null] as const),
  ])
}

/** Adds a row that came from outside, unless there is one with its id; `known` and `notes` learn of it. */
export async function mergeRow(
  open: OpenLocker,
  thing: BackedUpRow,
  merge: { known: Map<string, Uint8Array | null>; notes: MergedNotes; log?: string | null },
): Promise<Outcome<Merging>> {
  const { id, rowKind: kind, value } = thing
  const { known, notes, log = null } = merge
  // What this locker's own log can show itself is not kept as of an earlier one.
  if (log !== null && logOfRow({ kind, value }) === log) return succeed('same')
  const here = known.get(id)
  const bytes = canonicalBytes({ kind, value })
  const isSame = here && equalBytes(here, bytes)
  if (here !== undefined) return succeed(isSame ? 'same' : 'conflict')
  const rowKind = kindOf(kind)
  if (rowKind === null) return succeed('conflict')
  await notes.begin()
  const kept = await addRow({ to: open, id, kind: rowKind, value })
  if (!kept.ok) return kept
  // Another page was faster.
  if (!kept.value.isAdded) return succeed('conflict')
  known.set(id, bytes)
  await notes.addRow({ id, kind, value })
  return succeed('added')
}

function kindOf(kind: string): RowKind | null {
  return restorable.includes(kind) ? (kind as RowKind) : null
}
