import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import type { PostReading } from '../../utils/model/post'
import { type Chromium, launchChromium } from '../browser/chromium'
import { keepDownloadsIn } from '../browser/downloads'
import { type Marks, marksOn } from '../browser/marks'
import { readPage } from '../browser/read-page'
import { addAllToCase, documentPage, openLockerPage, setUpLocker } from '../browser/screens'
import type { Site } from '../browser/sites'
import { type ScreenWords, screenWords } from '../browser/words'
import { checkBundle, decryptBundle, unpackBundle } from './bundle-files'
import { exportThroughPopup } from './export'
import type { Step } from './steps'

export type SavedPageOptions = { program: string; build: string; out: string; step: Step; site: Site }

type Reached = { saved: number; failed: string[] }

/** Presses every mark in the window that has not been pressed. */
async function pressMarksInSight(marks: Marks, page: Page, reached: Reached): Promise<void> {
  const tried = new Set<number>()
  for (;;) {
    const height = await page.evaluate(() => innerHeight)
    const next = (await marks.all()).find(({ state, seen }) => state === 'idle' && !tried.has(seen.node))
    if (next === undefined) return
    tried.add(next.seen.node)
    const top = await marks.topOf(next)
    if (top === null || top < 0 || top > height) continue
    const { state } = await marks.press(next)
    if (state === 'failed') reached.failed.push(next.author)
    else reached.saved += 1
    await marks.closeStrip()
  }
}

/** Goes down the whole page as a reader does, and documents what has a mark. */
async function documentAll(page: Page, words: ScreenWords): Promise<Reached> {
  const marks = await marksOn(page, words)
  const reached: Reached = { saved: 0, failed: [] }
  await page.evaluate(() => scrollTo(0, 0))
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 120))
    await pressMarksInSight(marks, page, reached)
    const isAtEnd = await page.evaluate(() => {
      const before = scrollY
      scrollBy(0, innerHeight * 0.9)
      return scrollY === before
    })
    if (isAtEnd) return reached
  }
}

/** Sentences of its own: two exports of the same page differ in nothing but time and keys. */
const answers = {
  narrative: 'These posts were documented from a saved page.',
  attackedName: 'The person who saved this page',
  reporterName: 'The person who saved this page',
  reporterEmail: 'someone@mail.example',
  reasons: 'To be said by the person who reports.',
}

async function exportAll(chromium: Chromium, page: Page, options: SavedPageOptions): Promise<number> {
  const words = screenWords('en')
  const downloads = join(options.out, 'downloads')
  const watchDownload = await keepDownloadsIn(chromium.browser, downloads)
  const choice = { channelId: null, protection: 'passphrase' as const, answers }
  const { bytes, passphrase } = await exportThroughPopup({ chromium, page, words, watchDownload, choice })
  const bundle = await decryptBundle(bytes, passphrase ?? '')
  writeFileSync(join(options.out, 'bundle.zip.age'), bytes)
  writeFileSync(join(options.out, 'bundle.zip'), bundle)
  writeFileSync(join(options.out, 'passphrase.txt'), `${passphrase}\n`)
  unpackBundle(bundle, join(options.out, 'bag'))
  rmSync(downloads, { recursive: true, force: true })
  return (await checkBundle(bundle)).items
}

/** As marks are given: one for each id or address, one for each post that has neither. */
function countPosts(readings: readonly PostReading[]): number {
  return new Set(readings.map(({ postId, permalink }, index) => postId ?? permalink ?? index)).size
}

/**
 * Documents every post that the reader finds on a saved page, and leaves them as a bundle in `out`. Throws
 * when a post was found and not documented.
 */
export async function documentSavedPage(options: SavedPageOptions): Promise<void> {
  const { site, step, out } = options
  const words = screenWords('en')
  mkdirSync(out, { recursive: true })
  const chromium = await step('Started the browser with the extension', () =>
    launchChromium({ ...options, sites: [site], language: 'en-US', timeZone: 'UTC' }),
  )
  try {
    const page = await step(`Opened the saved page at ${site.address}`, () => chromium.openTab(site.address))
    const expected = countPosts(await step('Asked the reader for its posts', () => readPage(chromium, page)))
    process.stdout.write(`  Posts found: ${expected}\n`)
    if (expected === 0) return
    const locker = await openLockerPage(chromium, page, words)
    await step('Created a locker with a generated passphrase', () => setUpLocker(locker, words))
    await step('Switched documenting on', () => documentPage(chromium, page, words))
    await step('Documented every post', async () => {
      const { saved, failed } = await documentAll(page, words)
      await page.screenshot({ path: join(out, 'page-with-marks-en.png') })
      process.stdout.write(`  Posts documented: ${saved}\n`)
      if (failed.length > 0) throw new Error(`${failed.length} were not saved, by: ${failed.join(', ')}`)
      if (saved !== expected) throw new Error(`${saved} of ${expected} were documented`)
    })
    await step('Made a case of them', async () => {
      await locker.page.bringToFront()
      await addAllToCase(locker, 'Posts of a saved page', words)
      await locker.page.screenshot({ path: join(out, 'locker-en.png') })
    })
    await step('Exported it, decrypted it and checked it with the verifier', async () => {
      const items = await exportAll(chromium, page, options)
      if (items !== expected) throw new Error(`${items} items are in the bundle`)
    })
  } finally {
    await chromium.close()
  }
}
