import { beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import {
  frameInUse,
  isDocumentedFrame,
  isRead,
  readFrameStates,
  startFrames,
  stopFrames,
  withOthersHidden,
} from '../../../utils/capture/tab-frames'
import { readTab, writeTab } from '../../../utils/capture/tab-states'

const watch = 'https://www.youtube.com/watch?v=hR7mQ2vLk0s'
const chat = 'https://www.youtube.com/live_chat?continuation=op2w'
const question = { words: {}, direction: 'ltr' } as const
const state = {
  platformId: 'youtube',
  platformName: 'YouTube',
  isConfirmed: true,
  isBroken: false,
  hasPosts: true,
  hasProfile: false,
  hasClosedFrame: false,
}
const tab = (frames: number[]) => ({
  ...state,
  origin: 'https://www.youtube.com',
  frames,
  savedHere: 0,
  lastProblem: null,
})

type Injection = { target: { frameIds?: number[]; allFrames?: boolean }; files?: string[] }
let injected: number[] = []
let asked: string[] = []

/** What the frames of the tab answer to a function that runs in them. */
function framesAnswer(answers: { frameId: number; result?: unknown }[]): void {
  const executeScript = vi.fn(async ({ target, files }: Injection) => {
    if (files) injected.push(...(target.frameIds ?? []))
    return files ? [] : answers
  })
  Object.assign(fakeBrowser, { scripting: { executeScript } })
}

beforeEach(() => {
  fakeBrowser.reset()
  injected = []
  asked = []
  fakeBrowser.tabs.sendMessage = vi.fn(
    async (_: number, { name }: { name: string }, { frameId }: { frameId: number }) => {
      asked.push(`${name} ${frameId}`)
      return { ok: true, value: name === 'startDocumenting' ? state : {} }
    },
  ) as never
})

describe('the frames of a page', () => {
  it('are begun with where they are of its origin and the reader reads them, and nowhere else', async () => {
    framesAnswer([
      { frameId: 0, result: watch },
      { frameId: 4, result: chat },
      { frameId: 5, result: 'https://www.youtube.com/embed/hR7mQ2vLk0s' },
      { frameId: 6, result: 'https://chat.example/live_chat' },
      { frameId: 7, result: 'about:blank' },
      { frameId: 8 },
    ])
    expect(await startFrames(3, 'youtube', question)).toEqual([4])
    expect(injected).toEqual([4])
    expect(asked).toEqual(['startDocumenting 4'])
  })

  it('are not looked for on a platform without such frames, nor where the browser refuses', async () => {
    framesAnswer([
      { frameId: 0, result: watch },
      { frameId: 4, result: chat },
    ])
    expect(await startFrames(3, 'x', question)).toEqual([])
    expect(await startFrames(3, null, question)).toEqual([])
    const refuse = vi.fn(async () => Promise.reject(new Error('refused')))
    Object.assign(fakeBrowser, { scripting: { executeScript: refuse } })
    expect(await startFrames(3, 'youtube', question)).toEqual([])
    expect(injected).toEqual([])
  })

  it('say whether they show posts that are read; one that is gone says nothing', async () => {
    expect(await readFrameStates(3)).toEqual([])
    await writeTab(3, tab([4, 5, 6]))
    const answers: Record<number, object> = { 4: { ...state, hasPosts: false }, 5: state }
    fakeBrowser.tabs.sendMessage = vi.fn(async (_: number, __: object, { frameId }: { frameId: number }) =>
      answers[frameId] ? { ok: true, value: answers[frameId] } : Promise.reject(new Error('gone')),
    ) as never
    expect((await readFrameStates(3)).map(isRead)).toEqual([false, true])
    expect(isRead({ hasPosts: true, isBroken: true })).toBe(false)
  })

  it('may speak of captures only while they are documented', async () => {
    expect(await isDocumentedFrame(3, 0)).toBe(false)
    await writeTab(3, tab([4]))
    expect(await Promise.all([0, 4, 5].map((frame) => isDocumentedFrame(3, frame)))).toEqual([
      true,
      true,
      false,
    ])
    await stopFrames(3)
    expect(asked).toEqual(['stopDocumenting 4'])
    expect((await readTab(3))?.frames).toEqual([])
    expect(await isDocumentedFrame(3, 4)).toBe(false)
  })

  it('draw nothing while another one is pictured, and draw again even when that fails', async () => {
    await writeTab(3, tab([4]))
    const act = async () => {
      asked.push('picture')
      throw new Error('no picture')
    }
    await expect(withOthersHidden({ tabId: 3, frameId: 4 }, act)).rejects.toThrow('no picture')
    expect(asked).toEqual(['hideMarks 0', 'picture', 'showMarks 0'])
    asked = []
    await withOthersHidden({ tabId: 3, frameId: 0 }, async () => undefined)
    expect(asked).toEqual(['hideMarks 4', 'showMarks 4'])
  })

  it('cost nothing where there are none', async () => {
    await writeTab(3, tab([]))
    await withOthersHidden({ tabId: 3, frameId: 0 }, async () => undefined)
    expect(await frameInUse(3)).toBe(0)
    expect(asked).toEqual([])
  })

  it('are asked which of them the keyboard is in', async () => {
    await writeTab(3, tab([4, 9]))
    framesAnswer([
      { frameId: 4, result: false },
      { frameId: 9, result: true },
    ])
    expect(await frameInUse(3)).toBe(9)
    framesAnswer([{ frameId: 4, result: 'yes' }])
    expect(await frameInUse(3)).toBe(0)
  })
})
