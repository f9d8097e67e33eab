import type { Page } from 'puppeteer-core'
import type { Mark, MarkState, Marks } from '../../scripts/browser/marks'
import { openEyes, waitUntil } from '../../scripts/browser/seen'
import type { ScreenWords } from '../../scripts/browser/words'
import { builtFolder } from '../../scripts/build'
import { longFeed } from '../support/feed'
import { expect, type Ready, test } from '../support/fixtures'
import { bundleProbe } from '../support/probe/build'
import { openProbe, type Probe } from '../support/probe/chromium'
import { workerStopper } from '../support/stop-worker'

const stepMs = 25
const longestMs = 400

test.use({ served: { sites: [longFeed('https://x.com/home', 140)] } })

/** What the person was told of one capture, and what the test did to the background meanwhile. */
type End = { author: string; state: MarkState; when: string }

async function markOf(page: Page, marks: Marks, author: string): Promise<Mark> {
  await page.bringToFront()
  await page.evaluate(
    (name) => document.querySelector(`a[href="/${name}"]`)?.scrollIntoView({ block: 'center' }),
    author,
  )
  return marks.of(author)
}

/** The sentence beside the mark, which says why. */
async function readReason(page: Page, words: ScreenWords): Promise<string> {
  const eyes = await openEyes(page)
  return waitUntil('a sentence about the failure', async () => {
    const seen = await eyes.look()
    const sentences = [words.t('problem.capture-failed'), words.t('problem.answer-lost')]
    return seen.find(({ name }) => sentences.some((sentence) => name.includes(sentence)))?.name
  })
}

/** Everything said to be saved is there and whole; whatever else is there is whole as well. */
async function judge(probe: Probe, ends: readonly End[]): Promise<void> {
  expect(ends.filter(({ state }) => state !== 'saved' && state !== 'failed')).toEqual([])
  const { items, damaged, waiting } = await probe.call('contents')
  const there = new Set(items.map(({ handle }) => handle))
  const promised = ends.filter(({ state }) => state === 'saved')
  expect(promised.filter(({ author }) => !there.has(author))).toEqual([])
  expect(items.filter(({ problem }) => problem !== null)).toEqual([])
  expect(new Set(items.map(({ handle }) => handle)).size).toBe(items.length)
  expect({ damaged, waiting }).toEqual({ damaged: [], waiting: 0 })
  const late = ends.filter(({ author, state }) => state === 'failed' && there.has(author))
  console.log(
    `${ends.length} captures: ${promised.length} saved, ${ends.length - promised.length} failed and said so, ` +
      `${late.length} of those kept all the same`,
  )
}

async function start({ chromium, locker }: Ready) {
  const probe = await openProbe(chromium, await bundleProbe(await builtFolder('chrome')))
  return { probe, stopper: await workerStopper(chromium, locker.page) }
}

test('a background stopped at any moment of a capture: saved and whole, or failed with a sentence', async ({
  ready,
}) => {
  const { page, marks, words } = ready
  const { probe, stopper } = await start(ready)
  const ends: End[] = []
  for (let ms = 0; ms <= longestMs; ms += stepMs) {
    const author = `author${ends.length}`
    const mark = await markOf(page, marks, author)
    const stopping = new Promise((resolve) => setTimeout(resolve, ms)).then(stopper.stop)
    const [{ state }] = await Promise.all([marks.press(mark), stopping])
    ends.push({ author, state, when: `${ms} ms` })
    if (state === 'failed') await readReason(page, words)
  }
  await judge(probe, ends)
})

test('a background stopped at each call that a capture waits for: saved and whole, or failed with a sentence', async ({
  ready,
}) => {
  const { page, marks, words } = ready
  const { probe, stopper } = await start(ready)
  const first = await markOf(page, marks, 'author0')
  const recording = await stopper.recordCalls()
  const ends: End[] = [{ author: 'author0', state: (await marks.press(first)).state, when: 'never' }]
  const calls = await recording.end()
  for (const call of calls) {
    const author = `author${ends.length}`
    const mark = await markOf(page, marks, author)
    const { isReached, end } = await stopper.stopAtCall(call)
    const { state } = await marks.press(mark)
    // What answers before the stop has made all the calls of this kind that it needed, or makes them just now.
    const isStopped = await waitUntil('the call at which it stops', async () => isReached(), 2).catch(
      () => false,
    )
    await end()
    ends.push({ author, state, when: isStopped ? call : 'never' })
    if (state === 'failed') await readReason(page, words)
  }
  // Tabs, pictures, digests, cipher, database: fewer would mean that the calls are not seen.
  const kinds = ends.map(({ when }) => when.split(' ')[0])
  for (const call of ['sendMessage', 'captureVisibleTab', 'digest', 'encrypt', 'add'])
    expect(kinds).toContain(call)
  await judge(probe, ends)
})
