import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { browser } from 'wxt/browser'
import { readCheckpointHead } from '../../../utils/custody/checkpoint'
import { keepAssessment, listAssessments } from '../../../utils/locker/assessments'
import { keepCase, listCases } from '../../../utils/locker/cases'
import { changePassphrase } from '../../../utils/locker/change-keys'
import { closeDatabase, openDatabase } from '../../../utils/locker/database'
import { deletePermanently } from '../../../utils/locker/delete'
import { openFromSession } from '../../../utils/locker/epoch'
import {
  binItem,
  countItems,
  ingestItems,
  keepItem,
  listBinnedItems,
  listItems,
  openItem,
  restoreItem,
  sealAndKeepItem,
  sealItem,
} from '../../../utils/locker/items'
import { lockLocker, type OpenLocker, openLocker, publicHalf } from '../../../utils/locker/keyring'
import { startProving } from '../../../utils/locker/prove-items'
import { useShredCell } from '../../../utils/locker/shred'
import { openHead } from '../../../utils/locker/signing'
import { sampleAssessment, sampleCase, sampleId, sampleItem } from '../../support/sample-items'
import {
  capture,
  cell,
  cheap,
  expectValue,
  makeLocker,
  passphrase,
  startFresh,
  unlock,
} from './locker-under-test'

const passphrases = [passphrase, 'walnut cradle plank overture amid dice']

/** Cuts everything off after so many writes, of any kind: what comes later fails, as after a crash. */
function crashAfter(writes: number): { isCut: () => boolean; stop: () => void } {
  let done = 0
  const count = (): void => {
    done += 1
    if (done > writes) throw new DOMException('Crashed', 'UnknownError')
  }
  const spies = (['put', 'add', 'delete', 'clear'] as const).map((name) => {
    const act = IDBObjectStore.prototype[name] as (...args: unknown[]) => IDBRequest
    return vi.spyOn(IDBObjectStore.prototype, name).mockImplementation(function (
      this: IDBObjectStore,
      ...args: unknown[]
    ) {
      count()
      return act.apply(this, args)
    } as never)
  })
  const set = browser.storage.session.set.bind(browser.storage.session)
  spies.push(
    vi.spyOn(browser.storage.session, 'set').mockImplementation(async (items) => {
      count()
      await set(items)
    }) as never,
  )
  useShredCell({
    read: cell.read,
    write: async (at, bytes) => {
      count()
      await cell.write(at, bytes)
    },
  })
  return {
    isCut: () => done > writes,
    stop: () => {
      for (const spy of spies) spy.mockRestore()
      useShredCell(cell)
    },
  }
}

type Model = {
  /** Acknowledged items, with whether they are in the bin; `maybe` where a crash left it open. */
  items: Map<string, { isBinned: boolean | 'maybe'; assessments: number; isGone: false | 'maybe' }>
  words: string[]
  seed: number
}

type Act =
  | { kind: 'capture' }
  | { kind: 'assess'; at: number }
  | { kind: 'bin' | 'restore'; at: number }
  | { kind: 'ingest' }
  | { kind: 'list' }
  | { kind: 'relock' }
  | { kind: 'delete'; at: number; beside: boolean }
  | { kind: 'change'; to: number }

const at = fc.nat({ max: 6 })
const anyAct: fc.Arbitrary<Act> = fc.oneof(
  fc.constant<Act>({ kind: 'capture' }),
  fc.record({ kind: fc.constant('assess' as const), at }),
  fc.record({ kind: fc.constantFrom('bin' as const, 'restore' as const), at }),
  fc.constantFrom<Act>({ kind: 'ingest' }, { kind: 'list' }, { kind: 'relock' }),
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('delete' as const), at, beside: fc.boolean() }) },
  fc.record({ kind: fc.constant('change' as const), to: fc.nat({ max: 1 }) }),
)
/** After how many writes an act is cut off; null lets it end. */
const anyCut = fc.option(fc.nat({ max: 40 }), { freq: 2 })

let open: OpenLocker

beforeEach(startFresh)
afterEach(() => vi.restoreAllMocks())

async function tryUnlock(words: readonly string[]): Promise<{ open: OpenLocker; words: string }> {
  for (const one of words) {
    const unlocked = await unlock(one)
    if (unlocked.ok) return { open: unlocked.value, words: one }
  }
  throw new Error('No passphrase opens the locker')
}

/** The browser dies and starts again: nothing in memory is left. */
async function restart(model: Model): Promise<void> {
  closeDatabase()
  await lockLocker()
  const unlocked = await tryUnlock(model.words)
  open = unlocked.open
  model.words = [unlocked.words]
}

function pick(model: Model, index: number): string | undefined {
  const ids = [...model.items.keys()]
  return ids[index % Math.max(1, ids.length)]
}

async function captureNext(model: Model): Promise<void> {
  model.seed += 1
  const { item, parts } = sampleItem({ seed: model.seed, parts: [] })
  const kept = await sealAndKeepItem({ item, parts })
  if (kept.ok) model.items.set(item.id, { isBinned: false, assessments: 0, isGone: false })
}

async function run(model: Model, act: Act, isCut: () => boolean): Promise<void> {
  const id = 'at' in act ? pick(model, act.at) : undefined
  const known = id === undefined ? undefined : model.items.get(id)
  switch (act.kind) {
    case 'capture':
      return captureNext(model)
    case 'ingest':
      return void (await ingestItems(open))
    case 'list':
      return void (await listItems(open))
    case 'relock':
      return restart(model)
    case 'assess': {
      if (!id || !known) return
      const half = await publicHalf()
      if (half === null) throw new Error('No locker')
      const kept = await keepAssessment({ ...half, assessment: sampleAssessment(id) })
      if (kept.ok) known.assessments += 1
      return
    }
    case 'bin':
    case 'restore': {
      if (!id || !known) return
      known.isBinned = 'maybe'
      const done = await (act.kind === 'bin' ? binItem(open, id) : restoreItem(open, id))
      if (done.ok) known.isBinned = act.kind === 'bin'
      return
    }
    case 'delete': {
      if (!id || !known) return
      known.isGone = 'maybe'
      const deletion = deletePermanently(open, {
        itemIds: [id],
        passphrase: model.words[0] ?? '',
        cost: cheap,
      })
      if (act.beside) await Promise.all([deletion, captureNext(model), listItems(open)])
      const deleted = await deletion
      if (deleted.ok) model.items.delete(id)
      else if (!isCut()) throw new Error(`Not deleted: ${deleted.problem.code}`)
      return
    }
    case 'change': {
      const words = passphrases[act.to] ?? passphrase
      const before = model.words
      model.words = [...before, words]
      const by = { passphrase: before[0] ?? '', cost: cheap }
      const changed = await changePassphrase({ by, passphrase: words })
      if (changed.ok) model.words = [words]
      else if (!isCut()) throw new Error(`Not changed: ${changed.problem.code}`)
    }
  }
}

/** Holds the locker against the model, and settles what a crash left open. */
async function compare(model: Model): Promise<void> {
  const [kept, binned] = [await listItems(open), await listBinnedItems(open)]
  expect([...kept.damaged, ...binned.damaged]).toEqual([])
  const [shown, inBin] = [new Set(kept.items.map(({ id }) => id)), new Set(binned.items.map(({ id }) => id))]
  for (const [id, known] of [...model.items]) {
    const isThere = shown.has(id) || inBin.has(id)
    if (known.isGone === 'maybe' && !isThere) {
      model.items.delete(id)
      continue
    }
    expect({ id, isThere }).toEqual({ id, isThere: true })
    known.isGone = false
    if (known.isBinned !== 'maybe')
      expect({ id, isBinned: inBin.has(id) }).toEqual({ id, isBinned: known.isBinned })
    known.isBinned = inBin.has(id)
    expect((await openItem(open, id)).ok).toBe(true)
    expect(await listAssessments(open, id)).toHaveLength(known.assessments)
  }
  expect(new Set([...shown, ...inBin])).toEqual(new Set(model.items.keys()))
  const count = await countItems()
  expect(count.inbox + count.records).toBe(model.items.size)
}

describe('rotation', () => {
  it('loses nothing acknowledged and brings nothing back, wherever it is cut off', {
    timeout: 300_000,
  }, async () => {
    const steps = fc.array(fc.tuple(anyAct, anyCut), { minLength: 2, maxLength: 12 })
    let cuts = 0
    await fc.assert(
      fc.asyncProperty(steps, async (acts) => {
        await startFresh()
        open = await makeLocker()
        const model: Model = { items: new Map(), words: [passphrase], seed: 0 }
        for (let first = 0; first < 3; first++) await captureNext(model)
        for (const [act, cut] of acts) {
          const crash = cut === null ? null : crashAfter(cut)
          try {
            await run(model, act, () => crash?.isCut() ?? false)
          } catch (error) {
            if (!crash?.isCut()) throw error
          }
          crash?.stop()
          if (crash?.isCut()) {
            cuts += 1
            await restart(model)
          }
          await compare(model)
        }
        await restart(model)
        await compare(model)
        expect((await openDatabase().meta.get('0'))?.isErasing).toBeUndefined()
      }),
      { numRuns: 40 },
    )
    expect(cuts).toBeGreaterThan(20)
  })

  it('leaves the old epoch or the new one after each single write of it', { timeout: 120_000 }, async () => {
    const seen = new Set<string>()
    for (let writes = 0; ; writes++) {
      await startFresh()
      open = await makeLocker()
      for (const seed of [1, 2, 3]) await capture({ seed, parts: [] })
      await keepAssessment({ ...open, assessment: sampleAssessment(sampleId(1)) })
      const crash = crashAfter(writes)
      const deletion = { itemIds: [sampleId(1)], passphrase, cost: cheap }
      const done = await deletePermanently(open, deletion).catch(() => null)
      crash.stop()
      closeDatabase()
      await lockLocker()
      open = expectValue(await unlock())
      const { items, damaged } = await listItems(open)
      const isNew = open.epoch === 2
      const wanted = (isNew ? [2, 3] : [1, 2, 3]).map(sampleId)
      expect({ writes, damaged, ids: items.map(({ id }) => id).sort() }).toEqual({
        writes,
        damaged: [],
        ids: wanted.sort(),
      })
      if (done?.ok) expect(isNew).toBe(true)
      expect((await openDatabase().meta.get('0'))?.isErasing).toBeUndefined()
      seen.add(isNew ? 'new' : 'old')
      if (!crash.isCut()) break
    }
    expect(seen).toEqual(new Set(['old', 'new']))
  })

  it('leaves a page unlocked that was closed before it could tell the session', async () => {
    open = await makeLocker()
    await capture({ seed: 1 })
    const set = browser.storage.session.set.bind(browser.storage.session)
    let calls = 0
    vi.spyOn(browser.storage.session, 'set').mockImplementation(async (items) => {
      calls += 1
      if (calls > 1) throw new Error('The page is gone')
      await set(items)
    })
    const deletion = { itemIds: [sampleId(1)], passphrase, cost: cheap }
    await expect(deletePermanently(open, deletion)).rejects.toThrow('The page is gone')
    vi.restoreAllMocks()
    expect((await openDatabase().meta.get('0'))?.isErasing).toBe(true)
    const after = await openLocker()
    expect(after?.epoch).toBe(2)
    expect((await openDatabase().meta.get('0'))?.isErasing).toBeUndefined()
  })
})

describe('what was under way when the epoch changed', () => {
  it('is waited for: what comes or changes after its key was wrapped anew is wrapped once more', async () => {
    open = await makeLocker()
    for (const seed of [1, 2, 9]) await capture({ seed, parts: [] })
    expectValue(await keepCase(open, sampleCase([])))
    await listItems(open)
    const { encrypt } = crypto.subtle
    let wrapped = 0
    vi.spyOn(crypto.subtle, 'encrypt').mockImplementation(async (...args) => {
      const context = new TextDecoder().decode((args[0] as AesGcmParams).additionalData as Uint8Array)
      const box = await encrypt.apply(crypto.subtle, args)
      if (!/\/(item|row)-key\/.*\/2$/.test(context)) return box
      wrapped += 1
      // Each in a round of its own, which begins with the entry that something was deleted: another page ingests, a case is changed, an item comes, one goes into the bin.
      if (wrapped === 5) {
        await capture({ seed: 3, parts: [] })
        await capture({ seed: 4, parts: [] })
        await ingestItems(open)
      }
      if (wrapped === 8) expectValue(await keepCase(open, sampleCase([], { title: 'Changed meanwhile' })))
      if (wrapped === 10) await capture({ seed: 5, parts: [] })
      if (wrapped === 12) await capture({ seed: 6, parts: [] })
      if (wrapped === 14) expectValue(await binItem(open, sampleId(1)))
      return box
    })
    const deletion = { itemIds: [sampleId(9)], passphrase, cost: cheap }
    const done = expectValue(await deletePermanently(open, deletion))
    vi.restoreAllMocks()
    expect(wrapped).toBe(15)
    const { items, damaged } = await listItems(done.open)
    expect(damaged).toEqual([])
    expect(items.map(({ id }) => id).sort()).toEqual([2, 3, 4, 5, 6].map(sampleId).sort())
    expect((await listBinnedItems(done.open)).items.map(({ id }) => id)).toEqual([sampleId(1)])
    expect((await listCases(done.open)).cases.map(({ title }) => title)).toEqual(['Changed meanwhile'])
  })

  it('is waited for, also a case that is new, and comes before those whose keys were read', async () => {
    open = await makeLocker()
    await capture({ seed: 9 })
    expectValue(await keepCase(open, sampleCase([])))
    const came = sampleCase([], { id: '1'.padStart(32, '0'), title: 'Came meanwhile' })
    const { encrypt } = crypto.subtle
    let [areRecordsDone, isThere] = [false, false]
    vi.spyOn(crypto.subtle, 'encrypt').mockImplementation(async (...args) => {
      const context = new TextDecoder().decode((args[0] as AesGcmParams).additionalData as Uint8Array)
      if (areRecordsDone && !isThere && /\/row-key\/.*\/2$/.test(context)) {
        isThere = true
        expectValue(await keepCase(open, came))
      }
      return encrypt.apply(crypto.subtle, args)
    })
    const onProgress = () => {
      areRecordsDone = true
    }
    const deletion = { itemIds: [sampleId(9)], passphrase, cost: cheap, onProgress }
    const done = expectValue(await deletePermanently(open, deletion))
    vi.restoreAllMocks()
    expect(isThere).toBe(true)
    const { cases, damaged } = await listCases(done.open)
    expect(damaged).toEqual([])
    expect(cases.map(({ title }) => title).sort()).toEqual(['Came meanwhile', 'May threats'])
  })

  it('is a checkpoint that was signed: the next epoch remembers it, and no shorter one', async () => {
    open = await makeLocker()
    for (const seed of [1, 9]) await capture({ seed, parts: [] })
    expectValue(await startProving(open))
    expectValue(await keepAssessment({ ...open, assessment: sampleAssessment(sampleId(1)) }))
    const { encrypt } = crypto.subtle
    let signed = 0
    vi.spyOn(crypto.subtle, 'encrypt').mockImplementation(async (...args) => {
      const context = new TextDecoder().decode((args[0] as AesGcmParams).additionalData as Uint8Array)
      const box = await encrypt.apply(crypto.subtle, args)
      // The last thing that is made ready for the next epoch: another page signs just after it.
      if (signed === 0 && /^lkr\/v1\/head\/.*\/2$/.test(context)) {
        signed = expectValue(await startProving(open)).log.tree.size
      }
      return box
    })
    const deletion = { itemIds: [sampleId(9)], passphrase, cost: cheap }
    const done = expectValue(await deletePermanently(open, deletion))
    vi.restoreAllMocks()
    const meta = await openDatabase().meta.get('0')
    const head = meta && (await openHead(done.open, meta))
    expect(signed).toBeGreaterThan(0)
    expect(readCheckpointHead(head ?? '')?.size).toBe(signed)
    expect((await listItems(done.open)).items.map(({ id }) => id)).toEqual([sampleId(1)])
  })

  it('is never lost silently: a capture is refused or sealed anew', async () => {
    open = await makeLocker()
    await capture({ seed: 9 })
    const half = await publicHalf()
    if (half === null) throw new Error('No locker')
    const { item, parts } = sampleItem({ seed: 1 })
    const sealed = await sealItem({ ...half, item, parts })
    expectValue(await deletePermanently(open, { itemIds: [sampleId(9)], passphrase, cost: cheap }))
    expect(await keepItem(sealed)).toEqual({
      ok: false,
      problem: { code: 'capture-failed', detail: 'epoch' },
    })
    expect(await countItems()).toEqual({ inbox: 0, records: 0 })
    expectValue(await sealAndKeepItem({ item, parts }))
    expect((await openItem(open, item.id)).ok).toBe(true)
  })

  it('is sealed anew when it is an assessment, locked or not', async () => {
    open = await makeLocker()
    await capture({ seed: 1 })
    await capture({ seed: 9 })
    const half = await publicHalf()
    if (half === null) throw new Error('No locker')
    const stale = open
    expectValue(await deletePermanently(open, { itemIds: [sampleId(9)], passphrase, cost: cheap }))
    const assessment = sampleAssessment(sampleId(1))
    expectValue(await keepAssessment({ ...half, assessment }))
    expect(await listAssessments(stale, sampleId(1))).toEqual([assessment])
    await lockLocker()
    expectValue(await keepAssessment({ ...half, assessment }))
    expect(await listAssessments(stale, sampleId(1))).toEqual([])
    expect(await openFromSession()).toBeNull()
    open = expectValue(await unlock())
    expect(await listAssessments(open, sampleId(1))).toEqual([assessment, assessment])
  })
})
