import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readCheckpointHead } from '../../../utils/custody/checkpoint'
import { keepAssessment } from '../../../utils/locker/assessments'
import { keepCase, listCases } from '../../../utils/locker/cases'
import { changePassphrase } from '../../../utils/locker/change-keys'
import { entriesIn } from '../../../utils/locker/custody'
import { openDatabase } from '../../../utils/locker/database'
import { ingestInbox } from '../../../utils/locker/ingest'
import { countItems, ingestItems, withdrawItem } from '../../../utils/locker/items'
import type { OpenLocker } from '../../../utils/locker/keyring'
import { openLocker, publicHalf } from '../../../utils/locker/keyring'
import { noteMerged } from '../../../utils/locker/merged-notes'
import { startProving } from '../../../utils/locker/prove-items'
import type { BackedUpItem } from '../../../utils/locker/read-backup'
import { recordsIndex } from '../../../utils/locker/records-index'
import { knownRows, mergeItem, mergeRow } from '../../../utils/locker/restore'
import { readRows } from '../../../utils/locker/rows'
import { keepIndex, readIndex } from '../../../utils/locker/sealed-index'
import { openHead } from '../../../utils/locker/signing'
import { sampleAssessment, sampleCase, sampleId, sampleItem } from '../../support/sample-items'
import { capture, cheap, expectValue, makeLocker, passphrase, startFresh } from './locker-under-test'

/*
 * What is made ready under the key of an epoch must not be stored in another, for nothing would ever open it; nor in
 * place of what came meanwhile. Here both happen in the last moment, when all is made ready and the transaction is
 * about to begin.
 */

let open: OpenLocker

beforeEach(async () => {
  await startFresh()
  open = await makeLocker()
})

afterEach(() => {
  vi.restoreAllMocks()
})

/** Lets another page do something just before the next transaction of several stores. */
function beforeWriting(work: () => Promise<unknown>): void {
  const db = openDatabase()
  const begin = db.transaction.bind(db) as (...args: unknown[]) => Promise<unknown>
  vi.spyOn(db, 'transaction').mockImplementationOnce((async (...args: unknown[]) => {
    await work()
    return begin(...args)
  }) as never)
}

const changeEpochBeforeWriting = (): void =>
  beforeWriting(() => openDatabase().meta.update('0', { epoch: open.epoch + 1 }))

/** Sample item 1 as a backup holds it. */
function fromBackup(): BackedUpItem {
  const { item, itemBytes, salt, parts } = sampleItem({ seed: 1 })
  const bytes = parts.map((part) => part.bytes)
  return { kind: 'item', item, itemBytes, salt, state: { binnedAt: null }, parts: bytes }
}

describe('an epoch that changes in the last moment', () => {
  it('leaves what waits where it waits', async () => {
    await capture({ seed: 1 })
    changeEpochBeforeWriting()
    expect(await ingestInbox(open)).toEqual({ ingested: 0, damaged: [] })
    expect(await countItems()).toEqual({ inbox: 1, records: 0 })
  })

  it('leaves a row that was sealed while locked as it was', async () => {
    const half = await publicHalf()
    if (half === null) throw new Error('no locker')
    expectValue(await keepAssessment({ ...half, assessment: sampleAssessment(sampleId(1)) }))
    const before = await openDatabase().rows.toArray()
    expect(before.some(({ wrapEpoch }) => wrapEpoch === 0)).toBe(true)
    changeEpochBeforeWriting()
    await readRows(open)
    expect(await openDatabase().rows.toArray()).toEqual(before)
  })

  it('leaves the index as it was', async () => {
    const index = await readIndex(open, recordsIndex)
    if (index === null) throw new Error('no index')
    changeEpochBeforeWriting()
    await keepIndex(index, new Map([[sampleId(1), 'what lists need']]))
    expect(await openDatabase().index.count()).toBe(0)
  })

  it('keeps out what comes from a backup', async () => {
    changeEpochBeforeWriting()
    expect(await mergeItem(open, fromBackup())).toMatchObject({ ok: false })
    expect(await countItems()).toEqual({ inbox: 0, records: 0 })
  })
})

describe('what comes in the last moment', () => {
  it('is an item that stays the only one under its id, and is told as in conflict', async () => {
    beforeWriting(() => capture({ seed: 1 }))
    expect(await mergeItem(open, fromBackup())).toEqual({ ok: true, value: 'conflict' })
    expect(await countItems()).toEqual({ inbox: 1, records: 0 })
  })

  it('is the ingestion of a capture that is taken back: both of its leaves are counted', async () => {
    await capture({ seed: 1 })
    beforeWriting(() => ingestItems(open))
    expect(await withdrawItem(sampleId(1))).toMatchObject({ ok: true })
    expect(await countItems()).toEqual({ inbox: 0, records: 0 })
    const deleted = entriesIn((await readRows(open)).rows).filter(
      ({ custody }) => custody.entry.kind === 'deleted',
    )
    expect(deleted.map(({ custody }) => custody.entry.detail)).toEqual([{ leaves: '2' }])
  })

  it('is a new epoch: that a capture was taken back is said so that it opens there', async () => {
    await capture({ seed: 1 })
    await ingestItems(open)
    const by = { passphrase, cost: cheap }
    beforeWriting(() => changePassphrase({ by, passphrase: 'gravel lantern winter orchard pebble yo-yo' }))
    expect(await withdrawItem(sampleId(1))).toMatchObject({ ok: true })
    const now = await openLocker()
    if (now === null) throw new Error('locked')
    expect(now.epoch).toBe(open.epoch + 1)
    expect((await readRows(now)).damaged).toEqual([])
  })

  it('is a checkpoint over a longer log: it stays the one that is remembered', async () => {
    let longer = 0
    beforeWriting(async () => {
      await capture({ seed: 1 })
      longer = expectValue(await startProving(open)).log.tree.size
    })
    const own = expectValue(await startProving(open))
    const meta = await openDatabase().meta.get('0')
    const head = meta && (await openHead(open, meta))
    expect(readCheckpointHead(head ?? '')?.size).toBe(longer)
    expect(own.log.tree.size).toBe(longer)
  })

  it('is a case that stays as it is, and is told as in conflict', async () => {
    const mine = sampleCase([])
    const theirs = { ...mine, title: 'As it was before' }
    const known = await knownRows(open)
    beforeWriting(() => keepCase(open, mine))
    const thing = { kind: 'row' as const, id: mine.id, rowKind: 'case', value: theirs }
    expect(await mergeRow(open, thing, { known, notes: noteMerged(open) })).toEqual({
      ok: true,
      value: 'conflict',
    })
    expect((await listCases(open)).cases).toEqual([mine])
  })
})
