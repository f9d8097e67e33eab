import type { Bytes } from '../crypto/bytes'
import { hashLength } from '../custody/merkle'
import { openDatabase } from './database'

/** Adds leaves to the end of the custody log; within the transaction of what they stand for, which must include `log`. */
export async function appendLeaves(leaves: readonly Bytes[]): Promise<void> {
  if (leaves.length === 0) return
  const { log } = openDatabase()
  const last = await log.where('id').between(0, Number.MAX_SAFE_INTEGER).last()
  const start = last === undefined ? 0 : last.id + 1
  await log.bulkAdd(leaves.map((leaf, index) => ({ id: start + index, leaf })))
}

/** The leaves of the custody log in their order. `isWhole` is false when one is missing or is none. */
export async function readLeaves(): Promise<{ leaves: Bytes[]; isWhole: boolean }> {
  const rows = await openDatabase().log.toArray()
  const isWhole = rows.every(
    ({ id, leaf }, index) => id === index && leaf instanceof Uint8Array && leaf.length === hashLength,
  )
  return { leaves: rows.map(({ leaf }) => leaf), isWhole }
}
