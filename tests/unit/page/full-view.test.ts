import { describe, expect, it } from 'vitest'
import { createPassing, standOf } from '../../../utils/page/full-view'

const band = { top: 53, bottom: 800 }
const at = (y: number, height: number) => standOf({ x: 0, y, width: 600, height }, band)

describe('how a post stands in the free part of the window', () => {
  it('is whole from edge to edge, with a pixel of rounding', () => {
    expect(at(53, 747)).toBe('whole')
    expect(at(52.2, 748)).toBe('whole')
    expect(at(51, 120)).toBe('partly')
    expect(at(681, 121)).toBe('partly')
  })

  it('is out behind a header, below the window, and without any height', () => {
    expect(at(-100, 153)).toBe('out')
    expect(at(800, 120)).toBe('out')
    expect(at(300, 0)).toBe('out')
  })

  it('of a post taller than the window tells which end is seen', () => {
    expect(at(400, 2_000)).toBe('top')
    expect(at(-400, 2_000)).toBe('middle')
    expect(at(-1_500, 2_000)).toBe('bottom')
  })
})

describe('a post taller than the window', () => {
  it('counts when both its ends were seen, in whatever order', () => {
    const passing = createPassing()
    expect(passing.note('a', 'top')).toBe(false)
    expect(passing.note('a', 'middle')).toBe(false)
    expect(passing.note('b', 'bottom')).toBe(false)
    expect(passing.note('a', 'bottom')).toBe(true)
    expect(passing.note('a', 'middle')).toBe(true)
    expect(passing.note('b', 'top')).toBe(true)
  })

  it('begins anew when it was forgotten meanwhile', () => {
    const passing = createPassing()
    passing.note('a', 'top')
    passing.note('b', 'top')
    passing.keepOnly(new Set(['b']))
    expect(passing.note('a', 'bottom')).toBe(false)
    expect(passing.note('b', 'bottom')).toBe(true)
  })
})

it('a post that would fit counts only when it is whole', () => {
  const passing = createPassing()
  expect(passing.note('a', 'partly')).toBe(false)
  expect(passing.note('a', 'out')).toBe(false)
  expect(passing.note('a', 'whole')).toBe(true)
})
