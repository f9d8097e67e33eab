import 'fake-indexeddb/auto'
import { signal } from '@preact/signals'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Contents, createContents } from '../../../entrypoints/shared/contents'
import { followLock } from '../../../entrypoints/shared/follow-lock'
import type { LockerView } from '../../../entrypoints/shared/locker-view'
import { newCase } from '../../../entrypoints/shared/new-records'
import { createCases } from '../../../entrypoints/shared/session-cases'
import { keepCase, listCases } from '../../../utils/locker/cases'
import type { OpenLocker } from '../../../utils/locker/keyring'
import type { Case } from '../../../utils/model/case'
import type { Outcome } from '../../../utils/model/problem'
import { expectValue, makeLocker, startFresh } from '../locker/locker-under-test'

let open: OpenLocker
beforeEach(async () => {
  await startFresh()
  open = await makeLocker()
})
afterEach(() => vi.useRealTimers())

const nothing = { isRead: true, items: [], damaged: 0, filings: [], others: [] }
const at = (changedAt: string, narrative: string): Case => ({
  ...newCase({ title: 'River' }),
  id: '0123456789abcdef0123456789abcdef',
  changedAt,
  narrative,
})

/** Contents whose readings end when the test says so. */
function startReading() {
  const ends: ((read: Contents) => void)[] = []
  const own = createContents(
    () => open,
    () => new Promise((resolve) => ends.push(resolve)),
  )
  return { ends, own }
}

describe('what is in the locker', () => {
  it('is what was read last, and whoever waited for an earlier reading sees it', async () => {
    const { ends, own } = startReading()
    const first = own.refresh()
    let isSeen = false
    void first.then(() => {
      isSeen = own.contents.value.damaged === 2
    })
    const second = own.refresh()
    ends[0]?.({ ...nothing, cases: [], damaged: 1 })
    await Promise.resolve()
    expect(own.contents.value.isRead).toBe(false)
    ends[1]?.({ ...nothing, cases: [], damaged: 2 })
    await Promise.all([first, second])
    expect(own.contents.value.damaged).toBe(2)
    expect(isSeen).toBe(true)
  })

  it('keeps what was typed while it was read', async () => {
    const { ends, own } = startReading()
    const reading = own.refresh()
    own.contents.value = { ...nothing, cases: [at('2026-03-02T10:00:01.000Z', 'typed meanwhile')] }
    ends[0]?.({ ...nothing, cases: [at('2026-03-02T10:00:00.000Z', 'read before')] })
    await reading
    expect(own.contents.value.cases[0]?.narrative).toBe('typed meanwhile')
    const again = own.refresh()
    ends[1]?.({ ...nothing, cases: [at('2026-03-02T10:00:02.000Z', 'kept by another page')] })
    await again
    expect(own.contents.value.cases[0]?.narrative).toBe('kept by another page')
  })

  it('is forgotten for good while it is erased', async () => {
    const { ends, own } = startReading()
    const reading = own.refresh()
    own.forget()
    ends[0]?.({ ...nothing, cases: [at('2026-03-02T10:00:00.000Z', 'erased')] })
    await reading
    expect(own.contents.value).toMatchObject({ isRead: false, cases: [] })
  })
})

async function startCases() {
  const attempt = async <T>(work: (locker: OpenLocker) => Promise<Outcome<T>>) =>
    expectValue(await work(open))
  const own = createContents(() => open)
  const value = newCase({ title: 'River' })
  expectValue(await keepCase(open, value))
  await own.refresh()
  return { own, id: value.id, cases: createCases(own, attempt) }
}

describe('cases', () => {
  it('do not come back when they are removed right after something was typed in them', async () => {
    const { id, cases } = await startCases()
    cases.changeCase(id, { narrative: 'Two lines' })
    cases.saveNow()
    await cases.removeCase(id)
    // Whatever was asked for before this has been written when this is.
    await cases.saveCase(newCase({ title: 'Meadow' }))
    expect((await listCases(open)).cases.map(({ title }) => title)).toEqual(['Meadow'])
  })

  it('keep both what was typed and what was added to them at once', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { id, cases } = await startCases()
    cases.changeCase(id, { narrative: 'Two lines' })
    const itemId = 'ab'.repeat(16)
    const adding = cases.addToCase({ caseId: id, title: '', itemIds: [itemId] })
    vi.advanceTimersByTime(1_000)
    vi.useRealTimers()
    await adding
    await cases.saveCase(newCase({ title: 'Meadow' }))
    const kept = (await listCases(open)).cases.find((one) => one.id === id)
    expect(kept).toMatchObject({ narrative: 'Two lines', itemIds: [itemId] })
  })
})

describe('a lock', () => {
  function startFollowing() {
    const reads: ((now: LockerView) => void)[] = []
    const locker = signal<LockerView>({ kind: 'locked' })
    const readContents = vi.fn(async () => undefined)
    const replacePage = vi.fn()
    let isErasing = false
    const follow = followLock({
      locker,
      read: () => new Promise((resolve) => reads.push(resolve)),
      isErasing: () => isErasing,
      readContents,
      replacePage,
    })
    const erase = () => {
      isErasing = true
      locker.value = { kind: 'none' }
    }
    return { reads, locker, readContents, replacePage, follow, erase }
  }

  it('that comes while the unlocking is still read closes the page again', async () => {
    const { reads, replacePage, follow } = startFollowing()
    const unlocked = follow()
    const locked = follow()
    // Were both asked at once, the later one could be answered first.
    reads[1]?.({ kind: 'locked' })
    reads[0]?.({ kind: 'open', locker: open })
    await vi.waitUntil(() => reads.length === 2)
    reads[1]?.({ kind: 'locked' })
    await Promise.all([unlocked, locked])
    expect(replacePage).toHaveBeenCalledTimes(1)
  })

  it('opens the page once, however often the unlocking is told', async () => {
    const { reads, locker, readContents, follow } = startFollowing()
    const first = follow()
    reads[0]?.({ kind: 'open', locker: open })
    await first
    const held = locker.value
    const second = follow()
    reads[1]?.({ kind: 'open', locker: { ...open } })
    await second
    expect(locker.value).toBe(held)
    expect(readContents).toHaveBeenCalledTimes(1)
  })

  it('leaves a page alone that began to erase while it was asked', async () => {
    const { reads, locker, readContents, replacePage, follow, erase } = startFollowing()
    const asked = follow()
    erase()
    reads[0]?.({ kind: 'open', locker: open })
    await asked
    expect(locker.value).toEqual({ kind: 'none' })
    expect(readContents).not.toHaveBeenCalled()
    expect(replacePage).not.toHaveBeenCalled()
  })
})
