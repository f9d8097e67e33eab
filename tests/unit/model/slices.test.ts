import { describe, expect, it } from 'vitest'
import { atOnce, each, giveWay, inSlices, type Steps, sorted } from '../../../utils/model/slices'

/** Numbers without order, some of them twice. */
const mixed = (count: number) => Array.from({ length: count }, (_, at) => ({ at, of: (at * 7_919) % 1_201 }))
const byOf = (one: { of: number }, other: { of: number }) => one.of - other.of

function* counting(to: number): Steps<number> {
  for (let at = 0; at < to; at++) yield
  return to
}

/** A clock on which each look takes so long, and the pauses that were made. */
function slowClock(msEach: number) {
  let now = 0
  let pauses = 0
  return {
    clock: () => {
      now += msEach
      return now
    },
    pause: async () => {
      pauses += 1
    },
    pauses: () => pauses,
  }
}

describe('work in slices', () => {
  it('gives way as often as its time is up, and ends with what it made', async () => {
    const slow = slowClock(12)
    expect(await inSlices(counting(5), slow)).toBe(5)
    expect(slow.pauses()).toBe(5)
    const quick = slowClock(1)
    expect(await inSlices(counting(5), quick)).toBe(5)
    expect(quick.pauses()).toBe(0)
  })

  it('is given up where it stands', async () => {
    const stop = new AbortController()
    let done = 0
    const work = each(
      Array.from({ length: 10_000 }, (_, at) => at),
      () => {
        done += 1
      },
    )
    const ended = await inSlices(work, {
      signal: stop.signal,
      clock: slowClock(100).clock,
      pause: async () => stop.abort(),
    })
    expect(ended).toBeNull()
    expect(done).toBeGreaterThan(0)
    expect(done).toBeLessThan(1_000)
  })

  it('goes on after giving way', async () => {
    await expect(giveWay()).resolves.toBeUndefined()
  })
})

describe('sorting in slices', () => {
  it.each([0, 1, 2, 1_023, 1_024, 1_025, 5_000])('puts %i in the order of toSorted', (count) => {
    const list = mixed(count)
    expect(atOnce(sorted(list, byOf))).toEqual(list.toSorted(byOf))
    expect(list).toEqual(mixed(count))
  })
})
