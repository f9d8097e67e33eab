import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { takePicture } from '../../../utils/capture/screenshot'

const place = { tabId: 3, windowId: 1 }
const address = `data:image/png;base64,${btoa('pixels')}`

/** The tab in front at each look, the last one from then on; `onShot` runs while the picture is taken. */
function browserShows(fronts: { active: boolean; windowId: number }[], onShot = () => undefined) {
  const shots = vi.fn(async () => {
    onShot()
    return address
  })
  const left = [...fronts]
  vi.spyOn(fakeBrowser.tabs, 'get').mockImplementation(
    async () => ({ id: 3, ...(left.length > 1 ? left.shift() : left[0]) }) as never,
  )
  fakeBrowser.tabs.captureVisibleTab = shots as never
  return shots
}

const inFront = { active: true, windowId: 1 }

beforeEach(() => {
  fakeBrowser.reset()
  vi.stubGlobal('createImageBitmap', async () => ({ width: 1, height: 1 }))
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

describe('a picture', () => {
  it('is taken of the tab in front', async () => {
    browserShows([inFront])
    const picture = await takePicture(place)
    expect(picture.ok && new TextDecoder().decode(picture.value.png)).toBe('pixels')
  })

  it('is never taken while another tab, or another window, is in front', async () => {
    for (const front of [
      { active: false, windowId: 1 },
      { active: true, windowId: 2 },
    ]) {
      const shots = browserShows([front])
      expect(await takePicture(place)).toMatchObject({ ok: false, problem: { code: 'picture-failed' } })
      expect(shots).not.toHaveBeenCalled()
    }
  })

  it('is thrown away when another tab came in front meanwhile, even for a moment', async () => {
    browserShows([inFront, { active: false, windowId: 1 }])
    expect((await takePicture(place)).ok).toBe(false)
    browserShows([inFront], () => {
      void fakeBrowser.tabs.onActivated.trigger({ tabId: 9, windowId: 1 })
      return undefined
    })
    expect((await takePicture(place)).ok).toBe(false)
  })
})
