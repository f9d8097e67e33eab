import { type Bytes, equalBytes, toHex } from '../crypto/bytes'
import { readCheckpointHead, signCheckpoint } from '../custody/checkpoint'
import type { ExcerptLine, SaltedEntry } from '../custody/entry'
import { type Identity, keyIn } from '../custody/identity'
import type { MerkleTree } from '../custody/merkle'
import type { AnchorProof, BundleProofs } from '../custody/proofs'
import { writeTlogProof } from '../custody/tlog-proof'
import { fail, type Outcome, succeed } from '../model/problem'
import { anchorsIn, answersOf } from './anchor-rows'
import { entriesIn } from './custody'
import { openDatabase } from './database'
import { readMeta, storedEpoch } from './epoch'
import type { OpenLocker } from './keyring'
import { identityOf, type Log, type Placed, placeEntries, readLog } from './placed-log'
import { capturedLeaf, ingestedEntry } from './records'
import { type OpenedRow, readRows } from './rows'
import { openSigning, sealHead } from './signing'
import { findRecord, guardOpen } from './stored-item'

/**
 * What a bundle of these items is proved by, with a new signed checkpoint of the whole log; the checkpoint is
 * remembered before anything leaves. Problems: `cannot-sign` where the key is missing or damaged, `log-damaged`
 * where the log was changed from outside or does not know an item, those of `openItem`, `disk-full`.
 */
export function proveItems(open: OpenLocker, itemIds: readonly string[]): Promise<Outcome<BundleProofs>> {
  return guardOpen(open, async (current) => {
    const items = await gatherItems(current, itemIds)
    if (!items.ok) return items
    const read = await readMeta()
    if (!read.ok) return read
    const key = await openSigning(current, read.value)
    if (key === null) return fail('cannot-sign')
    const log = await readLog(current, read.value)
    if (log === null) return fail('log-damaged')
    const { rows } = await readRows(current)
    const entries = await placeEntries(
      log,
      entriesIn(rows).map(({ custody }) => custody),
    )
    const identity = await identityOf(entries)
    if (identity?.keys.at(-1)?.publicKey !== toHex(key.publicKey)) return fail('cannot-sign')
    const { size, root } = log.tree
    const checkpoint = await signCheckpoint({ origin: identity.origin, size, root }, key)
    const captures = proveCaptures(log, items.value, checkpoint)
    const own = await placeEntries(
      log,
      items.value.flatMap(({ ingested }) => ingested ?? []),
    )
    if (captures === null || own.length < items.value.filter(({ ingested }) => ingested).length)
      return fail('log-damaged')
    const wanted = [...entries, ...own].filter(({ custody }) => isWanted(custody, identity, itemIds))
    const excerpt = wanted.map((one) => lineOf(log.tree, one)).sort((one, other) => one.index - other.index)
    if (!(await keepHead(current, checkpoint))) return fail('cannot-sign')
    const first = Math.min(...items.value.map(({ leaf }) => log.places.get(toHex(leaf)) ?? Infinity))
    const anchors = proveAnchors(log.tree, rows, { origin: identity.origin, first })
    return succeed({ identity, checkpoint, key, captures, excerpt, anchors })
  })
}

/** The answered anchors of this log that cover the first of the items, oldest first. */
function proveAnchors(
  tree: MerkleTree,
  rows: readonly OpenedRow[],
  of: { origin: string; first: number },
): AnchorProof[] {
  return anchorsIn(rows)
    .toReversed()
    .flatMap(({ anchor }) => {
      const head = readCheckpointHead(anchor.checkpoint)
      const isOwn =
        head?.origin === of.origin && head.size <= tree.size && equalBytes(tree.rootAt(head.size), head.root)
      if (!isOwn || head.size <= of.first || anchor.answers.length === 0) return []
      const { checkpoint } = anchor
      return [{ checkpoint, consistency: tree.proveConsistency(head.size), answers: answersOf(anchor) }]
    })
}

type Gathered = { id: string; leaf: Bytes; ingested: SaltedEntry | null }

async function gatherItems(open: OpenLocker, ids: readonly string[]): Promise<Outcome<Gathered[]>> {
  const gathered: Gathered[] = []
  for (const id of ids) {
    const found = await findRecord(open, id)
    if (!found.ok) return found
    const { salt, itemBytes, state } = found.value
    const entry = ingestedEntry(id, state)
    const ingested = entry && state.ingested ? { entry, salt: state.ingested.salt, opening: null } : null
    gathered.push({ id, leaf: await capturedLeaf(salt, itemBytes), ingested })
  }
  return succeed(gathered)
}

function isWanted({ entry }: SaltedEntry, identity: Identity, itemIds: readonly string[]): boolean {
  if (entry.item !== null) return itemIds.includes(entry.item)
  return identity.keys.some(({ publicKey }) => publicKey === keyIn(entry)?.publicKey)
}

function proveCaptures(
  { tree, places }: Log,
  items: readonly Gathered[],
  checkpoint: string,
): Map<string, string> | null {
  const captures = new Map<string, string>()
  for (const { id, leaf } of items) {
    const index = places.get(toHex(leaf))
    if (index === undefined) return null
    captures.set(id, writeTlogProof({ index, proof: tree.proveInclusion(index), checkpoint }))
  }
  return captures
}

function lineOf(tree: MerkleTree, { custody, index }: Placed): ExcerptLine {
  return { ...custody, index, proof: tree.proveInclusion(index).map(toHex) }
}

/** False when the locker is in another epoch: then nothing may leave with a checkpoint that it would not remember. */
async function keepHead(open: OpenLocker, checkpoint: string): Promise<boolean> {
  const head = await sealHead(open, checkpoint)
  const db = openDatabase()
  return db.transaction('rw', db.meta, async () => {
    if ((await storedEpoch()) !== open.epoch) return false
    await db.meta.update('0', { head })
    return true
  })
}
