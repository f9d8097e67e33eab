import fc from 'fast-check'
import { expect, it } from 'vitest'
import { hashLikeness, likenessDistance } from '../../../utils/capture/likeness'

const grey = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 72, maxLength: 72 })

it('gives known pictures their known hash', () => {
  const falling = Array.from({ length: 72 }, (_, at) => 255 - (at % 9))
  expect(hashLikeness(falling)).toBe('ffffffffffffffff')
  expect(hashLikeness(new Array(72).fill(9))).toBe('0000000000000000')
  const firstPairOnly = new Array(72).fill(9).with(0, 10)
  expect(hashLikeness(firstPairOnly)).toBe('8000000000000000')
})

it('does not change with brightness, and distance is a metric of 64 bits', () => {
  fc.assert(
    fc.property(grey, grey, grey, (one, other, third) => {
      const [a, b, c] = [one, other, third].map(hashLikeness) as [string, string, string]
      expect(hashLikeness(one.map((value) => value + 40))).toBe(a)
      expect(likenessDistance(a, a)).toBe(0)
      expect(likenessDistance(a, b)).toBe(likenessDistance(b, a))
      expect(likenessDistance(a, b)).toBeLessThanOrEqual(64)
      expect(likenessDistance(a, c)).toBeLessThanOrEqual(likenessDistance(a, b) + likenessDistance(b, c))
    }),
  )
})
