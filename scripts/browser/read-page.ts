import type { Page } from 'puppeteer-core'
import type { PostReading } from '../../utils/model/post'
import type { Outcome } from '../../utils/model/problem'
import type { Chromium } from './chromium'
import { waitUntil } from './seen'

/** What the background does when it is asked to document a tab, without drawing anything. */
const readInBackground = `(async () => {
  const tabs = await chrome.tabs.query({})
  const tab = tabs.find((candidate) => /^https?:/.test(candidate.url ?? ''))
  if (!tab) return null
  await chrome.scripting.executeScript({ target: { tabId: tab.id }, files: ['content-scripts/posts.js'] })
  return chrome.tabs.sendMessage(tab.id, { name: 'readPage', question: {} })
})()`

/**
 * Every post of the page in front, as the built content script reads it. Presses the toolbar button, which is
 * what lets the extension into the page. Throws when the page cannot be entered.
 */
export async function readPage(chromium: Chromium, page: Page): Promise<PostReading[]> {
  await page.bringToFront()
  await page.triggerExtensionAction(chromium.extension)
  const outcome = await waitUntil(
    'the reader to answer',
    async () => {
      const worker = await chromium.background()
      return (await worker.evaluate(readInBackground)) as Outcome<PostReading[]> | null
    },
    15,
  )
  if (!outcome.ok) throw new Error(`the reader answered ${outcome.problem.code}`)
  return outcome.value
}
