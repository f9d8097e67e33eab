import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  csvCell,
  publishStatistics,
  smallestCell,
  statisticsCsv,
  statisticsJson,
} from '../../../utils/ledger/statistics'
import { answerTimes, countFilings, mergeTallies, sumTallies } from '../../../utils/ledger/tallies'
import { type Tally, TallyFile, type TallyRow } from '../../../utils/model/ledger'
import { on, sampleFiling } from './sample-filings'

const row = fc
  .record({
    platform: fc.constantFrom('alpha', 'beta', ''),
    channelId: fc.constantFrom('one', 'two', 'three'),
    unanswered: fc.nat(12),
    days: fc.array(fc.nat(40), { maxLength: 12 }),
    actedOn: fc.nat(12),
    appealsDecided: fc.nat(9),
    appealsWon: fc.nat(9),
  })
  .map(({ platform, channelId, unanswered, days, actedOn, appealsDecided, appealsWon }): TallyRow => {
    const answerDays: Record<string, number> = {}
    for (const day of days) answerDays[day] = (answerDays[day] ?? 0) + 1
    return {
      platform,
      channelId,
      filed: unanswered + days.length,
      answered: days.length,
      actedOn: Math.min(actedOn, days.length),
      answerDays,
      appealsDecided,
      appealsWon: Math.min(appealsWon, appealsDecided),
    }
  })
const tally = fc.record({
  source: fc.constantFrom('0', '1', '2', '3').map((sign) => sign.repeat(16)),
  madeAt: fc.constantFrom('2026-11-20T00:00:00.000Z', '2026-11-21T00:00:00.000Z'),
  rows: fc.uniqueArray(row, { selector: ({ platform, channelId }) => `${platform} ${channelId}` }),
}) satisfies fc.Arbitrary<Tally>
const tallies = fc.array(tally, { maxLength: 5 })

describe('counting a ledger', () => {
  it('counts by platform and channel, answers in days from the filing', () => {
    const answer = (day: string, decision: 'acted' | 'refused') => ({ at: on(day), decision, note: '' })
    const appeal = {
      route: 'receiver' as const,
      at: on('2026-09-10'),
      reference: '',
      answer: answer('2026-10-01', 'acted'),
    }
    const rows = countFilings([
      sampleFiling({ answer: answer('2026-09-02', 'refused'), appeals: [appeal] }),
      sampleFiling({ answer: answer('2026-09-10', 'acted') }),
      sampleFiling(),
      sampleFiling({ platforms: [], channelId: 'helpline' }),
    ])
    expect(rows).toEqual([
      {
        platform: '',
        channelId: 'helpline',
        filed: 1,
        answered: 0,
        actedOn: 0,
        answerDays: {},
        appealsDecided: 0,
        appealsWon: 0,
      },
      {
        platform: 'sample',
        channelId: 'sample-form',
        filed: 3,
        answered: 2,
        actedOn: 2,
        answerDays: { 2: 1, 10: 1 },
        appealsDecided: 1,
        appealsWon: 1,
      },
    ])
  })

  it('counts an appeal that won a part, and no day before the filing', () => {
    const [counted] = countFilings([
      sampleFiling({
        filed: on('2026-09-10'),
        answer: { at: on('2026-09-08'), decision: 'refused', note: '' },
        appeals: [
          {
            route: 'receiver',
            at: on('2026-09-20'),
            reference: '',
            answer: { at: on('2026-10-01'), decision: 'partly', note: '' },
          },
        ],
      }),
    ])
    expect(counted).toMatchObject({ answerDays: { 0: 1 }, appealsDecided: 1, appealsWon: 1 })
  })

  it('shows a row with just as many filings as the smallest cell, and none with one fewer', () => {
    const filings = (count: number) => countFilings(Array.from({ length: count }, () => sampleFiling()))
    expect(publishStatistics(filings(smallestCell))).toMatchObject({ heldBackRows: 0, rows: [{ filed: 5 }] })
    expect(publishStatistics(filings(smallestCell - 1))).toMatchObject({ heldBackRows: 1, rows: [] })
  })

  it('finds the middle and the slowest answer', () => {
    expect(answerTimes({})).toBeNull()
    expect(answerTimes({ 3: 1 })).toEqual({ median: 3, slowest: 3 })
    expect(answerTimes({ 10: 1, 2: 1 })).toEqual({ median: 6, slowest: 10 })
    expect(answerTimes({ 1: 3, 100: 1 })).toEqual({ median: 1, slowest: 100 })
    fc.assert(
      fc.property(fc.array(fc.nat(60), { minLength: 1, maxLength: 25 }), (days) => {
        const counts: Record<string, number> = {}
        for (const day of days) counts[day] = (counts[day] ?? 0) + 1
        const sorted = [...days].sort((one, other) => one - other)
        const middle = ((sorted[(days.length - 1) >> 1] ?? 0) + (sorted[days.length >> 1] ?? 0)) / 2
        expect(answerTimes(counts)).toEqual({ median: middle, slowest: sorted.at(-1) })
      }),
      { numRuns: 200, seed: 7 },
    )
  })
})

describe('merging lockers', () => {
  it('gives the same in any order and grouping, and never counts twice', () => {
    fc.assert(
      fc.property(tallies, tallies, tallies, (one, two, three) => {
        const merged = mergeTallies(one, two, three)
        expect(mergeTallies(mergeTallies(one, two), three)).toEqual(merged)
        expect(mergeTallies(one, mergeTallies(two, three))).toEqual(merged)
        expect(mergeTallies(three, one, two)).toEqual(merged)
        expect(mergeTallies(merged, one)).toEqual(merged)
        const filed = (rows: TallyRow[]) => rows.reduce((sum, { filed }) => sum + filed, 0)
        expect(filed(sumTallies(merged))).toBe(merged.reduce((sum, { rows }) => sum + filed(rows), 0))
      }),
      { numRuns: 300, seed: 8 },
    )
  })

  it('survives its own file', () => {
    fc.assert(
      fc.property(tallies, (list) => {
        const file = { kind: 'witnessmark-tallies', version: 1, tallies: mergeTallies(list) }
        expect(TallyFile.parse(JSON.parse(JSON.stringify(file)))).toEqual(file)
      }),
      { numRuns: 100, seed: 9 },
    )
  })
})

describe('publishing', () => {
  it('lets no number from 1 to 4 be seen, or worked out from a rest', () => {
    const isSmall = (count: number) => count > 0 && count < smallestCell
    fc.assert(
      fc.property(
        fc.uniqueArray(row, { selector: ({ platform, channelId }) => `${platform} ${channelId}` }),
        (all) => {
          const { rows, heldBackRows, total } = publishStatistics(all)
          expect(rows.length + heldBackRows).toBe(all.length)
          for (const shown of rows) {
            const { filed, answered, actedOn, appealsDecided, appealsWon } = shown
            expect(filed).toBeGreaterThanOrEqual(smallestCell)
            const parts: [number | null, number | null][] = [
              [answered, filed],
              [actedOn, filed],
              [actedOn, answered],
              [appealsWon, appealsDecided],
            ]
            for (const [part, whole] of parts) {
              if (part === null) continue
              expect(isSmall(part)).toBe(false)
              if (whole !== null) expect(isSmall(whole - part)).toBe(false)
            }
            const own = all.find(
              ({ platform, channelId }) => platform === shown.platform && channelId === shown.channelId,
            )
            expect(shown.medianDays !== null).toBe((own?.answered ?? 0) >= smallestCell)
          }
          expect(total.filed).toBe(rows.reduce((sum, { filed }) => sum + filed, 0))
          if (rows.some(({ answered }) => answered === null)) expect(total.answered).toBeNull()
        },
      ),
      { numRuns: 500, seed: 10 },
    )
  })

  it('writes numbers as they are, and leaves held back ones empty', () => {
    const statistics = publishStatistics([
      {
        platform: 'sample',
        channelId: 'sample-form',
        filed: 12,
        answered: 6,
        actedOn: 1,
        answerDays: { 1: 5, 9: 1 },
        appealsDecided: 0,
        appealsWon: 0,
      },
      {
        platform: 'sample',
        channelId: 'rare',
        filed: 4,
        answered: 0,
        actedOn: 0,
        answerDays: {},
        appealsDecided: 0,
        appealsWon: 0,
      },
    ])
    const nameOf = ({ platform }: { platform: string }) => ({ platform, channel: '=HYPERLINK("x"), a form' })
    expect(statisticsCsv(statistics, nameOf).split('\r\n')).toEqual([
      'platform,channel,filed,answered,acted_on,median_days,slowest_days,appeals_decided,appeals_won',
      `sample,"'=HYPERLINK(""x""), a form",12,6,,1,9,0,0`,
      '',
    ])
    expect(JSON.parse(statisticsJson(statistics, '2026-11-22T00:00:00.000Z'))).toMatchObject({
      smallestCell: 5,
      heldBackRows: 1,
      total: { filed: 12, answered: 6, actedOn: null },
    })
  })

  it('gives a spreadsheet no formula, whatever a name holds', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('=', '+', '-', '@', '\t=', ' =', '\u200f=', '＝', '|'),
        fc.string(),
        (sign, rest) => {
          expect(
            csvCell(sign + rest)
              .replace(/^"/, '')
              .startsWith("'"),
          ).toBe(true)
        },
      ),
      { numRuns: 200, seed: 11 },
    )
    expect([csvCell('X'), csvCell(-3), csvCell(null), csvCell('a\nb')]).toEqual(['X', '-3', '', '"a\nb"'])
  })
})
