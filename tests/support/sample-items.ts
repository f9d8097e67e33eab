import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import { canonicalBytes } from '../../utils/crypto/canonical-json'
import type { Case } from '../../utils/model/case'
import type { Assessment, Item, OpenedItem, Part, PartRecord } from '../../utils/model/item'
import type { PostReading } from '../../utils/model/post'
import type { Report } from '../../utils/model/report'

type Bytes = Uint8Array<ArrayBuffer>
type Rgb = readonly [number, number, number]

/** SHA-256 in lower-case hexadecimal. */
export function hexDigest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** The same 32-digit id for the same seed. */
export function sampleId(seed: string | number): string {
  return hexDigest(Buffer.from(`id ${seed}`)).slice(0, 32)
}

/** The same bytes for the same seed, without pattern. */
export function sampleBytes(seed: string | number, length: number): Bytes {
  const bytes = new Uint8Array(length)
  for (let done = 0, block = 0; done < length; done += 32, block++) {
    const digest = createHash('sha256').update(`bytes ${seed} ${block}`).digest()
    bytes.set(digest.subarray(0, Math.min(32, length - done)), done)
  }
  return bytes
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return ~crc >>> 0
}

function pngChunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

/** A real PNG: stripes of two colours, so that it is not blank. */
export function samplePng(
  options: { width?: number; height?: number; colours?: readonly [Rgb, Rgb] } = {},
): Bytes {
  const {
    width = 24,
    height = 16,
    colours = [
      [250, 250, 250],
      [60, 90, 120],
    ],
  } = options
  const rows = Buffer.alloc(height * (1 + width * 3))
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows.set(colours[(y >> 2) & 1 ? 1 : 0], y * (1 + width * 3) + 1 + x * 3)
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Uint8Array.from(
    Buffer.concat([
      signature,
      pngChunk('IHDR', head),
      pngChunk('IDAT', deflateSync(rows)),
      pngChunk('IEND', Buffer.alloc(0)),
    ]),
  )
}

/** A part whose record fits its bytes. */
export function samplePart(
  record: Pick<PartRecord, 'name' | 'role' | 'mediaType'> & Partial<PartRecord>,
  bytes: Bytes,
): Part {
  return {
    record: {
      width: null,
      height: null,
      method: 'dom',
      derivedFrom: [],
      address: null,
      likeness: null,
      ...record,
      bytes: bytes.length,
      sha256: hexDigest(bytes),
    },
    bytes,
  }
}

/** A reading of an invented post on X; override what the test is about. */
export function samplePost(overrides: Partial<PostReading> = {}): PostReading {
  return {
    platform: 'x',
    kind: 'post',
    postId: '1790000000000000001',
    permalink: 'https://x.com/harrow_blackmoor/status/1790000000000000001',
    author: {
      handle: 'harrow_blackmoor',
      name: 'Harrow Blackmoor 🐦',
      profile: 'https://x.com/harrow_blackmoor',
      id: '900000001',
    },
    text: 'Everybody knows what Nadira Veleno did.\nWe know where you park, @nveleno.',
    language: 'en',
    direction: 'ltr',
    links: [],
    mentions: ['nveleno'],
    media: [],
    counts: { replies: '12', reposts: '1.2K', likes: '48' },
    posted: {
      asShown: '9:14 AM · May 13, 2024',
      iso: '2024-05-13T09:14:05.000Z',
      from: null,
      to: null,
      precision: 'second',
      source: 'dom',
    },
    parentPostId: null,
    replyToHandle: null,
    quotedIn: null,
    repostedBy: null,
    contentWarning: null,
    visibility: 'public',
    isAd: false,
    isTruncated: false,
    isEdited: false,
    isDeleted: false,
    missing: [],
    ...overrides,
  }
}

function sampleParts(post: PostReading): Part[] {
  const text = post.text ?? ''
  const markup = `<article lang="${post.language ?? 'en'}"><p>${text.replace(/[<&]/g, ' ')}</p></article>\n`
  const picture = { mediaType: 'image/png', width: 24, height: 16, method: 'pixels' } as const
  return [
    samplePart(
      { ...picture, name: 'screenshot.png', role: 'screenshot', derivedFrom: ['page.png'] },
      samplePng(),
    ),
    samplePart(
      { ...picture, name: 'page.png', role: 'page', height: 32 },
      samplePng({
        height: 32,
        colours: [
          [235, 235, 240],
          [90, 60, 90],
        ],
      }),
    ),
    samplePart(
      { name: 'post.html.txt', role: 'html', mediaType: 'text/plain' },
      Uint8Array.from(Buffer.from(markup)),
    ),
    samplePart(
      { name: 'text.txt', role: 'text', mediaType: 'text/plain' },
      Uint8Array.from(Buffer.from(`${text}\n`)),
    ),
  ]
}

export type SampleItemOptions = {
  seed?: string | number
  post?: Partial<PostReading>
  context?: PostReading[]
  parts?: Part[]
  captured?: Partial<Item['captured']>
  page?: Partial<Item['page']>
  group?: Item['group']
  recheck?: Item['recheck']
  collection?: Partial<Item['collection']>
  /** `{}` for a plain one; null (the default) for none. */
  assessment?: Partial<Assessment> | null
}

/** A valid opened item of invented people: facts, canonical bytes, salt and tiny real pictures. */
export function sampleItem(options: SampleItemOptions = {}): OpenedItem {
  const seed = options.seed ?? 1
  const post = samplePost(options.post)
  const parts = options.parts ?? sampleParts(post)
  const id = sampleId(seed)
  const item: Item = {
    version: 1,
    id,
    captured: {
      utc: '2024-05-14T07:30:12.345Z',
      zoneOffsetMinutes: 120,
      monotonicMs: 81_234,
      platformDate: null,
      clockSkewSeconds: null,
      ...options.captured,
    },
    page: {
      address: post.permalink ?? 'https://x.com/home',
      canonical: post.permalink,
      title: 'Harrow Blackmoor on X',
      language: 'en',
      headings: [],
      times: [],
      ...options.page,
    },
    post,
    context: options.context ?? [],
    group: options.group ?? null,
    recheck: options.recheck ?? null,
    parts: parts.map((part) => part.record),
    collection: {
      tool: { name: 'Witnessmark', version: '0.1.0' },
      reader: { platform: post.platform, version: 1, reason: null, expected: null, isConfirmed: true },
      browser: 'Chromium 156',
      system: 'Linux',
      viewport: { width: 1280, height: 800 },
      pixelRatio: '1',
      zoom: '1',
      window: 'normal',
      method: 'pixels',
      sources: [],
      actions: ['pressed-mark', 'hid-marks'],
      selfCheck: { textPresent: true, pictureNotBlank: true, pageUnchanged: true },
      lockerWas: 'unlocked',
      droppedFromHtml: { script: 2 },
      notRecorded: ['media-files'],
      ...options.collection,
    },
  }
  return {
    item,
    itemBytes: canonicalBytes(item),
    salt: sampleBytes(`salt ${seed}`, 32),
    parts,
    assessment: options.assessment ? sampleAssessment(id, options.assessment) : null,
  }
}

/** What the person says about an item. */
export function sampleAssessment(itemId: string, overrides: Partial<Assessment> = {}): Assessment {
  return {
    itemId,
    at: '2024-05-14T08:00:00.000Z',
    types: ['threat-of-violence', 'harassment'],
    severity: 'high',
    isImminent: false,
    grounds: ['gender'],
    isCoordinated: null,
    note: 'He has done this before.',
    ...overrides,
  }
}

/** A case that holds these items in this order. */
export function sampleCase(items: readonly OpenedItem[], overrides: Partial<Case> = {}): Case {
  return {
    id: sampleId('case'),
    createdAt: '2024-05-14T08:10:00.000Z',
    changedAt: '2024-05-14T08:20:00.000Z',
    title: 'May threats',
    itemIds: items.map((opened) => opened.item.id),
    narrative: 'Since the hearing in May, this account has threatened Nadira Veleno every day.',
    types: ['threat-of-violence'],
    reporterRole: 'organisation',
    reporterName: 'Ilse Maradunn',
    reporterEmail: 'ilse@lanternhouse.example',
    organisation: 'Lantern House',
    attackedName: 'Nadira Veleno',
    attackedHandles: '@nveleno',
    authorisation: 'Nadira Veleno, in writing, 12 May 2024, for reports to platforms',
    country: 'DE',
    provision: '§ 241 StGB',
    reasons: 'It threatens violence against a named person.',
    isGoodFaith: true,
    ...overrides,
  }
}

/** A finished report on these items for a form on X. */
export function sampleReport(items: readonly OpenedItem[], overrides: Partial<Report> = {}): Report {
  const addresses = items.map((opened) => opened.item.post.permalink ?? opened.item.page.address)
  return {
    channelId: 'x-abuse-form',
    language: 'en',
    isReady: true,
    missing: [],
    fields: [
      {
        name: 'Links to the posts',
        value: addresses.join('\n'),
        isRequired: true,
        limit: null,
        unit: 'characters',
        length: addresses.join('\n').length,
        isUnverified: false,
      },
    ],
    itemIds: items.map((opened) => opened.item.id),
    leftOutItemIds: [],
    warnings: [],
    submissionText: `Links to the posts:\n${addresses.join('\n')}\n`,
    further: [],
    sheets: [],
    attachments: null,
    submission: { channel: 'x-abuse-form', links: addresses },
    ...overrides,
  }
}
