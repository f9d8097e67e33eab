import { fromHex, toHex } from '../crypto/bytes'
import { readCheckpointHead } from '../custody/checkpoint'
import type { SaltedEntry } from '../custody/entry'
import { type Identity, keyIn, originOf } from '../custody/identity'
import { growTree, type MerkleTree } from '../custody/merkle'
import { entriesIn, leafOf } from './custody'
import type { MetaRow } from './database'
import { readMeta } from './epoch'
import type { OpenLocker } from './keyring'
import { readLeaves } from './log'
import { readRows } from './rows'
import { openHead } from './signing'

/** The leaves as a tree, and where each lies in it. */
export type Log = { tree: MerkleTree; places: ReadonlyMap<string, number> }

/** The log; null when a leaf is missing, or when it is not what the last signed checkpoint was over. */
export async function readLog(open: OpenLocker, meta: MetaRow): Promise<Log | null> {
  const { leaves, isWhole } = await readLeaves()
  if (!isWhole) return null
  const tree = await growTree(leaves)
  if (!(await isGrownFrom(open, meta, tree))) return null
  const places = new Map<string, number>()
  for (const [index, leaf] of leaves.entries()) {
    const hex = toHex(leaf)
    // The first of two: a copy that came back from a backup proves no more than the capture did.
    if (!places.has(hex)) places.set(hex, index)
  }
  return { tree, places }
}

/** Whether the tree is what the last signed checkpoint was over, with nothing but leaves added to it. */
export async function isGrownFrom(open: OpenLocker, meta: MetaRow, tree: MerkleTree): Promise<boolean> {
  const note = await openHead(open, meta)
  if (note === null) return true
  // Sealed under the KEK, so it is the locker's own, whatever key signed it then.
  const head = note === 'damaged' ? null : readCheckpointHead(note)
  return head !== null && head.size <= tree.size && toHex(tree.rootAt(head.size)) === toHex(head.root)
}

/** An entry with its place in the log. */
export type Placed = { custody: SaltedEntry; index: number }

/** The entries that are in the log, each with its place. */
export async function placeEntries({ places }: Log, entries: readonly SaltedEntry[]): Promise<Placed[]> {
  const placed: Placed[] = []
  for (const custody of entries) {
    const index = places.get(toHex(await leafOf(custody)))
    if (index !== undefined) placed.push({ custody, index })
  }
  return placed
}

/** The keys since the last one that no other signed. Null when there is none. */
export async function identityOf(entries: readonly Placed[]): Promise<Identity | null> {
  const keys = entries
    .toSorted((one, other) => one.index - other.index)
    .flatMap(({ custody }) => keyIn(custody.entry) ?? [])
  const from = keys.findLastIndex(({ signature }) => signature === null)
  const first = keys[from]
  if (!first) return null
  return { version: 1, origin: await originOf(fromHex(first.publicKey)), keys: keys.slice(from) }
}

/** The name of this locker's log; null where it cannot be read. */
export async function ownLog(open: OpenLocker): Promise<string | null> {
  const read = await readMeta()
  const log = read.ok ? await readLog(open, read.value) : null
  const identity = log && (await readIdentity(open, log))
  return identity?.origin ?? null
}

/** The keys of this locker's log; null where there is none. */
export async function readIdentity(open: OpenLocker, log: Log): Promise<Identity | null> {
  const entries = entriesIn((await readRows(open)).rows).map(({ custody }) => custody)
  return identityOf(
    await placeEntries(
      log,
      entries.filter(({ entry }) => entry.kind === 'key'),
    ),
  )
}
