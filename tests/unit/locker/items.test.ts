import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { toHex } from '../../../utils/crypto/bytes'
import { keepAssessment, listAssessments } from '../../../utils/locker/assessments'
import { deleteCase, keepCase, listCases } from '../../../utils/locker/cases'
import { closeDatabase, openDatabase } from '../../../utils/locker/database'
import {
  binItem,
  countItems,
  deleteItem,
  ingestItems,
  keepItem,
  listBinnedItems,
  listItems,
  openItem,
  openPart,
  restoreItem,
  sealItem,
  watchItems,
  withdrawItem,
} from '../../../utils/locker/items'
import { lockLocker, type OpenLocker, publicHalf } from '../../../utils/locker/keyring'
import { sampleAssessment, sampleCase, sampleId, sampleItem } from '../../support/sample-items'
import { capture, expectValue, makeLocker, ownRows, startFresh, unlock } from './locker-under-test'

let open: OpenLocker

beforeEach(async () => {
  await startFresh()
  open = await makeLocker()
})

async function relock(): Promise<OpenLocker> {
  await lockLocker()
  return expectValue(await unlock())
}

describe('a captured item', () => {
  it('opens as it was sealed, also when it was captured while locked', async () => {
    await lockLocker()
    const captured = await capture()
    expect(await countItems()).toEqual({ inbox: 1, records: 0 })
    open = expectValue(await unlock())
    const opened = expectValue(await openItem(open, captured.item.id))
    expect(opened.item).toEqual(captured.item)
    expect(toHex(opened.itemBytes)).toBe(toHex(captured.itemBytes))
    expect(opened.parts).toEqual(captured.parts)
    expect(opened.salt).toHaveLength(32)
    expect(opened.assessment).toBeNull()
    expect(await countItems()).toEqual({ inbox: 0, records: 1 })
  })

  it('has a salt of its own', async () => {
    const salts = new Set<string>()
    for (const seed of [1, 2, 3]) {
      const { item } = await capture({ seed })
      salts.add(toHex(expectValue(await openItem(open, item.id)).salt))
    }
    expect(salts.size).toBe(3)
  })

  it('gives one part by its name', async () => {
    const { item, parts } = await capture()
    expect(expectValue(await openPart(open, item.id, 'page.png'))).toEqual(parts[1])
    expect(await openPart(open, item.id, 'tile-1.png')).toEqual({ ok: false, problem: { code: 'not-found' } })
    expect(await openItem(open, sampleId('none'))).toEqual({ ok: false, problem: { code: 'not-found' } })
  })

  it('may have no parts at all', async () => {
    const { item } = await capture({ parts: [] })
    expect(expectValue(await openItem(open, item.id)).parts).toEqual([])
  })

  it('is not sealed with parts other than its own', async () => {
    const half = await publicHalf()
    const { item, parts } = sampleItem()
    if (half === null) throw new Error('No locker')
    const other = parts.map((part, index) => (index === 1 ? { ...part, bytes: part.bytes.slice(1) } : part))
    await expect(sealItem({ ...half, item, parts: other })).rejects.toThrow()
    await expect(sealItem({ ...half, item, parts: parts.slice(1) })).rejects.toThrow()
    await expect(sealItem({ ...half, item, parts: [...parts].reverse() })).rejects.toThrow()
    await expect(sealItem({ ...half, item: { ...item, id: 'x' }, parts })).rejects.toThrow()
    await expect(sealItem({ ...half, recipient: 'age1x', item, parts })).rejects.toThrow()
  })
})

describe('keepItem', () => {
  it('writes strictly, in one transaction', async () => {
    // Dexie takes hold of the method when it opens the database.
    closeDatabase()
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction')
    await capture()
    const writes = transaction.mock.calls.filter(([, mode]) => mode === 'readwrite')
    expect(writes).toHaveLength(1)
    expect(writes[0]?.[0]).toEqual(['meta', 'blobs', 'inbox', 'log'])
    expect(writes[0]?.[2]).toEqual({ durability: 'strict' })
    transaction.mockRestore()
  })

  it.each([
    ['QuotaExceededError', 'disk-full'],
    ['UnknownError', 'storage-unavailable'],
  ])('keeps nothing and says so on %s', async (name, code) => {
    const half = await publicHalf()
    const { item, parts } = sampleItem()
    if (half === null) throw new Error('No locker')
    const sealed = await sealItem({ ...half, item, parts })
    const add = IDBObjectStore.prototype.add
    const failing = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (
      this: IDBObjectStore,
      value,
    ) {
      if (this.name === 'inbox') throw new DOMException('No', name)
      return add.call(this, value)
    })
    expect(await keepItem(sealed)).toEqual({ ok: false, problem: { code } })
    failing.mockRestore()
    expect(await countItems()).toEqual({ inbox: 0, records: 0 })
    expect(await openDatabase().blobs.count()).toBe(0)
    expect((await keepItem(sealed)).ok).toBe(true)
    expect(expectValue(await openItem(open, item.id)).parts).toHaveLength(4)
  })

  it('says so when the disk is full only at the end', async () => {
    const failing = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (
      this: IDBObjectStore,
      value,
    ) {
      const request = this.put(value)
      if (this.name === 'inbox') queueMicrotask(() => this.transaction.abort())
      return request
    })
    const half = await publicHalf()
    const { item, parts } = sampleItem()
    if (half === null) throw new Error('No locker')
    const sealed = await sealItem({ ...half, item, parts })
    expect(await keepItem(sealed)).toEqual({ ok: false, problem: { code: 'storage-unavailable' } })
    failing.mockRestore()
    expect(await openDatabase().blobs.count()).toBe(0)
  })
})

describe('ingestItems', () => {
  it('moves each item once, however many pages ingest while others are captured', async () => {
    await lockLocker()
    for (const seed of [1, 2, 3, 4]) await capture({ seed })
    open = expectValue(await unlock())
    const results = await Promise.all([
      ingestItems(open),
      ingestItems(open),
      capture({ seed: 5 }),
      ingestItems(open),
      capture({ seed: 6 }),
    ])
    await ingestItems(open)
    const moved = [results[0], results[1], results[3]]
    expect(moved.every(({ damaged }) => damaged.length === 0)).toBe(true)
    expect(await countItems()).toEqual({ inbox: 0, records: 6 })
    const { items, damaged } = await listItems(open)
    expect(damaged).toEqual([])
    expect(new Set(items.map(({ id }) => id))).toEqual(new Set([1, 2, 3, 4, 5, 6].map(sampleId)))
    for (const { id } of items) expect((await openItem(open, id)).ok).toBe(true)
  })

  it('goes on where it was cut off', async () => {
    // More than are moved in one transaction.
    const seeds = Array.from({ length: 28 }, (_, at) => at + 1)
    for (const seed of seeds) await capture({ seed })
    const put = IDBObjectStore.prototype.put
    let puts = 0
    const failing = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
      this: IDBObjectStore,
      value,
    ) {
      puts += 1
      if (puts === 27) throw new DOMException('Cut off', 'UnknownError')
      return put.call(this, value)
    })
    await expect(ingestItems(open)).rejects.toThrow()
    failing.mockRestore()
    expect(await countItems()).toEqual({ inbox: 3, records: 25 })
    expect(await ingestItems(open)).toEqual({ ingested: 3, damaged: [] })
    expect(await ingestItems(open)).toEqual({ ingested: 0, damaged: [] })
    expect((await listItems(open)).items).toHaveLength(28)
  })

  it('keeps what is damaged where it is, names it, and moves the rest', async () => {
    const { item } = await capture({ seed: 1 })
    await capture({ seed: 2 })
    await openDatabase().inbox.update(item.id, { key: new Uint8Array(20) })
    expect(await ingestItems(open)).toEqual({ ingested: 1, damaged: [item.id] })
    expect(await countItems()).toEqual({ inbox: 1, records: 1 })
    expect(await openItem(open, item.id)).toEqual({
      ok: false,
      problem: { code: 'damaged-record', detail: 'facts' },
    })
    const { items, damaged } = await listItems(open)
    expect(items.map(({ id }) => id)).toEqual([sampleId(2)])
    expect(damaged).toEqual([item.id])
    expect((await deleteItem(open, item.id)).ok).toBe(true)
    expect((await listItems(open)).damaged).toEqual([])
  })
})

describe('listItems', () => {
  it('gives what a row needs, newest capture first', async () => {
    await capture({ seed: 1, captured: { utc: '2024-05-14T07:30:12.345Z' } })
    const { item } = await capture({ seed: 2, captured: { utc: '2024-06-01T00:00:00.000Z' } })
    await capture({ seed: 3, captured: { utc: '2024-05-20T00:00:00.000Z' } })
    await keepAssessment({ ...open, assessment: sampleAssessment(item.id, { note: 'older' }) })
    const newer = sampleAssessment(item.id, {
      at: '2024-06-02T00:00:00.000Z',
      types: ['doxxing'],
      note: 'newer',
    })
    await keepAssessment({ ...open, assessment: newer })
    const case_ = sampleCase([sampleItem({ seed: 2 })])
    expectValue(await keepCase(open, case_))
    open = await relock()
    const { items, damaged } = await listItems(open)
    expect(damaged).toEqual([])
    expect(items.map(({ id }) => id)).toEqual([2, 3, 1].map(sampleId))
    expect(items[0]).toMatchObject({
      id: item.id,
      platform: 'x',
      kind: 'post',
      authorHandle: 'harrow_blackmoor',
      authorName: 'Harrow Blackmoor 🐦',
      text: item.post.text,
      permalink: item.post.permalink,
      postedAt: '2024-05-13T09:14:05.000Z',
      capturedAt: '2024-06-01T00:00:00.000Z',
      method: 'pixels',
      types: ['doxxing'],
      note: 'newer',
      caseIds: [case_.id],
    })
    expect(items[2]).toMatchObject({ types: [], note: '', caseIds: [] })
    expect(expectValue(await openItem(open, item.id)).assessment).toEqual(newer)
  })

  it('reads more than one batch', async () => {
    const { item } = await capture()
    await ingestItems(open)
    const stored = await openDatabase().records.get(item.id)
    if (!stored) throw new Error('Not ingested')
    const ids = Array.from({ length: 450 }, (_, index) => sampleId(`copy ${index}`))
    await openDatabase().records.bulkAdd(ids.map((id) => ({ ...stored, id })))
    const { items, damaged } = await listItems(open)
    expect(items).toHaveLength(1)
    expect(new Set(damaged)).toEqual(new Set(ids))
  })
})

describe('the bin', () => {
  it('hides an item from the list and gives it back', async () => {
    const { item } = await capture({ seed: 1 })
    await capture({ seed: 2 })
    expectValue(await binItem(open, item.id))
    open = await relock()
    expect((await listItems(open)).items.map(({ id }) => id)).toEqual([sampleId(2)])
    expect((await listBinnedItems(open)).items.map(({ id }) => id)).toEqual([item.id])
    expectValue(await restoreItem(open, item.id))
    expect((await listItems(open)).items).toHaveLength(2)
    expect((await listBinnedItems(open)).items).toEqual([])
    expect((await openItem(open, item.id)).ok).toBe(true)
  })

  it('looks the same on the disk, full or empty', async () => {
    const { item } = await capture()
    await ingestItems(open)
    const before = await openDatabase().records.get(item.id)
    await binItem(open, item.id)
    const after = await openDatabase().records.get(item.id)
    expect(after?.state).toHaveLength(before?.state.length ?? 0)
    expect(Object.keys(after ?? {})).toEqual(Object.keys(before ?? {}))
  })
})

describe('deleteItem', () => {
  it('removes the item, its parts and its assessments, and nothing else', async () => {
    const { item } = await capture({ seed: 1 })
    const kept = await capture({ seed: 2 })
    for (const id of [item.id, item.id, kept.item.id]) {
      await keepAssessment({ ...open, assessment: sampleAssessment(id) })
    }
    await ingestItems(open)
    expectValue(await deleteItem(open, item.id))
    const db = openDatabase()
    expect([await db.records.count(), await db.blobs.count()]).toEqual([1, 4])
    expect(await ownRows(open)).toEqual(['assessment'])
    expect((await openItem(open, kept.item.id)).ok).toBe(true)
    expect(await deleteItem(open, item.id)).toEqual({ ok: false, problem: { code: 'not-found' } })
  })

  it('takes back a capture while locked', async () => {
    await lockLocker()
    const { item } = await capture({ seed: 1 })
    await capture({ seed: 2 })
    expectValue(await withdrawItem(item.id))
    expect(await countItems()).toEqual({ inbox: 1, records: 0 })
    expect(await openDatabase().blobs.count()).toBe(4)
    expect((await withdrawItem(item.id)).ok).toBe(false)
  })
})

describe('cases and assessments', () => {
  it('keep the newest form of a case', async () => {
    const case_ = sampleCase([])
    expectValue(await keepCase(open, case_))
    expectValue(await keepCase(open, { ...case_, title: 'June', changedAt: '2024-06-01T00:00:00.000Z' }))
    expectValue(await keepCase(open, { ...case_, id: sampleId('other') }))
    open = await relock()
    expect((await listCases(open)).cases.map(({ title }) => title)).toEqual(['June', 'May threats'])
    expectValue(await deleteCase(open, case_.id))
    expect((await listCases(open)).cases.map(({ id }) => id)).toEqual([sampleId('other')])
  })

  it('keep every assessment, also one made while locked, newest first', async () => {
    const { item } = await capture()
    const half = await publicHalf()
    if (half === null) throw new Error('No locker')
    const before = new Set(await openDatabase().rows.toCollection().primaryKeys())
    const epochs = async () =>
      (await openDatabase().rows.toArray()).filter(({ id }) => !before.has(id)).map((row) => row.wrapEpoch)
    await lockLocker()
    for (const day of ['03', '01', '02']) {
      const assessment = sampleAssessment(item.id, { at: `2024-06-${day}T00:00:00.000Z` })
      expectValue(await keepAssessment({ ...half, assessment }))
    }
    expect(await epochs()).toEqual([0, 0, 0])
    open = expectValue(await unlock())
    const [one, two] = await Promise.all([listAssessments(open, item.id), listAssessments(open, item.id)])
    expect(one.map(({ at }) => at.slice(8, 10))).toEqual(['03', '02', '01'])
    expect(two).toEqual(one)
    expect(await epochs()).toEqual([1, 1, 1])
    expect(await listAssessments(open, item.id)).toEqual(one)
    expect(await listAssessments(open, sampleId('other'))).toEqual([])
  })

  it('refuse what is not well formed', async () => {
    await expect(keepCase(open, { ...sampleCase([]), id: 'x' })).rejects.toThrow()
    await expect(keepAssessment({ ...open, assessment: sampleAssessment('x') })).rejects.toThrow()
  })
})

describe('watchItems', () => {
  it('tells of captures, changes and cases until it is stopped', async () => {
    const listener = vi.fn()
    const stop = watchItems(listener)
    const told = async (act: () => Promise<unknown>) => {
      listener.mockClear()
      await act()
      await vi.waitFor(() => expect(listener).toHaveBeenCalled())
    }
    let id = ''
    await told(async () => {
      id = (await capture()).item.id
    })
    await told(() => ingestItems(open))
    await told(() => binItem(open, id))
    await told(() => keepCase(open, sampleCase([])))
    await told(() => keepCase(open, sampleCase([], { title: 'Again' })))
    await told(() => deleteItem(open, id))
    stop()
    listener.mockClear()
    await capture({ seed: 2 })
    expect(listener).not.toHaveBeenCalled()
  })
})
