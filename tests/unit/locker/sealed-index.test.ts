import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { keepAssessment } from '../../../utils/locker/assessments'
import { writeBackup } from '../../../utils/locker/backup'
import { openDatabase } from '../../../utils/locker/database'
import { deletePermanently } from '../../../utils/locker/delete'
import { findDamage } from '../../../utils/locker/find-damage'
import { binItem, deleteItem, ingestItems, listBinnedItems, listItems } from '../../../utils/locker/items'
import { lockLocker, type OpenLocker, openLocker } from '../../../utils/locker/keyring'
import { recordsIndex } from '../../../utils/locker/records-index'
import { restoreBackup } from '../../../utils/locker/restore'
import { readRows, rowsIndex } from '../../../utils/locker/rows'
import { entryOf, readIndex } from '../../../utils/locker/sealed-index'
import { sampleAssessment, sampleId } from '../../support/sample-items'
import {
  capture,
  cheap,
  expectValue,
  flip,
  makeLocker,
  passphrase,
  rewriteRow,
  startFresh,
  unlock,
} from './locker-under-test'

let open: OpenLocker

beforeEach(async () => {
  await startFresh()
  open = await makeLocker()
  for (const seed of [1, 2, 3]) await capture({ seed })
  await keepAssessment({ ...open, assessment: sampleAssessment(sampleId(1)) })
})

afterEach(() => vi.restoreAllMocks())

async function relock(): Promise<OpenLocker> {
  await lockLocker()
  return expectValue(await unlock())
}

/** How many boxes are opened on the way. */
async function countOpened(work: () => Promise<unknown>): Promise<number> {
  const decrypt = vi.spyOn(crypto.subtle, 'decrypt')
  await work()
  const { length } = decrypt.mock.calls
  decrypt.mockRestore()
  return length
}

describe('the index', () => {
  it('lists after an unlock without opening one record, and in the same page without opening anything', async () => {
    const before = await listItems(open)
    expect(before.items).toHaveLength(3)
    open = await relock()
    const get = vi.spyOn(IDBObjectStore.prototype, 'get')
    expect(await listItems(open)).toEqual(before)
    const stores = new Set(get.mock.contexts.map((store) => (store as IDBObjectStore).name))
    expect(stores).not.toContain('records')
    expect(stores).not.toContain('rows')
    expect(await countOpened(() => listItems(open))).toBe(2)
    open = expectValue({ ok: true, value: (await openLocker()) as OpenLocker })
    expect(await countOpened(() => listItems(open))).toBeLessThanOrEqual(2 + 5)
  })

  it('follows every change, in this page and in another that listed before', async () => {
    await listItems(open)
    const other = (await openLocker()) as OpenLocker
    await listItems(other)
    await binItem(open, sampleId(1))
    await keepAssessment({ ...open, assessment: sampleAssessment(sampleId(2), { note: 'new here' }) })
    await capture({ seed: 4 })
    await deleteItem(open, sampleId(3))
    for (const page of [other, open, await relock()]) {
      const { items, damaged } = await listItems(page)
      expect(damaged).toEqual([])
      expect(items.map(({ id, note }) => ({ id, note })).sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(
        [
          { id: sampleId(2), note: 'new here' },
          { id: sampleId(4), note: '' },
        ].sort((a, b) => (a.id < b.id ? -1 : 1)),
      )
      expect((await listBinnedItems(page)).items.map(({ id }) => id)).toEqual([sampleId(1)])
    }
  })

  it('is not written with what was read before somebody changed it', async () => {
    await capture({ seed: 5 })
    const { encrypt } = crypto.subtle
    let isDone = false
    // While the index is being sealed, another page puts the item into the bin.
    vi.spyOn(crypto.subtle, 'encrypt').mockImplementation(async (...args) => {
      const context = new TextDecoder().decode((args[0] as AesGcmParams).additionalData as Uint8Array)
      if (!isDone && /index-box\/[0-9a-f]+\/records/.test(context)) {
        isDone = true
        await binItem(open, sampleId(5))
      }
      return encrypt.apply(crypto.subtle, args)
    })
    await listItems(open)
    expect(isDone).toBe(true)
    vi.restoreAllMocks()
    expect((await listItems(open)).items.map(({ id }) => id)).not.toContain(sampleId(5))
    open = await relock()
    expect((await listItems(open)).items.map(({ id }) => id)).not.toContain(sampleId(5))
  })

  it('is passed over where a bit of it changed, or it belongs elsewhere', async () => {
    const before = await listItems(open)
    const boxes = (await openDatabase().index.toArray()).filter(({ box }) => box.length > 0)
    expect(boxes.length).toBeGreaterThan(1)
    for (const { id, box } of boxes) {
      for (let byte = 0; byte < box.length; byte += 97) {
        await rewriteRow('index', id, { box: flip(box, byte * 8 + (byte % 8)) })
        expect(await listItems((await openLocker()) as OpenLocker)).toEqual(before)
        await openDatabase().index.clear()
        await openDatabase().index.bulkPut(boxes)
      }
    }
    const [one, other] = boxes
    await rewriteRow('index', one?.id ?? '', { box: other?.box })
    expect(await listItems((await openLocker()) as OpenLocker)).toEqual(before)
  })

  it('hides no damage from whoever looks for it', async () => {
    await listItems(open)
    await rewriteRow('records', sampleId(1), { meta: new Uint8Array(4_124) })
    const [blobId = ''] = (await openDatabase().records.get(sampleId(2)))?.blobIds ?? []
    await openDatabase().blobs.delete(blobId)
    expect((await listItems(open)).damaged).toEqual([])
    expect(await findDamage(open, { of: 'facts' })).toEqual([sampleId(1)])
    expect((await findDamage(open)).sort()).toEqual([sampleId(1), sampleId(2)].sort())
    const cancelled = findDamage(open, { signal: AbortSignal.abort() })
    await expect(cancelled).rejects.toThrow('Cancelled')
  })

  it('is not read where its entries are of another form', async () => {
    await listItems(open)
    open = await relock()
    const other = { ...recordsIndex, form: recordsIndex.form + 1 }
    const now = await openLocker()
    if (now === null) throw new Error('locked')
    expect(entryOf(await readIndex(now, other), sampleId(1))).toBeUndefined()
    expect(entryOf(await readIndex(now, recordsIndex), sampleId(1))).toBeDefined()
  })

  it('says nothing more of what is deleted, from that moment on', async () => {
    await listItems(open)
    const [said] = (await readRows(open)).rows.filter(({ kind }) => kind === 'assessment')
    const inIndex = async () => [
      entryOf(await readIndex(open, recordsIndex), sampleId(1)),
      entryOf(await readIndex(open, rowsIndex), said?.id ?? ''),
    ]
    for (const entry of await inIndex()) expect(entry).toBeDefined()
    expectValue(await deleteItem(open, sampleId(1)))
    expect(await inIndex()).toEqual([undefined, undefined])
  })

  it('goes over into a new epoch, without what was deleted', async () => {
    await listItems(open)
    const { open: next } = expectValue(
      await deletePermanently(open, { itemIds: [sampleId(1)], passphrase, cost: cheap }),
    )
    const get = vi.spyOn(IDBObjectStore.prototype, 'get')
    expect((await listItems(next)).items.map(({ id }) => id).sort()).toEqual([2, 3].map(sampleId).sort())
    expect(get.mock.contexts.map((store) => (store as IDBObjectStore).name)).not.toContain('records')
  })

  it('learns of what is restored, so that the first list opens no record', async () => {
    await listItems(open)
    await capture({ seed: 4 })
    await ingestItems(open)
    await binItem(open, sampleId(4))
    const to = { kind: 'passphrase', passphrase: 'a plum at noon', workFactor: 4 } as const
    const { stream } = expectValue(
      await writeBackup(open, { to, madeAt: new Date('2024-07-01T10:00:00.000Z') }),
    )
    const backup = await new Response(stream).blob()
    await startFresh()
    open = await makeLocker()
    expectValue(await restoreBackup(open, { file: backup.stream(), key: to }))
    open = await relock()
    const get = vi.spyOn(IDBObjectStore.prototype, 'get')
    const { items, damaged } = await listItems(open)
    expect(damaged).toEqual([])
    expect(items.map(({ id }) => id).sort()).toEqual([1, 2, 3].map(sampleId).sort())
    expect(items.find(({ id }) => id === sampleId(1))?.types).not.toEqual([])
    expect((await listBinnedItems(open)).items.map(({ id }) => id)).toEqual([sampleId(4)])
    const stores = new Set(get.mock.contexts.map((store) => (store as IDBObjectStore).name))
    expect(stores).not.toContain('records')
    expect(stores).not.toContain('rows')
    get.mockRestore()
    // What was noted is what opening the records gives.
    const noted = await listItems(open)
    await openDatabase().index.clear()
    expect(await listItems((await openLocker()) as OpenLocker)).toEqual(noted)
  })

  it('learns of what is moved in', async () => {
    await listItems(open)
    await capture({ seed: 4 })
    await ingestItems(open)
    open = await relock()
    const get = vi.spyOn(IDBObjectStore.prototype, 'get')
    expect((await listItems(open)).items).toHaveLength(4)
    expect(get.mock.contexts.map((store) => (store as IDBObjectStore).name)).not.toContain('records')
  })

  it('gives no time of publication for a profile', async () => {
    const { item } = await capture({ seed: 4, post: { kind: 'profile' } })
    await ingestItems(open)
    const { items } = await listItems(open)
    expect(items.find(({ id }) => id === item.id)?.postedAt).toBeNull()
    expect(items.find(({ id }) => id === sampleId(1))?.postedAt).toBe(item.post.posted.iso)
  })

  it('is of another form when a summary has other fields', async () => {
    const [first] = (await listItems(open)).items
    const {
      types: _types,
      note: _note,
      caseIds: _caseIds,
      binnedAt: _binnedAt,
      ...facts
    } = first ?? { types: 0, note: 0, caseIds: 0, binnedAt: 0 }
    // When this fails, raise `form` in `records-index.ts` and write the new fields and the new number here.
    expect({ form: recordsIndex.form, fields: Object.keys(facts).sort() }).toEqual({
      form: 2,
      fields: [
        'authorHandle',
        'authorName',
        'capturedAt',
        'group',
        'id',
        'kind',
        'method',
        'permalink',
        'pictures',
        'platform',
        'postId',
        'postedAt',
        'reader',
        'recheck',
        'text',
      ],
    })
  })
})
