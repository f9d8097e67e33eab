import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { isAllowedName, showName } from '../../../utils/bundle/names'
import type { Reason } from '../../../utils/bundle/verification'
import { verifyBundle } from '../../../utils/bundle/verify'
import { concatBytes, toUtf8 } from '../../../utils/crypto/bytes'
import { hostileBundle } from '../../support/hostile-bundles'
import { forgeBundle, packRaw, sampleBundle, signedBundle } from '../../support/sample-bundle'
import { sampleBytes } from '../../support/sample-items'

type Bytes = Uint8Array<ArrayBuffer>

const mebibyte = 1024 * 1024
const bagit = { name: 'bagit.txt', content: toUtf8('BagIt-Version: 1.0\n') }
const text = (name: string, content = 'x') => ({ name, content: toUtf8(content) })

const symlink = { madeBy: 3 << 8, attributes: (0o120777 << 16) >>> 0 }
const folder = { madeBy: 3 << 8, attributes: (0o040755 << 16) >>> 0 }

function deflated(): Bytes {
  const packed = deflateRawSync(Buffer.alloc(64 * mebibyte))
  return packRaw([{ name: 'bagit.txt', content: packed, lies: { method: 8, size: 64 * mebibyte } }])
}

function zip64Locator(): Buffer {
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(0x07064b50, 0)
  return locator
}

const refused: [string, () => Bytes, Reason, string | null][] = [
  ['nothing', () => new Uint8Array(), 'empty', null],
  ['another kind of file', () => toUtf8('%PDF-1.7 and so on, long enough'), 'not-a-zip', null],
  ['an age file', () => toUtf8('age-encryption.org/v1\n-> scrypt'), 'encrypted', null],
  ['an armoured age file', () => toUtf8('-----BEGIN AGE ENCRYPTED FILE-----\nYWdl'), 'encrypted', null],
  [
    'a name that climbs',
    () => packRaw([bagit, text('data/../../etc/passwd')]),
    'name-refused',
    'data/../../etc/passwd',
  ],
  ['an absolute name', () => packRaw([bagit, text('/etc/passwd')]), 'name-refused', '/etc/passwd'],
  ['a backslash', () => packRaw([bagit, text('data\\x')]), 'name-refused', 'data\\x5cx'],
  ['a drive letter', () => packRaw([bagit, text('C:/x')]), 'name-refused', 'C:/x'],
  ['a Windows device', () => packRaw([bagit, text('data/aux.txt')]), 'name-refused', 'data/aux.txt'],
  ['a terminal escape', () => packRaw([bagit, text('\u001b[2Jx')]), 'name-refused', '\\x1b[2Jx'],
  [
    'a right-to-left override',
    () => packRaw([bagit, text('a\u202etxt.exe')]),
    'name-refused',
    'a\\xe2\\x80\\xaetxt.exe',
  ],
  [
    'broken UTF-8',
    () => packRaw([bagit, { name: Uint8Array.of(0x61, 0xff, 0xfe) }]),
    'name-not-utf8',
    'a\\xff\\xfe',
  ],
  ['a name twice', () => packRaw([bagit, text('a.txt'), text('a.txt')]), 'name-twice', 'a.txt'],
  ['names that differ by case', () => packRaw([bagit, text('a.txt'), text('A.txt')]), 'name-twice', 'A.txt'],
  [
    'a symlink',
    () => packRaw([bagit, { ...text('data/l', '/etc'), central: symlink }]),
    'special-file',
    'data/l',
  ],
  ['a folder', () => packRaw([bagit, { ...text('data'), central: folder }]), 'special-file', 'data'],
  ['a folder by its name', () => packRaw([bagit, { name: 'data/' }]), 'name-refused', 'data/'],
  ['a bomb', deflated, 'compressed', 'bagit.txt'],
  [
    'two entries on the same bytes',
    () => packRaw([{ ...text('a', 'aa') }, { ...text('b', 'aa'), central: { offset: 0 } }]),
    'overlap',
    'b',
  ],
  [
    'an entry inside another',
    () =>
      packRaw([
        { name: 'a', content: packRaw([text('b')]) },
        { ...text('b'), central: { offset: 31 } },
      ]),
    'overlap',
    'b',
  ],
  [
    '10 GB',
    () => packRaw([{ ...bagit, lies: { packed: 0xfffffff0, size: 0xfffffff0 } }]),
    'outside-file',
    'bagit.txt',
  ],
  ['two sizes', () => packRaw([{ ...bagit, lies: { packed: 5 } }]), 'sizes-differ', 'bagit.txt'],
  [
    'an offset behind the end',
    () => packRaw([{ ...bagit, central: { offset: 0xfffffff0 } }]),
    'outside-file',
    'bagit.txt',
  ],
  ['headers that differ', () => packRaw([{ ...bagit, central: { crc: 5 } }]), 'headers-differ', 'bagit.txt'],
  ['Zip64 in an entry', () => packRaw([{ ...bagit, central: { offset: 0xffffffff } }]), 'zip64', 'bagit.txt'],
  ['Zip64 in the end', () => packRaw([bagit], { entries: 0xffff }), 'zip64', null],
  ['a Zip64 locator', () => packRaw([bagit], { before: zip64Locator() }), 'zip64', null],
  ['an extra field', () => packRaw([{ ...bagit, lies: { extra: 9 } }]), 'extra-field', 'bagit.txt'],
  ['a data descriptor', () => packRaw([{ ...bagit, lies: { flags: 8 } }]), 'data-descriptor', 'bagit.txt'],
  ['ZIP encryption', () => packRaw([{ ...bagit, lies: { flags: 1 } }]), 'entry-encrypted', 'bagit.txt'],
  ['strange flags', () => packRaw([{ ...bagit, lies: { flags: 0x4000 } }]), 'unknown-flags', 'bagit.txt'],
  ['another disk', () => packRaw([{ ...bagit, central: { disk: 2 } }]), 'entry-damaged', 'bagit.txt'],
  ['more entries than there are', () => packRaw([bagit], { entries: 3 }), 'directory-damaged', null],
  ['10,001 entries', () => packRaw([bagit], { entries: 10_001 }), 'too-many-entries', null],
  ['a directory elsewhere', () => packRaw([bagit], { offset: 3 }), 'directory-damaged', null],
  ['something after the end', () => packRaw([bagit], { tail: new Uint8Array(5) }), 'no-end-record', null],
  [
    'something before the end',
    () => packRaw([bagit], { before: new Uint8Array(5) }),
    'directory-damaged',
    null,
  ],
  ['a ZIP that is no bag', () => packRaw([text('a.txt')]), 'no-bag', null],
]

/** Runs under a limit of processor time (a busy machine must not fail the test) and of growth of memory. */
async function verifyModestly(bytes: Bytes | Blob) {
  const before = process.memoryUsage()
  const start = process.cpuUsage()
  const verification = await verifyBundle(bytes)
  const { user, system } = process.cpuUsage(start)
  const after = process.memoryUsage()
  const grown = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers
  expect((user + system) / 1_000, 'milliseconds').toBeLessThan(2_000)
  expect(grown).toBeLessThan(100 * mebibyte)
  return verification
}

describe('a hostile container', () => {
  it.each(refused)('with %s is refused and named', async (_, make, reason, entry) => {
    const verification = await verifyModestly(make())
    expect(verification).toMatchObject({ isBundle: false, items: [] })
    expect(verification.statements).toEqual([
      { id: 'readable', result: 'fail', subject: entry, detail: reason },
    ])
  })

  it('with 10,000 entries is read in time', async () => {
    const entries = Array.from({ length: 9_999 }, (_, i) => text(`data/f${i}`))
    const verification = await verifyModestly(packRaw([bagit, ...entries]))
    expect(verification.isBundle).toBe(true)
    expect(verification.statements).toContainEqual({
      id: 'bag-complete',
      result: 'fail',
      subject: 'data/f0',
      detail: 'unknown-file',
    })
  })

  it('of 5 GiB is refused without being read', async () => {
    const huge = new Blob(Array.from({ length: 5 * 64 }, () => piece))
    expect(huge.size).toBe(5 * 1024 * mebibyte)
    const verification = await verifyModestly(huge)
    expect(verification.statements[0]).toMatchObject({ detail: 'too-large' })
  })

  it('with bytes that belong to no file fails', async () => {
    const bundle = await sampleBundle()
    const directory = new DataView(bundle.buffer).getUint32(bundle.length - 6, true)
    const padded = concatBytes(bundle.subarray(0, directory), new Uint8Array(5), bundle.subarray(directory))
    new DataView(padded.buffer).setUint32(padded.length - 6, directory + 5, true)
    const failed = (await verifyBundle(padded)).statements.filter((statement) => statement.result === 'fail')
    expect(failed.map(({ id, detail }) => [id, detail])).toEqual([['container-canonical', 'out-of-place']])
  })

  it('never throws on noise with the signs of a ZIP', async () => {
    const bundle = await sampleBundle()
    for (let seed = 0; seed < 300; seed++) {
      const noisy = bundle.slice()
      const noise = sampleBytes(seed, 64)
      for (let i = 0; i + 4 <= noise.length; i += 4) {
        const place = new DataView(noise.buffer).getUint32(i, true) % noisy.length
        noisy[place] = noise[i] ?? 0
      }
      const verification = await verifyBundle(noisy)
      expect(verification.statements.length).toBeGreaterThan(0)
    }
  })
})

describe('hostile bundles made by a seed', () => {
  it('end in a clear answer, in time and in little memory', { timeout: 120_000 }, async () => {
    const good = await signedBundle()
    const counts = { refused: 0, failed: 0, passed: 0 }
    // Thousands more: `npm run test:tamper -- --hostile N`.
    for (let number = 0; number < 300; number++) {
      const { kind, bytes } = hostileBundle(good, number)
      const verification = await verifyModestly(new Blob([bytes]))
      const { statements, isBundle, notProved } = verification
      expect(notProved.length, `${kind} ${number}`).toBeGreaterThan(0)
      for (const { subject, result, detail } of statements) {
        if (result === 'fail') expect(detail, `${kind} ${number}`).not.toBeNull()
        if (subject !== null) expect(subject, `${kind} ${number}`).toMatch(/^[\x20-\x7e…]{1,200}$/)
      }
      const isFailed = statements.some(({ result }) => result === 'fail')
      counts[isBundle ? (isFailed ? 'failed' : 'passed') : 'refused']++
      expect(isBundle || isFailed).toBe(true)
    }
    expect(counts.refused).toBeGreaterThan(100)
    expect(counts.failed).toBeGreaterThan(100)
    expect('ran' in globalThis).toBe(false)
  })
})

const piece = new Blob([new Uint8Array(16 * mebibyte)])

const hostileJson: [string, () => Bytes, Reason][] = [
  ['deep nesting', () => toUtf8('['.repeat(mebibyte)), 'json-too-deep'],
  ['deep objects', () => toUtf8('{"a":'.repeat(mebibyte)), 'json-too-deep'],
  ['a flood of objects', () => toUtf8(`[${'{},'.repeat(2 * mebibyte)}{}]`), 'json-too-deep'],
  ['too many bytes', () => new Uint8Array(9 * mebibyte).fill(0x20), 'file-too-large'],
  ['broken UTF-8', () => concatBytes(toUtf8('"'), Uint8Array.of(0xff), toUtf8('"')), 'json-broken'],
  ['a byte order mark', () => toUtf8('\ufeff{}'), 'json-broken'],
  ['a key twice', () => toUtf8('{"version":1,"version":1}'), 'not-canonical'],
  ['a lone surrogate', () => toUtf8('{"version":"\\ud800"}'), 'not-canonical'],
  ['space', () => toUtf8('{ "version":1}'), 'not-canonical'],
  ['a prototype', () => toUtf8('{"__proto__":{"version":1}}'), 'schema'],
  ['a number for an object', () => toUtf8('1'), 'schema'],
  ['nothing', () => new Uint8Array(), 'json-broken'],
]

describe('hostile JSON', () => {
  it.each(hostileJson)('with %s is reported', async (_, make, reason) => {
    const content = make()
    const bundle = await sampleBundle()
    const forged = forgeBundle(bundle, (files) => {
      for (const name of files.keys()) if (/item\.json$|case\.json$/.test(name)) files.set(name, content)
    })
    const verification = await verifyModestly(forged)
    const failed = verification.statements.filter((statement) => statement.result === 'fail')
    expect(failed).toHaveLength(2)
    for (const statement of failed) expect(statement).toMatchObject({ detail: reason })
    expect(failed.map((statement) => statement.subject)).toContain('data/case.json')
  })
})

describe('names', () => {
  it('that are allowed', () => {
    const names = ['bagit.txt', 'data/items/0a/tile-1.png', 'README.txt', 'a/b/c/d/e/f', 'console.txt']
    for (const name of names) expect(isAllowedName(name), name).toBe(true)
  })

  it('that are refused', () => {
    const names = [
      '',
      '.',
      '..',
      '.a',
      'a/',
      'a//b',
      'a/.b',
      'a.',
      'a./b',
      'a b',
      'a~',
      'é',
      'a/b/c/d/e/f/g',
      'CON',
      'com1.txt',
      'x'.repeat(101),
      'a:b',
    ]
    for (const name of names) expect(isAllowedName(name), name).toBe(false)
  })

  it('are printed safely and shortened', () => {
    expect(showName(Uint8Array.of(0x1b, 0x41, 0x0a))).toBe('\\x1bA\\x0a')
    expect(showName(new Uint8Array(200).fill(0x61))).toBe(`${'a'.repeat(80)}…`)
  })
})
