import { describe, expect, it } from 'vitest'
import { earlierPaths, writeEarlierFiles } from '../../../utils/bundle/earlier-files'
import type { Verification } from '../../../utils/bundle/verification'
import { hasFailure, verifyBundle } from '../../../utils/bundle/verify'
import { fromUtf8, toUtf8 } from '../../../utils/crypto/bytes'
import { holdsFor, latestOfEach } from '../../../utils/custody/earlier'
import { commitmentOf } from '../../../utils/custody/entry'
import { forgeBundle, listFiles, sampleBundle } from '../../support/sample-bundle'
import { sampleItem } from '../../support/sample-items'
import { sampleEarlier, sampleProofs } from '../../support/sample-proofs'

const items = [sampleItem({ seed: 1, parts: [], assessment: {} }), sampleItem({ seed: 2, parts: [] })]
const [one, two] = items.map(({ item }) => item.id) as [string, string]

async function bundleOf(chosen = items) {
  const earlier = await sampleEarlier(items)
  const proofs = { ...(await sampleProofs(chosen)), earlier }
  return sampleBundle(chosen, { proofs })
}

const said = ({ statements }: Verification) =>
  statements
    .filter(({ id }) => id === 'earlier-proofs')
    .map(({ result, subject, detail }) => `${result} ${subject} ${detail}`)

describe('proofs of another log in a bundle', () => {
  it('are said by themselves, with key, checkpoint and places, and covered by the manifest', async () => {
    const bundle = await bundleOf()
    const verification = await verifyBundle(bundle)
    expect(hasFailure(verification)).toBe(false)
    expect(said(verification)).toEqual(['pass data/earlier/1 null'])
    const [seen] = verification.earlier
    expect(seen?.key.split(' ')).toHaveLength(8)
    expect(seen?.key).not.toBe(verification.proof?.key)
    expect(Object.keys(seen?.places ?? {}).sort()).toEqual([one, two].sort())
    const manifest = listFiles(bundle).find(({ name }) => name === 'manifest-sha256.txt')
    for (const path of earlierPaths(
      listFiles(bundle).map(({ name }) => name),
      [one, two],
    ))
      expect(fromUtf8(manifest?.content ?? new Uint8Array())).toContain(path)
    expect((await verifyBundle(await sampleBundle(items))).earlier).toEqual([])
  })

  it('say nothing of an item that is not in the bundle', async () => {
    const bundle = await bundleOf(items.slice(0, 1))
    expect(said(await verifyBundle(bundle))).toEqual(['pass data/earlier/1 null'])
    expect(new TextDecoder('latin1').decode(bundle)).not.toContain(two)
  })

  it('tell of a redacted copy nothing but its capture, and open no assessment that is not there', async () => {
    const earlier = await sampleEarlier(items)
    const of = { itemIds: [one, two], assessments: new Map(), redacted: new Map([[two, {}]]) }
    const files = await writeEarlierFiles(earlier, of)
    const text = fromUtf8(
      files.find(({ path }) => path.endsWith('custody.jsonl'))?.content ?? new Uint8Array(),
    )
    expect(text).toContain(one)
    expect(text).not.toContain(two)
    expect(text).toContain('"opening":null')
    expect(text).not.toMatch(/"opening":"/)
    expect(files.map(({ path }) => path)).toContain(`data/earlier/1/items/${two}.tlog-proof`)
  })

  it.each([
    ['identity.json', /"signature":null/, '"signature":"00"'],
    ['checkpoint', /\n\d+\n/, '\n9\n'],
    [`items/${one}.tlog-proof`, /index \d+/, 'index 0'],
    ['custody.jsonl', /"kind":"ingested"/, '"kind":"exported"'],
  ])('that were changed do not fit: %s', async (name, from, to) => {
    const path = `data/earlier/1/${name}`
    const forged = forgeBundle(await bundleOf(), (files) => {
      const text = fromUtf8(files.get(path) ?? new Uint8Array())
      expect(text).toMatch(from)
      files.set(path, toUtf8(text.replace(from, to)))
    })
    const verification = await verifyBundle(forged)
    expect(said(verification).some((line) => line.startsWith(`fail ${path} `))).toBe(true)
    expect(verification.earlier).toEqual([])
  })

  it('fit one item and no other', async () => {
    const [proof] = (await sampleEarlier(items)).get(one) ?? []
    const [first, second] = items
    if (!proof || !first || !second) throw new Error('No proof')
    const commitment = await commitmentOf(first.salt, first.itemBytes)
    expect(await holdsFor(proof, { id: one, commitment })).toBe(true)
    expect(await holdsFor(proof, { id: two, commitment })).toBe(false)
    const other = await commitmentOf(second.salt, second.itemBytes)
    expect(await holdsFor(proof, { id: one, commitment: other })).toBe(false)
    expect(await holdsFor({ ...proof, lines: proof.lines.slice(1) }, { id: one, commitment })).toBe(false)
    expect(latestOfEach([proof, proof], null)).toEqual([proof])
    expect(latestOfEach([proof], proof.identity.origin)).toEqual([])
  })
})
