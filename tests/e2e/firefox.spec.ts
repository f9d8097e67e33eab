import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { Page } from 'puppeteer-core'
import { launchFirefox } from '../../scripts/browser/firefox'
import { waitUntil } from '../../scripts/browser/seen'
import { practiceAddresses, practiceSites } from '../../scripts/browser/sites'
import { screenWords } from '../../scripts/browser/words'
import { builtFolder } from '../../scripts/build'
import { findFirefox } from '../../scripts/find-browser'
import { verifyFile } from '../support/verify-file'

const { t, like } = screenWords('en')

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

test('the same gesture, capture and export in Firefox', async () => {
  const downloads = mkdtempSync(join(tmpdir(), 'witnessmark-firefox-'))
  const [program, build] = await Promise.all([findFirefox(), builtFolder('firefox')])
  const firefox = await launchFirefox({ program, build, sites: practiceSites(), downloads })
  try {
    const page = await firefox.openTab(practiceAddresses.x)
    await (await firefox.openPopup()).press(t('popup.setUp'))
    const locker = await firefox.waitForOwnPage('locker.html')
    await locker.press(t('setup.begin'))
    const passphrase = await locker.read(/^[a-z-]+(?: [a-z-]+){5}$/)
    await locker.press(t('common.continue'))
    await locker.fill(t('setup.confirm.label'), passphrase)
    await locker.press(t('setup.create'))
    await locker.press(t('recovery.later'))
    await locker.press(t('setup.finish'))

    await page.bringToFront()
    const popup = await firefox.openPopup()
    await popup.press(t('popup.document'))
    await waitUntil('documenting to be on', () => popup.has(t('popup.stop')))
    await page.mouse.click(5, 5)
    const mark = await waitUntil('a mark', () => placeOfMark(page, 'granite_fox_88'))
    await page.mouse.click(mark.x, mark.y)

    const again = await waitUntil(
      'the item in the popup',
      async () => {
        const screen = await firefox.openPopup()
        const line = await screen.read(like('popup.savedHere'))
        if (line === t('popup.savedHere', { count: 1 })) return screen
        await page.mouse.click(5, 5)
        return null
      },
      40,
    )
    await again.press(like('item.choose'))
    await again.press(t('export.chosen', { count: 1 }))
    await again.press(t('common.continue'))
    await again.press(t('channel.x-in-product.name'))
    await again.press(t('common.continue'))
    await again.read(like('export.itemsIn'))
    await again.press(
      (await again.has(t('export.goOnAnyway'))) ? t('export.goOnAnyway') : t('common.continue'),
    )
    await again.press(t('export.notEncrypted'))
    await again.press(t('export.save'))
    const bundle = join(downloads, 'checked.zip')
    writeFileSync(bundle, await firefox.waitForDownload())
    expect(verifyFile(bundle)).toMatchObject({ status: 0 })
  } finally {
    await firefox.close()
    rmSync(downloads, { recursive: true, force: true })
  }
})
