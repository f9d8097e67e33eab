import type { Page } from 'puppeteer-core'
import { launchChromium } from '../../scripts/browser/chromium'
import { type Mark, marksOn } from '../../scripts/browser/marks'
import { documentPage, openLockerPage, setUpLocker } from '../../scripts/browser/screens'
import { waitUntil } from '../../scripts/browser/seen'
import { screenWords } from '../../scripts/browser/words'
import { longFeed } from '../support/feed'

export type CaptureFigures = { rounds: number; bareMs: number[]; captureMs: number[] }

/** Longer than the browser's limit of two pictures a second, so that it is not measured. */
const pauseMs = 1_200

/** Runs in the page, on the mark itself: milliseconds from the trusted click to the word "saved". */
const timeUntilSaved = `function () {
  return new Promise((resolve) => {
    let start = null
    this.addEventListener('click', (event) => { start = event.timeStamp }, { capture: true, once: true })
    const observer = new MutationObserver(() => {
      if (start === null || this.dataset.state === 'saving' || this.dataset.state === 'idle') return
      observer.disconnect()
      resolve(this.dataset.state === 'saved' ? performance.now() - start : -1)
    })
    observer.observe(this, { attributes: true })
  })
}`

const takeBarePicture = `(async () => {
  const start = performance.now()
  await chrome.tabs.captureVisibleTab({ format: 'png' })
  return performance.now() - start
})()`

async function timeCapture(page: Page, mark: Mark): Promise<number> {
  const session = await page.createCDPSession()
  const { object } = await session.send('DOM.resolveNode', { backendNodeId: mark.seen.node })
  if (object.objectId === undefined) throw new Error('the mark is gone')
  const call = { objectId: object.objectId, returnByValue: true }
  const { result: box } = await session.send('Runtime.callFunctionOn', {
    ...call,
    functionDeclaration:
      'function () { const r = this.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2] }',
  })
  const timed = session.send('Runtime.callFunctionOn', {
    ...call,
    functionDeclaration: timeUntilSaved,
    awaitPromise: true,
  })
  const [x = 0, y = 0] = box.value as number[]
  await page.mouse.click(x, y)
  const ms = (await timed).result.value as number
  await session.detach()
  if (ms < 0) throw new Error('a capture failed')
  return ms
}

/** Takes a bare picture and a whole capture in turn, on the same page in the same run. */
export async function measureCapture(options: {
  program: string
  build: string
  rounds: number
}): Promise<CaptureFigures> {
  const words = screenWords('en')
  const site = longFeed('https://x.com/home', 200)
  const chromium = await launchChromium({ ...options, sites: [site] })
  const figures: CaptureFigures = { rounds: options.rounds, bareMs: [], captureMs: [] }
  try {
    const page = await chromium.openTab(site.address)
    await setUpLocker(await openLockerPage(chromium, page, words), words)
    await documentPage(chromium, page, words)
    const marks = await marksOn(page, words)
    const pause = () => new Promise((resolve) => setTimeout(resolve, pauseMs))
    for (let round = 0; round < options.rounds; round++) {
      await page.evaluate(
        (index) => document.querySelectorAll('article')[index]?.scrollIntoView({ block: 'center' }),
        round,
      )
      await pause()
      const worker = await chromium.background()
      figures.bareMs.push((await worker.evaluate(takeBarePicture)) as number)
      await pause()
      const mark = await waitUntil('the next mark', async () =>
        (await marks.all()).find(({ author }) => author === `author${round}`),
      )
      figures.captureMs.push(await timeCapture(page, mark))
    }
  } finally {
    await chromium.close()
  }
  return figures
}
