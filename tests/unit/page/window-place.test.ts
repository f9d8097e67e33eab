// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  bandInWindow,
  isCoveredAround,
  isInFrame,
  type Rect,
  seenAddress,
  shownPart,
  toWindow,
} from '../../../utils/page/window-place'

const own = { parent: window.parent, frameElement: window.frameElement }
const watch = 'https://www.youtube.com/watch?v=hR7mQ2vLk0s'

/** Puts our page into a frame of another one: a window of 1000 by 800, the frame drawn at this place. */
function putInFrame(box: Rect, { isCovered = () => false, ...more }: Frame = {}): void {
  const frame = Object.assign(document.createElement('iframe'), {
    getBoundingClientRect: () => box,
  })
  Object.defineProperties(frame, {
    offsetWidth: { value: more.ownWidth ?? box.width },
    offsetHeight: { value: more.ownHeight ?? box.height },
  })
  const proto = Object.create(Object.getPrototypeOf(frame), Object.getOwnPropertyDescriptors(frame))
  Object.setPrototypeOf(frame, proto)
  const page = { elementFromPoint: (x: number, y: number) => (isCovered(x, y) ? null : frame) }
  const around = {
    innerWidth: 1_000,
    innerHeight: 800,
    devicePixelRatio: 1,
    location: { href: watch },
    document: Object.create(page),
    getComputedStyle: () => ({
      borderLeftWidth: '5px',
      borderTopWidth: '5px',
      paddingLeft: '3px',
      paddingTop: '3px',
    }),
  }
  Object.assign(around, { parent: around })
  const frameElement = more.isForeign ? null : frame
  for (const [name, value] of Object.entries({ parent: around, frameElement }))
    Object.defineProperty(window, name, { value, configurable: true, writable: true })
}

type Frame = {
  isCovered?: (x: number, y: number) => boolean
  ownWidth?: number
  ownHeight?: number
  isForeign?: boolean
}

beforeEach(() => {
  Object.assign(window, { innerWidth: 400, innerHeight: 600 })
})
afterEach(() => {
  for (const [name, value] of Object.entries(own))
    Object.defineProperty(window, name, { value, configurable: true, writable: true })
})

describe('a page without a frame around it', () => {
  it('is the window itself', () => {
    const rect = { x: 10, y: -20, width: 300, height: 4_000 }
    expect(isInFrame()).toBe(false)
    expect(toWindow(rect)).toEqual(rect)
    expect(bandInWindow({ top: 40, bottom: 500 })).toEqual({ top: 40, bottom: 500 })
    expect(shownPart()).toEqual({ x: 0, y: 0, width: 400, height: 600 })
    expect(isCoveredAround(10, 10)).toBe(false)
  })
})

describe('a page in a frame', () => {
  it('begins where the frame draws it, within border and padding', () => {
    putInFrame({ x: 500, y: 100, width: 416, height: 616 })
    expect(isInFrame()).toBe(true)
    expect(seenAddress()).toBe(watch)
    expect(toWindow({ x: 10, y: 20, width: 300, height: 50 })).toEqual({
      x: 518,
      y: 128,
      width: 300,
      height: 50,
    })
    expect(bandInWindow({ top: 0, bottom: 600 })).toEqual({ top: 108, bottom: 708 })
  })

  it('shows nothing beyond the edges of the frame and of the window', () => {
    putInFrame({ x: 800, y: 500, width: 416, height: 616 })
    expect(shownPart()).toEqual({ x: 0, y: 0, width: 192, height: 292 })
    expect(toWindow({ x: 100, y: 20, width: 300, height: 50 })).toMatchObject({ x: 908, width: 92 })
    expect(bandInWindow({ top: 0, bottom: 600 })).toEqual({ top: 508, bottom: 800 })
    expect(toWindow({ x: 300, y: 20, width: 90, height: 50 }).width).toBe(0)
  })

  it('is counted as it is drawn where the page around makes it larger', () => {
    putInFrame({ x: 0, y: 0, width: 832, height: 1_232 }, { ownWidth: 416, ownHeight: 616 })
    expect(toWindow({ x: 10, y: 20, width: 300, height: 50 })).toEqual({
      x: 36,
      y: 56,
      width: 600,
      height: 100,
    })
  })

  it('is covered where the page around draws something else', () => {
    putInFrame({ x: 500, y: 100, width: 416, height: 616 }, { isCovered: (_, y) => y < 150 })
    expect(isCoveredAround(10, 20)).toBe(true)
    expect(isCoveredAround(10, 60)).toBe(false)
  })

  it('stands nowhere when a page around is of another origin', () => {
    putInFrame({ x: 500, y: 100, width: 416, height: 616 }, { isForeign: true })
    expect(toWindow({ x: 10, y: 20, width: 300, height: 50 }).width).toBe(0)
    expect(shownPart()).toMatchObject({ width: 0, height: 0 })
  })
})
