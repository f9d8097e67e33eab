import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tagNames } from '../../../utils/bundle/bag'
import { describeProof } from '../../../utils/bundle/describe'
import { captureProofPath, proofNames } from '../../../utils/bundle/proof-files'
import type { Verification } from '../../../utils/bundle/verification'
import { hasFailure, verifyBundle } from '../../../utils/bundle/verify'
import { fromUtf8, toBase64, toHex, toUtf8 } from '../../../utils/crypto/bytes'
import { commitmentOf } from '../../../utils/custody/entry'
import { readTlogProof } from '../../../utils/custody/tlog-proof'
import { wordsFor } from '../../../utils/words/translate'
import { forgeBundle, listFiles, signedBundle } from '../../support/sample-bundle'
import { sampleBytes, sampleItem } from '../../support/sample-items'
import { sampleEntry, sampleProofs } from '../../support/sample-proofs'

type Bytes = Uint8Array<ArrayBuffer>

function failed(verification: Verification): string[] {
  return verification.statements
    .filter(({ result }) => result === 'fail')
    .map(({ id, subject, detail }) => `${id} ${subject} ${detail}`)
}

const one = sampleItem({ seed: 1, assessment: {} })
const two = sampleItem({ seed: 2 })

describe('a signed bundle', () => {
  it('holds in every statement, and says who signed it and where each capture is in the log', async () => {
    const verification = await verifyBundle(await signedBundle([one, two]))
    expect(failed(verification)).toEqual([])
    const results = verification.statements.map(({ id, result, subject }) => [id, result, subject])
    expect(
      results.filter(([id]) => ['signed-by', 'logged', 'custody-consistent'].includes(id ?? '')),
    ).toEqual([
      ['signed-by', 'pass', null],
      ['logged', 'pass', `data/items/${one.item.id}`],
      ['logged', 'pass', `data/items/${two.item.id}`],
      ['custody-consistent', 'pass', null],
    ])
    // Key, another item, captured, ingested, assessed, captured, ingested.
    expect(verification.proof).toMatchObject({
      key: 'runny whoops remover buzz dreamily uplifted unwary catacomb',
      size: 7,
      places: { [one.item.id]: 2, [two.item.id]: 5 },
    })
    const lines = describeProof(verification, wordsFor('en'))
    expect(lines.join('\n')).toContain('Signed with the key: runny whoops')
    expect(lines.join('\n')).toContain(`${two.item.id}: entry 6 of 7`)
  })

  it('shows the same fingerprints in README and report', async () => {
    const bundle = await signedBundle([one])
    const { proof } = await verifyBundle(bundle)
    if (!proof) throw new Error('No proof')
    const files = new Map(listFiles(bundle).map(({ name, content }) => [name, fromUtf8Or(content)]))
    for (const name of [tagNames.readme, 'data/report/report.html']) {
      expect(files.get(name), name).toContain(proof.key)
      expect(files.get(name), name).toContain(proof.checkpoint)
    }
    // On the cover, with the item, and at the foot of printed pages.
    expect(files.get('data/report/report.html')?.split(proof.checkpoint)).toHaveLength(4)
  })

  it('opens the digest of the assessment that is in it, and of no other', async () => {
    const opening = sampleBytes('an earlier opening', 32)
    const digest = toHex(await commitmentOf(opening, toUtf8('an earlier assessment')))
    const earlier = sampleEntry({ kind: 'assessed', item: one.item.id, detail: { digest } }, opening)
    const proofs = await sampleProofs([one], { more: [earlier] })
    const bundle = await signedBundle([one], { proofs })
    expect(failed(await verifyBundle(bundle))).toEqual([])
    const excerpt = textOf(bundle, proofNames.custody)
    const openings = excerpt.split('\n').filter((line) => /"opening":"[0-9a-f]{64}"/.test(line))
    expect(openings).toHaveLength(1)
    expect(excerpt).not.toContain(toHex(opening))
    expect(excerpt).toContain(digest)
  })
})

function fromUtf8Or(content: Bytes): string {
  return Buffer.from(content).toString('utf8')
}

function textOf(bundle: Bytes, name: string): string {
  return fromUtf8(listFiles(bundle).find((file) => file.name === name)?.content ?? new Uint8Array())
}

describe('whoever changes something and writes all lists anew', () => {
  it('is found by the signature, which names the file, for each file of the bundle', async () => {
    const bundle = await signedBundle([one])
    const unseen: string[] = []
    for (const { name } of listFiles(bundle)) {
      const isList = name === tagNames.tagManifest || name === tagNames.manifest || name === tagNames.info
      if (isList || name === tagNames.declaration) continue
      const forged = forgeBundle(bundle, (files) => {
        const content = files.get(name)?.slice() ?? new Uint8Array()
        const middle = content.length >> 1
        content[middle] = (content[middle] ?? 0) ^ 1
        files.set(name, content)
      })
      const subjects = (await verifyBundle(forged)).statements
        .filter(({ result }) => result === 'fail')
        .map(({ subject }) => subject)
      const named = name.startsWith('data/') ? tagNames.manifest : name
      if (!subjects.includes(named)) unseen.push(`${name}: ${subjects.join()}`)
    }
    expect(unseen).toEqual([])
  })

  it('is found by the log, too, when facts of an item were changed', async () => {
    const forged = forgeBundle(await signedBundle([one]), (files) => {
      const path = `data/items/${one.item.id}/item.json`
      const text = fromUtf8(files.get(path) ?? new Uint8Array())
      files.set(path, toUtf8(text.replace('"utc":"2024', '"utc":"2023')))
    })
    expect(failed(await verifyBundle(forged))).toContain(`logged ${captureProofPath(one.item.id)} not-in-log`)
  })

  it('is found when a proof is taken out, and named; without any, nothing is said to be proved', async () => {
    const bundle = await signedBundle([one])
    const names = listFiles(bundle).flatMap(({ name }) => (name.startsWith('proof/') ? [name] : []))
    expect(names).toHaveLength(5)
    for (const name of names) {
      const forged = forgeBundle(bundle, (files) => files.delete(name))
      expect(failed(await verifyBundle(forged)).join('\n'), name).toContain(`${name} file-missing`)
    }
    const bare = await verifyBundle(
      forgeBundle(bundle, (files) => {
        for (const name of names) files.delete(name)
      }),
    )
    expect(failed(bare)).toEqual([])
    expect(bare.proof).toBeNull()
    for (const id of ['signed-by', 'logged', 'custody-consistent'])
      expect(bare.statements).toContainEqual({ id, result: 'absent', subject: null, detail: 'no-proofs' })
  })

  it('is found with another key, another log, a proof of another item, or an entry about one', async () => {
    const proofs = await sampleProofs([one, two])
    const only = async (change: Partial<typeof proofs>) =>
      failed(await verifyBundle(await signedBundle([one], { proofs: { ...proofs, ...change } }))).join('\n')
    const own = proofs.excerpt.filter(({ entry }) => entry.item !== two.item.id)
    expect(await only({ excerpt: own })).toBe('')
    expect(await only({})).toContain('custody-consistent proof/custody.jsonl entry-foreign')
    const swapped = new Map([[one.item.id, proofs.captures.get(two.item.id) ?? '']])
    expect(await only({ excerpt: own, captures: swapped })).toContain('not-in-log')
    expect(await only({ excerpt: own.toReversed() })).toContain('order-differs')
    expect(await only({ excerpt: own.slice(1) })).toContain('keys-differ')
    const moved = own.map((line, at) => (at === 1 ? { ...line, index: line.index + 1 } : line))
    expect(await only({ excerpt: moved })).toContain('custody.jsonl')
    const renamed = { ...proofs.identity, origin: `witnessmark.invalid/log/${'0'.repeat(32)}` }
    expect(await only({ excerpt: own, identity: renamed })).toContain('identity.json keys-broken')
    const later = await sampleProofs([one, two], { others: [] })
    expect(await only({ excerpt: own, checkpoint: later.checkpoint })).toContain('checkpoint-differs')
  })

  it('cannot make a bundle without a signature', async () => {
    const proofs = await sampleProofs([one])
    const key = { ...proofs.key, sign: () => Promise.reject(new Error('no key')) }
    const made = signedBundle([one], { proofs: { ...proofs, key } })
    await expect(made).rejects.toMatchObject({ cause: { code: 'cannot-sign' } })
    await expect(signedBundle([one, two], { proofs })).rejects.toMatchObject({
      cause: { code: 'cannot-sign' },
    })
  })
})

describe('the rest of the log', () => {
  it('stays secret: no commitment, salt or id of another item, and only the number of leaves', async () => {
    const seeds = fc.uniqueArray(fc.integer({ min: 10, max: 60 }), { minLength: 2, maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(seeds, fc.nat(), async (all, pick) => {
        const items = all.map((seed) => sampleItem({ seed, parts: [], assessment: {} }))
        const shown = items.slice(0, 1 + (pick % (items.length - 1)))
        const hidden = items.slice(shown.length)
        const whole = await sampleProofs(items)
        const ids = new Set(shown.map(({ item }) => item.id))
        const excerpt = whole.excerpt.filter(({ entry }) => entry.item === null || ids.has(entry.item))
        const captures = new Map([...whole.captures].filter(([id]) => ids.has(id)))
        const bundle = await signedBundle(shown, { proofs: { ...whole, excerpt, captures } })
        expect(hasFailure(await verifyBundle(bundle))).toBe(false)
        const text = Buffer.from(bundle).toString('latin1')
        const secrets: Bytes[] = []
        for (const { item, itemBytes, salt } of hidden) {
          expect(text).not.toContain(item.id)
          secrets.push(salt, await commitmentOf(salt, itemBytes))
        }
        for (const { entry, salt } of whole.excerpt)
          if (entry.item !== null && !ids.has(entry.item)) expect(text).not.toContain(salt)
        for (const secret of secrets)
          for (const form of [toHex(secret), toBase64(secret), Buffer.from(secret).toString('latin1')])
            expect(text).not.toContain(form)
        // What is told of the others: how many leaves there are.
        expect(textOf(bundle, proofNames.checkpoint).split('\n')[1]).toBe(String(1 + 1 + items.length * 3))
        const first = readTlogProof(textOf(bundle, captureProofPath(shown[0]?.item.id ?? '')))
        expect(first?.index).toBe(2)
      }),
      { numRuns: 15 },
    )
  }, 60_000)
})
