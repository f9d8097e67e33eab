import { describe, expect, it } from 'vitest'
import { decisionToAppeal, repeatedBy, stateOf, wasActedOn } from '../../../utils/ledger/filings'
import type { Filing } from '../../../utils/model/ledger'
import { on, sampleFiling } from './sample-filings'

const one = '1'.repeat(32)
const two = '2'.repeat(32)
const refused = { at: on('2026-09-05'), decision: 'refused' as const, note: '' }

describe('a filing', () => {
  it('waits, is answered, is appealed, is closed', () => {
    const appeal = { route: 'receiver' as const, at: on('2026-09-06'), reference: '', answer: null }
    expect(stateOf(sampleFiling())).toBe('waiting')
    expect(stateOf(sampleFiling({ answer: refused }))).toBe('answered')
    expect(stateOf(sampleFiling({ answer: refused, appeals: [appeal] }))).toBe('appealing')
    expect(stateOf(sampleFiling({ answer: refused, appeals: [{ ...appeal, answer: refused }] }))).toBe(
      'answered',
    )
    expect(stateOf(sampleFiling({ isClosed: true }))).toBe('closed')
  })

  it('was acted on when the answer or an appeal says so', () => {
    const acted = { ...refused, decision: 'acted' as const }
    const appeal = { route: 'receiver' as const, at: on('2026-09-06'), reference: '', answer: acted }
    expect(wasActedOn(sampleFiling())).toBe(false)
    expect(wasActedOn(sampleFiling({ answer: refused }))).toBe(false)
    expect(wasActedOn(sampleFiling({ answer: refused, appeals: [appeal] }))).toBe(true)
    expect(wasActedOn(sampleFiling({ answer: { ...refused, decision: 'partly' } }))).toBe(true)
  })
})

describe('the decision to appeal', () => {
  it('is the newest of the case that was not what was asked for', () => {
    const caseId = 'e'.repeat(32)
    const of = (day: string, patch: Partial<Filing> = {}) =>
      sampleFiling({ caseId, reference: day, answer: { ...refused, at: on(day) }, ...patch })
    const acted = { at: on('2026-12-01'), decision: 'acted' as const, note: '' }
    const filings = [
      of('2026-09-05'),
      of('2026-10-05'),
      of('2026-11-05', { caseId: null }),
      of('2026-12-01', { answer: acted }),
    ]
    expect(decisionToAppeal(filings, caseId)).toEqual({
      decisionBy: 'Sample',
      decisionReference: '2026-10-05',
      decisionOn: '2026-10-05',
    })
    expect(decisionToAppeal([sampleFiling({ caseId })], caseId)).toBeNull()
  })
})

describe('filing twice', () => {
  const filings = [
    sampleFiling({ itemIds: [one] }),
    sampleFiling({ id: 'b'.repeat(32), channelId: 'sample-other', itemIds: [one, two] }),
    sampleFiling({ id: 'c'.repeat(32), channelId: 'helpline', receiver: 'Helpers', itemIds: [one] }),
  ]

  it('finds the same channel and the same receiver, and leaves others alone', () => {
    const repeated = repeatedBy(filings, { channelId: 'sample-form', receiver: 'Sample', itemIds: [one] })
    expect(repeated.same.map(({ id }) => id)).toEqual(['a'.repeat(32)])
    expect(repeated.sameReceiver.map(({ id }) => id)).toEqual(['b'.repeat(32)])
    expect(repeated.itemCount).toBe(1)
  })

  it('finds nothing for items that were never filed there', () => {
    const none = { same: [], sameReceiver: [], itemCount: 0 }
    expect(repeatedBy(filings, { channelId: 'x', receiver: 'Nobody', itemIds: [one, two] })).toEqual(none)
    expect(repeatedBy([], { channelId: 'sample-form', receiver: 'Sample', itemIds: [one] })).toEqual(none)
  })
})
