import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { main } from '../../../scripts/verify'
import { encryptStream } from '../../../utils/crypto/recipients'
import { collectStream, sampleBundle, signedBundle } from '../../support/sample-bundle'
import { sampleItem } from '../../support/sample-items'

let folder = ''
let out = ''
let err = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'verify-'))
  out = ''
  err = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += text
    return true
  })
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += text
    return true
  })
})

afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true, force: true })
})

function keep(name: string, content: Uint8Array | string): string {
  const file = join(folder, name)
  writeFileSync(file, content)
  return file
}

describe('npm run verify', () => {
  it('prints a line a statement, the limits, and exits with 0 for a good bundle', async () => {
    expect(await main([keep('b.zip', await sampleBundle())])).toBe(0)
    const [statements = '', limits = ''] = out.split('\n\n')
    expect(statements.split('\n').map((line) => line.split(':')[0])).toEqual([
      ...Array.from({ length: 8 }, () => 'PASS'),
      ...Array.from({ length: 4 }, () => 'NOT PRESENT'),
    ])
    expect(limits.trim().split('\n')).toHaveLength(6)
    expect(err).toBe('')
  })

  it('says who signed and where in the log the captures are', async () => {
    expect(await main([keep('b.zip', await signedBundle())])).toBe(0)
    const [statements = '', signed = ''] = out.split('\n\n')
    expect(statements.split('\n').filter((line) => line.startsWith('NOT PRESENT'))).toHaveLength(1)
    expect(signed.split('\n').map((line) => line.split(':')[0])).toEqual([
      'Signed with the key',
      'Checkpoint of the custody log',
      sampleItem().item.id,
    ])
  })

  it('exits with 1 and names the file when something failed', async () => {
    const bundle = await sampleBundle()
    const place = Buffer.from(bundle).indexOf('Everybody knows')
    bundle[place] = 0x65
    expect(await main([keep('b.zip', bundle)])).toBe(1)
    expect(out).toContain(
      `[data/items/${sampleItem().item.id}/item.json] The content does not fit its checksum`,
    )
  })

  it('exits with 2 for what is no bundle, with the reason', async () => {
    expect(await main([keep('b.zip', 'only words')])).toBe(2)
    expect(out).toContain('FAIL: The file can be read as a bundle. It is not a ZIP file.')
  })

  it('prints JSON for a program', async () => {
    expect(await main([keep('b.zip', await sampleBundle()), '--json'])).toBe(0)
    const answer = JSON.parse(out) as { isBundle: boolean; statements: object[]; items: object[] }
    expect(answer.isBundle).toBe(true)
    expect(answer.statements[0]).toEqual({
      id: 'container-canonical',
      result: 'pass',
      subject: null,
      detail: null,
    })
    expect(answer.items).toHaveLength(1)
  })

  it('speaks Arabic when asked', async () => {
    expect(await main([keep('b.zip', await sampleBundle()), '--language', 'ar'])).toBe(0)
    expect(out).toContain('ما لا يثبته هذا')
  })

  it.each([
    ['nothing', () => []],
    ['two files', () => ['a', 'b']],
    ['an unknown option', () => ['a', '--fast']],
    ['a file that is not there', () => [join(folder, 'none.zip')]],
    ['a folder', () => [folder]],
  ])('exits with 2 and a sentence for %s', async (_, args) => {
    expect(await main(args())).toBe(2)
    expect(err).not.toBe('')
    expect(out).toBe('')
  })

  it('opens an encrypted bundle with a passphrase file, and says so without one', async () => {
    const bundle = await sampleBundle()
    const to = { kind: 'passphrase', passphrase: 'six words are here to test', workFactor: 2 } as const
    const sealed = await encryptStream(new Blob([bundle]).stream(), to)
    const file = keep('b.zip.age', await collectStream(sealed as ReadableStream<Uint8Array<ArrayBuffer>>))
    expect(await main([file])).toBe(2)
    expect(err).toContain('age -d')
    expect(await main([file, '--passphrase-file', keep('wrong', 'another\n')])).toBe(2)
    expect(err).toContain('does not open')
    expect(await main([file, '--passphrase-file', keep('right', 'six words are here to test\n')])).toBe(0)
  })
})
