import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { later, oneAtATime } from '../../../entrypoints/shared/later'

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

  it('never runs what was cancelled', () => {
    const work = vi.fn()
    const save = later(300, work)
    save.call('a')
    save.cancel()
    save.flush()
    vi.advanceTimersByTime(1_000)
    expect(work).not.toHaveBeenCalled()
  })
})

describe('one at a time', () => {
  function workUnderTest() {
    const ends: (() => void)[] = []
    const work = vi.fn(() => new Promise<void>((resolve) => ends.push(resolve)))
    return { work, endOne: () => ends.shift()?.() }
  }

  it('runs once more, however often it was asked meanwhile', async () => {
    const { work, endOne } = workUnderTest()
    const follow = oneAtATime(work)
    const first = follow()
    const others = [follow(), follow(), follow()]
    expect(work).toHaveBeenCalledTimes(1)
    endOne()
    await vi.waitFor(() => expect(work).toHaveBeenCalledTimes(2))
    endOne()
    await Promise.all([first, ...others])
    expect(work).toHaveBeenCalledTimes(2)
  })

  it('works again after it has ended, and after the work has failed', async () => {
    const work = vi.fn(() => Promise.resolve())
    work.mockRejectedValueOnce(new Error('once'))
    const follow = oneAtATime(work)
    await expect(follow()).rejects.toThrow('once')
    await follow()
    await follow()
    expect(work).toHaveBeenCalledTimes(3)
  })
})
