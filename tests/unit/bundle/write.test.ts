import { execFileSync } from 'node:child_process'
import { describe, expect, it, vi } from 'vitest'
import { hasFailure, verifyBundle } from '../../../utils/bundle/verify'
import { writeBundle } from '../../../utils/bundle/write'
import { fromUtf8 } from '../../../utils/crypto/bytes'
import type { Case } from '../../../utils/model/case'
import type { OpenedItem } from '../../../utils/model/item'
import { problemOf } from '../../../utils/model/problem-error'
import type { PicturePlace } from '../../../utils/reports/html-report'
import { wordsFor } from '../../../utils/words/translate'
import {
  bundleOptions,
  collectStream,
  listFiles,
  sampleBundle,
  signedBundle,
} from '../../support/sample-bundle'
import {
  hexDigest,
  sampleBytes,
  sampleCase,
  sampleItem,
  samplePart,
  sampleReport,
} from '../../support/sample-items'

const three = () => [
  sampleItem({ seed: 1, assessment: {} }),
  sampleItem({ seed: 2, post: { text: 'نعرف بيتك يا نديرة', language: 'ar', direction: 'rtl' } }),
  sampleItem({ seed: 3 }),
]

async function errorOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<unknown> {
  return collectStream(stream).then(
    () => null,
    (error: unknown) => error,
  )
}

describe('writeBundle', () => {
  it('writes the files in the fixed order', async () => {
    const items = three()
    const names = listFiles(await sampleBundle(items)).map((file) => file.name)
    const [first, second, third] = items.map((opened) => `data/items/${opened.item.id}`)
    const parts = ['item.json', 'salt.txt', 'screenshot.png', 'page.png', 'post.html.txt', 'text.txt']
    expect(names).toEqual([
      'bagit.txt',
      'README.txt',
      ...[...parts, 'assessment.json'].map((part) => `${first}/${part}`),
      ...parts.map((part) => `${second}/${part}`),
      ...parts.map((part) => `${third}/${part}`),
      'data/case.json',
      'data/report/report.html',
      'data/report/x-abuse-form/submission.txt',
      'data/report/x-abuse-form/submission.json',
      'bag-info.txt',
      'manifest-sha256.txt',
      'tagmanifest-sha256.txt',
    ])
  })

  it('gives the same bytes for the same input, and verifies', async () => {
    const one = await sampleBundle(three())
    expect(hexDigest(await sampleBundle(three()))).toBe(hexDigest(one))
    const verification = await verifyBundle(one)
    expect(verification.statements.filter((statement) => statement.result === 'fail')).toEqual([])
    expect(verification.items.map((item) => item.id)).toEqual(three().map((opened) => opened.item.id))
  })

  it('asks nowhere for the language of the machine, so that every one gives the same bytes', async () => {
    const asked: string[] = []
    const names = [
      'DateTimeFormat',
      'NumberFormat',
      'PluralRules',
      'Collator',
      'ListFormat',
      'Segmenter',
    ] as const
    const note = (name: string, args: unknown[]) => {
      if (args[0] === undefined) asked.push(name)
    }
    const spied = names.map((name) => {
      const real = Intl[name]
      const watching = new Proxy(real, {
        construct(target, args) {
          note(name, args)
          return Reflect.construct(target, args) as object
        },
        apply(target, self, args) {
          note(name, args)
          return Reflect.apply(target as never, self, args)
        },
      })
      Object.defineProperty(Intl, name, { value: watching, configurable: true, writable: true })
      return () => Object.defineProperty(Intl, name, { value: real, configurable: true, writable: true })
    })
    const own = [
      vi.spyOn(Date.prototype, 'toLocaleString'),
      vi.spyOn(Date.prototype, 'toLocaleDateString'),
      vi.spyOn(Number.prototype, 'toLocaleString'),
      vi.spyOn(String.prototype, 'localeCompare'),
    ]
    const digests = new Set<string>()
    try {
      for (const language of ['en', 'ar'])
        digests.add(hexDigest(await signedBundle(three(), { words: wordsFor(language) })))
      expect(own.map((spy) => spy.mock.calls.length)).toEqual([0, 0, 0, 0])
      expect(asked).toEqual([])
      new Intl.NumberFormat()
      expect(asked).toEqual(['NumberFormat'])
    } finally {
      for (const undo of spied) undo()
      for (const spy of own) spy.mockRestore()
    }
    expect(digests.size).toBe(2)
  })

  it('gives the same bytes in every time zone', async () => {
    const zone = process.env.TZ
    const digests: string[] = []
    const hours: number[] = []
    for (const other of ['UTC', 'Asia/Yangon', 'America/St_Johns']) {
      process.env.TZ = other
      hours.push(new Date(0).getHours() * 60 + new Date(0).getMinutes())
      digests.push(hexDigest(await signedBundle(three())))
    }
    if (zone === undefined) delete process.env.TZ
    else process.env.TZ = zone
    expect(new Set(hours).size, 'the zone was not switched').toBe(3)
    expect(new Set(digests).size).toBe(1)
  })

  it('writes the exact sealed bytes and parts', async () => {
    const opened = sampleItem()
    const files = new Map(listFiles(await sampleBundle([opened])).map((file) => [file.name, file.content]))
    const folder = `data/items/${opened.item.id}`
    expect(files.get(`${folder}/item.json`)).toEqual(opened.itemBytes)
    for (const part of opened.parts) expect(files.get(`${folder}/${part.record.name}`)).toEqual(part.bytes)
    expect(files.get(`${folder}/assessment.json`)).toBeUndefined()
  })

  it('keeps contact details and unchosen items out of the case file', async () => {
    const [chosen, other] = [sampleItem({ seed: 'a' }), sampleItem({ seed: 'b' })]
    const options = { case: sampleCase([chosen, other]), report: sampleReport([chosen]) }
    const file = listFiles(await sampleBundle([chosen], options)).find(
      (found) => found.name === 'data/case.json',
    )
    const text = fromUtf8(file?.content ?? new Uint8Array())
    expect(text).toContain(chosen.item.id)
    for (const secret of [other.item.id, 'ilse@', 'Maradunn', 'May threats'])
      expect(text).not.toContain(secret)
  })

  it('says who authorised the report, when and for what, and nobody who may not be named', async () => {
    const items = [sampleItem()]
    const told = { authorisedBy: 'Nadira Veleno', authorisedOn: '2024-05-13', authorisedFor: 'platforms' }
    const authorised = async (overrides: Partial<Case>) => {
      const bundle = await sampleBundle(items, { case: sampleCase(items, overrides) })
      expect((await verifyBundle(bundle)).statements.filter(({ result }) => result === 'fail')).toEqual([])
      const file = listFiles(bundle).find((found) => found.name === 'data/case.json')
      return JSON.parse(fromUtf8(file?.content ?? new Uint8Array())).statement.authorised
    }
    expect(await authorised(told)).toEqual({ by: 'Nadira Veleno', on: '2024-05-13', for: 'platforms' })
    expect(await authorised({ ...told, attackedNaming: 'none' })).toEqual({
      by: '',
      on: '2024-05-13',
      for: 'platforms',
    })
    expect(await authorised({ authorisedBy: ' ', authorisedOn: '', authorisedFor: '' })).toBeNull()
  })

  it('writes the README in the language of the report', async () => {
    const readme = (files: ReturnType<typeof listFiles>) =>
      fromUtf8(files.find((file) => file.name === 'README.txt')?.content ?? new Uint8Array())
    const arabic = readme(listFiles(await sampleBundle(three(), { words: wordsFor('ar') })))
    const english = readme(listFiles(await sampleBundle(three())))
    expect(arabic).toContain('ما لا يثبته هذا')
    expect(english).toContain('WHAT THIS DOES NOT PROVE')
    for (const command of ['sha256sum -c manifest-sha256.txt', 'age -d', 'npm run --silent verify']) {
      expect(arabic).toContain(command)
      expect(english).toContain(command)
    }
  })

  it('opens items one after another and reports progress', async () => {
    const items = three()
    const log: string[] = []
    async function* open(): AsyncGenerator<OpenedItem> {
      for (const [i, item] of items.entries()) {
        log.push(`open ${i + 1}`)
        yield item
      }
    }
    const onProgress = (progress: { done: number; total: number }) =>
      log.push(`${progress.done}/${progress.total}`)
    await sampleBundle(items, { items: open(), onProgress })
    expect(log).toEqual(['0/3', 'open 1', '1/3', 'open 2', '2/3', 'open 3', '3/3'])
  })

  it('does nothing before it is read, and stops when it is cancelled', async () => {
    let opened = 0
    let isClosed = false
    async function* open(): AsyncGenerator<OpenedItem> {
      try {
        for (const item of three()) {
          opened++
          yield item
        }
      } finally {
        isClosed = true
      }
    }
    const reader = writeBundle(bundleOptions(three(), { items: open() })).getReader()
    expect(opened).toBe(0)
    for (let i = 0; i < 6; i++) await reader.read()
    expect(opened).toBe(1)
    await reader.cancel()
    expect({ opened, isClosed }).toEqual({ opened: 1, isClosed: true })
  })

  it('fails with an AbortError when cancelled half way', async () => {
    const controller = new AbortController()
    const onProgress = ({ done }: { done: number }) => {
      if (done === 2) controller.abort('any reason')
    }
    const stream = writeBundle(bundleOptions(three(), { onProgress, signal: controller.signal }))
    const error = await errorOf(stream)
    expect(error).toMatchObject({ name: 'AbortError' })
    expect(problemOf(error)).toEqual({ code: 'cancelled' })
  })

  it('refuses an item whose part is not the one it lists', async () => {
    const opened = sampleItem()
    const [part] = opened.parts
    if (!part) throw new Error('a sample item has parts')
    const damaged = { ...part, bytes: part.bytes.slice() }
    damaged.bytes[40] = (damaged.bytes[40] ?? 0) ^ 1
    const items = [{ ...opened, parts: [damaged, ...opened.parts.slice(1)] }]
    const error = await errorOf(writeBundle(bundleOptions(items)))
    expect(problemOf(error)).toEqual({ code: 'damaged-record', detail: opened.item.id })
  })

  it('refuses a part with a reserved name and an item given twice', async () => {
    const record = { name: 'salt.txt', role: 'text', mediaType: 'text/plain' } as const
    const reserved = sampleItem({ parts: [samplePart(record, sampleBytes('x', 8))] })
    expect(problemOf(await errorOf(writeBundle(bundleOptions([reserved]))))?.code).toBe('damaged-record')
    const twice = await errorOf(writeBundle(bundleOptions([sampleItem(), sampleItem()])))
    expect(String(twice)).toContain('twice')
  })

  it('needs little memory for many items', async () => {
    const size = 4 * 1024 * 1024
    const record = { name: 'tile-1.png', role: 'tile', mediaType: 'image/png' } as const
    async function* open(): AsyncGenerator<OpenedItem> {
      for (let seed = 0; seed < 60; seed++) {
        yield sampleItem({ seed, parts: [samplePart(record, new Uint8Array(size).fill(seed))] })
      }
    }
    let written = 0
    let most = 0
    for await (const piece of writeBundle(bundleOptions([], { items: open() }))) {
      written += piece.length
      most = Math.max(most, process.memoryUsage().arrayBuffers)
    }
    expect(written).toBeGreaterThan(60 * size)
    expect(most).toBeLessThan(40 * size)
  })

  it('reads pictures once more for the report, and gives the same bytes as when they are held', async () => {
    const items = three()
    const read: string[] = []
    const readPicture = async ({ itemId, part }: PicturePlace) => {
      read.push(itemId)
      const parts = items.find(({ item }) => item.id === itemId)?.parts ?? []
      return parts.find(({ record }) => record.name === part.name)?.bytes ?? new Uint8Array()
    }
    const streamed = await sampleBundle(items, { readPicture })
    expect(hexDigest(streamed)).toBe(hexDigest(await sampleBundle(items)))
    const ids = items.map(({ item }) => item.id)
    expect(read).toEqual([...ids, ...ids])
    const html = listFiles(streamed).find(({ name }) => name === 'data/report/report.html')?.content
    const inside = [...fromUtf8(html ?? new Uint8Array()).matchAll(/base64,([^"]*)"/g)].map(
      ([, text]) => text,
    )
    const pictures = items.map(({ parts }) => Buffer.from(parts[0]?.bytes ?? []).toString('base64'))
    expect(inside).toEqual(pictures)
  })

  it('refuses a picture that is another when it is read once more', async () => {
    const [opened] = three()
    const good = opened?.parts[0]?.bytes
    if (!opened || !good) throw new Error('there are three with pictures')
    for (const answers of [[good.slice(1)], [good, good.slice(1)]]) {
      const readPicture = async () => answers.shift() ?? good
      const error = await errorOf(writeBundle(bundleOptions([opened], { readPicture })))
      expect(problemOf(error)).toEqual({ code: 'damaged-record', detail: opened.item.id })
      expect(answers).toEqual([])
    }
  })

  it('never has the report whole: its pieces are small, however large the pictures', async () => {
    const record = { name: 'page.png', role: 'page', mediaType: 'image/png' } as const
    const items = [1, 2].map((seed) =>
      sampleItem({ seed, parts: [samplePart(record, new Uint8Array(1_000_000).fill(seed))] }),
    )
    const lengths: number[] = []
    for await (const piece of writeBundle(bundleOptions(items))) lengths.push(piece.length)
    const pictures = lengths.filter((length) => length === 1_000_000)
    expect(pictures).toHaveLength(2)
    expect(Math.max(...lengths.filter((length) => length !== 1_000_000))).toBeLessThan(200_000)
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBeGreaterThan(2 * 1_000_000 * 2.3)
  })

  it('gives a bundle of nothing that still verifies', async () => {
    const verification = await verifyBundle(await sampleBundle([]))
    expect(hasFailure(verification)).toBe(false)
    expect(verification.items).toEqual([])
  })
})

describe('independent tools', () => {
  it('python reads every file with a good checksum', async () => {
    const script =
      'import sys,io,zipfile;z=zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()));print(z.testzip(),len(z.namelist()))'
    const out = execFileSync('python3', ['-c', script], { input: await sampleBundle(three()) })
    expect(out.toString().trim()).toBe('None 28')
  })
})
