import 'fake-indexeddb/auto'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { beforeEach, describe, expect, it } from 'vitest'
import { browser } from 'wxt/browser'
import { concatBytes, toUtf8 } from '../../../utils/crypto/bytes'
import { makeSealingPair } from '../../../utils/crypto/seal'
import { keepAssessment } from '../../../utils/locker/assessments'
import { openDatabase } from '../../../utils/locker/database'
import { wipeLocker } from '../../../utils/locker/delete'
import { createDropBox, measureDropBox, readDropBox, removeHandedOver } from '../../../utils/locker/drop-box'
import { ingestItems, withdrawItem } from '../../../utils/locker/items'
import { createLocker, lockerState, openLocker, publicHalf } from '../../../utils/locker/keyring'
import { testHandOver } from '../../../utils/locker/read-hand-over'
import { findReceivingKey } from '../../../utils/locker/receiving-key'
import { writeHandOver } from '../../../utils/locker/write-hand-over'
import { sampleAssessment, sampleId } from '../../support/sample-items'
import {
  capture,
  cell,
  cheap,
  expectValue,
  makeLocker,
  passphrase,
  readWholeDatabase,
  rewriteRow,
  startFresh,
  unlock,
} from './locker-under-test'

const writtenAt = new Date('2024-07-01T10:00:00.000Z')
let organisation: { identity: string; recipient: string }

beforeEach(async () => {
  await startFresh()
  organisation = await makeSealingPair()
})

const makeDropBox = () => createDropBox({ key: organisation.recipient })

async function handOver(): Promise<{
  file: Blob
  key: { kind: 'identities'; identities: readonly string[] }
}> {
  const { stream, key } = expectValue(await writeHandOver({ writtenAt }))
  if (key.kind !== 'identities') throw new Error('A hand-over has no passphrase')
  const pieces: Uint8Array[] = []
  for await (const piece of stream) pieces.push(piece)
  return { file: new Blob([concatBytes(...pieces)]), key }
}

describe('a receiving key', () => {
  it('is found in what was pasted, in a file with remarks and in the capitals of a QR code', () => {
    const key = organisation.recipient
    expect(findReceivingKey(`  ${key}\n`)).toBe(key)
    expect(findReceivingKey(`# made in July\r\n${key}\r\n`)).toBe(key)
    expect(findReceivingKey(key.toUpperCase())).toBe(key)
    expect(findReceivingKey(`Our key: ${key} (${key})`)).toBe(key)
  })

  it('is nothing else: no shorter kind of key, no private half, no key that was changed, not two', async () => {
    const weak = await identityToRecipient(await generateX25519Identity())
    const other = await makeSealingPair()
    const changed = organisation.recipient.replace(/.$/, (last) => (last === 'q' ? 'p' : 'q'))
    const wrong = ['', 'age1', weak, organisation.identity, changed, organisation.recipient.slice(0, -1)]
    for (const text of [...wrong, `${organisation.recipient}\n${other.recipient}`]) {
      expect(findReceivingKey(text)).toBeNull()
      expect(await createDropBox({ key: text })).toEqual({
        ok: false,
        problem: { code: 'not-a-receiving-key' },
      })
    }
    expect(await lockerState()).toBe('none')
  })
})

describe('a drop-box', () => {
  it('takes captures in, and holds nothing that opens them', async () => {
    const half = expectValue(await makeDropBox())
    expect(half).toMatchObject({ recipient: organisation.recipient, epoch: 1 })
    expect(await publicHalf()).toEqual(half)
    expect(await readDropBox()).toEqual(half)
    expect(await lockerState()).toBe('drop-box')
    await capture({ seed: 1 })
    expectValue(await keepAssessment({ ...half, assessment: sampleAssessment(sampleId(1)) }))

    const rows = await readWholeDatabase()
    const stores = rows.map(({ store }) => store)
    expect(stores.filter((store) => ['slots', 'records', 'index'].includes(store))).toEqual([])
    const meta = rows.filter(({ store }) => store === 'meta').map(({ row }) => Object.keys(row).sort())
    expect(meta).toEqual([['epoch', 'id', 'lockerId', 'recipient', 'schema']])
    expect(cell.file).toHaveLength(0)
    expect(await browser.storage.session.get(null)).toEqual({})
    expect(await browser.storage.local.get(null)).toEqual({})
    const everything = rows.flatMap(({ row }) => Object.values(row))
    const texts = everything.map((value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : JSON.stringify(value),
    )
    expect(texts.join('\n')).not.toMatch(/AGE-SECRET-KEY/i)
  })

  it('opens for no passphrase and no recovery code, nor for a key put into the memory', async () => {
    expectValue(await makeDropBox())
    await capture({ seed: 1 })
    expect(await unlock()).toEqual({ ok: false, problem: { code: 'drop-box' } })
    await browser.storage.session.set({ k: Buffer.alloc(32, 7).toString('base64') })
    expect(await openLocker()).toBeNull()
    expect(await lockerState()).toBe('drop-box')
    const forged = { ...(await publicHalf()), kek: null } as never
    await expect(ingestItems(forged)).resolves.toMatchObject({ ingested: 0 })
    expect(await openDatabase().inbox.count()).toBe(1)
  })

  it('is made where there is nothing yet, and no locker beside it', async () => {
    expectValue(await makeDropBox())
    const exists = { ok: false, problem: { code: 'locker-exists' } }
    expect(await makeDropBox()).toEqual(exists)
    expect(await createLocker({ passphrase, cost: cheap })).toEqual(exists)
    await startFresh()
    await makeLocker()
    expect(await makeDropBox()).toEqual(exists)
    expect(await readDropBox()).toBeNull()
    expect(await lockerState()).toBe('open')
  })

  it('is made once when two pages make it at once', async () => {
    const both = await Promise.all([makeDropBox(), makeDropBox()])
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true])
  })

  it('tells how many wait and about how large they are, and takes the last one back', async () => {
    expectValue(await makeDropBox())
    expect(await measureDropBox()).toEqual({ items: 0, bytes: 0 })
    await capture({ seed: 1 })
    await capture({ seed: 2 })
    const { items, bytes } = await measureDropBox()
    const stored = (await readWholeDatabase()).filter(({ store }) => store === 'blobs' || store === 'inbox')
    const real = stored.map(({ row }) => (row.meta as Uint8Array | undefined) ?? (row.bytes as Uint8Array))
    expect(items).toBe(2)
    expect(bytes).toBe(real.reduce((sum, { length }) => sum + length, 0))
    expectValue(await withdrawItem(sampleId(1)))
    expect(await measureDropBox()).toMatchObject({ items: 1 })
  })

  it('can be erased', async () => {
    expectValue(await makeDropBox())
    await capture({ seed: 1 })
    expect(await wipeLocker()).toEqual({ ok: true, value: { isErased: true } })
    expect(await lockerState()).toBe('none')
  })
})

describe('handing over', () => {
  it('gives everything as it was sealed, and opens nothing for it', async () => {
    const half = expectValue(await makeDropBox())
    const { item } = await capture({ seed: 1 })
    await capture({ seed: 2 })
    expectValue(await keepAssessment({ ...half, assessment: sampleAssessment(item.id) }))
    const before = await readWholeDatabase()
    const { file, key } = await handOver()
    const rows = (await openDatabase().rows.toCollection().primaryKeys()) as string[]
    expect(await testHandOver({ file, key })).toEqual({
      ok: true,
      value: {
        dropBox: half.lockerId,
        writtenAt: writtenAt.toISOString(),
        items: [1, 2].map(sampleId).sort(),
        rows,
        leftOut: 0,
      },
    })
    expect(await readWholeDatabase()).toEqual(before)
    const bytes = Buffer.from(await file.arrayBuffer())
    for (const word of [item.post.text ?? '', item.id, half.lockerId, 'hand-over.json'])
      expect(bytes.includes(Buffer.from(toUtf8(word)))).toBe(false)
  })

  it('leaves out and counts what is damaged, and tells when nothing waits', async () => {
    expectValue(await makeDropBox())
    expect(await writeHandOver({ writtenAt })).toEqual({ ok: false, problem: { code: 'not-found' } })
    const { item } = await capture({ seed: 1 })
    await capture({ seed: 2 })
    const row = await openDatabase().inbox.get(item.id)
    await openDatabase().blobs.delete(row?.blobIds[0] ?? '')
    const { file, key } = await handOver()
    expect(expectValue(await testHandOver({ file, key }))).toMatchObject({ items: [sampleId(2)], leftOut: 1 })
    await rewriteRow('inbox', sampleId(2), { header: new Uint8Array(30) })
    const second = await handOver()
    expect(expectValue(await testHandOver(second))).toMatchObject({ items: [], leftOut: 2 })
  })

  it('can be stopped', async () => {
    expectValue(await makeDropBox())
    for (const seed of [1, 2, 3]) await capture({ seed })
    const abort = new AbortController()
    const onProgress = ({ done }: { done: number }) => {
      if (done === 1) abort.abort()
    }
    const { stream } = expectValue(await writeHandOver({ writtenAt, signal: abort.signal, onProgress }))
    await expect(new Response(stream).arrayBuffer()).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('is for drop-boxes alone', async () => {
    await makeLocker()
    await capture({ seed: 1 })
    expect(await writeHandOver({ writtenAt })).toEqual({ ok: false, problem: { code: 'no-locker' } })
  })

  it('lets what was handed over be removed, and keeps what came since', async () => {
    const half = expectValue(await makeDropBox())
    await capture({ seed: 1 })
    expectValue(await keepAssessment({ ...half, assessment: sampleAssessment(sampleId(1)) }))
    const { items, rows } = expectValue(await testHandOver(await handOver()))
    await capture({ seed: 2 })
    expect(expectValue(await removeHandedOver({ items, rows }))).toEqual({ removed: 1 })
    expect(await measureDropBox()).toMatchObject({ items: 1 })
    const left = (await readWholeDatabase()).map(({ store }) => store)
    expect(left.filter((store) => store === 'rows')).toEqual([])
    expect(left.filter((store) => store === 'blobs')).toHaveLength(
      (await openDatabase().inbox.get(sampleId(2)))?.blobIds.length ?? -1,
    )
  })
})
