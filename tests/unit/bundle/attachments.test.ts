import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AttachmentSource } from '../../../utils/bundle/attachment-files'
import { type CopyOrder, type CopyPicture, fitPicture } from '../../../utils/bundle/fit-picture'
import { asOpened, redactItem } from '../../../utils/bundle/redact-item'
import { verifyBundle } from '../../../utils/bundle/verify'
import { findChannel } from '../../../utils/channels/index'
import { fromUtf8 } from '../../../utils/crypto/bytes'
import type { AttachmentLimits, PlannedAttachment } from '../../../utils/model/attachment'
import type { OpenedItem } from '../../../utils/model/item'
import { problemOf } from '../../../utils/model/problem-error'
import { writeReport } from '../../../utils/reports/write-report'
import { wordsFor } from '../../../utils/words/translate'
import { forgeBundle, listFiles, sampleBundle, signedBundle } from '../../support/sample-bundle'
import { hexDigest, sampleBytes, sampleCase, sampleItem } from '../../support/sample-items'
import { samplePaint, sampleRedaction } from '../../support/sample-redaction'

type Bytes = Uint8Array<ArrayBuffer>
const none: AttachmentLimits = { maxCount: null, maxBytesEach: null, maxBytesTogether: null, types: null }
const second = fileURLToPath(new URL('../../support/verify_bundle.py', import.meta.url))
let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'attachments-'))
})

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** Stands for the browser: as many bytes as so many pixels of that quality might have. */
function fakeCopy(bytesPerPixel: number, orders: CopyOrder[] = []): CopyPicture {
  return async (_, order) => {
    orders.push(order)
    const factor = order.mediaType === 'image/png' ? 3 : order.quality
    const length = 40 + Math.ceil(order.width * order.height * bytesPerPixel * factor)
    return sampleBytes(JSON.stringify(order), Math.min(length, 400_000))
  }
}

function planned(changes: Partial<PlannedAttachment> = {}): PlannedAttachment {
  return {
    submission: 1,
    post: 1,
    itemId: '0'.repeat(32),
    part: 'screenshot.png',
    mediaType: 'image/png',
    sha256: '0'.repeat(64),
    bytes: 50_000,
    width: 1200,
    height: 900,
    mostBytes: 40_000,
    ...changes,
  }
}

describe('fitPicture', () => {
  it('gives the very same bytes where they fit, and asks for no copy', async () => {
    const original = sampleBytes('picture', 40_000)
    const orders: CopyOrder[] = []
    const fitted = await fitPicture(original, { planned: planned(), limits: none, copy: fakeCopy(1, orders) })
    expect(fitted).toMatchObject({ isCopy: false, mediaType: 'image/png', width: 1200, height: 900 })
    expect(fitted?.bytes).toBe(original)
    expect(orders).toEqual([])
  })

  it('packs anew, in full size, where only the kind of file is refused', async () => {
    const fitted = await fitPicture(sampleBytes('picture', 900), {
      planned: planned({ mostBytes: null }),
      limits: { ...none, types: ['image/jpeg'] },
      copy: fakeCopy(0.01),
    })
    expect(fitted).toMatchObject({ isCopy: true, mediaType: 'image/jpeg', width: 1200, height: 900 })
  })

  it('gives nothing where no kind of picture is taken, or nobody could read it', async () => {
    const original = sampleBytes('picture', 50_000)
    const copy = fakeCopy(1)
    const pdf = { ...none, types: ['application/pdf'] }
    expect(await fitPicture(original, { planned: planned(), limits: pdf, copy })).toBeNull()
    expect(
      await fitPicture(original, { planned: planned({ mostBytes: 100 }), limits: none, copy }),
    ).toBeNull()
  })

  it('never passes the limit, is never drawn larger, is the same each time', async () => {
    const shapes = fc.record({
      width: fc.integer({ min: 1, max: 4000 }),
      height: fc.integer({ min: 1, max: 9000 }),
      mostBytes: fc.integer({ min: 0, max: 60_000 }),
      density: fc.double({ min: 0.001, max: 2, noNaN: true }),
      types: fc.constantFrom<string[] | null>(
        null,
        ['image/png'],
        ['image/jpeg'],
        ['image/png', 'image/jpeg'],
      ),
    })
    await fc.assert(
      fc.asyncProperty(shapes, async ({ width, height, mostBytes, density, types }) => {
        const original = sampleBytes('picture', 50_000)
        const orders: CopyOrder[] = []
        const options = { planned: planned({ width, height, mostBytes }), limits: { ...none, types } }
        const fitted = await fitPicture(original, { ...options, copy: fakeCopy(density, orders) })
        for (const order of orders) {
          expect(order.width).toBeLessThanOrEqual(width)
          expect(order.height).toBeLessThanOrEqual(height)
          expect(types ?? [order.mediaType]).toContain(order.mediaType)
        }
        expect(orders.length).toBeLessThanOrEqual(36)
        if (fitted === null) return
        expect(fitted.bytes.length).toBeLessThanOrEqual(mostBytes)
        expect(fitted.width).toBeGreaterThanOrEqual(Math.min(width, 239))
        expect(types ?? [fitted.mediaType]).toContain(fitted.mediaType)
        const again = await fitPicture(original, { ...options, copy: fakeCopy(density) })
        expect(again && hexDigest(again.bytes)).toBe(hexDigest(fitted.bytes))
      }),
      { numRuns: 60 },
    )
  })
})

const threePosts = () =>
  [1, 2, 3].map((seed) =>
    sampleItem({ seed, post: { permalink: `https://x.com/harrow_blackmoor/status/${seed}` } }),
  )

function reportOn(items: OpenedItem[], limits: AttachmentLimits) {
  const channel = findChannel('x-abuse-form')
  if (!channel) throw new Error('x-abuse-form is gone')
  const owner = sampleCase(items)
  return writeReport({ channel, case: owner, items, words: wordsFor('en'), attachmentLimits: limits })
}

function sourceOf(items: readonly OpenedItem[], copy: CopyPicture): AttachmentSource {
  const find = (id: string) => items.find(({ item }) => item.id === id)
  return {
    copy,
    open: async (id) => {
      const found = find(id)
      if (!found) throw new Error(`no item ${id}`)
      return found
    },
  }
}

const copiesOf = (bundle: Bytes) => listFiles(bundle).filter(({ name }) => name.includes('/attachments/'))

const textOf = (bundle: Bytes, ending: string) =>
  fromUtf8(listFiles(bundle).find(({ name }) => name.endsWith(ending))?.content ?? new Uint8Array())

function verifySecond(bundle: Bytes): { exit: number; failed: [string, string | null][] } {
  const file = join(folder, 'bundle.zip')
  writeFileSync(file, bundle)
  return JSON.parse(execFileSync('python3', [second, file]).toString())[0]
}

/** JPEG copies of 24 by 16 pixels, packed anew because the form takes nothing else. */
async function bundleWithCopies(): Promise<{ bundle: Bytes; items: OpenedItem[] }> {
  const items = threePosts()
  const report = reportOn(items, { ...none, types: ['image/jpeg'] })
  const bundle = await signedBundle(items, { report, attachments: sourceOf(items, fakeCopy(0.1)) })
  return { bundle, items }
}

describe('a bundle with pictures for a form', () => {
  it('holds numbered copies, says of each what it is, and is found good by both verifiers', async () => {
    const { bundle, items } = await bundleWithCopies()
    const copies = copiesOf(bundle)
    expect(copies.map(({ name }) => name)).toEqual(
      [1, 2, 3].map((number) => `data/report/x-abuse-form/attachments/${number}.jpg`),
    )
    const text = textOf(bundle, 'submission.txt')
    const data = JSON.parse(textOf(bundle, 'submission.json')).attachments
    expect(data).toHaveLength(3)
    for (const [at, copy] of copies.entries()) {
      const part = items.find(({ item }) => item.id === data[at].original.item)?.item.parts[0]
      expect(text).toContain(`SHA-256 ${hexDigest(copy.content)}`)
      expect(text).toContain(`data/items/${data[at].original.item}/screenshot.png`)
      expect(data[at].original.sha256).toBe(part?.sha256)
      expect(data[at].file).toMatchObject({ sha256: hexDigest(copy.content), isCopy: true })
    }
    expect(text).toContain('A copy: 100% of the width and height, packed as JPEG.')
    expect((await verifyBundle(bundle)).statements.filter(({ result }) => result === 'fail')).toEqual([])
    expect(verifySecond(bundle)).toMatchObject({ exit: 0, failed: [] })
  })

  it('keeps the picture itself where it fits, and the same input gives the same bytes', async () => {
    const items = threePosts()
    const make = () =>
      sampleBundle(items, {
        report: reportOn(items, { ...none, maxCount: 2 }),
        attachments: sourceOf(items, fakeCopy(1)),
      })
    const bundle = await make()
    const whole = items.map(({ parts }) => hexDigest(parts[0]?.bytes ?? new Uint8Array()))
    const found = copiesOf(bundle)
    expect(found.map(({ name }) => name.split('/').at(-1))).toEqual(['1.png', '2.png'])
    for (const { content } of found) expect(whole).toContain(hexDigest(content))
    expect(textOf(bundle, 'submission.txt')).toContain('1 more picture has no room on this form.')
    expect(hexDigest(await make())).toBe(hexDigest(bundle))
  })

  it('says which picture could not be made to fit, and numbers only those that are there', async () => {
    const items = threePosts()
    const report = reportOn(items, { ...none, types: ['image/jpeg'] })
    const copy: CopyPicture = async (original, order) => {
      if (hexDigest(original) === items[0]?.item.parts[0]?.sha256) throw new Error('no picture')
      return fakeCopy(0.1)(original, order)
    }
    const bundle = await sampleBundle(items, { report, attachments: sourceOf(items, copy) })
    const first = items[0]?.item.parts[0]?.sha256
    const unreadable = items.filter(({ item }) => item.parts[0]?.sha256 === first).length
    expect(copiesOf(bundle)).toHaveLength(3 - unreadable)
    expect(textOf(bundle, 'submission.txt')).toContain('No copy: within this limit it could not be made')
  })

  it('takes them of the redacted picture, never of the whole one', async () => {
    const whole = threePosts()
    const copies = await Promise.all(
      whole.map((opened) => redactItem(opened, sampleRedaction(opened), samplePaint)),
    )
    const report = reportOn(copies.map(asOpened), { ...none, maxCount: 3 })
    const opened: string[] = []
    const bundle = await sampleBundle([], {
      case: sampleCase(whole),
      items: copies,
      report,
      attachments: {
        copy: fakeCopy(1),
        open: async (id) => {
          opened.push(id)
          const found = copies.find(({ facts }) => facts.item.id === id)
          if (!found) throw new Error(`no copy of ${id}`)
          return found
        },
      },
    })
    const secret = whole.map(({ parts }) => hexDigest(parts[0]?.bytes ?? new Uint8Array()))
    expect(opened).toEqual([])
    expect(copiesOf(bundle)).toHaveLength(3)
    for (const { content } of copiesOf(bundle)) expect(secret).not.toContain(hexDigest(content))
  })

  it('is not made of a picture that is another one by now', async () => {
    const items = threePosts()
    const report = reportOn(items, { ...none, maxCount: 3 })
    const others = items.map((opened) => ({ ...opened, parts: [] }))
    const pictures = new Map(items.map(({ item, parts }) => [item.id, parts[0]?.bytes ?? new Uint8Array()]))
    const made = sampleBundle(items, {
      report,
      attachments: sourceOf(others, fakeCopy(1)),
      readPicture: async ({ itemId }) => pictures.get(itemId) ?? new Uint8Array(),
    })
    const error = await made.catch((caught: unknown) => caught)
    expect(problemOf(error)).toEqual({ code: 'damaged-record', detail: report.itemIds[0] })
  })

  it.each([
    ['of another channel', (name: string) => name.replace('x-abuse-form', 'other-form'), 'report-present'],
    ['without a number', (name: string) => name.replace('1.jpg', 'one.jpg'), 'bag-complete'],
    ['of another kind', (name: string) => name.replace('.jpg', '.svg'), 'bag-complete'],
    ['out of its order', (name: string) => name.replace('1.jpg', '9.jpg'), 'container-canonical'],
  ])('a picture %s is said, by both verifiers', async (_, rename, statement) => {
    const { bundle } = await bundleWithCopies()
    const forged = forgeBundle(bundle, (files) => {
      const all = [...files]
      files.clear()
      for (const [name, content] of all) files.set(name.endsWith('/1.jpg') ? rename(name) : name, content)
    })
    const failed = (await verifyBundle(forged)).statements.filter(({ result }) => result === 'fail')
    expect(failed.map(({ id }) => id)).toContain(statement)
    expect(verifySecond(forged).failed.map(([id]) => id)).toContain(statement)
  })
})
