import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { readHeader } from '../../../utils/crypto/header'
import { openBlob, openMeta, placeOf, unwrapKey } from '../../../utils/crypto/seal'
import { importKey } from '../../../utils/crypto/wrap'
import { keepAssessment } from '../../../utils/locker/assessments'
import { openDatabase } from '../../../utils/locker/database'
import { openIndexKey, openSealingIdentity } from '../../../utils/locker/epoch'
import { ingestItems, listItems, openItem } from '../../../utils/locker/items'
import type { OpenLocker } from '../../../utils/locker/keyring'
import { openRecord } from '../../../utils/locker/records'
import { findSecret } from '../../../utils/locker/shred-cell'
import { openSlot, readSlot } from '../../../utils/locker/slots'
import { sampleAssessment, sampleId, samplePart } from '../../support/sample-items'
import { capture, cell, flip, makeLocker, passphrase, startFresh } from './locker-under-test'

type Bytes = Uint8Array<ArrayBuffer>

const id = sampleId(1)
const batchSize = 500
let open: OpenLocker

beforeEach(async () => {
  await startFresh()
  open = await makeLocker()
  const parts = [
    samplePart({ name: 'one.txt', role: 'text', mediaType: 'text/plain' }, Uint8Array.of(1, 2, 3)),
  ]
  await capture({ seed: 1, parts })
  await capture({ seed: 2, parts })
  await keepAssessment({ ...open, assessment: sampleAssessment(id) })
  await ingestItems(open)
  await listItems(open)
})

/** The bits whose flip is taken: each flip of each bit is tried. `null` must mean refused. */
async function takenFlips(bytes: Bytes, tryBytes: (flipped: Bytes) => Promise<unknown>): Promise<number[]> {
  const taken: number[] = []
  expect(await tryBytes(bytes)).not.toBeNull()
  const length = bytes.length * 8
  for (let start = 0; start < length; start += batchSize) {
    const bits = Array.from({ length: Math.min(batchSize, length - start) }, (_, index) => start + index)
    const results = await Promise.all(bits.map((bit) => tryBytes(flip(bytes, bit))))
    taken.push(...bits.filter((_, index) => results[index] !== null))
  }
  return taken
}

describe('every flip of every bit is refused', { timeout: 300_000 }, () => {
  it('in the header, key, facts and state of an item', async () => {
    const record = await openDatabase().records.get(id)
    if (!record) throw new Error('Not ingested')
    for (const field of ['header', 'key', 'meta', 'state'] as const) {
      const taken = await takenFlips(record[field], (bytes) =>
        openRecord(open, { ...record, [field]: bytes }),
      )
      expect({ field, taken }).toEqual({ field, taken: [] })
    }
  })

  it('in a part', async () => {
    const record = await openDatabase().records.get(id)
    const opened = await openRecord(open, record)
    const blob = await openDatabase().blobs.get(record?.blobIds[0] ?? '')
    if (!opened || !blob) throw new Error('No part')
    const at = { place: opened.place, header: opened.header, index: 0 }
    expect(await takenFlips(blob.bytes, (bytes) => openBlob(opened.key, at, bytes))).toEqual([])
  })

  it('in the header, key and content of an assessment', async () => {
    const [row] = await openDatabase().rows.toArray()
    if (!row) throw new Error('No row')
    const tryRow = async (changed: Partial<typeof row>): Promise<unknown> => {
      const { header, key, meta } = { ...row, ...changed }
      const { lockerId, kek } = open
      const at = readHeader(header) && (await placeOf({ lockerId, purpose: 'row', recordId: row.id, header }))
      const raw = at && (await unwrapKey({ kek, place: at.place, epoch: row.wrapEpoch, box: key }))
      return raw && openMeta(await importKey(raw), at.place, meta)
    }
    for (const field of ['header', 'key', 'meta'] as const) {
      const taken = await takenFlips(row[field], (bytes) => tryRow({ [field]: bytes }))
      expect({ field, taken }).toEqual({ field, taken: [] })
    }
  })

  it('in the locker’s own keys, its slot and its cell', async () => {
    const meta = await openDatabase().meta.get('0')
    const [stored] = await openDatabase().slots.toArray()
    if (!meta || !stored) throw new Error('No locker')
    expect(await takenFlips(meta.sealing, (sealing) => openSealingIdentity({ ...open, sealing }))).toEqual([])
    const indexFlips = meta.index.length * 8
    for (let bit = 0; bit < indexFlips; bit++) {
      await openDatabase().meta.update('0', { index: flip(meta.index, bit) })
      expect(await openIndexKey(open), `index key, bit ${bit}`).toBeNull()
    }
    await openDatabase().meta.put(meta)
    for (const field of ['salt', 'root', 'check'] as const) {
      const taken = await takenFlips(stored[field], (bytes) => readSlot({ ...stored, [field]: bytes }, 8))
      expect({ field, taken }).toEqual({ field, taken: [] })
    }
    const offer = { kind: 'passphrase', passphrase } as const
    const tryRoot = (root: Bytes) => openSlot(open.lockerId, { ...stored, root }, offer)
    expect(await takenFlips(stored.root, tryRoot)).toEqual([])
    const slot = cell.file.slice(4_096, 4_096 + 88)
    const rest = cell.file.slice(4_096 + 88)
    const empty = new Uint8Array(4_096)
    const trySecret = (bytes: Bytes) =>
      findSecret({ read: async () => new Uint8Array([...empty, ...bytes, ...rest]), write: cell.write }, open)
    expect(await takenFlips(slot, trySecret)).toEqual([])
  })

  it('and the other item still opens beside a damaged one', async () => {
    const record = await openDatabase().records.get(id)
    if (!record) throw new Error('Not ingested')
    await openDatabase().records.put({ ...record, meta: flip(record.meta, 7) })
    expect((await openItem(open, id)).ok).toBe(false)
    expect((await openItem(open, sampleId(2))).ok).toBe(true)
  })
})
