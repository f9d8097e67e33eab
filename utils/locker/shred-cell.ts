import { type Bytes, concatBytes, equalBytes, fromHex, randomBytes, toUtf8 } from '../crypto/bytes'
import { sha256Bytes } from '../crypto/digest'

/*
 * The one file whose bytes are overwritten where they lie. It holds the secret of an epoch: without it, no key
 * that was wrapped in that epoch opens again, whatever else is left on the disk and whoever knows the passphrase.
 *
 * Two slots of 4096 bytes each; the secret of epoch n lies in slot n mod 2, so that the next one is written and
 * read back before the last is erased. A slot, integers big-endian:
 *
 *    0  4   "LKS1"
 *    4  4   epoch
 *    8  16  id of the locker
 *   24  32  secret
 *   56  32  SHA-256 of bytes 0 to 55
 *   88      zeros up to 4096
 *
 * An erased slot begins with "LKS0"; the rest is random. Anything else is a damaged slot.
 */

/** Reading and overwriting the file. Both may fail as storage does, with a `DOMException`. */
export type CellAccess = {
  /** The whole file; no bytes when there is none. */
  read(): Promise<Bytes>
  /** Overwrites in place, from `at` on, and resolves when the bytes are flushed. Makes the file if need be. */
  write(at: number, bytes: Bytes): Promise<void>
}

/** Whose secret it is. */
export type CellPlace = { lockerId: string; epoch: number }

const slotLength = 4_096
export const secretLength = 32
const bodyLength = 56
const whole = toUtf8('LKS1')
const erased = toUtf8('LKS0')

const slotAt = (epoch: number): number => (epoch % 2) * slotLength

/** Puts the secret of an epoch into its slot. False when the file did not hold it afterwards. */
export async function keepSecret(access: CellAccess, keep: CellPlace & { secret: Bytes }): Promise<boolean> {
  const body = concatBytes(whole, numberBytes(keep.epoch), fromHex(keep.lockerId), keep.secret)
  const slot = new Uint8Array(slotLength)
  slot.set(concatBytes(body, await sha256Bytes(body)))
  await access.write(slotAt(keep.epoch), slot)
  const found = await findSecret(access, keep)
  const isThere = found !== null && equalBytes(found, keep.secret)
  for (const secret of [body, slot, found]) secret?.fill(0)
  return isThere
}

/** The secret of an epoch of a locker; null when the file is missing, damaged or holds other secrets. */
export async function findSecret(access: CellAccess, place: CellPlace): Promise<Bytes | null> {
  const file = await access.read()
  try {
    for (const at of [0, slotLength]) {
      const secret = await secretIn(file.subarray(at, at + slotLength), place)
      if (secret !== null) return secret
    }
    return null
  } finally {
    file.fill(0)
  }
}

/** Overwrites whatever the other slot holds. False when the file did not hold the new bytes afterwards. */
export function eraseOthers(access: CellAccess, kept: { epoch: number }): Promise<boolean> {
  return eraseSlot(access, slotAt(kept.epoch + 1))
}

/**
 * Overwrites both slots: nothing of any locker opens again without a backup. The second is tried also when the first
 * fails, for the secret that holds may lie in either; the failure is thrown afterwards.
 */
export async function eraseCell(access: CellAccess): Promise<boolean> {
  const slots = [0, slotLength].map((at) => () => eraseSlot(access, at))
  const ends: PromiseSettledResult<boolean>[] = []
  for (const erase of slots) ends.push(...(await Promise.allSettled([erase()])))
  const failed = ends.find((end) => end.status === 'rejected')
  if (failed) throw failed.reason
  return ends.every((end) => end.status === 'fulfilled' && end.value)
}

async function eraseSlot(access: CellAccess, at: number): Promise<boolean> {
  const noise = concatBytes(erased, randomBytes(slotLength - erased.length))
  await access.write(at, noise)
  const file = await access.read()
  const isThere = equalBytes(file.subarray(at, at + slotLength), noise)
  // The other slot may hold the secret that stays.
  file.fill(0)
  return isThere
}

async function secretIn(slot: Bytes, place: CellPlace): Promise<Bytes | null> {
  if (slot.length !== slotLength) return null
  const body = slot.subarray(0, bodyLength)
  const start = concatBytes(whole, numberBytes(place.epoch), fromHex(place.lockerId))
  const isOfPlace = equalBytes(body.subarray(0, start.length), start)
  const isWhole = equalBytes(await sha256Bytes(body), slot.subarray(bodyLength, bodyLength + 32))
  return isOfPlace && isWhole ? body.slice(start.length) : null
}

function numberBytes(value: number): Bytes {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value)
  return bytes
}
