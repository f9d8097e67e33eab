import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type ChannelClocks,
  dueList,
  duesOf,
  isAnythingDue,
  nearnessOf,
  noClocks,
} from '../../../utils/ledger/clocks'
import { addDays } from '../../../utils/ledger/days'
import type { Filing } from '../../../utils/model/ledger'
import { on, sampleFiling } from './sample-filings'

const law: ChannelClocks = { appeal: { days: 180, basis: 'law', evidence: 'verified' }, clocks: [] }
const withClock = (id: ChannelClocks['clocks'][number]['id'], hours: number): ChannelClocks => ({
  ...noClocks,
  clocks: [{ id, hours, evidence: 'verified' }],
})
const refused = (day: string): Filing['answer'] => ({ at: on(day), decision: 'refused', note: '' })
const short = (filing: Filing, clocks: ChannelClocks) =>
  duesOf(filing, clocks).map(({ kind, whose, day }) => `${kind} ${whose} ${day}`)

describe('clocks', () => {
  it('ask again after two weeks where the channel has none of its own', () => {
    expect(short(sampleFiling(), noClocks)).toEqual(['follow-up yours 2026-09-14'])
    expect(short(sampleFiling(), withClock('removal', 48))).toEqual(['removal theirs 2026-09-03'])
    // Data that are kept are no answer.
    expect(short(sampleFiling(), withClock('preservation', 90 * 24))).toEqual([
      'preservation yours 2026-11-29',
      'follow-up yours 2026-09-14',
    ])
  })

  it('count six months of the law by the calendar, and days of a receiver as days', () => {
    const filing = sampleFiling({ answer: refused('2026-08-31') })
    expect(short(filing, law)).toEqual(['appeal yours 2027-02-28'])
    const two = (days: number): ChannelClocks => ({
      ...noClocks,
      appeal: { days, basis: 'receiver', evidence: 'verified' },
    })
    expect(short(filing, two(14))).toEqual(['appeal yours 2026-09-14'])
    expect(short(filing, two(180))).toEqual(['appeal yours 2027-02-27'])
    expect(short(filing, noClocks)).toEqual([])
  })

  it('count 48 hours as hours, also over a change of the clock, and 90 days as days', () => {
    const filed = on('2026-10-24', '12:00')
    const [removal] = duesOf(sampleFiling({ filed }), withClock('removal', 48))
    expect(removal?.at).toBe(Date.UTC(2026, 9, 26, 10))
    expect(removal?.day).toBe('2026-10-26')
    const [keeping] = duesOf(sampleFiling({ filed }), withClock('preservation', 90 * 24))
    expect(keeping).toMatchObject({ day: '2027-01-22', at: null, whose: 'yours' })
    // Without a time the whole day counts as not yet over.
    const [late] = duesOf(sampleFiling({ filed: on('2026-10-24') }), withClock('removal', 48))
    expect(late?.at).toBe(Date.UTC(2026, 9, 26, 22))
  })

  it('go on with what is kept for a time although an answer came, from its last renewal', () => {
    const renewed = on('2026-11-20')
    const filing = sampleFiling({ answer: refused('2026-09-05'), renewed })
    expect(short(filing, withClock('preservation', 90 * 24))).toEqual(['preservation yours 2027-02-18'])
    expect(short(filing, withClock('removal', 48))).toEqual([])
  })

  it('follow an appeal: the receiver, then a body out of court, then nothing more', () => {
    const appeal = { route: 'receiver' as const, at: on('2026-10-01'), reference: '', answer: null }
    const base = sampleFiling({ answer: refused('2026-09-05') })
    expect(short({ ...base, appeals: [appeal] }, law)).toEqual(['follow-up yours 2026-10-15'])
    const lost = { ...appeal, answer: refused('2026-10-20') }
    expect(short({ ...base, appeals: [lost] }, law)).toEqual(['out-of-court yours 2027-04-20'])
    expect(short({ ...base, appeals: [lost] }, noClocks)).toEqual([])
    const body = { ...appeal, route: 'out-of-court' as const, at: on('2026-11-01') }
    expect(short({ ...base, appeals: [lost, body] }, law)).toEqual(['settlement theirs 2027-01-30'])
    const refusedThere = { ...body, answer: refused('2026-12-01') }
    expect(short({ ...base, appeals: [lost, refusedThere] }, law)).toEqual([])
    const won = { ...body, answer: { at: on('2026-12-01'), decision: 'acted' as const, note: '' } }
    expect(short({ ...base, appeals: [lost, won] }, law)).toEqual([])
  })

  it('stop when the report was acted on, or closed', () => {
    const acted = { at: on('2026-09-05'), decision: 'acted' as const, note: '' }
    expect(short(sampleFiling({ answer: acted }), law)).toEqual([])
    expect(short(sampleFiling({ isClosed: true }), withClock('preservation', 90 * 24))).toEqual([])
  })
})

describe('how near a day is', () => {
  const [due] = duesOf(sampleFiling({ filed: on('2026-11-08') }), noClocks)
  const at = (iso: string, zone = 'Europe/Berlin') => due && nearnessOf(due, { ms: Date.parse(iso), zone })

  it('goes by the calendar where the person is', () => {
    expect(due?.day).toBe('2026-11-22')
    expect(at('2026-11-14T12:00:00Z')).toEqual({ state: 'later', days: 8 })
    expect(at('2026-11-15T12:00:00Z')).toEqual({ state: 'soon', days: 7 })
    expect(at('2026-11-21T22:59:00Z')).toEqual({ state: 'soon', days: 1 })
    expect(at('2026-11-21T23:00:00Z')).toEqual({ state: 'today', days: 0 })
    expect(at('2026-11-22T22:59:59Z')).toEqual({ state: 'today', days: 0 })
    expect(at('2026-11-22T23:00:00Z')).toEqual({ state: 'over', days: -1 })
    expect(at('2026-11-22T23:00:00Z', 'UTC')).toEqual({ state: 'today', days: 0 })
  })

  it('is over to the minute where hours are counted', () => {
    const [hours] = duesOf(sampleFiling({ filed: on('2026-11-20', '09:00') }), withClock('removal', 48))
    if (!hours) throw new Error('no clock')
    const near = (iso: string) => nearnessOf(hours, { ms: Date.parse(iso), zone: 'Europe/Berlin' })
    expect(near('2026-11-22T07:59:59Z')).toEqual({ state: 'today', days: 0 })
    expect(near('2026-11-22T08:00:00Z')).toEqual({ state: 'over', days: 0 })
  })
})

describe('the list of what is due', () => {
  it('is in order of days for any filings, and says whether anything is near', () => {
    const filing = fc.integer({ min: 0, max: 2_000 }).map((count) =>
      sampleFiling({
        id: count.toString(16).padStart(32, '0'),
        filed: on(addDays('2024-01-01', count)),
      }),
    )
    fc.assert(
      fc.property(fc.array(filing, { maxLength: 30 }), (filings) => {
        const list = dueList(filings, () => noClocks)
        expect(list.length).toBe(filings.length)
        const days = list.map(({ day }) => day)
        expect(days).toEqual([...days].sort())
        const now = { ms: Date.UTC(2027, 0), zone: 'UTC' }
        const near = filings.some(({ filed }) => addDays(filed.day, 14) <= '2027-01-08')
        expect(isAnythingDue(list, now)).toBe(near)
      }),
      { numRuns: 100, seed: 5 },
    )
  })
})
