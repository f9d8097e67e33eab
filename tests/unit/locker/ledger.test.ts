import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { listCases } from '../../../utils/locker/cases'
import { entriesIn } from '../../../utils/locker/custody'
import { deleteFiling, keepFiling, keepTallies, readLedger, tallySource } from '../../../utils/locker/ledger'
import { keepRow, readRows } from '../../../utils/locker/rows'
import type { Tally } from '../../../utils/model/ledger'
import { on, sampleFiling } from '../ledger/sample-filings'
import { expectValue, makeLocker, readWholeDatabase, startFresh } from './locker-under-test'

beforeEach(startFresh)

const tally: Tally = { source: 'f'.repeat(16), madeAt: '2026-11-22T00:00:00.000Z', rows: [] }

describe('the ledger in the locker', () => {
  it('gives back what was filed, the last first, and changes it in place', async () => {
    const open = await makeLocker()
    const older = sampleFiling({ filed: on('2026-08-01') })
    const newer = sampleFiling({ id: 'b'.repeat(32), filed: on('2026-09-01') })
    for (const filing of [older, newer]) expectValue(await keepFiling({ open, filing, act: 'filed' }))
    const answered = {
      ...older,
      reference: 'SAMPLE-77',
      answer: { at: on('2026-08-09'), decision: 'acted' as const, note: '' },
    }
    expectValue(await keepFiling({ open, filing: answered, act: 'answered' }))
    expect(await readLedger(open)).toEqual({ filings: [newer, answered], others: [], damaged: [] })
    expectValue(await deleteFiling({ open, id: newer.id, at: '2026-09-10T00:00:00.000Z' }))
    expect((await readLedger(open)).filings).toEqual([answered])
    expect((await listCases(open)).cases).toEqual([])
  })

  it('notes every act in the custody log, and tells no receiver of another', async () => {
    const open = await makeLocker()
    const before = entriesIn((await readRows(open)).rows).length
    const filing = sampleFiling({ itemIds: ['1'.repeat(32), '2'.repeat(32)], reference: 'SAMPLE-77' })
    expectValue(await keepFiling({ open, filing, act: 'filed' }))
    expectValue(await keepFiling({ open, filing: { ...filing, note: 'They wrote' }, act: 'noted' }))
    expectValue(await keepFiling({ open, filing, act: 'answered' }))
    expectValue(await deleteFiling({ open, id: filing.id, at: '2026-09-10T00:00:00.000Z' }))
    const entries = entriesIn((await readRows(open)).rows).map(({ custody }) => custody.entry)
    const own = entries.filter(({ kind }) => kind !== 'key')
    expect(entries.length - before).toBe(6)
    expect(own.map(({ kind, item }) => `${kind} ${item?.[0] ?? '-'}`).sort()).toEqual([
      'answered 1',
      'answered 2',
      'filed 1',
      'filed 2',
      'noted -',
      'noted -',
    ])
    expect(JSON.stringify(own)).not.toMatch(/sample|SAMPLE|They wrote/)
    expect(JSON.stringify(own)).not.toContain(filing.id)
  })

  it('keeps what others counted beside it', async () => {
    const open = await makeLocker()
    expectValue(await keepTallies(open, [tally]))
    expect(await readLedger(open)).toEqual({ filings: [], others: [tally], damaged: [] })
  })

  it('names a damaged row and keeps the others', async () => {
    const open = await makeLocker()
    expectValue(await keepFiling({ open, filing: sampleFiling(), act: 'filed' }))
    const id = 'c'.repeat(32)
    expectValue(
      await keepRow({ to: open, id, kind: 'filing', value: { ...sampleFiling(), id: 'd'.repeat(32) } }),
    )
    const { filings, damaged } = await readLedger(open)
    expect([filings.length, damaged]).toEqual([1, [id]])
  })

  it('leaves no word of it readable', async () => {
    const open = await makeLocker()
    const filing = sampleFiling({
      receiver: 'Sample platform',
      reference: 'SAMPLE-77',
      note: 'They wrote back',
    })
    expectValue(await keepFiling({ open, filing, act: 'filed' }))
    const stored = await readWholeDatabase()
    const text = stored
      .flatMap(({ row }) => Object.values(row))
      .map((value) => (value instanceof Uint8Array ? new TextDecoder('latin1').decode(value) : String(value)))
      .join('\n')
    expect(text.length).toBeGreaterThan(1_000)
    expect(text).not.toMatch(/SAMPLE-77|Sample platform|They wrote|sample-form/)
  })

  it('tells others nothing of itself but a digest that stays the same', async () => {
    const open = await makeLocker()
    const source = await tallySource(open)
    expect(source).toMatch(/^[0-9a-f]{16}$/)
    expect(await tallySource(open)).toBe(source)
    expect(open.lockerId).not.toContain(source)
    expect(await tallySource({ ...open, lockerId: `${open.lockerId}0` })).not.toBe(source)
  })
})
