import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeText, foldLine, writeCalendar } from '../../../utils/ledger/calendar'
import { duesOf, noClocks } from '../../../utils/ledger/clocks'
import type { Due } from '../../../utils/model/ledger'
import { on, sampleFiling } from './sample-filings'

const octets = (text: string) => new TextEncoder().encode(text).length
const unfold = (text: string) => text.replaceAll('\r\n ', '')
const now = Date.UTC(2026, 10, 22, 12, 13, 14)

describe('folding', () => {
  it('keeps every line within 75 octets and loses nothing, whatever the script', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        const line = `SUMMARY:${escapeText(text)}`
        const folded = foldLine(line)
        expect(folded.endsWith('\r\n')).toBe(true)
        for (const one of folded.slice(0, -2).split('\r\n')) expect(octets(one)).toBeLessThanOrEqual(75)
        expect(unfold(folded)).toBe(`${line}\r\n`)
      }),
      { numRuns: 300, seed: 6 },
    )
  })

  it('leaves 75 octets on one line and puts the 76th on the next', () => {
    expect(foldLine('x'.repeat(75))).toBe(`${'x'.repeat(75)}\r\n`)
    expect(foldLine('x'.repeat(76))).toBe(`${'x'.repeat(75)}\r\n x\r\n`)
    expect(foldLine(`${'x'.repeat(74)}ع`)).toBe(`${'x'.repeat(74)}\r\n ع\r\n`)
  })

  it('lets no text begin a line of its own', () => {
    expect(escapeText('a;b,c\\d\r\nEND:VEVENT\u0000')).toBe('a\\;b\\,c\\\\d\\nEND:VEVENT')
  })
})

describe('the calendar', () => {
  const dues: Due[] = [
    ...duesOf(sampleFiling({ filed: on('2028-02-14'), receiver: 'Sample platform' }), noClocks),
    ...duesOf(sampleFiling({ id: 'b'.repeat(32), filed: on('2026-10-24'), channelId: 'sample-secret' }), {
      ...noClocks,
      clocks: [{ id: 'removal', hours: 48, evidence: 'verified' }],
    }),
  ]
  const text = writeCalendar({ dues, title: 'Reminder', now })

  it('has one whole day for each thing due, across the leap day', () => {
    expect(text.match(/BEGIN:VEVENT\r\n/g)).toHaveLength(2)
    expect(text).toContain('DTSTART;VALUE=DATE:20280228\r\nDTEND;VALUE=DATE:20280229\r\n')
    expect(text).toContain('DTSTART;VALUE=DATE:20261026\r\nDTEND;VALUE=DATE:20261027\r\n')
    expect(text).toContain('DTSTAMP:20261122T121314Z\r\n')
    expect(new Set(text.match(/UID:.*/g)).size).toBe(2)
  })

  it('keeps two days of one filing apart', () => {
    const filing = sampleFiling({ filed: on('2026-10-24') })
    const clocks = [{ id: 'preservation', hours: 90 * 24, evidence: 'verified' }] as const
    const two = writeCalendar({ dues: duesOf(filing, { ...noClocks, clocks }), title: 'Reminder', now })
    expect(two.match(/UID:.*/g)).toHaveLength(2)
    expect(new Set(two.match(/UID:.*/g)).size).toBe(2)
  })

  it('tells nobody what it is about', () => {
    expect(text).not.toMatch(/sample|removal|witness|follow|report|case/i)
  })

  it('asks each program that shares a calendar to keep every event to its owner, and blocks no time', () => {
    for (const line of ['CLASS:PRIVATE', 'TRANSP:TRANSPARENT'])
      expect(text.split(`\r\n${line}\r\n`)).toHaveLength(3)
  })

  it('is the same for the same things due, so that a second import changes nothing', () => {
    expect(writeCalendar({ dues, title: 'Reminder', now })).toBe(text)
  })
})
