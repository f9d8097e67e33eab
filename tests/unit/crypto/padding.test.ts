import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { equalBytes } from '../../../utils/crypto/bytes'
import { bucketLength, floorLength, pad, padmeLength, partLength, unpad } from '../../../utils/crypto/padding'

const length = fc.oneof(
  fc.integer({ min: 2, max: 2 ** 32 - 2 ** 27 }),
  fc.integer({ min: 2, max: 100_000 }),
  // At and beside powers of two, where the exponent steps.
  fc.tuple(fc.integer({ min: 2, max: 31 }), fc.integer({ min: -1, max: 1 })).map(([e, d]) => 2 ** e + d),
)

describe('padmeLength', () => {
  it.each([
    [0, 0],
    [1, 1],
    [8, 8],
    [9, 10],
    [63, 64],
    [65, 72],
    [1_000, 1_024],
    [1_025, 1_088],
    [1_000_000, 1_015_808],
  ])('makes %i into %i', (from, to) => {
    expect(padmeLength(from)).toBe(to)
  })

  it('adds at most an eighth, never takes away, and is settled after once', () => {
    fc.assert(
      fc.property(length, (from) => {
        const to = padmeLength(from)
        expect(to).toBeGreaterThanOrEqual(from)
        expect(to - from).toBeLessThanOrEqual(from * 0.12 + 1)
        expect(padmeLength(to)).toBe(to)
      }),
      { numRuns: 2_000 },
    )
  })

  it('keeps only as many leading bits as the exponent is long', () => {
    fc.assert(
      fc.property(length, (from) => {
        const to = padmeLength(from)
        const exponent = to.toString(2).length - 1
        const free = exponent - exponent.toString(2).length
        expect(to % 2 ** Math.max(0, free)).toBe(0)
      }),
      { numRuns: 2_000 },
    )
  })

  it('keeps the order of lengths', () => {
    fc.assert(
      fc.property(length, length, (one, other) => {
        expect(padmeLength(Math.min(one, other))).toBeLessThanOrEqual(padmeLength(Math.max(one, other)))
      }),
    )
  })

  it.each([-1, 0.5, 2 ** 32, Number.NaN])('refuses %d', (from) => {
    expect(() => padmeLength(from)).toThrow(RangeError)
  })
})

describe('pad', () => {
  it('gives the bytes back, whatever they end in', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 9_000 }), (source) => {
        const bytes = Uint8Array.from(source)
        const part = pad(bytes, partLength(bytes.length))
        const small = pad(bytes, bucketLength(bytes.length))
        expect(part.length).toBe(Math.max(floorLength, padmeLength(bytes.length + 4)))
        expect(small.length % floorLength).toBe(0)
        expect(small.length - bytes.length).toBeLessThanOrEqual(floorLength + 3)
        for (const padded of [part, small])
          expect(equalBytes(unpad(padded) ?? new Uint8Array(1), bytes)).toBe(true)
      }),
    )
  })

  it('makes an empty part and one of 4,092 bytes alike, and the next one longer', () => {
    expect([0, 4_092, 4_093].map(partLength)).toEqual([4_096, 4_096, 4_352])
    expect([0, 4_092, 4_093].map(bucketLength)).toEqual([4_096, 4_096, 8_192])
  })

  it('refuses what does not fit', () => {
    expect(() => pad(new Uint8Array(4_093), 4_096)).toThrow(RangeError)
    expect(unpad(Uint8Array.of(0, 0, 0, 9, 1))).toBeNull()
    expect(unpad(Uint8Array.of(0, 0))).toBeNull()
  })
})
