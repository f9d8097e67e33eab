import { type Bytes, randomIdHex, toHex } from '../crypto/bytes'
import type { SaltedEntry } from '../custody/entry'
import { describeKey } from '../custody/identity'
import { type Outcome, succeed } from '../model/problem'
import { makeEntry } from './custody'
import { openDatabase, type SealedRow } from './database'
import { readMeta } from './epoch'
import { ingestInbox } from './ingest'
import type { OpenLocker } from './keyring'
import { appendLeaves, readLeaves } from './log'
import { capturedLeaf, openRecord } from './records'
import { sealRow } from './rows'
import { makeSigning, openSigning } from './signing'
import { guardStorage } from './storage-problem'

/** How a log begins: the key that signs, as it will rest, the sealed entries, and their leaves. */
export type Beginning = { signing: Bytes; row: SealedRow; leaves: Bytes[] }

/** The beginning of a log with a new key that no other has signed, and with these entries before it. */
export async function makeBeginning(
  open: OpenLocker,
  before: readonly { custody: SaltedEntry; leaf: Bytes }[] = [],
): Promise<Beginning> {
  const { box, publicKey } = await makeSigning(open)
  const at = new Date().toISOString()
  const key = await makeEntry({ kind: 'key', at, item: null, detail: await describeKey(publicKey) })
  const entries = [...before, key].map(({ custody }) => custody)
  const row = await sealRow({ to: open, id: randomIdHex(), kind: 'custody', value: { entries } })
  return { signing: box, row, leaves: [...before, key].map(({ leaf }) => leaf) }
}

/**
 * Begins the custody log of a locker that has none: a key that signs, and every item that is there is adopted. A
 * key that is damaged is replaced by one that nothing ties to it. Does nothing when there is a good key. Only
 * `inTurn`. Problems: `no-locker`, `newer-locker`, `damaged-record`, `disk-full`, `storage-unavailable`.
 */
export function beginLog(open: OpenLocker): Promise<Outcome<{ isNew: boolean }>> {
  return guardStorage<{ isNew: boolean }>(async () => {
    const read = await readMeta()
    if (!read.ok) return read
    const isThere = (await openSigning(open, read.value)) !== null
    if (isThere || read.value.epoch !== open.epoch) return succeed({ isNew: false })
    const adopted = read.value.signing ? [] : await adoptItems(open)
    const { signing, row, leaves } = await makeBeginning(
      open,
      adopted.map(({ entry }) => entry),
    )
    const captured = adopted.map(({ leaf }) => leaf)
    const db = openDatabase()
    await db.transaction('rw', db.meta, db.rows, db.log, async () => {
      await appendLeaves([...captured, ...leaves])
      await db.rows.add(row)
      await db.meta.update('0', { signing })
    })
    return succeed({ isNew: true })
  })
}

type Adopted = { leaf: Bytes; entry: { custody: SaltedEntry; leaf: Bytes } }

/** Every item whose leaf is not in the log; those that are damaged are not committed to. */
async function adoptItems(open: OpenLocker): Promise<Adopted[]> {
  await ingestInbox(open)
  const db = openDatabase()
  const known = new Set((await readLeaves()).leaves.map(toHex))
  const adopted: Adopted[] = []
  for (const id of await db.records.toCollection().primaryKeys()) {
    const record = await openRecord(open, await db.records.get(id))
    const leaf = record && (await capturedLeaf(record.salt, record.itemBytes))
    if (!leaf || known.has(toHex(leaf))) continue
    adopted.push({ leaf, entry: await adoptedEntry(id, 'before-log') })
  }
  return adopted
}

/** Where an item came from that this log did not see captured. */
export type Source = 'before-log' | 'backup' | 'hand-over' | 'bundle'

/** The entry of such an item: received from another device, or adopted. `file` is the SHA-256 of a bundle. */
export function adoptedEntry(
  item: string,
  from: Source,
  file?: string,
): Promise<{ custody: SaltedEntry; leaf: Bytes }> {
  const kind = from === 'hand-over' || from === 'bundle' ? 'received' : 'adopted'
  const detail = { from, ...(file !== undefined && { file }) }
  return makeEntry({ kind, at: new Date().toISOString(), item, detail })
}
