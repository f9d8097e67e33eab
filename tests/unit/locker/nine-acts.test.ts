import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { newAssessment } from '../../../entrypoints/shared/new-records'
import { saveBundle } from '../../../entrypoints/shared/save-bundle'
import { checkBundle } from '../../../utils/bundle/read-items'
import { fromHex, toHex } from '../../../utils/crypto/bytes'
import { openCheckpoint } from '../../../utils/custody/checkpoint'
import type { SaltedEntry } from '../../../utils/custody/entry'
import { growTree, isIncluded } from '../../../utils/custody/merkle'
import { readTlogProof } from '../../../utils/custody/tlog-proof'
import { keepAssessment, listAssessments } from '../../../utils/locker/assessments'
import { entriesIn, leafOf } from '../../../utils/locker/custody'
import { openDatabase } from '../../../utils/locker/database'
import { deleteItem, ingestItems, openItem } from '../../../utils/locker/items'
import type { OpenLocker } from '../../../utils/locker/keyring'
import { keepFiling, type LedgerAct, readLedger } from '../../../utils/locker/ledger'
import { readLeaves } from '../../../utils/locker/log'
import { proveItems } from '../../../utils/locker/prove-items'
import { receiveBundle } from '../../../utils/locker/receive-bundle'
import { ingestedEntry } from '../../../utils/locker/records'
import { readRows } from '../../../utils/locker/rows'
import { findRecord } from '../../../utils/locker/stored-item'
import type { Assessment } from '../../../utils/model/item'
import { signedBundle } from '../../support/sample-bundle'
import { sampleCase, sampleId, sampleItem, sampleReport } from '../../support/sample-items'
import { sampleFiling } from '../ledger/sample-filings'
import { capture, expectValue, makeLocker, startFresh } from './locker-under-test'

vi.mock('../../../utils/bundle/save', () => ({
  saveFile: async ({ stream }: { stream: ReadableStream<Uint8Array> }) => {
    for await (const _ of stream);
    return { ok: true, value: { sha256: 'ef'.repeat(32), path: null } }
  },
}))

const [own, theirs] = [sampleId(1), sampleId('theirs')]
let open: OpenLocker

beforeEach(async () => {
  await startFresh()
  open = await makeLocker()
})

async function say(patch: Partial<Assessment>): Promise<void> {
  const before = (await listAssessments(open, own))[0] ?? null
  const assessment = newAssessment({ itemId: own, before, patch })
  expectValue(await keepAssessment({ assessment, before, ...open }))
}

async function keepOne(act: LedgerAct): Promise<void> {
  const filing = sampleFiling({ itemIds: [own], changedAt: new Date().toISOString() })
  expectValue(await keepFiling({ open, filing, act }))
}

async function exportOne(): Promise<void> {
  const items = [expectValue(await openItem(open, own))]
  const draft = { protection: 'none', recipients: [], hasArchive: false, fileName: 'files', language: 'en' }
  const saved = await saveBundle({
    open,
    case: sampleCase(items),
    itemIds: [own],
    report: sampleReport(items),
    covering: null,
    draft: draft as unknown as Parameters<typeof saveBundle>[0]['draft'],
    passphrase: '',
    version: '0.1.0',
    signal: new AbortController().signal,
    onProgress: () => {},
  })
  expectValue(saved)
}

async function receiveOne(): Promise<void> {
  const { bundle } = await checkBundle(await signedBundle([sampleItem({ seed: 'theirs' })]))
  if (!bundle) throw new Error('No bundle')
  const facts = { file: 'ab'.repeat(32), madeAt: null, signer: null, failures: [] }
  const { itemIds, readItem } = bundle
  const proofs = (await bundle.readProofs()) ?? []
  const receive = { bundle: { facts, itemIds, places: {}, proofs, readItem }, at: new Date() }
  expect(expectValue(await receiveBundle(open, receive)).items.added).toBe(1)
}

/** Everything that can happen to an item, in an order in which it can. `leaves`: a received item's own comes along. */
const acts = [
  { kind: 'captured', item: own, leaves: 1, act: async () => void (await capture({ seed: 1 })) },
  { kind: 'ingested', item: own, leaves: 1, act: async () => void (await ingestItems(open)) },
  { kind: 'assessed', item: own, leaves: 1, act: () => say({ types: ['doxxing'] }) },
  { kind: 'noted', item: own, leaves: 1, act: () => say({ note: 'He wrote at night.' }) },
  { kind: 'exported', item: own, leaves: 1, act: exportOne },
  { kind: 'filed', item: own, leaves: 1, act: () => keepOne('filed') },
  { kind: 'answered', item: own, leaves: 1, act: () => keepOne('answered') },
  { kind: 'received', item: theirs, leaves: 2, act: receiveOne },
  {
    kind: 'deleted',
    item: own,
    leaves: 1,
    act: async () => void expectValue(await deleteItem(open, own)),
  },
] as const

/** The leaves that the locker can name: of entries, of captures, of ingestions; by what they say. */
async function named(): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  const add = async (custody: SaltedEntry) =>
    found.set(toHex(await leafOf(custody)), `${custody.entry.kind} ${custody.entry.item}`)
  for (const { custody } of entriesIn((await readRows(open)).rows)) await add(custody)
  for (const id of [own, theirs]) {
    const record = await findRecord(open, id)
    const entry = record.ok ? ingestedEntry(id, record.value.state) : null
    const salt = record.ok ? record.value.state.ingested?.salt : undefined
    if (entry && salt !== undefined) await add({ entry, salt, opening: null })
  }
  return found
}

async function leaves(): Promise<string[]> {
  return (await readLeaves()).leaves.map(toHex)
}

/** What the locker itself proves of an item in a checkpoint that it signed: kinds of entries, and the capture. */
async function provedOf(item: string): Promise<string[]> {
  const { identity, checkpoint, captures, excerpt } = expectValue(await proveItems(open, [item]))
  const head = await openCheckpoint(checkpoint, fromHex(identity.keys.at(-1)?.publicKey ?? ''))
  const capture = readTlogProof(captures.get(item) ?? '')
  if (!head || !capture) throw new Error('No checkpoint')
  const kinds = [`captured ${item}`]
  for (const line of excerpt) {
    const proof = line.proof.map(fromHex)
    expect(await isIncluded({ leaf: await leafOf(line), index: line.index, ...head, proof })).toBe(true)
    kinds.push(`${line.entry.kind} ${line.entry.item}`)
  }
  return kinds
}

describe('every act on an item', () => {
  it('is one leaf of the custody log, proved by inclusion', async () => {
    let before = await leaves()
    for (const { kind, item, leaves: more, act } of acts) {
      await act()
      const after = await leaves()
      expect(after.slice(0, before.length), kind).toEqual(before)
      const fresh = after.slice(before.length)
      expect(fresh, kind).toHaveLength(more)
      // What a capture commits to are its facts, which no entry names; and to look at an item is to ingest it.
      const what =
        kind === 'captured' ? new Map(fresh.map((leaf) => [leaf, `captured ${item}`])) : await named()
      expect(
        fresh.filter((leaf) => what.get(leaf) === `${kind} ${item}`),
        kind,
      ).toHaveLength(1)
      const tree = await growTree((await readLeaves()).leaves)
      for (const [at, leaf] of fresh.entries()) {
        const index = before.length + at
        const proof = tree.proveInclusion(index)
        const { size, root } = tree
        expect(await isIncluded({ leaf: fromHex(leaf), index, size, proof, root }), kind).toBe(true)
      }
      if (kind !== 'deleted' && kind !== 'captured')
        expect((await provedOf(item)).filter((one) => one === `${kind} ${item}`)).toHaveLength(1)
      before = await leaves()
    }
  })

  it('is noted, too, when a note is changed and cleared; and twice when more is said in one', async () => {
    await capture({ seed: 1 })
    const kinds = async () =>
      entriesIn((await readRows(open)).rows)
        .map(({ custody }) => custody.entry)
        .filter(({ item }) => item === own)
        .sort((one, other) => (one.at < other.at ? -1 : 1))
        .map(({ kind }) => kind)
    await say({ note: 'first' })
    await say({ note: 'second' })
    await say({ note: '' })
    expect(await kinds()).toEqual(['noted', 'noted', 'noted'])
    await say({ note: 'third', severity: 'high' })
    expect((await kinds()).slice(3).sort()).toEqual(['assessed', 'noted'])
    await say({ severity: 'high' })
    expect((await kinds()).slice(5)).toEqual(['assessed'])
  })

  it('leaves neither a filing nor an entry when one of the two cannot be stored', async () => {
    await capture({ seed: 1 })
    const before = await leaves()
    const { log } = openDatabase()
    const refuse = () => {
      throw new Error('no room')
    }
    log.hook('creating', refuse)
    for (const act of ['filed', 'answered', 'noted'] as const) {
      const filing = sampleFiling({ itemIds: [own], reference: act })
      const kept = await keepFiling({ open, filing, act }).catch(() => ({ ok: false }))
      expect(kept.ok).toBe(false)
    }
    const assessment = newAssessment({ itemId: own, before: null, patch: { note: 'x' } })
    const said = await keepAssessment({ assessment, ...open }).catch(() => ({ ok: false }))
    expect(said.ok).toBe(false)
    log.hook('creating').unsubscribe(refuse)
    expect(await leaves()).toEqual(before)
    expect((await readLedger(open)).filings).toEqual([])
    expect(await listAssessments(open, own)).toEqual([])
  })
})
