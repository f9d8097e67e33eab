import { toHex } from '../crypto/bytes'
import { growTree } from '../custody/merkle'
import { entriesIn, leafOf } from './custody'
import { openDatabase } from './database'
import { inEpoch, readMeta } from './epoch'
import type { OpenLocker } from './keyring'
import { readLeaves } from './log'
import { isGrownFrom } from './placed-log'
import { readItems } from './read-items'
import { capturedLeaf, ingestedLeaf } from './records'
import { readRows } from './rows'

/**
 * How the custody log and the locker do not fit each other. `isChanged`: the log has a gap, is shorter than its last
 * signed checkpoint, or is not what that was over. `unknown`: items and entries that are here and not in the log.
 * `removed`: leaves of the log for which nothing is here, nor an entry that says it was deleted.
 */
export type LogDamage = { isChanged: boolean; unknown: number; removed: number }

const tries = 3

/**
 * Holds the custody log against everything in the locker. Null when nothing can be said: the locker was locked or
 * kept being written to meanwhile, or its header is damaged. Reads the facts of every item, so it takes a while.
 */
export async function checkLog(
  open: OpenLocker,
  options: { pause?: () => Promise<void> } = {},
): Promise<LogDamage | null> {
  for (let attempt = 0; attempt < tries; attempt++) {
    const before = await openDatabase().log.count()
    const found = await inEpoch(open, (current) => compare(current, options))
    // Every act adds a leaf: when there are as many as before, nothing was done meanwhile.
    if (found === null || (await openDatabase().log.count()) === before) return found
  }
  return null
}

async function compare(
  open: OpenLocker,
  options: { pause?: () => Promise<void> },
): Promise<LogDamage | null> {
  const read = await readMeta()
  if (!read.ok) return null
  const { leaves, isWhole } = await readLeaves()
  const isChanged = !isWhole || !(await isGrownFrom(open, read.value, await growTree(leaves)))
  const here = await readHere(open, options)
  if (here === null) return null
  const logged = new Set(leaves.map(toHex))
  const unknown = [...here.leaves].filter((leaf) => !logged.has(leaf)).length
  const orphans = leaves.filter((leaf) => !here.leaves.has(toHex(leaf))).length
  return { isChanged, unknown, removed: Math.max(0, orphans - here.excused) }
}

/** The leaves of everything that is here, and how many may be in the log for which nothing is. */
async function readHere(
  open: OpenLocker,
  { pause }: { pause?: () => Promise<void> },
): Promise<{ leaves: Set<string>; excused: number } | null> {
  const db = openDatabase()
  const leaves = new Set<string>()
  const { rows, damaged } = await readRows(open)
  // What is damaged says not which leaf is its own; that it is damaged is said elsewhere.
  let excused = damaged.length + (await db.inbox.count())
  for (const { custody } of entriesIn(rows)) {
    leaves.add(toHex(await leafOf(custody)))
    if (custody.entry.kind === 'deleted') excused += Number(custody.entry.detail.leaves ?? 0)
  }
  const ids = await db.records.toCollection().primaryKeys()
  let done = 0
  for await (const item of readItems(open, ids, 'facts')) {
    if (item === 'locked') return null
    if (item.found === 'damaged') excused += 2
    else if (item.found !== 'gone') {
      const { itemBytes, salt, state } = item.found.record
      leaves.add(toHex(await capturedLeaf(salt, itemBytes)))
      const ingested = await ingestedLeaf(item.id, state)
      if (ingested) leaves.add(toHex(ingested))
    }
    done += 1
    if (done % 50 === 0) await pause?.()
  }
  return { leaves, excused }
}
