import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from '@playwright/test'
import type { Page } from 'puppeteer-core'
import { runnerImport } from 'vite'
import { waitUntil } from '../../scripts/browser/seen'
import { screenWords } from '../../scripts/browser/words'
import { projectFolder } from '../../scripts/shell'
import { ensureVerifier } from '../../scripts/verifier'
import { violationsOn } from '../support/axe'
import { countingServer, launchPlain, noteRequests } from '../support/standalone'

/* What leaves as HTML, opened from the disk by somebody who has no extension. */

const { t } = screenWords('en')
let folder = ''

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'witnessmark-exported-'))
})

test.afterEach(() => rmSync(folder, { recursive: true, force: true }))

function keep(name: string, content: Uint8Array): string {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  return path
}

type Bundles = typeof import('../support/venomous')

/** Playwright's own loader does not know how the words and channels are put together. */
async function makeBundles(address: string) {
  const path = join(projectFolder, 'tests', 'support', 'venomous.ts')
  const options = { root: projectFolder, configFile: false, logLevel: 'error' } as const
  const { module } = await runnerImport<Bundles>(path, options)
  return module.venomous(address)
}

const heading = (page: Page) => page.$eval('h1', (found) => found.textContent)

async function checkFile(page: Page, path: string, expected: string): Promise<void> {
  const input = await page.waitForSelector('input[type=file]')
  await (input as unknown as { uploadFile: (path: string) => Promise<void> }).uploadFile(path)
  await waitUntil(`"${expected}" for ${path}`, async () => (await heading(page)) === expected)
}

async function press(page: Page, label: string): Promise<void> {
  await page.evaluate((wanted) => {
    const found = [...document.querySelectorAll('button')].find((one) => one.textContent === wanted)
    if (!found) throw new Error(`no button ${wanted}`)
    found.click()
  }, label)
}

/** How many scripts the page has, whether one of a bundle ran, and how much it drew from elsewhere. */
const stateOf = (page: Page) =>
  page.evaluate(() => ({
    scripts: document.scripts.length,
    ran: 'ran' in window,
    loaded: performance.getEntriesByType('resource').length,
  }))

for (const kind of ['chromium', 'firefox'] as const)
  test(`report.html and verifier.html from the disk in ${kind}: no request, no script of a bundle`, async () => {
    const server = await countingServer()
    const browser = await launchPlain(kind)
    try {
      const { good, evil, report, sealed, identity } = await makeBundles(server.address)
      const page = await browser.newPage()
      const seen = noteRequests(page)
      const control = keep('control.html', Buffer.from(`<img src="${server.address}/control">`))
      await page.goto(pathToFileURL(control).href)
      expect([seen, server.asked]).toEqual([[`${server.address}/control`], ['/control']])
      await page.goto(pathToFileURL(keep('report.html', report)).href)
      expect(await page.$eval('body', (body) => body.textContent)).toContain('<script')
      expect(await stateOf(page)).toEqual({ scripts: 0, ran: false, loaded: 0 })

      await page.goto(pathToFileURL(await ensureVerifier()).href)
      await checkFile(page, keep('good.zip', good), t('verifier.result.pass'))
      if (kind === 'chromium') expect(await violationsOn(page)).toEqual([])
      await press(page, t('verifier.another'))
      await checkFile(page, keep('evil.zip', evil), t('verifier.result.fail'))
      const text = await page.$eval('body', (body) => body.textContent ?? '')
      expect(text).toContain('data/report/evil.svg')
      expect(text).toContain(t('verify.notProved.who-operated'))
      expect(text).not.toContain('\u202e')
      expect(await page.$$('main a, main img, main svg, main iframe, main object')).toEqual([])
      await press(page, t('verifier.another'))

      await checkFile(page, keep('good.zip.age', sealed), t('verifier.sealed'))
      await page.type('form input', identity)
      await page.keyboard.press('Enter')
      await waitUntil('the opened bundle', async () => (await heading(page)) === t('verifier.result.pass'))
      await page.select('header select', 'ar')
      await waitUntil(
        'Arabic',
        async () => (await heading(page)) === screenWords('ar').t('verifier.result.pass'),
      )
      expect(await page.$eval('html', (root) => [root.lang, root.dir])).toEqual(['ar', 'rtl'])

      expect(await stateOf(page)).toEqual({ scripts: 1, ran: false, loaded: 0 })
      expect([seen, server.asked]).toEqual([[`${server.address}/control`], ['/control']])
    } finally {
      await browser.close()
      server.close()
    }
  })
