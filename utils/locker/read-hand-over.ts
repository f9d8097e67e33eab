import type { Bytes } from '../crypto/bytes'
import { readHeader } from '../crypto/header'
import { type DecryptWith, decryptStream } from '../crypto/recipients'
import { boxOverhead } from '../crypto/wrap'
import { type Outcome, succeed } from '../model/problem'
import { catchProblem, problemError, throwIfCancelled } from '../model/problem-error'
import { z } from '../model/schema'
import type { BackupProgress } from './backup'
import {
  HandOverEnd,
  HandOverHead,
  handOverVersion,
  names,
  placeIn,
  type SealedKind,
} from './hand-over-format'
import { readJson } from './json'
import { type NextEntry, nextEntries, type TarEntry } from './tar'

/** An item or row out of a hand-over, still sealed. Rows have no blobs. */
export type HandedOver = {
  kind: SealedKind
  id: string
  header: Bytes
  key: Bytes
  meta: Bytes
  blobs: Bytes[]
}

export type ReadHandOver = {
  file: Blob
  key: DecryptWith
  onProgress?: (progress: BackupProgress) => void
  signal?: AbortSignal | undefined
}

/** What a hand-over holds: the ids, whose it is, and how many were damaged in the drop-box already. */
export type HandOverContents = {
  dropBox: string
  writtenAt: string
  items: string[]
  rows: string[]
  leftOut: number
}

/**
 * Reads a hand-over to its end, giving each item and row, still sealed, to `take` as it comes; the form of everything
 * was checked. Problems: `not-a-hand-over`, `newer-hand-over`, `wrong-receiving-key`, `damaged-hand-over`,
 * `cancelled`, and any that `take` gives.
 */
export function readHandOver(
  read: ReadHandOver,
  take: (thing: HandedOver, from: HandOverHead) => Promise<Outcome<unknown>>,
): Promise<Outcome<HandOverContents>> {
  return catchProblem(async () => {
    const next = nextEntries(await openFile(read), damaged)
    const head = readHead(await next())
    const ids: Record<SealedKind, string[]> = { items: [], rows: [] }
    const total = head.items + head.rows
    for (;;) {
      read.onProgress?.({ done: ids.items.length + ids.rows.length, total })
      throwIfCancelled(read.signal)
      const entry = await next()
      if (entry?.name === names.end) {
        const { leftOut } = await readEnd(entry, ids, next)
        return succeed({ dropBox: head.dropBox, writtenAt: head.writtenAt, ...ids, leftOut })
      }
      const thing = await readThing(entry, next)
      const taken = await take(thing, head)
      if (!taken.ok) return taken
      ids[thing.kind].push(thing.id)
    }
  })
}

/** Reads a whole hand-over and checks its form, keeping nothing. Problems as `readHandOver`. */
export function testHandOver(read: ReadHandOver): Promise<Outcome<HandOverContents>> {
  return readHandOver(read, async () => succeed({}))
}

async function openFile({ file, key }: ReadHandOver): Promise<ReadableStream<Uint8Array>> {
  let opened: ReadableStream<Uint8Array> | null
  try {
    opened = await decryptStream(file.stream(), key)
  } catch {
    throw problemError('not-a-hand-over')
  }
  if (opened === null) throw problemError('wrong-receiving-key')
  return opened
}

function readHead(entry: TarEntry | null): HandOverHead {
  if (entry?.name !== names.head) throw problemError('not-a-hand-over')
  const any = readJson(entry.bytes, z.looseObject({ version: z.number() }))
  if (any && any.version > handOverVersion) throw problemError('newer-hand-over')
  const head = readJson(entry.bytes, HandOverHead)
  if (head === null) throw problemError('not-a-hand-over')
  return head
}

async function readEnd(
  { bytes }: TarEntry,
  ids: Record<SealedKind, string[]>,
  next: NextEntry,
): Promise<HandOverEnd> {
  const end = readJson(bytes, HandOverEnd)
  const isComplete = end?.items === ids.items.length && end.rows === ids.rows.length
  if (!isComplete || (await next()) !== null) throw damaged()
  return end
}

async function readThing(first: TarEntry | null, next: NextEntry): Promise<HandedOver> {
  const place = first && placeIn(first.name)
  const header = place && readHeader(first.bytes)
  if (!place || header?.recordId !== place.id) throw damaged()
  const { kind, id } = place
  const expectFile = async (name: string): Promise<Bytes> => {
    const entry = await next()
    if (entry?.name !== name) throw damaged()
    return entry.bytes
  }
  const key = await expectFile(names.file(kind, id, 'key'))
  const meta = await expectFile(names.file(kind, id, 'meta'))
  if (kind === 'rows' && header.paddedLengths.length > 0) throw damaged()
  const blobs: Bytes[] = []
  for (const [index, length] of header.paddedLengths.entries()) {
    const blob = await expectFile(names.blob(id, index))
    if (blob.length !== length + boxOverhead) throw damaged()
    blobs.push(blob)
  }
  return { kind, id, header: first.bytes, key, meta, blobs }
}

function damaged(): Error {
  return problemError('damaged-hand-over')
}
