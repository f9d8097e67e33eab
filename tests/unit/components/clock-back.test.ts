import { expect, it } from 'vitest'
import { isClockBack } from '../../../components/locker/clock-back'

const now = new Date('2026-11-22T12:00:00.000Z')

it('a clock that stands before the newest item is told, by more than clocks differ', () => {
  expect(isClockBack({ newestItemAt: null, now })).toBe(false)
  expect(isClockBack({ newestItemAt: '2026-11-21T12:00:00.000Z', now })).toBe(false)
  expect(isClockBack({ newestItemAt: '2026-11-22T12:05:00.000Z', now })).toBe(false)
  expect(isClockBack({ newestItemAt: '2026-11-22T12:05:00.001Z', now })).toBe(true)
  expect(isClockBack({ newestItemAt: '2027-11-22T12:00:00.000Z', now })).toBe(true)
})
