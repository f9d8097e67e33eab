import { afterEach, describe, expect, it, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { protocol, type ToBackground } from '../../../utils/messages/protocol'
import {
  answerMessage,
  askPage,
  type Handlers,
  type Sender,
  wellFormed,
} from '../../../utils/messages/trusted-end'

const id = fakeBrowser.runtime.id
const ownPage: Sender = { id, url: fakeBrowser.runtime.getURL('/popup.html') }
const ownTab: Sender = { ...ownPage, frameId: 0, tab: { id: 7, windowId: 1 } }
const contentScript: Sender = { id, url: 'https://x.com/home', frameId: 0, tab: { id: 3, windowId: 1 } }
const innerFrame: Sender = { ...contentScript, frameId: 4 }
const watchPage = 'https://www.youtube.com/watch?v=hR7mQ2vLk0s'
const chatFrame: Sender = {
  id,
  url: 'https://www.youtube.com/live_chat?continuation=op2w0wR',
  frameId: 4,
  tab: { id: 3, windowId: 1, url: watchPage },
}
const noTab: Sender = { id, url: 'https://x.com/home' }
const stranger: Sender = { ...ownPage, id: 'somebody-else' }

const frame = { x: 0, y: 0, width: 600, height: 120 }
const sweptPost = {
  key: 'x:1',
  prepared: {
    reading: {},
    context: [],
    sources: [],
    reader: { platform: 'x', version: 1, reason: null, expected: null, isConfirmed: true },
    page: {
      address: 'https://x.com/home',
      canonical: null,
      title: '',
      language: null,
      headings: [],
      times: [],
    },
    visibleText: 'words',
    frame,
    avatar: null,
    band: { top: 0, bottom: 800 },
    offset: { x: 0, y: 0 },
    viewport: { width: 1280, height: 800 },
    pixelRatio: 1,
    actions: [],
  },
  html: null,
  readMsAgo: 12,
}

const questions: Record<ToBackground, unknown> = {
  announcePage: {},
  frameLoaded: {},
  openGroup: {},
  capturePost: { choice: 1, thread: null, keepsMedia: false, isPart: false },
  assessCapture: { receipt: 'a'.repeat(32), types: ['doxxing'] },
  undoCapture: { receipt: 'a'.repeat(32) },
  tabState: { tabId: 3 },
  documentTab: { tabId: 3 },
  stopTab: { tabId: 3 },
  captureElse: { tabId: 3, what: 'selection' },
  openRecheck: {
    itemId: 'a'.repeat(32),
    platform: 'x',
    postId: '1',
    permalink: 'https://x.com/one/status/1',
    words: null,
    window: 'normal',
  },
  runRecheck: { tabId: 3 },
  keepSwept: { window: null, posts: [sweptPost] },
  sweepEnded: {},
  startSweep: { tabId: 3 },
  stopSweep: { tabId: 3 },
  undoSweep: { tabId: 3 },
}
const names = Object.keys(questions) as ToBackground[]

function heardBy() {
  const heard: string[] = []
  const handlers = Object.fromEntries(
    names.map((name) => [
      name,
      async () => {
        heard.push(name)
        return { ok: true, value: {} }
      },
    ]),
  ) as unknown as Handlers
  return { heard, handlers }
}

async function isHeard(name: string, question: unknown, sender: Sender): Promise<boolean> {
  const { heard, handlers } = heardBy()
  const answer = await answerMessage(handlers, { name, question }, sender)
  expect(answer.ok).toBe(heard.length === 1)
  return heard.length === 1
}

describe('who may ask the background what', () => {
  it('covers every message to the background', () => {
    const all = Object.entries(protocol).flatMap(([name, { to }]) => (to === 'background' ? [name] : []))
    expect(all.sort()).toEqual([...names].sort())
  })

  for (const name of names) {
    const isFromPage = protocol[name].from === 'page'
    it(`${name}: only ${isFromPage ? 'the top frame of a page' : 'our own pages'}`, async () => {
      expect(await isHeard(name, questions[name], contentScript)).toBe(isFromPage)
      expect(await isHeard(name, questions[name], ownPage)).toBe(!isFromPage)
      expect(await isHeard(name, questions[name], innerFrame)).toBe(false)
      expect(await isHeard(name, questions[name], noTab)).toBe(false)
      expect(await isHeard(name, questions[name], stranger)).toBe(false)
      expect(await isHeard(name, questions[name], { id: undefined })).toBe(false)
    })

    it(`${name}: refuses a question of another shape`, async () => {
      const sender = isFromPage ? contentScript : ownTab
      const asksNothing = Object.keys(questions[name] as object).length === 0
      const tooLittle = asksNothing ? [] : [{}]
      for (const wrong of [
        undefined,
        null,
        'x',
        [],
        ...tooLittle,
        { ...(questions[name] as object), more: 1 },
      ])
        expect(await isHeard(name, wrong, sender)).toBe(false)
    })
  }

  it('hears of captures in a frame of the same origin as its page, and of nothing else there', async () => {
    const inFrames = names.filter((name) => 'inFrames' in protocol[name])
    expect(inFrames.toSorted()).toEqual(['assessCapture', 'capturePost', 'openGroup', 'undoCapture'])
    for (const name of names)
      expect(await isHeard(name, questions[name], chatFrame)).toBe(inFrames.includes(name))
    const strangers: Sender[] = [
      { ...chatFrame, url: 'https://m.youtube.com/live_chat' },
      { ...chatFrame, url: 'about:blank' },
      { ...chatFrame, url: undefined },
      { ...chatFrame, tab: { id: 3, windowId: 1 } },
      { ...chatFrame, frameId: undefined },
      { ...chatFrame, id: 'somebody-else' },
    ]
    for (const stranger of strangers)
      expect(await isHeard('openGroup', questions.openGroup, stranger)).toBe(false)
  })

  it('refuses names that are no messages to it', async () => {
    for (const name of ['preparePost', 'readPage', '__proto__', 'constructor', 'toString', ''])
      expect(await isHeard(name, {}, ownPage)).toBe(false)
    const { handlers } = heardBy()
    for (const raw of [undefined, null, 5, 'capturePost', { question: {} }])
      expect((await answerMessage(handlers, raw, ownPage)).ok).toBe(false)
  })
})

describe('text of a page', () => {
  it('has no halves of characters, which no canonical form can hold', () => {
    const value = { text: 'half \ud83d of one', more: ['\udc00', 3, null], '\ud800': true }
    expect(wellFormed(value)).toEqual({
      text: 'half \ufffd of one',
      more: ['\ufffd', 3, null],
      '\ufffd': true,
    })
    expect(wellFormed('whole 🙏')).toBe('whole 🙏')
  })
})

describe('what a page answers', () => {
  const answers = (answer: () => Promise<unknown>) => {
    vi.spyOn(fakeBrowser.tabs, 'sendMessage').mockImplementation(answer as never)
  }
  afterEach(() => {
    vi.restoreAllMocks()
    vi.useRealTimers()
  })

  it('brings no detail of a problem and no unknown problem into ours', async () => {
    answers(async () => ({ ok: false, problem: { code: 'post-gone', detail: 'Lena Vasko wrote' } }))
    expect(await askPage(3, 'snapshotPost', { choice: 1 })).toEqual({
      ok: false,
      problem: { code: 'post-gone' },
    })
    answers(async () => ({ ok: false, problem: { code: 'Lena Vasko wrote' } }))
    expect(await askPage(3, 'snapshotPost', { choice: 1 })).toMatchObject({ problem: { code: 'refused' } })
  })

  it('is not waited for without end', async () => {
    vi.useFakeTimers()
    answers(() => new Promise(() => undefined))
    const asked = askPage(3, 'snapshotPost', { choice: 1 })
    await vi.advanceTimersByTimeAsync(20_000)
    expect(await asked).toMatchObject({ ok: false, problem: { code: 'capture-failed' } })
  })

  it('is described without its words when it does not fit, however long its keys are', async () => {
    for (const key of ['Lena Vasko wrote', 'x'.repeat(5_000)]) {
      answers(async () => ({ ok: true, value: { html: '', dropped: { [key]: 1.5 } } }))
      const answer = await askPage(3, 'snapshotPost', { choice: 1 })
      expect(JSON.stringify(answer)).not.toMatch(/Vasko|xxx/)
      expect(answer).toMatchObject({ ok: false, problem: { code: 'refused' } })
    }
  })
})
