import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { concatBytes } from '../../../utils/crypto/bytes'
import { canonicalBytes } from '../../../utils/crypto/canonical-json'
import { decryptStream, encryptStream } from '../../../utils/crypto/recipients'
import { keepAssessment, listAssessments } from '../../../utils/locker/assessments'
import { writeBackup } from '../../../utils/locker/backup'
import { openDatabase } from '../../../utils/locker/database'
import { createDropBox } from '../../../utils/locker/drop-box'
import { deleteItem, listItems, openItem, withdrawItem } from '../../../utils/locker/items'
import type { OpenLocker } from '../../../utils/locker/keyring'
import { listOrigins, receiveHandOver } from '../../../utils/locker/receive'
import {
  listReceivingKeys,
  makeReceivingKey,
  type ReceivingKey,
  retireReceivingKey,
} from '../../../utils/locker/receiving-key'
import { restoreBackup } from '../../../utils/locker/restore'
import { nextEntries, type TarEntry, tarEnd, writeTarEntry } from '../../../utils/locker/tar'
import { writeHandOver } from '../../../utils/locker/write-hand-over'
import { sampleAssessment, sampleId, sampleItem } from '../../support/sample-items'
import {
  capture,
  expectValue,
  flip,
  makeLocker,
  readWholeDatabase,
  relock,
  startFresh,
  storesReadBy,
} from './locker-under-test'

type Bytes = Uint8Array<ArrayBuffer>

const writtenAt = new Date('2024-07-01T10:00:00.000Z')
const at = new Date('2024-07-02T09:00:00.000Z')
const backupKey = { kind: 'passphrase' as const, passphrase: 'we feed the tired heron', workFactor: 4 }
const none = { added: 0, same: 0, conflicts: [] }
let backup: Bytes
let key: ReceivingKey

async function readAll(stream: ReadableStream<Uint8Array>): Promise<Bytes> {
  const pieces: Uint8Array[] = []
  for await (const piece of stream) pieces.push(piece)
  return concatBytes(...pieces)
}

/** The organisation makes its key; its locker goes into a backup, for this test has one device. */
beforeEach(async () => {
  await startFresh()
  const open = await makeLocker()
  key = expectValue(await makeReceivingKey(open, at))
  backup = await readAll(expectValue(await writeBackup(open, { to: backupKey, madeAt: at })).stream)
})

/** The defender's device captures and hands over. */
async function handOver(
  capturing: (dropBox: string) => Promise<unknown>,
): Promise<{ file: Blob; id: string }> {
  await startFresh()
  const half = expectValue(await createDropBox({ key: key.recipient }))
  await capturing(half.lockerId)
  const { stream } = expectValue(await writeHandOver({ writtenAt }))
  return { file: new Blob([await readAll(stream)]), id: half.lockerId }
}

/** The organisation's device, with its key and nothing else. */
async function organisation(): Promise<OpenLocker> {
  await startFresh()
  const open = await makeLocker()
  const file = new Blob([backup]).stream()
  expectValue(await restoreBackup(open, { file, key: backupKey }))
  return open
}

const twoItems = async (): Promise<void> => {
  await capture({ seed: 1 })
  await capture({ seed: 2 })
}

/** What is in the tar inside a hand-over. */
async function filesOf(file: Blob): Promise<TarEntry[]> {
  const opened = await decryptStream(file.stream(), { kind: 'identities', identities: [key.identity] })
  if (opened === null) throw new Error('The hand-over is for another key')
  const next = nextEntries(opened, () => new Error('damaged'))
  const files: TarEntry[] = []
  for (let entry = await next(); entry; entry = await next()) files.push(entry)
  return files
}

/** The tar inside a hand-over, as its receiver could rewrite it. */
async function rewritten(file: Blob, change: (tar: Bytes) => Bytes): Promise<Blob> {
  const opened = await decryptStream(file.stream(), { kind: 'identities', identities: [key.identity] })
  if (opened === null) throw new Error('The hand-over is for another key')
  const tar = change(await readAll(opened))
  const to = { kind: 'recipients' as const, recipients: [key.recipient] }
  return new Blob([await readAll(await encryptStream(new Blob([tar]).stream(), to))])
}

describe('receiving', () => {
  it('brings what was handed over into the locker, byte for byte, and notes where it came from', async () => {
    const sent = [sampleItem({ seed: 1 }), sampleItem({ seed: 2 })]
    const { file, id } = await handOver(twoItems)
    const open = await organisation()
    const report = expectValue(await receiveHandOver(open, { file, at }))
    expect(report).toEqual({
      items: { ...none, added: 2 },
      rows: none,
      damaged: 0,
      leftOut: 0,
      dropBox: id,
      writtenAt: writtenAt.toISOString(),
      keyRetiredAt: null,
    })
    for (const { item, itemBytes, parts } of sent)
      expect(expectValue(await openItem(open, item.id))).toMatchObject({ item, itemBytes, parts })
    const origin = { receivedAt: at.toISOString(), writtenAt: writtenAt.toISOString(), dropBox: id }
    expect(await listOrigins(open)).toEqual(new Map([1, 2].map((seed) => [sampleId(seed), origin])))
  })

  it('brings nothing of what was taken back before', async () => {
    const { file } = await handOver(async () => {
      await twoItems()
      expectValue(await withdrawItem(sampleId(2)))
    })
    const open = await organisation()
    const report = expectValue(await receiveHandOver(open, { file, at }))
    expect(report).toMatchObject({ items: { ...none, added: 1 }, rows: none, damaged: 0 })
    expect((await listItems(open)).items.map(({ id }) => id)).toEqual([sampleId(1)])
  })

  it('brings what was said of an item at its capture', async () => {
    const { file } = await handOver(async (lockerId) => {
      await capture({ seed: 1 })
      await keepAssessment({
        lockerId,
        recipient: key.recipient,
        assessment: sampleAssessment(sampleId(1), { note: '' }),
      })
    })
    const open = await organisation()
    expect(expectValue(await receiveHandOver(open, { file, at })).rows).toEqual({ ...none, added: 1 })
    expect(await listAssessments(open, sampleId(1))).toEqual([sampleAssessment(sampleId(1), { note: '' })])
  })

  it('is listed after the next unlock without opening one record, and as its records say', async () => {
    const { file } = await handOver(async (lockerId) => {
      await twoItems()
      await keepAssessment({ assessment: sampleAssessment(sampleId(1)), recipient: key.recipient, lockerId })
    })
    expectValue(await receiveHandOver(await organisation(), { file, at }))
    const open = await relock()
    const stores = await storesReadBy(() => listItems(open))
    expect(stores).not.toContain('records')
    const noted = await listItems(open)
    expect(noted.items).toHaveLength(2)
    expect(noted.items.find(({ id }) => id === sampleId(1))?.types).not.toEqual([])
    await openDatabase().index.clear()
    expect(await listItems(await relock())).toEqual(noted)
  })

  it('may be done again, and then changes nothing', async () => {
    const { file } = await handOver(twoItems)
    const open = await organisation()
    expectValue(await receiveHandOver(open, { file, at }))
    const before = await readWholeDatabase()
    const again = expectValue(await receiveHandOver(open, { file, at: new Date('2024-08-01T00:00:00.000Z') }))
    expect(again.items).toEqual({ ...none, same: 2 })
    const isContent = ({ store }: { store: string }) => store !== 'index'
    expect((await readWholeDatabase()).filter(isContent)).toEqual(before.filter(isContent))
  })

  it('never overwrites: neither an item under the same id, nor what is said here of one', async () => {
    const { file } = await handOver(async (lockerId) => {
      await twoItems()
      const assessment = sampleAssessment(sampleId(2), { at: '2030-01-01T00:00:00.000Z', note: 'theirs' })
      await keepAssessment({ lockerId, recipient: key.recipient, assessment })
    })
    const open = await organisation()
    await capture({ seed: 1, post: { text: 'What is here' } })
    const ours = sampleAssessment(sampleId(2), { note: 'ours' })
    expectValue(await keepAssessment({ ...open, assessment: ours }))
    const report = expectValue(await receiveHandOver(open, { file, at }))
    expect(report.items).toEqual({ added: 1, same: 0, conflicts: [sampleId(1)] })
    expect(report.rows.conflicts).toHaveLength(1)
    expect(expectValue(await openItem(open, sampleId(1))).item.post.text).toBe('What is here')
    expect((await listOrigins(open)).has(sampleId(1))).toBe(false)
    expect(await listAssessments(open, sampleId(2))).toEqual([ours])
  })

  it('says when the file is for another locker, and when it is no hand-over', async () => {
    const { file } = await handOver(twoItems)
    await startFresh()
    const other = await makeLocker()
    const wrong = { ok: false, problem: { code: 'wrong-receiving-key' } }
    expect(await receiveHandOver(other, { file, at })).toEqual(wrong)
    expectValue(await makeReceivingKey(other, at))
    expect(await receiveHandOver(other, { file, at })).toEqual(wrong)
    const noAge = new Blob(['What is this?'])
    expect(await receiveHandOver(other, { file: noAge, at })).toMatchObject({
      problem: { code: 'not-a-hand-over' },
    })
    const open = await organisation()
    const tar = concatBytes(...writeTarEntry({ name: 'backup.json', bytes: canonicalBytes({}) }), tarEnd())
    const crafted = await rewritten(file, () => tar)
    expect(await receiveHandOver(open, { file: crafted, at })).toMatchObject({
      problem: { code: 'not-a-hand-over' },
    })
    const newer = canonicalBytes({ version: 2 })
    const later = concatBytes(...writeTarEntry({ name: 'hand-over.json', bytes: newer }), tarEnd())
    expect(await receiveHandOver(open, { file: await rewritten(file, () => later), at })).toMatchObject({
      problem: { code: 'newer-hand-over' },
    })
    expect((await listItems(open)).items).toEqual([])
  })

  it('takes nothing of a file that was changed or cut anywhere', async () => {
    const { file } = await handOver(twoItems)
    const bytes = new Uint8Array(await file.arrayBuffer())
    const open = await organisation()
    const places = Array.from({ length: 24 }, (_, index) => Math.floor((bytes.length * index) / 24))
    for (const place of [...places, bytes.length - 1]) {
      const changed = await receiveHandOver(open, { file: new Blob([flip(bytes, place * 8 + 3)]), at })
      expect(changed.ok).toBe(false)
      const cut = await receiveHandOver(open, { file: new Blob([bytes.slice(0, place)]), at })
      expect(cut.ok).toBe(false)
    }
    expect((await listItems(open)).items).toEqual([])
    expect((await listOrigins(open)).size).toBe(0)
  })

  it('takes nothing of one that is sealed well and is not what it says: fewer, more, or under another name', async () => {
    const { file } = await handOver(twoItems)
    const open = await organisation()
    const files = await filesOf(file)
    const [first] = files.filter(({ name }) => name.endsWith('/header'))
    const folder = first?.name.replace('header', '') ?? ''
    const renamed = files.map(({ name, bytes }) => ({
      name: name.replace(folder, `items/${sampleId(9)}/`),
      bytes,
    }))
    const more = { name: 'more.json', bytes: canonicalBytes({}) }
    for (const bad of [files.filter(({ name }) => !name.startsWith(folder)), [...files, more], renamed]) {
      const tar = concatBytes(...bad.flatMap((entry) => [...writeTarEntry(entry)]), tarEnd())
      expect(await receiveHandOver(open, { file: await rewritten(file, () => tar), at })).toEqual({
        ok: false,
        problem: { code: 'damaged-hand-over' },
      })
    }
    expect((await listItems(open)).items).toEqual([])
  })

  it('takes nothing that is said of an item which is not in the file', async () => {
    const { file } = await handOver(async (lockerId) => {
      await twoItems()
      await keepAssessment({ lockerId, recipient: key.recipient, assessment: sampleAssessment(sampleId(9)) })
    })
    const open = await organisation()
    await capture({ seed: 9 })
    const report = expectValue(await receiveHandOver(open, { file, at }))
    expect({ items: report.items.added, rows: report.rows.conflicts.length }).toEqual({ items: 2, rows: 1 })
    expect(await listAssessments(open, sampleId(9))).toEqual([])
  })

  it('leaves out what its sender changed, and takes the rest', async () => {
    const { file } = await handOver(twoItems)
    const open = await organisation()
    const crafted = await rewritten(file, (tar) => {
      // Inside the last picture of the second item: before the end of the archive and `end.json`.
      const place = tar.length - 1_024 - 1_024 - 700
      return flip(tar, place * 8)
    })
    const report = expectValue(await receiveHandOver(open, { file: crafted, at }))
    expect(report).toMatchObject({ items: { ...none, added: 1 }, damaged: 1 })
    expect((await listItems(open)).items).toHaveLength(1)
    expect((await listOrigins(open)).size).toBe(1)
  })

  it('takes items as from the drop-box that they were sealed in, and from no other', async () => {
    const { file, id } = await handOver(twoItems)
    const open = await organisation()
    const other = id.startsWith('a') ? `b${id.slice(1)}` : `a${id.slice(1)}`
    const crafted = await rewritten(file, (tar) => {
      const text = Buffer.from(tar)
      text.write(other, text.indexOf(id), 'latin1')
      return new Uint8Array(text)
    })
    const report = expectValue(await receiveHandOver(open, { file: crafted, at }))
    expect(report).toMatchObject({ items: none, damaged: 2 })
  })

  it('can be stopped, and leaves whole items', async () => {
    const { file } = await handOver(twoItems)
    const open = await organisation()
    const abort = new AbortController()
    const stopped = await receiveHandOver(open, {
      file,
      at,
      signal: abort.signal,
      onProgress: ({ kind, done }) => {
        if (kind === 'adding' && done === 1) abort.abort()
      },
    })
    expect(stopped).toEqual({ ok: false, problem: { code: 'cancelled' } })
    const { items, damaged } = await listItems(open)
    expect({ items: items.length, damaged }).toEqual({ items: 1, damaged: [] })
    expect(expectValue(await receiveHandOver(open, { file, at })).items).toEqual({
      ...none,
      added: 1,
      same: 1,
    })
  })
})

describe('receiving keys', () => {
  it('come back with a backup, marked as made elsewhere', async () => {
    const open = await organisation()
    const [found, ...others] = await listReceivingKeys(open)
    expect(found).toEqual(key)
    expect(others).toEqual([])
    expect(found?.madeIn).not.toBe(open.lockerId)
    const own = expectValue(await makeReceivingKey(open, new Date('2024-09-01T00:00:00.000Z')))
    expect(own.madeIn).toBe(open.lockerId)
    expect(await listReceivingKeys(open)).toEqual([own, key])
  })

  it('are retired once, go behind the others, open what was sealed for them, and it is said', async () => {
    const { file } = await handOver(twoItems)
    const open = await organisation()
    const retiredAt = '2024-10-01T00:00:00.000Z'
    const unknown = await retireReceivingKey(open, 'age1pq1other', at)
    expect(unknown).toEqual({ ok: false, problem: { code: 'not-found' } })
    const older = expectValue(await makeReceivingKey(open, new Date('2024-01-01T00:00:00.000Z')))
    expect(await listReceivingKeys(open)).toEqual([key, older])
    for (const day of [retiredAt, '2024-11-01T00:00:00.000Z'])
      expectValue(await retireReceivingKey(open, key.recipient, new Date(day)))
    const again = await relock()
    expect(await listReceivingKeys(again)).toEqual([older, { ...key, retiredAt }])
    const report = expectValue(await receiveHandOver(again, { file, at }))
    expect(report).toMatchObject({ items: { added: 2 }, keyRetiredAt: retiredAt })
  })

  it('stay retired when an older backup is restored', async () => {
    const open = await relock()
    const own = expectValue(await retireReceivingKey(open, key.recipient, at))
    expectValue(await restoreBackup(open, { file: new Blob([backup]).stream(), key: backupKey }))
    expect(await listReceivingKeys(open)).toEqual([own])
  })

  it('are hybrid, and rest sealed', async () => {
    expect(key.recipient).toMatch(/^age1pq1/)
    const open = await organisation()
    expect((await listReceivingKeys(open)).length).toBe(1)
    const bytes = (await readWholeDatabase()).flatMap(({ row }) => Object.values(row))
    for (const value of bytes) {
      const text = value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : JSON.stringify(value)
      expect(text).not.toContain(key.identity)
      expect(text).not.toContain(key.recipient)
    }
  })

  it('outlast the deletion of an item', async () => {
    const { file } = await handOver(twoItems)
    const open = await organisation()
    expectValue(await receiveHandOver(open, { file, at }))
    expectValue(await deleteItem(open, sampleId(1)))
    expect(await listReceivingKeys(open)).toEqual([key])
  })
})
