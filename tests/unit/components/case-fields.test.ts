import { describe, expect, it } from 'vitest'
import { groups, isFilled } from '../../../components/shared/case-fields'
import { newCase } from '../../../entrypoints/shared/new-records'

describe('the fields of a case', () => {
  it('stand in one group each', () => {
    const names = Object.values(groups).flat()
    expect(names.length).toBeGreaterThan(40)
    expect(new Set(names).size).toBe(names.length)
  })

  it('are all empty in a new case, but for what a statement needs', () => {
    const owner = newCase({ title: 'Letters' })
    const filled = Object.values(groups)
      .flat()
      .filter((name) => isFilled(owner, name))
    expect(filled).toEqual([])
  })

  it('are filled by an answer, also by a no', () => {
    const owner = {
      ...newCase({ title: 'Letters' }),
      isImminent: false,
      consent: { police: false },
      rabat: { intent: 'It calls for more.', speaker: ' ' },
      grounds: ['gender' as const],
    }
    expect(isFilled(owner, 'consent.police')).toBe(true)
    expect(isFilled(owner, 'consent.platform')).toBe(false)
    expect(isFilled(owner, 'rabat.intent')).toBe(true)
    expect(isFilled(owner, 'rabat.speaker')).toBe(false)
    expect(isFilled(owner, 'grounds')).toBe(true)
    expect(isFilled(owner, 'isImminent')).toBe(true)
  })
})
