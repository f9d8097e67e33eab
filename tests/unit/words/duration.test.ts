import { expect, it } from 'vitest'
import { durationText } from '../../../utils/words/duration'

it.each([
  [0, '0 seconds'],
  [1, '1 second'],
  [192, '3 minutes, 12 seconds'],
  [3_600, '1 hour'],
  [90_061, '1 day, 1 hour, 1 minute, 1 second'],
])('%s seconds are %s', (seconds, text) => {
  expect(durationText(seconds, 'en')).toBe(text)
})

it('speaks Arabic', () => {
  expect(durationText(180, 'ar')).toMatch(/دقائق/)
})
