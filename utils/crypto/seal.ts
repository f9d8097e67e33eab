/*
 * The layers, from what a person knows inwards. Each secret is random except the first two; each box is AES-256-GCM
 * whose context names the locker, the purpose and the place, so that no box opens anywhere but where it was put.
 *
 *   passphrase --Argon2id--> slot key --opens--> ROOT --HKDF with the shred secret of epoch n--> KEK n
 *   recovery code --HKDF--> slot key --opens--> the same ROOT; a security key comes on top of the passphrase
 *   KEK n opens the sealing private half and the index key of epoch n, and the key of every ingested record
 *   the key of a record opens its meta (facts, salt) and its blobs (parts), all bound to the record's header
 *   a record sealed while locked has its key in an age file to the sealing public half instead
 *
 * Anyone who can write to the disk can seal to the public half: a sealed record is secret, not proven to come
 * from this person. AES-GCM nonces are random; a key seals few boxes (a KEK one per record), far below 2^32.
 */
import { Decrypter, Encrypter, generateHybridIdentity, identityToRecipient } from 'age-encryption'
import { type Bytes, concatBytes, equalBytes, randomBytes, toHex } from './bytes'
import { sha256Bytes } from './digest'
import { type Header, readHeader, writeHeader } from './header'
import { bucketLength, pad, partLength, unpad } from './padding'
import { boxOverhead, importKey, keyLength, openBox, sealBox } from './wrap'

/** A record at rest. `key` is an age file to the public half, or a box under the KEK of `wrapEpoch`. */
export type SealedRecord = { header: Bytes; key: Bytes; meta: Bytes; blobs: Bytes[] }

/** What a record holds; an item's boxes never open as those of a row, nor the other way round. */
export type RecordPurpose = 'item' | 'row'

/** Which record a box belongs to: part of its context. */
export type Place = { lockerId: string; purpose: RecordPurpose; headerHash: string }

/** The name of a box inside a locker. Stored nowhere: whoever opens must know where the box belongs. */
export function contextOf(lockerId: string, purpose: string, ...where: (string | number)[]): string {
  return ['lkr/v1', purpose, lockerId, ...where].join('/')
}

/** A sealing pair: `identity` is the private half, an age identity (ML-KEM-768 and X25519 together). */
export async function makeSealingPair(): Promise<{ identity: string; recipient: string }> {
  const identity = await generateHybridIdentity()
  return { identity, recipient: await identityToRecipient(identity) }
}

/** The public half of a sealing identity. Throws when it is not one. */
export function publicHalfOf(identity: string): Promise<string> {
  return identityToRecipient(identity)
}

/** What a record is made of, and how its key is to rest. */
export type RecordToSeal = {
  lockerId: string
  purpose: RecordPurpose
  recordId: string
  epoch: number
  meta: Bytes
  blobs: readonly Bytes[]
  /** The public half, or the KEK of `epoch`. */
  to: { recipient: string } | { kek: CryptoKey }
}

/** Seals meta and blobs under a fresh key of their own, and that key to whoever may open them. */
export async function sealRecord(record: RecordToSeal): Promise<SealedRecord> {
  const { lockerId, purpose, recordId, epoch } = record
  const paddedLengths = record.blobs.map((blob) => partLength(blob.length))
  const header = writeHeader({ birthEpoch: epoch, recordId, paddedLengths })
  const hash = await sha256Bytes(header)
  const place = { lockerId, purpose, headerHash: toHex(hash) }
  const raw = randomBytes(keyLength)
  try {
    const key = await importKey(raw)
    const meta = await sealBox(key, metaContext(place), pad(record.meta, bucketLength(record.meta.length)))
    const blobs = await Promise.all(
      record.blobs.map((blob, index) =>
        sealBox(key, blobContext(place, index), pad(blob, partLength(blob.length))),
      ),
    )
    const wrapped =
      'kek' in record.to
        ? await wrapKey({ kek: record.to.kek, place, epoch, raw })
        : await sealKey({ recipient: record.to.recipient, raw, hash })
    return { header, key: wrapped, meta, blobs }
  } finally {
    raw.fill(0)
  }
}

/** A header that is well formed, with its digest; null when it is not, or names another record. */
export async function placeOf(of: {
  lockerId: string
  purpose: RecordPurpose
  recordId: string
  header: Bytes
}): Promise<{ place: Place; hash: Bytes; header: Header } | null> {
  const header = readHeader(of.header)
  if (header?.recordId !== of.recordId) return null
  const hash = await sha256Bytes(of.header)
  return { place: { lockerId: of.lockerId, purpose: of.purpose, headerHash: toHex(hash) }, hash, header }
}

/** The bytes of a record's key from its age file; null when it does not open or belongs to another header. */
export async function openSealedKey(identity: string, sealed: Bytes, hash: Bytes): Promise<Bytes | null> {
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  let opened: Uint8Array
  try {
    opened = await decrypter.decrypt(sealed)
  } catch {
    // age gives no kinds of errors; whatever is wrong with the file, it is damaged for us.
    return null
  }
  const isBound = opened.length === keyLength + hash.length && equalBytes(opened.subarray(keyLength), hash)
  const raw = isBound ? concatBytes(opened.subarray(0, keyLength)) : null
  opened.fill(0)
  return raw
}

/** A record's key under the KEK of an epoch. */
export function wrapKey(wrap: { kek: CryptoKey; place: Place; epoch: number; raw: Bytes }): Promise<Bytes> {
  return sealBox(wrap.kek, keyContext(wrap.place, wrap.epoch), wrap.raw)
}

/** The bytes of a record's key from under the KEK; null when damaged. Zero them after use. */
export function unwrapKey(wrap: {
  kek: CryptoKey
  place: Place
  epoch: number
  box: Bytes
}): Promise<Bytes | null> {
  return openBox(wrap.kek, keyContext(wrap.place, wrap.epoch), wrap.box)
}

/** A record's meta; null when damaged. */
export async function openMeta(key: CryptoKey, place: Place, box: Bytes): Promise<Bytes | null> {
  const padded = await openBox(key, metaContext(place), box)
  return padded && unpad(padded)
}

/** A record's blob number `index`; null when damaged or not of the length that the header gives. */
export async function openBlob(
  key: CryptoKey,
  at: { place: Place; header: Header; index: number },
  box: Bytes,
): Promise<Bytes | null> {
  if (box.length !== boxOverhead + (at.header.paddedLengths[at.index] ?? -1)) return null
  const padded = await openBox(key, blobContext(at.place, at.index), box)
  return padded && unpad(padded)
}

const stateLength = 256
const statePrefix = 4

/**
 * What changes about a record, under the record's own key: of one length, and in buckets of 4 KiB where it holds proofs
 * of earlier logs.
 */
export function sealState(key: CryptoKey, place: Place, state: Bytes): Promise<Bytes> {
  const isSmall = statePrefix + state.length <= stateLength
  return sealBox(key, stateContext(place), pad(state, isSmall ? stateLength : bucketLength(state.length)))
}

/** A record's state; null when damaged. An older state put back on the disk is not noticed. */
export async function openState(key: CryptoKey, place: Place, box: Bytes): Promise<Bytes | null> {
  const padded = await openBox(key, stateContext(place), box)
  return padded && unpad(padded)
}

async function sealKey(seal: { recipient: string; raw: Bytes; hash: Bytes }): Promise<Bytes> {
  const encrypter = new Encrypter()
  encrypter.addRecipient(seal.recipient)
  const plaintext = concatBytes(seal.raw, seal.hash)
  const file = await encrypter.encrypt(plaintext)
  plaintext.fill(0)
  return concatBytes(file)
}

function metaContext(place: Place): string {
  return contextOf(place.lockerId, `${place.purpose}-meta`, place.headerHash)
}

function blobContext(place: Place, index: number): string {
  return contextOf(place.lockerId, `${place.purpose}-blob`, place.headerHash, index)
}

function keyContext(place: Place, epoch: number): string {
  return contextOf(place.lockerId, `${place.purpose}-key`, place.headerHash, epoch)
}

function stateContext(place: Place): string {
  return contextOf(place.lockerId, `${place.purpose}-state`, place.headerHash)
}
