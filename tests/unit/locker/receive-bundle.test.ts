import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { checkBundle } from '../../../utils/bundle/read-items'
import { fromHex, fromUtf8, toUtf8 } from '../../../utils/crypto/bytes'
import { openCheckpoint } from '../../../utils/custody/checkpoint'
import { commitmentOf } from '../../../utils/custody/entry'
import { hashLeaf, isIncluded } from '../../../utils/custody/merkle'
import { readTlogProof } from '../../../utils/custody/tlog-proof'
import { keepAssessment, listAssessments } from '../../../utils/locker/assessments'
import { writeBackup } from '../../../utils/locker/backup'
import { entriesIn } from '../../../utils/locker/custody'
import { openDatabase } from '../../../utils/locker/database'
import { deletePermanently } from '../../../utils/locker/delete'
import { listItems, openItem } from '../../../utils/locker/items'
import type { OpenLocker } from '../../../utils/locker/keyring'
import { proveItems } from '../../../utils/locker/prove-items'
import {
  type BundleToReceive,
  listBundleOrigins,
  readProofsOf,
  receiveBundle,
} from '../../../utils/locker/receive-bundle'
import { restoreBackup } from '../../../utils/locker/restore'
import { readRows } from '../../../utils/locker/rows'
import { listSources } from '../../../utils/locker/sources'
import type { OpenedItem } from '../../../utils/model/item'
import { forgeBundle, sampleBundle, signedBundle } from '../../support/sample-bundle'
import { sampleAssessment, sampleId, sampleItem } from '../../support/sample-items'
import {
  capture,
  cheap,
  expectValue,
  makeLocker,
  passphrase,
  readWholeDatabase,
  relock,
  startFresh,
  storesReadBy,
} from './locker-under-test'

type Bytes = Uint8Array<ArrayBuffer>

const at = new Date('2024-07-02T09:00:00.000Z')
const none = { added: 0, same: 0, conflicts: [] }
const file = 'ab'.repeat(32)
let open: OpenLocker

beforeEach(async () => {
  await startFresh()
  open = await makeLocker()
})

const two = (): OpenedItem[] => [sampleItem({ seed: 1, assessment: {} }), sampleItem({ seed: 2 })]

/** The proof files that came with an item, of each bundle that brought it. */
async function proofsOf(id: string) {
  return (await readProofsOf((await readRows(open)).rows, [id])).get(id)
}

/** A checked bundle as the locker takes it in. */
async function ready(bytes: Bytes): Promise<BundleToReceive> {
  const { bundle, verification } = await checkBundle(bytes)
  if (!bundle) throw new Error('No bundle')
  const { proof, statements } = verification
  const signer = bundle.signer &&
    proof && { ...bundle.signer, words: proof.key, checkpoint: proof.checkpoint, size: proof.size }
  const failures = statements.filter(({ result }) => result === 'fail')
  return {
    facts: {
      file,
      madeAt: bundle.madeAt,
      signer,
      failures: failures.map(({ id, subject, detail }) => ({ id, subject, detail })),
    },
    itemIds: bundle.itemIds,
    places: proof?.places ?? {},
    proofs: (await bundle.readProofs()) ?? [],
    readItem: bundle.readItem,
  }
}

const receive = async (bytes: Bytes) => receiveBundle(open, { bundle: await ready(bytes), at })

describe('a bundle that is brought in', () => {
  it('becomes items with every byte, and says who signed it and where they were in that log', async () => {
    const sent = two()
    const report = expectValue(await receive(await signedBundle(sent)))
    expect(report).toEqual({ items: { ...none, added: 2 }, damaged: 0 })
    for (const { item, itemBytes, salt, parts } of sent)
      expect(expectValue(await openItem(open, item.id))).toMatchObject({ item, itemBytes, salt, parts })
    const origins = await listBundleOrigins(open)
    expect([...origins.keys()].sort()).toEqual([sampleId(1), sampleId(2)].sort())
    expect(origins.get(sampleId(1))).toMatchObject({
      receivedAt: at.toISOString(),
      file,
      failures: [],
      place: 2,
    })
    expect(origins.get(sampleId(1))?.signer?.words.split(' ')).toHaveLength(8)
  })

  it('is noted in the custody log of this locker, and its items can be exported again', async () => {
    expectValue(await receive(await signedBundle(two())))
    const entries = entriesIn((await readRows(open)).rows).map(({ custody }) => custody.entry)
    const received = entries.filter(({ kind }) => kind === 'received')
    expect(received.map(({ item }) => item).sort()).toEqual([sampleId(1), sampleId(2)].sort())
    expect(received[0]?.detail).toEqual({ from: 'bundle', file })
    expect(expectValue(await proveItems(open, [sampleId(1)])).captures.has(sampleId(1))).toBe(true)
  })

  it('leaves its own proofs sealed here: the capture is still shown to be in the log of its sender', async () => {
    const [first] = two()
    if (!first) throw new Error('No item')
    expectValue(await receive(await signedBundle(two())))
    const files = new Map((await proofsOf(first.item.id))?.flat().map((one) => [one.name, one.bytes]))
    const text = (name: string) => fromUtf8(files.get(name) ?? new Uint8Array())
    const proof = readTlogProof(text(`proof/items/${first.item.id}.tlog-proof`))
    const key = fromHex((await listBundleOrigins(open)).get(first.item.id)?.signer?.publicKey ?? '')
    const head = await openCheckpoint(text('proof/checkpoint'), key)
    if (!proof || !head) throw new Error('No proof')
    const leaf = await hashLeaf(await commitmentOf(first.salt, first.itemBytes))
    expect(await isIncluded({ leaf, ...proof, size: head.size, root: head.root })).toBe(true)
    expect([...files.keys()]).toEqual(
      expect.arrayContaining(['manifest-sha256.txt', 'proof/statement.dsse.json', 'proof/custody.jsonl']),
    )
  })

  it('brings what was said of an item, unless something is said of it here', async () => {
    const ours = sampleAssessment(sampleId(2), { note: 'ours' })
    expectValue(await keepAssessment({ ...open, assessment: ours }))
    const items = [1, 2].map((seed) => sampleItem({ seed, assessment: { note: 'theirs' } }))
    expectValue(await receive(await signedBundle(items)))
    expect((await listAssessments(open, sampleId(1))).map(({ note }) => note)).toEqual(['theirs'])
    expect(await listAssessments(open, sampleId(2))).toEqual([ours])
  })

  it('is listed after the next unlock without opening one record, and as its records say', async () => {
    expectValue(await receive(await signedBundle(two())))
    open = await relock()
    expect(await storesReadBy(() => listItems(open))).not.toContain('records')
    const noted = await listItems(open)
    expect(noted.items.map(({ id }) => id).sort()).toEqual([sampleId(1), sampleId(2)].sort())
    expect(noted.damaged).toEqual([])
    await openDatabase().index.clear()
    expect(await listItems(await relock())).toEqual(noted)
  })

  it('may come twice, and then changes nothing', async () => {
    expectValue(await receive(await signedBundle(two())))
    const isContent = ({ store }: { store: string }) => store !== 'index'
    const before = (await readWholeDatabase()).filter(isContent)
    expect(expectValue(await receive(await signedBundle(two()))).items).toEqual({ ...none, same: 2 })
    expect((await readWholeDatabase()).filter(isContent)).toEqual(before)
  })

  it('never overwrites an item, nor says of one that was here that it came with the bundle', async () => {
    await capture({ seed: 1, post: { text: 'What is here' } })
    const report = expectValue(await receive(await signedBundle(two())))
    expect(report.items).toEqual({ added: 1, same: 0, conflicts: [sampleId(1)] })
    expect(expectValue(await openItem(open, sampleId(1))).item.post.text).toBe('What is here')
    expect([...(await listBundleOrigins(open)).keys()]).toEqual([sampleId(2)])
  })

  it('keeps out what is not what its facts say, and marks what came from a bundle that failed', async () => {
    const forged = forgeBundle(await signedBundle(two()), (files) => {
      files.set(`data/items/${sampleId(1)}/text.txt`, toUtf8('Something else'))
    })
    const bundle = await ready(forged)
    expect(bundle.facts.failures.map(({ id }) => id)).toContain('item-well-formed')
    const report = expectValue(await receiveBundle(open, { bundle, at }))
    expect(report).toEqual({ items: { ...none, added: 1 }, damaged: 1 })
    expect((await listItems(open)).items.map(({ id }) => id)).toEqual([sampleId(2)])
    const origin = (await listBundleOrigins(open)).get(sampleId(2))
    expect(origin?.failures.length).toBeGreaterThan(0)
    expect(origin?.signer).toBeNull()
  })

  it('is given up between two items when that is wanted, and can be brought in again', async () => {
    const bundle = await ready(await signedBundle(two()))
    const stop = new AbortController()
    const onProgress = ({ done }: { done: number }) => done === 1 && stop.abort()
    const cut = await receiveBundle(open, { bundle, at, signal: stop.signal, onProgress })
    expect(cut).toEqual({ ok: false, problem: { code: 'cancelled' } })
    expect(expectValue(await receiveBundle(open, { bundle, at })).items).toEqual({
      added: 1,
      same: 1,
      conflicts: [],
    })
    expect((await listBundleOrigins(open)).size).toBe(2)
  })
})

describe('where items came from', () => {
  it('is forgotten with the last item of the bundle, not before', async () => {
    expectValue(await receive(await signedBundle(two())))
    const erase = (id: string) => deletePermanently(open, { itemIds: [id], passphrase, cost: cheap })
    open = expectValue(await erase(sampleId(1))).open
    expect((await listBundleOrigins(open)).has(sampleId(2))).toBe(true)
    open = expectValue(await erase(sampleId(2))).open
    expect((await readRows(open)).rows.map(({ kind }) => kind)).not.toContain('received-bundle')
  })

  it('goes into a backup and comes back with it, proofs and all', async () => {
    expectValue(await receive(await signedBundle(two())))
    const origins = await listBundleOrigins(open)
    const proofs = await proofsOf(sampleId(1))
    const key = { kind: 'passphrase' as const, passphrase: 'we feed the tired heron', workFactor: 4 }
    const { stream } = expectValue(await writeBackup(open, { to: key, madeAt: at }))
    const backup = await new Response(stream).blob()
    await startFresh()
    open = await makeLocker()
    expectValue(await restoreBackup(open, { file: backup.stream(), key }))
    expect(origins.size).toBe(2)
    expect(await listBundleOrigins(open)).toEqual(origins)
    expect(await proofsOf(sampleId(1))).toEqual(proofs)
  })

  it('names the signer; what nobody signed is from one source, however many bundles it is in', async () => {
    expectValue(await receive(await signedBundle([sampleItem({ seed: 1 })])))
    expectValue(await receive(await sampleBundle([sampleItem({ seed: 2 })])))
    expectValue(await receive(await sampleBundle([sampleItem({ seed: 3 })])))
    await capture({ seed: 4 })
    const sources = await listSources(open)
    expect([...sources.keys()].sort()).toEqual([1, 2, 3].map(sampleId).sort())
    expect(sources.get(sampleId(1))?.words?.split(' ')).toHaveLength(8)
    expect(sources.get(sampleId(2))).toEqual(sources.get(sampleId(3)))
    expect(sources.get(sampleId(1))?.key).not.toBe(sources.get(sampleId(2))?.key)
  })

  it('is this locker where it signed the bundle itself', async () => {
    await capture({ seed: 1 })
    await listItems(open)
    const proofs = expectValue(await proveItems(open, [sampleId(1)]))
    const bytes = await sampleBundle([expectValue(await openItem(open, sampleId(1)))], { proofs })
    const bundle = await ready(bytes)
    expect(bundle.facts.signer).not.toBeNull()
    const other = { ...bundle, itemIds: [sampleId(9)] }
    expectValue(await receiveBundle(open, { bundle: other, at }))
    expect((await listBundleOrigins(open)).has(sampleId(9))).toBe(true)
    expect((await listSources(open)).has(sampleId(9))).toBe(false)
  })
})
