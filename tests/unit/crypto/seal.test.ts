import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Bytes, equalBytes, randomBytes, randomIdHex, toHex } from '../../../utils/crypto/bytes'
import { sha256Bytes } from '../../../utils/crypto/digest'
import {
  makeSealingPair,
  openBlob,
  openMeta,
  openSealedKey,
  openState,
  placeOf,
  publicHalfOf,
  type SealedRecord,
  sealRecord,
  sealState,
  unwrapKey,
} from '../../../utils/crypto/seal'
import { importKey } from '../../../utils/crypto/wrap'

const lockerId = randomIdHex()
const epoch = 1
let pair: { identity: string; recipient: string }
let kek: CryptoKey

beforeAll(async () => {
  pair = await makeSealingPair()
  kek = await importKey(randomBytes(32))
})

type Opened = { meta: Bytes; blobs: Bytes[] }

function seal(recordId: string, meta: Bytes, blobs: Bytes[]): Promise<SealedRecord> {
  return sealRecord({ lockerId, purpose: 'item', recordId, epoch, meta, blobs, to: pair })
}

/** Opens everything in a record; null as soon as anything is refused. */
async function open(recordId: string, sealed: SealedRecord): Promise<Opened | null> {
  const at = await placeOf({ lockerId, purpose: 'item', recordId, header: sealed.header })
  const raw = at && (await openSealedKey(pair.identity, sealed.key, at.hash))
  if (!raw) return null
  const key = await importKey(raw)
  const meta = await openMeta(key, at.place, sealed.meta)
  const blobs = await Promise.all(
    sealed.blobs.map((blob, index) => openBlob(key, { place: at.place, header: at.header, index }, blob)),
  )
  const whole = blobs.filter((blob) => blob !== null)
  return meta && whole.length === blobs.length ? { meta, blobs: whole } : null
}

function flip(bytes: Bytes, bit: number): Bytes {
  const flipped = bytes.slice()
  flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return flipped
}

describe('a sealed record', () => {
  it('opens to what was sealed', async () => {
    const bytes = (maxLength: number) => fc.uint8Array({ maxLength }).map((source) => Uint8Array.from(source))
    await fc.assert(
      fc.asyncProperty(bytes(9_000), fc.array(bytes(20_000), { maxLength: 4 }), async (meta, blobs) => {
        const id = randomIdHex()
        const opened = await open(id, await seal(id, meta, blobs))
        expect(opened && equalBytes(opened.meta, meta)).toBe(true)
        expect(opened?.blobs.map(toHex)).toEqual(blobs.map(toHex))
      }),
      { numRuns: 40 },
    )
  })

  it('shows padded lengths only', async () => {
    const lengths = async (meta: number, blob: number) => {
      const sealed = await seal(randomIdHex(), new Uint8Array(meta), [new Uint8Array(blob)])
      return [sealed.header, sealed.key, sealed.meta, ...sealed.blobs].map(({ length }) => length)
    }
    expect(await lengths(10, 20)).toEqual(await lengths(4_000, 4_000))
    expect(await lengths(10, 5_000)).toEqual(await lengths(10, 5_100))
  })

  it('refuses every flip of a bit in its header', async () => {
    const id = randomIdHex()
    const sealed = await seal(id, randomBytes(10), [randomBytes(10)])
    for (let bit = 0; bit < sealed.header.length * 8; bit++) {
      expect(await open(id, { ...sealed, header: flip(sealed.header, bit) }), `header bit ${bit}`).toBeNull()
    }
  })

  it('refuses a flip in every byte of its key', async () => {
    const id = randomIdHex()
    const sealed = await seal(id, randomBytes(10), [])
    const at = await placeOf({ lockerId, purpose: 'item', recordId: id, header: sealed.header })
    const taken: number[] = []
    // One bit of each byte in turn: all eight take eight times as long, and were all refused.
    for (let byte = 0; byte < sealed.key.length; byte++) {
      const flipped = flip(sealed.key, byte * 8 + (byte % 8))
      if (at && (await openSealedKey(pair.identity, flipped, at.hash))) taken.push(byte)
    }
    expect(at).not.toBeNull()
    expect(taken).toEqual([])
  })

  it('refuses sampled flips of bits in meta and blobs', async () => {
    const id = randomIdHex()
    const sealed = await seal(id, randomBytes(10), [randomBytes(10)])
    const [blob = new Uint8Array()] = sealed.blobs
    const bit = fc.nat({ max: Math.min(sealed.meta.length, blob.length) * 8 - 1 })
    await fc.assert(
      fc.asyncProperty(bit, async (at) => {
        expect(await open(id, { ...sealed, meta: flip(sealed.meta, at) })).toBeNull()
        expect(await open(id, { ...sealed, blobs: [flip(blob, at)] })).toBeNull()
      }),
    )
  })

  it('does not open under another id, in another locker, as another purpose, or with the parts in another order', async () => {
    const id = randomIdHex()
    const sealed = await seal(id, randomBytes(10), [randomBytes(10), randomBytes(10)])
    expect(await open(id, sealed)).not.toBeNull()
    expect(await open(randomIdHex(), sealed)).toBeNull()
    expect(await open(id, { ...sealed, blobs: [...sealed.blobs].reverse() })).toBeNull()
    for (const other of [
      { lockerId: randomIdHex(), purpose: 'item' as const },
      { lockerId, purpose: 'row' as const },
    ]) {
      const at = await placeOf({ ...other, recordId: id, header: sealed.header })
      const raw = at && (await openSealedKey(pair.identity, sealed.key, at.hash))
      expect(raw && (await openMeta(await importKey(raw), at.place, sealed.meta))).toBeNull()
    }
  })

  it('has a state that opens in its own place alone', async () => {
    const { header } = await seal(randomIdHex(), randomBytes(10), [])
    const key = await importKey(randomBytes(32))
    const place = { lockerId, purpose: 'item' as const, headerHash: toHex(await sha256Bytes(header)) }
    const state = await sealState(key, place, randomBytes(10))
    expect(await openState(key, place, state)).not.toBeNull()
    const others = [
      { ...place, lockerId: randomIdHex() },
      { ...place, purpose: 'row' as const },
      { ...place, headerHash: toHex(randomBytes(32)) },
    ]
    for (const other of others) expect(await openState(key, other, state)).toBeNull()
    // As what else lies under the same key.
    expect(await openMeta(key, place, state)).toBeNull()
  })

  it('takes nothing of another record', async () => {
    const [id, otherId] = [randomIdHex(), randomIdHex()]
    const sealed = await seal(id, randomBytes(10), [randomBytes(10)])
    const other = await seal(otherId, randomBytes(10), [randomBytes(10)])
    for (const field of ['header', 'key', 'meta', 'blobs'] as const) {
      expect(await open(id, { ...sealed, [field]: other[field] }), field).toBeNull()
    }
    expect(await open(otherId, { ...sealed, header: other.header })).toBeNull()
  })

  it('has its key under the KEK, of one epoch, when it is sealed unlocked', async () => {
    const recordId = randomIdHex()
    const meta = randomBytes(10)
    const sealed = await sealRecord({
      lockerId,
      purpose: 'row',
      recordId,
      epoch,
      meta,
      blobs: [],
      to: { kek },
    })
    const at = await placeOf({ lockerId, purpose: 'row', recordId, header: sealed.header })
    if (at === null) throw new Error('No place')
    const raw = await unwrapKey({ kek, place: at.place, epoch, box: sealed.key })
    const opened = raw && (await openMeta(await importKey(raw), at.place, sealed.meta))
    expect(opened && toHex(opened)).toBe(toHex(meta))
    expect(await unwrapKey({ kek, place: at.place, epoch: 2, box: sealed.key })).toBeNull()
  })
})

describe('a sealing pair', () => {
  it('is post-quantum, and its public half follows from the private one', async () => {
    expect(pair.identity).toMatch(/^AGE-SECRET-KEY-PQ-1/)
    expect(pair.recipient).toMatch(/^age1pq1/)
    expect(await publicHalfOf(pair.identity)).toBe(pair.recipient)
  })
})
