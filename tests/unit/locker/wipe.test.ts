import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { browser } from 'wxt/browser'
import { wipeLocker } from '../../../utils/locker/delete'
import { ingestItems } from '../../../utils/locker/items'
import { lockerState } from '../../../utils/locker/keyring'
import { useShredCell } from '../../../utils/locker/shred'
import { capture, cell, makeLocker, passphrase, startFresh } from './locker-under-test'
import { openEverything, type Residue, rememberWrites } from './residue'

const offers = [{ kind: 'passphrase', passphrase }] as const
let residue: Residue
let stop: () => void

beforeEach(async () => {
  await startFresh()
  const writes = rememberWrites()
  residue = writes.residue
  stop = writes.stop
  await ingestItems(await makeLocker())
  await capture({ seed: 1 })
})

afterEach(() => stop())

describe('wipeLocker, where something fails', () => {
  it('removes what it can when the file with the secret cannot be overwritten, and says so', async () => {
    useShredCell({
      read: cell.read,
      write: async () => {
        throw new DOMException('held', 'NoModificationAllowedError')
      },
    })
    expect(await wipeLocker()).toEqual({ ok: true, value: { isErased: false } })
    expect(await browser.storage.session.get(null)).toEqual({})
    expect(await lockerState()).toBe('none')
  })

  it('removes the stores when the key in memory cannot be removed, and says so', async () => {
    vi.spyOn(browser.storage.session, 'clear').mockRejectedValueOnce(new Error('no such area'))
    expect(await wipeLocker()).toEqual({ ok: true, value: { isErased: false } })
    expect(await lockerState()).toBe('none')
    expect(await openEverything({ residue, file: cell.file, offers })).toEqual(new Set())
  })

  it('overwrites each slot of the file that can be', async () => {
    const { write } = cell
    const before = { residue, file: cell.file, offers }
    expect((await openEverything(before)).size).toBeGreaterThan(0)
    useShredCell({
      read: cell.read,
      write: async (at, bytes) => {
        if (at === 0) throw new DOMException('no', 'UnknownError')
        await write(at, bytes)
      },
    })
    expect(await wipeLocker()).toEqual({ ok: true, value: { isErased: false } })
    expect(await openEverything({ residue, file: cell.file, offers })).toEqual(new Set())
  })

  it('removes a database in which nothing can be written', async () => {
    vi.spyOn(IDBObjectStore.prototype, 'clear').mockImplementation(() => {
      throw new DOMException('broken', 'UnknownError')
    })
    expect(await wipeLocker()).toEqual({ ok: true, value: { isErased: true } })
    vi.restoreAllMocks()
    expect(await lockerState()).toBe('none')
  })
})
