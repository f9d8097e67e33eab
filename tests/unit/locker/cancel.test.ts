import 'fake-indexeddb/auto'
import { generateHybridIdentity, identityToRecipient } from 'age-encryption'
import { beforeEach, describe, expect, it } from 'vitest'
import { concatBytes } from '../../../utils/crypto/bytes'
import type { EncryptTo } from '../../../utils/crypto/recipients'
import { writeBackup } from '../../../utils/locker/backup'
import { changePassphrase } from '../../../utils/locker/change-keys'
import { openDatabase } from '../../../utils/locker/database'
import { deletePermanently } from '../../../utils/locker/delete'
import { findDamage } from '../../../utils/locker/find-damage'
import { countItems, ingestItems, listItems, openItem } from '../../../utils/locker/items'
import { lockLocker, type OpenLocker, openLocker } from '../../../utils/locker/keyring'
import { testBackup } from '../../../utils/locker/read-backup'
import { restoreBackup } from '../../../utils/locker/restore'
import type { Watch } from '../../../utils/locker/rotate'
import { readSessionKeys } from '../../../utils/locker/session-keys'
import { sampleId } from '../../support/sample-items'
import {
  capture,
  cheap,
  expectValue,
  makeLocker,
  passphrase,
  readWholeDatabase,
  startFresh,
  unlock,
} from './locker-under-test'

type Bytes = Uint8Array<ArrayBuffer>

const next = 'walnut cradle plank overture amid dice'
const cancelled = { ok: false, problem: { code: 'cancelled' } }
const madeAt = new Date('2024-07-01T10:00:00.000Z')
/** More than are read at once. */
const many = 60
let open: OpenLocker

beforeEach(async () => {
  await startFresh()
  open = await makeLocker()
})

async function fill(count: number): Promise<void> {
  for (let seed = 1; seed <= count; seed++) await capture({ seed })
  await ingestItems(open)
  await listItems(open)
}

/** Gives up when so many are done, or before anything begins. */
function stopAt(done: number | null): Watch & { told: number[] } {
  const abort = new AbortController()
  if (done === null) abort.abort()
  const told: number[] = []
  return {
    told,
    signal: abort.signal,
    onProgress: (progress) => {
      told.push(progress.done)
      if (progress.done === done) abort.abort()
    },
  }
}

describe('a rotation that is given up', () => {
  const itemIds = [sampleId(1)]
  const acts: Record<string, (watch: Watch) => Promise<unknown>> = {
    'a deletion': (watch) => deletePermanently(open, { itemIds, passphrase, cost: cheap, ...watch }),
    'a new passphrase': (watch) =>
      changePassphrase({ by: { passphrase, cost: cheap }, passphrase: next, ...watch }),
  }

  it.each(Object.keys(acts))('leaves everything as it was: %s', async (name) => {
    await fill(3)
    const before = await readWholeDatabase()
    for (const done of [null, 3]) {
      expect(await acts[name]?.(stopAt(done))).toEqual(cancelled)
      expect(await readWholeDatabase()).toEqual(before)
      expect(await readSessionKeys()).toHaveLength(1)
      expect((await openLocker())?.epoch).toBe(1)
    }
    await lockLocker()
    open = expectValue(await unlock())
    expect((await openItem(open, sampleId(1))).ok).toBe(true)
    expect((await unlock(next)).ok).toBe(false)
  })

  it('can be begun again, and then ends', async () => {
    await fill(3)
    const ask = { itemIds, passphrase, cost: cheap }
    expect(await deletePermanently(open, { ...ask, ...stopAt(null) })).toEqual(cancelled)
    const { deleted } = expectValue(await deletePermanently(open, ask))
    expect(deleted).toBe(1)
    open = expectValue(await unlock())
    expect((await listItems(open)).items.map(({ id }) => id).sort()).toEqual([2, 3].map(sampleId).sort())
  })

  it('stays locked when the locker was locked meanwhile', async () => {
    await fill(1)
    const { signal, onProgress } = stopAt(1)
    const lockToo: Watch = {
      signal,
      onProgress: (progress) => {
        onProgress?.(progress)
        void lockLocker()
      },
    }
    expect(await deletePermanently(open, { itemIds, passphrase, cost: cheap, ...lockToo })).toEqual(cancelled)
    expect(await readSessionKeys()).toHaveLength(0)
    expect((await unlock()).ok).toBe(true)
  })
})

describe('a rotation under which something happens', () => {
  /** What comes of it when this is done while the keys are wrapped anew. */
  function deleteWhile(act: () => Promise<unknown>): Promise<unknown> {
    const watch: Watch = { onProgress: () => void act() }
    return deletePermanently(open, { itemIds: [sampleId(1)], passphrase, cost: cheap, ...watch })
  }

  it('leaves the locker locked when the lock was pressed meanwhile', async () => {
    await fill(3)
    expect(await deleteWhile(lockLocker)).toMatchObject({ ok: true, value: { deleted: 1 } })
    expect(await readSessionKeys()).toEqual([])
    expect(await openLocker()).toBeNull()
    const again = expectValue(await unlock())
    expect((await listItems(again)).items).toHaveLength(2)
  })

  it('stores nothing over another epoch than the one it began in', async () => {
    await fill(3)
    const before = (await readWholeDatabase()).filter(({ store }) => store !== 'meta')
    const elsewhere = () => openDatabase().meta.update('0', { epoch: 7 })
    await expect(deleteWhile(elsewhere)).rejects.toThrow('out of turn')
    expect((await readWholeDatabase()).filter(({ store }) => store !== 'meta')).toEqual(before)
    expect((await openDatabase().meta.get('0'))?.epoch).toBe(7)
  })
})

describe('a long backup', () => {
  async function write(to: EncryptTo, watch: Watch = {}): Promise<Bytes> {
    const { signal, onProgress } = watch
    const options = { to, madeAt, ...(signal && { signal }), ...(onProgress && { onProgress }) }
    const pieces: Uint8Array[] = []
    for await (const piece of expectValue(await writeBackup(open, options)).stream) pieces.push(piece)
    return concatBytes(...pieces)
  }

  it('to recipients stops when it is cancelled, and is whole and theirs when it is not', async () => {
    await fill(many)
    const identity = await generateHybridIdentity()
    const to: EncryptTo = { kind: 'recipients', recipients: [await identityToRecipient(identity)] }
    const watch = stopAt(55)
    await expect(write(to, watch)).rejects.toThrow('Cancelled')
    expect(watch.told.at(-1)).toBe(55)
    const file = await write(to)
    const read = () => new Blob([file]).stream()
    const key = { kind: 'identities', identities: [identity] } as const
    expect(expectValue(await testBackup({ file: read(), key }))).toMatchObject({ items: many, leftOut: 0 })
    const stranger = { kind: 'identities', identities: [await generateHybridIdentity()] } as const
    expect(await testBackup({ file: read(), key: stranger })).toMatchObject({
      problem: { code: 'wrong-backup-key' },
    })

    await startFresh()
    open = await makeLocker()
    const { signal, onProgress } = stopAt(57)
    const stopped = await restoreBackup(open, {
      file: read(),
      key,
      ...(signal && { signal }),
      ...(onProgress && { onProgress }),
    })
    expect(stopped).toEqual(cancelled)
    expect(await countItems()).toEqual({ inbox: 0, records: 57 })
    for (const { id } of (await listItems(open)).items) expect((await openItem(open, id)).ok).toBe(true)
    const { items } = expectValue(await restoreBackup(open, { file: read(), key }))
    expect(items).toEqual({ added: many - 57, same: 57, conflicts: [] })
  })

  it('leaves out, over all that is read at once, just what is damaged or gone', async () => {
    await fill(many)
    const db = openDatabase()
    const [blobId = ''] = (await db.records.get(sampleId(7)))?.blobIds ?? []
    await db.blobs.put({ id: blobId, bytes: new Uint8Array(4_124) })
    const [lostId = ''] = (await db.records.get(sampleId(52)))?.blobIds ?? []
    await db.blobs.delete(lostId)
    const passphraseTo = { kind: 'passphrase', passphrase: next, workFactor: 4 } as const
    const file = await write(passphraseTo)
    const tested = await testBackup({
      file: new Blob([file]).stream(),
      key: { kind: 'passphrase', passphrase: next },
    })
    expect(expectValue(tested)).toMatchObject({ items: many - 2, leftOut: 2 })
    let pauses = 0
    const damaged = await findDamage(open, {
      pause: async () => {
        pauses += 1
      },
    })
    expect(damaged.sort()).toEqual([sampleId(7), sampleId(52)].sort())
    expect(pauses).toBe(1)
  })
})
