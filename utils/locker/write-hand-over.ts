import type { Bytes } from '../crypto/bytes'
import { canonicalBytes } from '../crypto/canonical-json'
import { readHeader } from '../crypto/header'
import { type DecryptWith, encryptStream, makeWitness } from '../crypto/recipients'
import { boxOverhead } from '../crypto/wrap'
import { fail, type Outcome, succeed } from '../model/problem'
import { catchProblem, throwIfCancelled } from '../model/problem-error'
import type { BackupProgress } from './backup'
import { BlobRow, InboxRow, openDatabase, SealedRow } from './database'
import { readDropBoxRow } from './epoch'
import { type HandOverEnd, type HandOverHead, handOverVersion, names } from './hand-over-format'
import { streamOf } from './piece-stream'
import { guardStorage } from './storage-problem'
import { type TarEntry, tarEnd, writeTarEntry } from './tar'

/** A hand-over that is being written while it is read, with what opens its outer layer here, to see that it is whole. */
export type HandOver = {
  /** Fails with `cancelled`, as streams that carry problems do. */
  stream: ReadableStream<Bytes>
  /** For `testHandOver`; opens nothing that was captured. Keep it in memory only, and no longer than that takes. */
  key: DecryptWith
}

export type HandOverOptions = {
  writtenAt: Date
  onProgress?: (progress: BackupProgress) => void
  signal?: AbortSignal
}

/**
 * Everything that waits in this drop-box as one age file to its receiving key, item after item as they were sealed,
 * never more than one in memory. What is damaged is left out and counted. Problems: `not-found` when nothing waits,
 * `no-locker` when this device is no drop-box, `storage-unavailable`, `key-unusable`.
 */
export function writeHandOver(options: HandOverOptions): Promise<Outcome<HandOver>> {
  return guardStorage(async () => {
    const dropBox = await readDropBoxRow()
    if (dropBox === null) return fail('no-locker')
    const db = openDatabase()
    const ids = {
      items: await db.inbox.toCollection().primaryKeys(),
      rows: await db.rows.toCollection().primaryKeys(),
    }
    if (ids.items.length === 0) return fail('not-found')
    const witness = await makeWitness([dropBox.recipient])
    const recipients = [dropBox.recipient, witness.recipient]
    const contents = writeContents(dropBox.lockerId, ids, options)
    return catchProblem(async () => {
      const encrypted = await encryptStream(streamOf(contents), { kind: 'recipients', recipients })
      return succeed({
        // The age library's types do not say that its buffers are never shared ones.
        stream: encrypted as ReadableStream<Bytes>,
        key: { kind: 'identities', identities: [witness.identity] },
      })
    })
  })
}

type Ids = { items: readonly string[]; rows: readonly string[] }

async function* writeContents(
  dropBox: string,
  ids: Ids,
  { writtenAt, signal, onProgress }: HandOverOptions,
): AsyncGenerator<Bytes> {
  const total = ids.items.length + ids.rows.length
  let done = 0
  const head: HandOverHead = {
    version: handOverVersion,
    dropBox,
    writtenAt: writtenAt.toISOString(),
    items: ids.items.length,
    rows: ids.rows.length,
  }
  yield* writeJson(names.head, head)
  const end: HandOverEnd = { items: 0, rows: 0, leftOut: 0 }
  for (const kind of ['items', 'rows'] as const) {
    for (const id of ids[kind]) {
      throwIfCancelled(signal)
      onProgress?.({ done, total })
      done += 1
      const files = await (kind === 'items' ? readItemFiles(id) : readRowFiles(id))
      if (files === 'gone') continue
      if (files === 'damaged') end.leftOut += 1
      else {
        end[kind] += 1
        for (const file of files) yield* writeTarEntry(file)
      }
    }
  }
  yield* writeJson(names.end, end)
  yield tarEnd()
  onProgress?.({ done: total, total })
}

function writeJson(name: string, value: unknown): Generator<Bytes> {
  return writeTarEntry({ name, bytes: canonicalBytes(value) })
}

/** What was captured may be taken back meanwhile: then it is gone, not damaged. */
async function readItemFiles(id: string): Promise<TarEntry[] | 'gone' | 'damaged'> {
  const db = openDatabase()
  return db.transaction('r', db.inbox, db.blobs, async () => {
    const stored = await db.inbox.get(id)
    if (stored === undefined) return 'gone'
    const row = InboxRow.safeParse(stored)
    const header = row.success ? readHeader(row.data.header) : null
    if (!row.success || header?.recordId !== id) return 'damaged'
    const blobs = (await db.blobs.bulkGet(row.data.blobIds)).map((blob) => BlobRow.safeParse(blob))
    const files = filesOf('items', row.data)
    for (const [index, length] of header.paddedLengths.entries()) {
      const blob = blobs[index]
      if (!blob?.success || blob.data.bytes.length !== length + boxOverhead) return 'damaged'
      files.push({ name: names.blob(id, index), bytes: blob.data.bytes })
    }
    return blobs.length === header.paddedLengths.length ? files : 'damaged'
  })
}

async function readRowFiles(id: string): Promise<TarEntry[] | 'gone' | 'damaged'> {
  const stored = await openDatabase().rows.get(id)
  if (stored === undefined) return 'gone'
  const row = SealedRow.safeParse(stored)
  return row.success && row.data.wrapEpoch === 0 ? filesOf('rows', row.data) : 'damaged'
}

type Sealed = { id: string; header: Bytes; key: Bytes; meta: Bytes }

function filesOf(kind: 'items' | 'rows', sealed: Sealed): TarEntry[] {
  return (['header', 'key', 'meta'] as const).map((file) => ({
    name: names.file(kind, sealed.id, file),
    bytes: sealed[file],
  }))
}
