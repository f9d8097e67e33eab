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

  it('has no field for what cannot be filled in', () => {
    expect(fieldsToAsk(['permalink', 'something-new'])).toEqual([
      { name: 'permalink', fields: [] },
      { name: 'something-new', fields: [] },
    ])
  })
})
