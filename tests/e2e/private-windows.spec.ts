import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchChromium } from '../../scripts/browser/chromium'
import { launchFirefox } from '../../scripts/browser/firefox'
import { documentInFirefox, setUpFromPopup } from '../../scripts/browser/firefox-screens'
import { marksOn } from '../../scripts/browser/marks'
import { documentPage, openLockerPage, openPopup, setUpLocker } from '../../scripts/browser/screens'
import { practiceSite } from '../../scripts/browser/sites'
import { builtFolder } from '../../scripts/build'
import { findChromium, findFirefox } from '../../scripts/find-browser'
import { feedWith } from '../support/feed'
import { findSecrets } from '../support/find-bytes'
import { expect, test } from '../support/fixtures'

/*
 * A private window leaves nothing behind, and what is saved in it goes into the locker all the same. The handle
 * stands in the address, in the page and in the capture: nothing else on the disk may have it.
 */

const handle = 'qhfernvalley731'
const permalink = `https://x.com/${handle}/status/2123700000004194304`
const site = feedWith(permalink, { handle, name: 'Fern Valley', text: 'We know which door you use.' })
const sites = [site, practiceSite('bluesky')]
const normalPage = practiceSite('bluesky').address
const folder = (name: string): string => mkdtempSync(join(tmpdir(), `witnessmark-${name}-`))

test('Chromium: a post saved in an incognito window, and its second look, leave no trace of it', async ({
  words,
}) => {
  const { t } = words
  const profile = folder('incognito')
  const [program, build] = await Promise.all([findChromium(), builtFolder('chrome')])
  const chromium = await launchChromium({ program, build, sites, profile, incognito: 'allowed' })
  try {
    const locker = await openLockerPage(chromium, await chromium.openTab(normalPage), words)
    await setUpLocker(locker, words)
    const page = await chromium.openIncognitoWindow(permalink)
    await documentPage(chromium, page, words)
    const marks = await marksOn(page, words)
    expect((await marks.press(await marks.of(handle))).state).toBe('saved')
    const popup = await openPopup(chromium, page)
    await popup.read(new RegExp(`^${t('popup.savedHere', { count: 1 })}$`))
    await popup.page.close()

    await locker.page.bringToFront()
    await locker.press('button', new RegExp(`^${t('item.details')}: `))
    await locker.press('tab', t('item.tab.capture'))
    await locker.read(new RegExp(`^${t('item.window.private')}$`))
    await locker.press('tab', words.like('item.tab.versions'))
    await locker.press('button', t('again.open'))
    await locker.read(words.like('again.opened.private'))
    const background = await chromium.background()
    const tabs = await background.evaluate(
      'chrome.tabs.query({}).then((tabs) => tabs.filter(({ incognito }) => incognito).length)',
    )
    expect(tabs).toBe(2)
  } finally {
    await chromium.close()
  }
  expect(findSecrets(profile, { handle })).toEqual([])
  rmSync(profile, { recursive: true, force: true })
})

test('Firefox: a post saved in a private window is in the locker, and nowhere else', async ({ words }) => {
  const { t, like } = words
  const profile = folder('private')
  const downloads = folder('private-downloads')
  const [program, build] = await Promise.all([findFirefox(), builtFolder('firefox')])
  const firefox = await launchFirefox({
    program,
    build,
    sites,
    downloads,
    profile,
    privateWindows: 'allowed',
  })
  try {
    await firefox.openTab(normalPage)
    const locker = await setUpFromPopup(firefox, words)

    const page = await firefox.openPrivateWindow(permalink)
    await (await firefox.openPopup()).read(like('locker.apart'))
    await documentInFirefox(firefox, page, words)
    const drawn = await firefox.waitForOverlay(permalink)
    await drawn.press(t('mark.idle', { author: handle }))
    await drawn.read(like('mark.savedSentence'))
    await locker.press(new RegExp(`^${t('item.details')}: `))
    await locker.press(t('item.tab.capture'))
    const shown = String(await locker.evaluate('document.body.textContent'))
    expect(shown).toContain(t('item.window.private'))
  } finally {
    await firefox.close()
  }
  expect(findSecrets(profile, { handle })).toEqual([])
  for (const left of [profile, downloads]) rmSync(left, { recursive: true, force: true })
})
