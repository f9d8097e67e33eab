import { type Bytes, concatBytes } from './bytes'

/** Nothing sealed is shorter than this, so that small things look alike. */
export const floorLength = 4_096

/**
 * The next length at or above `length` whose binary form ends in zeros: Padmé (Nikitin et al., "Reducing
 * metadata leakage from encrypted files and communication with PURBs", 2019). Adds at most 12 %, and a length
 * tells O(log log length) bits. For lengths below 2^32; throws a `RangeError` on anything else.
 */
export function padmeLength(length: number): number {
  if (!Number.isInteger(length) || length < 0 || length >= 2 ** 32) throw new RangeError('No such length')
  if (length < 2) return length
  const exponent = 31 - Math.clz32(length)
  const mantissaBits = 32 - Math.clz32(exponent)
  const step = 2 ** Math.max(0, exponent - mantissaBits)
  return Math.ceil(length / step) * step
}

const prefix = 4

/** The padded length of a part of `length` bytes: Padmé over the floor, its length field included. */
export function partLength(length: number): number {
  return Math.max(floorLength, padmeLength(prefix + length))
}

/** The padded length of small data of `length` bytes: whole buckets of 4 KiB, its length field included. */
export function bucketLength(length: number): number {
  return Math.ceil((prefix + length) / floorLength) * floorLength
}

/** Length of `bytes` (32 bits, big-endian), `bytes`, zeros up to `length` in all. Throws if they do not fit. */
export function pad(bytes: Uint8Array, length: number): Bytes {
  if (prefix + bytes.length > length) throw new RangeError('Does not fit')
  const size = new Uint8Array(prefix)
  new DataView(size.buffer).setUint32(0, bytes.length)
  return concatBytes(size, bytes, new Uint8Array(length - prefix - bytes.length))
}

/** What was padded; null when the length field is not one. The zeros were authenticated with the rest. */
export function unpad(padded: Bytes): Bytes | null {
  if (padded.length < prefix) return null
  const length = new DataView(padded.buffer, padded.byteOffset).getUint32(0)
  return prefix + length <= padded.length ? padded.slice(prefix, prefix + length) : null
}
