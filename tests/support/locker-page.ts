import type { Page } from 'puppeteer-core'
import type { Chromium } from '../../scripts/browser/chromium'
import { type Person, sitAt } from '../../scripts/browser/person'
import type { ScreenWords } from '../../scripts/browser/words'

/** Eight groups of five signs, as on a recovery sheet. */
const group = /^[0-9A-HJKMNP-TV-Z]{5}$/

/** Another locker page beside the one that is open. */
export async function openSecondPage(chromium: Chromium): Promise<Person> {
  const page = await chromium.browser.newPage()
  page.setDefaultTimeout(20_000)
  await page.goto(`${chromium.origin}/locker.html`)
  return sitAt(page)
}

/** The recovery code that is on the screen. */
export async function readCode(person: Person, { t }: ScreenWords): Promise<string> {
  await person.find('heading', t('recovery.sheet.title'))
  const seen = await person.eyes.look()
  const groups = seen.filter(({ role, name }) => role === 'StaticText' && group.test(name))
  return groups.map(({ name }) => name).join('-')
}

/** Locks on the page itself, and sits down in front of the new page that this gives. */
export async function lockPage(person: Person, { t }: ScreenWords): Promise<Person> {
  await person.page.bringToFront()
  await person.press('button', t('lock.button'))
  const again = await sitAt(person.page)
  await again.find('button', t('unlock.button'))
  return again
}

/** Tries a passphrase on the page for unlocking. */
export async function tryPassphrase(person: Person, passphrase: string, { t }: ScreenWords): Promise<void> {
  if ((await person.all('textbox', t('recovery.code'))).length > 0)
    await person.press('button', t('unlock.byPassphrase'))
  await person.fill(t('passphrase.label'), passphrase)
  await person.press('button', t('unlock.button'))
}

/** Tries a recovery code on the page for unlocking. */
export async function tryCode(person: Person, code: string, { t }: ScreenWords): Promise<void> {
  if ((await person.all('textbox', t('recovery.code'))).length === 0)
    await person.press('button', t('unlock.byCode'))
  await person.fill(t('recovery.code'), code)
  await person.press('button', t('unlock.button'))
}

/** Goes to one of the screens behind Settings. */
export async function openSetting(
  person: Person,
  key: 'security.title' | 'backup.title' | 'receiving.title' | 'anchors.title' | 'book.title',
  { t }: ScreenWords,
): Promise<void> {
  await person.press('button', t('locker.settings'))
  await person.press('button', t(key))
  await person.find('heading', t(key))
}

/** Holds a button with the mouse until `seen` has come. */
export async function holdButton(person: Person, name: string, seen: () => Promise<unknown>): Promise<void> {
  const button = await person.find('button', name)
  const place = await person.eyes.placeOf(button)
  if (!place) throw new Error(`the button "${name}" is not drawn`)
  await person.page.mouse.move(place.x, place.y)
  await person.page.mouse.down()
  await seen()
  await person.page.mouse.up()
}

/** Everything that the extension's own storage areas hold, as text. */
export function storedText(page: Page): Promise<string> {
  return page.evaluate(`(async () => {
    const { storage } = globalThis.browser ?? globalThis.chrome
    const areas = [await storage.local.get(null), await storage.session.get(null)]
    return JSON.stringify([areas, { ...localStorage }, { ...sessionStorage }, location.href, document.title, history.state])
  })()`) as Promise<string>
}
