import { describe, expect, it } from 'vitest'
import { startLightening } from '../../../utils/bundle/lighten'
import { sampleItem } from '../../support/sample-items'

const name = (budget?: number) => {
  const lighten = startLightening(budget)
  return (...args: Parameters<typeof lighten>) => lighten(...args).picture?.record.name ?? null
}

describe('startLightening', () => {
  it('names the picture of the post, and keeps every record but no bytes', () => {
    const whole = sampleItem()
    const { opened, picture } = startLightening()(whole)
    expect(picture).toBe(whole.parts[0])
    expect(opened.parts.map((part) => part.record)).toEqual(whole.item.parts)
    const held = [opened.itemBytes, opened.salt, ...opened.parts.map((part) => part.bytes)]
    expect(held.reduce((sum, bytes) => sum + bytes.length, 0)).toBe(0)
    expect(whole.parts.every((part) => part.bytes.length > 0)).toBe(true)
  })

  it('keeps the page where there is no picture of the post', () => {
    const whole = sampleItem()
    const parts = whole.parts.filter((part) => part.record.role !== 'screenshot')
    expect(name()({ ...whole, parts })).toBe('page.png')
  })

  it('keeps none once the budget is used up', () => {
    const size = sampleItem().parts[0]?.bytes.length ?? 0
    const next = name(size * 2 + 1)
    expect([1, 2, 3].map((seed) => next(sampleItem({ seed })))).toEqual([
      'screenshot.png',
      'screenshot.png',
      null,
    ])
  })
})
