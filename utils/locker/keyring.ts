import { browser } from 'wxt/browser'
import { type Bytes, fromBase64, fromUtf8, randomBytes, randomIdHex, toBase64, toUtf8 } from '../crypto/bytes'
import { defaultCost, type PassphraseCost, strengthOf } from '../crypto/passphrase'
import { isRecipient } from '../crypto/recipients'
import { contextOf, makeSealingPair, publicHalfOf } from '../crypto/seal'
import { deriveKey, importKey, keyLength, openBox, sealBox } from '../crypto/wrap'
import { fail, type Outcome, succeed } from '../model/problem'
import { MetaRow, openDatabase, schemaNumber } from './database'
import { makeShredCell, readShredSecret } from './shred'
import { makeSlot, openSlot, readSlot } from './slots'
import { guardStorage } from './storage-problem'

/** What anyone may know of a locker while it is locked: enough to seal, not enough to open. */
export type PublicHalf = { lockerId: string; recipient: string; epoch: number }

/** An unlocked locker: plain data, with a key that can be used and not read. */
export type OpenLocker = PublicHalf & { kek: CryptoKey }

/** Where the unlocked KEK lies: in memory that only the extension's own pages and background can read. */
const sessionKey = 'k'

/**
 * Whether there is a locker on this device, and whether it is unlocked. Throws when the browser's storage
 * cannot be read.
 */
export async function lockerState(): Promise<'none' | 'locked' | 'open'> {
  if ((await openDatabase().meta.count()) === 0) return 'none'
  return (await readSessionKey()) === null ? 'locked' : 'open'
}

/**
 * Makes the locker and leaves it unlocked. Problems: `weak-passphrase` (under 12 characters or 50 bits,
 * see `strengthOf`), `locker-exists`, `disk-full`, `storage-unavailable`. `cost` is for tests.
 */
export async function createLocker(create: {
  passphrase: string
  cost?: PassphraseCost
}): Promise<Outcome<OpenLocker>> {
  if (!strengthOf(create.passphrase).isEnough) return fail('weak-passphrase')
  return guardStorage(async () => {
    const db = openDatabase()
    if ((await db.meta.count()) > 0) return fail('locker-exists')
    const { meta, slot, kek } = await makeLocker(create.passphrase, create.cost ?? defaultCost)
    const isMade = await db.transaction('rw', db.meta, db.slots, async () => {
      if ((await db.meta.count()) > 0) return false
      await db.meta.add(meta)
      await db.slots.add(slot)
      return true
    })
    if (!isMade) return fail('locker-exists')
    return succeed(await rememberKek(meta, kek))
  })
}

/**
 * Unlocks the locker for every page of the extension. Problems: `no-locker`, `wrong-passphrase`, `newer-locker`
 * (made by a later version), `damaged-record` with `meta`, `slot`, `shred` or `sealing-key` for what is damaged;
 * `sealing-key` also when someone has put another public half in place of the locker's. `leastMemoryKib` is for
 * tests.
 */
export function unlockLocker(unlock: {
  passphrase: string
  leastMemoryKib?: number
}): Promise<Outcome<OpenLocker>> {
  return guardStorage(async () => {
    const read = await readMeta()
    if (!read.ok) return read
    const meta = read.value
    const root = await findRoot(meta.lockerId, unlock)
    if (!root.ok) return root
    const shred = await readShredSecret(meta.epoch)
    if (shred === null) return fail('damaged-record', 'shred')
    const kek = await deriveKek({ root: root.value, shred, lockerId: meta.lockerId, epoch: meta.epoch })
    root.value.fill(0)
    shred.fill(0)
    const identity = await openSealingIdentity({ ...meta, kek: await importKey(kek) })
    if (identity === null || (await publicHalfOf(identity)) !== meta.recipient) {
      kek.fill(0)
      return fail('damaged-record', 'sealing-key')
    }
    return succeed(await rememberKek(meta, kek))
  })
}

/** Forgets the key, in every page of the extension. Pages that show opened items must go as well. */
export async function lockLocker(): Promise<void> {
  await browser.storage.session.remove(sessionKey)
}

/** The unlocked locker; null while there is none, it is locked, or its header cannot be read. */
export async function openLocker(): Promise<OpenLocker | null> {
  const raw = await readSessionKey()
  if (raw === null) return null
  const kek = await importKey(raw)
  raw.fill(0)
  const read = await readMeta()
  return read.ok ? openForm(read.value, kek) : null
}

/** What sealing needs; works while locked. Null while there is no locker or its header is damaged. */
export async function publicHalf(): Promise<PublicHalf | null> {
  const read = await readMeta()
  if (!read.ok || !isRecipient(read.value.recipient)) return null
  const { lockerId, recipient, epoch } = read.value
  return { lockerId, recipient, epoch }
}

/** Calls the listener after each lock and unlock, in any page. Gives the function that stops it. */
export function onLockChange(listener: () => void): () => void {
  const listen = (changes: Record<string, unknown>, area: string) => {
    if (area === 'session' && sessionKey in changes) listener()
  }
  browser.storage.onChanged.addListener(listen)
  return () => browser.storage.onChanged.removeListener(listen)
}

/**
 * The private half that opens what was sealed while locked, an age identity; null when it is damaged. Text
 * cannot be zeroed: keep it no longer than it takes.
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

async function makeLocker(passphrase: string, cost: PassphraseCost) {
  const at = { lockerId: randomIdHex(), epoch: 1 }
  const root = randomBytes(keyLength)
  const shred = await makeShredCell(at.epoch)
  const kek = await deriveKek({ root, shred: shred.secret, ...at })
  const key = await importKey(kek)
  const pair = await makeSealingPair()
  const identity = toUtf8(pair.identity)
  const index = randomBytes(keyLength)
  const meta: MetaRow = {
    id: '0',
    schema: schemaNumber,
    ...at,
    recipient: pair.recipient,
    shred: shred.cell,
    sealing: await sealBox(key, wrapContext(at, 'sealing'), identity),
    index: await sealBox(key, wrapContext(at, 'index'), index),
  }
  const slot = await makeSlot({ lockerId: at.lockerId, root, passphrase, cost })
  for (const secret of [root, shred.secret, identity, index]) secret.fill(0)
  return { meta, slot, kek }
}

/** Tries every slot. A damaged slot is named only when no other opens. */
async function findRoot(
  lockerId: string,
  unlock: { passphrase: string; leastMemoryKib?: number },
): Promise<Outcome<Bytes>> {
  let isAnyWhole = false
  for (const row of await openDatabase().slots.toArray()) {
    const slot = await readSlot(row, unlock.leastMemoryKib)
    isAnyWhole ||= slot !== null
    const root = slot && (await openSlot(lockerId, slot, unlock.passphrase))
    if (root) return succeed(root)
  }
  return isAnyWhole ? fail('wrong-passphrase') : fail('damaged-record', 'slot')
}

async function readMeta(): Promise<Outcome<MetaRow>> {
  const row: { schema?: unknown } | undefined = await openDatabase().meta.get('0')
  if (row === undefined) return fail('no-locker')
  if (typeof row.schema === 'number' && row.schema > schemaNumber) return fail('newer-locker')
  const parsed = MetaRow.safeParse(row)
  return parsed.success ? succeed(parsed.data) : fail('damaged-record', 'meta')
}

function deriveKek(from: { root: Bytes; shred: Bytes; lockerId: string; epoch: number }): Promise<Bytes> {
  return deriveKey({ secret: from.root, salt: from.shred, info: contextOf(from.lockerId, 'kek', from.epoch) })
}

function wrapContext(at: { lockerId: string; epoch: number }, purpose: 'sealing' | 'index'): string {
  return contextOf(at.lockerId, purpose, at.epoch)
}

async function readSessionKey(): Promise<Bytes | null> {
  const stored = (await browser.storage.session.get(sessionKey))[sessionKey]
  return typeof stored === 'string' ? fromBase64(stored) : null
}

async function rememberKek(meta: MetaRow, raw: Bytes): Promise<OpenLocker> {
  await browser.storage.session.set({ [sessionKey]: toBase64(raw) })
  const kek = await importKey(raw)
  raw.fill(0)
  return openForm(meta, kek)
}

function openForm(meta: MetaRow, kek: CryptoKey): OpenLocker {
  return { lockerId: meta.lockerId, recipient: meta.recipient, epoch: meta.epoch, kek }
}
