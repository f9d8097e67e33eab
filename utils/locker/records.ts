import { type Bytes, concatBytes, fromHex, toHex } from '../crypto/bytes'
import { canonicalBytes } from '../crypto/canonical-json'
import { sha256 } from '../crypto/digest'
import type { Header } from '../crypto/header'
import {
  openBlob,
  openMeta,
  openSealedKey,
  openState,
  type Place,
  placeOf,
  sealState,
  unwrapKey,
  wrapKey,
} from '../crypto/seal'
import { importKey } from '../crypto/wrap'
import { EarlierProof } from '../custody/earlier'
import { commitmentOf, type Entry, entryBytes, makeSalt, saltLength } from '../custody/entry'
import { hashLeaf } from '../custody/merkle'
import { Item, type Part } from '../model/item'
import { sha256Hex, utcTime, z } from '../model/schema'
import { BlobRow, InboxRow, openDatabase, RecordRow } from './database'
import { readJson } from './json'
import type { OpenLocker } from './keyring'
import { withNewestKey } from './stored-rows'

/** An item has seldom come through more than two or three logs. */
export const mostEarlier = 20

/**
 * What changes about an item; when it was ingested, with the salt of that entry of the custody log; and what earlier
 * logs prove of it, where it came back from a backup.
 */
export const State = z.strictObject({
  binnedAt: utcTime.nullable(),
  ingested: z.strictObject({ at: utcTime, salt: sha256Hex }).optional(),
  earlier: z.array(EarlierProof).max(mostEarlier).optional(),
})
export type State = z.infer<typeof State>

/** A record with its key: enough to open its parts one by one. Every other field was checked. */
export type OpenedRecord = {
  key: CryptoKey
  place: Place
  header: Header
  blobIds: string[]
  state: State
  item: Item
  itemBytes: Bytes
  salt: Bytes
}

/** An ingested record without its parts; null when any of it is damaged. */
export async function openRecord(open: OpenLocker, stored: unknown): Promise<OpenedRecord | null> {
  const parsed = RecordRow.safeParse(stored)
  if (!parsed.success) return null
  const row = await withNewestKey('records', parsed.data, open.epoch)
  const at = await placeOf({ lockerId: open.lockerId, purpose: 'item', recordId: row.id, header: row.header })
  if (at === null) return null
  const raw = await unwrapKey({ kek: open.kek, place: at.place, epoch: row.wrapEpoch, box: row.key })
  if (raw === null) return null
  const key = await importKey(raw)
  raw.fill(0)
  const [meta, stateBytes] = await Promise.all([
    openMeta(key, at.place, row.meta),
    openState(key, at.place, row.state),
  ])
  const facts = meta && readFacts(meta, row.id)
  const state = stateBytes && readJson(stateBytes, State)
  if (!facts || !state || facts.item.parts.length !== row.blobIds.length) return null
  return { key, place: at.place, header: at.header, blobIds: row.blobIds, state, ...facts }
}

/** Part number `index` of an opened record; null when it is missing, damaged, or not what the item says it is. */
export async function openRecordPart(record: OpenedRecord, index: number): Promise<Part | null> {
  const blobId = record.blobIds[index]
  return blobId ? openPartFrom(record, index, await openDatabase().blobs.get(blobId)) : null
}

/** As `openRecordPart`, out of the row that was read for it. */
export async function openPartFrom(
  record: OpenedRecord,
  index: number,
  stored: unknown,
): Promise<Part | null> {
  const partRecord = record.item.parts[index]
  const row = BlobRow.safeParse(stored)
  if (!partRecord || !row.success || row.data.id !== record.blobIds[index]) return null
  const at = { place: record.place, header: record.header, index }
  const bytes = await openBlob(record.key, at, row.data.bytes)
  if (bytes === null || bytes.length !== partRecord.bytes) return null
  return (await sha256(bytes)) === partRecord.sha256 ? { record: partRecord, bytes } : null
}

/**
 * A waiting record moved to the KEK, as it will be stored, and the leaf of that act, with what it holds; `record` is
 * null where its facts are damaged. Null when its key is.
 */
export async function wrapInboxRow(
  open: OpenLocker,
  identity: string,
  stored: unknown,
): Promise<{ row: RecordRow; leaf: Bytes; record: { item: Item; state: State } | null } | null> {
  const parsed = InboxRow.safeParse(stored)
  if (!parsed.success) return null
  const row = parsed.data
  const at = await placeOf({ lockerId: open.lockerId, purpose: 'item', recordId: row.id, header: row.header })
  const raw = at && (await openSealedKey(identity, row.key, at.hash))
  if (!raw) return null
  const key = await importKey(raw)
  // Whatever else is wrong with it shows when it is opened, and is the same before and after the move.
  const meta = await openMeta(key, at.place, row.meta)
  const state: State = {
    binnedAt: null,
    ingested: { at: new Date().toISOString(), salt: toHex(makeSalt()) },
  }
  const leaf = await ingestedLeaf(row.id, state)
  const wrapped = meta
    ? {
        ...row,
        key: await wrapKey({ kek: open.kek, place: at.place, epoch: open.epoch, raw }),
        wrapEpoch: open.epoch,
        state: await sealState(key, at.place, canonicalBytes(state)),
      }
    : null
  raw.fill(0)
  const item = meta && readFacts(meta, row.id)?.item
  const record = item && item.parts.length === row.blobIds.length ? { item, state } : null
  return wrapped && leaf && { row: wrapped, leaf, record }
}

/** The entry of an item's ingestion; null while it has none, for it was there before the log. */
export function ingestedEntry(id: string, { ingested }: State): Entry | null {
  return ingested ? { v: 1, kind: 'ingested', at: ingested.at, item: id, detail: {} } : null
}

/** The leaf of that entry; null where there is none. */
export async function ingestedLeaf(id: string, state: State): Promise<Bytes | null> {
  const entry = ingestedEntry(id, state)
  if (!entry || !state.ingested) return null
  return hashLeaf(await commitmentOf(fromHex(state.ingested.salt), entryBytes(entry)))
}

/** The leaf of an item's capture: a commitment to exactly what is sealed as its facts. */
export async function capturedLeaf(salt: Bytes, itemBytes: Bytes): Promise<Bytes> {
  return hashLeaf(await commitmentOf(salt, itemBytes))
}

/** The parts of a stored item, also of one that is damaged. */
export function blobIdsOf(stored: RecordRow | InboxRow): string[] {
  return Array.isArray(stored.blobIds) ? stored.blobIds.filter((blobId) => typeof blobId === 'string') : []
}

/** The sealed form of a record's new state. */
export function writeState(record: OpenedRecord, state: State): Promise<Bytes> {
  return sealState(record.key, record.place, canonicalBytes(state))
}

/** Salt and canonical item bytes, as they are sealed together. */
export function writeFacts(salt: Bytes, itemBytes: Bytes): Bytes {
  return concatBytes(salt, itemBytes)
}

/** Salt, canonical item bytes and item from what was sealed together; null when it is not of this form or id. */
export function readFacts(meta: Bytes, id: string): { item: Item; itemBytes: Bytes; salt: Bytes } | null {
  if (meta.length < saltLength) return null
  const itemBytes = meta.slice(saltLength)
  const item = readJson(itemBytes, Item)
  return item?.id === id ? { item, itemBytes, salt: meta.slice(0, saltLength) } : null
}
