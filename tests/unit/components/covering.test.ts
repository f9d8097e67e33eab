import { describe, expect, it } from 'vitest'
import { areaBetween, firstArea, withAreas, withSpan, withWord } from '../../../components/export/covering'
import type { Redaction } from '../../../utils/model/redaction'

const size = { width: 200, height: 100 }
const none: Redaction = {
  itemId: 'a'.repeat(32),
  changedAt: '2024-05-15T09:30:00.000Z',
  pictures: [],
  words: [],
  spans: [],
}

describe('covering', () => {
  it('makes whole pixels inside the picture of two corners, whichever is first', () => {
    const area = { x: 50, y: 20, width: 51, height: 60 }
    expect(areaBetween({ x: 0.25, y: 0.2 }, { x: 0.501, y: 0.8 }, size)).toEqual(area)
    expect(areaBetween({ x: 0.501, y: 0.8 }, { x: 0.25, y: 0.2 }, size)).toEqual(area)
    expect(areaBetween({ x: -1, y: -1 }, { x: 9, y: 9 }, size)).toEqual({ x: 0, y: 0, ...size })
    expect(areaBetween({ x: 0.5, y: 0.5 }, { x: 0.5, y: 0.5 }, size)).toBeNull()
  })

  it('begins with an area inside the smallest picture, too', () => {
    expect(firstArea({ width: 1, height: 1 })).toEqual({ x: 0, y: 0, width: 1, height: 1 })
    expect(firstArea({ width: 300, height: 90 })).toEqual({ x: 100, y: 30, width: 100, height: 30 })
  })

  it('lets a picture leave, and stay again', () => {
    const leaving = withAreas(none, 'page.png', [])
    expect(leaving.pictures).toEqual([{ name: 'page.png', areas: [] }])
    expect(withAreas(leaving, 'page.png', null).pictures).toEqual([])
  })

  it('takes words of two signs and more, each once, and stretches that have a length', () => {
    expect(withWord(['Zoe'], ' Mara ')).toEqual(['Zoe', 'Mara'])
    const words = ['Zoe']
    expect(withWord(words, 'Zoe')).toBe(words)
    expect(withWord(words, 'Z ')).toBe(words)
    expect(withSpan(none, { start: 3, end: 3 })).toBe(none)
    expect(withSpan(none, { start: 3, end: 5 }).spans).toEqual([{ start: 3, end: 5 }])
  })
})
