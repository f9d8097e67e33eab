import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import locale from '../../../locales/en.json'
import type { ItemSummary } from '../../../utils/model/item'
import {
  browserName,
  healthReport,
  type ReaderFacts,
  readerHealth,
  troubleCodes,
} from '../../../utils/model/reader-health'

const readers: ReaderFacts[] = [
  { id: 'alpha', name: 'Alpha', version: 4, isConfirmed: true },
  { id: 'beta', name: 'Beta', version: 1, isConfirmed: false },
]
const about = {
  version: '0.1.0',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0 Safari/537.36',
}

function captured(capturedAt: string, reader: Partial<ItemSummary['reader']>) {
  return {
    capturedAt,
    recheck: null,
    reader: { platform: 'generic', version: 1, reason: null, expected: null, isConfirmed: true, ...reader },
  }
}

describe('the health of readers', () => {
  it('counts what was read and what was not, with the newest day of each', () => {
    const [alpha, beta] = readerHealth(readers, [
      captured('2026-11-20T10:00:00.000Z', { platform: 'alpha', version: 4 }),
      captured('2026-11-21T23:59:00.000Z', { platform: 'alpha', version: 3 }),
      captured('2026-11-19T10:00:00.000Z', { reason: 'reader-threw', expected: 'alpha' }),
      captured('2026-11-18T10:00:00.000Z', { reason: 'reader-found-nothing', expected: 'alpha' }),
      captured('2026-11-22T10:00:00.000Z', {}),
    ])
    expect(alpha).toEqual({
      ...readers[0],
      read: 2,
      generic: 2,
      lastReadAt: '2026-11-21',
      lastTrouble: { at: '2026-11-19', code: 'reader-threw', field: null },
    })
    expect(beta).toEqual({ ...readers[1], read: 0, generic: 0, lastReadAt: null, lastTrouble: null })
  })

  it('counts a post without its author as read, and as trouble', () => {
    const items = [
      captured('2026-11-20T10:00:00.000Z', { platform: 'alpha', reason: 'no-author' }),
      captured('2026-11-18T10:00:00.000Z', { reason: 'reader-threw', expected: 'alpha' }),
    ]
    expect(readerHealth(readers, items)[0]).toMatchObject({
      read: 1,
      generic: 1,
      lastTrouble: { at: '2026-11-20', code: 'no-author', field: null },
    })
  })

  it('does not blame the reader for a post that is gone when one looks again', () => {
    const gone = captured('2026-11-20T10:00:00.000Z', { reason: 'reader-found-nothing', expected: 'alpha' })
    const threw = captured('2026-11-19T10:00:00.000Z', { reason: 'reader-threw', expected: 'alpha' })
    const recheck = { itemId: 'a'.repeat(32), outcome: 'not-shown' as const }
    const items = [gone, threw].map((one) => ({ ...one, recheck }))
    expect(readerHealth(readers, items)[0]).toMatchObject({ generic: 1, lastTrouble: { at: '2026-11-19' } })
  })

  it('names the part of a refused reading only when it is one of ours', () => {
    const codeOf = (reason: string) =>
      readerHealth(readers, [captured('2026-11-19T10:00:00.000Z', { reason, expected: 'beta' })])[1]
        ?.lastTrouble
    expect(codeOf('reading refused: author.handle too_big')).toMatchObject({
      code: 'reading-refused',
      field: 'author',
    })
    expect(codeOf('reading refused: lenavasko invalid')).toMatchObject({
      code: 'reading-refused',
      field: null,
    })
    expect(codeOf('lenavasko wrote this')).toMatchObject({ code: 'other', field: null })
  })

  it('has words for every code', () => {
    for (const code of troubleCodes) expect(locale).toHaveProperty([`readers.reason.${code}`])
  })

  it('knows browsers by name and main version alone', () => {
    expect(browserName(about.userAgent)).toBe('Chrome 156')
    expect(browserName('Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0')).toBe(
      'Firefox 153',
    )
    expect(browserName('Mozilla/5.0 AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0')).toBe(
      'Edg 156',
    )
    expect(browserName('something else of lenavasko')).toBe('unknown')
  })
})

describe('the report', () => {
  it('says it in codes, counts and days', () => {
    const health = readerHealth(readers, [
      captured('2026-11-20T10:00:00.000Z', { platform: 'alpha' }),
      captured('2026-11-19T10:00:00.000Z', {
        reason: 'reading refused: counts.* too_big',
        expected: 'beta',
      }),
    ])
    expect(healthReport(health, about)).toBe(
      [
        'tool: Witnessmark 0.1.0',
        'browser: Chrome 156',
        'alpha 4; confirmed; read 1; generic 0; last read 2026-11-20; last trouble none',
        'beta 1; not confirmed; read 0; generic 1; last read never; last trouble 2026-11-19 reading-refused counts',
        '',
      ].join('\n'),
    )
  })

  it('lets nothing of an item through but the day, whatever stands where', () => {
    // Every text of a summary carries this; none of it may come out.
    const secret = 'zqx'
    const tainted = fc.string({ maxLength: 12 }).map((text) => `${secret}${text}`)
    const mixed = fc.oneof(
      tainted,
      fc
        .tuple(
          fc.constantFrom(...troubleCodes, 'reading refused: ', 'reading refused: text ', 'alpha'),
          tainted,
        )
        .map(([code, text]) => `${code}${text}`),
    )
    const summary: fc.Arbitrary<ItemSummary> = fc.record({
      id: tainted,
      platform: tainted,
      kind: tainted,
      postId: tainted,
      authorHandle: tainted,
      authorName: tainted,
      text: tainted,
      permalink: tainted,
      postedAt: tainted,
      capturedAt: fc
        .date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
        .map((date) => date.toISOString()),
      method: fc.constantFrom('pixels', 'redrawn', 'none'),
      reader: fc.record({
        platform: fc.oneof(fc.constantFrom('alpha', 'beta', 'generic'), tainted),
        version: fc.nat(),
        reason: fc.oneof(fc.constant(null), mixed),
        expected: fc.oneof(fc.constantFrom(null, 'alpha', 'beta'), tainted),
        isConfirmed: fc.constantFrom(true, false, null),
      }),
      group: fc.constant(null),
      recheck: fc.constant(null),
      pictures: fc.array(fc.record({ sha256: tainted, likeness: tainted }), { maxLength: 2 }),
      types: fc.constant([]),
      note: tainted,
      caseIds: fc.array(tainted, { maxLength: 2 }),
      binnedAt: tainted,
    })
    fc.assert(
      fc.property(fc.array(summary, { maxLength: 12 }), (items) => {
        const report = healthReport(readerHealth(readers, items), about)
        expect(report).not.toContain(secret)
        const words = report.replace(/\d{4}-\d\d-\d\d/g, 'DAY').match(/[a-z-]+/gi) ?? []
        const known = new Set([
          ...'tool Witnessmark browser Chrome alpha beta confirmed not read generic last trouble'.split(' '),
          ...['never', 'none', 'DAY', 'text', ...troubleCodes],
        ])
        expect(words.filter((word) => !known.has(word))).toEqual([])
      }),
      { numRuns: 500, seed: 2611 },
    )
  })
})
