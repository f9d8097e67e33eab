import { type Bytes, concatBytes, fromHex, toBase64, toHex, toUtf8 } from '../crypto/bytes'
import { sha256, sha256Bytes } from '../crypto/digest'
import type { Item, Part, PartRecord } from '../model/item'
import { startZip } from './zip'

/*
 * A web archive of captures, so that ReplayWeb.page opens them: WACZ 1.2.0 with the anonymous signature of WACZ-Auth
 * 0.1.0. Pictures and the post's HTML are `resource` records; there are no `response` records, because what the server
 * sent was not recorded, and to make one from the page would show a reconstruction as traffic.
 */

export type WaczOptions = {
  items: readonly { item: Item; parts: readonly Part[] }[]
  /** Moment in UTC, as `toISOString` writes it. */
  madeAt: string
  tool: { name: string; version: string }
  /** The same message always gets the same secret bytes; the archive's own key is made from them. */
  sign: (message: Bytes) => Promise<Bytes>
}

type Record = { id: string; type: 'view' | 'text' | 'post'; item: Item; mime: string; content: Bytes }

/** Where each part of an item goes. Other parts stay in the bundle alone. */
const places: readonly { role: PartRecord['role']; type: Record['type']; mime: string }[] = [
  { role: 'html', type: 'post', mime: 'text/html; charset=utf-8' },
  { role: 'screenshot', type: 'view', mime: 'image/png' },
  { role: 'text', type: 'text', mime: 'text/plain; charset=utf-8' },
]

/** The address that a capture is filed under: that of the post, else that of the page. */
function addressOf({ post, page }: Item): string {
  return post.permalink ?? page.address
}

/** Browsertrix files a page's picture under `urn:view:`, its words under `urn:text:`. */
function targetOf({ type, item }: Record): string {
  return type === 'post' ? addressOf(item) : `urn:${type}:${addressOf(item)}`
}

/** An id that is the same for the same record, in the form of a UUID of version 8 (RFC 9562). */
async function recordId(name: string): Promise<string> {
  const bytes = (await sha256Bytes(toUtf8(name))).slice(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = toHex(bytes)
  const groups = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)]
  return `<urn:uuid:${groups.join('-')}>`
}

function recordsOf({ item, parts }: WaczOptions['items'][number]): Record[] {
  return places.flatMap(({ role, type, mime }) => {
    const part = parts.find(({ record }) => record.role === role)
    return part ? [{ id: `${item.id}/${part.record.name}`, type, item, mime, content: part.bytes }] : []
  })
}

async function* once(bytes: Bytes): AsyncGenerator<Bytes> {
  yield bytes
}

async function writeWarc(options: WaczOptions): Promise<Bytes> {
  const { WARCRecord, WARCSerializer } = await import('warcio')
  const form = { gzip: false, digest: { algo: 'sha-256', prefix: 'sha256:', base32: false } }
  const { tool, madeAt } = options
  const about = {
    software: `${tool.name}/${tool.version}`,
    format: 'WARC File Format 1.1',
    description: 'Posts as a page showed them to a person, with their pictures. No traffic was recorded.',
  }
  const head = WARCRecord.createWARCInfo(
    {
      filename: 'data.warc',
      warcVersion: 'WARC/1.1',
      date: madeAt,
      warcHeaders: { 'WARC-Record-ID': await recordId(`warcinfo ${madeAt}`) },
    },
    about,
  )
  const written = [await WARCSerializer.serialize(head, form)]
  for (const record of options.items.flatMap(recordsOf)) {
    const resource = WARCRecord.create(
      {
        type: 'resource',
        warcVersion: 'WARC/1.1',
        url: targetOf(record),
        date: record.item.captured.utc,
        warcHeaders: { 'WARC-Record-ID': await recordId(record.id), 'Content-Type': record.mime },
      },
      once(record.content),
    )
    written.push(await WARCSerializer.serialize(resource, form))
  }
  return concatBytes(...written)
}

async function writeIndex(warc: Bytes): Promise<Bytes> {
  const { CDXIndexer } = await import('warcio')
  const indexer = new CDXIndexer({ format: 'cdxj' })
  const lines: string[] = []
  for await (const line of indexer.iterIndex([{ filename: 'data.warc', reader: once(warc) }])) {
    const mime = String(line.mime ?? '').replace(/;.*/, '')
    lines.push(indexer.serialize({ ...line, mime }))
  }
  // Readers look lines up by halving: bytes in order, not letters of a language.
  return toUtf8(lines.toSorted((one, other) => (one < other ? -1 : 1)).join(''))
}

function writePages({ items }: WaczOptions): Bytes {
  const head = { format: 'json-pages-1.0', id: 'pages', title: 'Posts' }
  const pages = items.map(({ item }) => ({
    id: item.id,
    url: addressOf(item),
    ts: item.captured.utc,
    title: item.page.title,
    text: item.post.text,
  }))
  return toUtf8([head, ...pages].map((line) => `${JSON.stringify(line)}\n`).join(''))
}

/** The frame of RFC 5480 around the uncompressed point of a P-384 key, the only curve that ReplayWeb.page takes. */
const publicKeyFrame = fromHex('3076301006072a8648ce3d020106052b81040022036200')

/** A key for this one archive, unlike any other of the person's, and the same for the same archive. */
async function signWith(options: WaczOptions, hash: string) {
  const { p384 } = await import('@noble/curves/nist.js')
  const secret = await options.sign(toUtf8(`witnessmark/wacz/v1 ${hash}`))
  const material = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits'])
  const ask = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: toUtf8('wacz key') }
  const seed = new Uint8Array(await crypto.subtle.deriveBits(ask, material, 576))
  const { secretKey } = p384.keygen(seed)
  const publicKey = concatBytes(publicKeyFrame, p384.getPublicKey(secretKey, false))
  // What is signed is the digest as it is written, under SHA-256; verifiers take r and s as plain numbers of 48 bytes.
  const signature = p384.sign(await sha256Bytes(toUtf8(hash)), secretKey, { prehash: false, lowS: false })
  return { publicKey: toBase64(publicKey), signature: toBase64(signature) }
}

function json(value: unknown): Bytes {
  return toUtf8(`${JSON.stringify(value, null, 2)}\n`)
}

/**
 * One WACZ of these captures, in memory: the same input gives the same bytes. It holds the screenshot, the words and
 * the HTML of each that has them. Signed by a key of its own, which says that nothing was changed since, and not who
 * made it.
 */
export async function writeWacz(options: WaczOptions): Promise<Bytes> {
  const { madeAt, tool } = options
  const warc = await writeWarc(options)
  const files = [
    { path: 'archive/data.warc', content: warc },
    { path: 'indexes/index.cdx', content: await writeIndex(warc) },
    { path: 'pages/pages.jsonl', content: writePages(options) },
  ]
  const resources = await Promise.all(
    files.map(async ({ path, content }) => ({
      name: path.slice(path.indexOf('/') + 1),
      path,
      hash: `sha256:${await sha256(content)}`,
      bytes: content.length,
    })),
  )
  const software = `${tool.name} ${tool.version}`
  // Other names of the profile are refused by ReplayWeb.page 2.4.6.
  const about = { profile: 'data-package', wacz_version: '1.2.0', created: madeAt, software, resources }
  const datapackage = json(about)
  const hash = `sha256:${await sha256(datapackage)}`
  const signed = await signWith(options, hash)
  const signedData = { hash, created: madeAt, software, version: '0.1.0', ...signed }
  const digest = json({ path: 'datapackage.json', hash, signedData })
  const zip = startZip()
  const pieces: Bytes[] = []
  const all = [...files, { path: 'datapackage.json', content: datapackage }]
  for (const { path, content } of [...all, { path: 'datapackage-digest.json', content: digest }])
    pieces.push(...(zip.entry(path, content) ?? []))
  return concatBytes(...pieces, zip.end())
}
