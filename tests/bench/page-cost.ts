import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CDPSession, Page } from 'puppeteer-core'
import { type Chromium, launchChromium } from '../../scripts/browser/chromium'
import { documentPage, openLockerPage, setUpLocker } from '../../scripts/browser/screens'
import { practiceSite, type Site, savedSite } from '../../scripts/browser/sites'
import { type ScreenWords, screenWords } from '../../scripts/browser/words'
import { projectFolder } from '../../scripts/shell'
import { growPage } from './grow-page'
import { type ScriptTime, scriptTimeIn } from './script-time'

/** What documenting one page costs. */
export type PageCost = {
  platform: string
  posts: number
  /** How many ids or addresses the posts have between them; copies of one post would share one. */
  ids: number
  /** Switching on: the content script starts, looks over the page and reads what is near the window. */
  start: ScriptTime
  /** Scrolling through twenty windows. */
  scroll: ScriptTime
  /** What one walk over all elements of the same page takes, in milliseconds: a measure of page and machine. */
  walkMs: number
  /** Tasks over 50 ms in the same time and scroll, without and with documenting, each in milliseconds. */
  longTasks: { without: number[]; documenting: number[] }
}

export type PageCostOptions = { program: string; build: string; posts: number }

const fixtures = join(projectFolder, 'tests', 'fixtures', 'platforms')
const contentScript = '/content-scripts/posts.js'

const watchTasks = `(() => {
  window.longTasks = []
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.longTasks.push(Math.round(entry.duration))
  }).observe({ type: 'longtask' })
})()`

const scrollOn = `(async () => {
  for (let step = 0; step < 20; step++) {
    scrollBy(0, innerHeight)
    await new Promise((resolve) => setTimeout(resolve, 120))
  }
})()`

const settle = () => new Promise<void>((done) => setTimeout(done, 1_000))

/** The fixture of a platform that shows most posts. */
function richestFixture(platform: string): Site {
  const folders = readdirSync(join(fixtures, platform), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(fixtures, platform, name))
  const count = (folder: string): number =>
    (JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as unknown[]).length
  const richest = folders.reduce((best, folder) => (count(folder) > count(best) ? folder : best))
  const address = readFileSync(join(richest, 'address.txt'), 'utf8').trim()
  return savedSite(address, readFileSync(join(richest, 'page.html')))
}

/** Half of five walks are faster. */
const timeToWalk = `(() => {
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now()
    let length = 0
    for (const element of document.querySelectorAll('*')) length += (element.getAttribute('id') ?? '').length
    return performance.now() - start + length * 0
  })
  return times.sort((a, b) => a - b)[2]
})()`

async function profiled(session: CDPSession, act: () => Promise<unknown>): Promise<ScriptTime> {
  await session.send('Profiler.start')
  await act()
  const { profile } = await session.send('Profiler.stop')
  return scriptTimeIn(profile, contentScript)
}

/** The same time and the same scroll, whatever `begin` does first. */
async function measure(page: Page, begin: () => Promise<void>) {
  const session = await page.createCDPSession()
  const walkMs = (await page.evaluate(timeToWalk)) as number
  await session.send('Profiler.enable')
  await session.send('Profiler.setSamplingInterval', { interval: 500 })
  await page.bringToFront()
  await page.evaluate(watchTasks)
  const start = await profiled(session, async () => {
    await begin()
    await settle()
  })
  const scroll = await profiled(session, () => page.evaluate(scrollOn))
  const longTasks = (await page.evaluate('window.longTasks')) as number[]
  await session.detach()
  return { walkMs, start, scroll, longTasks }
}

async function costOf(
  chromium: Chromium,
  sites: Site[],
  words: ScreenWords,
  platform: string,
  posts: number,
) {
  const site = richestFixture(platform)
  sites.splice(0, sites.length, site)
  const small = await chromium.openTab(site.address)
  const grown = await growPage(small, posts)
  await small.close()
  sites.splice(0, sites.length, { ...site, html: grown.html })
  const bare = await chromium.openTab(site.address)
  const without = await measure(bare, settle)
  await bare.close()
  const page = await chromium.openTab(site.address)
  const documenting = await measure(page, () => documentPage(chromium, page, words))
  await page.close()
  const { start, scroll } = documenting
  const longTasks = { without: without.longTasks, documenting: documenting.longTasks }
  return { platform, posts: grown.posts, ids: grown.ids, start, scroll, walkMs: without.walkMs, longTasks }
}

/**
 * The cost of documenting a page of many posts, for every platform that has fixtures, one after the other in one
 * browser. `tell` hears of each at once.
 */
export async function measurePageCost(
  options: PageCostOptions,
  tell: (cost: PageCost | { platform: string; failure: string }) => void,
): Promise<void> {
  const words = screenWords('en')
  const first = practiceSite('x')
  const sites: Site[] = [first]
  const chromium = await launchChromium({ ...options, sites })
  try {
    const page = await chromium.openTab(first.address)
    await setUpLocker(await openLockerPage(chromium, page, words), words)
    await page.close()
    for (const platform of readdirSync(fixtures).sort()) {
      const cost = costOf(chromium, sites, words, platform, options.posts)
      tell(await cost.catch((error: unknown) => ({ platform, failure: String(error) })))
    }
  } finally {
    await chromium.close()
  }
}
