import { describe, expect, it } from 'vitest'
import { cutTile } from '../../../utils/capture/picture-post'
import type { Picture } from '../../../utils/capture/screenshot'
import type { PreparedPost } from '../../../utils/messages/protocol'

const picture = { png: new Uint8Array(), bitmap: { width: 2_000, height: 1_600 } } as unknown as Picture
const prepared = { viewport: { width: 1_000, height: 800 }, pixelRatio: 2 } as PreparedPost
const band = { top: 0, bottom: 800 }

describe('the part of a post in a picture of the window', () => {
  it('is where the page says the post stands, at device pixels', () => {
    const tile = cutTile(picture, { frame: { x: 600, y: 100, width: 300, height: 50 }, band }, prepared)
    expect(tile?.rect).toEqual({ x: 1_200, y: 200, width: 600, height: 100 })
  })

  it('never reaches beyond the picture, whatever the page says', () => {
    const tile = cutTile(picture, { frame: { x: 900, y: -20, width: 9_000, height: 9_000 }, band }, prepared)
    expect(tile?.rect).toEqual({ x: 1_800, y: 0, width: 200, height: 1_600 })
  })

  it('is none for a place beside, above or below the window, or without width', () => {
    for (const frame of [
      { x: 1_000, y: 10, width: 300, height: 50 },
      { x: -400, y: 10, width: 300, height: 50 },
      { x: 10, y: 900, width: 300, height: 50 },
      { x: 10, y: -60, width: 300, height: 50 },
      { x: 10, y: 10, width: 0, height: 50 },
    ])
      expect(cutTile(picture, { frame, band }, prepared)).toBeNull()
  })
})
