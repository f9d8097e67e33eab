import { describe, expect, it } from 'vitest'
import type { Verification } from '../../../utils/bundle/verification'
import { hasFailure, verifyBundle } from '../../../utils/bundle/verify'
import { concatBytes } from '../../../utils/crypto/bytes'
import { listFiles, packFiles, sampleBundle, signedBundle } from '../../support/sample-bundle'
import { sampleItem } from '../../support/sample-items'
import {
  type ChangeKind,
  changeKinds,
  largeBundle,
  smallBundle,
  tryChange,
  tryFlip,
  withFiles,
} from '../../support/tamper'

function subjects(verification: Verification): (string | null)[] {
  return verification.statements.filter((found) => found.result === 'fail').map((found) => found.subject)
}

describe('a changed bundle', () => {
  it('of 32 KiB is seen for any bit, and the file is named', { timeout: 120_000 }, async () => {
    const { bundle, files } = await withFiles(smallBundle())
    expect(bundle).toHaveLength(32 * 1024)
    const misses: string[] = []
    const places = { files: 0, headers: 0 }
    // All 262,144 are for `npm run test:tamper`.
    for (let bit = 0; bit < bundle.length * 8; bit += 121) {
      const { isMissed, isInContent } = await tryFlip(bundle, files, bit)
      if (isMissed) misses.push(isMissed)
      places[isInContent ? 'files' : 'headers']++
    }
    expect(misses).toEqual([])
    expect(places.files).toBeGreaterThan(1_700)
    expect(places.headers).toBeGreaterThan(100)
    expect(hasFailure(await verifyBundle(bundle))).toBe(false)
  })

  it('of megabytes is seen for random changes of every kind', { timeout: 120_000 }, async () => {
    const { bundle, files } = await withFiles(largeBundle())
    expect(bundle.length).toBeGreaterThan(2_000_000)
    const misses: string[] = []
    const kinds = new Set<ChangeKind>()
    for (let number = 0; number < 60; number++) {
      const { isMissed, kind } = await tryChange(bundle, files, number)
      if (isMissed) misses.push(isMissed)
      kinds.add(kind)
    }
    expect(misses).toEqual([])
    expect([...kinds]).toEqual([...changeKinds])
  })

  it('would be called missed if nothing failed', async () => {
    const { bundle, files } = await withFiles(smallBundle())
    const copy = bundle.slice()
    // What is flipped here was flipped before: the bundle that is verified is the good one.
    copy[900] = (copy[900] ?? 0) ^ 4
    expect((await tryFlip(copy, files, 900 * 8 + 2)).isMissed).toContain('nothing failed')
  })

  it('is seen in the proofs, too, and the file is named', { timeout: 120_000 }, async () => {
    const { bundle, files } = await withFiles(signedBundle([sampleItem({ parts: [], assessment: {} })]))
    const proofs = files.filter(({ name }) => name.startsWith('proof/'))
    const misses: string[] = []
    for (const { start, end } of proofs) {
      for (let i = start; i < end; i += 5) {
        const { isMissed } = await tryFlip(bundle, files, i * 8 + (i % 8))
        if (isMissed) misses.push(isMissed)
      }
    }
    expect(proofs).toHaveLength(5)
    expect(misses).toEqual([])
  })

  it('names a file whose flip the container was made to fit', async () => {
    const bundle = await signedBundle()
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
      if (hasFailure(await verifyBundle(bundle.slice(0, length)))) continue
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
      if (!hasFailure(await verifyBundle(longer))) misses.push(`in at ${at}`)
      if (at < bundle.length && !hasFailure(await verifyBundle(shorter))) misses.push(`out at ${at}`)
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
