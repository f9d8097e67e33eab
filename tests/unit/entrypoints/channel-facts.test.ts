import { describe, expect, it } from 'vitest'
import { clocksOf } from '../../../entrypoints/shared/channel-facts'
import { duesOf, noClocks } from '../../../utils/ledger/clocks'
import type { Filing } from '../../../utils/model/ledger'
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
