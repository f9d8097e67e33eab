import type { Page } from 'puppeteer-core'
import { type Chromium, launchChromium } from '../../scripts/browser/chromium'
import { type MarkState, type Marks, marksOn } from '../../scripts/browser/marks'
import { documentPage, openLockerPage, setUpLocker } from '../../scripts/browser/screens'
import { waitUntil } from '../../scripts/browser/seen'
import type { Site } from '../../scripts/browser/sites'
import { type ScreenWords, screenWords } from '../../scripts/browser/words'
import { builtFolder } from '../../scripts/build'
import { findChromium } from '../../scripts/find-browser'
import { picturedAuthor, pictureFeed } from './picture-feed'
import {
  captureFactsIn,
  closeItem,
  comparePictures,
  openNewestItem,
  type PictureDifference,
  pictureByBrowser,
  pictureInLocker,
} from './pictures'

/** How a page is looked at: its zoom, and whatever else a tab can be given before anything is pictured. */
export type Look = {
  zoom?: number
  dress?: (page: Page) => Promise<void>
  /** A selector of the frame in which the post stands. */
  frame?: string
}

/** A capture as the locker shows it: its picture, if there is one, and how it was made. */
type Kept = { picture: string | null; facts: string }

/** A browser with a locker, in which posts are captured and held against the browser's own pictures. */
export type Stage = {
  chromium: Chromium
  words: ScreenWords
  /** A tab with this page, documented and zoomed. */
  open: (site: Site, look?: Look) => Promise<{ page: Page; marks: Marks }>
  /** Opens the capture just made in the locker; waits until it is there. */
  newest: () => Promise<Kept>
  /** Captures the pictured post of this page. */
  capture: (site: Site, look?: Look) => Promise<Kept & { state: MarkState }>
  /** Compares a capture with the browser's own picture of the same post. */
  compare: (kept: Kept, site: Site, look?: Look) => Promise<PictureDifference>
  close: () => Promise<void>
}

const first = pictureFeed({ address: 'https://x.com/settings', lines: 2 })

function zoomTab(zoom: number): string {
  return `(async () => {
  const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true })
  await chrome.tabs.setZoom(tab.id, ${zoom})
})()`
}

/** Starts it; `pixelRatio` is that of the screen. */
export async function setStage(sites: readonly Site[], pixelRatio: number): Promise<Stage> {
  const [program, build] = await Promise.all([findChromium(), builtFolder('chrome')])
  const chromium = await launchChromium({ program, build, sites: [first, ...sites], pixelRatio })
  const words = screenWords('en')
  const locker = await openLockerPage(chromium, await chromium.openTab(first.address), words)
  await setUpLocker(locker, words)
  let items = 0

  async function open(site: Site, { zoom = 1, dress, frame }: Look = {}) {
    const page = await chromium.openTab(site.address)
    await documentPage(chromium, page, words)
    await dress?.(page)
    // The zoom is the whole site's, and stays with it.
    await (await chromium.background()).evaluate(zoomTab(zoom))
    await waitUntil('the zoom', async () => {
      const ratio = await page.evaluate(() => devicePixelRatio)
      return Math.abs(ratio - zoom * pixelRatio) < 0.01
    })
    return { page, marks: await marksOn(page, words, frame ?? null) }
  }

  async function newest(): Promise<Kept> {
    items += 1
    await openNewestItem(locker, words, items)
    const picture = await pictureInLocker(locker, words)
    const facts = await captureFactsIn(locker, words)
    await closeItem(locker, words)
    return { picture, facts }
  }

  async function capture(site: Site, look: Look = {}) {
    const { page, marks } = await open(site, look)
    const { state } = await marks.press(await marks.of(picturedAuthor))
    const kept = await newest()
    await page.close()
    return { state, ...kept }
  }

  async function compare({ picture }: Kept, site: Site, look: Look = {}) {
    if (picture === null) throw new Error('the capture has no picture')
    const page = await chromium.openTab(site.address)
    await look.dress?.(page)
    const reference = await pictureByBrowser(page, look.zoom ?? 1)
    const difference = await comparePictures(chromium, picture, reference)
    await page.close()
    return difference
  }

  return { chromium, words, open, newest, capture, compare, close: chromium.close }
}
