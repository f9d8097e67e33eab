import { type Bytes, concatBytes, randomBytes } from '../crypto/bytes'
import { canonicalBytes } from '../crypto/canonical-json'
import { sha256Bytes } from '../crypto/digest'
import { randomId, sha256Hex, utcTime, z } from '../model/schema'

/** Length of the salt before what is committed to: random, so that a commitment says nothing of it. */
export const saltLength = 32

/**
 * What can have happened, besides the capture itself, whose entry is the item's own facts. `adopted`: the item
 * was there before this log was, or came back from a backup; `key`: from now on this key signs.
 */
const entryKinds = [
  'ingested',
  'assessed',
  'noted',
  'exported',
  'filed',
  'answered',
  'received',
  'deleted',
  'key',
  'adopted',
] as const
export type EntryKind = (typeof entryKinds)[number]

/** One thing that happened, to one item or to none. `detail` holds short texts by name; numbers as digits. */
export const Entry = z.strictObject({
  v: z.literal(1),
  kind: z.enum(entryKinds),
  at: utcTime,
  item: randomId.nullable(),
  detail: z.record(z.string().max(40), z.string().max(4_000)),
})
export type Entry = z.infer<typeof Entry>

/** An entry with the salt of its commitment, and the opening of a digest in its detail where it has one. */
export const SaltedEntry = z.strictObject({
  entry: Entry,
  salt: sha256Hex,
  /** 32 bytes: `detail.digest` is the SHA-256 of these and the bytes meant. Not part of the entry. */
  opening: sha256Hex.nullable(),
})
export type SaltedEntry = z.infer<typeof SaltedEntry>

/** One line of `proof/custody.jsonl`: an entry, its place in the log, and its way to the root. */
export const ExcerptLine = z.strictObject({
  ...SaltedEntry.shape,
  index: z.int().nonnegative(),
  proof: z.array(sha256Hex).max(64),
})
export type ExcerptLine = z.infer<typeof ExcerptLine>

/** The canonical bytes of an entry, which its commitment is over. */
export function entryBytes(entry: Entry): Bytes {
  return canonicalBytes(entry)
}

/** What a leaf of the log holds: SHA-256 of salt and bytes, one after the other. */
export function commitmentOf(salt: Bytes, bytes: Bytes): Promise<Bytes> {
  return sha256Bytes(concatBytes(salt, bytes))
}

/** A fresh salt. */
export function makeSalt(): Bytes {
  return randomBytes(saltLength)
}
