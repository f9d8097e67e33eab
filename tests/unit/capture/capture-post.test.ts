import { beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { type CaptureQuestion, capturePost } from '../../../utils/capture/capture-post'
import type { PostPictures } from '../../../utils/capture/picture-post'
import type { Item } from '../../../utils/model/item'
import { samplePng, samplePost } from '../../support/sample-items'

const mocks = vi.hoisted(() => ({
  askPage: vi.fn<(tab: number, name: string) => Promise<unknown>>(),
  picturePost: vi.fn<() => Promise<unknown>>(),
  sealAndKeepItem: vi.fn(async (_: { item: Item }) => ({ ok: true, value: {} })),
}))
vi.mock('../../../utils/messages/trusted-end', async (original) => ({
  ...(await original<typeof import('../../../utils/messages/trusted-end')>()),
  askPage: mocks.askPage,
}))
vi.mock('../../../utils/capture/picture-post', async (original) => ({
  ...(await original<typeof import('../../../utils/capture/picture-post')>()),
  picturePost: mocks.picturePost,
}))
vi.mock('../../../utils/capture/redraw-post', () => ({
  redrawPost: async () => ({ ok: false, problem: { code: 'picture-failed' } }),
}))
vi.mock('../../../utils/capture/platform-clock', () => ({ askPlatformClock: async () => null }))
vi.mock('../../../utils/capture/tab-frames', () => ({
  withOthersHidden: (_: unknown, act: () => unknown) => act(),
  readFrameStates: async () => [],
  isRead: () => false,
}))
vi.mock('../../../utils/locker/keyring', () => ({
  publicHalf: async () => ({}),
  lockerState: async () => 'locked',
}))
vi.mock('../../../utils/locker/items', () => ({ sealAndKeepItem: mocks.sealAndKeepItem }))

const address = 'https://x.com/home'
const prepared = {
  reading: samplePost(),
  context: [],
  sources: [],
  reader: { platform: 'x', version: 1, reason: null, expected: null, isConfirmed: true },
  page: { address, canonical: null, title: 'Home', language: 'en', headings: [], times: [] },
  visibleText: samplePost().text ?? '',
  frame: { x: 0, y: 0, width: 24, height: 16 },
  avatar: null,
  band: { top: 0, bottom: 800 },
  offset: { x: 0, y: 0 },
  viewport: { width: 1280, height: 800 },
  pixelRatio: 1,
  actions: [],
}
const question: CaptureQuestion = {
  tabId: 3,
  windowId: 1,
  frameId: 0,
  choice: 1,
  origin: 'https://x.com',
  keepsMedia: false,
  group: null,
  recheck: null,
  trigger: 'pressed-mark',
}
const picture = { png: samplePng(), width: 24, height: 16, isBlank: false }
const oneWindow: PostPictures = {
  page: picture,
  post: picture,
  tiles: [],
  avatar: null,
  isWhole: true,
  isSteady: true,
}
const answered = { ok: true, value: { isSamePost: true, address } }

function pageAnswers(after: unknown): void {
  mocks.askPage.mockImplementation(async (_, name) => {
    if (name === 'preparePost') return { ok: true, value: prepared }
    if (name === 'snapshotPost') return { ok: true, value: { html: '<p>x</p>', dropped: {} } }
    return after
  })
}

function keptItem(): Item {
  const asked = mocks.sealAndKeepItem.mock.calls.at(-1)
  if (!asked) throw new Error('nothing was sealed')
  return asked[0].item
}

beforeEach(() => {
  fakeBrowser.reset()
  fakeBrowser.tabs.getZoom = vi.fn(async () => 1) as never
  fakeBrowser.tabs.get = vi.fn(async () => ({ incognito: false })) as never
  fakeBrowser.runtime.getManifest = vi.fn(() => ({ version: '0.1.0' })) as never
  mocks.sealAndKeepItem.mockClear()
  mocks.picturePost.mockResolvedValue({ ok: true, value: oneWindow })
})

describe('a capture', () => {
  it('has its pictures and says that the page stayed as it was', async () => {
    pageAnswers(answered)
    expect(await capturePost(question)).toMatchObject({
      ok: true,
      value: { method: 'pixels', isUnchanged: true, isGeneric: false },
    })
    expect(keptItem().collection.selfCheck.pageUnchanged).toBe(true)
  })

  it('is none where the page is of another origin than the browser names', async () => {
    pageAnswers(answered)
    const elsewhere = await capturePost({ ...question, origin: 'https://y.com' })
    expect(elsewhere).toMatchObject({ ok: false, problem: { code: 'page-changed' } })
    expect(mocks.picturePost).not.toHaveBeenCalled()
    expect(mocks.sealAndKeepItem).not.toHaveBeenCalled()
  })

  it('has no picture where the page was left meanwhile: it may be of the next page', async () => {
    pageAnswers({ ok: false, problem: { code: 'page-not-readable' } })
    expect(await capturePost(question)).toMatchObject({ value: { method: 'none', isUnchanged: false } })
    expect(keptItem().post.text).toBe(samplePost().text)
    expect(keptItem().collection.notRecorded).toContain('post-picture')
    // Slices were each confirmed by the page before it was left.
    const tiles = [picture, picture]
    mocks.picturePost.mockResolvedValue({ ok: true, value: { ...oneWindow, tiles } })
    expect(await capturePost(question)).toMatchObject({ value: { method: 'pixels', isUnchanged: false } })
  })

  it('keeps the picture of a post that has gone from a page that is still there', async () => {
    pageAnswers({ ok: false, problem: { code: 'post-gone' } })
    expect(await capturePost(question)).toMatchObject({ value: { method: 'pixels', isUnchanged: false } })
  })

  it('keeps the words where no picture can be had, for whatever reason', async () => {
    pageAnswers(answered)
    mocks.picturePost.mockRejectedValue(new Error('out of memory'))
    expect(await capturePost(question)).toMatchObject({ ok: true, value: { method: 'none' } })
    expect(keptItem().post.text).toBe(samplePost().text)
  })
})
