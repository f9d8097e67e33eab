import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { toHex, toUtf8 } from '../../../utils/crypto/bytes'
import { canonicalBytes } from '../../../utils/crypto/canonical-json'
import { commitmentOf, entryBytes } from '../../../utils/custody/entry'
import { hashLeaf } from '../../../utils/custody/merkle'
import { keepAssessment } from '../../../utils/locker/assessments'
import { changePassphrase } from '../../../utils/locker/change-keys'
import { entriesIn, keepEntry, leafOf } from '../../../utils/locker/custody'
import { openDatabase } from '../../../utils/locker/database'
import { deletePermanently } from '../../../utils/locker/delete'
import { binItem, deleteItem, ingestItems, openItem, withdrawItem } from '../../../utils/locker/items'
import { lockLocker, type OpenLocker, publicHalf } from '../../../utils/locker/keyring'
import { readLeaves } from '../../../utils/locker/log'
import { readRows } from '../../../utils/locker/rows'
import { openSigning } from '../../../utils/locker/signing'
import { sampleAssessment, sampleId } from '../../support/sample-items'
import { capture, cheap, expectValue, makeLocker, passphrase, startFresh, unlock } from './locker-under-test'

const at = '2024-06-01T08:00:00.000Z'
let open: OpenLocker

beforeEach(async () => {
  await startFresh()
  open = await makeLocker()
})

async function leaves(): Promise<string[]> {
  const { leaves: all, isWhole } = await readLeaves()
  expect(isWhole).toBe(true)
  return all.map(toHex)
}

async function entries() {
  return entriesIn((await readRows(open)).rows).map(({ custody }) => custody)
}

/** How often each thing happened, by item. */
async function happened(): Promise<string[]> {
  return (await entries()).map(({ entry }) => `${entry.kind} ${entry.item ?? ''}`.trim()).sort()
}

async function publicKey(locker = open): Promise<string | null> {
  const meta = await openDatabase().meta.get('0')
  const key = meta && (await openSigning(locker, meta))
  return key ? toHex(key.publicKey) : null
}

describe('the custody log', () => {
  it('begins with the key that signs', async () => {
    expect(await leaves()).toHaveLength(1)
    const [first] = await entries()
    expect(first?.entry).toMatchObject({ kind: 'key', item: null, detail: { publicKey: await publicKey() } })
  })

  it('has a leaf for a capture, also while locked, which the facts and their salt make', async () => {
    await lockLocker()
    const { item, itemBytes } = await capture()
    const all = await leaves()
    expect(all).toHaveLength(2)
    open = expectValue(await unlock())
    const { salt } = expectValue(await openItem(open, item.id))
    expect(toHex(await hashLeaf(await commitmentOf(salt, itemBytes)))).toBe(all[1])
  })

  it('has a leaf for the ingestion, whose entry the bin does not touch', async () => {
    const { item } = await capture()
    await ingestItems(open)
    const all = await leaves()
    expect(all).toHaveLength(3)
    expectValue(await binItem(open, item.id))
    expect(await leaves()).toEqual(all)
    const before = new Date().toISOString()
    expect(before >= at).toBe(true)
  })

  it('has a leaf for each assessment, with a digest that needs its opening', async () => {
    await lockLocker()
    const { item } = await capture()
    const half = await publicHalf()
    if (half === null) throw new Error('No locker')
    const assessment = sampleAssessment(item.id)
    expectValue(await keepAssessment({ ...half, assessment }))
    const all = await leaves()
    open = expectValue(await unlock())
    const found = (await entries()).find(({ entry }) => entry.kind === 'assessed')
    if (!found) throw new Error('No entry')
    expect(all).toContain(toHex(await leafOf(found)))
    expect(found.entry).toMatchObject({ item: item.id, at: assessment.at })
    const opening = Uint8Array.from(Buffer.from(found.opening ?? '', 'hex'))
    const digest = toHex(await commitmentOf(opening, canonicalBytes(assessment)))
    expect(found.entry.detail).toEqual({ digest })
    expect(toHex(entryBytes(found.entry))).not.toContain(toHex(toUtf8(assessment.note).slice(0, 8)))
  })

  it('takes entries of other acts, one for each item, with the public half alone', async () => {
    const half = await publicHalf()
    if (half === null) throw new Error('No locker')
    const ids = [sampleId(1), sampleId(2)]
    await lockLocker()
    expectValue(await keepEntry(half, { kind: 'filed', itemIds: ids, at, detail: { channel: 'a-form' } }))
    expectValue(await keepEntry(half, { kind: 'answered', itemIds: [], at }))
    expect(await leaves()).toHaveLength(4)
    open = expectValue(await unlock())
    expect(await happened()).toEqual(['answered', `filed ${ids[0]}`, `filed ${ids[1]}`, 'key'].sort())
    const all = await leaves()
    for (const custody of await entries()) expect(all).toContain(toHex(await leafOf(custody)))
    await expect(keepEntry(half, { kind: 'filed', itemIds: ['x'], at })).rejects.toThrow()
  })

  it('keeps leaf and act together: an act that is not stored leaves no leaf', async () => {
    const before = await leaves()
    const opened = await capture()
    expect(await leaves()).toHaveLength(before.length + 1)
    // The same item again is refused by its id, after the transaction has begun.
    await expect(capture({ seed: 1 })).rejects.toThrow()
    expect(opened.item.id).toBe(sampleId(1))
    expect(await leaves()).toHaveLength(before.length + 1)
  })
})

describe('deletion', () => {
  it('leaves the leaves, takes the entries, and says how many it left', async () => {
    const [one, two] = [sampleId(1), sampleId(2)]
    for (const seed of [1, 2]) await capture({ seed })
    await ingestItems(open)
    expectValue(await keepAssessment({ ...open, assessment: sampleAssessment(two) }))
    expectValue(await keepEntry(open, { kind: 'exported', itemIds: [one, two], at }))
    const before = await leaves()
    const key = await publicKey()
    open = expectValue(await deletePermanently(open, { itemIds: [two], passphrase, cost: cheap })).open
    expect((await leaves()).slice(0, -1)).toEqual(before)
    expect(await happened()).toEqual([`deleted ${two}`, `exported ${one}`, 'key'].sort())
    const deleted = (await entries()).find(({ entry }) => entry.kind === 'deleted')
    // Captured, ingested, assessed, noted, exported.
    expect(deleted?.entry.detail).toEqual({ leaves: '5' })
    expect(await publicKey()).toBe(key)
  })

  it('is noted where something is taken back, while locked and while open', async () => {
    await lockLocker()
    await capture({ seed: 1 })
    await capture({ seed: 2 })
    expectValue(await withdrawItem(sampleId(1)))
    expect(await leaves()).toHaveLength(4)
    open = expectValue(await unlock())
    await ingestItems(open)
    expectValue(await deleteItem(open, sampleId(2)))
    const deleted = (await entries()).filter(({ entry }) => entry.kind === 'deleted')
    expect(deleted.map(({ entry }) => entry.detail.leaves).sort()).toEqual(['1', '2'])
  })
})

describe('the signing key', () => {
  it('is the same after a new passphrase', async () => {
    const key = await publicKey()
    expect(key).toMatch(/^[0-9a-f]{64}$/)
    const next = 'another gravel ledger mossy tiptop urn'
    const changed = expectValue(await changePassphrase({ by: { passphrase, cost: cheap }, passphrase: next }))
    expect(changed.open.epoch).toBe(2)
    expect(await publicKey(changed.open)).toBe(key)
    expect(await publicKey(open)).toBeNull()
  })

  it('is made, and what is there adopted, at the next unlock of a locker without a log', async () => {
    for (const seed of [1, 2]) await capture({ seed })
    await ingestItems(open)
    const db = openDatabase()
    await db.log.clear()
    await db.rows.clear()
    await db.meta.update('0', { signing: undefined })
    await lockLocker()
    await capture({ seed: 3 })
    open = expectValue(await unlock())
    expect(await happened()).toEqual([`adopted ${sampleId(1)}`, `adopted ${sampleId(2)}`, 'key'].sort())
    // Captured and ingested here, two captures of before, two adopted, one key.
    expect(await leaves()).toHaveLength(7)
    const key = await publicKey()
    await lockLocker()
    open = expectValue(await unlock())
    expect(await leaves()).toHaveLength(7)
    expect(await publicKey()).toBe(key)
  })

  it('is replaced when it is damaged', async () => {
    const key = await publicKey()
    await openDatabase().meta.update('0', { signing: new Uint8Array(92) })
    await lockLocker()
    open = expectValue(await unlock())
    expect(await publicKey()).not.toBe(key)
    expect(await happened()).toEqual(['key', 'key'])
  })
})
