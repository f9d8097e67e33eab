import { createHash, createPublicKey, verify } from 'node:crypto'
import { unzipSync } from 'fflate'
import { beforeAll, describe, expect, it } from 'vitest'
import { WARCParser } from 'warcio'
import { type WaczOptions, writeWacz } from '../../../utils/bundle/wacz'
import { crc32 } from '../../../utils/bundle/zip'
import { concatBytes } from '../../../utils/crypto/bytes'
import { sampleItem, samplePart, samplePng } from '../../support/sample-items'

/** Stands in for the person's signing key: the same message, the same 64 bytes. */
const sign = async (message: Uint8Array) => new Uint8Array(createHash('sha512').update(message).digest())

const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes)
const items = [sampleItem({ seed: 'one' }), sampleItem({ seed: 'two' })]
const each = (some: typeof items) =>
  async function* () {
    yield* some
  }
const options: WaczOptions = {
  items: each(items),
  madeAt: '2026-11-20T10:00:00.000Z',
  tool: { name: 'witnessmark', version: '0.1.0' },
  sign,
}

async function waczOf(changes: Partial<WaczOptions> = {}): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  for await (const piece of (await writeWacz({ ...options, ...changes })).pieces()) pieces.push(piece)
  return concatBytes(...pieces)
}

async function recordsIn(warc: Uint8Array) {
  const found: { type: string; target: string; content: Uint8Array; digest: string; mime: string }[] = []
  const parser = new WARCParser([warc])
  for await (const record of parser) {
    found.push({
      type: record.warcType ?? '',
      target: record.warcTargetURI ?? '',
      content: await record.readFully(false),
      digest: record.warcPayloadDigest ?? '',
      mime: record.warcContentType ?? '',
    })
  }
  return found
}

describe('a web archive of captures', () => {
  let wacz: Uint8Array
  let files: Record<string, Uint8Array>
  beforeAll(async () => {
    wacz = await waczOf()
    files = unzipSync(wacz)
  })

  it('has the files of a WACZ, each with the digest that the package names', () => {
    expect(Object.keys(files)).toEqual([
      'archive/data.warc',
      'indexes/index.cdx',
      'pages/pages.jsonl',
      'datapackage.json',
      'datapackage-digest.json',
    ])
    const { profile, resources } = JSON.parse(text(files['datapackage.json']))
    expect(profile).toBe('data-package')
    expect(resources).toHaveLength(3)
    for (const { path, hash, bytes } of resources) {
      const content = files[path] ?? new Uint8Array()
      expect(hash).toBe(`sha256:${createHash('sha256').update(content).digest('hex')}`)
      expect(bytes).toBe(content.length)
    }
  })

  it('is read by the community’s own reader: pictures, words and HTML, and no made-up traffic', async () => {
    const records = await recordsIn(files['archive/data.warc'] ?? new Uint8Array())
    expect(new Set(records.map(({ type }) => type))).toEqual(new Set(['warcinfo', 'resource']))
    for (const { item, parts } of items) {
      const address = item.post.permalink ?? item.page.address
      for (const [role, target] of [
        ['screenshot', `urn:view:${address}`],
        ['text', `urn:text:${address}`],
        ['html', address],
      ]) {
        const part = parts.find(({ record }) => record.role === role)
        const record = records.find(
          (one) => one.target === target && part && text(one.content) === text(part.bytes),
        )
        expect({ target, isThere: record !== undefined }).toEqual({ target, isThere: part !== undefined })
        if (part) expect(record?.digest).toBe(`sha256:${part.record.sha256}`)
      }
    }
  })

  it('has an index that leads to each record, in the order of bytes', async () => {
    const lines = text(files['indexes/index.cdx']).trim().split('\n')
    const warc = files['archive/data.warc'] ?? new Uint8Array()
    expect(lines).toEqual([...lines].sort())
    for (const line of lines) {
      const about = JSON.parse(line.slice(line.indexOf('{')))
      const start = Number(about.offset)
      const [record] = await recordsIn(warc.slice(start, start + Number(about.length)))
      expect([record?.target, record?.mime.replace(/;.*/, '')]).toEqual([about.url, about.mime])
    }
  })

  it('lists each capture as a page, so that a reader opens it', () => {
    const [head, ...pages] = text(files['pages/pages.jsonl'])
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(head.format).toBe('json-pages-1.0')
    expect(pages.map(({ url, ts }) => [url, ts])).toEqual(
      items.map(({ item }) => [item.post.permalink ?? item.page.address, item.captured.utc]),
    )
  })

  it('is signed as the specification’s anonymous form says', () => {
    const { hash, signedData } = JSON.parse(text(files['datapackage-digest.json']))
    expect(Object.keys(signedData).sort()).toEqual([
      'created',
      'hash',
      'publicKey',
      'signature',
      'software',
      'version',
    ])
    expect(signedData.hash).toBe(hash)
    const key = createPublicKey({
      key: Buffer.from(signedData.publicKey, 'base64'),
      format: 'der',
      type: 'spki',
    })
    const signature = Buffer.from(signedData.signature, 'base64')
    const check = (message: string): boolean =>
      verify('sha256', Buffer.from(message), { key, dsaEncoding: 'ieee-p1363' }, signature)
    expect([check(hash), check(`${hash} `)]).toEqual([true, false])
    // The curve that ReplayWeb.page takes, and no other.
    expect(key.asymmetricKeyDetails).toEqual({ namedCurve: 'secp384r1' })
  })

  it('is the same for the same input, with a key that is another for another archive', async () => {
    expect(Buffer.from(await waczOf()).equals(Buffer.from(wacz))).toBe(true)
    const other = unzipSync(await waczOf({ items: each(items.slice(1)) }))
    const keyIn = (archive: Record<string, Uint8Array>): string =>
      JSON.parse(text(archive['datapackage-digest.json'])).signedData.publicKey
    expect(keyIn(other)).not.toBe(keyIn(files))
  })

  it('keeps the pixels of a picture as they were taken', async () => {
    const records = await recordsIn(files['archive/data.warc'] ?? new Uint8Array())
    const pictures = records.filter(({ mime }) => mime === 'image/png')
    expect(pictures.length).toBe(items.length)
    expect(pictures[0]?.content.slice(0, 8)).toEqual(samplePng().slice(0, 8))
  })

  it('is measured before it is written, and what was measured is what is written', async () => {
    const streamed = await writeWacz(options)
    expect(() => streamed.digest()).toThrow('not written yet')
    for await (const _piece of streamed.pieces());
    expect([streamed.size, streamed.crc, streamed.digest()]).toEqual([
      wacz.length,
      crc32(wacz),
      createHash('sha256').update(wacz).digest('hex'),
    ])
  })

  it('holds one item at a time, however many there are', async () => {
    let [opened, ended] = [0, 0]
    async function* open() {
      for (const item of items) {
        opened += 1
        yield item
        ended += 1
      }
    }
    let inHand = 0
    const { pieces } = await writeWacz({ ...options, items: open })
    expect([opened, ended]).toEqual([2, 2])
    for await (const _piece of pieces()) inHand = Math.max(inHand, opened - ended)
    expect([inHand, opened, ended]).toEqual([1, 4, 4])
  })

  it('of an item that was changed while it was written is given up', async () => {
    let times = 0
    async function* open() {
      times += 1
      const other = { name: 'text.txt', role: 'text', mediaType: 'text/plain' } as const
      for (const { item } of items)
        yield { item, parts: [samplePart(other, new TextEncoder().encode(`words ${times}`))] }
    }
    const { pieces } = await writeWacz({ ...options, items: open })
    const all = async () => {
      for await (const _piece of pieces());
    }
    await expect(all()).rejects.toMatchObject({ cause: { code: 'damaged-record' } })
  })
})
