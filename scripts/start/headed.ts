import { launchChromium } from '../browser/chromium'
import { practiceAddresses, practiceSites } from '../browser/sites'

export type HeadedOptions = { program: string; build: string; profile?: string }

const guide = `The browser shows a practice feed: its people and posts are invented, and there is no network.

  1. Press the puzzle piece in the toolbar, then Witnessmark. (The pin keeps it in sight.)
  2. "Set up" makes your locker. Keep the six words for as long as you practise.
  3. Go back to the feed, press Witnessmark again, then "Document this page".
  4. Press the mark in the corner of a post. It is saved when the mark says so.
  5. In the popup: tick what you saved, add it to a case, export.

Further feeds, to type into the address bar:
${Object.values(practiceAddresses)
  .map((address) => `  ${address}`)
  .join('\n')}

Close the browser when you are done.`

/** Opens the browser with the practice feed and says what to press. Resolves when the person has closed it. */
export async function showPractice(options: HeadedOptions): Promise<void> {
  const chromium = await launchChromium({ ...options, sites: practiceSites(), mode: 'headed' })
  await chromium.serveNewTabs()
  await chromium.openTab(practiceAddresses.x)
  process.stdout.write(`${guide}\n`)
  await new Promise<void>((closed) => chromium.browser.once('disconnected', () => closed()))
  await chromium.close()
}
