import { describe, expect, it } from 'vitest'
import { startLightening } from '../../../utils/bundle/lighten'
import type { OpenedItem } from '../../../utils/model/item'
import { sampleItem } from '../../support/sample-items'

const kept = (opened: OpenedItem) =>
  opened.parts.filter((part) => part.bytes.length > 0).map((part) => part.record.name)

describe('startLightening', () => {
  it('keeps the picture of the post alone, and every record', () => {
    const opened = sampleItem()
    const light = startLightening()(opened)
    expect(kept(light)).toEqual(['screenshot.png'])
    expect(light.parts.map((part) => part.record)).toEqual(opened.item.parts)
    expect(kept(opened)).toHaveLength(4)
  })

  it('keeps the page where there is no picture of the post', () => {
    const whole = sampleItem()
    const parts = whole.parts.filter((part) => part.record.role !== 'screenshot')
    expect(kept(startLightening()({ ...whole, parts }))).toEqual(['page.png'])
  })

  it('keeps none once the budget is used up', () => {
    const size = sampleItem().parts[0]?.bytes.length ?? 0
    const lighten = startLightening(size * 2 + 1)
    expect([1, 2, 3].map((seed) => kept(lighten(sampleItem({ seed }))).length)).toEqual([1, 1, 0])
  })
})
