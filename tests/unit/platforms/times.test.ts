import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  exactTime,
  settleTime,
  timeFromAge,
  timeFromAttribute,
  timeFromId,
  unknownTime,
} from '../../../utils/platforms/times'

const now = new Date('2026-11-22T12:00:00.000Z')

describe('timeFromId', () => {
  it('reads the moment of the first post ids that carry one, as X published the scheme', () => {
    // Epoch of the scheme, and an id from its documentation.
    expect(timeFromId('x', '1212092628029698048', now)).toBe('2019-12-31T19:26:16.771Z')
    expect(timeFromId('x', '1541815603606036480', now)).toBe('2022-06-28T16:07:40.105Z')
  })

  it('reads the moment of a Discord id, as its documentation works it out', () => {
    expect(timeFromId('discord', '175928847299117063', now)).toBe('2016-04-30T11:18:25.796Z')
    expect(timeFromId('discord', '99999999999999999999', now)).toBeNull()
  })

  it('gives back the moment an id was made from', () => {
    const moments = fc.integer({ min: Date.UTC(2011, 0, 1), max: now.getTime() })
    fc.assert(
      fc.property(moments, fc.integer({ min: 0, max: 4_194_303 }), (ms, low) => {
        const id = ((BigInt(ms) - 1_288_834_974_657n) << 22n) | BigInt(low)
        expect(timeFromId('x', String(id), now)).toBe(new Date(ms).toISOString())
      }),
    )
  })

  it('is later for a larger id', () => {
    const ids = fc.bigInt({ min: 29_000_000_000n << 4n, max: 2_120_000_000_000_000_000n })
    fc.assert(
      fc.property(ids, ids, (one, other) => {
        const [first, second] = [one, other].map((id) => timeFromId('x', String(id), now))
        if (!first || !second) return
        expect(first <= second).toBe(one <= other || first === second)
      }),
    )
  })

  it.each([
    ['x', '20'],
    ['x', '28999999999'],
    ['x', '99999999999999999999'],
    ['x', '1541815603606036480 '],
    ['x', '-5'],
    ['x', ''],
    ['mastodon', 'AbCdEf'],
    ['bluesky', '3n2q3zaypc22l9'],
    ['bluesky', 'zzzzzzzzzzzzz'],
  ] as const)('is null for an id of %s that is none: %s', (scheme, id) => {
    expect(timeFromId(scheme, id, now)).toBeNull()
  })

  it('never lies more than a day ahead of the reading', () => {
    const tomorrow = ((BigInt(now.getTime() + 86_400_001) - 1_288_834_974_657n) << 22n) + 1n
    expect(timeFromId('x', String(tomorrow), now)).toBeNull()
  })
})

describe('timeFromAttribute', () => {
  it.each([
    ['2025-10-28T01:07:19.000Z', '2025-10-28T01:07:19.000Z'],
    ['2018-04-21T21:28:31+00:00', '2018-04-21T21:28:31.000Z'],
    ['2025-11-04T18:20:10.257000+0000', '2025-11-04T18:20:10.257Z'],
    ['2026-11-18T09:30:00-08:00', '2026-11-18T17:30:00.000Z'],
    ['2026-11-18 09:30Z', '2026-11-18T09:30:00.000Z'],
  ])('%s', (value, iso) => {
    expect(timeFromAttribute(value)).toBe(iso)
  })

  it.each([
    '2025-10-28',
    '2025-10-28T01:07:19',
    '28.10.2025 01:07Z',
    '2025-13-40T01:07:19Z',
    'now',
    '',
    null,
  ])('is null without a zone or a date: %s', (value) => {
    expect(timeFromAttribute(value)).toBeNull()
  })
})

describe('timeFromAge', () => {
  const units = fc.constantFrom('second', 'minute', 'hour', 'day', 'week', 'month', 'year' as const)
  const sizes = {
    second: 1,
    minute: 60,
    hour: 3_600,
    day: 86_400,
    week: 604_800,
    month: 2_592_000,
    year: 31_556_952,
  }

  it('holds every moment that a platform may round to this age, up or down', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 12 }),
        units,
        fc.double({ min: -1, max: 1, noNaN: true }),
        (count, unit, part) => {
          const { from, to, iso, source } = timeFromAge('age', count, unit, now)
          const age = Math.max(0, (count + part * 0.99) * sizes[unit] * 1_000)
          const moment = new Date(now.getTime() - age).toISOString()
          expect({ iso, source }).toEqual({ iso: null, source: 'relative' })
          expect(from !== null && from <= moment).toBe(true)
          expect(to !== null && to >= moment).toBe(true)
        },
      ),
    )
  })

  it('never reaches past the reading', () => {
    expect(timeFromAge('0 seconds ago', 0, 'second', now).to).toBe(now.toISOString())
  })

  it('keeps only what is shown when the number is absurd', () => {
    expect(timeFromAge('9000000 years ago', 9_000_000, 'year', now)).toEqual({
      ...unknownTime,
      asShown: '9000000 years ago',
    })
  })
})

describe('settleTime', () => {
  const shown = timeFromAge('3h', 3, 'hour', now)

  it("keeps the id's moment inside the window of the shown age", () => {
    const inside = '2026-11-22T09:10:00.000Z'
    expect(settleTime(shown, inside)).toEqual(exactTime('id', inside, '3h'))
  })

  it('keeps the window when the id says otherwise', () => {
    expect(settleTime(shown, '2026-11-14T09:10:00.000Z')).toBe(shown)
  })

  it('takes the moment alone when nothing is shown, and what is shown when the id has none', () => {
    const moment = '2026-11-14T09:10:00.123Z'
    expect(settleTime(unknownTime, moment)).toEqual(exactTime('id', moment, null, 'millisecond'))
    expect(settleTime(shown, null)).toBe(shown)
  })
})
