import { describe, expect, it } from 'vitest'
import { isAlike, sharedRows } from '../../../utils/capture/join-slices'

const slice = (top: number, height: number, width = 600) => ({
  top,
  rect: { x: 0, y: 0, width, height },
})
const rgba = (pixels: number, colour: number): number[] => Array.from({ length: pixels * 4 }, () => colour)

describe('two slices of a tall post', () => {
  it('share the rows that both show, counted from the top of the post', () => {
    expect(sharedRows(slice(0, 700), slice(676, 700))).toEqual({ top: 676, rows: 24 })
    // The last slice cannot be scrolled any higher and shows more of the one before.
    expect(sharedRows(slice(676, 700), slice(700, 700))).toEqual({ top: 700, rows: 676 })
  })

  it('share nothing when one begins below the other, or is of another width', () => {
    expect(sharedRows(slice(0, 700), slice(700, 700))).toBeNull()
    expect(sharedRows(slice(0, 700), slice(676, 700, 590))).toBeNull()
  })

  it('are alike with a few pixels that moved, and not with many', () => {
    const still = rgba(1_000, 255)
    const few = still.map((colour, at) => (at < 20 * 4 ? 0 : colour))
    const many = still.map((colour, at) => (at < 21 * 4 ? 0 : colour))
    expect(isAlike(still, few)).toBe(true)
    expect(isAlike(still, many)).toBe(false)
  })

  it('are alike when letters are smoothed a little differently', () => {
    expect(isAlike(rgba(100, 200), rgba(100, 160))).toBe(true)
    expect(isAlike(rgba(100, 200), rgba(100, 159))).toBe(false)
  })
})
