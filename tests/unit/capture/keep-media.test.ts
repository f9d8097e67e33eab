import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { keepMedia } from '../../../utils/capture/keep-media'
import { samplePng } from '../../support/sample-items'

vi.mock('../../../utils/capture/likeness', () => ({ likenessOf: () => '0123456789abcdef' }))

const place = { tabId: 3, frameId: 0, choice: 1 }
const address = 'https://pictures.example/1'
const base64Of = (bytes: Uint8Array | string) => Buffer.from(bytes as string, 'latin1').toString('base64')
const png = { address, base64: Buffer.from(samplePng()).toString('base64'), way: 'loaded' }

function pageGives(result: unknown): void {
  fakeBrowser.scripting = { executeScript: vi.fn(async () => [{ result }]) } as never
}

beforeEach(() => {
  vi.stubGlobal('createImageBitmap', async () => ({ width: 24, height: 16, close: () => undefined }))
})
afterEach(() => vi.unstubAllGlobals())

describe('the original pictures of a post', () => {
  it('are kept byte for byte, with where they are from', async () => {
    pageGives({ media: [png], missed: 0 })
    const { media, isComplete } = await keepMedia(place)
    expect(isComplete).toBe(true)
    expect(media).toEqual([
      {
        bytes: new Uint8Array(samplePng()),
        mediaType: 'image/png',
        extension: 'png',
        width: 24,
        height: 16,
        address,
        way: 'loaded',
        likeness: '0123456789abcdef',
      },
    ])
  })

  it.each([
    ['GIF89a', 'image/gif'],
    ['RIFF\0\0\0\0WEBPVP8 ', 'image/webp'],
    ['\0\0\0\x1cftypavif', 'image/avif'],
    ['\xff\xd8\xff\xe0', 'image/jpeg'],
  ])('are of the form that their first bytes say: %j', async (start, mediaType) => {
    pageGives({ media: [{ ...png, base64: base64Of(start) }], missed: 0 })
    expect((await keepMedia(place)).media[0]?.mediaType).toBe(mediaType)
  })

  it.each([
    ['a sound', 'RIFF\0\0\0\0WAVEfmt '],
    ['a video', '\0\0\0\x1cftypisom'],
    ['a page', '<svg onload="x()"/>'],
  ])('are no others: %s is left out, and that is said', async (_, start) => {
    pageGives({ media: [png, { ...png, base64: base64Of(start) }], missed: 0 })
    const { media, isComplete } = await keepMedia(place)
    expect([media.length, isComplete]).toEqual([1, false])
  })

  it('are not complete where the page could not give one, or answers nonsense', async () => {
    pageGives({ media: [png], missed: 1 })
    expect(await keepMedia(place)).toMatchObject({ media: [{ address }], isComplete: false })
    pageGives({ media: 'all of them' })
    expect(await keepMedia(place)).toEqual({ media: [], isComplete: false })
  })
})
