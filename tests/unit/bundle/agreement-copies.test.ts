import { beforeAll, describe, expect, it } from 'vitest'
import { checkTie } from '../../../utils/bundle/check-tie'
import { type CoverAreas, redactItem } from '../../../utils/bundle/redact-item'
import { verifyFiles } from '../../../utils/bundle/verify'
import { writeBundle } from '../../../utils/bundle/write'
import { fromUtf8 } from '../../../utils/crypto/bytes'
import { canonicalBytes } from '../../../utils/crypto/canonical-json'
import type { OpenedItem } from '../../../utils/model/item'
import type { Area, Redaction } from '../../../utils/model/redaction'
import { paintRows, writePng } from '../../support/png'
import { bundleOptions, collectStream, forgeBundle, signedBundle } from '../../support/sample-bundle'
import { hexDigest, sampleItem, samplePart } from '../../support/sample-items'
import { sampleRedaction } from '../../support/sample-redaction'
import { askSecond, asSecond, type SecondAnswer } from '../../support/second-verifier'

type Bytes = Uint8Array<ArrayBuffer>
type Json = Record<string, unknown>

const [width, height] = [24, 16]
const rows = Array.from({ length: height }, (_, y) =>
  Uint8Array.from({ length: width * 3 }, (_value, at) => (at * 7 + y * 31) % 251),
)
const area: Area = { x: 2, y: 3, width: 10, height: 4 }
const png = (some: readonly Bytes[], filters = [0]) =>
  writePng({ width, height, colour: 2, rows: some, filters })
const paint: CoverAreas = async (_, areas) => png(paintRows(rows, areas), [4, 1, 3, 2, 0])

function itemWith(seed: string): OpenedItem {
  const text = 'Vera, we know where Vera parks. 🦊 Café נעה'
  const links = [
    { address: 'https://x.com/a', text: 'one' },
    { address: 'https://x.com/b', text: 'Vera' },
  ]
  const post = { text, links, mentions: ['vera', 'other'], counts: { likes: '3' } }
  const { item, parts } = sampleItem({ seed, post })
  const pictures = parts.map((part) =>
    part.record.name === 'screenshot.png' ? samplePart({ ...part.record }, png(rows)) : part,
  )
  return sampleItem({ seed, post: item.post, parts: pictures })
}

const one = itemWith('one')
const path = (name: string) => `data/items/${one.item.id}/${name}`
let whole: Bytes
let copy: Bytes

async function copyOf(changes: Partial<Redaction>, by = paint): Promise<Bytes> {
  const made = await redactItem(one, sampleRedaction(one, changes), by)
  return collectStream(writeBundle({ ...bundleOptions([one]), items: [made] }))
}

beforeAll(async () => {
  whole = await signedBundle([one, itemWith('two')])
  copy = await copyOf({ words: ['Vera'] })
})

async function ours(bundle: Bytes, other: Bytes): Promise<SecondAnswer> {
  const [{ verification, files }, { files: others }] = [await verifyFiles(bundle), await verifyFiles(other)]
  if (!files || !others) throw new Error('no bundle')
  return asSecond(verification, await checkTie(files, others))
}

/** What both say of these copies beside a whole; throws where they differ. */
async function bothSay(bundles: readonly Bytes[], other = whole): Promise<string[]> {
  const second = askSecond(bundles, other)
  const said: string[] = []
  for (const [at, bundle] of bundles.entries()) {
    const mine = await ours(bundle, other)
    expect(second[at], `copy ${at}`).toEqual(mine)
    said.push([...mine.failed, ...(mine.absent ?? [])].map(([id]) => id).join())
  }
  return said
}

/** The copy with its facts changed, and all lists written anew around them. */
function withFacts(change: (facts: Json) => void, from = copy): Bytes {
  return forgeBundle(from, (files) => {
    const facts = JSON.parse(fromUtf8(files.get(path('redacted.json')) ?? new Uint8Array()))
    change(facts)
    files.set(path('redacted.json'), canonicalBytes(facts))
  })
}

function at(record: unknown, keys: readonly string[]): Json {
  return keys.reduce((inner, key) => inner[key] as Json, record as Json)
}

const set =
  (keys: string, value: unknown) =>
  (facts: Json): void => {
    const names = keys.split('.')
    at(facts, names.slice(0, -1))[names.at(-1) ?? ''] = value
  }

/** The copy with another picture, that its facts tell of. */
function withPicture(picture: Bytes): Bytes {
  const told = withFacts((facts) => {
    Object.assign(at(facts, ['item', 'parts', '0']), { bytes: picture.length, sha256: hexDigest(picture) })
  })
  return forgeBundle(told, (files) => files.set(path('screenshot.png'), picture))
}

describe('a second verifier, of redacted copies beside their wholes', () => {
  it('finds tied what was made here, whatever was covered', async () => {
    const pictures = [{ name: 'screenshot.png', areas: [] }]
    const areas = [area, { x: 8, y: 5, width: 9, height: 11 }]
    const copies = [
      copy,
      await copyOf({ words: ['Vera', 'parks', 'café', 'נעה'], spans: [{ start: 3, end: 9 }] }),
      await copyOf({ spans: [{ start: 33, end: 34 }] }),
      await copyOf({ words: ['🦊'], pictures }),
      await copyOf({ pictures: [{ name: 'screenshot.png', areas }] }),
    ]
    expect(await bothSay(copies)).toEqual(copies.map(() => ''))
  })

  it('finds with us every fact that is not what is left of the whole', async () => {
    const changes: [keys: string, value: unknown][] = [
      ['item.post.text', 'Vera █████ parks.'],
      ['item.post.text', '█████, we know where █████ parks. 🦊 Café נעה, too'],
      ['item.post.text', '█████████████████████████, we know where █████ parks. 🦊 Café נעה'],
      ['item.post.text', null],
      ['item.post.author.handle', 'somebody'],
      ['item.post.author.id', '7'],
      ['item.post.mentions', ['█████']],
      ['item.post.links', [{ address: 'https://x.com/c', text: 'one' }]],
      [
        'item.post.links',
        [
          { address: 'https://x.com/a', text: 'one' },
          { address: 'https://x.com/a', text: 'one' },
        ],
      ],
      ['item.post.counts', { likes: '4' }],
      ['item.post.posted.asShown', 'yesterday'],
      ['item.post.posted.iso', '2024-05-14T07:00:00.000Z'],
      ['item.post.isEdited', true],
      ['item.post.kind', 'reply'],
      ['item.post.permalink', 'https://x.com/other'],
      ['item.post.replyToHandle', 'x'],
      ['item.page.address', 'https://example.org/'],
      ['item.page.title', 'Another'],
      ['item.page.language', 'fr'],
      ['item.page.headings', ['One']],
      ['item.captured.utc', '2024-05-14T07:30:12.346Z'],
      ['item.collection.browser', 'Another'],
      ['item.collection.droppedFromHtml', { script: 99 }],
      ['item.collection.actions', []],
      ['leftOut', []],
      ['leftOut', ['other.txt']],
      ['of', 'ab'.repeat(32)],
      ['item.parts.0.method', 'redrawn'],
      ['item.parts.0.role', 'page'],
      ['covered.places', 99],
    ]
    const said = await bothSay(changes.map(([keys, value]) => withFacts(set(keys, value))))
    // The number of places is the sender's; everything else is found.
    expect(said.pop()).toBe('')
    for (const [i, each] of said.entries()) expect(each, changes[i]?.join()).toMatch(/copy-/)
  })

  it('takes no copy for well formed whose picture is of a kind that is not painted over', async () => {
    expect(await bothSay([withFacts(set('item.parts.0.mediaType', 'image/jpeg'))])).toEqual([
      'copy-of-whole,redacted-well-formed',
    ])
  })

  it('accepts with us what may be dropped', async () => {
    const changes: [keys: string, value: unknown][] = [
      ['item.post.text', '█████'],
      ['item.post.text', '█████, we know where █████ parks. 🦊 Cafe\u0301 נעה'],
      ['item.post.permalink', null],
      ['item.post.author.id', null],
      ['item.page.title', ''],
      ['item.post.links', []],
      ['item.post.counts', {}],
      ['item.collection.droppedFromHtml', {}],
    ]
    expect(await bothSay(changes.map(([keys, value]) => withFacts(set(keys, value))))).toEqual(
      changes.map(() => ''),
    )
  })

  it('sees with us every pixel, in pictures of every kind', async () => {
    const painted = paintRows(rows, [area])
    const grey = painted.map((row) => row.filter((_, place) => place % 3 === 0))
    const see = (row: Bytes, opacity: number) =>
      Uint8Array.from({ length: width * 4 }, (_, place) =>
        place % 4 === 3 ? opacity : (row[place - Math.floor(place / 4)] ?? 0),
      )
    const marked = painted.map((row, y) => row.map((value, x) => (y === 9 && x === 40 ? value ^ 1 : value)))
    const good = [
      png(painted, [1]),
      png(painted, [3, 4]),
      writePng({ width, height, colour: 6, rows: painted.map((row) => see(row, 255)) }),
    ]
    const bad = [
      png(marked),
      png(rows),
      png([...painted.slice(0, 3), ...rows.slice(3, 4), ...painted.slice(4)]),
      writePng({ width, height, colour: 0, rows: grey }),
      writePng({ width, height, colour: 6, rows: painted.map((row) => see(row, 254)) }),
      writePng({ width, height, colour: 2, rows: painted.slice(1) }),
      writePng({
        width: height,
        height: width,
        colour: 2,
        rows: rows.map((row) => row.slice(0, height * 3)),
      }),
      png(painted, [7]),
    ]
    const unknown = [
      new Uint8Array(9),
      writePng({ width, height, colour: 2, rows: painted, isInterlaced: true }),
    ]
    const said = await bothSay([...good, ...bad, ...unknown].map(withPicture))
    expect(said).toEqual([
      ...good.map(() => ''),
      ...bad.map(() => 'copy-pictures'),
      ...unknown.map(() => 'copy-pictures'),
    ])
  })

  it('makes a copy of an address that is none, and finds it tied', async () => {
    const strange = sampleItem({ seed: 'strange', page: { address: 'http://[Vera' } })
    const made = await redactItem(strange, sampleRedaction(strange, { words: ['Vera'], pictures: [] }), paint)
    const bundle = await collectStream(writeBundle({ ...bundleOptions([strange]), items: [made] }))
    expect(await bothSay([bundle], await signedBundle([strange]))).toEqual([''])
    const kept = await redactItem(strange, sampleRedaction(strange, { pictures: [] }), paint)
    const same = await collectStream(writeBundle({ ...bundleOptions([strange]), items: [kept] }))
    expect(await bothSay([same], await signedBundle([strange]))).toEqual([''])
  })

  it('compares nothing with a whole that is another, damaged, or not there', async () => {
    const salted = await signedBundle([{ ...one, salt: one.salt.map((byte) => byte ^ 1) }])
    const damaged = forgeBundle(whole, (files) => files.set(path('text.txt'), new Uint8Array(3)))
    for (const other of [salted, damaged, await signedBundle([itemWith('three')]), copy])
      expect(await bothSay([copy], other)).toEqual(['copy-of-whole'])
    expect(await bothSay([whole])).toEqual([''])
  })
})
