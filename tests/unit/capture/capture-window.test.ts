import { beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { keepSweptPost, pictureWindow } from '../../../utils/capture/capture-window'
import type { SweptPost } from '../../../utils/messages/protocol'
import type { Item } from '../../../utils/model/item'
import { samplePost } from '../../support/sample-items'

const sealAndKeepItem = vi.hoisted(() => vi.fn(async (_: { item: Item }) => ({ ok: true, value: {} })))
vi.mock('../../../utils/locker/items', async (original) => ({
  ...(await original<typeof import('../../../utils/locker/items')>()),
  sealAndKeepItem,
}))

const takePicture = vi.hoisted(() => vi.fn<() => Promise<unknown>>())
vi.mock('../../../utils/capture/screenshot', () => ({ takePicture }))
vi.mock('../../../utils/capture/tab-frames', () => ({
  withOthersHidden: (_: unknown, act: () => unknown) => act(),
}))
vi.mock('../../../utils/capture/crop', async (original) => ({
  ...(await original<typeof import('../../../utils/capture/crop')>()),
  crop: async () => ({ png: new Uint8Array(1), width: 600, height: 200, isBlank: false }),
}))

const address = 'https://x.com/home'
const post: SweptPost = {
  key: 'x:1',
  prepared: {
    reading: samplePost(),
    context: [],
    sources: [],
    reader: { platform: 'x', version: 1, reason: null, expected: null, isConfirmed: true },
    page: { address, canonical: null, title: 'Home', language: 'en', headings: [], times: [] },
    visibleText: samplePost().text ?? '',
    frame: { x: 0, y: 0, width: 600, height: 200 },
    avatar: null,
    band: { top: 0, bottom: 800 },
    offset: { x: 0, y: 0 },
    viewport: { width: 1280, height: 800 },
    pixelRatio: 1,
    actions: [],
  },
  html: null,
  readMsAgo: 7_000,
}
const place = { id: 'a'.repeat(32), group: { id: 'b'.repeat(32), kind: 'sweep' as const, position: 4 } }
const together = { tabId: 3, lockerWas: 'locked' as const, window: null }

async function kept(window: Parameters<typeof keepSweptPost>[2]['window'] = null): Promise<Item> {
  await keepSweptPost(post, place, { ...together, window })
  const asked = sealAndKeepItem.mock.calls.at(-1)
  if (!asked) throw new Error('nothing was sealed')
  return asked[0].item
}

beforeEach(() => {
  fakeBrowser.reset()
  fakeBrowser.tabs.getZoom = vi.fn(async () => 1) as never
  fakeBrowser.tabs.get = vi.fn(async () => ({ incognito: false })) as never
  fakeBrowser.runtime.getManifest = vi.fn(() => ({ version: '0.1.0' })) as never
  vi.useFakeTimers({ now: new Date('2026-11-22T12:00:07.000Z'), toFake: ['Date'] })
  return () => vi.useRealTimers()
})

describe('a post of a sweep', () => {
  it('bears the moment in which it was read, not that in which its turn came', async () => {
    expect((await kept()).captured.utc).toBe('2026-11-22T12:00:00.000Z')
  })

  it('is kept with its words where no picture counts for it, and says so', async () => {
    const { collection, post: read } = await kept()
    expect(read.text).toBe(samplePost().text)
    expect(collection.method).toBe('none')
    expect(collection.notRecorded).toEqual(
      expect.arrayContaining(['post-picture', 'page-picture', 'post-html']),
    )
    expect(collection.actions).toContain('swept-past')
  })

  it('says when the page had another address by the time of the picture', async () => {
    const window = { picture: null, held: [], address }
    expect((await kept(window)).collection.selfCheck.pageUnchanged).toBe(true)
    const elsewhere = { ...window, address: 'https://x.com/wren/status/1' }
    expect((await kept(elsewhere)).collection.selfCheck.pageUnchanged).toBe(false)
  })
})

describe('a post of a sweep with a picture', () => {
  const bitmap = { width: 1280, height: 800 } as ImageBitmap
  const window = { picture: { png: new Uint8Array(1), bitmap }, held: [true], address }
  const notRecorded = async (y: number) => {
    await keepSweptPost(
      { ...post, prepared: { ...post.prepared, frame: { x: 0, y, width: 600, height: 200 } } },
      place,
      { ...together, window },
    )
    return sealAndKeepItem.mock.calls.at(-1)?.[0].item.collection.notRecorded
  }

  it('says whether the picture shows all of it', async () => {
    expect(await notRecorded(100)).not.toContain('whole-post-picture')
    expect(await notRecorded(-1)).not.toContain('whole-post-picture')
    expect(await notRecorded(-50)).toContain('whole-post-picture')
    expect(await notRecorded(700)).toContain('whole-post-picture')
  })
})

describe('the picture of a window', () => {
  const question = { window: 5, count: 2 }
  const place = { tabId: 3, windowId: 1 }
  const close = vi.fn()
  const pageSays = (held: boolean[]) => {
    fakeBrowser.tabs.sendMessage = vi.fn(async () => ({ ok: true, value: { held, address } })) as never
  }
  beforeEach(() => {
    close.mockClear()
    takePicture.mockResolvedValue({ ok: true, value: { png: new Uint8Array(1), bitmap: { close } } })
  })

  it('counts for the posts that stayed where they were', async () => {
    pageSays([true, false])
    expect(await pictureWindow(place, question)).toMatchObject({ held: [true, false], address })
    expect(close).not.toHaveBeenCalled()
  })

  it('counts for none where the page speaks of another number of posts', async () => {
    pageSays([true])
    expect(await pictureWindow(place, question)).toEqual({ picture: null, held: [], address })
    expect(close).toHaveBeenCalledOnce()
  })

  it('is none where it cannot be taken', async () => {
    pageSays([true, true])
    takePicture.mockRejectedValue(new Error('the tab is gone'))
    expect(await pictureWindow(place, question)).toEqual({ picture: null, held: [], address })
  })
})
