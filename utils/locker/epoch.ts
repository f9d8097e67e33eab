import { type Bytes, fromUtf8, randomBytes, toUtf8 } from '../crypto/bytes'
import { isRecipient } from '../crypto/recipients'
import { contextOf, makeSealingPair } from '../crypto/seal'
import { deriveKey, importKey, keyLength, openBox, sealBox } from '../crypto/wrap'
import { fail, type Outcome, succeed } from '../model/problem'
import { DropBoxRow, MetaRow, openDatabase, schemaNumber } from './database'
import type { OpenLocker, PublicHalf } from './keyring'
import { readSessionKeys } from './session-keys'

type Epoch = { lockerId: string; epoch: number }

/** The row of a drop-box; null where the device has a locker of its own, or none. */
export async function readDropBoxRow(): Promise<DropBoxRow | null> {
  const parsed = DropBoxRow.safeParse(await openDatabase().meta.get('0'))
  return parsed.success ? parsed.data : null
}

/** The locker's own row. Problems: `no-locker`, `drop-box`, `newer-locker`, `damaged-record` with `meta`. */
export async function readMeta(): Promise<Outcome<MetaRow>> {
  const row: { schema?: unknown } | undefined = await openDatabase().meta.get('0')
  if (row === undefined) return fail('no-locker')
  if (DropBoxRow.safeParse(row).success) return fail('drop-box')
  if (typeof row.schema === 'number' && row.schema > schemaNumber) return fail('newer-locker')
  const parsed = MetaRow.safeParse(row)
  return parsed.success ? succeed(parsed.data) : fail('damaged-record', 'meta')
}

/** What sealing needs; works while locked and in a drop-box. Null while there is none or its header is damaged. */
export async function readPublicHalf(): Promise<PublicHalf | null> {
  const read = await readMeta()
  const row = read.ok ? read.value : await readDropBoxRow()
  if (row === null || !isRecipient(row.recipient)) return null
  const { lockerId, recipient, epoch } = row
  return { lockerId, recipient, epoch }
}

/** The epoch that the locker is in; null while there is none. Also from within a transaction on `meta`. */
export async function storedEpoch(): Promise<number | null> {
  return (await openDatabase().meta.get('0'))?.epoch ?? null
}

/** The bytes of the KEK of an epoch. Zero them after use. */
export function deriveKek(from: Epoch & { root: Bytes; secret: Bytes }): Promise<Bytes> {
  return deriveKey({
    secret: from.root,
    salt: from.secret,
    info: contextOf(from.lockerId, 'kek', from.epoch),
  })
}

/**
 * The private half that opens what was sealed while locked, an age identity; null when it is damaged or the
 * locker is in another epoch. Text cannot be zeroed: keep it no longer than it takes.
 */
export async function openSealingIdentity(open: OpenLocker & { sealing?: Bytes }): Promise<string | null> {
  const sealing = open.sealing ?? (await openDatabase().meta.get('0'))?.sealing
  if (!(sealing instanceof Uint8Array)) return null
  const identity = await openBox(open.kek, wrapContext(open, 'sealing'), sealing)
  if (identity === null) return null
  const text = fromUtf8(identity)
  identity.fill(0)
  return text
}

/** The key of the sealed index; null when it is damaged or the locker is in another epoch. */
export async function openIndexKey(open: OpenLocker): Promise<CryptoKey | null> {
  const stored = (await openDatabase().meta.get('0'))?.index
  if (!(stored instanceof Uint8Array)) return null
  const raw = await openBox(open.kek, wrapContext(open, 'index'), stored)
  if (raw === null) return null
  const key = await importKey(raw)
  raw.fill(0)
  return key
}

/** The secrets that are new in each epoch, sealed: whoever opened the epoch before opens none of them. */
export async function makeEpochKeys(
  at: Epoch & { kek: CryptoKey },
): Promise<{ sealed: Pick<MetaRow, 'recipient' | 'sealing' | 'index'>; indexKey: CryptoKey }> {
  const pair = await makeSealingPair()
  const identity = toUtf8(pair.identity)
  const index = randomBytes(keyLength)
  const sealed = {
    recipient: pair.recipient,
    sealing: await sealBox(at.kek, wrapContext(at, 'sealing'), identity),
    index: await sealBox(at.kek, wrapContext(at, 'index'), index),
  }
  const indexKey = await importKey(index)
  for (const secret of [identity, index]) secret.fill(0)
  return { sealed, indexKey }
}

/** A locker as its pages hold it. */
export function openForm(meta: MetaRow, kek: CryptoKey): OpenLocker {
  return { lockerId: meta.lockerId, recipient: meta.recipient, epoch: meta.epoch, kek }
}

/** The unlocked locker by the keys in memory; null while none of them fits it. */
export async function openFromSession(): Promise<OpenLocker | null> {
  const keys = await readSessionKeys()
  const read = keys.length > 0 ? await readMeta() : null
  if (!read?.ok) return null
  let found: OpenLocker | null = null
  for (const raw of keys) {
    const open = openForm(read.value, await importKey(raw))
    raw.fill(0)
    if ((await openSealingIdentity({ ...open, sealing: read.value.sealing })) !== null) found ??= open
  }
  return found
}

/**
 * Does the work with the locker as it is now, and again when its epoch changed meanwhile: what was read or
 * refused across a change means nothing. Null when the locker was locked as well.
 */
export async function inEpoch<T>(
  open: OpenLocker,
  work: (current: OpenLocker) => Promise<T>,
): Promise<T | null> {
  let current = open
  for (;;) {
    const now = await storedEpoch()
    if (now !== null && now !== current.epoch) {
      const fresh = await openFromSession()
      if (fresh === null) return null
      current = fresh
    }
    const result = await work(current)
    const after = await storedEpoch()
    if (after === null || after === current.epoch) return result
  }
}

function wrapContext(at: Epoch, purpose: 'sealing' | 'index'): string {
  return contextOf(at.lockerId, purpose, at.epoch)
}
