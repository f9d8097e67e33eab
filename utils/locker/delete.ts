import { Dexie } from 'dexie'
import { browser } from 'wxt/browser'
import { fail, type Outcome, succeed } from '../model/problem'
import { closeDatabase, openDatabase } from './database'
import { inTurn } from './in-turn'
import type { OpenLocker } from './keyring'
import { rotate, type Watch } from './rotate'
import { shredCell } from './shred'
import { eraseCell } from './shred-cell'
import { guardStorage } from './storage-problem'
import { enter, forget, type WayIn } from './ways-in'

/**
 * Deletes items with their parts and assessments so that they open no more, also for whoever knows the passphrase
 * and has everything that is left on this disk: a new epoch without them. Reaches no copy of the profile, no
 * backup, no bundle, and no block that a drive or file system keeps of a file that was overwritten. Cases that
 * named an item keep its id. `isErased` is false when the old secret is yet to be overwritten; the next unlock
 * does it. Problems: those of `enter` and `rotate`; `not-found` when none of the items is there.
 */
export function deletePermanently(
  open: OpenLocker,
  deletion: { itemIds: readonly string[] } & Watch & WayIn,
): Promise<Outcome<{ open: OpenLocker; deleted: number; isErased: boolean }>> {
  const { itemIds, onProgress, signal } = deletion
  return guardStorage(() =>
    inTurn(async () => {
      const entered = await enter(deletion)
      if (!entered.ok) return entered
      try {
        if (entered.value.meta.lockerId !== open.lockerId || !(await isAnyThere(itemIds)))
          return fail('not-found')
        return await rotate({ entered: entered.value, without: itemIds, onProgress, signal })
      } finally {
        forget(entered.value)
      }
    }),
  )
}

/**
 * Erases the locker with everything in it: first the secret without which nothing opens, then the key in memory, then
 * the stores; what one of these meets keeps none of the others from being tried. Asks for nothing and waits for no
 * other page. `isErased` is false where the file could not be overwritten: then the stores are gone, but what the
 * browser leaves of them on the disk opens with the passphrase; and where the key stays in memory, with which it opens
 * until the browser ends. Problems: `storage-unavailable` when the stores could not be removed; the secret may be erased
 * then.
 */
export function wipeLocker(): Promise<Outcome<{ isErased: boolean }>> {
  return guardStorage(async () => {
    const isOverwritten = (await overwriteCell()) && (await wasInCell())
    const isForgotten = await forgetEverything()
    await removeStores()
    return succeed({ isErased: isOverwritten && isForgotten })
  })
}

async function overwriteCell(): Promise<boolean> {
  const cell = shredCell()
  try {
    return cell !== null && (await eraseCell(cell))
  } catch {
    // Held or damaged: better removed than left, and unlocked, as a whole.
    return false
  }
}

async function forgetEverything(): Promise<boolean> {
  try {
    await browser.storage.session.clear()
    return true
  } catch {
    // Without the stores, the key opens nothing that is still there.
    return false
  }
}

/** Emptied first, for that waits for no other page that has the database open. */
async function removeStores(): Promise<void> {
  const db = openDatabase()
  try {
    await db.transaction('rw', db.tables, () => Promise.all(db.tables.map((table) => table.clear())))
  } catch {
    // What cannot be opened can still be removed.
  }
  closeDatabase()
  await Dexie.delete('store')
}

/** A locker whose row cannot be read says nothing against it: then the file is all there was. */
async function wasInCell(): Promise<boolean> {
  try {
    return (await openDatabase().meta.get('0'))?.shred === undefined
  } catch {
    return true
  }
}

async function isAnyThere(itemIds: readonly string[]): Promise<boolean> {
  const db = openDatabase()
  const [records, inbox] = [await db.records.bulkGet([...itemIds]), await db.inbox.bulkGet([...itemIds])]
  return [...records, ...inbox].some((row) => row !== undefined)
}
