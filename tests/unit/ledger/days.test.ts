import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, addMonths, dayIn, daysBetween, momentOf, whenAt } from '../../../utils/ledger/days'

const day = fc.integer({ min: -200_000, max: 200_000 }).map((count) => addDays('2026-11-22', count))
const zones = [
  'UTC',
  'Europe/Berlin',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'America/Sao_Paulo',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Australia/Lord_Howe',
  'Africa/Cairo',
]
const zone = fc.constantFrom(...zones)
const moment = fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2040, 0) })

describe('calendar days', () => {
  it('know leap years', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29')
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01')
    expect(addDays('0099-12-31', 1)).toBe('0100-01-01')
  })

  it('add months to the last day where the month is shorter', () => {
    expect(addMonths('2026-08-31', 6)).toBe('2027-02-28')
    expect(addMonths('2027-08-31', 6)).toBe('2028-02-29')
    expect(addMonths('2028-02-29', 12)).toBe('2029-02-28')
    expect(addMonths('2026-11-22', 6)).toBe('2027-05-22')
    expect(addMonths('2026-01-15', -1)).toBe('2025-12-15')
  })

  it('count the same forwards and backwards', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -5_000, max: 5_000 }), (from, count) => {
        expect(daysBetween(from, addDays(from, count))).toBe(count)
        expect(addDays(addDays(from, count), -count)).toBe(from)
      }),
      { numRuns: 300, seed: 1 },
    )
  })

  it('keep the date when months are added, or take the last of the month', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 60 }), (from, months) => {
        const to = addMonths(from, months)
        const isLast = addDays(to, 1).endsWith('-01')
        expect(to.slice(8) === from.slice(8) || (isLast && to.slice(8) < from.slice(8))).toBe(true)
        const counted = (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12
        expect(counted + Number(to.slice(5, 7)) - Number(from.slice(5, 7))).toBe(months)
      }),
      { numRuns: 300, seed: 2 },
    )
  })
})

describe('moments', () => {
  it('are on another day in another zone', () => {
    const at = Date.UTC(2026, 10, 22, 23, 30)
    expect(dayIn('UTC', at)).toBe('2026-11-22')
    expect(dayIn('Asia/Beirut', at)).toBe('2026-11-23')
    expect(dayIn('America/Sao_Paulo', at)).toBe('2026-11-22')
    expect(dayIn('Pacific/Kiritimati', at)).toBe('2026-11-23')
    expect(dayIn('Nowhere/Atall', at)).toBe('2026-11-22')
  })

  it('take a time that the clock skips an hour later, and of two the first', () => {
    const berlin = (day: string, time: string | null) => momentOf({ day, time, zone: 'Europe/Berlin' })
    expect(berlin('2026-03-29', '02:30')).toBe(Date.UTC(2026, 2, 29, 1, 30))
    expect(berlin('2026-10-25', '02:30')).toBe(Date.UTC(2026, 9, 25, 0, 30))
    expect(berlin('2026-10-25', '12:00')).toBe(Date.UTC(2026, 9, 25, 11))
    // The day on which the clock is put forward has 23 hours.
    expect(berlin('2026-03-29', null) - berlin('2026-03-28', null)).toBe(23 * 3_600_000)
    // Beirut puts the clock forward at midnight: that day begins at one o'clock.
    expect(momentOf({ day: '2026-03-28', time: null, zone: 'Asia/Beirut' })).toBe(Date.UTC(2026, 2, 28, 22))
  })

  it('come back from day and time, to the minute, in every zone', () => {
    fc.assert(
      fc.property(moment, zone, (ms, zone) => {
        const minute = Math.floor(ms / 60_000) * 60_000
        const back = momentOf(whenAt(minute, zone))
        // The hour that comes twice in autumn: the first of the two.
        expect([0, 1_800_000, 3_600_000]).toContain(minute - back)
        expect(whenAt(back, zone)).toEqual(whenAt(minute, zone))
      }),
      { numRuns: 400, seed: 3 },
    )
  })

  it('lie on the day they are of', () => {
    fc.assert(
      fc.property(moment, zone, (ms, zone) => {
        expect(whenAt(ms, zone).day).toBe(dayIn(zone, ms))
      }),
      { numRuns: 200, seed: 4 },
    )
  })
})
