import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { sweptItemId } from '../../../utils/capture/capture-window'
import { closeSweep, noteSwept, openSweep, readSweep } from '../../../utils/capture/sweep-states'
import { writeTab } from '../../../utils/capture/tab-states'
import { keepSwept, undoSweep } from '../../../utils/capture/tab-sweeps'
import type { SweptPost } from '../../../utils/messages/protocol'
import type { Outcome } from '../../../utils/model/problem'

const withdrawItem = vi.hoisted(() => vi.fn<(id: string) => Promise<Outcome<{ id: string }>>>())
vi.mock('../../../utils/locker/items', async (original) => ({
  ...(await original<typeof import('../../../utils/locker/items')>()),
  withdrawItem,
}))
const pictureWindow = vi.hoisted(() => vi.fn<() => Promise<unknown>>())
const keepSweptPost = vi.hoisted(() => vi.fn(async (_: SweptPost) => ({ ok: true, value: { id: '' } })))
vi.mock('../../../utils/capture/capture-window', async (original) => ({
  ...(await original<typeof import('../../../utils/capture/capture-window')>()),
  isKept: async () => false,
  keepSweptPost,
  pictureWindow,
}))
vi.mock('../../../utils/locker/keyring', () => ({ lockerState: async () => 'locked' }))

const tab = {
  origin: 'https://x.com',
  platformId: 'x',
  platformName: 'X',
  isConfirmed: true,
  isBroken: false,
  hasPosts: true,
  hasProfile: false,
  hasClosedFrame: false,
  frames: [],
  savedHere: 0,
  lastProblem: null,
}
const asker = { tabId: 3, windowId: 1, frameId: 0 }
const postFrom = (address: string): SweptPost =>
  ({ key: 'x:1', prepared: { page: { address } }, html: null, readMsAgo: 0 }) as unknown as SweptPost
const ids = Array.from({ length: 25 }, (_, index) => index.toString(16).padStart(32, '0'))

async function endedSweep(): Promise<void> {
  await writeTab(3, { ...tab, savedHere: 25 })
  await openSweep(3)
  for (const id of ids) await noteSwept(3, id)
  await closeSweep(3)
}

beforeEach(() => {
  fakeBrowser.reset()
  fakeBrowser.tabs.sendMessage = vi.fn(async () => ({ ok: true, value: {} })) as never
  withdrawItem.mockReset()
  withdrawItem.mockImplementation(async (id) => ({ ok: true, value: { id } }))
})
afterEach(() => {
  vi.restoreAllMocks()
})

describe('posts that a page hands over', () => {
  it('are refused where no sweep is on', async () => {
    await writeTab(3, tab)
    const question = { window: null, posts: [postFrom('https://x.com/home')] }
    expect(await keepSwept(asker, question)).toMatchObject({ ok: false, problem: { code: 'refused' } })
    await openSweep(4)
    expect(await keepSwept(asker, question)).toMatchObject({ ok: false, problem: { code: 'refused' } })
  })

  it('are refused when the page says that it is of another origin', async () => {
    await writeTab(3, tab)
    await openSweep(3)
    const question = { window: null, posts: [postFrom('https://x.com.example/home')] }
    expect(await keepSwept(asker, question)).toMatchObject({ ok: false, problem: { code: 'page-changed' } })
  })

  it('are refused when more wait already than a person can scroll past', async () => {
    await writeTab(3, tab)
    await openSweep(3)
    const question = { window: null, posts: [postFrom('https://x.com.example/home')] }
    const answers = await Promise.all(Array.from({ length: 9 }, () => keepSwept(asker, question)))
    const codes = answers.map((answer) => (answer.ok ? 'kept' : answer.problem.code))
    expect(codes).toEqual([...Array(8).fill('page-changed'), 'refused'])
    expect(await keepSwept(asker, question)).toMatchObject({ problem: { code: 'page-changed' } })
  })

  it('wait for another picture where this one does not count for them', async () => {
    await writeTab(3, tab)
    await openSweep(3)
    const posts = ['x:1', 'x:2', 'x:3'].map((key) => ({ ...postFrom('https://x.com/home'), key }))
    pictureWindow.mockResolvedValue({ picture: null, held: [true, false, true], address: null })
    const kept = () => keepSweptPost.mock.calls.map(([{ key }]) => key)
    expect(await keepSwept(asker, { window: 1, posts })).toEqual({
      ok: true,
      value: { ends: ['kept', 'again', 'kept'] },
    })
    expect(kept()).toEqual(['x:1', 'x:3'])
    expect(await keepSwept(asker, { window: null, posts: posts.slice(1, 2) })).toEqual({
      ok: true,
      value: { ends: ['kept'] },
    })
    expect(kept()).toEqual(['x:1', 'x:3', 'x:2'])
  })

  it('have one id for one post in one sweep', async () => {
    const id = await sweptItemId('a'.repeat(32), 'x:1')
    expect(id).toMatch(/^[0-9a-f]{32}$/)
    expect(await sweptItemId('a'.repeat(32), 'x:1')).toBe(id)
    expect(await sweptItemId('a'.repeat(32), 'x:2')).not.toBe(id)
    expect(await sweptItemId('b'.repeat(32), 'x:1')).not.toBe(id)
  })
})

describe('taking a sweep back', () => {
  it('withdraws every item once', async () => {
    await endedSweep()
    expect(await undoSweep(3)).toMatchObject({ ok: true, value: { sweep: { saved: 0, takenBack: 25 } } })
    expect(withdrawItem.mock.calls.map(([id]) => id).toSorted()).toEqual(ids)
  })

  it('goes on where it was cut off, and counts nothing twice', async () => {
    await endedSweep()
    const left = new Set(ids)
    let isFull = false
    withdrawItem.mockImplementation(async (id) => {
      if (left.size <= 10 && !isFull) return { ok: false, problem: { code: 'storage-unavailable' } }
      if (!left.delete(id)) return { ok: false, problem: { code: 'not-found' } }
      return { ok: true, value: { id } }
    })
    expect(await undoSweep(3)).toMatchObject({ ok: false, problem: { code: 'storage-unavailable' } })
    expect(await readSweep(3)).toMatchObject({ takenBack: 15, ids: [...left] })
    isFull = true
    expect(await undoSweep(3)).toMatchObject({ ok: true, value: { sweep: { saved: 0, takenBack: 25 } } })
  })

  it('passes over what was removed otherwise, without counting it', async () => {
    await endedSweep()
    withdrawItem.mockImplementation(async (id) =>
      id === ids[7] ? { ok: false, problem: { code: 'not-found' } } : { ok: true, value: { id } },
    )
    expect(await undoSweep(3)).toMatchObject({ ok: true, value: { sweep: { saved: 0, takenBack: 24 } } })
  })

  it('is refused while the sweep is on', async () => {
    await openSweep(3)
    await noteSwept(3, ids[0] ?? '')
    expect(await undoSweep(3)).toMatchObject({ ok: false })
    expect(withdrawItem).not.toHaveBeenCalled()
  })
})
