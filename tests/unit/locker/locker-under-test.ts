import { Dexie } from 'dexie'
import { vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { concatBytes, toHex, toUtf8 } from '../../../utils/crypto/bytes'
import { canonicalBytes } from '../../../utils/crypto/canonical-json'
import { sha256Bytes } from '../../../utils/crypto/digest'
import { closeDatabase, openDatabase, type SlotRow } from '../../../utils/locker/database'
import { keepItem, sealItem } from '../../../utils/locker/items'
import {
  createLocker,
  lockLocker,
  type OpenLocker,
  publicHalf,
  unlockLocker,
} from '../../../utils/locker/keyring'
import { readRows } from '../../../utils/locker/rows'
import { useShredCell } from '../../../utils/locker/shred'
import type { OpenedItem } from '../../../utils/model/item'
import type { Outcome } from '../../../utils/model/problem'
import { memoryCell } from '../../support/memory-cell'
import { type SampleItemOptions, sampleItem } from '../../support/sample-items'

export const passphrase = 'stubble wiring muck disparate yo-yo late'
/** As cheap as Argon2 goes; a test of its own holds the real cost. */
export const cheap = { memoryKib: 8, passes: 1, lanes: 1 }

/** The file that can be overwritten, as it lies on the disk of this test. */
export let cell = memoryCell()

/** A browser without a locker. */
export async function startFresh(): Promise<void> {
  fakeBrowser.reset()
  cell = memoryCell()
  useShredCell(cell)
  closeDatabase()
  await Dexie.delete('store')
}

/** The value, or a failure of the test. */
export function expectValue<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`Problem: ${JSON.stringify(outcome.problem)}`)
  return outcome.value
}

/** A new locker, unlocked. */
export async function makeLocker(): Promise<OpenLocker> {
  return expectValue(await createLocker({ passphrase, cost: cheap }))
}

/** Unlocks with slots as cheap as those of `makeLocker`. */
export function unlock(words = passphrase): Promise<Outcome<OpenLocker>> {
  return unlockLocker({ passphrase: words, cost: cheap })
}

/** Locks and unlocks: nothing that was opened before is known any more. */
export async function relock(): Promise<OpenLocker> {
  await lockLocker()
  return expectValue(await unlock())
}

/** The stores of which single rows are read on the way. */
export async function storesReadBy(work: () => Promise<unknown>): Promise<string[]> {
  const get = vi.spyOn(IDBObjectStore.prototype, 'get')
  await work()
  const names = get.mock.contexts.map((store) => (store as IDBObjectStore).name)
  get.mockRestore()
  return [...new Set(names)]
}

/** Captures a sample item with nothing but the public half. */
export async function capture(options: SampleItemOptions = {}): Promise<OpenedItem> {
  const half = await publicHalf()
  if (half === null) throw new Error('No locker')
  const opened = sampleItem(options)
  expectValue(await keepItem(await sealItem({ ...half, item: opened.item, parts: opened.parts })))
  return opened
}

/** The kinds of rows besides those of the custody log, sorted. */
export async function ownRows(open: OpenLocker): Promise<string[]> {
  const { rows } = await readRows(open)
  return rows.flatMap(({ kind }) => (kind === 'custody' ? [] : [kind])).sort()
}

/** Changes each stored value of a row in place, as somebody with the disk could. */
export async function rewriteRow(
  store: 'meta' | 'slots' | 'inbox' | 'records' | 'blobs' | 'rows' | 'index',
  id: string,
  changed: Record<string, unknown>,
): Promise<void> {
  const table = openDatabase().table(store)
  await table.put({ ...(await table.get(id)), ...changed })
}

/** A slot that was changed, with its checksum made anew, as somebody with the disk could. */
export async function withCheck<T extends SlotRow>(slot: T): Promise<T> {
  const parts =
    slot.method === 2
      ? ['hkdf-sha256', toHex(slot.salt)]
      : [`argon2id-19-m${slot.memoryKib}-t${slot.passes}-p${slot.lanes}`, toHex(slot.salt)]
  if (slot.method === 3) parts.push('prf', toHex(slot.credential), toHex(slot.input))
  const start = canonicalBytes([slot.id, slot.method])
  return { ...slot, check: await sha256Bytes(concatBytes(start, toUtf8(parts.join('-')), slot.root)) }
}

/** Puts bytes in place of those that lie in the file. */
export function rewriteCell(file: Uint8Array<ArrayBuffer>): void {
  cell.file = file.slice()
}

/** The bytes with one bit turned round. */
export function flip(bytes: Uint8Array<ArrayBuffer>, bit: number): Uint8Array<ArrayBuffer> {
  const flipped = bytes.slice()
  flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return flipped
}

/** Everything that the database holds, as one row a line of store and row. */
export async function readWholeDatabase(): Promise<{ store: string; row: Record<string, unknown> }[]> {
  const all: { store: string; row: Record<string, unknown> }[] = []
  for (const table of openDatabase().tables) {
    for (const row of await table.toArray()) all.push({ store: table.name, row })
  }
  return all
}
