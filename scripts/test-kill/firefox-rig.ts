import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { bundleProbe } from '../../tests/support/probe/build'
import { callText } from '../../tests/support/probe/chromium'
import { launchFirefox } from '../browser/firefox'
import type { FirefoxScreen } from '../browser/firefox-screen'
import { documentInFirefox, findMark, setUpInFirefox } from '../browser/firefox-screens'
import { waitUntil } from '../browser/seen'
import { screenWords } from '../browser/words'
import { builtFolder } from '../build'
import { findFirefox } from '../find-browser'
import { killBrowser, type StartRig } from './rig'

/**
 * What the background tells of the tab: in Firefox the marks' words lie in a closed shadow root where the automation
 * does not look.
 */
const savedInTab = `(async () => {
  const tabs = await browser.tabs.query({})
  const tab = tabs.find(({ url }) => url?.startsWith('https://x.com/')) ?? tabs.find(({ url }) => url === undefined)
  const told = await browser.runtime.sendMessage({ name: 'tabState', question: { tabId: tab.id } })
  return told.ok ? { saved: told.value.savedHere, problem: told.value.lastProblem?.code ?? null } : null
})()`

type Told = { saved: number; problem: string | null } | null

/** Firefox as the tests drive it, on a profile that is kept. Builds the extension when that is needed. */
export async function firefoxRig(): Promise<StartRig> {
  const [program, build] = [await findFirefox(), await builtFolder('firefox')]
  const script = await bundleProbe(build)
  const words = screenWords('en')
  const { t } = words

  return async ({ profile, site }) => {
    const downloads = mkdtempSync(join(tmpdir(), 'witnessmark-downloads-'))
    const firefox = await launchFirefox({ program, build, profile, downloads, sites: [site] })
    let opened: Promise<FirefoxScreen> | null = null
    let page: Page | null = null

    async function openProbe(): Promise<FirefoxScreen> {
      // A picture: a page of the extension that runs none of its code.
      const screen = await firefox.openOwnPage('icon/16.png')
      await screen.evaluate(`(() => { ${script}\n})()`)
      return screen
    }

    function probe(): Promise<FirefoxScreen> {
      opened ??= openProbe()
      return opened
    }

    return {
      call: async (name, ...args) => (await (await probe()).evaluate(callText(name, args))) as never,
      setUp: async () => setUpInFirefox(await firefox.openOwnPage('locker.html'), words),
      pressUnlock: async (passphrase) => {
        const locker = await firefox.openOwnPage('locker.html')
        await locker.fill(t('passphrase.label'), passphrase)
        await locker.press(t('unlock.button'))
      },
      prepareNewPassphrase: async (ask) => ({
        next: ask.to,
        change: async () => {
          const answer = await (await probe()).evaluate(callText('changePassphrase', [ask]))
          if (answer !== 'ok') throw new Error(`the locker answered ${answer}`)
        },
      }),
      document: async () => {
        await probe()
        page = await firefox.openTab(site.address)
        await page.bringToFront()
        await documentInFirefox(firefox, page, words)
      },
      capture: async (author) => {
        if (page === null) throw new Error('this page is not documented')
        const post = page
        const mark = await findMark(post, author)
        const ask = async (): Promise<Told> => (await (await probe()).evaluate(savedInTab)) as Told
        const before = await ask()
        await post.mouse.click(mark.x, mark.y)
        return waitUntil('the background to say what became of it', async () => {
          const now = await ask()
          if (now !== null && now.saved > (before?.saved ?? 0)) return 'saved'
          return now !== null && now.problem !== null ? 'failed' : null
        })
      },
      kill: () => killBrowser(firefox.pid),
    }
  }
}
