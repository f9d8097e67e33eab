import type { CDXIndexer, WARCRecord } from 'warcio'
import { type Bytes, toHex, toUtf8 } from '../crypto/bytes'
import { sha256Bytes } from '../crypto/digest'
import type { Item, OpenedItem, PartRecord } from '../model/item'

/*
 * The records of a web archive, one at a time: an archive can be larger than memory. Pictures and the post's HTML are
 * `resource` records; there are no `response` records, because what the server sent was not recorded, and to make one
 * from the page would show a reconstruction as traffic.
 */

export const warcName = 'data.warc'

type RecordType = 'view' | 'text' | 'post'
/** What is archived of an item. */
export type Archived = Pick<OpenedItem, 'item' | 'parts'>
/** A record's bytes, and its line for the index as far as it does not say where the record lies; null for none. */
export type WarcPiece = { bytes: Bytes; line: ((offset: number) => string) | null }

/** Where each part of an item goes. Other parts stay in the bundle alone. */
const places: readonly { role: PartRecord['role']; type: RecordType; mime: string }[] = [
  { role: 'html', type: 'post', mime: 'text/html; charset=utf-8' },
  { role: 'screenshot', type: 'view', mime: 'image/png' },
  { role: 'text', type: 'text', mime: 'text/plain; charset=utf-8' },
]

const form = { gzip: false, digest: { algo: 'sha-256', prefix: 'sha256:', base32: false } }

/** The address that a capture is filed under: that of the post, else that of the page. */
export function addressOf({ post, page }: Item): string {
  return post.permalink ?? page.address
}

/** The names of an item's parts that are archived. */
export function archivedParts({ parts }: Item): PartRecord[] {
  return places.flatMap(({ role }) => parts.find((record) => record.role === role) ?? [])
}

/** Browsertrix files a page's picture under `urn:view:`, its words under `urn:text:`. */
function targetOf(type: RecordType, item: Item): string {
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

async function* once(bytes: Bytes): AsyncGenerator<Bytes> {
  yield bytes
}

async function serialize(record: WARCRecord): Promise<Bytes> {
  const { WARCSerializer } = await import('warcio')
  // The library's types do not say that its buffers are never shared ones.
  return (await WARCSerializer.serialize(record, form)) as Bytes
}

/** The record that an archive begins with: what made it, and that no traffic is in it. */
export async function describeWarc(of: {
  tool: { name: string; version: string }
  madeAt: string
}): Promise<WarcPiece> {
  const { WARCRecord } = await import('warcio')
  const head = WARCRecord.createWARCInfo(
    {
      filename: warcName,
      warcVersion: 'WARC/1.1',
      date: of.madeAt,
      warcHeaders: { 'WARC-Record-ID': await recordId(`warcinfo ${of.madeAt}`) },
    },
    {
      software: `${of.tool.name}/${of.tool.version}`,
      format: 'WARC File Format 1.1',
      description: 'Posts as a page showed them to a person, with their pictures. No traffic was recorded.',
    },
  )
  return { bytes: await serialize(head), line: null }
}

/** An index counts a record without the two line ends after it. */
const afterRecord = 4

/** The line of one record for the index; reading the record for that would look through it byte by byte. */
function lineOf(indexer: CDXIndexer, record: WARCRecord, length: number): (offset: number) => string {
  const about = indexer.indexRecordPair(record, null, { offset: 0, recordLength: length }, warcName)
  if (!about) throw new Error('the index passed over a record')
  const mime = String(about.mime ?? '').replace(/;.*/, '')
  return (offset) => indexer.serialize({ ...about, mime, length, offset })
}

/** The records of one item. */
export async function* warcOf({ item, parts }: Archived): AsyncGenerator<WarcPiece> {
  const { CDXIndexer, WARCRecord } = await import('warcio')
  const indexer = new CDXIndexer({ format: 'cdxj' })
  for (const { role, type, mime } of places) {
    const part = parts.find(({ record }) => record.role === role)
    if (!part) continue
    const record = WARCRecord.create(
      {
        type: 'resource',
        warcVersion: 'WARC/1.1',
        url: targetOf(type, item),
        date: item.captured.utc,
        warcHeaders: {
          'WARC-Record-ID': await recordId(`${item.id}/${part.record.name}`),
          'Content-Type': mime,
        },
      },
      once(part.bytes),
    )
    const bytes = await serialize(record)
    yield { bytes, line: lineOf(indexer, record, bytes.length - afterRecord) }
  }
}
