import { Dexie, type EntityTable } from 'dexie'
import type { Bytes } from '../crypto/bytes'
import { randomId, z } from '../model/schema'

/*
 * What rests on the disk. Keys are random; nothing in clear tells a host, a platform, a date or a kind. What
 * remains visible: how many records there are, roughly how large, and in which order the browser wrote them.
 * No indexes but the keys: an index over content would say what it indexes.
 */

const bytes = z.custom<Bytes>((value) => value instanceof Uint8Array)
const epoch = z.int().nonnegative()

/** The newest form of locker that this version can read. */
export const schemaNumber = 2

/** The one row of `meta`. Schema 1 has its shred secret in `shred`, 2 in a file that can be overwritten. */
export const MetaRow = z.strictObject({
  id: z.literal('0'),
  schema: z.union([z.literal(1), z.literal(schemaNumber)]),
  lockerId: randomId,
  epoch: epoch.positive(),
  /** The sealing public half of this epoch, an age recipient. */
  recipient: z.string().max(4_000),
  /** See `shred.ts`. */
  shred: bytes.optional(),
  /** The secret of the epoch before is yet to be overwritten. */
  isErasing: z.literal(true).optional(),
  /** Under the KEK: the sealing private half, and the key of the sealed index. Both are new in each epoch. */
  sealing: bytes,
  index: bytes,
  /** Under the KEK: the key that signs, kept through every epoch; and the last checkpoint it signed. */
  signing: bytes.optional(),
  head: bytes.optional(),
})
export type MetaRow = z.infer<typeof MetaRow>

/** What a version that knows no drop-boxes takes for a newer locker. */
export const dropBoxSchema = 3

/** The one row of `meta` on a device that is a drop-box: what sealing needs, and nothing that opens anything. */
export const DropBoxRow = z.strictObject({
  id: z.literal('0'),
  schema: z.literal(dropBoxSchema),
  lockerId: randomId,
  epoch: z.literal(1),
  /** The receiving key of an organisation, an age recipient. */
  recipient: z.string().max(4_000),
})
export type DropBoxRow = z.infer<typeof DropBoxRow>

const cost = { memoryKib: z.int().positive(), passes: z.int().positive(), lanes: z.int().positive() }
const slot = {
  id: randomId,
  salt: bytes,
  /** ROOT under the key of the slot. */
  root: bytes,
  /** SHA-256 of the other fields: tells a damaged slot from a wrong passphrase. */
  check: bytes,
}

/** Method 1: a passphrase through Argon2id version 19. */
const PassphraseSlot = z.strictObject({ ...slot, ...cost, method: z.literal(1) })
/** Method 2: a recovery code through HKDF. */
const RecoverySlot = z.strictObject({ ...slot, method: z.literal(2) })
/** Method 3: a passphrase and a security key together; `input` is what the key is asked about. */
const SecurityKeySlot = z.strictObject({
  ...slot,
  ...cost,
  method: z.literal(3),
  credential: bytes,
  input: bytes,
})

/** One way to ROOT. */
export const SlotRow = z.discriminatedUnion('method', [PassphraseSlot, RecoverySlot, SecurityKeySlot])
export type SlotRow = z.infer<typeof SlotRow>

/** An item as it was sealed: its key in an age file to the public half. */
export const InboxRow = z.strictObject({
  id: randomId,
  header: bytes,
  key: bytes,
  meta: bytes,
  blobIds: z.array(randomId),
})
export type InboxRow = z.infer<typeof InboxRow>

/** An item after ingest: its key under the KEK of `wrapEpoch`; `state` says whether it is in the bin. */
export const RecordRow = InboxRow.extend({ wrapEpoch: epoch.positive(), state: bytes })
export type RecordRow = z.infer<typeof RecordRow>

/** The key of a record or row under the KEK of a later epoch; see `stored-rows.ts`. */
export const KeyRow = z.strictObject({ id: randomId, of: bytes, key: bytes, wrapEpoch: epoch.positive() })
export type KeyRow = z.infer<typeof KeyRow>

export const BlobRow = z.strictObject({ id: randomId, bytes })
export type BlobRow = z.infer<typeof BlobRow>

/** A case, an assessment or a draft. `wrapEpoch` 0: its key is still in an age file to the public half. */
export const SealedRow = z.strictObject({
  id: randomId,
  header: bytes,
  wrapEpoch: epoch,
  key: bytes,
  meta: bytes,
})
export type SealedRow = z.infer<typeof SealedRow>

/** Opened summaries or rows, sealed together under the index key; see `sealed-index.ts`. */
export const IndexRow = z.strictObject({ id: z.string(), box: bytes })
export type IndexRow = z.infer<typeof IndexRow>

/**
 * One entry of the custody log: its place, counted from 0, and the hash of its leaf. The entry itself lies sealed
 * elsewhere, with a salt: by the hash alone nothing is known of it.
 */
type LogRow = { id: number; leaf: Bytes }

export type LockerDatabase = Dexie & {
  meta: EntityTable<MetaRow, 'id'>
  slots: EntityTable<SlotRow, 'id'>
  inbox: EntityTable<InboxRow, 'id'>
  records: EntityTable<RecordRow, 'id'>
  blobs: EntityTable<BlobRow, 'id'>
  rows: EntityTable<SealedRow, 'id'>
  index: EntityTable<IndexRow, 'id'>
  recordKeys: EntityTable<KeyRow, 'id'>
  rowKeys: EntityTable<KeyRow, 'id'>
  log: EntityTable<LogRow, 'id'>
}

let database: LockerDatabase | undefined

/** The database of this browser profile, opened at first use. Every write is strict: confirmed when on the disk. */
export function openDatabase(): LockerDatabase {
  if (database === undefined) {
    database = new Dexie('store', { chromeTransactionDurability: 'strict' }) as LockerDatabase
    database.version(1).stores({
      meta: 'id',
      slots: 'id',
      inbox: 'id',
      records: 'id',
      blobs: 'id',
      rows: 'id',
      log: 'id',
    })
    database.version(2).stores({ index: 'id' })
    database.version(3).stores({ recordKeys: 'id', rowKeys: 'id' })
  }
  return database
}

/** Lets go of the database; the next use opens it again. */
export function closeDatabase(): void {
  database?.close()
  database = undefined
}
