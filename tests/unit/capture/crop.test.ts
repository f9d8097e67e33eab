import { describe, expect, it } from 'vitest'
import { devicePixel, deviceRect } from '../../../utils/capture/crop'

describe('cutting at device pixels', () => {
  it('takes no column of what stands beside the post, however the browser rounds', () => {
    // 190 and 1090 device pixels, as a window at 150 % tells them in sixty-fourths.
    const bounds = { width: 1_280, height: 813 }
    for (const x of [126.65625, 126.671875])
      expect(deviceRect({ x, y: 0, width: 600, height: 100 }, 1.5, bounds)).toMatchObject({
        x: 190,
        width: 900,
      })
  })

  it('keeps a pixel that the post fills in part', () => {
    const bounds = { width: 100, height: 100 }
    const rect = { x: 10.4, y: 20.4, width: 30.2, height: 5.2 }
    expect(deviceRect(rect, 1, bounds)).toEqual({ x: 10, y: 20, width: 31, height: 6 })
  })

  it('counts the same pixel for a place above the window as for one in it', () => {
    const scrolledBy = 1_000 / 1.5
    expect(devicePixel(80.4 - scrolledBy, 1.5)).toBe(devicePixel(80.4, 1.5) - 1_000)
  })
})
