import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { isSmallEnough } from '../../../entrypoints/locker/row-pictures'
import type { OpenLocker } from '../../../utils/locker/keyring'
import { openRowPicture } from '../../../utils/locker/row-picture'
import { sampleId, samplePart } from '../../support/sample-items'
import { capture, expectValue, makeLocker, startFresh } from './locker-under-test'

let open: OpenLocker

beforeEach(async () => {
  await startFresh()
  open = await makeLocker()
})

const png = { mediaType: 'image/png' } as const

describe('the picture of a row', () => {
  it('is the one of the post, else the page around it', async () => {
    const page = samplePart({ name: 'page.png', role: 'page', ...png }, new Uint8Array([1]))
    const post = samplePart({ name: 'screenshot.png', role: 'screenshot', ...png }, new Uint8Array([2]))
    await capture({ seed: 1, parts: [page, post] })
    await capture({ seed: 2, parts: [page] })
    expect(expectValue(await openRowPicture(open, sampleId(1))).record.name).toBe('screenshot.png')
    expect(expectValue(await openRowPicture(open, sampleId(2))).record.name).toBe('page.png')
  })

  it('is none where none was kept', async () => {
    await capture({ seed: 3, parts: [] })
    expect(await openRowPicture(open, sampleId(3))).toMatchObject({ problem: { code: 'not-found' } })
  })
})

describe('what is decoded for a row', () => {
  const header = (width: number, height: number): Uint8Array => {
    const bytes = new Uint8Array(24)
    bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
    new DataView(bytes.buffer).setUint32(16, width)
    new DataView(bytes.buffer).setUint32(20, height)
    return bytes
  }

  it.each([
    ['a picture of a post', header(1_200, 9_000), true],
    ['one that unpacks to gigabytes', header(60_000, 60_000), false],
    ['one without area', header(0, 10), false],
    ['something else than PNG', new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>'), false],
    ['a cut one', header(10, 10).slice(0, 20), false],
  ])('%s: %s', (_, bytes, is) => {
    expect(isSmallEnough(bytes)).toBe(is)
  })
})
