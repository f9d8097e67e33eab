import { type Bytes, concatBytes, equalBytes, randomBytes } from '../crypto/bytes'
import { sha256Bytes } from '../crypto/digest'
import type { MetaRow } from './database'
import { type CellAccess, findSecret, secretLength } from './shred-cell'

let cell: CellAccess | null = null

/**
 * Gives this page the file that can be overwritten (`shred-cell-page.ts`); null takes it away. The background has
 * none and needs none: what it seals, it seals to the public half.
 */
export function useShredCell(access: CellAccess | null): void {
  cell = access
}

/** The file that can be overwritten, where this page has one. */
export function shredCell(): CellAccess | null {
  return cell
}

/**
 * The secret that the KEK of the locker's epoch is made with. `lost` when the file does not hold it: it was
 * removed, damaged or put back from another time. `none` where this page cannot read such a file at all.
 */
export async function readShredSecret(meta: MetaRow): Promise<Bytes | 'lost' | 'damaged' | 'none'> {
  if (meta.shred) return (await secretInMeta(meta.shred, meta.epoch)) ?? 'damaged'
  if (cell === null) return 'none'
  return (await findSecret(cell, meta)) ?? 'lost'
}

const metaCellLength = 4 + secretLength + 32

/**
 * Where no file can be overwritten, the secret rests in `meta`: number (32 bits, big-endian), secret, SHA-256 of
 * both. Deleted values linger there, so nothing in such a locker can be erased.
 */
export async function writeMetaCell(epoch: number, secret: Bytes): Promise<Bytes> {
  const number = new Uint8Array(4)
  new DataView(number.buffer).setUint32(0, epoch)
  const start = concatBytes(number, secret)
  return concatBytes(start, await sha256Bytes(start))
}

/** A fresh secret for an epoch. */
export function makeSecret(): Bytes {
  return randomBytes(secretLength)
}

async function secretInMeta(stored: Bytes, epoch: number): Promise<Bytes | null> {
  if (stored.length !== metaCellLength) return null
  const start = stored.slice(0, 4 + secretLength)
  const isWhole = equalBytes(await sha256Bytes(start), stored.subarray(start.length))
  const isOfEpoch = new DataView(start.buffer).getUint32(0) === epoch
  return isWhole && isOfEpoch ? start.slice(4) : null
}
