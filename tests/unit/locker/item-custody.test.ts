import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { keepAssessment } from '../../../utils/locker/assessments'
import { keepEntry } from '../../../utils/locker/custody'
import { openDatabase } from '../../../utils/locker/database'
import { readItemCustody } from '../../../utils/locker/item-custody'
import type { OpenLocker } from '../../../utils/locker/keyring'
import { readLeaves } from '../../../utils/locker/log'
import { proveItems } from '../../../utils/locker/prove-items'
import { mergeItem } from '../../../utils/locker/restore'
import { sampleAssessment, sampleId, sampleItem } from '../../support/sample-items'
import { capture, expectValue, makeLocker, startFresh } from './locker-under-test'

const at = '2024-06-01T08:00:00.000Z'
const [one, two] = [sampleId(1), sampleId(2)]
let open: OpenLocker

beforeEach(async () => {
  await startFresh()
  open = await makeLocker()
})

const read = async (id: string) => expectValue(await readItemCustody(open, id))

describe('readItemCustody', () => {
  it('tells what happened to one item in the order of the log, and nothing of another', async () => {
    const { item } = await capture({ seed: 1 })
    await capture({ seed: 2 })
    expectValue(await keepAssessment({ ...open, assessment: sampleAssessment(one, { note: '' }) }))
    expectValue(await keepEntry(open, { kind: 'exported', itemIds: [one, two], at }))
    const { steps, size, checkpoint } = await read(one)
    expect(steps.map(({ kind }) => kind)).toEqual(['captured', 'assessed', 'exported', 'ingested'])
    expect(steps.map(({ place }) => place)).toEqual([1, 3, 4, 6])
    expect(steps[0]?.at).toBe(item.captured.utc)
    expect(steps[2]?.at).toBe(at)
    expect(size).toBe((await readLeaves()).leaves.length)
    expect(checkpoint).toBeNull()
    expect((await read(two)).steps.map(({ kind }) => kind)).toEqual(['captured', 'exported', 'ingested'])
  })

  it('tells the last signed checkpoint, which later entries leave as it was', async () => {
    await capture({ seed: 1 })
    expectValue(await proveItems(open, [one]))
    const { size, checkpoint } = await read(one)
    expect(checkpoint).toEqual({ size, digits: expect.stringMatching(/^([0-9a-f]{4} ){3}[0-9a-f]{4}$/) })
    expectValue(await keepEntry(open, { kind: 'exported', itemIds: [one], at }))
    const later = await read(one)
    expect([later.size, later.checkpoint]).toEqual([size + 1, checkpoint])
  })

  it('tells where an item came from that was not captured here', async () => {
    const { item, itemBytes, salt, parts } = sampleItem({ seed: 1 })
    const bytes = parts.map((part) => part.bytes)
    const thing = { kind: 'item' as const, item, itemBytes, salt, state: { binnedAt: null }, parts: bytes }
    expectValue(await mergeItem(open, thing, { source: 'bundle', file: 'ab'.repeat(32) }))
    const steps = (await read(one)).steps.map(({ kind, from }) => [kind, from])
    expect(steps).toEqual([
      ['captured', null],
      ['received', 'bundle'],
    ])
  })

  it('says so when the log does not fit, and when there is no such item', async () => {
    await capture({ seed: 1 })
    expectValue(await proveItems(open, [one]))
    const missing = await readItemCustody(open, two)
    expect(missing.ok ? null : missing.problem.code).toBe('not-found')
    await openDatabase().log.delete(0)
    const damaged = await readItemCustody(open, one)
    expect(damaged.ok ? null : damaged.problem.code).toBe('log-damaged')
  })
})
