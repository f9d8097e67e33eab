import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { keepAssessment } from '../../../utils/locker/assessments'
import { checkLog } from '../../../utils/locker/check-log'
import { keepEntry } from '../../../utils/locker/custody'
import { openDatabase } from '../../../utils/locker/database'
import { deletePermanently } from '../../../utils/locker/delete'
import { binItem, deleteItem, ingestItems, withdrawItem } from '../../../utils/locker/items'
import { lockLocker, type OpenLocker } from '../../../utils/locker/keyring'
import { proveItems } from '../../../utils/locker/prove-items'
import { readRows } from '../../../utils/locker/rows'
import { sampleAssessment, sampleId } from '../../support/sample-items'
import {
  capture,
  cheap,
  expectValue,
  flip,
  makeLocker,
  passphrase,
  startFresh,
  unlock,
} from './locker-under-test'

const at = '2024-06-01T08:00:00.000Z'
const fine = { isChanged: false, unknown: 0, removed: 0 }
const ids = [1, 2, 3, 4].map(sampleId)
const [one = '', two = '', three = '', four = ''] = ids
let open: OpenLocker

beforeEach(async () => {
  await startFresh()
  open = await makeLocker()
  for (const seed of [1, 2, 3, 4]) await capture({ seed })
  await ingestItems(open)
})

describe('checkLog', () => {
  it('finds nothing after everything that a person does', async () => {
    for (const id of [one, two])
      expectValue(await keepAssessment({ ...open, assessment: sampleAssessment(id) }))
    expectValue(await keepEntry(open, { kind: 'exported', itemIds: ids, at }))
    expectValue(await proveItems(open, [one]))
    expectValue(await binItem(open, one))
    expectValue(await deleteItem(open, two))
    await lockLocker()
    await capture({ seed: 5 })
    await capture({ seed: 6 })
    expectValue(await withdrawItem(sampleId(5)))
    open = expectValue(await unlock())
    await ingestItems(open)
    expect(await checkLog(open)).toEqual(fine)
    open = expectValue(await deletePermanently(open, { itemIds: [three], passphrase, cost: cheap })).open
    expect(await checkLog(open)).toEqual(fine)
    expectValue(await keepEntry(open, { kind: 'filed', itemIds: [one, four], at }))
    expectValue(await proveItems(open, [one, four]))
    expect(await checkLog(open)).toEqual(fine)
  })

  it('finds nothing after a damaged key was replaced, and the log goes on under the new one', async () => {
    const before = expectValue(await proveItems(open, [one]))
    await openDatabase().meta.update('0', { signing: new Uint8Array(92) })
    await lockLocker()
    open = expectValue(await unlock())
    const after = expectValue(await proveItems(open, [one]))
    expect(after.identity.keys).toHaveLength(1)
    expect(after.identity.origin).not.toBe(before.identity.origin)
    expect(await checkLog(open)).toEqual(fine)
  })

  it('finds an item, an assessment or an entry that somebody took out whole', async () => {
    expectValue(await keepAssessment({ ...open, assessment: sampleAssessment(one, { note: '' }) }))
    const db = openDatabase()
    const record = await db.records.get(two)
    await db.records.delete(two)
    expect(await checkLog(open)).toEqual({ ...fine, removed: 2 })
    if (record) await db.records.put(record)
    expect(await checkLog(open)).toEqual(fine)
    const row = (await readRows(open)).rows.find(({ kind }) => kind === 'assessment')
    await db.rows.delete(row?.id ?? '')
    expect(await checkLog(open)).toEqual({ ...fine, removed: 1 })
  })

  it('finds a leaf that is missing, changed or cut off, and an item that the log does not know', async () => {
    const db = openDatabase()
    const rows = await db.log.toArray()
    const last = rows.at(-1)
    if (!last) throw new Error('No log')
    await db.log.delete(2)
    expect(await checkLog(open)).toMatchObject({ isChanged: true, unknown: 1 })
    const second = rows[2]
    if (second) await db.log.put(second)
    // Without a signed checkpoint the end can be cut, but what it stood for is here.
    await db.log.delete(last.id)
    expect(await checkLog(open)).toEqual({ isChanged: false, unknown: 1, removed: 0 })
    await db.log.put(last)
    expectValue(await proveItems(open, [one]))
    await db.log.delete(last.id)
    expect(await checkLog(open)).toEqual({ isChanged: true, unknown: 1, removed: 0 })
    await db.log.put({ ...last, leaf: flip(last.leaf, 3) })
    expect(await checkLog(open)).toEqual({ isChanged: true, unknown: 1, removed: 1 })
    await db.log.put(last)
    expect(await checkLog(open)).toEqual(fine)
    await db.meta.update('0', { head: flip((await db.meta.get('0'))?.head ?? new Uint8Array(), 9) })
    expect(await checkLog(open)).toMatchObject({ isChanged: true })
  })
})
