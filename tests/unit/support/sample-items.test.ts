import { describe, expect, it } from 'vitest'
import { Case } from '../../../utils/model/case'
import { Assessment, Item } from '../../../utils/model/item'
import { sampleCase, sampleItem } from '../../support/sample-items'

describe('sample items', () => {
  it('fit the schemas', () => {
    const opened = sampleItem({ assessment: {} })
    expect(Item.parse(opened.item)).toEqual(opened.item)
    expect(Assessment.parse(opened.assessment)).toEqual(opened.assessment)
    expect(Case.parse(sampleCase([opened])).itemIds).toEqual([opened.item.id])
  })

  it('are the same for the same seed and differ for another', () => {
    expect(sampleItem({ seed: 2 })).toEqual(sampleItem({ seed: 2 }))
    expect(sampleItem({ seed: 2 }).item.id).not.toBe(sampleItem({ seed: 3 }).item.id)
  })
})
