import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { deletePermanently } from '../../../utils/locker/delete'
import { ingestItems } from '../../../utils/locker/items'
import type { OpenLocker } from '../../../utils/locker/keyring'
import { keepRedaction, listRedactions } from '../../../utils/locker/redactions'
import { keepRow } from '../../../utils/locker/rows'
import type { Redaction } from '../../../utils/model/redaction'
import { sampleId } from '../../support/sample-items'
import {
  capture,
  cheap,
  expectValue,
  makeLocker,
  passphrase,
  readWholeDatabase,
  startFresh,
} from './locker-under-test'

const [one, two] = [sampleId(1), sampleId(2)]
let open: OpenLocker

beforeEach(async () => {
  await startFresh()
  open = await makeLocker()
})

function redaction(changes: Partial<Redaction> = {}): Redaction {
  return {
    itemId: one,
    changedAt: '2026-11-20T10:00:00.000Z',
    pictures: [{ name: 'screenshot.png', areas: [{ x: 1, y: 2, width: 3, height: 4 }] }],
    words: ['Quillfeather'],
    spans: [{ start: 2, end: 5 }],
    ...changes,
  }
}

describe('what is covered in an item', () => {
  it('is kept as it was given, in place of what was', async () => {
    expect(await listRedactions(open)).toEqual(new Map())
    const { id } = expectValue(await keepRedaction(open, { rowId: null, redaction: redaction() }))
    expect(await listRedactions(open)).toEqual(new Map([[one, { rowId: id, redaction: redaction() }]]))
    const changed = redaction({ words: [], changedAt: '2026-11-20T10:05:00.000Z' })
    expect(expectValue(await keepRedaction(open, { rowId: id, redaction: changed })).id).toBe(id)
    const other = redaction({ itemId: two })
    expectValue(await keepRedaction(open, { rowId: null, redaction: other }))
    const kept = await listRedactions(open)
    expect(kept.get(one)).toEqual({ rowId: id, redaction: changed })
    expect(kept.get(two)?.redaction).toEqual(other)
  })

  it('is the newest where there are two of an item, whichever was written last', async () => {
    const newer = redaction({ words: ['newer'], changedAt: '2026-11-20T11:00:00.000Z' })
    for (const value of [newer, redaction()])
      expectValue(await keepRedaction(open, { rowId: null, redaction: value }))
    expect((await listRedactions(open)).get(one)?.redaction).toEqual(newer)
    await startFresh()
    open = await makeLocker()
    for (const value of [redaction(), newer])
      expectValue(await keepRedaction(open, { rowId: null, redaction: value }))
    expect((await listRedactions(open)).get(one)?.redaction).toEqual(newer)
  })

  it('is refused when it is not well formed, and passed over when it lies there so', async () => {
    const wrong = { ...redaction(), words: ['x'] }
    await expect(async () => keepRedaction(open, { rowId: null, redaction: wrong })).rejects.toThrow()
    expectValue(await keepRow({ to: open, id: sampleId('row'), kind: 'redaction', value: wrong }))
    expectValue(await keepRow({ to: open, id: sampleId('case'), kind: 'case', value: redaction() }))
    expect(await listRedactions(open)).toEqual(new Map())
  })

  it('is not readable on the disk: it names what is to be hidden', async () => {
    expectValue(await keepRedaction(open, { rowId: null, redaction: redaction() }))
    const stored = JSON.stringify(await readWholeDatabase(), (_, value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
    )
    expect(stored).not.toContain('Quillfeather')
  })

  it('goes with its item when that is deleted for good, and others stay', async () => {
    for (const seed of [1, 2]) await capture({ seed })
    await ingestItems(open)
    for (const itemId of [one, two])
      expectValue(await keepRedaction(open, { rowId: null, redaction: redaction({ itemId }) }))
    const deletion = { itemIds: [one], passphrase, cost: cheap }
    open = expectValue(await deletePermanently(open, deletion)).open
    expect([...(await listRedactions(open)).keys()]).toEqual([two])
  })
})
