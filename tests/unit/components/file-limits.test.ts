import { describe, expect, it } from 'vitest'
import {
  kindOf,
  noLimits,
  orNothing,
  readCount,
  readMegabytes,
  showMegabytes,
} from '../../../components/export/file-limits'

describe('what a person reads on a form', () => {
  it.each([
    ['5', 5_000_000],
    [' 0.5 ', 500_000],
    ['2,5', 2_500_000],
    ['٢٫٥', 2_500_000],
    ['۱۰', 10_000_000],
  ])('%s megabytes', (typed, bytes) => {
    expect(readMegabytes(typed)).toBe(bytes)
  })

  it.each(['', '0', 'five', '5 MB', '-1', '1.2.3', '99999', '1e3', '0.0000001'])('%j is no size', (typed) => {
    expect(readMegabytes(typed)).toBeNull()
  })

  it('is shown as it can be read again', () => {
    expect(showMegabytes(null)).toBe('')
    for (const bytes of [500_000, 5_000_000, 1]) expect(readMegabytes(showMegabytes(bytes))).toBe(bytes)
  })

  it('a count is a whole number', () => {
    expect(readCount('3')).toBe(3)
    expect(readCount('٣')).toBe(3)
    for (const typed of ['', '0', '2.5', 'three', '1001']) expect(readCount(typed)).toBeNull()
  })

  it('is nothing where nothing is told', () => {
    expect(orNothing(noLimits)).toBeNull()
    expect(orNothing({ ...noLimits, maxCount: 2 })).toEqual({ ...noLimits, maxCount: 2 })
    expect(kindOf(noLimits)).toBe('any')
    expect(kindOf({ ...noLimits, types: ['image/jpeg'] })).toBe('jpeg')
    expect(kindOf({ ...noLimits, types: ['image/png'] })).toBe('png')
  })
})
