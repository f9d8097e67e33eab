import { listedTags, type ManifestLine, tagNames, writeBagInfo, writeManifest } from '../../utils/bundle/bag'
import { type BundleOptions, writeBundle } from '../../utils/bundle/write'
import { crc32, startZip } from '../../utils/bundle/zip'
import { concatBytes, toUtf8 } from '../../utils/crypto/bytes'
import type { OpenedItem } from '../../utils/model/item'
import { wordsFor } from '../../utils/words/translate'
import { hexDigest, sampleCase, sampleItem, sampleReport } from './sample-items'
import { sampleProofs } from './sample-proofs'

type Bytes = Uint8Array<ArrayBuffer>

const sampleTool = { name: 'Witnessmark', version: '0.1.0' }
const sampleMadeAt = '2024-05-15T10:00:00.000Z'

/** All of a stream, in memory. */
export async function collectStream(stream: ReadableStream<Bytes>): Promise<Bytes> {
  const pieces: Bytes[] = []
  for await (const piece of stream) pieces.push(piece)
  return concatBytes(...pieces)
}

/** What a bundle of these items is made from. */
export function bundleOptions(items: OpenedItem[], overrides: Partial<BundleOptions> = {}): BundleOptions {
  return {
    case: sampleCase(items),
    items,
    report: sampleReport(items),
    words: wordsFor('en'),
    madeAt: sampleMadeAt,
    tool: sampleTool,
    proofs: null,
    ...overrides,
  }
}

/** Opens these items once more, by their ids. */
export function openAgain(
  items: readonly OpenedItem[],
): (ids: readonly string[]) => AsyncGenerator<OpenedItem> {
  return async function* (ids) {
    yield* items.filter(({ item }) => ids.includes(item.id))
  }
}

/** The bytes of a bundle of these items without proofs, as bundles were at first. */
export function sampleBundle(
  items: OpenedItem[] = [sampleItem({ assessment: {} })],
  overrides: Partial<BundleOptions> = {},
): Promise<Bytes> {
  return collectStream(writeBundle(bundleOptions(items, overrides)))
}

/** The bytes of a bundle of these items, signed and with proofs of a log that holds others, too. */
export async function signedBundle(
  items: OpenedItem[] = [sampleItem({ assessment: {} })],
  overrides: Partial<BundleOptions> = {},
): Promise<Bytes> {
  return sampleBundle(items, { proofs: await sampleProofs(items), ...overrides })
}

export type PlainFile = { name: string; start: number; end: number; content: Bytes }

/** The files of a canonical container, without any check: for tests that need to know what lies where. */
export function listFiles(bundle: Bytes): PlainFile[] {
  const view = new DataView(bundle.buffer, bundle.byteOffset, bundle.byteLength)
  const files: PlainFile[] = []
  for (let at = 0; view.getUint32(at, true) === 0x04034b50; ) {
    const start = at + 30 + view.getUint16(at + 26, true)
    const end = start + view.getUint32(at + 22, true)
    const name = new TextDecoder().decode(bundle.subarray(at + 30, start))
    files.push({ name, start, end, content: bundle.slice(start, end) })
    at = end
  }
  return files
}

/** A canonical container of these files, in this order. */
export function packFiles(files: readonly { name: string; content: Bytes }[]): Bytes {
  const zip = startZip()
  const pieces = files.flatMap((file) => [...(zip.entry(file.name, file.content) ?? [])])
  return concatBytes(...pieces, zip.end())
}

/** What somebody without any secret can do: change files and write all lists anew. */
export function forgeBundle(bundle: Bytes, change: (files: Map<string, Bytes>) => void): Bytes {
  const files = new Map(listFiles(bundle).map((file) => [file.name, file.content]))
  change(files)
  const proofs = [...files.keys()].filter((name) => name.startsWith('proof/'))
  const tags = new Set<string>([...Object.values(tagNames), ...proofs])
  const payload = [...files].filter(([name]) => !tags.has(name))
  const lines: ManifestLine[] = payload.map(([path, content]) => ({ path, sha256: hexDigest(content) }))
  const bytes = payload.reduce((sum, [, content]) => sum + content.length, 0)
  const info = writeBagInfo({ tool: sampleTool, madeAt: sampleMadeAt }, { bytes, files: payload.length })
  files.set(tagNames.info, toUtf8(info))
  files.set(tagNames.manifest, toUtf8(writeManifest(lines)))
  const at = (name: string) => files.get(name) ?? new Uint8Array()
  files.set(
    tagNames.tagManifest,
    toUtf8(writeManifest([...listedTags, ...proofs].map((path) => ({ path, sha256: hexDigest(at(path)) })))),
  )
  const order = [tagNames.declaration, tagNames.readme, ...payload.map(([name]) => name)]
  const rest = [tagNames.info, tagNames.manifest, ...proofs, tagNames.tagManifest]
  return packFiles([...order, ...rest].map((name) => ({ name, content: at(name) })))
}

export type RawEntry = {
  name: string | Uint8Array
  content?: Uint8Array
  /** Fields to write in place of the true ones, in both headers. */
  lies?: Partial<Record<'flags' | 'method' | 'crc' | 'packed' | 'size' | 'extra', number>>
  /** Fields of the central header only. */
  central?: Partial<Record<'madeBy' | 'attributes' | 'offset' | 'crc' | 'size' | 'disk', number>>
}

function rawHeader(entry: RawEntry, options: { offset: number; isCentral: boolean }): Buffer {
  const { isCentral } = options
  const name = typeof entry.name === 'string' ? Buffer.from(entry.name) : Buffer.from(entry.name)
  const content = entry.content ?? new Uint8Array()
  const { flags = 0x0800, method = 0, crc = crc32(content), extra = 0 } = entry.lies ?? {}
  const { packed = content.length, size = content.length } = entry.lies ?? {}
  const own = isCentral ? (entry.central ?? {}) : {}
  const head = Buffer.alloc(isCentral ? 46 : 30)
  const at = isCentral ? 2 : 0
  head.writeUInt32LE(isCentral ? 0x02014b50 : 0x04034b50, 0)
  if (isCentral) head.writeUInt16LE(own.madeBy ?? 20, 4)
  head.writeUInt16LE(20, 4 + at)
  head.writeUInt16LE(flags, 6 + at)
  head.writeUInt16LE(method, 8 + at)
  head.writeUInt16LE(0x21, 12 + at)
  head.writeUInt32LE(own.crc ?? crc, 14 + at)
  head.writeUInt32LE(own.size ?? packed, 18 + at)
  head.writeUInt32LE(own.size ?? size, 22 + at)
  head.writeUInt16LE(name.length, 26 + at)
  head.writeUInt16LE(extra, 28 + at)
  if (isCentral) {
    head.writeUInt16LE(own.disk ?? 0, 34)
    head.writeUInt32LE(own.attributes ?? 0, 38)
    head.writeUInt32LE(own.offset ?? options.offset, 42)
  }
  return Buffer.concat([head, name, Buffer.alloc(extra)])
}

/** A container written field by field, as an attacker would. */
export function packRaw(
  entries: readonly RawEntry[],
  end: { entries?: number; size?: number; offset?: number; tail?: Uint8Array; before?: Uint8Array } = {},
): Bytes {
  const pieces: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const entry of entries) {
    const piece = Buffer.concat([
      rawHeader(entry, { offset, isCentral: false }),
      entry.content ?? Buffer.alloc(0),
    ])
    directory.push(rawHeader(entry, { offset, isCentral: true }))
    pieces.push(piece)
    offset += piece.length
  }
  const central = Buffer.concat(directory)
  const record = Buffer.alloc(22)
  record.writeUInt32LE(0x06054b50, 0)
  record.writeUInt16LE(end.entries ?? entries.length, 8)
  record.writeUInt16LE(end.entries ?? entries.length, 10)
  record.writeUInt32LE(end.size ?? central.length, 12)
  record.writeUInt32LE(end.offset ?? offset, 16)
  const before = Buffer.from(end.before ?? [])
  return Uint8Array.from(Buffer.concat([...pieces, central, before, record, Buffer.from(end.tail ?? [])]))
}
