import { type Bytes, concatBytes, fromHex, toBase64, toUtf8 } from '../crypto/bytes'
import { sha256, sha256Bytes, startSha256 } from '../crypto/digest'
import { problemError } from '../model/problem-error'
import type { StreamedFile } from './report-entry'
import { type Archived, addressOf, describeWarc, type WarcPiece, warcName, warcOf } from './warc'
import { crc32, joinCrc, startZip, type ZipWriter } from './zip'

/*
 * A web archive of captures, so that ReplayWeb.page opens them: WACZ 1.2.0 with the anonymous signature of WACZ-Auth
 * 0.1.0. What is in it: `warc.ts`.
 */

export type WaczOptions = {
  /** Opens the captures, one after another, each time it is called: they are gone through twice. */
  items: () => AsyncIterable<Archived>
  /** Moment in UTC, as `toISOString` writes it. */
  madeAt: string
  tool: { name: string; version: string }
  /** The same message always gets the same secret bytes; the archive's own key is made from them. */
  sign: (message: Bytes) => Promise<Bytes>
}

/** A file inside the archive, as its package lists it. */
type Listed = { path: string; sha256: string; bytes: number }
type Held = { path: string; content: Bytes }

const warcPath = `archive/${warcName}`

async function* warcPieces(
  options: WaczOptions,
  note: (item: Archived['item']) => void,
): AsyncGenerator<WarcPiece> {
  yield await describeWarc(options)
  for await (const opened of options.items()) {
    note(opened.item)
    yield* warcOf(opened)
  }
}

function pageLine({ id, captured, page, post, ...item }: Archived['item']): Bytes {
  const line = {
    id,
    url: addressOf({ id, captured, page, post, ...item }),
    ts: captured.utc,
    title: page.title,
    text: post.text,
  }
  return toUtf8(`${JSON.stringify(line)}\n`)
}

/** What has to be known of the records before the first of them is written; of each, its lines are held. */
async function measure(options: WaczOptions) {
  const digest = await startSha256()
  const pages: Bytes[] = [
    toUtf8(`${JSON.stringify({ format: 'json-pages-1.0', id: 'pages', title: 'Posts' })}\n`),
  ]
  const lines: string[] = []
  let [size, crc] = [0, 0]
  for await (const { bytes, line } of warcPieces(options, (item) => pages.push(pageLine(item)))) {
    digest.update(bytes)
    if (line) lines.push(line(size))
    crc = crc32(bytes, crc)
    size += bytes.length
  }
  // Readers look lines up by halving: bytes in order, not letters of a language.
  const index = toUtf8(lines.toSorted((one, other) => (one < other ? -1 : 1)).join(''))
  return { size, crc, sha256: digest.finish(), index, pages: concatBytes(...pages) }
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

async function listed({ path, content }: Held): Promise<Listed> {
  return { path, sha256: await sha256(content), bytes: content.length }
}

/** The two files that say what the others are, and sign it. */
async function packageFiles(options: WaczOptions, files: readonly Listed[]): Promise<Held[]> {
  const { madeAt, tool } = options
  const resources = files.map(({ path, sha256, bytes }) => ({
    name: path.slice(path.indexOf('/') + 1),
    path,
    hash: `sha256:${sha256}`,
    bytes,
  }))
  const software = `${tool.name} ${tool.version}`
  // Other names of the profile are refused by ReplayWeb.page 2.4.6.
  const about = { profile: 'data-package', wacz_version: '1.2.0', created: madeAt, software, resources }
  const datapackage = json(about)
  const hash = `sha256:${await sha256(datapackage)}`
  const signed = await signWith(options, hash)
  const signedData = { hash, created: madeAt, software, version: '0.1.0', ...signed }
  const digest = json({ path: 'datapackage.json', hash, signedData })
  return [
    { path: 'datapackage.json', content: datapackage },
    { path: 'datapackage-digest.json', content: digest },
  ]
}

function expectRoom<T>(placed: T | null): T {
  if (placed === null) throw problemError('bundle-too-large')
  return placed
}

function packed(zip: ZipWriter, files: readonly Held[]): Bytes {
  return concatBytes(...files.flatMap(({ path, content }) => expectRoom(zip.entry(path, content))), zip.end())
}

/**
 * One WACZ of these captures: the same input gives the same bytes. It holds the screenshot, the words and the HTML of
 * each that has them. Signed by a key of its own, which says that nothing was changed since, and not who made it. Of
 * each capture its lines in the lists are held, and one record at a time. Rejects, as its pieces do, with
 * `bundle-too-large` or what opening the captures throws; the pieces also where the captures are no longer the same.
 */
export async function writeWacz(options: WaczOptions): Promise<StreamedFile> {
  const warc = await measure(options)
  const lists: Held[] = [
    { path: 'indexes/index.cdx', content: warc.index },
    { path: 'pages/pages.jsonl', content: warc.pages },
  ]
  const records = { path: warcPath, sha256: warc.sha256, bytes: warc.size }
  const about = await packageFiles(options, [records, ...(await Promise.all(lists.map(listed)))])
  const zip = startZip()
  const head = expectRoom(zip.place({ name: warcPath, size: warc.size, crc: warc.crc }))
  const tail = packed(zip, [...lists, ...about])
  const digest = await startSha256()
  let whole: string | null = null

  async function* pieces(): AsyncGenerator<Bytes> {
    digest.update(head)
    yield head
    let crc = 0
    for await (const { bytes } of warcPieces(options, () => undefined)) {
      digest.update(bytes)
      crc = crc32(bytes, crc)
      yield bytes
    }
    if (crc !== warc.crc) throw problemError('damaged-record')
    digest.update(tail)
    yield tail
    whole = digest.finish()
  }

  return {
    size: head.length + warc.size + tail.length,
    crc: crc32(tail, joinCrc(crc32(head), warc.crc, warc.size)),
    pieces,
    digest: () => {
      if (whole === null) throw new Error('the archive was not written yet')
      return whole
    },
  }
}
