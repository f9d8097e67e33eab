import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { type Chromium, launchChromium } from '../../scripts/browser/chromium'
import { projectFolder } from '../../scripts/shell'
import { bundleProbe } from '../support/probe/build'
import { sampleItem, samplePart } from '../support/sample-items'
import type { bench, Pattern } from './locker-probe'

/** The measurements' own functions in a page of the extension. */
export type BenchProbe = {
  page: Page
  call: <N extends keyof typeof bench>(
    name: N,
    ...args: Parameters<(typeof bench)[N]>
  ) => Promise<Awaited<ReturnType<(typeof bench)[N]>>>
}

export const passphrase = 'stubble wiring muck disparate yo-yo late'

/** An item with its picture of so many bytes without pattern, and two small parts. */
export function patternOf(pictureBytes: number): Pattern {
  const { parts } = sampleItem()
  const bytes = new Uint8Array(pictureBytes)
  for (let at = 0; at < pictureBytes; at++) bytes[at] = (at * 2_654_435_761) >>> 24
  const picture = samplePart({ name: 'screenshot.png', role: 'screenshot', mediaType: 'image/png' }, bytes)
  const others = parts.filter(({ record }) => record.role === 'text')
  const { item, parts: all } = sampleItem({ parts: [picture, ...others] })
  return { item, parts: all.map((part) => Buffer.from(part.bytes).toString('base64')) }
}

/** Work may take longer than one call of the browser may: it is started, and asked for until it is done. */
async function callLong(page: Page, call: string): Promise<unknown> {
  await page.evaluate(`(() => {
    window.benchEnded = undefined
    Promise.resolve(${call}).then(
      (value) => { window.benchEnded = { value } },
      (error) => { window.benchEnded = { failure: String(error) } },
    )
  })()`)
  for (;;) {
    const ended = (await page.evaluate('window.benchEnded')) as
      | { value?: unknown; failure?: string }
      | undefined
    if (ended?.failure !== undefined) throw new Error(ended.failure)
    if (ended) return ended.value
    await new Promise((done) => setTimeout(done, 100))
  }
}

async function openBench(chromium: Chromium, script: string): Promise<BenchProbe> {
  const page = await chromium.browser.newPage()
  await page.goto(`${chromium.origin}/manifest.json`)
  await page.evaluate(script)
  return {
    page,
    call: async (name, ...args) =>
      (await callLong(
        page,
        `lockerProbe.bench[${JSON.stringify(name)}](...${JSON.stringify(args)})`,
      )) as never,
  }
}

export type LockerBench = {
  chromium: Chromium
  /** A page that holds nothing of what another has opened. */
  freshProbe: () => Promise<BenchProbe>
}

/** Real Chromium with the build that ships and an empty profile; closed when the work is done. */
export async function withLockerBench<T>(
  browser: { program: string; build: string },
  work: (bench: LockerBench) => Promise<T>,
): Promise<T> {
  const script = await bundleProbe(browser.build, join(projectFolder, 'tests', 'bench', 'locker-probe.ts'))
  const chromium = await launchChromium(browser)
  try {
    return await work({ chromium, freshProbe: () => openBench(chromium, script) })
  } finally {
    await chromium.close()
  }
}

/** Puts items into the unlocked locker, in calls that stay far below the time that one call may take. */
export async function seedItems(
  probe: BenchProbe,
  seed: { pattern: Pattern; from: number; count: number },
): Promise<void> {
  const atOnce = 5_000
  for (let done = 0; done < seed.count; done += atOnce) {
    const count = Math.min(atOnce, seed.count - done)
    await probe.call('seed', { pattern: seed.pattern, from: seed.from + done, count })
  }
}

/** What a person waits for in the locker page, in milliseconds. */
export type UnlockedPage = {
  /** From the key of the unlock, as the page hears of it, to the first rows on the screen. */
  keyToRowsMs: number
  /** The longest task of the page in that time and in the second after it. */
  longestTaskMs: number
}

const watchTasks = `(() => {
  window.benchTasks = []
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.benchTasks.push(Math.round(entry.duration))
  }).observe({ type: 'longtask' })
})()`

const longestTask = async (page: Page): Promise<number> =>
  Number(await page.evaluate('Math.max(0, ...window.benchTasks.splice(0))'))

/** Opens the locked locker page, ready to be unlocked. */
export async function openLocked(chromium: Chromium): Promise<Page> {
  const page = await chromium.browser.newPage()
  await page.goto(`${chromium.origin}/locker.html`)
  await page.waitForSelector('input[type=password]')
  await page.evaluate(watchTasks)
  return page
}

/** Unlocks on the locker page as a person does, and waits until items are seen. */
export async function unlockPage(page: Page): Promise<UnlockedPage> {
  await page.evaluate(`(() => {
    chrome.storage.session.onChanged.addListener((changes) => {
      if (!('k' in changes) || window.benchKeyAt) return
      window.benchKeyAt = performance.now()
      window.benchTasks.splice(0)
    })
    new MutationObserver(() => {
      if (document.querySelector('main li input[type=checkbox]')) window.benchRowsAt ??= performance.now()
    }).observe(document.body, { childList: true, subtree: true })
  })()`)
  await page.focus('input[type=password]')
  await page.keyboard.sendCharacter(passphrase)
  await page.keyboard.press('Enter')
  await page.waitForFunction('window.benchRowsAt !== undefined', { timeout: 170_000 })
  await new Promise((done) => setTimeout(done, 1_000))
  const keyToRowsMs = Number(await page.evaluate('window.benchRowsAt - window.benchKeyAt'))
  return { keyToRowsMs, longestTaskMs: await longestTask(page) }
}

/** What a person waits for who types into the search, for each key: until something found is seen, and until all is. */
export type Searched = { firstMs: number[]; allMs: number[]; longestTaskMs: number }

const whenFound = `document.querySelector('input[inputmode=search]').addEventListener('input', () => {
  const start = performance.now()
  const found = document.querySelector('main [aria-live]')
  const before = found.textContent
  let firstMs = null
  const look = () => {
    const isBusy = found.getAttribute('aria-busy') === 'true'
    if (firstMs === null && (!isBusy || found.textContent !== before)) firstMs = performance.now() - start
    if (isBusy) requestAnimationFrame(look)
    else setTimeout(() => window.benchSearched.push({ firstMs, allMs: performance.now() - start }))
  }
  requestAnimationFrame(look)
}, { capture: true })`

async function press(page: Page, key: () => Promise<void>): Promise<{ firstMs: number; allMs: number }> {
  await page.evaluate('window.benchSearched = []')
  await key()
  await page.waitForFunction('window.benchSearched.length > 0', { timeout: 120_000 })
  return (await page.evaluate('window.benchSearched[0]')) as { firstMs: number; allMs: number }
}

/** Types each text into the search, letter by letter, and takes it away again with one key. */
export async function searchPage(page: Page, texts: readonly string[]): Promise<Searched> {
  const keys: { firstMs: number; allMs: number }[] = []
  await page.focus('input[inputmode=search]')
  await page.evaluate(whenFound)
  await longestTask(page)
  for (const text of texts) {
    for (const letter of text) keys.push(await press(page, () => page.keyboard.sendCharacter(letter)))
    await page.evaluate('document.activeElement.select()')
    keys.push(await press(page, () => page.keyboard.press('Backspace')))
  }
  return {
    firstMs: keys.map(({ firstMs }) => firstMs),
    allMs: keys.map(({ allMs }) => allMs),
    longestTaskMs: await longestTask(page),
  }
}

/** The longest task and the longest pause between frames while the whole list is scrolled through in leaps. */
export async function scrollPage(
  page: Page,
): Promise<{ longestTaskMs: number; longestFrameMs: number; steps: number }> {
  await longestTask(page)
  const scrolled = (await page.evaluate(`(async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done))
    let [longest, steps, last] = [0, 0, await frame()]
    for (const leap of [120, 700, 5_000, 60_000]) {
      for (let step = 0; step < 120; step++) {
        scrollBy(0, leap)
        const now = await frame()
        longest = Math.max(longest, now - last)
        last = now
        steps++
      }
    }
    return { longestFrameMs: longest, steps }
  })()`)) as { longestFrameMs: number; steps: number }
  return { ...scrolled, longestTaskMs: await longestTask(page) }
}
