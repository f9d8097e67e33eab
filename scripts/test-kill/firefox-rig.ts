import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { bundleProbe } from '../../tests/support/probe/build'
import { callText } from '../../tests/support/probe/chromium'
import { launchFirefox } from '../browser/firefox'
import type { FirefoxScreen } from '../browser/firefox-screen'
import { waitUntil } from '../browser/seen'
import { screenWords } from '../browser/words'
import { builtFolder } from '../build'
import { findFirefox } from '../find-browser'
import { killBrowser, type StartRig } from './rig'

/** The middle of the mark of one post: the only thing at that corner that is not in the page's own body. */
async function placeOfMark(page: Page, author: string): Promise<{ x: number; y: number } | null> {
  return page.evaluate((name) => {
    const post = document.querySelector(`a[href="/${name}"]`)?.closest('article')
    if (!post) return null
    post.scrollIntoView({ block: 'center', behavior: 'instant' })
    const box = post.getBoundingClientRect()
    for (let y = box.top + 4; y < box.top + 40; y += 4) {
      for (let x = box.right - 4; x > box.right - 160; x -= 4) {
        const hit = document.elementFromPoint(x, y)
        if (hit?.parentElement === document.documentElement && hit !== document.body)
          return { x: x - 6, y: y + 8 }
      }
    }
    return null
  }, author)
}

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

const notTyped = 'the field does not hold what was typed'

async function fillSurely(screen: FirefoxScreen, label: string, text: string): Promise<void> {
  await screen.fill(label, text)
  const isThere = `[...document.querySelectorAll('input, textarea')].some(({ value }) => value === ${JSON.stringify(text)})`
  await waitUntil('the text in the field', async () => screen.evaluate(isThere), 3).catch(() => {
    throw new Error(notTyped)
  })
}

type Told = { saved: number; problem: string | null } | null

/** Firefox as the tests drive it, on a profile that is kept. Builds the extension when that is needed. */
export async function firefoxRig(): Promise<StartRig> {
  const [program, build] = [await findFirefox(), await builtFolder('firefox')]
  const script = await bundleProbe(build)
  const { t } = screenWords('en')

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

    /** On a busy machine a key may get lost on its way into a field; then once more, on a new page. */
    async function atLocker<T>(act: (locker: FirefoxScreen) => Promise<T>, tries = 3): Promise<T> {
      const locker = await firefox.openOwnPage('locker.html')
      try {
        return await act(locker)
      } catch (error) {
        if (tries === 1 || !(error instanceof Error && error.message === notTyped)) throw error
        await locker.evaluate(`void setTimeout(() => close())`).catch(() => undefined)
        return atLocker(act, tries - 1)
      }
    }

    return {
      call: async (name, ...args) => (await (await probe()).evaluate(callText(name, args))) as never,
      setUp: () =>
        atLocker(async (locker) => {
          await locker.press(t('setup.begin'))
          const passphrase = await locker.read(/^[a-z-]+(?: [a-z-]+){5}$/)
          await locker.press(t('common.continue'))
          await fillSurely(locker, t('setup.confirm.label'), passphrase)
          await locker.press(t('setup.create'))
          await locker.press(t('recovery.later'))
          await locker.press(t('setup.finish'))
          return passphrase
        }),
      pressUnlock: (passphrase) =>
        atLocker(async (locker) => {
          await fillSurely(locker, t('passphrase.label'), passphrase)
          await locker.press(t('unlock.button'))
        }),
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
        const popup = await firefox.openPopup()
        await popup.press(t('popup.document'))
        await waitUntil('documenting to be on', () => popup.has(t('popup.stop')))
        await page.mouse.click(5, 5)
      },
      capture: async (author) => {
        if (page === null) throw new Error('this page is not documented')
        const post = page
        const mark = await waitUntil(`a mark of ${author}`, () => placeOfMark(post, author))
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
