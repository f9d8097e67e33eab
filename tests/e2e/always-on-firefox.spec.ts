import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { Page } from 'puppeteer-core'
import { launchFirefox } from '../../scripts/browser/firefox'
import { setUpFromPopup } from '../../scripts/browser/firefox-screens'
import { waitUntil } from '../../scripts/browser/seen'
import { practiceAddresses, practiceSites } from '../../scripts/browser/sites'
import { screenWords } from '../../scripts/browser/words'
import { builtFolder } from '../../scripts/build'
import { findFirefox } from '../../scripts/find-browser'

const words = screenWords('en')
const { t, like } = words
const platform = 'X'

/** Whether something of ours stands in the page, beside its own body. */
const hasMarks = (page: Page) =>
  page.evaluate(() => document.documentElement.lastElementChild !== document.body)

test('always on and withdrawn in Firefox', async () => {
  const downloads = mkdtempSync(join(tmpdir(), 'witnessmark-always-'))
  const [program, build] = await Promise.all([findFirefox(), builtFolder('firefox')])
  // Only the browser's own question is left out: nobody could press it here.
  const options = { program, build, sites: practiceSites(), downloads, siteAccess: 'given' } as const
  const firefox = await launchFirefox(options)
  try {
    const page = await firefox.openTab(practiceAddresses.x)
    const locker = await setUpFromPopup(firefox, words)

    await page.bringToFront()
    const popup = await firefox.openPopup()
    await popup.press(t('popup.document'))
    await popup.press(t('popup.always.offer', { platform }))
    await popup.press(t('popup.always.ask'))
    await popup.read(like('popup.always.isOn'))
    const fresh = await firefox.openTab(practiceAddresses.x)
    await waitUntil('the marks to appear by themselves', () => hasMarks(fresh))

    await locker.press(t('locker.settings'))
    for (const host of ['twitter.com', 'x.com']) {
      const withdraw = `${t('settings.withdraw')}: ${host}`
      await locker.press(withdraw)
      await waitUntil(`${host} to be withdrawn`, async () => !(await locker.has(withdraw)))
    }
    await locker.read(like('settings.alwaysNone'))
    const last = await firefox.openTab(practiceAddresses.x)
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect(await hasMarks(last)).toBe(false)
  } finally {
    await firefox.close()
    rmSync(downloads, { recursive: true, force: true })
  }
})
