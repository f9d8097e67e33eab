import { type Bytes, randomIdHex } from '../crypto/bytes'
import { canonicalBytes } from '../crypto/canonical-json'
import { areMixed, type DecryptWith, type EncryptTo, encryptStream, makeWitness } from '../crypto/recipients'
import { latestOfEach } from '../custody/earlier'
import type { Part } from '../model/item'
import { fail, type Outcome, succeed } from '../model/problem'
import { catchProblem, problemError, throwIfCancelled } from '../model/problem-error'
import { utcTime, z } from '../model/schema'
import { type BackupEnd, type BackupHead, backupVersion, names } from './backup-format'
import { openDatabase } from './database'
import { describeLog } from './earlier-logs'
import { inEpoch } from './epoch'
import { ingestInbox } from './ingest'
import type { OpenLocker } from './keyring'
import { streamOf } from './piece-stream'
import { anchorsOf, type Proving, proveForLater, startProving } from './prove-items'
import { readItems } from './read-items'
import { mostEarlier, type OpenedRecord, type State } from './records'
import { keepRow, type OpenedRow, readRows } from './rows'
import { guardStorage } from './storage-problem'
import { tarEnd, writeTarEntry } from './tar'

/** How far a backup or a restoring is, in items and rows. */
export type BackupProgress = { done: number; total: number }

/** A backup that is being written while it is read, with what opens it here to see that it is whole. */
export type Backup = {
  /** Fails with `cancelled` or `locked`, as streams that carry problems do. */
  stream: ReadableStream<Bytes>
  /** For `testBackup`. Keep it in memory only, and no longer than that takes. */
  key: DecryptWith
}

export type BackupOptions = {
  /** A passphrase (`workFactor` for tests) or age recipients. */
  to: EncryptTo
  madeAt: Date
  onProgress?: (progress: BackupProgress) => void
  signal?: AbortSignal
}

/**
 * Everything in the locker as one age file, item after item, never more than some megabytes of them in memory. What is damaged is
 * left out and counted. Say "backed up" only when `testBackup` has opened the file that was saved. Deleting an
 * item later does not reach the file. Problems: `disk-full`, `storage-unavailable`, `locked`, `key-unusable`; `missing-fields`
 * with `recipients` when none is named or post-quantum ones are mixed with others. Throws on an invalid recipient.
 */
export function writeBackup(open: OpenLocker, options: BackupOptions): Promise<Outcome<Backup>> {
  return guardStorage(async () => {
    const { to } = options
    if (to.kind === 'recipients' && (to.recipients.length === 0 || areMixed(to.recipients)))
      return fail('missing-fields', 'recipients')
    const inbox = await inEpoch(open, ingestInbox)
    if (inbox === null) return fail('locked')
    const ids = await openDatabase().records.toCollection().primaryKeys()
    const rows = await readRows(open)
    // A log that signs nothing any more is a reason to make a backup, not one against it.
    const started = await inEpoch(open, startProving)
    const proving = started?.ok ? started.value : null
    const contents = writeContents(open, {
      ...options,
      proving,
      ids,
      rows: [
        ...rows.rows.filter(({ kind }) => kind !== 'backup' && kind !== 'custody'),
        ...stampedLog(proving),
      ],
      damaged: inbox.damaged.length + rows.damaged.length,
    })
    const { address, key } = await withWitness(to)
    return catchProblem(async () => {
      const encrypted = await encryptStream(streamOf(contents), address)
      // The age library's types do not say that its buffers are never shared ones.
      return succeed({ stream: encrypted as ReadableStream<Bytes>, key })
    })
  })
}

/** How the log grew from what others stamped of it, as one more row; none where nobody did. */
function stampedLog(proving: Proving | null): OpenedRow[] {
  const value = proving && describeLog(proving.checkpoint, anchorsOf(proving, { first: -1 }))
  return value ? [{ id: randomIdHex(), kind: 'earlier-log', value }] : []
}

/** Recipients are elsewhere: a key of our own beside theirs, in memory only, opens the file for the test. */
async function withWitness(to: EncryptTo): Promise<{ address: EncryptTo; key: DecryptWith }> {
  if (to.kind === 'passphrase') return { address: to, key: { kind: 'passphrase', passphrase: to.passphrase } }
  const witness = await makeWitness(to.recipients)
  const recipients = [...to.recipients, witness.recipient]
  return {
    address: { kind: 'recipients', recipients },
    key: { kind: 'identities', identities: [witness.identity] },
  }
}

type Contents = BackupOptions & {
  proving: Proving | null
  ids: readonly string[]
  rows: readonly OpenedRow[]
  damaged: number
}

async function* writeContents(open: OpenLocker, contents: Contents): AsyncGenerator<Bytes> {
  const { ids, rows, signal } = contents
  const total = ids.length + rows.length
  let done = 0
  const step = (): void => {
    throwIfCancelled(signal)
    contents.onProgress?.({ done, total })
    done += 1
  }
  const head: BackupHead = {
    version: backupVersion,
    madeAt: contents.madeAt.toISOString(),
    items: ids.length,
    rows: rows.length,
  }
  yield* writeJson(names.head, head)
  const end: BackupEnd = { items: 0, rows: rows.length, leftOut: contents.damaged }
  for await (const read of readItems(open, ids)) {
    step()
    if (read === 'locked') throw problemError('locked')
    if (read.found === 'gone') continue
    if (read.found === 'damaged') end.leftOut += 1
    else {
      end.items += 1
      yield* writeItem(read.found, await provedState(read.found.record, contents.proving))
    }
  }
  for (const { id, kind, value } of rows) {
    step()
    yield* writeJson(names.row(id), { kind, value })
  }
  yield* writeJson(names.end, end)
  yield tarEnd()
  contents.onProgress?.({ done: total, total })
}

function writeJson(name: string, value: unknown): Generator<Bytes> {
  return writeTarEntry({ name, bytes: canonicalBytes(value) })
}

/** The state of an item with what the log proves of it now, beside what logs before it did. */
async function provedState(record: OpenedRecord, proving: Proving | null): Promise<State> {
  const own = proving && (await proveForLater(proving, record))
  const { earlier = [], ...state } = record.state
  const all = latestOfEach(own ? [...earlier, own] : earlier, null).slice(-mostEarlier)
  return all.length > 0 ? { ...state, earlier: all } : state
}

function* writeItem(
  { record, parts }: { record: OpenedRecord; parts: readonly Part[] },
  state: State,
): Generator<Bytes> {
  const { id } = record.item
  yield* writeTarEntry({ name: names.item(id, 'item.json'), bytes: record.itemBytes })
  yield* writeTarEntry({ name: names.item(id, 'salt'), bytes: record.salt })
  yield* writeJson(names.item(id, 'state.json'), state)
  for (const part of parts)
    yield* writeTarEntry({ name: names.part(id, part.record.name), bytes: part.bytes })
}

const LastBackup = z.strictObject({ at: utcTime, items: z.int().nonnegative() })
/** When the last good backup was made, and how many items it held. */
export type LastBackup = z.infer<typeof LastBackup>

/** The last backup that was tested; null when there is none. Sealed like everything else. */
export async function lastBackup(open: OpenLocker): Promise<LastBackup | null> {
  return (await findNote(open))?.value ?? null
}

/** Notes a backup that `testBackup` opened. Problems: `disk-full`, `storage-unavailable`. */
export async function noteBackup(open: OpenLocker, value: LastBackup): Promise<Outcome<{ id: string }>> {
  const before = await findNote(open)
  return keepRow({
    to: open,
    id: before?.id ?? randomIdHex(),
    kind: 'backup',
    value: LastBackup.parse(value),
  })
}

async function findNote(open: OpenLocker): Promise<{ id: string; value: LastBackup } | null> {
  for (const { id, kind, value } of (await readRows(open)).rows) {
    const parsed = kind === 'backup' ? LastBackup.safeParse(value) : null
    if (parsed?.success) return { id, value: parsed.data }
  }
  return null
}
