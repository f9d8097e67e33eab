import { describe, expect, it } from 'vitest'
import { checkTie } from '../../../utils/bundle/check-tie'
import { redactItem } from '../../../utils/bundle/redact-item'
import { verifyBundle, verifyFiles } from '../../../utils/bundle/verify'
import { concatBytes, fromHex, fromUtf8, toUtf8 } from '../../../utils/crypto/bytes'
import { canonicalBytes } from '../../../utils/crypto/canonical-json'
import { isSigned, type SigningKey } from '../../../utils/crypto/sign'
import type { BundleProofs } from '../../../utils/custody/proofs'
import { describeBundle, signStatement } from '../../../utils/custody/statement'
import type { OpenedItem } from '../../../utils/model/item'
import {
  forgeBundle,
  listFiles,
  packFiles,
  packRaw,
  sampleBundle,
  signedBundle,
} from '../../support/sample-bundle'
import { hexDigest, sampleBytes, sampleId, sampleItem } from '../../support/sample-items'
import { sampleEarlier, sampleEntry, sampleHead, sampleProofs } from '../../support/sample-proofs'
import { redactedBundle, samplePaint, sampleRedaction } from '../../support/sample-redaction'
import { askSecond, asSecond } from '../../support/second-verifier'

type Bytes = Uint8Array<ArrayBuffer>
type Files = Map<string, Bytes>

/*
 * What somebody would try who wants a forged bundle to pass: without the key, who can write every list anew; and with
 * the key of a locker, who can sign whatever is left to be believed. Two verifiers must say the same.
 */

const one = sampleItem({ seed: 1, parts: [], assessment: {} })
const two = sampleItem({ seed: 2, parts: [] })
const otherName = `witnessmark.invalid/log/${'0'.repeat(32)}`
const path = ({ item }: OpenedItem, name: string) => `data/items/${item.id}/${name}`
const proofOf = ({ item }: OpenedItem) => `proof/items/${item.id}.tlog-proof`

function move(from: Bytes, to: Files, names: (name: string) => boolean): void {
  for (const { name, content } of listFiles(from)) if (names(name)) to.set(name, content)
}

function swap(files: Files, first: string, second: string): void {
  const [a, b] = [files.get(first), files.get(second)]
  if (!a || !b) throw new Error(`no ${first} or ${second}`)
  files.set(first, b)
  files.set(second, a)
}

function edit(files: Files, name: string, change: (text: string) => string): void {
  const text = fromUtf8(files.get(name) ?? new Uint8Array())
  if (change(text) === text) throw new Error(`nothing changed in ${name}`)
  files.set(name, toUtf8(change(text)))
}

const signedWith = async (items: OpenedItem[], change: Partial<BundleProofs>) =>
  signedBundle(items, { proofs: { ...(await sampleProofs(items)), ...change } })

const copiesOf = (items: readonly OpenedItem[]) =>
  Promise.all(
    items.map((opened) => redactItem(opened, sampleRedaction(opened, { pictures: [] }), samplePaint)),
  )

/** A key of small order: neutral point, and a signature that fits any message. */
const anybodysKey: SigningKey = {
  publicKey: fromHex(`01${'00'.repeat(31)}`),
  sign: async () => fromHex(`01${'00'.repeat(63)}`),
}

/** Each with what must be told of it at least. */
const tried: [string, () => Promise<Bytes>, string[]][] = [
  [
    'an item moved here from another bundle of the same locker, with its proof',
    async () => {
      const other = await signedBundle([two])
      return forgeBundle(await signedBundle([one]), (files) =>
        move(other, files, (name) => name.includes(two.item.id)),
      )
    },
    ['case-consistent data/case.json', `logged ${proofOf(two)}`, 'signed-by manifest-sha256.txt'],
  ],
  [
    'a whole payload under the proofs of another bundle',
    async () => {
      const other = await signedBundle([two])
      return forgeBundle(await signedBundle([one]), (files) => {
        for (const name of [...files.keys()]) if (name.startsWith('proof/')) files.delete(name)
        move(other, files, (name) => name.startsWith('proof/'))
      })
    },
    [`logged ${proofOf(one)}`, `logged ${proofOf(two)}`, 'signed-by manifest-sha256.txt'],
  ],
  [
    'the facts of two items changed for each other',
    async () =>
      forgeBundle(await signedBundle([one, two]), (files) =>
        swap(files, path(one, 'item.json'), path(two, 'item.json')),
      ),
    [`item-well-formed ${path(one, 'item.json')}`, `logged ${proofOf(one)}`, `logged ${proofOf(two)}`],
  ],
  [
    'another report, with every list written anew',
    async () =>
      forgeBundle(await signedBundle([one]), (files) =>
        edit(files, 'data/report/report.html', (text) => text.replace('<title>', '<title>Not ')),
      ),
    ['signed-by manifest-sha256.txt'],
  ],
  [
    'another narrative in the case',
    async () =>
      forgeBundle(await signedBundle([one]), (files) =>
        edit(files, 'data/case.json', (text) => text.replace('"narrative":"', '"narrative":"Not ')),
      ),
    ['signed-by manifest-sha256.txt'],
  ],
  [
    'an assessment taken out',
    async () => forgeBundle(await signedBundle([one]), (files) => files.delete(path(one, 'assessment.json'))),
    [`custody-consistent ${path(one, 'assessment.json')}`, 'signed-by manifest-sha256.txt'],
  ],
  [
    'a line taken out of the excerpt',
    async () =>
      forgeBundle(await signedBundle([one]), (files) =>
        edit(files, 'proof/custody.jsonl', (text) => text.replace(/\n[^\n]+\n$/, '\n')),
      ),
    ['signed-by proof/custody.jsonl'],
  ],
  [
    'the excerpt without the key history, signed',
    async () => {
      const { excerpt } = await sampleProofs([one])
      return signedWith([one], { excerpt: excerpt.filter(({ entry }) => entry.kind !== 'key') })
    },
    ['custody-consistent proof/custody.jsonl'],
  ],
  [
    'a key history with a key that the last one did not sign',
    async () => {
      const { identity } = await sampleProofs([one])
      const [first] = identity.keys
      const more = {
        publicKey: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
        at: first?.at ?? '',
        signature: '00'.repeat(64),
      }
      return signedWith([one], { identity: { ...identity, keys: [...identity.keys, more] } })
    },
    ['signed-by proof/identity.json'],
  ],
  [
    'an older checkpoint of the same log, signed, with the proofs of now',
    async () => {
      const { checkpoint } = await sampleHead([one, two], { size: 4, isEarlier: false })
      return signedWith([one, two], { checkpoint })
    },
    [`logged ${proofOf(one)}`, `logged ${proofOf(two)}`, 'custody-consistent proof/custody.jsonl'],
  ],
  [
    'two copies of one capture, as if it were two',
    async () => {
      const [copy] = await copiesOf([one])
      if (!copy) throw new Error('no copy')
      const facts = { ...copy.facts, item: { ...copy.facts.item, id: two.item.id } }
      const twice = [copy, { ...copy, facts, factsBytes: canonicalBytes(facts) }]
      const proofs = await sampleProofs([one, two])
      const capture = proofs.captures.get(one.item.id) ?? ''
      const captures = new Map([one, two].map(({ item }) => [item.id, capture]))
      return redactedBundle([one, two], { more: { items: twice, proofs: { ...proofs, captures } } })
    },
    [`redacted-tied ${proofOf(two)}`],
  ],
  [
    'earlier proofs of other items, replayed',
    async () => {
      const other = await sampleBundle([two], {
        proofs: { ...(await sampleProofs([two])), earlier: await sampleEarlier([two]) },
      })
      return forgeBundle(await sampleBundle([one]), (files) =>
        move(other, files, (name) => name.startsWith('data/earlier/')),
      )
    },
    [`earlier-proofs data/earlier/1/items/${two.item.id}.tlog-proof`],
  ],
  [
    'earlier proofs twice, as if two logs had them',
    async () => {
      const whole = await sampleBundle([one], {
        proofs: { ...(await sampleProofs([one])), earlier: await sampleEarlier([one]) },
      })
      return forgeBundle(whole, (files) => {
        for (const [name, content] of [...files])
          if (name.startsWith('data/earlier/1/')) files.set(name.replace('/1/', '/2/'), content)
      })
    },
    ['earlier-proofs data/earlier/2/checkpoint'],
  ],
  [
    'an older state of another log, as if it were a third',
    async () => {
      const [now, then] = await Promise.all([sampleEarlier([one, two]), sampleEarlier([one])])
      const both = new Map([
        [one.item.id, [...(now.get(one.item.id) ?? []), ...(then.get(one.item.id) ?? [])]],
      ])
      return sampleBundle([one], { proofs: { ...(await sampleProofs([one])), earlier: both } })
    },
    ['earlier-proofs data/earlier/2/checkpoint'],
  ],
  [
    'an older state of the log itself, as if it were another',
    async () => {
      const then = await sampleProofs([one])
      const proof = {
        identity: then.identity,
        checkpoint: then.checkpoint,
        capture: then.captures.get(one.item.id) ?? '',
        lines: [...then.excerpt],
      }
      const proofs = { ...(await sampleProofs([one, two])), earlier: new Map([[one.item.id, [proof]]]) }
      return sampleBundle([one, two], { proofs })
    },
    ['earlier-proofs data/earlier/1/checkpoint'],
  ],
  [
    "the log's own proofs, as if another had them, too",
    async () =>
      forgeBundle(await signedBundle([one]), (files) => {
        for (const [name, content] of [...files])
          if (name.startsWith('proof/') && !name.includes('statement'))
            files.set(name.replace('proof/', 'data/earlier/1/'), content)
      }),
    ['earlier-proofs data/earlier/1/checkpoint', 'signed-by manifest-sha256.txt'],
  ],
  [
    'a stamp of a head that the log never had, by its own key',
    async () => {
      const { checkpoint } = await sampleProofs([two], { others: [sampleBytes('fork', 32)] })
      return signedWith([one], {
        anchors: [{ checkpoint, consistency: [], answers: [{ form: 'rfc3161', bytes: toUtf8('x') }] }],
      })
    },
    ['time-anchored proof/anchors/1.consistency'],
  ],
  [
    'a stamp of a head that is longer than the log is now said to be',
    async () => {
      const more = [sampleEntry({ kind: 'filed', item: one.item.id, detail: {} })]
      const { checkpoint } = await sampleProofs([one], { more })
      return signedWith([one], {
        anchors: [{ checkpoint, consistency: [], answers: [{ form: 'rfc3161', bytes: toUtf8('x') }] }],
      })
    },
    ['time-anchored proof/anchors/1.consistency'],
  ],
  [
    'an anchor without its answer, put beside what was signed',
    async () => {
      const { checkpoint } = await sampleProofs([one])
      return forgeBundle(await signedBundle([one]), (files) =>
        files.set('proof/anchors/1.checkpoint', toUtf8(checkpoint)),
      )
    },
    ['time-anchored proof/anchors/1.consistency'],
  ],
  [
    'an anchor that nobody answered',
    async () => {
      const { checkpoint } = await sampleProofs([one])
      return signedWith([one], { anchors: [{ checkpoint, consistency: [], answers: [] }] })
    },
    ['time-anchored proof/anchors/1.checkpoint'],
  ],
  [
    'a stamped head under the name of another log, by the same key',
    async () => {
      const { checkpoint } = await sampleProofs([one], { named: otherName })
      const answers = [{ form: 'rfc3161' as const, bytes: toUtf8('x') }]
      return signedWith([one], { anchors: [{ checkpoint, consistency: [], answers }] })
    },
    ['time-anchored proof/anchors/1.checkpoint'],
  ],
  [
    'a checkpoint under the name of another log, by the same key',
    async () => signedBundle([one], { proofs: await sampleProofs([one], { named: otherName }) }),
    ['signed-by proof/checkpoint'],
  ],
  [
    'the same of an earlier log',
    async () => {
      const earlier = await sampleEarlier([one], { named: otherName })
      return sampleBundle([one], { proofs: { ...(await sampleProofs([one])), earlier } })
    },
    ['earlier-proofs data/earlier/1/checkpoint'],
  ],
  [
    'earlier proofs without the item that they prove',
    async () => {
      const earlier = await sampleEarlier([one])
      const whole = await sampleBundle([one], { proofs: { ...(await sampleProofs([one])), earlier } })
      return forgeBundle(whole, (files) => {
        for (const name of [...files.keys()]) if (name.startsWith('data/earlier/1/items/')) files.delete(name)
      })
    },
    ['earlier-proofs data/earlier/1/checkpoint'],
  ],
  [
    'a key with which everybody can sign',
    async () => signedBundle([one], { proofs: await sampleProofs([one], { key: anybodysKey }) }),
    ['signed-by proof/checkpoint', 'signed-by proof/statement.dsse.json'],
  ],
  [
    'a statement that leaves out what it should sign',
    async () => {
      const bundle = await signedBundle([one])
      const digests = new Map(listFiles(bundle).map(({ name, content }) => [name, hexDigest(content)]))
      const of = (path: string) => ({ path, sha256: digests.get(path) ?? '' })
      const stated = describeBundle({
        manifest: of('manifest-sha256.txt'),
        files: [of('README.txt')],
        madeAt: '2024-05-15T10:00:00.000Z',
      })
      const envelope = await signStatement(stated, (await sampleProofs([one])).key)
      return forgeBundle(bundle, (files) => files.set('proof/statement.dsse.json', canonicalBytes(envelope)))
    },
    ['signed-by proof/statement.dsse.json'],
  ],
  [
    'a second signature in the envelope',
    async () =>
      forgeBundle(await signedBundle([one]), (files) =>
        edit(files, 'proof/statement.dsse.json', (text) =>
          text.replace(/"signatures":\[(.*)\]/, '"signatures":[$1,$1]'),
        ),
      ),
    ['signed-by proof/statement.dsse.json'],
  ],
  [
    'a word in front of the checkpoint, and one between',
    async () =>
      forgeBundle(await signedBundle([one]), (files) =>
        edit(files, 'proof/checkpoint', (text) => `also\n\n${text}`),
      ),
    ['signed-by proof/checkpoint', `logged ${proofOf(one)}`],
  ],
  [
    'files that no list and no section knows',
    async () =>
      forgeBundle(await signedBundle([one]), (files) => {
        files.set('proof/more.txt', toUtf8('x'))
        files.set('data/items/notes.txt', toUtf8('x'))
        files.set(`proof/items/${sampleId('none')}.tlog-proof`, files.get(proofOf(one)) ?? new Uint8Array())
      }),
    [
      'bag-complete proof/more.txt',
      'bag-complete data/items/notes.txt',
      `logged proof/items/${sampleId('none')}.tlog-proof`,
    ],
  ],
]

/** Containers that programs read differently. */
const containers: [string, (good: Bytes) => Bytes][] = [
  ['a tail that nobody signed', (good) => concatBytes(good, toUtf8('more'))],
  ['something in front', (good) => concatBytes(toUtf8('more'), good)],
  [
    'a file twice',
    (good) => packFiles([...listFiles(good), { name: 'README.txt', content: toUtf8('other') }]),
  ],
  [
    'a name in another case',
    (good) => packFiles([...listFiles(good), { name: 'readme.TXT', content: toUtf8('other') }]),
  ],
  ...[
    'data/items/../case.json',
    'data//case.json',
    'data/case.json.',
    'data/case.json ',
    'data/cas\u0435.json',
    'data/case\uff0ejson',
    'data/case\u2024json',
    'data/ca\u0301se.json',
    'data/case.json\u0000.txt',
    'data/\u202enosj.esac',
    'data\\case.json',
    'data/nul.json',
  ].map((name): [string, (good: Bytes) => Bytes] => [
    `the name ${JSON.stringify(name)}`,
    (good) => packRaw([...listFiles(good), { name, content: toUtf8('{}') }]),
  ]),
  [
    'an overlong slash',
    (good) => packRaw([...listFiles(good), { name: Buffer.from('data\xc0\xafx', 'latin1') }]),
  ],
  [
    'another checksum in the directory',
    (good) =>
      packRaw(listFiles(good).map((file, at) => (at === 3 ? { ...file, central: { crc: 7 } } : file))),
  ],
  [
    'another size in the directory',
    (good) =>
      packRaw(listFiles(good).map((file, at) => (at === 3 ? { ...file, central: { size: 7 } } : file))),
  ],
  [
    'a link in the directory',
    (good) =>
      packRaw(
        listFiles(good).map((file, at) =>
          at === 3 ? { ...file, central: { madeBy: 0x0314, attributes: 0xa1ff0000 } } : file,
        ),
      ),
  ],
  [
    'another name in the local header',
    (good) => {
      const changed = good.slice()
      const [file] = listFiles(good).filter(({ name }) => name === 'data/case.json')
      changed[(file?.start ?? 1) - 1] = 0x4e
      return changed
    },
  ],
]

describe('a clever opponent', () => {
  it('is found out, by both verifiers, with all of it', { timeout: 90_000 }, async () => {
    const bundles = await Promise.all(tried.map(([, make]) => make()))
    const second = askSecond(bundles)
    for (const [at, bundle] of bundles.entries()) {
      const [what, , told] = tried[at] ?? ['', null, []]
      const ours = asSecond(await verifyBundle(bundle))
      expect(second[at], what).toEqual(ours)
      const said = ours.failed.map(([id, subject]) => `${id} ${subject}`)
      for (const line of told) expect(said, what).toContain(line)
      expect(told.length).toBeGreaterThan(0)
    }
  })

  it('gets no container past them', async () => {
    const good = await signedBundle([one])
    expect(asSecond(await verifyBundle(packRaw(listFiles(good)))).exit).toBe(0)
    const bundles = containers.map(([, make]) => make(good))
    const second = askSecond(bundles)
    for (const [at, bundle] of bundles.entries()) {
      const ours = asSecond(await verifyBundle(bundle))
      expect(second[at], containers[at]?.[0]).toEqual(ours)
      expect(ours.exit, containers[at]?.[0]).toBe(2)
    }
  })

  it('has redacted copies change their commitments, and is found out beside the whole', async () => {
    const whole = await signedBundle([one, two])
    const copies = await copiesOf([one, two])
    const proofs = await sampleProofs([one, two])
    const good = await redactedBundle([one, two], { more: { items: copies, proofs } })
    const changed = copies.map((copy, at) => {
      const facts = { ...copy.facts, of: copies[1 - at]?.facts.of ?? '' }
      return { ...copy, facts, factsBytes: canonicalBytes(facts) }
    })
    const [first, second] = [one.item.id, two.item.id].map((id) => proofs.captures.get(id) ?? '')
    const captures = new Map([
      [one.item.id, second ?? ''],
      [two.item.id, first ?? ''],
    ])
    const bad = await redactedBundle([one, two], {
      more: { items: changed, proofs: { ...proofs, captures } },
    })
    // Signed by the locker itself, it holds together: that is what the whole is for.
    expect(asSecond(await verifyBundle(bad))).toEqual({ exit: 0, failed: [] })
    for (const [bundle, told] of [
      [good, []],
      [bad, [one, two].map((opened) => ['copy-of-whole', path(opened, 'redacted.json')])],
    ] as const) {
      const [{ verification, files }, { files: others }] = [
        await verifyFiles(bundle),
        await verifyFiles(whole),
      ]
      if (!files || !others) throw new Error('no bundle')
      const ours = asSecond(verification, await checkTie(files, others))
      expect(ours.failed).toEqual([...told].sort())
      expect(askSecond([bundle], whole)).toEqual([ours])
    }
  })

  it('has no signature that fits every message', async () => {
    const message = toUtf8('anything')
    const signature = await anybodysKey.sign(message)
    for (const [publicKey, half] of [
      [anybodysKey.publicKey, signature],
      [fromHex(`ee${'ff'.repeat(31)}`), signature],
      [fromHex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85'), signature],
    ] as const)
      expect(await isSigned({ publicKey, message, signature: half })).toBe(false)
  })
})
