import type { CDPSession, Page, Target, WebWorker } from 'puppeteer-core'
import type { Chromium } from '../../scripts/browser/chromium'
import { type Person, sitAt } from '../../scripts/browser/person'
import {
  documentPage,
  lockInPopup,
  openLockerPage,
  openPopup,
  setUpLocker,
  unlockInPopup,
} from '../../scripts/browser/screens'
import { waitUntil } from '../../scripts/browser/seen'
import type { ScreenWords } from '../../scripts/browser/words'
import { feedPost } from '../support/feed'
import { expect, test } from '../support/fixtures'
import { type FullyInView, fullyInView, replyFeed, restlessFeed } from '../support/sweep-feed'

const replies = replyFeed('https://x.com/lenavasko/status/2123700000000000000', 500)
const fewer = replyFeed('https://x.com/explore', 200)
const restless = restlessFeed('https://x.com/home')
const next = replyFeed('https://x.com/notifications', 3)
test.use({ served: { sites: [replies, fewer, restless, next] } })

/** What the sweep promises: see `utils/page/sweep-posts.ts`. */
const promisedMs = 250

const numberIn = (line: string): number => Number(/\d+/.exec(line)?.[0])

/** A documented page with a locker whose page is closed again: nothing else works while the sweep does. */
async function begin(chromium: Chromium, words: ScreenWords, address: string) {
  const page = await chromium.openTab(address)
  const locker = await openLockerPage(chromium, page, words)
  const passphrase = await setUpLocker(locker, words)
  await locker.page.close()
  await documentPage(chromium, page, words)
  return { page, passphrase }
}

async function startSweep(chromium: Chromium, page: Page, words: ScreenWords): Promise<Person> {
  const popup = await openPopup(chromium, page)
  await popup.press('switch', words.t('popup.sweep.switch'))
  await popup.read(words.like('popup.sweep.hint'))
  await page.bringToFront()
  return sitAt(page)
}

/** Stops it in the popup; promises how many the popup says were saved. */
async function stopSweep(
  chromium: Chromium,
  page: Page,
  words: ScreenWords,
): Promise<{ popup: Person; saved: number }> {
  const popup = await openPopup(chromium, page)
  await popup.press('switch', words.t('popup.sweep.switch'))
  const ended = words.like('popup.sweep.ended')
  const saved = numberIn(await waitUntil('the sweep to end', () => popup.read(ended), 60))
  return { popup, saved }
}

async function undoSweep(popup: Person, words: ScreenWords): Promise<number> {
  await popup.press('button', words.t('popup.sweep.undo'))
  await popup.press('button', words.t('popup.sweep.undoConfirm'))
  const told = words.like('popup.sweep.takenBack')
  return numberIn(await waitUntil('everything to be taken back', () => popup.read(told), 90))
}

async function countSwept(person: Person, words: ScreenWords): Promise<number> {
  return numberIn(await person.read(words.like('mark.sweep.progress')))
}

async function waitForSwept(person: Person, words: ScreenWords, count: number): Promise<void> {
  const what = `${count} posts swept`
  await waitUntil(what, async () => (await countSwept(person, words)) === count, 40)
}

type Turning = { turn: number; rest: number; until: number }

/** Turns the wheel until this part of the page has passed; `rest` milliseconds between two turns. */
async function scrollOn(page: Page, { turn, rest, until }: Turning): Promise<void> {
  await page.mouse.move(640, 500)
  const passed = `scrollY / (document.documentElement.scrollHeight - innerHeight)`
  while (Number(await page.evaluate(passed)) < until - 0.000_1) {
    await page.mouse.wheel({ deltaY: turn })
    await new Promise((resolve) => setTimeout(resolve, rest))
  }
}

/** The authors of everything in the locker, one for each item. */
async function keptAuthors(locker: Person, { like }: ScreenWords): Promise<string[]> {
  await locker.page.bringToFront()
  const count = numberIn(await waitUntil('the items', () => locker.read(like('items.count')), 60))
  const authors = new Map<string, string>()
  // A long list draws what is seen, and each row says which one it is.
  const readOn = () => {
    const rows = [...document.querySelectorAll('main li')]
    for (const button of document.querySelectorAll('main li button'))
      if (button instanceof HTMLElement && button.ariaLabel && button.ariaExpanded === 'false') button.click()
    const read = rows.map((row, at) => [
      row.ariaPosInSet ?? `${at}`,
      /@(author\d+)/.exec(row.textContent)?.[1],
    ])
    const isAllShown = read.every(([, author]) => author !== undefined)
    if (isAllShown) scrollBy(0, innerHeight / 2)
    return isAllShown ? (read as [string, string][]) : []
  }
  const readAll = async () => {
    for (const [at, author] of await locker.page.evaluate(readOn)) authors.set(at, author)
    return authors.size === count && [...authors.values()]
  }
  // Five hundred rows are some two hundred turns of half a window, each drawn before the next.
  return waitUntil('all authors to be shown', readAll, 90)
}

/** Runs in the page: another address and other posts, as platforms do it. */
const openPost = (posts: string) => {
  history.pushState(null, '', '/author1/status/1')
  for (const cell of document.querySelectorAll('[data-testid="cellInnerDiv"]')) cell.remove()
  document.body.insertAdjacentHTML('afterbegin', `<div data-testid="cellInnerDiv">${posts}</div>`)
  scrollTo(0, 0)
}

const openLastItem = (details: string) =>
  [...document.querySelectorAll('button')].findLast((one) => one.textContent === details)?.click()

/** The colours in the upper right corner of the picture that is shown; null when none is. */
const coloursAtMark = () => {
  const picture = document.querySelector('img')
  const context = document.createElement('canvas').getContext('2d')
  if (!picture?.complete || !picture.naturalWidth || !context) return null
  Object.assign(context.canvas, { width: 32, height: 32 })
  context.drawImage(picture, 36 - picture.naturalWidth, 0)
  const { data } = context.getImageData(0, 0, 32, 32)
  const pixels = Array.from({ length: 32 * 32 }, (_, index) => data.slice(4 * index, 4 * index + 3).join())
  return [...new Set(pixels)]
}

type Holder = { shots: number[]; chrome: { tabs: { captureVisibleTab: (...given: unknown[]) => unknown } } }

/** The moments of all pictures from now on, in milliseconds. */
async function noteShots(worker: WebWorker): Promise<() => Promise<number[]>> {
  await worker.evaluate(() => {
    const holder = globalThis as unknown as Holder
    const { tabs } = holder.chrome
    const take = tabs.captureVisibleTab.bind(tabs)
    holder.shots = []
    tabs.captureVisibleTab = (...given) => {
      holder.shots.push(Date.now())
      return take(...given)
    }
  })
  return () => worker.evaluate(() => (globalThis as unknown as Holder).shots)
}

/** Bytes that live in a heap after the garbage is gone. */
async function heapOf(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  return usedSize
}

/** In bytes, over four hundred posts: their keys, and what engines keep for themselves. */
const heapMayGrow = 4_000_000
const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`
const growth = (from: number, to: number): string => `${megabytes(from)} to ${megabytes(to)}`

test('a sweep saves each of 500 replies once, two pictures a second, and is undone as a whole', async ({
  chromium,
  words,
}) => {
  test.setTimeout(300_000)
  const { page } = await begin(chromium, words, replies.address)
  const worker = await chromium.background()
  const inPage = await page.createCDPSession()
  const shots = await noteShots(worker)
  const heaps = () => Promise.all([heapOf(inPage), heapOf(worker.client)])
  const person = await startSweep(chromium, page, words)
  // Most of a window at a time, and a moment to read.
  const pace = { turn: 600, rest: 600 }
  await scrollOn(page, { ...pace, until: 0.3 })
  const early = await heaps()
  const earlyCount = await countSwept(person, words)
  await scrollOn(page, { ...pace, until: 1 })
  await waitForSwept(person, words, 500)
  const late = await heaps()
  const taken = await shots()
  for (const at of taken) {
    const inOneSecond = taken.filter((other) => other >= at && other < at + 1_000)
    expect(inOneSecond.length).toBeLessThanOrEqual(2)
  }
  expect((await stopSweep(chromium, page, words)).saved).toBe(500)

  const locker = await openLockerPage(chromium, page, words)
  const authors = await keptAuthors(locker, words)
  expect(authors.length).toBe(500)
  expect(new Set(authors).size).toBe(500)
  const without = (await locker.all('StaticText', words.t('item.noPicture'))).length
  const [pageHeap, workerHeap] = late.map((bytes, index) => growth(early[index] ?? 0, bytes))
  const measured = `${taken.length} pictures, ${without} posts without one; heaps from post ${earlyCount} to 500: page ${pageHeap}, background ${workerHeap}`
  test.info().annotations.push({ type: 'measured', description: measured })
  expect(without).toBeLessThan(250)
  for (const [index, bytes] of late.entries()) expect(bytes - (early[index] ?? 0)).toBeLessThan(heapMayGrow)

  await locker.page.close()
  expect(await undoSweep(await openPopup(chromium, page), words)).toBe(500)
  const emptied = await openLockerPage(chromium, page, words)
  await emptied.read(words.like('first.mark'))
})

test('a fast sweep while locked, whose background dies twice, loses no post that was in view for a quarter of a second', async ({
  chromium,
  words,
}) => {
  const { page, passphrase } = await begin(chromium, words, fewer.address)
  await lockInPopup(await openPopup(chromium, page), words)
  await startSweep(chromium, page, words)
  let deaths = 0
  chromium.browser.on('targetdestroyed', (target: Target) => {
    if (target.type() === 'service_worker') deaths += 1
  })
  const workers = await page.createCDPSession()
  await workers.send('ServiceWorker.enable')
  for (const until of [0.3, 0.6, 1]) {
    // Never still, and slow enough on a fast computer that posts stand in view for the time that is promised.
    await scrollOn(page, { turn: 110, rest: 50, until })
    if (until < 1) await workers.send('ServiceWorker.stopAllWorkers')
  }
  const { saved } = await stopSweep(chromium, page, words)
  expect(deaths).toBe(2)
  const seen = (await page.evaluate(fullyInView)) as FullyInView
  const promised = Object.entries(seen).flatMap(([index, ms]) => (ms >= promisedMs ? [`author${index}`] : []))
  await unlockInPopup(await openPopup(chromium, page), passphrase, words)
  const authors = await keptAuthors(await openLockerPage(chromium, page, words), words)
  expect(promised.length).toBeGreaterThan(50)
  expect(promised.filter((author) => !authors.includes(author))).toEqual([])
  expect(new Set(authors).size).toBe(authors.length)
  expect(authors.length).toBe(saved)
  expect(authors.filter((author) => !(author.replace('author', '') in seen))).toEqual([])
})

test('a sweep waits for a tall post, keeps a restless one without a picture, goes on in an opened post and ends with the page', async ({
  chromium,
  words,
}) => {
  const { page } = await begin(chromium, words, restless.address)
  const person = await startSweep(chromium, page, words)
  // The first post, and the one whose words never stand still.
  await waitForSwept(person, words, 2)
  await page.mouse.move(640, 500)
  await page.mouse.wheel({ deltaY: 900 })
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  expect(await countSwept(person, words)).toBe(2)
  await scrollOn(page, { turn: 500, rest: 100, until: 1 })
  await waitForSwept(person, words, 4)

  // A post is opened without loading, under which another one stands.
  await page.evaluate(openPost, feedPost(1) + feedPost(5))
  const elsewhere = () => person.read(words.like('mark.sweep.elsewhere'))
  await waitUntil('the post that is new to be swept', async () => numberIn(await elsewhere()) === 5, 40)

  await page.goto(next.address)
  const popup = await openPopup(chromium, page)
  await popup.read(words.like('popup.sweep.ended'))
  expect((await popup.all('switch', words.t('popup.sweep.switch'))).length).toBe(1)
  const locker = await openLockerPage(chromium, page, words)
  expect((await keptAuthors(locker, words)).toSorted()).toEqual(
    [1, 2, 3, 4, 5].map((index) => `author${index}`),
  )
  expect((await locker.all('StaticText', words.t('item.noPicture'))).length).toBe(1)
  // The post saved first, where its mark stands on the page.
  await locker.page.evaluate(openLastItem, words.t('item.details'))
  await locker.press('button', words.t('item.showPicture'))
  expect(await waitUntil('its picture', () => locker.page.evaluate(coloursAtMark))).toEqual(['255,255,255'])
  await lockInPopup(await openPopup(chromium, page), words)
  const locked = await openPopup(chromium, page)
  await locked.read(words.like('popup.sweep.forgotten'))
  expect((await locked.all('button', words.t('popup.sweep.undo'))).length).toBe(0)
})
