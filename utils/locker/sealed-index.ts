import { type Bytes, fromUtf8, randomBytes, toHex, toUtf8 } from '../crypto/bytes'
import { pad, partLength, unpad } from '../crypto/padding'
import { contextOf } from '../crypto/seal'
import { openBox, sealBox } from '../crypto/wrap'
import { giveWay } from '../model/slices'
import { type IndexRow, openDatabase } from './database'
import { openIndexKey, storedEpoch } from './epoch'
import type { OpenLocker } from './keyring'

/*
 * What lists need, already opened once: sealed together under the index key, so that listing opens some hundred
 * boxes and not every record. It is a copy and never the truth: whatever is missing from it is opened itself, and
 * whoever changes a record drops the box that names it in the same transaction.
 *
 * A box covers the ids that begin with the same two digits. Its key in the store is the store's letter, those
 * digits, and a version that is random in each writing: by the keys alone it is known which boxes have changed.
 * A dropped box leaves an empty one, so that what was read before is not written after. An older box put back on
 * the disk is not noticed in lists; opening the item tells.
 */

/** The stores that have an index. */
export type IndexedStore = 'records' | 'rows'

type Bucket = { version: string; entries: ReadonlyMap<string, unknown> }
type Buckets = Map<string, Bucket>

/** An index as it was read: what `entryOf` finds in it, `keepIndex` need not open again. */
export type SealedIndex = { open: OpenLocker; of: IndexOf; key: CryptoKey; buckets: Buckets }

/** `form` is raised whenever the shape of entries changes; boxes of other forms do not open. */
export type IndexOf = { store: IndexedStore; form: number }

const letters: Record<IndexedStore, string> = { records: 'a', rows: 'b' }
const nameLength = 3
const versionLength = 14
const batchSize = 16

// Opened boxes live as long as the key they belong to: a page that is locked loses both.
const opened = new WeakMap<CryptoKey, Map<string, Buckets>>()

/** The index of a store; null when its key is damaged. */
export async function readIndex(open: OpenLocker, of: IndexOf): Promise<SealedIndex | null> {
  const key = await openIndexKey(open)
  if (key === null) return null
  const known = knownBuckets(open, of)
  const versions = await readVersions(of.store)
  const buckets: Buckets = new Map()
  const missing: string[] = []
  for (const version of versions) {
    const bucket = known.get(nameOf(version))
    if (bucket?.version === version) buckets.set(nameOf(version), bucket)
    else missing.push(version)
  }
  for (let start = 0; start < missing.length; start += batchSize) {
    const batch = missing.slice(start, start + batchSize)
    const rows = await openDatabase().index.bulkGet(batch)
    const entries = await Promise.all(
      batch.map((version, at) => openOnce({ open, of, key }, version, rows[at])),
    )
    for (const [at, version] of batch.entries())
      buckets.set(nameOf(version), { version, entries: entries[at] ?? new Map() })
  }
  remember(open, of, buckets)
  return { open, of, key, buckets }
}

/** What the index holds of a record; undefined when it must be opened itself. */
export function entryOf<T>(index: SealedIndex | null, id: string): T | undefined {
  // Authenticated, and of a form that this version writes.
  return index?.buckets.get(bucketOf(index.of.store, id))?.entries.get(id) as T | undefined
}

/** How many entries the index holds. */
export function countEntries({ buckets }: SealedIndex): number {
  let count = 0
  for (const { entries } of buckets.values()) count += entries.size
  return count
}

/** So many new entries are written at once: each time, nearly all boxes are sealed anew. */
const entriesAtOnce = 2_000

/** Notes in an index what is being stored; see `noteEntries`. */
export type Notes = ReturnType<typeof noteEntries>

/**
 * Notes things in the index as they are stored, so that the first list need not open them. `begin` before a thing is
 * read or stored, `add` once it is there, `end` when no more comes. What was not noted is opened by the next list,
 * and so is what somebody changed meanwhile.
 */
export function noteEntries(open: OpenLocker, of: IndexOf) {
  let index: Promise<SealedIndex | null> | null = null
  let added = new Map<string, unknown>()

  async function end(): Promise<void> {
    const [into, entries] = [await index, added]
    index = null
    added = new Map()
    if (into && entries.size > 0) await addToIndex(into, entries)
  }

  return {
    /** Before the thing: what is changed from here on is not written as it was. */
    begin: async (): Promise<void> => {
      index ??= readIndex(open, of)
      await index
    },
    add: async (id: string, entry: unknown): Promise<void> => {
      added.set(id, entry)
      if (added.size >= entriesAtOnce) await end()
    },
    end,
  }
}

async function addToIndex(index: SealedIndex, added: ReadonlyMap<string, unknown>): Promise<void> {
  const groups = groupByBucket(index.of.store, added)
  for (const [name, group] of groups)
    groups.set(name, new Map([...(index.buckets.get(name)?.entries ?? []), ...group]))
  await writeBuckets(index, groups)
}

/** Writes the boxes in which the index differs from these entries, unless someone changed them meanwhile. */
export async function keepIndex(index: SealedIndex, entries: ReadonlyMap<string, unknown>): Promise<void> {
  const wanted = groupByBucket(index.of.store, entries)
  for (const name of index.buckets.keys()) if (!wanted.has(name)) wanted.set(name, new Map())
  for (const [name, group] of wanted) if (holdsSame(index.buckets.get(name), group)) wanted.delete(name)
  await writeBuckets(index, wanted)
}

async function writeBuckets(
  index: SealedIndex,
  wanted: ReadonlyMap<string, ReadonlyMap<string, unknown>>,
): Promise<void> {
  if (wanted.size === 0) return
  const rows: IndexRow[] = []
  for (const [name, group] of wanted) {
    rows.push(await sealRow(index, name, group))
    await giveWay()
  }
  const db = openDatabase()
  const written = await db.transaction('rw', db.meta, db.index, async () => {
    if ((await storedEpoch()) !== index.open.epoch) return []
    const now = new Map((await readVersions(index.of.store)).map((version) => [nameOf(version), version]))
    const mine = rows.filter(({ id }) => now.get(nameOf(id)) === index.buckets.get(nameOf(id))?.version)
    for (const row of mine) await replaceBucket(row)
    return mine
  })
  const buckets = new Map(index.buckets)
  for (const { id } of written)
    buckets.set(nameOf(id), { version: id, entries: wanted.get(nameOf(id)) ?? new Map() })
  remember(index.open, index.of, buckets)
}

/** Drops what the index says of a record; within the transaction that changes it, which must include `index`. */
export function dropFromIndex(store: IndexedStore, id: string): Promise<void> {
  return replaceBucket({ id: bucketOf(store, id) + newVersion(), box: new Uint8Array(0) })
}

/** The whole index sealed anew for another epoch, without some records; to be put in place by a rotation. */
export async function resealIndex(
  from: OpenLocker,
  to: { open: OpenLocker; key: CryptoKey; without: ReadonlySet<string> },
  all: readonly IndexOf[],
): Promise<{ rows: IndexRow[]; versions: string[] }> {
  const versions = await openDatabase().index.toCollection().primaryKeys()
  const rows: IndexRow[] = []
  for (const of of all) {
    const index = await readIndex(from, of)
    for (const [name, { entries }] of index?.buckets ?? []) {
      const kept = new Map([...entries].filter(([id]) => !to.without.has(id)))
      if (kept.size > 0) rows.push(await sealRow({ open: to.open, of, key: to.key }, name, kept))
    }
  }
  return { rows, versions }
}

type Sealing = Pick<SealedIndex, 'open' | 'of' | 'key'>

// Cases, ledger and list ask for the same boxes at the same time.
const beingOpened = new WeakMap<CryptoKey, Map<string, Promise<ReadonlyMap<string, unknown>>>>()

/** A box is opened once, whoever else asks for it meanwhile: what stands under a version never changes. */
async function openOnce(
  sealing: Sealing,
  version: string,
  row: IndexRow | undefined,
): Promise<ReadonlyMap<string, unknown>> {
  const all = beingOpened.get(sealing.open.kek) ?? new Map<string, Promise<ReadonlyMap<string, unknown>>>()
  beingOpened.set(sealing.open.kek, all)
  const name = `${version} ${sealing.of.form}`
  const opening = all.get(name) ?? openRow(sealing, row)
  all.set(name, opening)
  try {
    return await opening
  } finally {
    all.delete(name)
  }
}

async function openRow(
  { open, of, key }: Sealing,
  row: IndexRow | undefined,
): Promise<ReadonlyMap<string, unknown>> {
  const padded =
    row?.box instanceof Uint8Array ? await openBox(key, boxContext(open, of, row.id), row.box) : null
  // Many are opened side by side; what is in them is read one after the other, each in a turn of its own.
  await giveWay()
  const bytes = padded && unpad(padded)
  return bytes ? new Map(JSON.parse(fromUtf8(bytes))) : new Map()
}

async function sealRow(
  { open, of, key }: Sealing,
  name: string,
  entries: ReadonlyMap<string, unknown>,
): Promise<IndexRow> {
  const id = name + newVersion()
  const bytes: Bytes = toUtf8(JSON.stringify([...entries]))
  const box = await sealBox(key, boxContext(open, of, id), pad(bytes, partLength(bytes.length)))
  return { id, box }
}

async function replaceBucket(row: IndexRow): Promise<void> {
  const { index } = openDatabase()
  await index.where('id').startsWith(nameOf(row.id)).delete()
  await index.put(row)
}

function readVersions(store: IndexedStore): Promise<string[]> {
  return openDatabase().index.where('id').startsWith(letters[store]).primaryKeys()
}

function groupByBucket(
  store: IndexedStore,
  entries: ReadonlyMap<string, unknown>,
): Map<string, Map<string, unknown>> {
  const groups = new Map<string, Map<string, unknown>>()
  for (const [id, entry] of entries) {
    const name = bucketOf(store, id)
    const group = groups.get(name) ?? new Map<string, unknown>()
    group.set(id, entry)
    groups.set(name, group)
  }
  return groups
}

/** Whether a box names the same records; what it says of those it names has not changed. */
function holdsSame(bucket: Bucket | undefined, group: ReadonlyMap<string, unknown>): boolean {
  const entries = bucket?.entries ?? new Map<string, unknown>()
  return entries.size === group.size && [...group.keys()].every((id) => entries.has(id))
}

function knownBuckets(open: OpenLocker, of: IndexOf): Buckets {
  return opened.get(open.kek)?.get(`${of.store} ${of.form}`) ?? new Map()
}

function remember(open: OpenLocker, of: IndexOf, buckets: Buckets): void {
  const all = opened.get(open.kek) ?? new Map<string, Buckets>()
  all.set(`${of.store} ${of.form}`, buckets)
  opened.set(open.kek, all)
}

function bucketOf(store: IndexedStore, id: string): string {
  return letters[store] + id.slice(0, nameLength - 1)
}

function nameOf(version: string): string {
  return version.slice(0, nameLength)
}

function newVersion(): string {
  return toHex(randomBytes(versionLength))
}

function boxContext(open: OpenLocker, { store, form }: IndexOf, id: string): string {
  return contextOf(open.lockerId, 'index-box', store, form, id, open.epoch)
}
