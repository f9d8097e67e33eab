import { launchChromium } from '../../scripts/browser/chromium'
import { type Mark, marksOn } from '../../scripts/browser/marks'
import { type Person, sitAt } from '../../scripts/browser/person'
import { documentPage, openLockerPage, setUpLocker } from '../../scripts/browser/screens'
import { waitUntil } from '../../scripts/browser/seen'
import { screenWords } from '../../scripts/browser/words'
import { longFeed } from '../support/feed'

export type CaptureFigures = { rounds: number; bareMs: number[]; captureMs: number[] }

/** Longer than the browser's limit of two pictures a second, so that it is not measured. */
const pauseMs = 1_200

/** So far that the strip of the capture before is out of sight. */
const postsApart = 6

/** Runs in the page, on the mark itself: milliseconds from the trusted click to the word "saved". */
const timeUntilSaved = `function () {
  return new Promise((resolve) => {
    let start = null
    setTimeout(() => resolve('no answer; ' + (start === null ? 'no click' : this.dataset.state)), 20_000)
    this.addEventListener('click', (event) => { start = event.timeStamp }, { capture: true, once: true })
    const observer = new MutationObserver(() => {
      if (start === null || this.dataset.state === 'saving' || this.dataset.state === 'idle') return
      observer.disconnect()
      resolve(this.dataset.state === 'saved' ? performance.now() - start : this.dataset.state)
    })
    observer.observe(this, { attributes: true })
  })
}`

const takeBarePicture = `(async () => {
  const start = performance.now()
  await chrome.tabs.captureVisibleTab({ format: 'png' })
  return performance.now() - start
})()`

async function timeCapture(person: Person, mark: Mark): Promise<number> {
  const session = await person.page.createCDPSession()
  const { object } = await session.send('DOM.resolveNode', { backendNodeId: mark.seen.node })
  if (object.objectId === undefined) throw new Error('the mark is gone')
  const call = { objectId: object.objectId, returnByValue: true }
  const timed = session.send('Runtime.callFunctionOn', {
    ...call,
    functionDeclaration: timeUntilSaved,
    awaitPromise: true,
  })
  await person.eyes.press(mark.seen)
  const ms: unknown = (await timed).result.value
  await session.detach()
  if (typeof ms !== 'number') throw new Error(`the post of ${mark.author} was not saved: ${ms}`)
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
    const person = await sitAt(page)
    const pause = () => new Promise((resolve) => setTimeout(resolve, pauseMs))
    for (let round = 0; round < options.rounds; round++) {
      const post = round * postsApart
      await page.evaluate(
        (index) => document.querySelectorAll('article')[index]?.scrollIntoView({ block: 'center' }),
        post,
      )
      await pause()
      const worker = await chromium.background()
      figures.bareMs.push((await worker.evaluate(takeBarePicture)) as number)
      await pause()
      const mark = await waitUntil('the next mark', async () =>
        (await marks.all()).find(({ author }) => author === `author${post}`),
      )
      figures.captureMs.push(await timeCapture(person, mark))
      // The strip would lie over the next mark for some seconds.
      await person.press('button', words.t('mark.later'))
    }
  } finally {
    await chromium.close()
  }
  return figures
}
