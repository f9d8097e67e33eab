import { type Bytes, randomBytes, randomIdHex } from '../crypto/bytes'
import { defaultCost, type PassphraseCost, strengthOf } from '../crypto/passphrase'
import { importKey, keyLength } from '../crypto/wrap'
import { fail, type Outcome, succeed } from '../model/problem'
import { type Beginning, beginLog, makeBeginning } from './begin-log'
import { type MetaRow, openDatabase, type SlotRow, schemaNumber } from './database'
import { deriveKek, makeEpochKeys, openForm, openFromSession, readDropBoxRow, readPublicHalf } from './epoch'
import { inTurn } from './in-turn'
import { appendLeaves } from './log'
import { finishErasing, rotate } from './rotate'
import { forgetSessionKeys, onSessionKeysChange, writeSessionKeys } from './session-keys'
import { makeSecret, shredCell, writeMetaCell } from './shred'
import { keepSecret } from './shred-cell'
import { makeSlot } from './slots'
import { guardStorage } from './storage-problem'
import { costOf, type Entered, enter, forget, type WayIn } from './ways-in'

/** What anyone may know of a locker while it is locked: enough to seal, not enough to open. */
export type PublicHalf = { lockerId: string; recipient: string; epoch: number }

/** An unlocked locker: plain data, with a key that can be used and not read. */
export type OpenLocker = PublicHalf & { kek: CryptoKey }

/**
 * Whether there is a locker on this device, and whether it is unlocked; a drop-box opens never. Throws when the
 * browser's storage cannot be read.
 */
export async function lockerState(): Promise<'none' | 'drop-box' | 'locked' | 'open'> {
  if ((await openDatabase().meta.count()) === 0) return 'none'
  if ((await readDropBoxRow()) !== null) return 'drop-box'
  return (await openFromSession()) === null ? 'locked' : 'open'
}

/**
 * Makes the locker and leaves it unlocked. Asks the browser not to clear its storage, and does not wait for the
 * answer. Problems: `weak-passphrase` (under 12 characters or 50 bits, see `strengthOf`), `locker-exists`,
 * `disk-full`, `storage-unavailable`. `cost` is for tests.
 */
export async function createLocker(create: {
  passphrase: string
  cost?: PassphraseCost
}): Promise<Outcome<OpenLocker>> {
  if (!strengthOf(create.passphrase).isEnough) return fail('weak-passphrase')
  return guardStorage(() =>
    inTurn(async () => {
      const db = openDatabase()
      if ((await db.meta.count()) > 0) return fail('locker-exists')
      const { meta, slot, kek, log } = await makeLocker(create.passphrase, create.cost ?? defaultCost)
      await db.transaction('rw', db.meta, db.slots, db.rows, db.log, async () => {
        await db.meta.add(meta)
        await db.slots.add(slot)
        await db.rows.add(log.row)
        await appendLeaves(log.leaves)
      })
      void askToKeepStorage()
      return succeed(await remember(meta, kek))
    }),
  )
}

/**
 * Asks the browser never to clear this storage by itself, which some do when the disk is full. Whether it agreed;
 * false where it cannot be asked. In Firefox the person is asked, and it answers when she has.
 */
export async function askToKeepStorage(): Promise<boolean> {
  try {
    return typeof navigator !== 'undefined' && (await navigator.storage.persist())
  } catch {
    // Only pages may ask.
    return false
  }
}

/**
 * Unlocks the locker for every page of the extension. Raises the cost of the passphrase when today's is higher,
 * finishes what a crash cut off, moves a locker that cannot erase to the file that can be overwritten, and begins the
 * custody log of one that has none.
 * Problems: those of `enter`.
 */
export function unlockLocker(way: WayIn): Promise<Outcome<OpenLocker>> {
  return guardStorage(() =>
    inTurn(async () => {
      const entered = await enter(way)
      if (!entered.ok) return entered
      await raiseCost(entered.value, way)
      const moved = await moveSecretToCell(entered.value)
      if (moved) return succeed(await withLog(moved))
      const { meta, rawKek, root } = entered.value
      root.fill(0)
      const open = await withLog(await remember(meta, rawKek))
      await finishErasing()
      return succeed(open)
    }),
  )
}

/** Forgets the key, in every page of the extension. Pages that show opened items must go as well. */
export async function lockLocker(): Promise<void> {
  await forgetSessionKeys()
}

/** The unlocked locker; null while there is none, it is locked, or its header cannot be read. */
export async function openLocker(): Promise<OpenLocker | null> {
  const open = await openFromSession()
  if (open && shredCell() && (await openDatabase().meta.get('0'))?.isErasing) await inTurn(finishErasing)
  return open
}

/** What sealing needs; works while locked. Null while there is no locker or its header is damaged. */
export function publicHalf(): Promise<PublicHalf | null> {
  return readPublicHalf()
}

/** Calls the listener after each lock and unlock, in any page. Gives the function that stops it. */
export function onLockChange(listener: () => void): () => void {
  return onSessionKeysChange(listener)
}

async function makeLocker(
  passphrase: string,
  cost: PassphraseCost,
): Promise<{ meta: MetaRow; slot: SlotRow; kek: Bytes; log: Beginning }> {
  const at = { lockerId: randomIdHex(), epoch: 1 }
  const root = randomBytes(keyLength)
  const secret = makeSecret()
  const kek = await deriveKek({ root, secret, ...at })
  const key = await importKey(kek)
  const { sealed } = await makeEpochKeys({ ...at, kek: key })
  const log = await makeBeginning({ ...at, recipient: sealed.recipient, kek: key })
  const place = await placeSecret(at, secret)
  const ask = { kind: 'passphrase', passphrase, cost } as const
  const slot = await makeSlot({ lockerId: at.lockerId, root, ask })
  for (const bytes of [root, secret]) bytes.fill(0)
  const { signing } = log
  return { meta: { id: '0', ...at, ...place, ...sealed, signing }, slot, kek, log }
}

/** A log that could not be begun now is begun at the next unlock; until then nothing can be exported. */
async function withLog(open: OpenLocker): Promise<OpenLocker> {
  try {
    await beginLog(open)
  } catch {
    // Whatever it is, the person must get in; exporting says what is missing.
  }
  return open
}

/** In the file that can be overwritten; where there is none, better a locker that cannot erase than no locker. */
async function placeSecret(
  at: { lockerId: string; epoch: number },
  secret: Bytes,
): Promise<Pick<MetaRow, 'schema' | 'shred'>> {
  const cell = shredCell()
  try {
    if (cell && (await keepSecret(cell, { ...at, secret }))) return { schema: schemaNumber }
  } catch {
    // As where there is none.
  }
  return { schema: 1, shred: await writeMetaCell(at.epoch, secret) }
}

/** A new epoch with its secret in the file. Null when there is nothing to move or it did not work: all is as it was. */
async function moveSecretToCell(entered: Entered): Promise<OpenLocker | null> {
  if (entered.meta.schema === schemaNumber || shredCell() === null) return null
  const moved = await guardStorage(() => rotate({ entered, opening: 'always' }))
  if (!moved.ok) return null
  forget(entered)
  return moved.value.open
}

/** The same ROOT in a dearer slot. When that cannot be made or stored, the cheaper one still opens. */
async function raiseCost({ meta, slot, root }: Entered, way: WayIn): Promise<void> {
  const wanted = costOf(way)
  if (slot.method === 2 || !('passphrase' in way)) return
  if (slot.memoryKib >= wanted.memoryKib && slot.passes >= wanted.passes) return
  const cost = {
    ...wanted,
    memoryKib: Math.max(slot.memoryKib, wanted.memoryKib),
    passes: Math.max(slot.passes, wanted.passes),
  }
  const key = way.securityKey
  const securityKey = slot.method === 3 && key ? { ...key, input: slot.input } : undefined
  const ask = {
    kind: 'passphrase' as const,
    passphrase: way.passphrase,
    cost,
    ...(securityKey && { securityKey }),
  }
  const raised = await makeSlot({ lockerId: meta.lockerId, root, ask }).catch(() => null)
  // This machine may not have the memory.
  if (raised === null) return
  const db = openDatabase()
  await guardStorage(async () => {
    await db.transaction('rw', db.slots, async () => {
      await db.slots.delete(slot.id)
      await db.slots.add(raised)
    })
    return succeed({})
  })
}

async function remember(meta: MetaRow, raw: Bytes): Promise<OpenLocker> {
  const kek = await importKey(raw)
  await writeSessionKeys([raw])
  raw.fill(0)
  return openForm(meta, kek)
}
