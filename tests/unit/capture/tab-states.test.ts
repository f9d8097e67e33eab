import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import {
  forgetCaptures,
  forgetTab,
  isGroupOf,
  issueReceipt,
  itemOfReceipt,
  noteCapture,
  openGroup,
  readRecheck,
  readTab,
  voidReceipt,
  writeRecheck,
  writeTab,
} from '../../../utils/capture/tab-states'

const item = 'a'.repeat(32)
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

beforeEach(() => {
  fakeBrowser.reset()
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a receipt', () => {
  it('serves the tab that it was given to, and no other', async () => {
    const receipt = await issueReceipt(3, item)
    expect(await itemOfReceipt(3, receipt)).toBe(item)
    expect(await itemOfReceipt(4, receipt)).toBeNull()
    expect(await itemOfReceipt(null, receipt)).toBeNull()
  })

  it('is random, and no name that objects have by themselves', async () => {
    const receipts = await Promise.all([1, 2, 3].map(() => issueReceipt(3, item)))
    expect(new Set(receipts).size).toBe(3)
    expect(receipts.every((receipt) => /^[0-9a-f]{32}$/.test(receipt))).toBe(true)
    for (const name of ['constructor', '__proto__', 'toString'])
      expect(await itemOfReceipt(3, name)).toBeNull()
  })

  it('ends after ten minutes, and at once when the clock is set back', async () => {
    const receipt = await issueReceipt(3, item)
    vi.setSystemTime(Date.now() + 10 * 60_000)
    expect(await itemOfReceipt(3, receipt)).toBe(item)
    vi.setSystemTime(Date.now() + 1)
    expect(await itemOfReceipt(3, receipt)).toBeNull()
    vi.setSystemTime(Date.now() - 60 * 60_000)
    expect(await itemOfReceipt(3, receipt)).toBeNull()
  })

  it('ends when it is used up, when its tab goes, and when the locker is locked', async () => {
    const endings = [voidReceipt, () => forgetTab(3), forgetCaptures]
    for (const end of endings) {
      const [receipt, other] = [await issueReceipt(3, item), await issueReceipt(4, item)]
      await end(receipt)
      expect(await itemOfReceipt(3, receipt)).toBeNull()
      if (end !== forgetCaptures) expect(await itemOfReceipt(4, other)).toBe(item)
    }
  })
})

describe('locking', () => {
  it('leaves of each tab only that it is documented', async () => {
    await writeTab(3, tab)
    await noteCapture(3, null)
    await noteCapture(3, { code: 'disk-full' })
    expect(await readTab(3)).toMatchObject({ savedHere: 1, lastProblem: { code: 'disk-full' } })
    await issueReceipt(3, item)
    await forgetCaptures()
    expect(await readTab(3)).toEqual(tab)
    expect(JSON.stringify(await fakeBrowser.storage.session.get(null))).not.toContain(item)
  })
})

describe('groups', () => {
  it('may be joined by captures of the tab they were opened in, until it is forgotten', async () => {
    const group = await openGroup(3)
    expect(await isGroupOf(3, group)).toBe(true)
    expect(await isGroupOf(4, group)).toBe(false)
    expect(await isGroupOf(3, '__proto__')).toBe(false)
    await forgetTab(3)
    expect(await isGroupOf(3, group)).toBe(false)
  })
})

describe('second looks', () => {
  const question = {
    itemId: item,
    platform: 'x',
    postId: '1',
    permalink: 'https://x.com/one/status/1',
    words: null,
    window: 'normal' as const,
  }

  it('belong to one tab and are gone when the locker is locked', async () => {
    await writeRecheck(3, { ...question, outcome: null })
    await writeRecheck(4, { ...question, outcome: 'edited' })
    expect(await readRecheck(4)).toMatchObject({ outcome: 'edited' })
    await writeRecheck(4, null)
    expect(await readRecheck(4)).toBeNull()
    await forgetCaptures()
    expect(await readRecheck(3)).toBeNull()
    expect(JSON.stringify(await fakeBrowser.storage.session.get(null))).not.toContain(item)
  })
})
