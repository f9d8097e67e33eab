import { describe, expect, it } from 'vitest'
import { fieldsToAsk } from '../../../components/export/missing-fields'

describe('fieldsToAsk', () => {
  it('shows a field once, with the first thing that needs it', () => {
    expect(fieldsToAsk(['types', 'category', 'law'])).toEqual([
      { name: 'types', fields: ['types'] },
      { name: 'category', fields: [] },
      { name: 'law', fields: ['country', 'provision'] },
    ])
  })

  it('finds the field of the same name, also of one act of consent and one Rabat question', () => {
    const names = ['whyFalse', 'decisionOn', 'isImminent', 'grounds', 'consent.un-public', 'rabat.intent']
    expect(fieldsToAsk(names)).toEqual(names.map((name) => ({ name, fields: [name] })))
    expect(fieldsToAsk(['consentUnPublic', 'urgency']).map(({ fields }) => fields)).toEqual([
      ['consent.un-public'],
      ['severity', 'isImminent', 'offlineRisk'],
    ])
    expect(fieldsToAsk(['authorisation'])).toEqual([
      { name: 'authorisation', fields: ['authorisedBy', 'authorisedOn', 'authorisedFor'] },
    ])
  })

  it('has no field for what cannot be filled in', () => {
    expect(fieldsToAsk(['permalink', 'something-new', 'consent.everybody', 'toString'])).toEqual([
      { name: 'permalink', fields: [] },
      { name: 'something-new', fields: [] },
      { name: 'consent.everybody', fields: [] },
      { name: 'toString', fields: [] },
    ])
  })
})
