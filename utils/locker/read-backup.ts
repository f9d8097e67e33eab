import { type Bytes, equalBytes } from '../crypto/bytes'
import { canonicalBytes } from '../crypto/canonical-json'
import { sha256 } from '../crypto/digest'
import { type DecryptWith, decryptStream } from '../crypto/recipients'
import { saltLength } from '../custody/entry'
import { Item } from '../model/item'
import { type Outcome, succeed } from '../model/problem'
import { catchProblem, problemError, throwIfCancelled } from '../model/problem-error'
import { z } from '../model/schema'
import type { BackupProgress } from './backup'
import { BackupEnd, BackupHead, BackupRow, backupVersion, idIn, names } from './backup-format'
import { readJson } from './json'
import { State } from './records'
import { type NextEntry, nextEntries, type TarEntry } from './tar'

/** An item out of a backup, whole: its parts are the ones its facts name, byte for byte. */
export type BackedUpItem = {
  kind: 'item'
  item: Item
  itemBytes: Bytes
  salt: Bytes
  state: State
  parts: Bytes[]
}
export type BackedUpRow = { kind: 'row'; id: string; rowKind: string; value: unknown }
type Thing = { kind: 'head'; head: BackupHead } | BackedUpItem | BackedUpRow | { kind: 'end'; end: BackupEnd }

export type ReadBackup = {
  file: ReadableStream<Uint8Array>
  key: DecryptWith
  onProgress?: (progress: BackupProgress) => void
  signal?: AbortSignal
}

/** What a backup holds. `leftOut` counts what was damaged in the locker when it was made. */
export type BackupContents = { madeAt: string; items: number; rows: number; leftOut: number }

/**
 * Reads a backup to its end, giving each item and row to `take` as it comes, everything checked. Problems:
 * `not-a-backup`, `newer-backup`, `wrong-backup-key`, `damaged-backup`, `cancelled`, and any that `take` gives.
 */
export function readBackup(
  read: ReadBackup,
  take: (thing: BackedUpItem | BackedUpRow) => Promise<Outcome<unknown>>,
): Promise<Outcome<BackupContents>> {
  return catchProblem(async () => {
    let madeAt = ''
    let [total, done] = [0, 0]
    let end: BackupEnd = { items: 0, rows: 0, leftOut: 0 }
    for await (const thing of readThings(await openFile(read))) {
      throwIfCancelled(read.signal)
      if (thing.kind === 'head') {
        madeAt = thing.head.madeAt
        total = thing.head.items + thing.head.rows
      } else if (thing.kind === 'end') end = thing.end
      else {
        const taken = await take(thing)
        if (!taken.ok) return taken
        done += 1
      }
      read.onProgress?.({ done, total })
    }
    return succeed({ madeAt, ...end })
  })
}

/** Opens the whole file and checks everything in it, keeping nothing. Problems as `readBackup`. */
export function testBackup(read: ReadBackup): Promise<Outcome<BackupContents>> {
  return readBackup(read, async () => succeed({}))
}

async function openFile({ file, key }: ReadBackup): Promise<ReadableStream<Uint8Array>> {
  let opened: ReadableStream<Uint8Array> | null
  try {
    opened = await decryptStream(file, key)
  } catch {
    throw problemError('not-a-backup')
  }
  if (opened === null) throw problemError('wrong-backup-key')
  return opened
}

async function* readThings(stream: ReadableStream<Uint8Array>): AsyncGenerator<Thing> {
  const next = nextEntries(stream, damaged)
  const head = readHead(await next())
  yield { kind: 'head', head }
  let [items, rows] = [0, 0]
  for (;;) {
    const entry = await next()
    if (entry?.name === names.end) {
      const end = readJson(entry.bytes, BackupEnd)
      if (end?.items !== items || end.rows !== rows || (await next()) !== null) throw damaged()
      yield { kind: 'end', end }
      return
    }
    const place = entry && idIn(entry.name)
    if (!place) throw damaged()
    if (place.kind === 'item') items += 1
    else rows += 1
    yield place.kind === 'item' ? await readItem(place.id, entry, next) : readRow(place.id, entry)
  }
}

function readHead(entry: TarEntry | null): BackupHead {
  if (entry?.name !== names.head) throw problemError('not-a-backup')
  const any = readJson(entry.bytes, z.looseObject({ version: z.number() }))
  if (any && any.version > backupVersion) throw problemError('newer-backup')
  const head = readJson(entry.bytes, BackupHead)
  if (head === null) throw problemError('not-a-backup')
  return head
}

async function readItem(id: string, first: TarEntry, next: NextEntry): Promise<BackedUpItem> {
  const expectFile = async (name: string): Promise<Bytes> => {
    const entry = await next()
    if (entry?.name !== name) throw damaged()
    return entry.bytes
  }
  const item = readJson(first.bytes, Item)
  if (item?.id !== id || !isCanonical(first.bytes)) throw damaged()
  const salt = await expectFile(names.item(id, 'salt'))
  const state = readJson(await expectFile(names.item(id, 'state.json')), State)
  if (state === null || salt.length !== saltLength) throw damaged()
  const parts: Bytes[] = []
  for (const part of item.parts) {
    const bytes = await expectFile(names.part(id, part.name))
    if (bytes.length !== part.bytes || (await sha256(bytes)) !== part.sha256) throw damaged()
    parts.push(bytes)
  }
  return { kind: 'item', item, itemBytes: first.bytes, salt, state, parts }
}

/** What is sealed and later hashed must be the one canonical form of what it says. */
export function isCanonical(bytes: Bytes): boolean {
  const value = readJson(bytes, z.unknown())
  return equalBytes(canonicalBytes(value), bytes)
}

function readRow(id: string, { bytes }: TarEntry): BackedUpRow {
  const row = readJson(bytes, BackupRow)
  if (row === null) throw damaged()
  return { kind: 'row', id, rowKind: row.kind, value: row.value }
}

function damaged(): Error {
  return problemError('damaged-backup')
}
