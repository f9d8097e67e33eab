import type { Page } from 'puppeteer-core'
import type { Firefox } from './firefox'
import type { FirefoxScreen } from './firefox-screen'
import { waitUntil } from './seen'
import type { ScreenWords } from './words'

const sixWords = /^[a-z-]+(?: [a-z-]+){5}$/

/** Sets up the locker on its own page with the generated passphrase, without a recovery sheet. Promises it. */
export async function setUpInFirefox(locker: FirefoxScreen, { t }: ScreenWords): Promise<string> {
  await locker.press(t('setup.begin'))
  const passphrase = await locker.read(sixWords)
  await locker.press(t('common.continue'))
  await locker.fill(t('setup.confirm.label'), passphrase)
  await locker.press(t('setup.create'))
  await locker.press(t('recovery.later'))
  await locker.press(t('setup.finish'))
  return passphrase
}

/** Goes from the popup over the tab in front to a locker that is set up, as a person does. Promises its page. */
export async function setUpFromPopup(firefox: Firefox, words: ScreenWords): Promise<FirefoxScreen> {
  await (await firefox.openPopup()).press(words.t('popup.setUp'))
  const locker = await firefox.waitForOwnPage('locker.html')
  await setUpInFirefox(locker, words)
  return locker
}

/** Switches documenting on in the tab in front through the popup, and goes back to the page. */
export async function documentInFirefox(firefox: Firefox, page: Page, { t }: ScreenWords): Promise<void> {
  const popup = await firefox.openPopup()
  await popup.press(t('popup.document'))
  await waitUntil('documenting to be on', () => popup.has(t('popup.stop')))
  await page.mouse.click(5, 5)
}

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

/** Where the mark of the post by this author is drawn, once it is there. */
export function findMark(page: Page, author: string): Promise<{ x: number; y: number }> {
  return waitUntil(`a mark of ${author}`, () => placeOfMark(page, author))
}
