import fc from 'fast-check'
import { expect, it } from 'vitest'
import { toHex } from '../../../utils/crypto/bytes'
import { readHeader, writeHeader } from '../../../utils/crypto/header'

const header = fc.record({
  birthEpoch: fc.integer({ min: 0, max: 0xffff_ffff }),
  recordId: fc.uint8Array({ minLength: 16, maxLength: 16 }).map(toHex),
  paddedLengths: fc.array(fc.integer({ min: 0, max: 0xffff_ffff }), { maxLength: 20 }),
})

it('comes back equal', () => {
  fc.assert(
    fc.property(header, (one) => {
      expect(readHeader(writeHeader(one))).toEqual(one)
    }),
  )
})

it('stands byte for byte as described', () => {
  const recordId = '00112233445566778899aabbccddeeff'
  expect(toHex(writeHeader({ birthEpoch: 258, recordId, paddedLengths: [4_096, 70_000] }))).toBe(
    `4c4b5231${'01'}${'01'}${'00000102'}${recordId}${'0002'}${'00001000'}${'00011170'}`,
  )
})

it('is read from exactly its own bytes, of the form known here', () => {
  fc.assert(
    fc.property(header, fc.integer({ min: 0, max: 5 }), (one, place) => {
      const bytes = writeHeader(one)
      const other = bytes.slice()
      other[place] = (other[place] ?? 0) ^ 1
      expect(readHeader(other)).toBeNull()
      expect(readHeader(bytes.slice(0, -1))).toBeNull()
      expect(readHeader(Uint8Array.of(...bytes, 0))).toBeNull()
    }),
  )
})

it('refuses to be written with what does not fit', () => {
  const recordId = '00112233445566778899aabbccddeeff'
  expect(() => writeHeader({ birthEpoch: 1, recordId: 'ab', paddedLengths: [] })).toThrow(RangeError)
  expect(() => writeHeader({ birthEpoch: 1, recordId, paddedLengths: [2 ** 32] })).toThrow(RangeError)
  expect(() => writeHeader({ birthEpoch: 1, recordId, paddedLengths: Array(65_536).fill(1) })).toThrow(
    RangeError,
  )
})
