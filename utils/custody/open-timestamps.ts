import { createRIPEMD160, createSHA1 } from 'hash-wasm'
import { type Bytes, concatBytes, equalBytes, fromHex, fromUtf8, toHex, toUtf8 } from '../crypto/bytes'
import { sha256Bytes } from '../crypto/digest'

/** Where a path of a proof ends. */
export type Attestation =
  /** `merkleRoot` as block explorers show it. It says something only beside the header of that block. */
  | { kind: 'bitcoin'; height: number; merkleRoot: string }
  /** A calendar promised to write the path on. It says nothing yet. */
  | { kind: 'pending'; calendar: string }
  | { kind: 'unknown'; tag: string }

/** Bytes of a proof: those of four calendars, upgraded, have about three thousand. */
const largest = 100_000
const deepest = 256
const longestMessage = 4_096

const magic = fromHex('004f70656e54696d657374616d7073000050726f6f6600bf89e2e884e89294')
const sha256Operation = 0x08
const bitcoinTag = '0588960d73d71901'
const pendingTag = '83dfe30d2ef90c8e'

type Reader = { byte: () => number; take: (length: number) => Bytes; isAtEnd: () => boolean }

function readerOf(bytes: Bytes): Reader {
  let at = 0
  const take = (length: number): Bytes => {
    if (at + length > bytes.length) throw new Error('cut off')
    at += length
    return bytes.slice(at - length, at)
  }
  return { take, byte: () => take(1)[0] ?? 0, isAtEnd: () => at === bytes.length }
}

function readNumber(reader: Reader): number {
  let number = 0
  for (let shift = 0; shift < 49; shift += 7) {
    const byte = reader.byte()
    number += (byte & 0x7f) * 2 ** shift
    if (byte < 0x80) return number
  }
  throw new Error('too large a number')
}

function readBytes(reader: Reader): Bytes {
  return reader.take(readNumber(reader))
}

async function hashWith(operation: number, message: Bytes): Promise<Bytes> {
  if (operation === sha256Operation) return sha256Bytes(message)
  const hasher = operation === 0x02 ? await createSHA1() : await createRIPEMD160()
  return new Uint8Array(hasher.init().update(message).digest('binary'))
}

/** Throws on an operation that is not known: what comes after it cannot be computed. */
async function apply(operation: number, message: Bytes, reader: Reader): Promise<Bytes> {
  if (operation === 0xf0) return concatBytes(message, readBytes(reader))
  if (operation === 0xf1) return concatBytes(readBytes(reader), message)
  if (operation === 0xf2) return message.toReversed()
  if (operation === 0xf3) return toUtf8(toHex(message))
  if ([0x02, 0x03, sha256Operation].includes(operation)) return hashWith(operation, message)
  throw new Error('unknown operation')
}

function readAttestation(reader: Reader, message: Bytes): Attestation {
  const tag = toHex(reader.take(8))
  const payload = readerOf(readBytes(reader))
  if (tag === bitcoinTag) {
    if (message.length !== 32) throw new Error('no Merkle root')
    return { kind: 'bitcoin', height: readNumber(payload), merkleRoot: toHex(message.toReversed()) }
  }
  if (tag === pendingTag) {
    const calendar = fromUtf8(readBytes(payload))
    return { kind: 'pending', calendar: /^https:\/\/[\w.:/-]{1,200}$/.test(calendar) ? calendar : '' }
  }
  return { kind: 'unknown', tag }
}

async function walk(reader: Reader, message: Bytes, depth: number): Promise<Attestation[]> {
  if (depth > deepest || message.length > longestMessage) throw new Error('too deep')
  const found: Attestation[] = []
  let step = reader.byte()
  for (; step === 0xff; step = reader.byte()) found.push(...(await walkStep(reader, message, depth)))
  return [...found, ...(await follow(step, reader, message, depth))]
}

function walkStep(reader: Reader, message: Bytes, depth: number): Promise<Attestation[]> {
  return follow(reader.byte(), reader, message, depth)
}

async function follow(step: number, reader: Reader, message: Bytes, depth: number): Promise<Attestation[]> {
  if (step === 0x00) return [readAttestation(reader, message)]
  return walk(reader, await apply(step, message, reader), depth + 1)
}

/** The digest that an OpenTimestamps proof is about. Null when it is no proof over a SHA-256. */
export function stampedDigest(proof: Bytes): Bytes | null {
  const head = magic.length
  const isProof = proof.length > head + 34 && equalBytes(proof.slice(0, head), magic)
  return isProof && proof[head] === 1 && proof[head + 1] === sha256Operation
    ? proof.slice(head + 2, head + 34)
    : null
}

/**
 * Where the paths of an OpenTimestamps proof lead, each computed anew from the digest of `stamped`. Null when the
 * proof is about something else, damaged, or uses an operation that is not known here. The form is that of the
 * reference client: magic, version 1, operation, digest, then a tree of operations that ends in attestations.
 */
export async function readOpenTimestamps(proof: Bytes, stamped: Bytes): Promise<Attestation[] | null> {
  const digest = stampedDigest(proof)
  if (proof.length > largest || digest === null) return null
  if (!equalBytes(digest, await sha256Bytes(stamped))) return null
  return attestationsFrom(proof, digest)
}

/** As `readOpenTimestamps`, for whoever has the digest alone. */
export async function attestationsFrom(proof: Bytes, digest: Bytes): Promise<Attestation[] | null> {
  try {
    const reader = readerOf(proof)
    reader.take(magic.length + 34)
    const found = await walk(reader, digest, 0)
    return reader.isAtEnd() ? found : null
  } catch {
    // Cut off, too deep, or of another version.
    return null
  }
}
