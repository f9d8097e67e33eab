import { type Bytes, concatBytes, fromBase64, randomIdHex, toBase64 } from '../crypto/bytes'
import type { OpenedItem } from '../model/item'
import { fail, type Outcome, succeed } from '../model/problem'
import { randomId, sha256Hex, utcTime, z } from '../model/schema'
import { toItsEnd } from '../model/slices'
import { sortingAssessments } from './assessments'
import { openDatabase } from './database'
import { inEpoch } from './epoch'
import { ingestInbox } from './ingest'
import type { OpenLocker } from './keyring'
import { type MergedNotes, noteMerged } from './merged-notes'
import { countMerged, type Merged, type Merging, mergeItem } from './restore'
import { keepRow, type OpenedRow, readRows } from './rows'
import { guardStorage } from './storage-problem'
import { readTar, type TarEntry, tarEnd, writeTarEntry } from './tar'

const mostFailures = 200

/** What is known of a bundle, and of the check that it passed or did not pass. */
const Origin = z.strictObject({
  receivedAt: utcTime,
  /** SHA-256 of the file as it came; the log of whoever saved it holds the same. */
  file: sha256Hex,
  /** When it says that it was made. */
  madeAt: utcTime.nullable(),
  /** Null when it was not signed, or not rightly. `words` stand for the key, `checkpoint` is the short fingerprint. */
  signer: z
    .strictObject({
      publicKey: sha256Hex,
      words: z.string().max(200),
      log: z.string().max(200),
      checkpoint: z.string().max(100),
      size: z.int().nonnegative(),
    })
    .nullable(),
  /** What the check found wrong; it was brought in all the same. */
  failures: z
    .array(
      z.strictObject({
        id: z.string().max(60),
        subject: z.string().max(400).nullable(),
        detail: z.string().max(60).nullable(),
      }),
    )
    .max(mostFailures),
})
type BundleFacts = z.infer<typeof Origin>

const Received = z.strictObject({
  ...Origin.shape,
  /** The items that came with it, each with its place in their log. */
  items: z.array(z.strictObject({ id: randomId, place: z.int().nonnegative().nullable() })),
  /** The files that prove it, as tar, gzip and base64: neighbours in a log have most of their proof in common. */
  proofs: z.string(),
})

/** Where an item came from that was in a bundle, and its place in the log of whoever captured it. */
export type BundleOrigin = BundleFacts & { place: number | null }

/** A bundle that was checked, as the locker takes it in. */
export type BundleToReceive = {
  facts: Omit<BundleFacts, 'receivedAt'>
  itemIds: readonly string[]
  /** The place of each item's capture in the signer's log. */
  places: Readonly<Record<string, number>>
  proofs: readonly TarEntry[]
  /** Null when anything of the item is not what its facts say. */
  readItem(id: string): Promise<OpenedItem | null>
}

/** `damaged` counts items of which something is missing or wrong; those stay out, whatever was allowed. */
export type BundleReport = { items: Merged; damaged: number }

type ReceiveBundle = {
  bundle: BundleToReceive
  at: Date
  onProgress?: (progress: { done: number; total: number }) => void
  signal?: AbortSignal
}

/**
 * Adds to the locker what a checked bundle holds, item by item. Where all come from is noted first; then each comes
 * whole or not at all. Never overwrites: what is here under an id stays, and so does what is said here of an item.
 * May be cut off anywhere and done again. Problems: `locked`, `cancelled`, `disk-full`, `storage-unavailable`.
 */
export function receiveBundle(open: OpenLocker, receive: ReceiveBundle): Promise<Outcome<BundleReport>> {
  return guardStorage(async () => {
    const { bundle, signal } = receive
    if ((await inEpoch(open, ingestInbox)) === null) return fail('locked')
    if (signal?.aborted) return fail('cancelled')
    const noted = await noteBundle(open, bundle, receive.at)
    if (!noted.ok) return noted
    const notes = noteMerged(open)
    try {
      return await addAll(open, receive, notes)
    } finally {
      // Also of what came before a failure.
      await notes.end()
    }
  })
}

async function addAll(
  open: OpenLocker,
  { bundle, onProgress, signal }: ReceiveBundle,
  notes: MergedNotes,
): Promise<Outcome<BundleReport>> {
  const { byItem: said } = await toItsEnd(sortingAssessments((await readRows(open)).rows))
  const report: BundleReport = { items: { added: 0, same: 0, conflicts: [] }, damaged: 0 }
  const total = bundle.itemIds.length
  for (const [done, id] of bundle.itemIds.entries()) {
    onProgress?.({ done, total })
    if (signal?.aborted) return fail('cancelled')
    const opened = await bundle.readItem(id)
    if (opened === null) {
      report.damaged += 1
      continue
    }
    const from = { file: bundle.facts.file, isSaid: said.has(id), notes }
    const merged = await addOne(open, opened, from)
    if (!merged.ok) return merged
    countMerged(report.items, merged.value, id)
  }
  onProgress?.({ done: total, total })
  return succeed(report)
}

/** Where the items of the locker came from that were in a bundle: by item, the last one that brought it. */
export async function listBundleOrigins(open: OpenLocker): Promise<Map<string, BundleOrigin>> {
  return bundleOriginsIn((await readRows(open)).rows)
}

/** As `listBundleOrigins`, among opened rows. */
export function bundleOriginsIn(rows: readonly OpenedRow[]): Map<string, BundleOrigin> {
  const origins = new Map<string, BundleOrigin>()
  for (const { items, proofs: _, ...facts } of receivedIn(rows)) {
    // Only what was not here is noted: the last to bring an item is the one that it is from.
    for (const { id, place } of items) origins.set(id, { ...facts, place })
  }
  return origins
}

/** The items that a row says came in a bundle; none for rows of other kinds. */
export function bundledItems(row: OpenedRow): string[] {
  return receivedIn([row]).flatMap(({ items }) => items.map(({ id }) => id))
}

/** The proof files that came with each of these items, a list for each bundle that brought it; each unpacked once. */
export async function readProofsOf(
  rows: readonly OpenedRow[],
  itemIds: readonly string[],
): Promise<Map<string, TarEntry[][]>> {
  const wanted = new Set(itemIds)
  const files = new Map<string, TarEntry[][]>()
  for (const { items, proofs } of receivedIn(rows)) {
    const brought = items.filter(({ id }) => wanted.has(id))
    const unpacked = brought.length > 0 ? await unpack(proofs) : []
    for (const { id } of brought) files.set(id, [...(files.get(id) ?? []), unpacked])
  }
  return files
}

function receivedIn(rows: readonly OpenedRow[]): z.infer<typeof Received>[] {
  const received = rows.flatMap(({ kind, value }) => {
    const parsed = kind === 'received-bundle' ? Received.safeParse(value) : null
    return parsed?.success ? [parsed.data] : []
  })
  return received.sort((one, other) => (one.receivedAt < other.receivedAt ? -1 : 1))
}

/** Before any of them is here, so that none is ever without it. What is here already is from elsewhere. */
async function noteBundle(open: OpenLocker, bundle: BundleToReceive, at: Date): Promise<Outcome<unknown>> {
  const db = openDatabase()
  const here = new Set([
    ...(await db.inbox.toCollection().primaryKeys()),
    ...(await db.records.toCollection().primaryKeys()),
  ])
  const fresh = bundle.itemIds.filter((id) => !here.has(id))
  if (fresh.length === 0) return succeed({})
  const { failures, ...facts } = bundle.facts
  const value = Received.parse({
    ...facts,
    receivedAt: at.toISOString(),
    failures: failures.slice(0, mostFailures),
    items: fresh.map((id) => ({ id, place: bundle.places[id] ?? null })),
    proofs: await pack(bundle.proofs),
  })
  return keepRow({ to: open, id: randomIdHex(), kind: 'received-bundle', value })
}

async function addOne(
  open: OpenLocker,
  opened: OpenedItem,
  { file, isSaid, notes }: { file: string; isSaid: boolean; notes: MergedNotes },
): Promise<Outcome<Merging>> {
  const { item, itemBytes, salt, assessment } = opened
  const parts = opened.parts.map(({ bytes }) => bytes)
  const thing = { kind: 'item' as const, item, itemBytes, salt, state: { binnedAt: null }, parts }
  const merged = await mergeItem(open, thing, { source: 'bundle', file, notes })
  if (!merged.ok || merged.value === 'conflict' || assessment === null || isSaid) return merged
  // It was said elsewhere: the log of this locker does not say that it was said here.
  const row = { id: randomIdHex(), kind: 'assessment' as const, value: assessment }
  await notes.begin()
  const kept = await keepRow({ to: open, ...row })
  if (!kept.ok) return kept
  await notes.addRow(row)
  return merged
}

async function pack(files: readonly TarEntry[]): Promise<string> {
  const pieces = files.flatMap((file) => [...writeTarEntry(file)])
  const packed = new Blob([...pieces, tarEnd()]).stream().pipeThrough(new CompressionStream('gzip'))
  return toBase64(await collect(packed))
}

async function unpack(text: string): Promise<TarEntry[]> {
  const plain = new Blob([fromBase64(text)]).stream().pipeThrough(new DecompressionStream('gzip'))
  const files: TarEntry[] = []
  for await (const file of readTar(plain)) files.push(file)
  return files
}

async function collect(stream: ReadableStream<Uint8Array>): Promise<Bytes> {
  // Some browsers cannot loop over a stream.
  const reader = stream.getReader()
  const pieces: Uint8Array[] = []
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) pieces.push(piece.value)
  return concatBytes(...pieces)
}
