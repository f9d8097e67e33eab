import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { later } from '../../../entrypoints/shared/later'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

describe('later', () => {
  it('runs the newest call once the calls pause', () => {
    const work = vi.fn()
    const save = later(300, work)
    save.call('a')
    vi.advanceTimersByTime(299)
    save.call('b')
    vi.advanceTimersByTime(299)
    expect(work).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(work.mock.calls).toEqual([['b']])
  })

  it('runs at once on flush, and then not again', () => {
    const work = vi.fn()
    const save = later(300, work)
    save.call('a')
    save.flush()
    expect(work.mock.calls).toEqual([['a']])
    vi.advanceTimersByTime(1_000)
    save.flush()
    expect(work).toHaveBeenCalledTimes(1)
  })
})
