import { test as base, expect } from '@playwright/test'
import type { Page } from 'puppeteer-core'
import { type Chromium, launchChromium } from '../../scripts/browser/chromium'
import { type Marks, marksOn } from '../../scripts/browser/marks'
import type { Person } from '../../scripts/browser/person'
import { documentPage, openLockerPage, setUpLocker } from '../../scripts/browser/screens'
import { practiceAddresses, practiceSites, type Site } from '../../scripts/browser/sites'
import { type ScreenWords, screenWords } from '../../scripts/browser/words'
import { builtFolder } from '../../scripts/build'
import { findChromium } from '../../scripts/find-browser'

/** A browser with a locker, on the practice feed of X, with documenting switched on. */
export type Ready = {
  chromium: Chromium
  page: Page
  marks: Marks
  locker: Person
  passphrase: string
  words: ScreenWords
}

type Fixtures = { served: { sites: Site[] }; words: ScreenWords; chromium: Chromium; ready: Ready }

/** Tests that start from the shipped build in Chromium, with no network. */
export const test = base.extend<Fixtures>({
  served: [{ sites: practiceSites() }, { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's shape
  words: async ({}, use) => use(screenWords('en')),
  chromium: async ({ served }, use) => {
    const [program, build] = await Promise.all([findChromium(), builtFolder('chrome')])
    const chromium = await launchChromium({ program, build, sites: served.sites })
    await use(chromium)
    await chromium.close()
  },
  ready: async ({ chromium, words }, use) => {
    const page = await chromium.openTab(practiceAddresses.x)
    const locker = await openLockerPage(chromium, page, words)
    const passphrase = await setUpLocker(locker, words)
    await documentPage(chromium, page, words)
    await use({ chromium, page, marks: await marksOn(page, words), locker, passphrase, words })
  },
})

export { expect }
