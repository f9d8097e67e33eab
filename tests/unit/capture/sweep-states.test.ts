import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import {
  closeSweep,
  forgetSweep,
  forgetSweptItems,
  isOpen,
  noteSwept,
  noteTakenBack,
  openSweep,
  readSweep,
} from '../../../utils/capture/sweep-states'

const [one, two, three] = ['a', 'b', 'c'].map((letter) => letter.repeat(32)) as [string, string, string]

beforeEach(() => {
  fakeBrowser.reset()
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a sweep', () => {
  it('counts places up in the order of capture, also when many are noted at once', async () => {
    await openSweep(3)
    await Promise.all([one, two, three].map((id) => noteSwept(3, id)))
    expect(await readSweep(3)).toMatchObject({ isOn: true, next: 3, ids: [one, two, three] })
  })

  it('belongs to its tab, and has a group of its own each time', async () => {
    await openSweep(3)
    await openSweep(4)
    await noteSwept(3, one)
    const before = await readSweep(3)
    expect(await readSweep(4)).toMatchObject({ ids: [] })
    await openSweep(3)
    const after = await readSweep(3)
    expect(after?.group).toMatch(/^[0-9a-f]{32}$/)
    expect(after?.group).not.toBe(before?.group)
    expect(after?.ids).toEqual([])
  })

  it('takes what is under way for fifteen seconds after its end, and nothing once it is taken back', async () => {
    await openSweep(3)
    await noteSwept(3, one)
    await closeSweep(3)
    const ended = await readSweep(3)
    expect(ended && isOpen(ended)).toBe(true)
    vi.setSystemTime(Date.now() + 15_001)
    expect(ended && isOpen(ended)).toBe(false)
    vi.setSystemTime(Date.now() - 15_001)
    await noteTakenBack(3, { ids: [one], count: 1 })
    const undone = await readSweep(3)
    expect(undone && isOpen(undone)).toBe(false)
  })

  it('knows what is left when taking back was cut off', async () => {
    await openSweep(3)
    for (const id of [one, two, three]) await noteSwept(3, id)
    await closeSweep(3)
    await noteTakenBack(3, { ids: [two, three], count: 1 })
    expect(await readSweep(3)).toMatchObject({ ids: [one], takenBack: 1 })
  })

  it('forgets its items when the locker is locked, and goes on without remembering any', async () => {
    await openSweep(3)
    await noteSwept(3, one)
    await forgetSweptItems()
    await noteSwept(3, two)
    expect(await readSweep(3)).toMatchObject({ isOn: true, ids: [], isForgotten: true, next: 2 })
  })

  it('goes with its tab', async () => {
    await openSweep(3)
    await forgetSweep(3)
    await noteSwept(3, one)
    expect(await readSweep(3)).toBeNull()
    await forgetSweptItems()
    expect(await readSweep(3)).toBeNull()
  })
})
