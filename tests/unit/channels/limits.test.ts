import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fits, lengthIn, shorten, splitGraphemes, tightestLimit } from '../../../utils/channels/limits'
import type { FieldLimit } from '../../../utils/model/channel'

/** Texts that forms count badly: families, flags, stacked marks, Arabic, joiners, lone surrogates. */
const pieces = [
  '👩‍👩‍👧‍👦',
  '🇯🇴',
  'e\u0301',
  'z\u0335\u0321\u0322',
  'مُ',
  '\u0600',
  '\u200d',
  '\ud83d',
  '\n',
  ' ',
  'a',
  '🏳️‍🌈',
  '\r\n',
]
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join('')),
)
const anyLimit: fc.Arbitrary<FieldLimit> = fc.record({
  max: fc.integer({ min: 1, max: 40 }),
  unit: fc.constantFrom('characters', 'graphemes', 'bytes'),
  evidence: fc.constant('verified'),
})
const anyLimits = fc.array(anyLimit, { minLength: 1, maxLength: 3 })

test('a shortened text never goes over any limit', () => {
  fc.assert(
    fc.property(anyText, anyLimits, (text, limits) => {
      const result = shorten(text, limits, ' […]')
      for (const { max, unit } of limits) expect(lengthIn(result, unit)).toBeLessThanOrEqual(max)
    }),
    { numRuns: 1000 },
  )
})

test('a text that fits is left alone; one that does not is cut between characters and says so', () => {
  fc.assert(
    fc.property(anyText, anyLimits, (text, limits) => {
      const result = shorten(text, limits, '…')
      if (fits(text, limits)) {
        expect(result).toBe(text)
        return
      }
      if (result === '') return
      expect(result.endsWith('…')).toBe(true)
      const kept = result.slice(0, -1)
      const parts = splitGraphemes(text)
      const beginnings = parts.map((_, index) => parts.slice(0, index).join('').trimEnd())
      expect(beginnings).toContain(kept)
    }),
    { numRuns: 1000 },
  )
})

test('graphemes joined are the text again', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(splitGraphemes(text).join('')).toBe(text)
    }),
  )
})

test('each unit counts as its receivers do', () => {
  expect(lengthIn('👩‍👩‍👧‍👦', 'characters')).toBe(11)
  expect(lengthIn('👩‍👩‍👧‍👦', 'graphemes')).toBe(1)
  expect(lengthIn('👩‍👩‍👧‍👦', 'bytes')).toBe(25)
  expect(lengthIn('ندى', 'bytes')).toBe(6)
})

test('as much is kept as there is room for', () => {
  const limit: FieldLimit = { max: 8, unit: 'characters', evidence: 'verified' }
  expect(shorten('abcdefghij', [limit], '…')).toBe('abcdefg…')
  expect(shorten('abcdefgh', [limit], '…')).toBe('abcdefgh')
  expect(shorten('ab👩‍👩‍👧‍👦', [limit], '…')).toBe('ab…')
})

test('the counter shown is that of the limit which is nearest', () => {
  const limits: FieldLimit[] = [
    { max: 2000, unit: 'graphemes', evidence: 'verified' },
    { max: 20000, unit: 'bytes', evidence: 'verified' },
  ]
  expect(tightestLimit('plain', limits)?.unit).toBe('graphemes')
  expect(tightestLimit('👩‍👩‍👧‍👦'.repeat(10), limits)?.unit).toBe('bytes')
  expect(tightestLimit('plain', [])).toBeNull()
})
