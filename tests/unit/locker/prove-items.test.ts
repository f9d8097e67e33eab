import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Statement } from '../../../utils/bundle/verification'
import { verifyBundle } from '../../../utils/bundle/verify'
import { fromHex } from '../../../utils/crypto/bytes'
import { openCheckpoint } from '../../../utils/custody/checkpoint'
import { growTree, isConsistent } from '../../../utils/custody/merkle'
import { keepAssessment } from '../../../utils/locker/assessments'
import { keepEntry } from '../../../utils/locker/custody'
import { openDatabase } from '../../../utils/locker/database'
import { deletePermanently } from '../../../utils/locker/delete'
import { binItem, openItem } from '../../../utils/locker/items'
import type { OpenLocker } from '../../../utils/locker/keyring'
import { readLeaves } from '../../../utils/locker/log'
import { proveItems } from '../../../utils/locker/prove-items'
import { sampleBundle } from '../../support/sample-bundle'
import { sampleAssessment, sampleId } from '../../support/sample-items'
import { capture, cheap, expectValue, flip, makeLocker, passphrase, startFresh } from './locker-under-test'

const at = '2024-06-01T08:00:00.000Z'
const [one, two, three] = [sampleId(1), sampleId(2), sampleId(3)]
let open: OpenLocker

beforeEach(async () => {
  await startFresh()
  open = await makeLocker()
  for (const seed of [1, 2, 3]) await capture({ seed })
})

async function prove(ids: readonly string[]) {
  return expectValue(await proveItems(open, ids))
}

async function checkBundle(ids: readonly string[]): Promise<Statement[]> {
  const proofs = await prove(ids)
  const items = await Promise.all(ids.map(async (id) => expectValue(await openItem(open, id))))
  const { statements } = await verifyBundle(await sampleBundle(items, { proofs }))
  return statements.filter(({ result }) => result === 'fail')
}

async function refusal(ids = [one]) {
  const outcome = await proveItems(open, ids)
  return outcome.ok ? null : outcome.problem.code
}

describe('proveItems', () => {
  it('proves what a locker holds, so that the bundle holds in every statement', async () => {
    expectValue(await keepAssessment({ ...open, assessment: sampleAssessment(one) }))
    expectValue(await keepEntry(open, { kind: 'filed', itemIds: [one, two], at, detail: { channel: 'a' } }))
    await binItem(open, two)
    expect(await checkBundle([one, three])).toEqual([])
    const { excerpt, captures } = await prove([one])
    expect(excerpt.map(({ entry }) => entry.kind)).toEqual(['key', 'assessed', 'noted', 'filed', 'ingested'])
    expect(excerpt.every(({ entry }) => entry.item === null || entry.item === one)).toBe(true)
    expect([...captures.keys()]).toEqual([one])
  })

  it('signs one log that grows: each checkpoint is a beginning of the next, through a deletion', async () => {
    const first = await prove([one])
    expectValue(await keepEntry(open, { kind: 'exported', itemIds: [one], at }))
    open = expectValue(await deletePermanently(open, { itemIds: [two], passphrase, cost: cheap })).open
    const second = await prove([one])
    expect(second.identity).toEqual(first.identity)
    const key = fromHex(first.identity.keys[0]?.publicKey ?? '')
    const [before, after] = [
      await openCheckpoint(first.checkpoint, key),
      await openCheckpoint(second.checkpoint, key),
    ]
    if (!before || !after) throw new Error('No checkpoint')
    expect(after.size).toBeGreaterThan(before.size)
    const tree = await growTree((await readLeaves()).leaves)
    const proof = tree.proveConsistency(before.size)
    expect(await isConsistent({ first: before, second: after, proof })).toBe(true)
    expect(await checkBundle([one, three])).toEqual([])
  })

  it('signs nothing when the log was cut, changed, or has a gap', async () => {
    await prove([one])
    const db = openDatabase()
    const rows = await db.log.toArray()
    const last = rows.at(-1)
    if (!last) throw new Error('No log')
    await db.log.delete(last.id)
    expect(await refusal()).toBe('log-damaged')
    await db.log.put(last)
    expect(await refusal()).toBeNull()
    await db.log.put({ ...last, leaf: flip(last.leaf, 5) })
    expect(await refusal()).toBe('log-damaged')
    await db.log.put(last)
    await db.log.delete(0)
    expect(await refusal()).toBe('log-damaged')
  })

  it('signs nothing of an item that the log does not know, nor without a key', async () => {
    const rows = await openDatabase().log.toArray()
    for (const row of rows) await openDatabase().log.put({ ...row, leaf: flip(row.leaf, row.id) })
    expect(await refusal()).not.toBeNull()
    for (const row of rows) await openDatabase().log.put(row)
    await openDatabase().meta.update('0', { signing: new Uint8Array(92) })
    expect(await refusal()).toBe('cannot-sign')
    expect(await refusal([sampleId('none')])).toBe('not-found')
  })
})
