import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { main } from '../../../scripts/verify'
import { checkTie } from '../../../utils/bundle/check-tie'
import { type CoverAreas, redactItem } from '../../../utils/bundle/redact-item'
import { verifyBundle, verifyFiles } from '../../../utils/bundle/verify'
import { writeBundle } from '../../../utils/bundle/write'
import { fromUtf8, toUtf8 } from '../../../utils/crypto/bytes'
import { canonicalBytes } from '../../../utils/crypto/canonical-json'
import { encryptStream } from '../../../utils/crypto/recipients'
import type { OpenedItem } from '../../../utils/model/item'
import { RedactedFacts } from '../../../utils/model/redaction'
import { paintRows, writePng } from '../../support/png'
import { bundleOptions, collectStream, forgeBundle, signedBundle } from '../../support/sample-bundle'
import { sampleItem, samplePart } from '../../support/sample-items'
import { redactedBundle, sampleRedaction } from '../../support/sample-redaction'

type Bytes = Uint8Array<ArrayBuffer>

const [width, height] = [24, 16]
const rows = Array.from({ length: height }, (_, y) =>
  Uint8Array.from({ length: width * 3 }, (_value, at) => (at * 7 + y * 31) % 251),
)
const screenshot = writePng({ width, height, colour: 2, rows })
/** As a browser does it: other filters, the same pixels. */
const paint: CoverAreas = async (_, areas) =>
  writePng({ width, height, colour: 2, rows: paintRows(rows, areas), filters: [4, 1] })

function itemWith(seed: string): OpenedItem {
  const { item, parts } = sampleItem({ seed, post: { text: 'We know where Vera parks.' } })
  const picture = parts.map((part) =>
    part.record.name === 'screenshot.png' ? samplePart({ ...part.record }, screenshot) : part,
  )
  return sampleItem({ seed, post: item.post, parts: picture })
}

const items = [itemWith('one'), itemWith('two')]
const [one] = items
if (!one) throw new Error('no item')
let whole: Bytes
let copy: Bytes

beforeAll(async () => {
  whole = await signedBundle(items)
  copy = await redactedBundle(items, { words: ['Vera'], paint })
})

async function tieOf(some: Bytes, other: Bytes) {
  const [{ files }, { files: others }] = [await verifyFiles(some), await verifyFiles(other)]
  if (!files || !others) throw new Error('no bundle')
  return checkTie(files, others)
}

const failuresOf = async (some: Bytes, other = whole) =>
  (await tieOf(some, other)).statements.flatMap(({ id, result, subject, detail }) =>
    result === 'pass' ? [] : [[id, result, subject?.split('/').at(-1), detail]],
  )

const nameOf = (file: string) => `data/items/${one?.item.id}/${file}`

/** The copy with a file of its first item changed, and all lists written anew around it. */
function withFile(file: string, change: (content: Bytes) => Bytes, from = copy): Bytes {
  return forgeBundle(from, (files) => {
    files.set(nameOf(file), change(files.get(nameOf(file)) ?? new Uint8Array()))
  })
}

function withFacts(change: (facts: RedactedFacts) => RedactedFacts, from = copy): Bytes {
  return withFile(
    'redacted.json',
    (content) => canonicalBytes(change(RedactedFacts.parse(JSON.parse(fromUtf8(content))))),
    from,
  )
}

function withPicture(picture: Bytes): Bytes {
  const { record } = samplePart(
    { name: 'screenshot.png', role: 'screenshot', mediaType: 'image/png' },
    picture,
  )
  const facts = (known: RedactedFacts): RedactedFacts => ({
    ...known,
    item: {
      ...known.item,
      parts: known.item.parts.map((part) => ({ ...part, bytes: record.bytes, sha256: record.sha256 })),
    },
  })
  return withFacts(
    facts,
    withFile('screenshot.png', () => picture),
  )
}

describe('a redacted copy beside its whole', () => {
  it('opens the commitment, says nothing else, and shows the same pixels but for what is covered', async () => {
    const { statements, covered } = await tieOf(copy, whole)
    expect(statements.map(({ id, result }) => [id, result])).toEqual(
      items.flatMap(() => [
        ['copy-of-whole', 'pass'],
        ['copy-words', 'pass'],
        ['copy-pictures', 'pass'],
      ]),
    )
    expect(covered[0]).toEqual({
      id: one.item.id,
      pictures: [{ name: 'screenshot.png', areas: 1 }],
      places: 1,
      leftOut: one.item.parts.map(({ name }) => name).filter((name) => name !== 'screenshot.png'),
    })
  })

  it('is not tied to a whole with another salt, to a damaged one, or to a bundle without it', async () => {
    const salted = items.map((opened) => ({ ...opened, salt: opened.salt.map((byte) => byte ^ 1) }))
    expect((await failuresOf(copy, await signedBundle(salted)))[0]).toEqual([
      'copy-of-whole',
      'fail',
      'redacted.json',
      'commitment-differs',
    ])
    const damaged = withFile('text.txt', () => toUtf8('other'), whole)
    expect((await failuresOf(copy, damaged))[0]).toEqual([
      'copy-of-whole',
      'fail',
      'item.json',
      'whole-damaged',
    ])
    const others = await signedBundle([itemWith('three')])
    expect((await failuresOf(copy, others))[0]?.slice(3)).toEqual(['no-whole-item'])
    expect((await failuresOf(copy, copy))[0]?.slice(3)).toEqual(['no-whole-item'])
    expect(await failuresOf(whole)).toEqual([['copy-of-whole', 'absent', undefined, 'no-redacted-copy']])
  })

  it('is found out with other words, though everything in its own bundle fits', async () => {
    const said = withFacts((facts) => ({
      ...facts,
      item: { ...facts.item, post: { ...facts.item.post, text: 'We love █████.' } },
    }))
    expect(
      (await verifyBundle(said)).statements.filter(({ id }) => id === 'redacted-well-formed'),
    ).toMatchObject(items.map(() => ({ result: 'pass' })))
    expect(await failuresOf(said)).toEqual([['copy-words', 'fail', 'redacted.json', 'words-differ']])
  })

  it('is found out with a pixel changed, or an area that is not covered', async () => {
    const areas = [{ x: 2, y: 3, width: 10, height: 4 }]
    const painted = paintRows(rows, areas)
    const marked = painted.map((row, y) =>
      y === 0 ? row.map((value, at) => (at === 0 ? value ^ 1 : value)) : row,
    )
    const open = [...painted.slice(0, 3), ...rows.slice(3, 4), ...painted.slice(4)]
    for (const [made, why] of [
      [marked, 'pixels-differ'],
      [open, 'not-painted-over'],
    ] as const) {
      const bundle = withPicture(writePng({ width, height, colour: 2, rows: made }))
      expect(await failuresOf(bundle)).toEqual([['copy-pictures', 'fail', 'screenshot.png', why]])
    }
  })

  it('is found out when it hides that a file was left out, or says another size', async () => {
    const hidden = withFacts((facts) => ({ ...facts, leftOut: facts.leftOut.slice(1) }))
    expect(await failuresOf(hidden)).toEqual([['copy-pictures', 'fail', 'redacted.json', 'left-out-differs']])
    const sized = withFacts((facts) => ({
      ...facts,
      item: { ...facts.item, parts: facts.item.parts.map((part) => ({ ...part, height: 99 })) },
    }))
    expect(await failuresOf(sized)).toEqual([
      ['copy-pictures', 'fail', 'screenshot.png', 'picture-size-differs'],
    ])
  })

  it('is not compared as long as it is not well formed itself', async () => {
    const broken = withFile('redacted.json', () => toUtf8('{}'))
    expect((await failuresOf(broken))[0]).toEqual(['copy-of-whole', 'fail', 'redacted.json', 'schema'])
  })

  it('that was made here is one, whatever was covered, also with a picture as it is', async () => {
    const pictures = [{ name: 'screenshot.png', areas: [] }]
    const words = ['Vera', 'parks', 'We know']
    const changes = { pictures, words, spans: [{ start: 3, end: 9 }] }
    const made = await redactItem(one, sampleRedaction(one, changes), paint)
    const bundle = await collectStream(writeBundle({ ...bundleOptions([one]), items: [made] }))
    expect(await failuresOf(bundle)).toEqual([])
  })
})

describe('npm run verify -- --whole', () => {
  let folder = ''
  let out = ''
  let err = ''
  const keep = (name: string, content: Uint8Array | string): string => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'whole-'))
    ;[out, err] = ['', '']
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      out += text
      return true
    })
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      err += text
      return true
    })
  })

  afterEach(() => vi.restoreAllMocks())
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('says that it is a copy of that whole, and what is covered', async () => {
    const files = [keep('copy.zip', copy), '--whole', keep('whole.zip', whole)]
    expect(await main(files)).toBe(0)
    expect(
      out.split('\n').filter((line) => /^PASS: The (redacted copy was|words that|pictures are)/.test(line)),
    ).toHaveLength(6)
    expect(out).toContain(
      `${one.item.id}: words covered in 1 places; areas covered in screenshot.png: 1; left out: `,
    )
    expect(err).toBe('')
    out = ''
    expect(await main([...files, '--json'])).toBe(0)
    expect(JSON.parse(out).tie).toMatchObject({
      isWholeFailed: false,
      covered: [{ places: 1 }, { places: 1 }],
    })
  })

  it('exits with 1 when it is not, and when the whole itself fails', async () => {
    const other = keep('other.zip', await signedBundle([itemWith('three')]))
    expect(await main([keep('copy.zip', copy), '--whole', other])).toBe(1)
    expect(out).toContain('FAIL: The redacted copy was made of this whole item')
    const flipped = whole.slice()
    flipped[flipped.length >> 1] = (flipped[flipped.length >> 1] ?? 0) ^ 1
    expect(await main([keep('copy.zip', copy), '--whole', keep('flipped.zip', flipped)])).toBe(1)
    expect(err).toContain('did not pass its check')
  })

  it('exits with 2 when the whole is no bundle, not there or sealed, and opens it with the passphrase', async () => {
    const paths = [keep('copy.zip', copy), '--whole']
    expect(await main([...paths, keep('words.zip', 'only words')])).toBe(2)
    expect(await main([...paths, join(folder, 'none.zip')])).toBe(2)
    const to = { kind: 'passphrase', passphrase: 'six words are here to test', workFactor: 2 } as const
    const sealed = await encryptStream(new Blob([whole]).stream(), to)
    const path = keep('whole.zip.age', await collectStream(sealed as ReadableStream<Bytes>))
    expect(await main([...paths, path])).toBe(2)
    expect(err).toContain('age -d')
    const passphrase = keep('passphrase', 'six words are here to test\n')
    expect(await main([...paths, path, '--passphrase-file', passphrase])).toBe(0)
  })
})
