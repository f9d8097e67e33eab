import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { keepAssessment } from '../../../utils/locker/assessments'
import { changePassphrase } from '../../../utils/locker/change-keys'
import { type KeyRow, openDatabase } from '../../../utils/locker/database'
import { deleteItem, ingestItems, listItems, openItem } from '../../../utils/locker/items'
import { openLocker } from '../../../utils/locker/keyring'
import { openRecord } from '../../../utils/locker/records'
import { keepRow, readRows } from '../../../utils/locker/rows'
import { readOneStored, readStored } from '../../../utils/locker/stored-rows'
import { sampleAssessment, sampleId } from '../../support/sample-items'
import {
  capture,
  cheap,
  expectValue,
  flip,
  makeLocker,
  ownRows,
  passphrase,
  startFresh,
} from './locker-under-test'

const [id, otherId] = [sampleId(1), sampleId(2)]

beforeEach(async () => {
  await startFresh()
  const open = await makeLocker()
  await capture({ seed: 1 })
  await capture({ seed: 2 })
  await keepAssessment({ ...open, assessment: sampleAssessment(id) })
  await ingestItems(open)
})

async function startEpoch(to = 'quench walnut ember docile spur maple') {
  const by = { passphrase, cost: cheap }
  return expectValue(await changePassphrase({ by, passphrase: to })).open
}

async function keyOf(of: string): Promise<KeyRow> {
  const key = await openDatabase().recordKeys.get(of)
  if (!key) throw new Error('No newer key')
  return key
}

describe('the newer keys', () => {
  it('come with a rotation, and the records themselves are not written again', async () => {
    const db = openDatabase()
    const before = [await db.records.toArray(), await db.rows.toArray()]
    expect(await db.recordKeys.count()).toBe(0)
    const open = await startEpoch()
    expect([await db.records.toArray(), await db.rows.toArray()]).toEqual(before)
    expect((await db.recordKeys.toArray()).map(({ wrapEpoch }) => wrapEpoch)).toEqual([2, 2])
    expect((await db.rowKeys.toArray()).map(({ wrapEpoch }) => wrapEpoch)).toEqual([2, 2])
    expect((await openItem(open, id)).ok).toBe(true)
    expect(await ownRows(open)).toHaveLength(1)
  })

  it('are refused with any bit changed, and those of another record too', async () => {
    const open = await startEpoch()
    const db = openDatabase()
    const record = await db.records.get(id)
    const newer = await keyOf(id)
    const openWith = async (key: unknown) => {
      if (key === undefined) await db.recordKeys.delete(id)
      else await db.recordKeys.put(key as KeyRow)
      return openRecord(open, record)
    }
    expect(await openWith(newer)).not.toBeNull()
    for (const field of ['of', 'key'] as const) {
      for (let bit = 0; bit < newer[field].length * 8; bit++) {
        const changed = { ...newer, [field]: flip(newer[field], bit) }
        expect(await openWith(changed), `${field} ${bit}`).toBeNull()
      }
    }
    expect(await openWith({ ...(await keyOf(otherId)), id, of: newer.of })).toBeNull()
    for (const broken of [undefined, { id }, { ...newer, wrapEpoch: 0 }])
      expect(await openWith(broken)).toBeNull()
    expect((await openItem(open, otherId)).ok).toBe(true)
  })

  it('do not stand for a row that was put in place of the one they were made for', async () => {
    const open = await startEpoch()
    const row = (await readRows(open)).rows.find(({ kind }) => kind === 'assessment')
    if (!row) throw new Error('No row')
    const value = sampleAssessment(id, { note: 'Said again.' })
    expectValue(await keepRow({ to: open, id: row.id, kind: 'assessment', value }))
    const { rows, damaged } = await readRows(open)
    const own = rows.filter(({ kind }) => kind !== 'custody')
    expect({ own, damaged }).toEqual({ own: [{ id: row.id, kind: 'assessment', value }], damaged: [] })
    const next = await startEpoch2(open.epoch)
    expect((await readRows(next)).rows).toContainEqual({ id: row.id, kind: 'assessment', value })
  })

  it('of what is deleted go with it', async () => {
    const open = await startEpoch()
    const db = openDatabase()
    const said = (await readRows(open)).rows.find(({ kind }) => kind === 'assessment')
    const keys = async () => [await db.recordKeys.get(id), await db.rowKeys.get(said?.id ?? '')]
    expect((await keys()).map((key) => key?.wrapEpoch)).toEqual([2, 2])
    expectValue(await deleteItem(open, id))
    expect(await keys()).toEqual([undefined, undefined])
    expect(await db.recordKeys.get(otherId)).toBeDefined()
  })

  it('of what was deleted go with the next rotation, and all of them belong to it', async () => {
    await startEpoch()
    const open = await startEpoch2(2)
    const keys = await openDatabase().recordKeys.toArray()
    expect(keys.map(({ wrapEpoch }) => wrapEpoch)).toEqual([3, 3])
    expect((await listItems(open)).items).toHaveLength(2)
  })
})

async function startEpoch2(from: number) {
  const by = { passphrase: 'quench walnut ember docile spur maple', cost: cheap }
  const open = expectValue(await changePassphrase({ by, passphrase })).open
  expect(open.epoch).toBe(from + 1)
  return open
}

describe('reading', () => {
  it('gives what is there in the order of the ids that were asked for', async () => {
    await startEpoch()
    const rows = await readStored('records', [otherId, sampleId('none'), id])
    expect(rows.map((row) => row?.id)).toEqual([otherId, undefined, id])
    expect(rows.map((row) => row?.wrapEpoch)).toEqual([2, undefined, 2])
    expect((await readOneStored('records', id))?.wrapEpoch).toBe(2)
    expect(await openLocker()).not.toBeNull()
  })
})
