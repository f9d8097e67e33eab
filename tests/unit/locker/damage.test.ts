import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { keepAssessment } from '../../../utils/locker/assessments'
import { keepCase, listCases } from '../../../utils/locker/cases'
import { openDatabase } from '../../../utils/locker/database'
import { findDamage } from '../../../utils/locker/find-damage'
import { binItem, ingestItems, listItems, openItem } from '../../../utils/locker/items'
import type { OpenLocker } from '../../../utils/locker/keyring'
import { sealBackedUp } from '../../../utils/locker/restore'
import { sampleAssessment, sampleCase, sampleId, sampleItem, samplePart } from '../../support/sample-items'
import { capture, expectValue, flip, makeLocker, rewriteRow, startFresh } from './locker-under-test'

const parts = ['one.txt', 'two.txt'].map((name) =>
  samplePart({ name, role: 'text', mediaType: 'text/plain' }, Uint8Array.of(1, 2, 3)),
)
const [id, otherId] = [sampleId(1), sampleId(2)]
let open: OpenLocker

beforeEach(async () => {
  await startFresh()
  open = await makeLocker()
  await capture({ seed: 1, parts })
  await capture({ seed: 2, parts })
})

async function expectRefused(what: string): Promise<void> {
  const opened = await openItem(open, id)
  expect(opened.ok ? 'opened' : opened.problem.code, what).toBe('damaged-record')
}

async function expectOtherOpens(): Promise<void> {
  expect(expectValue(await openItem(open, otherId)).parts).toEqual(parts)
}

/** Bits spread over a field: the first and last 80 bytes one bit each, and 60 in between. */
function sampledBits(bytes: Uint8Array): number[] {
  const ends = Array.from({ length: 80 }, (_, index) => [index, bytes.length - 1 - index]).flat()
  const between = Array.from({ length: 60 }, (_, index) => Math.floor((index * bytes.length) / 60))
  return [...new Set([...ends, ...between])]
    .filter((byte) => byte >= 0 && byte < bytes.length)
    .map((byte) => byte * 8 + (byte % 8))
}

describe('a flipped bit', () => {
  it('in any stored field of an ingested item is refused, and the other item still opens', async () => {
    await ingestItems(open)
    const record = await openDatabase().records.get(id)
    if (!record) throw new Error('Not ingested')
    for (const field of ['header', 'key', 'meta', 'state'] as const) {
      for (const bit of sampledBits(record[field])) {
        await rewriteRow('records', id, { [field]: flip(record[field], bit) })
        await expectRefused(`${field}, bit ${bit}`)
      }
      // The index is a copy, and would still tell of the item.
      await openDatabase().index.clear()
      const { items, damaged } = await listItems(open)
      expect({ field, items: items.length, damaged }).toEqual({ field, items: 1, damaged: [id] })
      await expectOtherOpens()
      await openDatabase().records.put(record)
    }
    for (const [field, value] of Object.entries({
      wrapEpoch: 2,
      blobIds: [...record.blobIds].reverse(),
      header: 'text',
    })) {
      await rewriteRow('records', id, { [field]: value })
      await expectRefused(field)
      await openDatabase().records.put(record)
    }
    expect((await openItem(open, id)).ok).toBe(true)
  })

  it('in a part is refused, with the name of the part', async () => {
    await ingestItems(open)
    const [, blobId = ''] = (await openDatabase().records.get(id))?.blobIds ?? []
    const blob = await openDatabase().blobs.get(blobId)
    if (!blob) throw new Error('No part')
    for (const bit of sampledBits(blob.bytes)) {
      await rewriteRow('blobs', blobId, { bytes: flip(blob.bytes, bit) })
      expect(await openItem(open, id)).toEqual({
        ok: false,
        problem: { code: 'damaged-record', detail: 'two.txt' },
      })
    }
    await rewriteRow('blobs', blobId, { bytes: blob.bytes.slice(0, -1) })
    await expectRefused('shortened')
    await openDatabase().blobs.delete(blobId)
    await expectRefused('missing')
    await expectOtherOpens()
    await openDatabase().blobs.add(blob)
    expect((await openItem(open, id)).ok).toBe(true)
  })

  it('in a waiting item is refused, and the item waits on', async () => {
    const waiting = await openDatabase().inbox.get(id)
    if (!waiting) throw new Error('Not waiting')
    for (const field of ['header', 'key', 'meta'] as const) {
      for (const bit of sampledBits(waiting[field])) {
        await rewriteRow('inbox', id, { [field]: flip(waiting[field], bit) })
        expect((await ingestItems(open)).damaged, `${field}, bit ${bit}`).toEqual([id])
      }
      await openDatabase().inbox.put(waiting)
    }
    await expectOtherOpens()
    expect(await ingestItems(open)).toEqual({ ingested: 1, damaged: [] })
    expect((await openItem(open, id)).ok).toBe(true)
  })

  it('in a case or an assessment is refused, and the others are still there', async () => {
    expectValue(await keepCase(open, sampleCase([])))
    expectValue(await keepCase(open, sampleCase([], { id: sampleId('whole') })))
    expectValue(await keepAssessment({ ...open, assessment: sampleAssessment(id) }))
    for (const row of await openDatabase().rows.toArray()) {
      if (row.id === sampleId('whole')) continue
      for (const field of ['header', 'key', 'meta'] as const) {
        for (const bit of sampledBits(row[field])) {
          await rewriteRow('rows', row.id, { [field]: flip(row[field], bit) })
          expect(await findDamage(open), `${field}, bit ${bit}`).toEqual([row.id])
          const { cases, damaged } = await listCases(open)
          if (row.id === sampleId('case')) expect(damaged).toEqual([row.id])
          expect(cases.map((one) => one.id)).toContain(sampleId('whole'))
        }
        await openDatabase().rows.put(row)
      }
    }
    expect((await listCases(open)).damaged).toEqual([])
  })
})

describe('what is sealed rightly', () => {
  it('is refused where a part is not what the facts say: anybody can seal to the public half', async () => {
    const { item, itemBytes, salt } = sampleItem({ seed: 3, parts })
    for (const other of [Uint8Array.of(1, 2, 4), Uint8Array.of(1, 2, 3, 0)]) {
      const bytes = [Uint8Array.of(1, 2, 3), other]
      const thing = { kind: 'item' as const, item, itemBytes, salt, state: { binnedAt: null }, parts: bytes }
      const { record, blobs } = await sealBackedUp(open, thing)
      await openDatabase().blobs.bulkAdd(blobs)
      await openDatabase().records.put(record)
      expect(await openItem(open, item.id)).toEqual({
        ok: false,
        problem: { code: 'damaged-record', detail: 'two.txt' },
      })
    }
    await expectOtherOpens()
  })
})

describe('what is moved about', () => {
  it('is not taken for another item’s', async () => {
    await ingestItems(open)
    const db = openDatabase()
    const [record, other] = [await db.records.get(id), await db.records.get(otherId)]
    if (!record || !other) throw new Error('Not ingested')
    for (const field of ['header', 'key', 'meta', 'state', 'blobIds'] as const) {
      await rewriteRow('records', id, { [field]: other[field] })
      await expectRefused(field)
      await db.records.put(record)
    }
    await rewriteRow('records', id, { ...other, id })
    await expectRefused('everything but the id')
    await db.records.put(record)
    const [blobId = ''] = record.blobIds
    const [otherBlobId = ''] = other.blobIds
    await rewriteRow('blobs', blobId, { bytes: (await db.blobs.get(otherBlobId))?.bytes })
    await expectRefused('the bytes of a part')
    await expectOtherOpens()
  })

  it('is not taken for a row, nor a row for an item', async () => {
    await ingestItems(open)
    expectValue(await keepCase(open, sampleCase([])))
    const db = openDatabase()
    const record = await db.records.get(id)
    const row = await db.rows.get(sampleId('case'))
    if (!record || !row) throw new Error('Not kept')
    const { header, key, meta, wrapEpoch } = record
    await db.rows.put({ id, header, key, meta, wrapEpoch })
    expect((await listCases(open)).damaged).toEqual([id])
    await db.rows.delete(id)
    await db.records.put({ ...record, ...row })
    expect((await listItems(open)).damaged).toEqual([row.id])
  })

  it('opens in no other locker', async () => {
    await ingestItems(open)
    const db = openDatabase()
    const [record, blobs] = [await db.records.get(id), await db.blobs.toArray()]
    if (!record) throw new Error('Not ingested')
    await startFresh()
    open = await makeLocker()
    await openDatabase().records.put(record)
    await openDatabase().blobs.bulkPut(blobs)
    await expectRefused('of another locker')
    expect(await binItem(open, id)).toEqual({
      ok: false,
      problem: { code: 'damaged-record', detail: 'facts' },
    })
  })
})
