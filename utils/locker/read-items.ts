import { partLength } from '../crypto/padding'
import type { Part } from '../model/item'
import { openDatabase } from './database'
import { inEpoch } from './epoch'
import type { OpenLocker } from './keyring'
import { type OpenedRecord, openPartFrom, openRecord } from './records'
import { readStored } from './stored-rows'

/** What was found of an item; one that is gone was deleted meanwhile. `parts` is empty when only facts are asked for. */
export type ReadItem = { id: string; found: 'gone' | 'damaged' | { record: OpenedRecord; parts: Part[] } }

type Opened = { id: string; record: OpenedRecord }
type Read = { id: string; record: OpenedRecord | 'gone' | 'damaged' }

const recordsAtOnce = 50
const bytesAtOnce = 4 * 1_024 * 1_024

/**
 * Items one after the other, in the order of the ids, each with all of its parts unless only `facts` are asked for.
 * They are read in lots of some megabytes, so that memory stays flat and the disk is not asked for each alone. Gives
 * `locked`, and then nothing more, when the locker was locked meanwhile.
 */
export async function* readItems(
  open: OpenLocker,
  ids: readonly string[],
  of: 'facts' | 'parts' = 'parts',
): AsyncGenerator<ReadItem | 'locked'> {
  for (let start = 0; start < ids.length; start += recordsAtOnce) {
    const batch = ids.slice(start, start + recordsAtOnce)
    const records = await inEpoch(open, (current) => readRecords(current, batch))
    if (records === null) {
      yield 'locked'
      return
    }
    for (const lot of inLots(records))
      yield* of === 'facts' ? lot.map(withoutParts) : await readParts(open, lot)
  }
}

async function readRecords(open: OpenLocker, ids: readonly string[]): Promise<Read[]> {
  const stored = await readStored('records', ids)
  return Promise.all(
    ids.map(async (id, at) => {
      const row = stored[at]
      return { id, record: row === undefined ? 'gone' : ((await openRecord(open, row)) ?? 'damaged') }
    }),
  )
}

/** So many at once that their parts fit into the memory that is meant for them; at least one. */
function inLots(records: readonly Read[]): Read[][] {
  const lots: Read[][] = []
  let room = 0
  for (const read of records) {
    const size = isOpened(read)
      ? read.record.item.parts.reduce((sum, { bytes }) => sum + partLength(bytes), 0)
      : 0
    const lot = lots.at(-1)
    if (lot && size <= room) lot.push(read)
    else lots.push([read])
    room = (lot && size <= room ? room : bytesAtOnce) - size
  }
  return lots
}

async function readParts(open: OpenLocker, lot: readonly Read[]): Promise<(ReadItem | 'locked')[]> {
  const blobs = await openDatabase().blobs.bulkGet(
    lot.filter(isOpened).flatMap(({ record }) => record.blobIds),
  )
  let next = 0
  const found = lot.map(async (read) => {
    if (!isOpened(read)) return withoutParts(read)
    const from = next
    next += read.record.blobIds.length
    const { parts: all } = read.record.item
    const parts = await Promise.all(
      all.map((_, index) => openPartFrom(read.record, index, blobs[from + index])),
    )
    if (parts.every((part) => part !== null)) return { id: read.id, found: { record: read.record, parts } }
    return goneOrDamaged(open, read.id)
  })
  return Promise.all(found)
}

/** Parts that are missing are no damage when the item was deleted since its record was read. */
async function goneOrDamaged(open: OpenLocker, id: string): Promise<ReadItem | 'locked'> {
  const isThere = await inEpoch(open, async () => (await openDatabase().records.get(id)) !== undefined)
  if (isThere === null) return 'locked'
  return { id, found: isThere ? 'damaged' : 'gone' }
}

function isOpened(read: Read): read is Opened {
  return typeof read.record !== 'string'
}

function withoutParts({ id, record }: Read): ReadItem {
  return { id, found: typeof record === 'string' ? record : { record, parts: [] } }
}
