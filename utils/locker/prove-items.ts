import { type Bytes, equalBytes, toHex } from '../crypto/bytes'
import { readCheckpointHead, signCheckpoint } from '../custody/checkpoint'
import type { EarlierProof } from '../custody/earlier'
import type { ExcerptLine, SaltedEntry } from '../custody/entry'
import { type Identity, keyIn } from '../custody/identity'
import type { MerkleTree } from '../custody/merkle'
import type { AnchorProof, BundleProofs } from '../custody/proofs'
import { writeTlogProof } from '../custody/tlog-proof'
import { fail, type Outcome, succeed } from '../model/problem'
import { anchorsIn, answersOf } from './anchor-rows'
import { entriesIn } from './custody'
import { openDatabase } from './database'
import { gatherEarlier } from './earlier-proofs'
import { readMeta } from './epoch'
import type { OpenLocker } from './keyring'
import { identityOf, type Log, type Placed, placeEntries, readLog } from './placed-log'
import { capturedLeaf, ingestedEntry, type OpenedRecord } from './records'
import { type OpenedRow, readRows } from './rows'
import { isSameHead, openSigning, sealHead } from './signing'
import { findRecord, guardOpen } from './stored-item'

/** What the proofs of items are made from: the log with a new signed checkpoint of all of it. */
export type Proving = Pick<BundleProofs, 'identity' | 'checkpoint' | 'key'> & {
  log: Log
  rows: readonly OpenedRow[]
  /** The entries about the keys, and those about each item by its id, as far as they are in the log. */
  keys: readonly Placed[]
  byItem: ReadonlyMap<string, readonly Placed[]>
}

/**
 * Signs the log as it is now; the checkpoint is remembered before anything leaves. Problems: `cannot-sign` where the key
 * is missing or damaged, `log-damaged` where the log was changed from outside.
 */
export async function startProving(open: OpenLocker): Promise<Outcome<Proving>> {
  const read = await readMeta()
  if (!read.ok) return read
  const key = await openSigning(open, read.value)
  if (key === null) return fail('cannot-sign')
  const log = await readLog(open, read.value)
  if (log === null) return fail('log-damaged')
  const { rows } = await readRows(open)
  const entries = await placeEntries(
    log,
    entriesIn(rows).map(({ custody }) => custody),
  )
  const identity = await identityOf(entries)
  if (identity?.keys.at(-1)?.publicKey !== toHex(key.publicKey)) return fail('cannot-sign')
  const { size, root } = log.tree
  const checkpoint = await signCheckpoint({ origin: identity.origin, size, root }, key)
  const kept = await keepHead(open, { checkpoint, before: read.value.head })
  // Another page has signed meanwhile, perhaps a longer log: what is remembered must never be the shorter one.
  if (kept === 'changed') return startProving(open)
  if (kept === 'other-epoch') return fail('cannot-sign')
  const keys = entries.filter(({ custody }) => isKeyOf(custody, identity))
  const byItem = Map.groupBy(entries, ({ custody }) => custody.entry.item ?? '')
  return succeed({ identity, checkpoint, key, log, rows, keys, byItem })
}

/**
 * What a bundle of these items is proved by, with a new signed checkpoint of the whole log. Problems: those of
 * `startProving` and `openItem`, `log-damaged` also where the log does not know an item, `disk-full`.
 */
export function proveItems(open: OpenLocker, itemIds: readonly string[]): Promise<Outcome<BundleProofs>> {
  return guardOpen(open, async (current) => {
    const records = await findRecords(current, itemIds)
    if (!records.ok) return records
    const started = await startProving(current)
    if (!started.ok) return started
    const proving = started.value
    const { identity, checkpoint, key, log, rows } = proving
    const captures = new Map<string, string>()
    const excerpt = proving.keys.map((one) => lineOf(log.tree, one))
    let first = Number.POSITIVE_INFINITY
    for (const record of records.value) {
      const proved = await proveRecord(proving, record)
      if (proved === null) return fail('log-damaged')
      captures.set(record.item.id, proved.capture)
      excerpt.push(...proved.lines)
      first = Math.min(first, proved.index)
    }
    excerpt.sort((one, other) => one.index - other.index)
    const anchors = anchorsOf(proving, { first })
    const earlier = await gatherEarlier(records.value, { rows, own: identity.origin })
    return succeed({ identity, checkpoint, key, captures, excerpt, anchors, earlier })
  })
}

/** The proof of one item as it goes into a backup: there this log is an earlier one. Null where the log does not know it. */
export async function proveForLater(proving: Proving, record: OpenedRecord): Promise<EarlierProof | null> {
  const proved = await proveRecord(proving, record)
  if (proved === null) return null
  const { identity, checkpoint, log } = proving
  const keys = proving.keys.map((one) => lineOf(log.tree, one))
  const lines = [...keys, ...proved.lines].sort((one, other) => one.index - other.index)
  return { identity, checkpoint, capture: proved.capture, lines }
}

/** The answered anchors of this log whose head counts the leaf at place `first`, oldest first. */
export function anchorsOf({ identity, log, rows }: Proving, { first }: { first: number }): AnchorProof[] {
  const { tree } = log
  return anchorsIn(rows)
    .toReversed()
    .flatMap(({ anchor }) => {
      const head = readCheckpointHead(anchor.checkpoint)
      const isOwn =
        head?.origin === identity.origin &&
        head.size <= tree.size &&
        equalBytes(tree.rootAt(head.size), head.root)
      if (!isOwn || head.size <= first || anchor.answers.length === 0) return []
      const { checkpoint } = anchor
      return [{ checkpoint, consistency: tree.proveConsistency(head.size), answers: answersOf(anchor) }]
    })
}

async function findRecords(open: OpenLocker, ids: readonly string[]): Promise<Outcome<OpenedRecord[]>> {
  const records: OpenedRecord[] = []
  for (const id of ids) {
    const found = await findRecord(open, id)
    if (!found.ok) return found
    records.push(found.value)
  }
  return succeed(records)
}

type Proved = { index: number; capture: string; lines: ExcerptLine[] }

/** Where an item's capture is in the log, and every entry about the item; null where capture or ingestion is not there. */
async function proveRecord(proving: Proving, record: OpenedRecord): Promise<Proved | null> {
  const { log, checkpoint, byItem } = proving
  const { item, itemBytes, salt, state } = record
  const index = log.places.get(toHex(await capturedLeaf(salt, itemBytes)))
  const entry = ingestedEntry(item.id, state)
  const ingested = entry && state.ingested ? [{ entry, salt: state.ingested.salt, opening: null }] : []
  const own = await placeEntries(log, ingested)
  if (index === undefined || own.length < ingested.length) return null
  const capture = writeTlogProof({ index, proof: log.tree.proveInclusion(index), checkpoint })
  const placed = [...own, ...(byItem.get(item.id) ?? [])]
  const lines = placed.map((one) => lineOf(log.tree, one)).sort((one, other) => one.index - other.index)
  return { index, capture, lines }
}

function isKeyOf({ entry }: SaltedEntry, identity: Identity): boolean {
  const key = keyIn(entry)
  return key !== null && identity.keys.some(({ publicKey }) => publicKey === key.publicKey)
}

function lineOf(tree: MerkleTree, { custody, index }: Placed): ExcerptLine {
  return { ...custody, index, proof: tree.proveInclusion(index).map(toHex) }
}

type Keeping = { checkpoint: string; before: Bytes | undefined }

/**
 * Remembers a checkpoint in the place of the one before. Otherwise nothing may leave with it: the locker is in another
 * epoch, or remembers another one by now.
 */
async function keepHead(
  open: OpenLocker,
  { checkpoint, before }: Keeping,
): Promise<'kept' | 'other-epoch' | 'changed'> {
  const head = await sealHead(open, checkpoint)
  const db = openDatabase()
  return db.transaction('rw', db.meta, async () => {
    const now = await db.meta.get('0')
    if (now?.epoch !== open.epoch) return 'other-epoch'
    if (!isSameHead(now.head, before)) return 'changed'
    await db.meta.update('0', { head })
    return 'kept'
  })
}
