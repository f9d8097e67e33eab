import { describe, expect, it } from 'vitest'
import { authorisationLine, Case, consentTo } from '../../../utils/model/case'

/** A case as the first version wrote it: none of the later facts. */
const stored = {
  id: '0'.repeat(32),
  createdAt: '2026-01-02T03:04:05.000Z',
  changedAt: '2026-01-02T03:04:05.000Z',
  title: 'Letters',
  itemIds: [],
  narrative: 'They write every day.',
  types: ['harassment'],
  reporterRole: 'organisation',
  reporterName: '',
  reporterEmail: '',
  organisation: '',
  attackedName: '',
  attackedHandles: '',
  authorisation: 'in writing',
  country: '',
  provision: '',
  reasons: '',
  isGoodFaith: false,
}

describe('a case', () => {
  it('of the first version still opens, unchanged', () => {
    expect(Case.parse(stored)).toEqual(stored)
  })

  it('keeps every later fact, and refuses an act or a day that there is not', () => {
    const facts = {
      authorisedBy: 'Nadira Veleno',
      authorisedOn: '2026-02-29',
      consent: { platform: true, 'un-public': false },
      grounds: ['gender', 'human-rights-work'],
      rabat: { intent: 'It calls for more.' },
    }
    expect(Case.parse({ ...stored, ...facts })).toEqual({ ...stored, ...facts })
    expect(Case.safeParse({ ...stored, consent: { everybody: true } }).success).toBe(false)
    expect(Case.safeParse({ ...stored, authorisedOn: '12 May' }).success).toBe(false)
  })

  it('puts the authorisation on one line, without holes', () => {
    const owner = Case.parse({ ...stored, authorisedBy: ' Nadira Veleno ', authorisedFor: 'platforms' })
    expect(authorisationLine(owner)).toBe('Nadira Veleno, platforms, in writing')
    expect(authorisationLine(Case.parse({ ...stored, authorisation: ' ' }))).toBe('')
  })

  it('never takes silence for consent', () => {
    const owner = Case.parse({ ...stored, consent: { platform: true, police: false } })
    expect([consentTo(owner, 'platform'), consentTo(owner, 'police'), consentTo(owner, 'company')]).toEqual([
      true,
      false,
      null,
    ])
    expect(consentTo(Case.parse(stored), 'platform')).toBeNull()
  })
})
