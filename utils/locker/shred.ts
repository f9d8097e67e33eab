import { type Bytes, concatBytes, equalBytes, randomBytes } from '../crypto/bytes'
import { sha256Bytes } from '../crypto/digest'
import { openDatabase } from './database'

const secretLength = 32
const cellLength = 4 + secretLength + 32

/** A fresh secret for an epoch, with its cell: number (32 bits, big-endian), secret, SHA-256 of both. */
export async function makeShredCell(epoch: number): Promise<{ cell: Bytes; secret: Bytes }> {
  const number = new Uint8Array(4)
  new DataView(number.buffer).setUint32(0, epoch)
  const secret = randomBytes(secretLength)
  const start = concatBytes(number, secret)
  return { cell: concatBytes(start, await sha256Bytes(start)), secret }
}

/** The secret in a cell; null when the cell is damaged or of another epoch. */
async function secretInCell(cell: Bytes, epoch: number): Promise<Bytes | null> {
  if (cell.length !== cellLength) return null
  const start = cell.slice(0, 4 + secretLength)
  const isWhole = equalBytes(await sha256Bytes(start), cell.subarray(start.length))
  const isOfEpoch = new DataView(start.buffer).getUint32(0) === epoch
  return isWhole && isOfEpoch ? start.slice(4) : null
}

/**
 * The secret that the KEK of an epoch is made with; null when there is none for it. It lies in the database in
 * this form, where deleted values linger on the disk: it cannot be erased yet, so neither can an item be.
 */
export async function readShredSecret(epoch: number): Promise<Bytes | null> {
  const meta = await openDatabase().meta.get('0')
  return meta?.shred instanceof Uint8Array ? secretInCell(meta.shred, epoch) : null
}
