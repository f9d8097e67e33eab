import { type Bytes, equalBytes } from '../crypto/bytes'
import { openSealedKey, placeOf, type RecordPurpose, unwrapKey, wrapKey } from '../crypto/seal'
import { type KeyRow, RecordRow, SealedRow } from './database'
import type { OpenLocker } from './keyring'
import { eachStored, keysOf, markOf, type WrappedStore, withKey } from './stored-rows'

/** The key of a row as it was found, and as it is to be; null when it was damaged and stays as it is. */
type Rewrapped = { found: unknown; key: Bytes | null }

/** The new keys of all rows of a store by id. */
export type Rewraps = Map<string, Rewrapped>

/** From which epoch to which; `identity` opens what is still sealed to the public half. */
export type Rewrap = { from: OpenLocker; to: { kek: CryptoKey; epoch: number }; identity: string }

const batchSize = 200

/**
 * The keys of every row of a store under the next KEK. What `before` holds unchanged is not done again. `onDone`
 * hears how many rows were done with each batch, and may throw to give all of it up.
 */
export async function rewrapStore(
  store: WrappedStore,
  rewrap: Rewrap,
  options: { before: Rewraps; onDone: (rows: number) => void },
): Promise<Rewraps> {
  const { before, onDone } = options
  const after: Rewraps = new Map()
  await eachStored(store, batchSize, async (stored) => {
    const rows = stored.map(({ row, newer }) => withKey(row, newer))
    const done = await Promise.all(
      rows.map((row) => {
        const known = before.get(row.id)
        return known && isSame(known.found, row.key) ? known : rewrapRow(store, rewrap, row)
      }),
    )
    for (const [index, row] of rows.entries()) {
      const one = done[index]
      if (one) after.set(row.id, one)
    }
    onDone(rows.length)
  })
  return after
}

/**
 * Puts the new keys in place of all older ones, inside the transaction of its caller. False when a row came or
 * changed since they were made: then the transaction must be given up.
 */
export async function putRewraps(
  store: WrappedStore,
  rewraps: Rewraps,
  to: { epoch: number; without: ReadonlySet<string> },
): Promise<boolean> {
  let isComplete = true
  const keys: KeyRow[] = []
  await eachStored(store, batchSize, async (stored) => {
    for (const { row, newer } of stored) {
      if (to.without.has(row.id)) continue
      const made = rewraps.get(row.id)
      const of = markOf(row.key)
      if (!made || !isSame(made.found, withKey(row, newer).key)) isComplete = false
      else if (made.key && of) keys.push({ id: row.id, of, key: made.key, wrapEpoch: to.epoch })
    }
  })
  if (!isComplete) return false
  await keysOf(store).clear()
  await keysOf(store).bulkAdd(keys)
  return true
}

async function rewrapRow(
  store: WrappedStore,
  rewrap: Rewrap,
  stored: { id: string; key: unknown },
): Promise<Rewrapped> {
  const damaged = { found: stored.key, key: null }
  const parsed = (store === 'records' ? RecordRow : SealedRow).safeParse(stored)
  if (!parsed.success) return damaged
  const { id, header, key: box, wrapEpoch } = parsed.data
  const purpose: RecordPurpose = store === 'records' ? 'item' : 'row'
  const at = await placeOf({ lockerId: rewrap.from.lockerId, purpose, recordId: id, header })
  if (at === null) return damaged
  const raw =
    wrapEpoch === 0
      ? await openSealedKey(rewrap.identity, box, at.hash)
      : await unwrapKey({ kek: rewrap.from.kek, place: at.place, epoch: wrapEpoch, box })
  if (raw === null) return damaged
  const { kek, epoch } = rewrap.to
  const key = await wrapKey({ kek, place: at.place, epoch, raw })
  raw.fill(0)
  return { found: box, key }
}

function isSame(one: unknown, other: unknown): boolean {
  if (!(one instanceof Uint8Array) || !(other instanceof Uint8Array)) return one === other
  return equalBytes(one, other)
}
