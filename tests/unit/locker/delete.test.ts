import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { browser } from 'wxt/browser'
import { readRecoveryCode } from '../../../utils/crypto/recovery-code'
import { keepAssessment } from '../../../utils/locker/assessments'
import { keepCase, listCases } from '../../../utils/locker/cases'
import { changePassphrase, makeRecoveryCode } from '../../../utils/locker/change-keys'
import { openDatabase } from '../../../utils/locker/database'
import { deletePermanently, wipeLocker } from '../../../utils/locker/delete'
import {
  binItem,
  countItems,
  deleteItem,
  ingestItems,
  listItems,
  openItem,
  withdrawItem,
} from '../../../utils/locker/items'
import {
  lockerState,
  lockLocker,
  type OpenLocker,
  openLocker,
  publicHalf,
} from '../../../utils/locker/keyring'
import { useShredCell } from '../../../utils/locker/shred'
import { sampleAssessment, sampleCase, sampleId, sampleItem } from '../../support/sample-items'
import {
  capture,
  cell,
  cheap,
  expectValue,
  makeLocker,
  ownRows,
  passphrase,
  rewriteRow,
  startFresh,
  unlock,
} from './locker-under-test'
import { openEverything, type Residue, rememberWrites } from './residue'

const [one, two, three] = [sampleId(1), sampleId(2), sampleId(3)]
const offers = [{ kind: 'passphrase', passphrase }] as const
let open: OpenLocker
let residue: Residue
let stop: () => void

beforeEach(async () => {
  await startFresh()
  const writes = rememberWrites()
  residue = writes.residue
  stop = writes.stop
  open = await makeLocker()
})

afterEach(() => stop())

function deleteForGood(itemIds: string[], words = passphrase) {
  return deletePermanently(open, { itemIds, passphrase: words, cost: cheap })
}

describe('deletePermanently', () => {
  it('leaves the item, its parts and assessments behind, and everything else opens as before', async () => {
    for (const seed of [1, 2, 3]) await capture({ seed })
    for (const id of [one, two, two])
      expectValue(await keepAssessment({ ...open, assessment: sampleAssessment(id) }))
    expectValue(await keepCase(open, sampleCase([sampleItem({ seed: 2 }), sampleItem({ seed: 3 })])))
    await ingestItems(open)
    await binItem(open, three)
    const before = expectValue(await openItem(open, one))
    const { recipient } = open
    const done = expectValue(await deleteForGood([two]))
    expect(done).toMatchObject({ deleted: 1, isErased: true })
    expect(done.open.epoch).toBe(2)
    expect(done.open.recipient).not.toBe(recipient)
    expect(await countItems()).toEqual({ inbox: 0, records: 2 })
    expect(await openDatabase().blobs.count()).toBe(8)
    // A page that still holds the locker of the old epoch sees it as it is now.
    for (const locker of [done.open, open]) {
      expect(expectValue(await openItem(locker, one))).toEqual(before)
      expect((await openItem(locker, two)).ok).toBe(false)
      const { items, damaged } = await listItems(locker)
      expect(items.map(({ id }) => id)).toEqual([one])
      expect(damaged).toEqual([])
      expect(await ownRows(locker)).toEqual(['assessment', 'case'])
      expect((await listCases(locker)).cases[0]?.itemIds).toEqual([two, three])
    }
    await lockLocker()
    open = expectValue(await unlock())
    expect((await openItem(open, three)).ok).toBe(true)
    expect((await openDatabase().meta.get('0'))?.isErasing).toBeUndefined()
  })

  it('leaves nothing to whoever knows the passphrase and has all that was ever written', async () => {
    await lockLocker()
    for (const seed of [1, 2, 3]) await capture({ seed })
    open = expectValue(await unlock())
    await keepAssessment({ ...open, assessment: sampleAssessment(two) })
    await listItems(open)
    await deleteItem(open, three)
    const rowIds = (residue.get('rows') ?? []).map(({ id }) => id)
    const everything = await openEverything({ residue, file: cell.file, offers })
    expect(everything).toEqual(new Set([one, two, three, ...rowIds, 'index key of epoch 1']))
    expectValue(await deleteForGood([two]))
    const left = await openEverything({ residue, file: cell.file, offers })
    // Rows of the custody log: they name no more of the item than its random id.
    const now = await openDatabase().rows.toCollection().primaryKeys()
    expect(await ownRows(open)).toEqual([])
    expect(left).toEqual(new Set([one, ...now, 'index key of epoch 2']))
  })

  it('takes captures that wait, and captures sealed to the public half of before are not lost', async () => {
    await capture({ seed: 1 })
    await capture({ seed: 2 })
    expect(expectValue(await deleteForGood([one])).deleted).toBe(1)
    expect(await countItems()).toEqual({ inbox: 0, records: 1 })
    await lockLocker()
    await capture({ seed: 3 })
    open = expectValue(await unlock())
    expect((await listItems(open)).items.map(({ id }) => id).sort()).toEqual([two, three].sort())
  })

  it('tells how far it is', async () => {
    for (const seed of [1, 2, 3]) await capture({ seed })
    expectValue(await keepAssessment({ ...open, assessment: sampleAssessment(one) }))
    const told: { done: number; total: number }[] = []
    const onProgress = (progress: { done: number; total: number }) => told.push(progress)
    const deletion = { itemIds: [two], passphrase, cost: cheap, onProgress }
    expectValue(await deletePermanently(open, deletion))
    expect(told).toEqual([
      { done: 3, total: 5 },
      { done: 5, total: 5 },
    ])
  })

  it('takes what was said of items that were taken back before', async () => {
    await capture({ seed: 1 })
    await capture({ seed: 2 })
    await lockLocker()
    const half = await publicHalf()
    if (half === null) throw new Error('No locker')
    expectValue(await keepAssessment({ ...half, assessment: sampleAssessment(two) }))
    expectValue(await withdrawItem(two))
    open = expectValue(await unlock())
    expect(await ownRows(open)).toEqual(['assessment'])
    open = expectValue(await deleteForGood([one])).open
    expect(await ownRows(open)).toEqual([])
  })

  it('refuses a wrong passphrase, items that are not there, and a page without the file; nothing changes', async () => {
    await capture({ seed: 1 })
    const code = (outcome: Awaited<ReturnType<typeof deleteForGood>>) =>
      outcome.ok ? 'done' : outcome.problem.code
    expect(code(await deleteForGood([one], `${passphrase} no`))).toBe('wrong-passphrase')
    expect(code(await deleteForGood([two]))).toBe('not-found')
    const other = { ...open, lockerId: sampleId('other') }
    expect(code(await deletePermanently(other, { itemIds: [one], passphrase, cost: cheap }))).toBe(
      'not-found',
    )
    useShredCell(null)
    expect(code(await deleteForGood([one]))).toBe('storage-unavailable')
    useShredCell(cell)
    expect((await publicHalf())?.epoch).toBe(1)
    expect((await openItem(open, one)).ok).toBe(true)
  })

  it('keeps what is damaged as it is, unless it is what is deleted', async () => {
    for (const seed of [1, 2, 3]) await capture({ seed })
    await ingestItems(open)
    await rewriteRow('records', one, { key: new Uint8Array(60) })
    await rewriteRow('records', two, { key: new Uint8Array(60) })
    // The index is a copy, and would still tell of the item.
    await openDatabase().index.clear()
    expect(expectValue(await deleteForGood([one])).deleted).toBe(1)
    const { items, damaged } = await listItems(open)
    expect(items.map(({ id }) => id)).toEqual([three])
    expect(damaged).toEqual([two])
  })

  it('says so when the old secret cannot be overwritten yet, and the next unlock does it', async () => {
    await capture({ seed: 1 })
    await capture({ seed: 2 })
    const failing = {
      read: cell.read,
      write: async (at: number, bytes: Uint8Array<ArrayBuffer>) => {
        if (at === 4_096) throw new DOMException('No', 'UnknownError')
        await cell.write(at, bytes)
      },
    }
    useShredCell(failing)
    expect(expectValue(await deleteForGood([one]))).toMatchObject({ deleted: 1, isErased: false })
    expect(await openEverything({ residue, file: cell.file, offers })).toContain(one)
    useShredCell(cell)
    expect(await openLocker()).not.toBeNull()
    expect(await openEverything({ residue, file: cell.file, offers })).not.toContain(one)
    expect((await openDatabase().meta.get('0'))?.isErasing).toBeUndefined()
  })

  it('leaves the locker locked when it was locked meanwhile', async () => {
    await capture({ seed: 1 })
    const deleting = deleteForGood([one])
    await lockLocker()
    expectValue(await deleting)
    expect(await lockerState()).toBe('locked')
    expect((await openItem(open, one)).ok).toBe(false)
  })
})

describe('a locker without a file that can be overwritten', () => {
  it('works, erases nothing, and moves to the file where there is one', async () => {
    stop()
    await startFresh()
    useShredCell(null)
    open = await makeLocker()
    await capture({ seed: 1 })
    await lockLocker()
    open = expectValue(await unlock())
    expect(open.epoch).toBe(1)
    expect(await deleteForGood([one])).toEqual({ ok: false, problem: { code: 'cannot-erase' } })
    await lockLocker()
    useShredCell(cell)
    open = expectValue(await unlock())
    expect(open.epoch).toBe(2)
    expect((await openDatabase().meta.get('0'))?.shred).toBeUndefined()
    expect((await openItem(open, one)).ok).toBe(true)
    expect(expectValue(await deleteForGood([one])).deleted).toBe(1)
  })

  it('stays one when the file does not keep what is written to it', async () => {
    stop()
    await startFresh()
    const forgetful = { read: async () => new Uint8Array(0), write: async () => undefined }
    useShredCell(forgetful)
    open = await makeLocker()
    await lockLocker()
    open = expectValue(await unlock())
    expect(open.epoch).toBe(1)
    expect((await deleteForGood([one])).ok).toBe(false)
  })
})

describe('a new passphrase', () => {
  it('opens what the old one does not, also with the old slots at hand', async () => {
    await capture({ seed: 1 })
    const by = { passphrase, cost: cheap }
    const { recoveryCode } = expectValue(await makeRecoveryCode(by))
    const next = 'walnut cradle plank overture amid dice'
    const changed = expectValue(await changePassphrase({ by, passphrase: next }))
    expect(changed.recoveryCode).not.toBe(recoveryCode)
    await lockLocker()
    const old = readRecoveryCode(recoveryCode)
    if (old.kind === 'typo') throw new Error('No code')
    const known = [...offers, { kind: 'recovery-code', secret: old.secret }] as const
    expect(await openEverything({ residue, file: cell.file, offers: known })).toEqual(new Set())
    const nowKnown = [{ kind: 'passphrase', passphrase: next }] as const
    expect(await openEverything({ residue, file: cell.file, offers: nowKnown })).toContain(one)
  })
})

describe('wipeLocker', () => {
  it('overwrites the secret and deletes the stores, without a passphrase', async () => {
    await capture({ seed: 1 })
    await ingestItems(open)
    await lockLocker()
    expect(await wipeLocker()).toEqual({ ok: true, value: { isErased: true } })
    expect(await openEverything({ residue, file: cell.file, offers })).toEqual(new Set())
    expect(await lockerState()).toBe('none')
    expect(await browser.storage.session.get(null)).toEqual({})
    open = await makeLocker()
    expect((await listItems(open)).items).toEqual([])
  })
})
