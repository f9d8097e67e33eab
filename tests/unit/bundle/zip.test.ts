import fc from 'fast-check'
import { expect, it } from 'vitest'
import { crc32, joinCrc } from '../../../utils/bundle/zip'
import { concatBytes } from '../../../utils/crypto/bytes'

const bytes = fc.uint8Array({ maxLength: 300 })

it('the CRC of two stretches is that of them together', () => {
  // The check value of the catalogue of CRCs: CRC-32/ISO-HDLC over the digits 1 to 9.
  const digits = new TextEncoder().encode('123456789')
  expect(crc32(digits)).toBe(0xcbf43926)
  expect(joinCrc(crc32(digits.slice(0, 4)), crc32(digits.slice(4)), 5)).toBe(0xcbf43926)
  fc.assert(
    fc.property(bytes, bytes, (first, second) => {
      expect(joinCrc(crc32(first), crc32(second), second.length)).toBe(crc32(concatBytes(first, second)))
    }),
  )
})

it('also where the second is longer than 32 bits can count', () => {
  // A stretch of zeros, doubled again and again: 2^33 of them.
  let zeros = crc32(new Uint8Array(1))
  for (let length = 1; length < 2 ** 33; length *= 2) zeros = joinCrc(zeros, zeros, length)
  // Computed apart, by squaring the matrix of one zero byte.
  expect(zeros.toString(16)).toBe('41d912ff')
})
