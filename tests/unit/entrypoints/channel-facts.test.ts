import { describe, expect, it } from 'vitest'
import { appealWays, clocksOf, filedName, knownText } from '../../../entrypoints/shared/channel-facts'
import { duesOf, noClocks } from '../../../utils/ledger/clocks'
import type { Filing } from '../../../utils/model/ledger'
import { wordsFor } from '../../../utils/words/translate'
import { on, sampleFiling } from '../ledger/sample-filings'

const refused: Filing['answer'] = { at: on('2026-09-05'), decision: 'refused', note: '' }
const dues = (channelId: string, patch: Partial<Filing> = {}) =>
  duesOf(sampleFiling({ channelId, ...patch }), clocksOf(channelId)).map(({ kind, day }) => `${kind} ${day}`)

describe('the clocks of the channels', () => {
  it('run from what the channels say', () => {
    const filed = on('2026-08-31', '09:00')
    expect(dues('us-take-it-down', { filed })).toEqual(['removal 2026-09-02'])
    expect(dues('le-preservation', { filed })).toContain('preservation 2026-11-29')
    expect(dues('eu-dsa-art21', { filed })).toContain('settlement 2026-11-29')
    expect(dues('bluesky-api', { answer: refused })).toEqual(['appeal 2026-09-19'])
    expect(dues('twitch-in-product', { answer: refused })).toEqual(['appeal 2027-03-04'])
    expect(dues('eu-dsa-art16', { answer: refused })).toEqual(['appeal 2027-03-05'])
  })

  it('are none for a channel of a later version', () => {
    expect(clocksOf('not-yet-known')).toEqual(noClocks)
  })
})

it('says how well an entry is known, with no date of the facts but the copy’s own', () => {
  const reviewedOn = '2026-11-22'
  const known = (evidence: 'verified' | 'secondary' | 'unverified', asOf: string | null) =>
    knownText({ evidence, asOf, reviewedOn }, wordsFor('en'))
  const reviewed = 'This entry was last compared with it on Nov 22, 2026.'
  expect(known('verified', '2026-07')).toBe(`Read at the source itself, in a copy of July 2026. ${reviewed}`)
  expect(known('verified', null)).toBe(`Read at the source itself, in an undated copy. ${reviewed}`)
  expect(known('secondary', '2023')).toMatch(
    /^Not confirmed at the source; read elsewhere, in a copy of 2023\./,
  )
  expect(known('secondary', null)).toMatch(
    /^Not confirmed at the source; read elsewhere, in an undated copy\./,
  )
  expect(known('unverified', '2026-07-22')).toBe('Not confirmed at the source.')
})

it('names what was reported where the channel is for more than one platform, once', () => {
  const words = wordsFor('en')
  const named = (channelId: string, platforms: string[]) =>
    filedName({ channelId, receiver: '', platforms }, words).replaceAll(/[\u2068\u2069]/g, '')
  expect(named('x-in-product', ['x'])).toBe('X: report in the app')
  expect(named('eu-dsa-art16', ['x', 'youtube'])).toMatch(/^EU: notice of illegal content .* · X, YouTube$/)
  expect(named('eu-dsa-art16', [''])).not.toContain('·')
})

it('says that a clock is the law of the EU, and counts its months as months', () => {
  const [due] = duesOf(sampleFiling({ channelId: 'eu-dsa-art16', answer: refused }), clocksOf('eu-dsa-art16'))
  expect(due).toMatchObject({ kind: 'appeal', isEuLaw: true })
  expect(appealWays('eu-dsa-art16', wordsFor('en'))[0]).toMatch(
    /at least six months from the decision, by EU law/,
  )
  const [own] = duesOf(sampleFiling({ channelId: 'bluesky-api', answer: refused }), clocksOf('bluesky-api'))
  expect(own).toMatchObject({ kind: 'appeal', isEuLaw: false })
  expect(appealWays('bluesky-api', wordsFor('en'))[0]).toMatch(/14 days from the decision/)
})
