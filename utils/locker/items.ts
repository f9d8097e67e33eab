import { Dexie } from 'dexie'
import { type Bytes, randomIdHex } from '../crypto/bytes'
import { canonicalBytes } from '../crypto/canonical-json'
import { sha256 } from '../crypto/digest'
import { sealRecord } from '../crypto/seal'
import { makeSalt } from '../custody/entry'
import { Item, type ItemSummary, type OpenedItem, type Part } from '../model/item'
import { fail, type Outcome, succeed } from '../model/problem'
import { newestAssessment } from './assessments'
import { openDatabase } from './database'
import { inEpoch, readPublicHalf, storedEpoch } from './epoch'
import { forgetItems, noteDeleted } from './forget-items'
import { ingestInbox } from './ingest'
import type { OpenLocker } from './keyring'
import { listRecords } from './list-records'
import { appendLeaves } from './log'
import { capturedLeaf, openRecordPart, type State, writeFacts, writeState } from './records'
import { readRows } from './rows'
import { dropFromIndex } from './sealed-index'
import { guardStorage } from './storage-problem'
import { findRecord, guardOpen, removeItem } from './stored-item'

/** One item as it rests: nothing in it can be read without the locker's private half. */
export type SealedItem = {
  id: string
  /** The public half that it was sealed to. */
  recipient: string
  header: Bytes
  key: Bytes
  meta: Bytes
  blobs: { id: string; bytes: Bytes }[]
  /** Its leaf in the custody log: a salted commitment to its facts. */
  leaf: Bytes
}

/**
 * Seals an item to the locker's public half; needs no secret, so it works while locked. Throws when the item is
 * not well formed, holds a lone surrogate, or its parts are not the ones it lists, byte for byte, in its order;
 * and when `recipient` is none.
 */
export async function sealItem(seal: {
  item: Item
  parts: readonly Part[]
  recipient: string
  lockerId: string
  epoch?: number
}): Promise<SealedItem> {
  const item = Item.parse(seal.item)
  await expectParts(item, seal.parts)
  const [salt, itemBytes] = [makeSalt(), canonicalBytes(item)]
  const sealed = await sealRecord({
    lockerId: seal.lockerId,
    purpose: 'item',
    recordId: item.id,
    epoch: seal.epoch ?? 1,
    meta: writeFacts(salt, itemBytes),
    blobs: seal.parts.map((part) => part.bytes),
    to: { recipient: seal.recipient },
  })
  const { recipient } = seal
  return {
    ...sealed,
    id: item.id,
    recipient,
    blobs: sealed.blobs.map((bytes) => ({ id: randomIdHex(), bytes })),
    leaf: await capturedLeaf(salt, itemBytes),
  }
}

/**
 * Stores a sealed item and its leaf in the custody log, both or neither, in one strict transaction; resolves when the browser has confirmed
 * that it is on the disk. Problems: `disk-full`, `storage-unavailable`, `no-locker`, and `capture-failed` when the
 * locker has had another public half since the sealing (`sealAndKeepItem` then seals anew).
 */
export function keepItem(sealed: SealedItem): Promise<Outcome<{ id: string }>> {
  const { id, header, key, meta, blobs } = sealed
  return guardStorage(async () => {
    const db = openDatabase()
    return db.transaction('rw', db.meta, db.blobs, db.inbox, db.log, async () => {
      const locker = await db.meta.get('0')
      if (locker === undefined) return fail('no-locker')
      if (locker.recipient !== sealed.recipient) return fail('capture-failed', 'epoch')
      await db.blobs.bulkAdd(blobs)
      await db.inbox.add({ id, header, key, meta, blobIds: blobs.map((blob) => blob.id) })
      await appendLeaves([sealed.leaf])
      return succeed({ id })
    })
  })
}

/**
 * Seals an item to the locker as it is now and stores it, as `sealItem` and `keepItem` do; once more when the
 * locker was rotated in between. Problems: `no-locker`, `disk-full`, `storage-unavailable`.
 */
export async function sealAndKeepItem(keep: {
  item: Item
  parts: readonly Part[]
}): Promise<Outcome<{ id: string }>> {
  for (;;) {
    const half = await readPublicHalf()
    if (half === null) return fail('no-locker')
    const kept = await keepItem(await sealItem({ ...half, ...keep }))
    if (kept.ok || kept.problem.detail !== 'epoch') return kept
  }
}

/**
 * Moves what was sealed while locked to the locker's own key, item by item; may be cut off anywhere, repeated,
 * and run in several pages at once. What is damaged stays, and is named by id.
 */
export async function ingestItems(open: OpenLocker): Promise<{ ingested: number; damaged: string[] }> {
  const inbox = (await inEpoch(open, ingestInbox)) ?? { ingested: 0, damaged: [] }
  const { damaged } = await readRows(open)
  return { ingested: inbox.ingested, damaged: [...inbox.damaged, ...damaged] }
}

/**
 * Every item that is not in the bin, newest capture first, and the ids of items and rows that are damaged.
 * Ingests first.
 */
export function listItems(open: OpenLocker): Promise<{ items: ItemSummary[]; damaged: string[] }> {
  return listWanted(open, ({ binnedAt }) => binnedAt === null)
}

/** Every item in the bin, otherwise as `listItems`. */
export function listBinnedItems(open: OpenLocker): Promise<{ items: ItemSummary[]; damaged: string[] }> {
  return listWanted(open, ({ binnedAt }) => binnedAt !== null)
}

/** How long an item stays in the bin before it is offered for permanent deletion. */
export const binDays = 30

/**
 * One item whole: every part checked against its length and digest, the facts against their schema. Problems:
 * `not-found`, `damaged-record` with the name of the first damaged part, or with `facts`; `storage-unavailable`.
 */
export function openItem(open: OpenLocker, id: string): Promise<Outcome<OpenedItem>> {
  return guardOpen(open, async (current) => {
    const found = await findRecord(current, id)
    if (!found.ok) return found
    const { item, itemBytes, salt } = found.value
    const parts: Part[] = []
    for (const [index, record] of item.parts.entries()) {
      const part = await openRecordPart(found.value, index)
      if (part === null) return fail('damaged-record', record.name)
      parts.push(part)
    }
    const { rows } = await readRows(current)
    return succeed({ item, itemBytes, salt, parts, assessment: newestAssessment(rows, id) })
  })
}

/** One part of an item, checked. Problems as `openItem`; `not-found` also when the item has no such part. */
export function openPart(open: OpenLocker, id: string, partName: string): Promise<Outcome<Part>> {
  return guardOpen(open, async (current) => {
    const found = await findRecord(current, id)
    if (!found.ok) return found
    const index = found.value.item.parts.findIndex((part) => part.name === partName)
    if (index < 0) return fail('not-found')
    const part = await openRecordPart(found.value, index)
    return part ? succeed(part) : fail('damaged-record', partName)
  })
}

/** Moves an item to the bin, dated `at`. Problems: `not-found`, `damaged-record`, `disk-full`, `storage-unavailable`. */
export function binItem(open: OpenLocker, id: string, at = new Date()): Promise<Outcome<{ id: string }>> {
  return changeState(open, id, at.toISOString())
}

/** Takes an item out of the bin. Problems as `binItem`. */
export function restoreItem(open: OpenLocker, id: string): Promise<Outcome<{ id: string }>> {
  return changeState(open, id, null)
}

/**
 * Removes an item, its parts and its assessments, also when it is damaged. What the browser leaves on the disk
 * can still be opened with the passphrase until the next epoch (`deletePermanently`). Cases that named it keep its
 * id. Problems: `not-found`, `storage-unavailable`.
 */
export function deleteItem(open: OpenLocker, id: string): Promise<Outcome<{ id: string }>> {
  return guardOpen(open, async (current) => {
    for (;;) {
      const isIngested = (await openDatabase().records.get(id)) !== undefined
      const gone = await forgetItems(current, new Set([id]), current)
      const end = await removeItem(id, { ...gone, isIngested, recipient: current.recipient })
      if (end === 'removed') return succeed({ id })
      if (end === 'not-found' || (await storedEpoch()) !== current.epoch) return fail('not-found')
    }
  })
}

/**
 * Takes back a capture just made; works while locked. Removes the item with its parts. An assessment of it made
 * meanwhile cannot be told from others while locked: it stays, sealed, and is shown nowhere. Problems as
 * `deleteItem`.
 */
export function withdrawItem(id: string): Promise<Outcome<{ id: string }>> {
  return guardStorage(async () => {
    for (;;) {
      const half = await readPublicHalf()
      if (half === null) return fail('not-found')
      const isIngested = (await openDatabase().records.get(id)) !== undefined
      const noted = await noteDeleted(new Map([[id, isIngested ? 2 : 1]]), half)
      const { recipient } = half
      const end = await removeItem(id, { ...noted, rowIds: new Set(), isIngested, recipient })
      if (end !== 'changed') return end === 'removed' ? succeed({ id }) : fail('not-found')
    }
  })
}

/** How many items wait to be ingested and how many are in, those in the bin included. Works while locked. */
export async function countItems(): Promise<{ inbox: number; records: number }> {
  const db = openDatabase()
  return db.transaction('r', db.inbox, db.records, async () => ({
    inbox: await db.inbox.count(),
    records: await db.records.count(),
  }))
}

/** Dexie's names of what holds copies of other stores only. */
const isCopy = /^idb:\/\/store\/index\//

/**
 * Calls the listener after each change to items, cases or assessments, by whatever page or the background; not
 * at the start. Gives the function that stops it.
 */
export function watchItems(listener: () => void): () => void {
  const listen = (parts: object) => {
    if (Object.keys(parts).some((part) => !isCopy.test(part))) listener()
  }
  openDatabase()
  Dexie.on('storagemutated', listen)
  return () => Dexie.on.storagemutated.unsubscribe(listen)
}

async function expectParts(item: Item, parts: readonly Part[]): Promise<void> {
  if (parts.length !== item.parts.length) throw new Error('The parts are not those of the item')
  const digests = await Promise.all(parts.map((part) => sha256(part.bytes)))
  for (const [index, record] of item.parts.entries()) {
    const part = parts[index]
    const isSame =
      part?.record.name === record.name &&
      part.bytes.length === record.bytes &&
      digests[index] === record.sha256
    if (!isSame) throw new Error('The parts are not those of the item')
  }
}

async function listWanted(
  open: OpenLocker,
  isWanted: (state: State) => boolean,
): Promise<{ items: ItemSummary[]; damaged: string[] }> {
  const listed = await inEpoch(open, (current) => listRecords(current, isWanted))
  return listed ?? { items: [], damaged: [] }
}

function changeState(
  open: OpenLocker,
  id: string,
  binnedAt: string | null,
): Promise<Outcome<{ id: string }>> {
  return guardOpen(open, async (current) => {
    const found = await findRecord(current, id)
    if (!found.ok) return found
    const state = await writeState(found.value, { ...found.value.state, binnedAt })
    const db = openDatabase()
    const changed = await db.transaction('rw', db.records, db.index, async () => {
      await dropFromIndex('records', id)
      return db.records.update(id, { state })
    })
    return changed > 0 ? succeed({ id }) : fail('not-found')
  })
}
