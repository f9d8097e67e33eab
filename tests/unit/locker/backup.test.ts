import 'fake-indexeddb/auto'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateHybridIdentity, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { beforeEach, describe, expect, it } from 'vitest'
import { concatBytes, randomBytes, toUtf8 } from '../../../utils/crypto/bytes'
import { canonicalBytes } from '../../../utils/crypto/canonical-json'
import { type DecryptWith, type EncryptTo, encryptStream } from '../../../utils/crypto/recipients'
import { keepAssessment, listAssessments } from '../../../utils/locker/assessments'
import { type BackupOptions, lastBackup, noteBackup, writeBackup } from '../../../utils/locker/backup'
import { keepCase, listCases } from '../../../utils/locker/cases'
import { openDatabase } from '../../../utils/locker/database'
import { deletePermanently, wipeLocker } from '../../../utils/locker/delete'
import { binItem, ingestItems, listBinnedItems, listItems, openItem } from '../../../utils/locker/items'
import { createLocker, lockLocker, type OpenLocker } from '../../../utils/locker/keyring'
import { testBackup } from '../../../utils/locker/read-backup'
import { restoreBackup } from '../../../utils/locker/restore'
import { tarEnd, writeTarEntry } from '../../../utils/locker/tar'
import { sampleAssessment, sampleCase, sampleId, sampleItem } from '../../support/sample-items'
import {
  capture,
  cheap,
  expectValue,
  flip,
  makeLocker,
  ownRows,
  passphrase,
  rewriteCell,
  rewriteRow,
  startFresh,
  unlock,
} from './locker-under-test'

type Bytes = Uint8Array<ArrayBuffer>

const to: EncryptTo = { kind: 'passphrase', passphrase: 'we feed the tired heron', workFactor: 4 }
const key: DecryptWith = { kind: 'passphrase', passphrase: 'we feed the tired heron' }
const hasAge = spawnSync('age', ['--version']).status === 0
const madeAt = new Date('2024-07-01T10:00:00.000Z')
let open: OpenLocker

beforeEach(async () => {
  await startFresh()
  open = await makeLocker()
})

async function readAll(stream: ReadableStream<Uint8Array>): Promise<Bytes> {
  const pieces: Uint8Array[] = []
  for await (const piece of stream) pieces.push(piece)
  return concatBytes(...pieces)
}

const streamOf = (bytes: Bytes): ReadableStream<Bytes> => new Blob([bytes]).stream()

async function backUp(options: Partial<BackupOptions> = {}): Promise<Bytes> {
  return readAll(expectValue(await writeBackup(open, { to, madeAt, ...options })).stream)
}

const test = (file: Bytes, keyToTry: DecryptWith = key) => testBackup({ file: streamOf(file), key: keyToTry })
const restore = (file: Bytes) => restoreBackup(open, { file: streamOf(file), key })

async function fill(): Promise<void> {
  for (const seed of [1, 2, 3]) await capture({ seed })
  await keepAssessment({ ...open, assessment: sampleAssessment(sampleId(1)) })
  expectValue(await keepCase(open, sampleCase([sampleItem({ seed: 1 })])))
  await binItem(open, sampleId(3), new Date('2024-06-01T00:00:00.000Z'))
}

describe('a backup', () => {
  it('brings everything into a new locker, byte for byte', async () => {
    await fill()
    const before = expectValue(await openItem(open, sampleId(1)))
    const file = await backUp()
    expect(await test(file)).toEqual({
      ok: true,
      value: { madeAt: madeAt.toISOString(), items: 3, rows: 2, leftOut: 0 },
    })
    await startFresh()
    open = await makeLocker()
    const report = expectValue(await restore(file))
    expect(report).toEqual({
      items: { added: 3, same: 0, conflicts: [] },
      rows: { added: 2, same: 0, conflicts: [] },
      madeAt: madeAt.toISOString(),
      leftOut: 0,
    })
    expect(expectValue(await openItem(open, sampleId(1)))).toEqual(before)
    expect((await listItems(open)).items.map(({ id }) => id).sort()).toEqual([1, 2].map(sampleId).sort())
    expect((await listBinnedItems(open)).items.map(({ id }) => id)).toEqual([sampleId(3)])
    expect((await listCases(open)).cases).toEqual([sampleCase([sampleItem({ seed: 1 })])])
  })

  it('merges: what is here stays, and is told as same or in conflict', async () => {
    await fill()
    const file = await backUp()
    expect(expectValue(await restore(file))).toMatchObject({
      items: { added: 0, same: 3, conflicts: [] },
      rows: { added: 0, same: 2, conflicts: [] },
    })
    const changed = sampleCase([], { title: 'Changed since' })
    expectValue(await keepCase(open, changed))
    expectValue(await deletePermanently(open, { itemIds: [sampleId(2)], passphrase, cost: cheap }))
    await rewriteRow('records', sampleId(3), { meta: randomBytes(4_124) })
    await capture({ seed: 4 })
    expect(expectValue(await restore(file))).toMatchObject({
      items: { added: 1, same: 1, conflicts: [sampleId(3)] },
      rows: { added: 0, same: 1, conflicts: [changed.id] },
    })
    expect((await listCases(open)).cases).toEqual([changed])
    expect((await listItems(open)).items.map(({ id }) => id).sort()).toEqual([1, 2, 4].map(sampleId).sort())
    expect(await openDatabase().blobs.count()).toBe(16)
    // The same item under the same id, captured elsewhere: other facts.
    await startFresh()
    open = await makeLocker()
    await capture({ seed: 1, post: { text: 'Something else.' } })
    expect(expectValue(await restore(file)).items).toEqual({ added: 2, same: 0, conflicts: [sampleId(1)] })
    expect(expectValue(await openItem(open, sampleId(1))).item.post.text).toBe('Something else.')
  })

  it('opens a locker again whose erasable file was lost', async () => {
    await fill()
    const file = await backUp()
    const before = expectValue(await openItem(open, sampleId(1)))
    await lockLocker()
    rewriteCell(new Uint8Array(0))
    expect(await unlock()).toEqual({ ok: false, problem: { code: 'cell-lost' } })
    expect(await createLocker({ passphrase, cost: cheap })).toMatchObject({
      problem: { code: 'locker-exists' },
    })
    expectValue(await wipeLocker())
    open = await makeLocker()
    expect(expectValue(await restore(file)).items.added).toBe(3)
    expect(expectValue(await openItem(open, sampleId(1)))).toEqual(before)
  })

  it('goes to recipients, and is tested here before their keys ever see it', async () => {
    await fill()
    for (const make of [generateX25519Identity, generateHybridIdentity]) {
      const identity = await make()
      const recipients = [await identityToRecipient(identity)]
      const backup = expectValue(await writeBackup(open, { to: { kind: 'recipients', recipients }, madeAt }))
      const file = await readAll(backup.stream)
      expect((await test(file, backup.key)).ok).toBe(true)
      expect((await test(file, { kind: 'identities', identities: [identity] })).ok).toBe(true)
      const other = { kind: 'identities', identities: [await make()] } as const
      expect(await test(file, other)).toEqual({ ok: false, problem: { code: 'wrong-backup-key' } })
    }
    const mixed = [await generateX25519Identity(), await generateHybridIdentity()]
    const recipients = await Promise.all(mixed.map((one) => identityToRecipient(one)))
    for (const none of [recipients, []]) {
      const refused = await writeBackup(open, { to: { kind: 'recipients', recipients: none }, madeAt })
      expect(refused).toEqual({ ok: false, problem: { code: 'missing-fields', detail: 'recipients' } })
    }
  })

  it('leaves out what is damaged, and says how much', async () => {
    await fill()
    await ingestItems(open)
    const [blobId = ''] = (await openDatabase().records.get(sampleId(2)))?.blobIds ?? []
    await openDatabase().blobs.delete(blobId)
    await capture({ seed: 5 })
    await rewriteRow('inbox', sampleId(5), { key: new Uint8Array(20) })
    expect(expectValue(await test(await backUp()))).toMatchObject({ items: 2, rows: 2, leftOut: 2 })
  })

  it('tells how far it is, and stops when it is cancelled', async () => {
    await fill()
    const told: number[] = []
    const file = await backUp({ onProgress: ({ done, total }) => told.push(done / total) })
    expect(told).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1])
    const abort = new AbortController()
    const onProgress = ({ done }: { done: number }) => done === 1 && abort.abort()
    await expect(backUp({ onProgress, signal: abort.signal })).rejects.toThrow('Cancelled')
    await startFresh()
    open = await makeLocker()
    const restoring = new AbortController()
    const read = { file: streamOf(file), key, signal: restoring.signal }
    const cancelled = await restoreBackup(open, {
      ...read,
      onProgress: ({ done }) => done === 2 && restoring.abort(),
    })
    expect(cancelled).toEqual({ ok: false, problem: { code: 'cancelled' } })
    expect(await openDatabase().records.count()).toBe(2)
    expect(expectValue(await restore(file)).items).toEqual({ added: 1, same: 2, conflicts: [] })
  })

  it('is read as it is written, one item after the other', async () => {
    for (const seed of [1, 2, 3, 4, 5, 6]) await capture({ seed })
    const told: number[] = []
    const { stream } = expectValue(
      await writeBackup(open, { to, madeAt, onProgress: ({ done }) => told.push(done) }),
    )
    const reader = stream.getReader()
    await reader.read()
    expect(told.length).toBeLessThan(4)
    await reader.cancel()
  })

  it.skipIf(!hasAge)('is opened by age and tar alone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'backup-'))
    try {
      const keys = spawnSync('age-keygen', { encoding: 'utf8' }).stdout
      writeFileSync(join(folder, 'key.txt'), keys)
      const recipients = [/public key: (age1\S+)/.exec(keys)?.[1] ?? '']
      await fill()
      const { item, itemBytes } = expectValue(await openItem(open, sampleId(1)))
      writeFileSync(join(folder, 'backup.age'), await backUp({ to: { kind: 'recipients', recipients } }))
      execFileSync('sh', ['-c', 'age -d -i key.txt backup.age | tar x'], { cwd: folder })
      const found = readFileSync(join(folder, 'items', item.id, 'item.json'))
      expect(found.equals(Buffer.from(itemBytes))).toBe(true)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('a file that is no good backup', () => {
  it('is refused with any part of it changed or cut off, and what came before stays whole', async () => {
    await fill()
    const file = await backUp()
    expect(file.length).toBeGreaterThan(10_000)
    const codes = new Set<string>()
    const step = Math.floor(file.length / 150)
    for (let at = 0; at < file.length; at += step) {
      const refused = await test(flip(file, at * 8 + (at % 8)))
      codes.add(refused.ok ? 'taken' : refused.problem.code)
      const cut = await test(file.slice(0, at))
      codes.add(cut.ok ? 'taken' : cut.problem.code)
    }
    expect(codes).toContain('not-a-backup')
    expect(codes).toContain('damaged-backup')
    expect(codes).not.toContain('taken')
    expect((await test(concatBytes(file, new Uint8Array(1)))).ok).toBe(false)
    await startFresh()
    open = await makeLocker()
    expect(await restore(flip(file, (file.length - 40) * 8))).toEqual({
      ok: false,
      problem: { code: 'damaged-backup' },
    })
    for (const { id } of (await listItems(open)).items) expect((await openItem(open, id)).ok).toBe(true)
  })

  it('tells a wrong passphrase from another file', async () => {
    const file = await backUp()
    const other = { kind: 'passphrase', passphrase: 'we feed the tired herons' } as const
    expect(await test(file, other)).toEqual({ ok: false, problem: { code: 'wrong-backup-key' } })
    for (const bytes of [toUtf8('not age at all'), new Uint8Array(0), randomBytes(3_000)])
      expect(await test(bytes)).toEqual({ ok: false, problem: { code: 'not-a-backup' } })
  })

  type Files = { name: string; bytes: Bytes }[]
  const archive = async (files: Files): Promise<Bytes> => {
    const plain = concatBytes(...files.flatMap((file) => [...writeTarEntry(file)]), tarEnd())
    return readAll(await encryptStream(streamOf(plain), to))
  }
  const json = (name: string, value: unknown) => ({ name, bytes: canonicalBytes(value) })
  const head = (version = 1) =>
    json('backup.json', { version, madeAt: madeAt.toISOString(), items: 1, rows: 0 })
  const end = (items: number) => json('end.json', { items, rows: 0, leftOut: 0 })
  const itemFiles = ({ item, itemBytes, salt, parts } = sampleItem({ seed: 1 })): Files => [
    { name: `items/${item.id}/item.json`, bytes: itemBytes },
    { name: `items/${item.id}/salt`, bytes: salt },
    json(`items/${item.id}/state.json`, { binnedAt: null }),
    ...parts.map(({ record, bytes }) => ({ name: `items/${item.id}/parts/${record.name}`, bytes })),
  ]

  it('is refused when it is made by a newer version, or is well sealed and says nonsense', async () => {
    const codeOf = async (files: Files) => {
      const restored = await restore(await archive(files))
      return restored.ok ? 'taken' : restored.problem.code
    }
    const files = itemFiles()
    const [first, salt, state, ...parts] = files
    if (!first || !salt || !state) throw new Error('No files')
    expect(await codeOf([head(3), end(0)])).toBe('newer-backup')
    expect(await codeOf([end(0)])).toBe('not-a-backup')
    expect(await codeOf([])).toBe('not-a-backup')
    const bad: Files[] = [
      [head(), ...files],
      [head(), ...files, end(2)],
      [head(), ...files, end(1), end(1)],
      [head(), first, salt, state, ...parts.toReversed(), end(1)],
      [head(), first, salt, state, ...parts.slice(1), end(1)],
      [head(), first, salt, state, ...parts.map((part) => ({ ...part, bytes: flip(part.bytes, 3) })), end(1)],
      [head(), first, { ...salt, bytes: new Uint8Array(31) }, state, ...parts, end(1)],
      [head(), first, salt, { ...state, bytes: toUtf8('{}') }, ...parts, end(1)],
      [head(), { ...first, bytes: concatBytes(toUtf8(' '), first.bytes) }, salt, state, ...parts, end(1)],
      [head(), { ...first, name: `items/${sampleId(2)}/item.json` }, salt, state, ...parts, end(1)],
      [head(), { name: '../../etc/passwd', bytes: toUtf8('x') }, end(0)],
      [head(), { name: `rows/${sampleId(1)}.json`, bytes: toUtf8('x') }, end(0)],
    ]
    for (const [index, one] of bad.entries())
      expect(await codeOf(one), `case ${index}`).toBe('damaged-backup')
    expect((await listItems(open)).items.length).toBeLessThan(2)
    await startFresh()
    open = await makeLocker()
    expect(await codeOf([head(), ...files, end(1)])).toBe('taken')
    const unknownKind = json(`rows/${sampleId(7)}.json`, { kind: 'from-the-future', value: 1 })
    const after = json('end.json', { items: 0, rows: 1, leftOut: 0 })
    const restored = expectValue(await restore(await archive([head(), unknownKind, after])))
    expect(restored.rows).toEqual({ added: 0, same: 0, conflicts: [sampleId(7)] })
  })
})

describe('the note of the last backup', () => {
  it('is sealed, replaced by the next one, and left out of backups', async () => {
    expect(await lastBackup(open)).toBeNull()
    for (const items of [3, 4]) expectValue(await noteBackup(open, { at: madeAt.toISOString(), items }))
    expect(await lastBackup(open)).toEqual({ at: madeAt.toISOString(), items: 4 })
    expect(await ownRows(open)).toEqual(['backup'])
    expect(expectValue(await test(await backUp())).rows).toBe(0)
    await lockLocker()
    expect(await lastBackup(open)).not.toBeNull()
    expect(await listAssessments(open, sampleId(1))).toEqual([])
  })
})
