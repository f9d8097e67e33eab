import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Verification } from '../../../utils/bundle/verification'
import { hasFailure, verifyBundle } from '../../../utils/bundle/verify'
import { encryptStream, makeWitness } from '../../../utils/crypto/recipients'
import { wordsFor } from '../../../utils/words/translate'
import { badLists, editItem, editText, type Files, forgeries } from '../../support/forgeries'
import {
  collectStream,
  forgeBundle,
  listFiles,
  packFiles,
  packRaw,
  sampleBundle,
  signedBundle,
} from '../../support/sample-bundle'
import { sampleBytes, sampleId, sampleItem, samplePart, samplePng } from '../../support/sample-items'
import { sampleEarlier, sampleProofs } from '../../support/sample-proofs'

type Bytes = Uint8Array<ArrayBuffer>

const secondVerifier = fileURLToPath(new URL('../../support/verify_bundle.py', import.meta.url))
let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bundle-'))
})

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

function unpack(bundle: Bytes, name: string): string {
  const file = join(folder, `${name}.zip`)
  writeFileSync(file, bundle)
  const to = join(folder, name)
  mkdirSync(to)
  execFileSync('python3', ['-m', 'zipfile', '-e', file, to])
  return to
}

describe('by hand', () => {
  it('sha256sum accepts both lists where the bundle was unpacked', async () => {
    const items = [sampleItem({ seed: 1, assessment: {} }), sampleItem({ seed: 2 })]
    const at = unpack(await sampleBundle(items, { words: wordsFor('ar') }), 'good')
    for (const list of ['manifest-sha256.txt', 'tagmanifest-sha256.txt']) {
      const lines = readFileSync(join(at, list), 'utf8').trim().split('\n')
      const out = execFileSync('sha256sum', ['-c', '--strict', list], {
        cwd: at,
        env: { ...process.env, LC_ALL: 'C' },
      })
      expect(out.toString().trim().split('\n')).toEqual(lines.map((line) => `${line.slice(66)}: OK`))
    }
  })

  it('the commands that the verifier names do what it says', async () => {
    const at = unpack(await sampleBundle(), 'named')
    const run = (id: string, cwd = at) => {
      const command = wordsFor('en').ofCode('verify.command', id) ?? 'false'
      return spawnSync('sh', ['-c', command], { cwd, encoding: 'utf8' })
    }
    expect(run('bag-complete')).toMatchObject({ status: 0, stdout: '' })
    for (const id of ['files-intact', 'tags-intact', 'case-consistent', 'report-present'])
      expect(run(id), id).toMatchObject({ status: 0, stderr: '' })
    const item = join(at, 'data', 'items', sampleItem().item.id)
    for (const id of ['item-well-formed', 'capture-time']) expect(run(id, item).status, id).toBe(0)
    writeFileSync(join(at, 'data', 'more.txt'), 'x')
    expect(run('bag-complete').stdout).toContain('data/more.txt')
  })

  it('sha256sum refuses a changed file', async () => {
    const at = unpack(await sampleBundle(), 'bad')
    writeFileSync(join(at, 'data/report/report.html'), 'other')
    expect(() =>
      execFileSync('sha256sum', ['-c', '--status', 'manifest-sha256.txt'], { cwd: at, stdio: 'ignore' }),
    ).toThrow()
  })
})

const hasUnzip = spawnSync('unzip', ['-v']).status === 0
const hasAge = spawnSync('age', ['--version']).status === 0

describe("others' tools", () => {
  it.skipIf(!hasUnzip)('unzip tests every file, and names the one that was changed', async () => {
    const bundle = await sampleBundle([sampleItem({ seed: 1, assessment: {} }), sampleItem({ seed: 2 })])
    const good = join(folder, 'unzip-good.zip')
    writeFileSync(good, bundle)
    const out = execFileSync('unzip', ['-t', good], { env: { ...process.env, LC_ALL: 'C' } }).toString()
    const files = listFiles(bundle)
    expect(out.match(/ OK$/gm)).toHaveLength(files.length)
    expect(out).toContain('No errors detected')

    const victim = files.find(({ name }) => name.endsWith('post.html.txt'))
    if (!victim) throw new Error('an item has its source')
    bundle[victim.start + 4] = (bundle[victim.start + 4] ?? 0) ^ 1
    const bad = join(folder, 'unzip-bad.zip')
    writeFileSync(bad, bundle)
    const { status, stdout } = spawnSync('unzip', ['-t', bad], { encoding: 'utf8' })
    expect(status).not.toBe(0)
    expect(stdout.split('\n').find((line) => line.includes('bad CRC'))).toContain(victim.name)
  })

  it.skipIf(!hasAge)('age opens an encrypted bundle to the same bytes', async () => {
    const bundle = await sampleBundle()
    const { identity, recipient } = await makeWitness([])
    const stream = await encryptStream(new Blob([bundle]).stream(), {
      kind: 'recipients',
      recipients: [recipient],
    })
    const sealed = join(folder, 'sealed.zip.age')
    writeFileSync(sealed, await collectStream(stream as ReadableStream<Bytes>))
    const key = join(folder, 'key.txt')
    writeFileSync(key, `${identity}\n`)
    const opened = execFileSync('age', ['-d', '-i', key, sealed], { maxBuffer: 2 ** 26 })
    expect(Buffer.compare(opened, bundle)).toBe(0)
  })
})

function exitOf(verification: Verification): number {
  if (!verification.isBundle) return 2
  return hasFailure(verification) ? 1 : 0
}

/** The answer in the form of the second verifier. */
function summarise(verification: Verification): { exit: number; failed: string[] } {
  const failed = verification.statements.filter((found) => found.result === 'fail')
  const named = verification.isBundle
    ? failed.map((found) => `${found.id} ${found.subject ?? ''}`)
    : ['readable ']
  return { exit: exitOf(verification), failed: hasFailure(verification) ? [...new Set(named)].sort() : [] }
}

function runSecond(files: string[]): { exit: number; failed: string[] }[] {
  const out = execFileSync('python3', [secondVerifier, ...files], { maxBuffer: 64 * 1024 * 1024 })
  const answers = JSON.parse(out.toString()) as { exit: number; failed: [string, string | null][] }[]
  return answers.map(({ exit, failed }) => ({
    exit,
    failed: failed.map(([id, subject]) => `${id} ${subject ?? ''}`).sort(),
  }))
}

function pick(seed: string, below: number): number {
  return new DataView(sampleBytes(seed, 4).buffer).getUint32(0) % below
}

/** One of many kinds of change, chosen by the seed. */
function change(bundle: Bytes, seed: number): Bytes {
  const files = listFiles(bundle)
  const at = pick(`at ${seed}`, files.length)
  const kinds: (() => Bytes)[] = [
    () => bundle,
    () => bundle.slice(0, pick(`cut ${seed}`, bundle.length)),
    () => packFiles(files.filter((_, i) => i !== at)),
    () => packFiles(files.map((file, i) => files[i === at ? at - 1 : i === at - 1 ? at : i] ?? file)),
    () => packFiles(files.map((file, i) => (i === at ? { ...file, content: sampleBytes(seed, 40) } : file))),
    () => packRaw(files.map((file) => ({ ...file, lies: { flags: 0x0800 } }))),
    () => {
      const flipped = bundle.slice()
      const place = pick(`flip ${seed}`, bundle.length)
      flipped[place] = (flipped[place] ?? 0) ^ (1 << pick(`bit ${seed}`, 8))
      return flipped
    },
    () =>
      forgeBundle(bundle, (map) => {
        const name = files[at]?.name ?? ''
        const content = map.get(name)?.slice() ?? new Uint8Array(1)
        const place = pick(`place ${seed}`, content.length)
        content[place] = (content[place] ?? 0) ^ (1 << pick(`bit ${seed}`, 7))
        map.set(name, content)
      }),
  ]
  return kinds[seed % kinds.length]?.() ?? bundle
}

/** Fields that items did not have at first. */
const later = [
  'captured.clockSkewSeconds',
  'page.headings',
  'page.times',
  'group',
  'recheck',
  'parts.0.address',
  'parts.0.likeness',
  'collection.reader.expected',
  'collection.zoom',
  'collection.window',
  'collection.sources',
]

/** An item with every field that the others leave at null or empty. */
function fullItem() {
  const picture = { name: 'media-1.png', role: 'media', mediaType: 'image/png', method: 'fetched' } as const
  return sampleItem({
    seed: 'full',
    captured: { clockSkewSeconds: -7, platformDate: 'Tue, 14 May 2024 07:30:05 GMT' },
    page: { headings: ['Tides', 'May'], times: [{ asShown: 'May', machine: '2024-05' }] },
    group: { id: sampleId('group'), kind: 'thread', position: 3 },
    recheck: { itemId: sampleId('first'), outcome: 'not-shown' },
    parts: [
      samplePart(
        { ...picture, address: 'https://pbs.twimg.example/1.png', likeness: '00ff00ff00ff00ff' },
        samplePng(),
      ),
    ],
    collection: {
      reader: { platform: 'generic', version: 1, reason: 'reader-threw', expected: 'x', isConfirmed: null },
      zoom: '1.25',
      window: 'private',
      sources: [{ fact: 'handle', source: 'permalink', value: 'saltmarsh77', agrees: false }],
    },
  })
}

async function manyBundles(): Promise<Bytes[]> {
  const large = samplePart(
    { name: 'tile-1.png', role: 'tile', mediaType: 'image/png' },
    samplePng({ height: 90 }),
  )
  const times = [
    { asShown: null, iso: null, from: null, to: null, precision: null, source: null },
    {
      asShown: '2024',
      iso: '2024-12-01T00:00:00.000Z',
      from: null,
      to: null,
      precision: 'year',
      source: 'dom',
    },
    {
      asShown: '2024',
      iso: '2024-06-16T00:00:00.000Z',
      from: null,
      to: null,
      precision: 'month',
      source: 'dom',
    },
  ] as const
  const good = [
    await sampleBundle([]),
    await sampleBundle([sampleItem({ assessment: {} })]),
    await sampleBundle([
      sampleItem(),
      sampleItem({ seed: 'ar', post: { text: 'نعرف بيتك 🏚 \u0001"\\', direction: 'rtl' } }),
    ]),
    await sampleBundle([sampleItem({ parts: [large] }), sampleItem({ seed: 4, assessment: { note: '' } })]),
    await sampleBundle([fullItem()]),
    await signedBundle([sampleItem({ seed: 5, parts: [], assessment: {} })]),
    await signedBundle([sampleItem({ seed: 6, parts: [] }), sampleItem({ seed: 7, assessment: {} })]),
    ...(await Promise.all(times.map((posted) => sampleBundle([sampleItem({ post: { posted } })])))),
  ]
  const one = await sampleBundle([sampleItem({ assessment: {} })])
  const forged = forgeries.map(([, edit]) => forgeBundle(one, edit))
  const lists = badLists.flatMap(([, edit]) =>
    ['manifest-sha256.txt', 'tagmanifest-sha256.txt'].map((name) => {
      const files: Files = new Map(listFiles(one).map((file) => [file.name, file.content]))
      editText(name, edit)(files)
      return packFiles([...files].map(([file, content]) => ({ name: file, content })))
    }),
  )
  const changed = Array.from({ length: 1_000 }, (_, seed) => change(good[seed % good.length] ?? one, seed))
  const older = later.map((path) => forgeBundle(one, editItem(path, undefined)))
  return [...good, ...older, ...forged, ...lists, ...changed, ...(await changedProofs())]
}

/** Bundles with proofs of another log, whole and with one thing of those changed and all lists written anew. */
async function changedEarlier(): Promise<Bytes[]> {
  const items = [sampleItem({ parts: [], assessment: {} }), sampleItem({ seed: 'second', parts: [] })]
  const proofs = { ...(await sampleProofs(items)), earlier: await sampleEarlier(items) }
  const whole = await sampleBundle(items, { proofs })
  const names = listFiles(whole).flatMap(({ name }) => (name.startsWith('data/earlier/') ? [name] : []))
  const at = (seed: number) => names[seed % names.length] ?? ''
  const without = names.map((name) => forgeBundle(whole, (files) => files.delete(name)))
  const turned = Array.from({ length: 60 }, (_, seed) =>
    forgeBundle(whole, (files) => {
      const content = files.get(at(seed))?.slice() ?? new Uint8Array()
      const place = pick(`earlier ${seed}`, content.length)
      content[place] = (content[place] ?? 0) ^ (1 << pick(`earlier bit ${seed}`, 7))
      files.set(at(seed), content)
    }),
  )
  const alone = forgeBundle(whole, (files) => {
    for (const name of names) if (name.includes('/items/')) files.delete(name)
  })
  const foreign = forgeBundle(whole, (files) => {
    const [content] = names.flatMap((name) => (name.includes('/items/') ? [files.get(name)] : []))
    if (content) files.set(`data/earlier/1/items/${sampleId('none')}.tlog-proof`, content)
  })
  const unknown = forgeBundle(whole, (files) => files.set('data/earlier/1/more.txt', new Uint8Array(3)))
  expect(names).toHaveLength(5)
  return [whole, alone, foreign, unknown, ...without, ...turned]
}

/** Signed bundles with one thing of the proofs changed, and all lists written anew. */
async function changedProofs(): Promise<Bytes[]> {
  const signed = await signedBundle([sampleItem({ parts: [], assessment: {} })])
  const names = listFiles(signed).flatMap(({ name }) => (name.startsWith('proof/') ? [name] : []))
  const without = names.map((name) => forgeBundle(signed, (files) => files.delete(name)))
  const turned = Array.from({ length: 120 }, (_, seed) =>
    forgeBundle(signed, (files) => {
      const name = names[seed % names.length] ?? ''
      const content = files.get(name)?.slice() ?? new Uint8Array()
      const [high = 0, low = 0, bit = 0] = sampleBytes(`turn ${seed}`, 3)
      const at = ((high << 8) | low) % content.length
      content[at] = (content[at] ?? 0) ^ (1 << (bit & 7))
      files.set(name, content)
    }),
  )
  const bare = forgeBundle(signed, (files) => {
    for (const name of names) files.delete(name)
  })
  const facts = forgeBundle(signed, editItem('captured.utc', '2024-05-14T07:30:13.345Z'))
  return [signed, bare, facts, ...without, ...turned]
}

describe('a second verifier, written from the document', () => {
  it('takes items from before a field was there, and those with every field', async () => {
    const one = await sampleBundle([sampleItem()])
    const full = await sampleBundle([fullItem()])
    for (const bundle of [full, ...later.map((path) => forgeBundle(one, editItem(path, undefined)))])
      expect(summarise(await verifyBundle(bundle))).toEqual({ exit: 0, failed: [] })
  })

  it('agrees on more than a thousand bundles, good and broken', { timeout: 120_000 }, async () => {
    const bundles = [...(await manyBundles()), ...(await changedEarlier())]
    const files = bundles.map((bundle, i) => {
      const file = join(folder, `${i}.zip`)
      writeFileSync(file, bundle)
      return file
    })
    const second = runSecond(files)
    const counts = [0, 0, 0]
    for (const [i, bundle] of bundles.entries()) {
      const ours = summarise(await verifyBundle(bundle))
      expect(second[i], `${dirname(secondVerifier)} on bundle ${i}`).toEqual(ours)
      counts[ours.exit] = (counts[ours.exit] ?? 0) + 1
    }
    expect(bundles.length).toBeGreaterThan(1_000)
    for (const count of counts) expect(count).toBeGreaterThan(60)
  })
})
