import { describe, expect, it } from 'vitest'
import type { Verification } from '../../../utils/bundle/verification'
import { hasFailure, verifyBundle } from '../../../utils/bundle/verify'
import { concatBytes } from '../../../utils/crypto/bytes'
import { listFiles, packFiles, sampleBundle } from '../../support/sample-bundle'
import { sampleBytes, sampleItem } from '../../support/sample-items'

type Bytes = Uint8Array<ArrayBuffer>

function subjects(verification: Verification): (string | null)[] {
  return verification.statements.filter((found) => found.result === 'fail').map((found) => found.subject)
}

/** Null when the change is reported as it must be, else what is wrong. */
async function findMiss(changed: Bytes, expectedFile: string | null): Promise<string | null> {
  const verification = await verifyBundle(changed)
  if (!hasFailure(verification)) return 'nothing failed'
  if (expectedFile === null) return null
  if (!verification.isBundle) return 'reported as no bundle'
  const container = verification.statements.filter((found) => found.id === 'container-canonical')
  const named = container.filter((found) => found.detail === 'checksum-differs').map((found) => found.subject)
  return named.length === 1 && named[0] === expectedFile ? null : `named ${named.join()}`
}

describe('a changed bundle', () => {
  it('is seen for every single byte, and the file is named', { timeout: 300_000 }, async () => {
    const bundle = await sampleBundle([sampleItem({ assessment: {} })])
    const files = listFiles(bundle)
    const bits = sampleBytes('bits', bundle.length)
    const misses: string[] = []
    for (let i = 0; i < bundle.length; i++) {
      const before = bundle[i] ?? 0
      bundle[i] = before ^ (1 << ((bits[i] ?? 0) & 7))
      const file = files.find(({ start, end }) => i >= start && i < end)
      const miss = await findMiss(bundle, file?.name ?? null)
      if (miss) misses.push(`byte ${i} (${file?.name ?? 'container'}): ${miss}`)
      bundle[i] = before
    }
    expect(misses).toEqual([])
    expect(hasFailure(await verifyBundle(bundle))).toBe(false)
  })

  it('names a file whose flip the container was made to fit', async () => {
    const bundle = await sampleBundle()
    const files = listFiles(bundle)
    for (const { name } of files) {
      const changed = files.map((file) => {
        const content = file.content.slice()
        if (file.name === name) content[3] = (content[3] ?? 0) ^ 1
        return { name: file.name, content }
      })
      const verification = await verifyBundle(packFiles(changed))
      const tagList = name === 'tagmanifest-sha256.txt'
      expect(subjects(verification), name).toContain(tagList ? 'bagit.txt' : name)
    }
  })

  it('is seen when it is cut anywhere', async () => {
    const bundle = await sampleBundle()
    const misses: number[] = []
    for (let length = 0; length < bundle.length; length += 7) {
      if (!(await findMiss(bundle.slice(0, length), null))) continue
      misses.push(length)
    }
    expect(misses).toEqual([])
  })

  it('is seen when a byte is put in or taken out', async () => {
    const bundle = await sampleBundle()
    const misses: string[] = []
    for (let at = 0; at <= bundle.length; at += 11) {
      const longer = concatBytes(bundle.subarray(0, at), Uint8Array.of(at & 0xff), bundle.subarray(at))
      const shorter = concatBytes(bundle.subarray(0, at), bundle.subarray(at + 1))
      if (await findMiss(longer, null)) misses.push(`in at ${at}`)
      if (at < bundle.length && (await findMiss(shorter, null))) misses.push(`out at ${at}`)
    }
    expect(misses).toEqual([])
  })

  it('is seen when any two neighbouring files are swapped', async () => {
    const files = listFiles(await sampleBundle([sampleItem({ seed: 1 }), sampleItem({ seed: 2 })]))
    for (let i = 0; i + 1 < files.length; i++) {
      const [first, second] = [files[i], files[i + 1]]
      if (!first || !second) throw new Error('there are two')
      const moved = [...files.slice(0, i), second, first, ...files.slice(i + 2)]
      expect(hasFailure(await verifyBundle(packFiles(moved))), `${first.name}`).toBe(true)
      const contents = [
        ...files.slice(0, i),
        { name: first.name, content: second.content },
        { name: second.name, content: first.content },
        ...files.slice(i + 2),
      ]
      expect(subjects(await verifyBundle(packFiles(contents))), first.name).not.toEqual([])
    }
  })

  it('is seen when any file is left out or added', async () => {
    const files = listFiles(await sampleBundle())
    for (const { name } of files) {
      const verification = await verifyBundle(packFiles(files.filter((file) => file.name !== name)))
      const isBag = name !== 'bagit.txt'
      expect(verification.isBundle).toBe(isBag)
      if (isBag) expect(subjects(verification), name).toContain(name)
    }
    const extra = 'data/report/extra.txt'
    const verification = await verifyBundle(
      packFiles([...files, { name: extra, content: new Uint8Array(3) }]),
    )
    expect(subjects(verification)).toContain(extra)
  })
})
