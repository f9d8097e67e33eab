import type { Page } from 'puppeteer-core'
import { launchChromium } from '../../scripts/browser/chromium'
import { documentPage, openLockerPage, setUpLocker } from '../../scripts/browser/screens'
import { screenWords } from '../../scripts/browser/words'
import { longFeed } from '../support/feed'

/** Long tasks (over 50 ms) and the longest pause between two frames, in milliseconds. */
export type Smoothness = { longTasks: number[]; longestFrameMs: number }
export type LongPageFigures = { posts: number; without: Smoothness; documenting: Smoothness }

const watch = `(() => {
  window.measured = { longTasks: [], longestFrameMs: 0 }
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.measured.longTasks.push(Math.round(entry.duration))
  }).observe({ type: 'longtask' })
  let last = performance.now()
  const frame = (now) => {
    window.measured.longestFrameMs = Math.max(window.measured.longestFrameMs, now - last)
    last = now
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
})()`

/** Scrolls through the whole page as a person does who looks for something: a window every 120 ms. */
const scrollThrough = `(async () => {
  const end = document.documentElement.scrollHeight - innerHeight
  for (let top = 0; top < end; top += innerHeight * 2) {
    scrollTo(0, top)
    await new Promise((resolve) => setTimeout(resolve, 120))
  }
  scrollTo(0, 0)
  await new Promise((resolve) => setTimeout(resolve, 500))
})()`

async function measure(page: Page, before: () => Promise<void>): Promise<Smoothness> {
  await page.bringToFront()
  await page.evaluate(watch)
  await before()
  await page.evaluate(scrollThrough)
  return page.evaluate(() => (window as unknown as { measured: Smoothness }).measured)
}

/** The same scroll over a page of many posts, without documenting and with it (switching it on included). */
export async function measureLongPage(options: {
  program: string
  build: string
  posts: number
}): Promise<LongPageFigures> {
  const words = screenWords('en')
  const site = longFeed('https://x.com/home', options.posts)
  const chromium = await launchChromium({ ...options, sites: [site] })
  try {
    const plain = await chromium.openTab(site.address)
    await setUpLocker(await openLockerPage(chromium, plain, words), words)
    const settle = () => new Promise<void>((done) => setTimeout(done, 1_500))
    const without = await measure(plain, settle)
    await plain.close()
    const page = await chromium.openTab(site.address)
    const documenting = await measure(page, () => documentPage(chromium, page, words))
    return { posts: options.posts, without, documenting }
  } finally {
    await chromium.close()
  }
}
