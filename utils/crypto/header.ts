import { type Bytes, concatBytes, fromHex, toHex, toUtf8 } from './bytes'

/** What a sealed record says about itself in clear, every bit of it bound to all its parts. */
export type Header = {
  /** The epoch in which the record was sealed. */
  birthEpoch: number
  /** 32 hexadecimal digits. */
  recordId: string
  /** Padded lengths of the parts, in order. */
  paddedLengths: number[]
}

const magic = toUtf8('LKR1')
const schema = 1
/** AES-256-GCM for what is large, age (ML-KEM-768 and X25519) or AES-256-GCM for its key. */
const suite = 1
const fixedLength = 28
const mostBlobs = 0xffff

/**
 * `"LKR1" | u8 schema | u8 suite | u32 birth epoch | 16 bytes record id | u16 number of parts | u32 padded
 * length of each`, big-endian. Never changes once written. Throws a `RangeError` on what does not fit.
 */
export function writeHeader(header: Header): Bytes {
  const { paddedLengths } = header
  const id = fromHex(header.recordId)
  if (id.length !== 16 || paddedLengths.length > mostBlobs) throw new RangeError('No such header')
  if (paddedLengths.some((length) => length > 0xffff_ffff)) throw new RangeError('Part too long')
  const start = new Uint8Array(6)
  start[0] = schema
  start[1] = suite
  new DataView(start.buffer).setUint32(2, header.birthEpoch)
  const end = new Uint8Array(2 + 4 * paddedLengths.length)
  const view = new DataView(end.buffer)
  view.setUint16(0, paddedLengths.length)
  for (const [index, length] of paddedLengths.entries()) view.setUint32(2 + 4 * index, length)
  return concatBytes(magic, start, id, end)
}

/** The header in these bytes; null unless they are exactly one of a form known here. */
export function readHeader(bytes: Bytes): Header | null {
  if (bytes.length < fixedLength) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const count = view.getUint16(26)
  const isKnown =
    magic.every((byte, index) => bytes[index] === byte) && bytes[4] === schema && bytes[5] === suite
  if (!isKnown || bytes.length !== fixedLength + 4 * count) return null
  return {
    birthEpoch: view.getUint32(6),
    recordId: toHex(bytes.subarray(10, 26)),
    paddedLengths: Array.from({ length: count }, (_, index) => view.getUint32(fixedLength + 4 * index)),
  }
}
