import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { browser } from 'wxt/browser'
import { defaultCost } from '../../../utils/crypto/passphrase'
import { makeSealingPair } from '../../../utils/crypto/seal'
import { closeDatabase, openDatabase } from '../../../utils/locker/database'
import {
  askToKeepStorage,
  createLocker,
  lockerState,
  lockLocker,
  onLockChange,
  openLocker,
  publicHalf,
  unlockLocker,
} from '../../../utils/locker/keyring'
import {
  cell,
  cheap,
  expectValue,
  flip,
  makeLocker,
  passphrase,
  readWholeDatabase,
  rewriteCell,
  rewriteRow,
  startFresh,
  unlock,
  withCheck,
} from './locker-under-test'

beforeEach(startFresh)

const problem = (code: string, detail?: string) => ({
  ok: false,
  problem: detail === undefined ? { code } : { code, detail },
})

describe('createLocker', () => {
  it('leaves the locker unlocked, with a key that cannot be read back', async () => {
    expect(await lockerState()).toBe('none')
    expect(await publicHalf()).toBeNull()
    const open = await makeLocker()
    expect(await lockerState()).toBe('open')
    expect(open.kek.extractable).toBe(false)
    expect(open.recipient).toMatch(/^age1pq1/)
    expect(await publicHalf()).toEqual({ lockerId: open.lockerId, recipient: open.recipient, epoch: 1 })
  })

  it('costs 128 MiB and three passes unless told otherwise', { timeout: 60_000 }, async () => {
    expectValue(await createLocker({ passphrase }))
    const [slot] = await openDatabase().slots.toArray()
    expect(slot).toMatchObject({ ...defaultCost, memoryKib: 131_072, passes: 3, lanes: 1 })
    expect(slot?.salt).toHaveLength(16)
    await lockLocker()
    expect((await unlockLocker({ passphrase })).ok).toBe(true)
  })

  it('refuses a weak passphrase and a second locker', async () => {
    expect(await createLocker({ passphrase: 'sommer2024', cost: cheap })).toEqual(problem('weak-passphrase'))
    expect(await lockerState()).toBe('none')
    await makeLocker()
    expect(await createLocker({ passphrase, cost: cheap })).toEqual(problem('locker-exists'))
    expect((await unlock()).ok).toBe(true)
  })

  it('makes one locker when two pages ask at once', async () => {
    const outcomes = await Promise.all([1, 2].map(() => createLocker({ passphrase, cost: cheap })))
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await openDatabase().slots.count()).toBe(1)
    await lockLocker()
    expect((await unlock()).ok).toBe(true)
  })

  it('asks the browser not to clear its storage, and does not wait for the answer', async () => {
    const persist = vi.fn(() => new Promise<boolean>(() => undefined))
    Object.defineProperty(navigator, 'storage', { value: { persist }, configurable: true })
    await makeLocker()
    expect(persist).toHaveBeenCalledTimes(1)
    persist.mockImplementation(async () => true)
    expect(await askToKeepStorage()).toBe(true)
    Reflect.deleteProperty(navigator, 'storage')
    expect(await askToKeepStorage()).toBe(false)
  })

  it('has nothing in common with another locker of the same passphrase', async () => {
    const one = await makeLocker()
    const { file } = cell
    await startFresh()
    const other = await makeLocker()
    expect(one.lockerId).not.toBe(other.lockerId)
    expect(one.recipient).not.toBe(other.recipient)
    expect(file).not.toEqual(cell.file)
  })

  it('opens by no slot of another locker of the same passphrase', async () => {
    await makeLocker()
    const theirs = await openDatabase().slots.toArray()
    await startFresh()
    await makeLocker()
    await openDatabase().slots.clear()
    await openDatabase().slots.bulkAdd(theirs)
    expect(await unlock()).toEqual(problem('wrong-passphrase'))
  })

  it('keeps its secret in the file alone', async () => {
    await makeLocker()
    const secret = Buffer.from(cell.file.subarray(4_096 + 24, 4_096 + 56))
    expect(secret.some((byte) => byte !== 0)).toBe(true)
    for (const { row } of await readWholeDatabase()) {
      for (const value of Object.values(row)) {
        if (value instanceof Uint8Array) expect(Buffer.from(value).includes(secret)).toBe(false)
      }
    }
  })
})

describe('unlockLocker', () => {
  it('gives the same locker again, and takes other forms of the passphrase', async () => {
    const made = await makeLocker()
    await lockLocker()
    const open = expectValue(await unlock(`  ${passphrase.replaceAll(' ', '\u00a0 ')}\n`))
    expect(open.lockerId).toBe(made.lockerId)
    expect(await lockerState()).toBe('open')
    expect((await openLocker())?.recipient).toBe(made.recipient)
  })

  it('says so when there is no locker', async () => {
    expect(await unlock()).toEqual(problem('no-locker'))
    expect(await openLocker()).toBeNull()
  })

  it('refuses a wrong passphrase and stays locked', async () => {
    await makeLocker()
    await lockLocker()
    expect(await unlock(`${passphrase}s`)).toEqual(problem('wrong-passphrase'))
    expect(await unlock('')).toEqual(problem('wrong-passphrase'))
    expect(await lockerState()).toBe('locked')
    expect((await unlock()).ok).toBe(true)
  })

  it('tells a locker of a later version', async () => {
    await makeLocker()
    await rewriteRow('meta', '0', { schema: 3 })
    expect(await unlock()).toEqual(problem('newer-locker'))
    expect(await publicHalf()).toBeNull()
  })

  it('tells one whose whole database is of a later version, and leaves it as it is', async () => {
    await makeLocker()
    closeDatabase()
    const later = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('store', 990)
      opening.onupgradeneeded = () => opening.result.createObjectStore('later', { keyPath: 'id' })
      opening.onsuccess = () => resolve(opening.result)
      opening.onerror = () => reject(opening.error)
    })
    later.close()
    await rewriteRow('meta', '0', { schema: 990 })
    expect(await lockerState()).toBe('locked')
    expect(await unlock()).toEqual(problem('newer-locker'))
    expect(await publicHalf()).toBeNull()
    const names = (await indexedDB.databases()).filter(({ name }) => name === 'store')
    expect(names).toEqual([{ name: 'store', version: 990 }])
  })

  it('tells a public half that someone put in place of the locker’s', async () => {
    await makeLocker()
    const { recipient } = await makeSealingPair()
    await rewriteRow('meta', '0', { recipient })
    await lockLocker()
    expect(await unlock()).toEqual(problem('damaged-record', 'sealing-key'))
    expect(await lockerState()).toBe('locked')
  })

  it('refuses every flip of a bit in meta and slot, naming what is damaged', async () => {
    await makeLocker()
    await lockLocker()
    const db = openDatabase()
    const meta = await db.meta.get('0')
    const [slot] = await db.slots.toArray()
    if (!meta || !slot) throw new Error('No locker')
    const fields = [
      { store: 'meta', row: meta, field: 'sealing', bytes: meta.sealing, detail: 'sealing-key' },
      { store: 'slots', row: slot, field: 'salt', bytes: slot.salt, detail: 'slot' },
      { store: 'slots', row: slot, field: 'root', bytes: slot.root, detail: 'slot' },
      { store: 'slots', row: slot, field: 'check', bytes: slot.check, detail: 'slot' },
    ] as const
    for (const { store, row, field, bytes, detail } of fields) {
      for (let byte = 0; byte < bytes.length; byte++) {
        await rewriteRow(store, row.id, { [field]: flip(bytes, byte * 8 + (byte % 8)) })
        expect(await unlock(), `${field}, byte ${byte}`).toEqual(problem('damaged-record', detail))
      }
      await rewriteRow(store, row.id, { [field]: bytes })
    }
    for (const [field, value] of Object.entries({ memoryKib: 9, passes: 2, lanes: 2, method: 2 })) {
      await rewriteRow('slots', slot.id, { [field]: value })
      expect(await unlock(), field).toEqual(problem('damaged-record', 'slot'))
    }
    await db.slots.put(slot)
    for (const [field, value] of Object.entries({ lockerId: 'x', epoch: 0, schema: 0, recipient: 7 })) {
      await rewriteRow('meta', '0', { [field]: value })
      expect(await unlock(), field).toEqual(problem('damaged-record', 'meta'))
      await db.meta.put(meta)
    }
    await rewriteRow('meta', '0', { epoch: 2 })
    expect(await unlock()).toEqual(problem('cell-lost'))
    await db.meta.put(meta)
    expect((await unlock()).ok).toBe(true)
  })

  it('says that the file is lost when any bit of its secret has changed, or it is gone', async () => {
    await makeLocker()
    await lockLocker()
    const { file } = cell
    for (let byte = 4_096; byte < 4_096 + 88; byte++) {
      rewriteCell(flip(file, byte * 8 + (byte % 8)))
      expect(await unlock(), `byte ${byte}`).toEqual(problem('cell-lost'))
    }
    rewriteCell(new Uint8Array(0))
    expect(await unlock()).toEqual(problem('cell-lost'))
    rewriteCell(file.slice(0, -1))
    expect(await unlock()).toEqual(problem('cell-lost'))
    rewriteCell(file)
    expect((await unlock()).ok).toBe(true)
  })

  it('does no work that a crafted slot asks for beyond the limits', async () => {
    await makeLocker()
    const [slot] = await openDatabase().slots.toArray()
    // Without the allowance of the tests, this cheap slot is below 64 MiB.
    expect(await unlockLocker({ passphrase })).toEqual(problem('damaged-record', 'slot'))
    if (slot?.method !== 1) throw new Error('No slot')
    await openDatabase().slots.put(await withCheck(slot))
    expect((await unlock()).ok).toBe(true)
    for (const crafted of [{ memoryKib: 2 ** 21 }, { passes: 11 }, { memoryKib: 4 }, { lanes: 2 }]) {
      await openDatabase().slots.put(await withCheck({ ...slot, ...crafted }))
      expect(await unlock()).toEqual(problem('damaged-record', 'slot'))
    }
    await openDatabase().slots.put(await withCheck({ ...slot, passes: 2 }))
    expect(await unlock()).toEqual(problem('wrong-passphrase'))
  })

  it('reports a storage that fails', async () => {
    await makeLocker()
    const get = vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(() => {
      throw new DOMException('Broken', 'UnknownError')
    })
    expect(await unlock()).toEqual(problem('storage-unavailable'))
    get.mockRestore()
    expect((await unlock()).ok).toBe(true)
  })
})

describe('the session', () => {
  it('holds the one key while unlocked, nothing while locked, and storage.local never anything', async () => {
    await makeLocker()
    const held = await browser.storage.session.get(null)
    expect(Object.keys(held)).toHaveLength(1)
    expect(Buffer.from(String(Object.values(held)[0]), 'base64')).toHaveLength(32)
    await lockLocker()
    expect(await browser.storage.session.get(null)).toEqual({})
    expect(await browser.storage.local.get(null)).toEqual({})
    expect(await openLocker()).toBeNull()
    expect(await publicHalf()).not.toBeNull()
  })

  it('tells listeners of each lock and unlock until they stop', async () => {
    await makeLocker()
    const listener = vi.fn()
    const stop = onLockChange(listener)
    await lockLocker()
    expect(listener).toHaveBeenCalledTimes(1)
    await unlock()
    expect(listener).toHaveBeenCalledTimes(2)
    await browser.storage.session.set({ other: 1 })
    await browser.storage.local.set({ settings: 1 })
    stop()
    await lockLocker()
    expect(listener).toHaveBeenCalledTimes(2)
  })
})
