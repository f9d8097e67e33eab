import type { Page } from 'puppeteer-core'
import type { PostReading } from '../../utils/model/post'
import type { Outcome } from '../../utils/model/problem'
import { type Chromium, launchChromium } from '../browser/chromium'
import { waitUntil } from '../browser/seen'
import type { Site } from '../browser/sites'

/** Reads page after page with the built extension, in one browser. */
export type Reader = {
  /**
   * Every post of the page, as the extension reads it at this moment (null: now). Throws a sentence when the
   * page cannot be entered or the reader answers with a problem.
   */
  read: (site: Site, now: string | null) => Promise<PostReading[]>
  close: () => Promise<void>
}

/** Runs in the extension's own world of the page: its clock stands still. The page's clock goes on. */
const stopClock = `(now) => {
  const Real = globalThis.realDate ?? Date
  globalThis.realDate = Real
  globalThis.Date = now === null ? Real : class extends Real {
    constructor(...parts) { parts.length === 0 ? super(now) : super(...parts) }
    static now() { return Real.parse(now) }
  }
}`

/** Runs in the background. Null while it has no access to the page. */
function askForReadings(now: string | null): string {
  return `(async () => {
  const tabs = await chrome.tabs.query({})
  const tab = tabs.find((candidate) => /^https?:/.test(candidate.url ?? ''))
  if (!tab) return null
  const target = { tabId: tab.id }
  await chrome.scripting.executeScript({ target, func: ${stopClock}, args: [${JSON.stringify(now)}] })
  await chrome.scripting.executeScript({ target, files: ['content-scripts/posts.js'] })
  return chrome.tabs.sendMessage(tab.id, { name: 'readPage', question: {} })
})()`
}

async function askBackground(chromium: Chromium, now: string | null): Promise<PostReading[]> {
  const outcome = await waitUntil(
    'the reader to answer',
    async () => {
      const worker = await chromium.background()
      return (await worker.evaluate(askForReadings(now))) as Outcome<PostReading[]> | null
    },
    15,
  )
  if (!outcome.ok) throw new Error(`the reader answered ${outcome.problem.code}`)
  return outcome.value
}

function isSamePage(one: string, other: string): boolean {
  return one.replace(/#.*$/, '') === other.replace(/#.*$/, '')
}

/**
 * Starts a browser with the extension for many pages. Pages of one origin that are read one after the other
 * need one press of the toolbar button, as for a person who goes from page to page.
 */
export async function openReader(browser: { program: string; build: string }): Promise<Reader> {
  const sites: Site[] = []
  const chromium = await launchChromium({ ...browser, sites })
  let tab: { page: Page; address: string } | null = null

  async function show(site: Site): Promise<void> {
    sites.splice(0, sites.length, site)
    const hasGrant = tab !== null && new URL(tab.address).origin === new URL(site.address).origin
    if (tab !== null && hasGrant && !isSamePage(tab.address, site.address)) {
      await tab.page.goto(site.address, { waitUntil: 'load' })
      tab.address = site.address
      return
    }
    const before = tab
    tab = { page: await chromium.openTab(site.address), address: site.address }
    // Only one page of the web is open, so that there is no doubt which one is read.
    await before?.page.close()
    await chromium.pressToolbarButton(tab.page)
  }

  return {
    read: async (site, now) => {
      await show(site)
      return askBackground(chromium, now)
    },
    close: chromium.close,
  }
}
