import { randomIdHex } from '../crypto/bytes'
import { readHeader } from '../crypto/header'
import { boxOverhead } from '../crypto/wrap'
import { fail, type Outcome, succeed } from '../model/problem'
import { type DropBoxRow, dropBoxSchema, InboxRow, openDatabase } from './database'
import { readDropBoxRow } from './epoch'
import { inTurn } from './in-turn'
import { askToKeepStorage, type PublicHalf } from './keyring'
import { findReceivingKey } from './receiving-key'
import { blobIdsOf } from './records'
import { guardStorage } from './storage-problem'

/*
 * A drop-box: what is captured on this device is sealed to an organisation's receiving key and to nothing else. The
 * device never held a private half, so there is nothing on it, or left of it on the disk, that opens what it sealed.
 */

/**
 * Makes this device a drop-box for the holder of a receiving key. Problems: `not-a-receiving-key`, `locker-exists`
 * (also for a drop-box), `disk-full`, `storage-unavailable`.
 */
export async function createDropBox(create: { key: string }): Promise<Outcome<PublicHalf>> {
  const recipient = findReceivingKey(create.key)
  if (recipient === null) return fail('not-a-receiving-key')
  return guardStorage(() =>
    inTurn(async () => {
      const meta = openDatabase().table<DropBoxRow, string>('meta')
      const row: DropBoxRow = {
        id: '0',
        schema: dropBoxSchema,
        lockerId: randomIdHex(),
        epoch: 1,
        recipient,
      }
      const isNew = await openDatabase().transaction('rw', meta, async () => {
        if ((await meta.count()) > 0) return false
        await meta.add(row)
        return true
      })
      if (!isNew) return fail('locker-exists')
      void askToKeepStorage()
      const { lockerId, epoch } = row
      return succeed({ lockerId, recipient, epoch })
    }),
  )
}

/** The drop-box that this device is; null when it is none. */
export async function readDropBox(): Promise<PublicHalf | null> {
  const row = await readDropBoxRow()
  return row && { lockerId: row.lockerId, recipient: row.recipient, epoch: row.epoch }
}

/** How many items wait here and about how many bytes they take: all that can be known of them on this device. */
export async function measureDropBox(): Promise<{ items: number; bytes: number }> {
  let [items, bytes] = [0, 0]
  await openDatabase().inbox.each((stored) => {
    items += 1
    const row = InboxRow.safeParse(stored)
    const header = row.success ? readHeader(row.data.header) : null
    if (!row.success || header === null) return
    bytes += row.data.meta.length
    for (const length of header.paddedLengths) bytes += length + boxOverhead
  })
  return { items, bytes }
}

/**
 * Removes what was handed over, in one transaction; what came since stays. Nothing of it could ever be opened here;
 * what the browser leaves of it on the disk stays as closed as it was. Problems: `storage-unavailable`.
 */
export function removeHandedOver(ids: {
  items: readonly string[]
  rows: readonly string[]
}): Promise<Outcome<{ removed: number }>> {
  return guardStorage(async () => {
    const db = openDatabase()
    return db.transaction('rw', db.inbox, db.blobs, db.rows, async () => {
      const stored = (await db.inbox.bulkGet([...ids.items])).filter((row) => row !== undefined)
      await db.blobs.bulkDelete(stored.flatMap(blobIdsOf))
      await db.inbox.bulkDelete(stored.map(({ id }) => id))
      await db.rows.bulkDelete([...ids.rows])
      return succeed({ removed: stored.length })
    })
  })
}
