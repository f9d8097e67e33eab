import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { newAssessment } from '../../../entrypoints/shared/new-records'

const itemId = 'ab'.repeat(16)

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-22T12:00:00.000Z') })
})
afterEach(() => {
  vi.useRealTimers()
})

it('what is said last is the newest, also within one moment and when the clock was set back', () => {
  const first = newAssessment({ itemId, before: null, patch: { note: 'one' } })
  expect(first.at).toBe('2026-11-22T12:00:00.000Z')
  const second = newAssessment({ itemId, before: first, patch: { note: 'two' } })
  expect(second.at).toBe('2026-11-22T12:00:00.001Z')
  vi.setSystemTime(new Date('2020-01-01T00:00:00.000Z'))
  const third = newAssessment({ itemId, before: second, patch: { note: 'three' } })
  expect(third).toMatchObject({ note: 'three', at: '2026-11-22T12:00:00.002Z' })
  vi.setSystemTime(new Date('2026-11-23T00:00:00.000Z'))
  expect(newAssessment({ itemId, before: third, patch: {} }).at).toBe('2026-11-23T00:00:00.000Z')
})
