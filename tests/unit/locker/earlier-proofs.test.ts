import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { checkBundle } from '../../../utils/bundle/read-items'
import type { Verification } from '../../../utils/bundle/verification'
import { hasFailure, verifyBundle } from '../../../utils/bundle/verify'
import { keepAssessment } from '../../../utils/locker/assessments'
import { writeBackup } from '../../../utils/locker/backup'
import { keepEntry } from '../../../utils/locker/custody'
import { openDatabase } from '../../../utils/locker/database'
import { deletePermanently } from '../../../utils/locker/delete'
import { readItemCustody } from '../../../utils/locker/item-custody'
import { binItem, openItem, restoreItem } from '../../../utils/locker/items'
import type { OpenLocker } from '../../../utils/locker/keyring'
import { replaceSigningKey } from '../../../utils/locker/new-signing-key'
import { listOtherLogs } from '../../../utils/locker/other-logs'
import { proveItems } from '../../../utils/locker/prove-items'
import { type BundleToReceive, receiveBundle } from '../../../utils/locker/receive-bundle'
import { mergeItem, restoreBackup } from '../../../utils/locker/restore'
import { findRecord } from '../../../utils/locker/stored-item'
import { sampleBundle } from '../../support/sample-bundle'
import { sampleAssessment, sampleId } from '../../support/sample-items'
import { capture, cheap, expectValue, makeLocker, passphrase, startFresh } from './locker-under-test'

type Bytes = Uint8Array<ArrayBuffer>

const at = '2024-06-01T08:00:00.000Z'
const words = 'quartz lantern oboe drift pebble nine'
const [one, two] = [sampleId(1), sampleId(2)]
let open: OpenLocker

/** Another device, with nothing on it. */
async function moveOn(): Promise<void> {
  await startFresh()
  open = await makeLocker()
}

beforeEach(async () => {
  await moveOn()
  for (const seed of [1, 2]) await capture({ seed })
  expectValue(await keepAssessment({ ...open, assessment: sampleAssessment(one) }))
  expectValue(await keepEntry(open, { kind: 'filed', itemIds: [one, two], at }))
})

async function backUp(): Promise<Blob> {
  const to = { kind: 'passphrase', passphrase: words, workFactor: 2 } as const
  const { stream } = expectValue(await writeBackup(open, { to, madeAt: new Date(at) }))
  return new Response(stream).blob()
}

async function restore(file: Blob) {
  const key = { kind: 'passphrase', passphrase: words } as const
  return expectValue(await restoreBackup(open, { file: file.stream(), key }))
}

async function exported(ids = [one]): Promise<{ bytes: Bytes; verification: Verification }> {
  const proofs = expectValue(await proveItems(open, ids))
  const items = await Promise.all(ids.map(async (id) => expectValue(await openItem(open, id))))
  const bytes = await sampleBundle(items, { proofs })
  return { bytes, verification: await verifyBundle(bytes) }
}

/** Brings a bundle in as the screen does. */
async function takeIn(bytes: Bytes): Promise<void> {
  const { bundle } = await checkBundle(bytes)
  if (!bundle) throw new Error('No bundle')
  const { madeAt, itemIds, readItem } = bundle
  const facts = { file: 'ab'.repeat(32), madeAt, signer: null, failures: [] }
  const proofs = (await bundle.readProofs()) ?? []
  const received: BundleToReceive = { facts, itemIds, places: {}, proofs, readItem }
  expectValue(await receiveBundle(open, { bundle: received, at: new Date(at) }))
}

async function keyNow(): Promise<string> {
  return (await exported([])).verification.proof?.key ?? ''
}

const keysSeen = ({ earlier }: Verification) => earlier.map(({ key }) => key)
const excerptOf = (bytes: Bytes, folder: string) => {
  const text = new TextDecoder('latin1').decode(bytes)
  const from = text.indexOf(`${folder}/custody.jsonl`)
  return text.slice(from, text.indexOf('PK', from))
}

async function storedEarlier(id = one) {
  return expectValue(await findRecord(open, id)).state.earlier ?? []
}

describe('proofs of received items', () => {
  it('travel on with those items alone, and through a third locker, too', async () => {
    const first = await keyNow()
    const { bytes } = await exported([one, two])
    await moveOn()
    await takeIn(bytes)
    const second = await keyNow()
    const again = await exported([one])
    expect(hasFailure(again.verification)).toBe(false)
    expect(keysSeen(again.verification)).toEqual([first])
    await capture({ seed: 3 })
    const all = [one, two, sampleId(3)]
    expect(expectValue(await listOtherLogs(open, all))).toEqual([{ words: first, count: 2 }])
    expect(expectValue(await listOtherLogs(open, [sampleId(3)]))).toEqual([])
    expect(new TextDecoder('latin1').decode(again.bytes)).not.toContain(two)
    expect(excerptOf(again.bytes, 'data/earlier/1')).toContain('"kind":"filed"')
    await moveOn()
    await takeIn(again.bytes)
    const third = await exported([one])
    const told = expectValue(await listOtherLogs(open, [one]))
    expect(told.map((log) => [log.words, log.count]).sort()).toEqual(
      keysSeen(third.verification)
        .sort()
        .map((key) => [key, 1]),
    )
    expect(hasFailure(third.verification)).toBe(false)
    expect(keysSeen(third.verification).sort()).toEqual([first, second].sort())
    expect(third.verification.proof?.key).not.toBe(second)
  })

  it('are left behind where they do not fit: a bad proof does not leave under this name', async () => {
    const { bytes } = await exported([one])
    await moveOn()
    const { bundle } = await checkBundle(bytes)
    const proofs = ((await bundle?.readProofs()) ?? []).map((file) =>
      file.name === 'proof/checkpoint'
        ? {
            ...file,
            bytes: new TextEncoder().encode(
              new TextDecoder().decode(file.bytes).replace(/\n\d+\n/, '\n99\n'),
            ),
          }
        : file,
    )
    if (!bundle) throw new Error('No bundle')
    const facts = { file: 'ab'.repeat(32), madeAt: null, signer: null, failures: [] }
    const { itemIds, readItem } = bundle
    const received = { facts, itemIds, places: {}, proofs, readItem }
    expectValue(await receiveBundle(open, { bundle: received, at: new Date(at) }))
    const again = await exported([one])
    expect(hasFailure(again.verification)).toBe(false)
    expect(again.verification.earlier).toEqual([])
  })
})

describe('what the log before a backup proved', () => {
  it('comes back with the items, and leaves with them beside what the new log proves', async () => {
    expectValue(await replaceSigningKey({ passphrase, cost: cheap }))
    const first = await keyNow()
    const file = await backUp()
    await moveOn()
    await restore(file)
    const { bytes, verification } = await exported([one, two])
    expect(hasFailure(verification)).toBe(false)
    expect(keysSeen(verification)).toEqual([first])
    const { others } = expectValue(await readItemCustody(open, one))
    const { size, places } = verification.earlier[0] ?? {}
    expect(others).toEqual([{ words: first, place: places?.[one], size }])
    expect(Object.keys(verification.earlier[0]?.places ?? {}).sort()).toEqual([one, two].sort())
    const excerpt = excerptOf(bytes, 'data/earlier/1')
    for (const kind of ['filed', 'assessed', 'noted', 'ingested', 'key'])
      expect(excerpt).toContain(`"kind":"${kind}"`)
    // The assessment came back as it was, and the old log still says that it is the one.
    expect(excerpt).toMatch(/"opening":"[0-9a-f]{64}"/)
  })

  it('goes through a second backup, stays through the bin and a new epoch, and is merged once', async () => {
    const first = await keyNow()
    const old = await backUp()
    await moveOn()
    await restore(old)
    const second = await keyNow()
    const file = await backUp()
    await moveOn()
    await restore(file)
    expectValue(await binItem(open, one))
    expectValue(await restoreItem(open, one))
    open = expectValue(await deletePermanently(open, { itemIds: [two], passphrase, cost: cheap })).open
    const { verification } = await exported([one])
    expect(hasFailure(verification)).toBe(false)
    expect(keysSeen(verification).sort()).toEqual([first, second].sort())
    const before = await storedEarlier()
    for (const again of [old, file]) expect((await restore(again)).items.same).toBeGreaterThan(0)
    expect(await storedEarlier()).toEqual(before)
  })

  it('is added to an item that came from elsewhere, and never where it is the log of this locker', async () => {
    const first = await keyNow()
    const file = await backUp()
    await restore(file)
    expect(await storedEarlier()).toEqual([])
    const { item, itemBytes, salt, parts } = expectValue(await openItem(open, one))
    await moveOn()
    const bytes = parts.map((part) => part.bytes)
    const thing = { kind: 'item' as const, item, itemBytes, salt, state: { binnedAt: null }, parts: bytes }
    expectValue(await mergeItem(open, thing, { source: 'hand-over' }))
    expect((await restore(file)).items.same).toBe(1)
    expect(keysSeen((await exported([one])).verification)).toEqual([first])
  })

  it('is not believed where it does not fit the item', async () => {
    const file = await backUp()
    await moveOn()
    await restore(file)
    const [proof] = await storedEarlier()
    const { item, itemBytes, salt, parts } = expectValue(await openItem(open, two))
    if (!proof) throw new Error('No proof')
    await moveOn()
    const state = { binnedAt: null, earlier: [proof] }
    const bytes = parts.map((part) => part.bytes)
    expectValue(await mergeItem(open, { kind: 'item', item, itemBytes, salt, state, parts: bytes }))
    expect(await storedEarlier(two)).toEqual([])
  })

  it('does not keep a locker whose log signs nothing any more from being backed up', async () => {
    await keyNow()
    await openDatabase().log.delete(0)
    const file = await backUp()
    await moveOn()
    expect((await restore(file)).items.added).toBe(2)
    const { verification } = await exported([one])
    expect(hasFailure(verification)).toBe(false)
    expect(verification.earlier).toEqual([])
  })
})
