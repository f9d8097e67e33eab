import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { launchFirefox } from '../../scripts/browser/firefox'
import { documentInFirefox, findMark, setUpFromPopup } from '../../scripts/browser/firefox-screens'
import { waitUntil } from '../../scripts/browser/seen'
import { practiceAddresses, practiceSites } from '../../scripts/browser/sites'
import { screenWords } from '../../scripts/browser/words'
import { builtFolder } from '../../scripts/build'
import { findFirefox } from '../../scripts/find-browser'
import { beginFile, countFiles } from '../support/left-files'
import { checkCopy, mostBytes } from '../support/smaller-copy'
import { verifyFile } from '../support/verify-file'

const words = screenWords('en')
const { t, like, channelName } = words

test('the same gesture, capture and export, with a smaller copy for the form, in Firefox', async () => {
  const downloads = mkdtempSync(join(tmpdir(), 'witnessmark-firefox-'))
  const [program, build] = await Promise.all([findFirefox(), builtFolder('firefox')])
  const firefox = await launchFirefox({ program, build, sites: practiceSites(), downloads })
  try {
    const page = await firefox.openTab(practiceAddresses.x)
    await setUpFromPopup(firefox, words)

    await page.bringToFront()
    await documentInFirefox(firefox, page, words)
    const mark = await findMark(page, 'granite_fox_88')
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
    await again.press(channelName('x-in-product'))
    await again.press(t('common.continue'))
    await again.read(like('export.itemsIn'))
    await again.press(t('files.title'))
    await again.fill(t('files.each'), String(mostBytes / 1_000_000))
    await again.read(new RegExp(`^${t('files.planned', { count: 1 })}`))
    await again.press(
      (await again.has(t('export.goOnAnyway'))) ? t('export.goOnAnyway') : t('common.continue'),
    )
    await again.press(t('export.notEncrypted'))
    await again.press(t('export.save'))
    const bundle = join(downloads, 'checked.zip')
    const bytes = await firefox.waitForDownload()
    writeFileSync(bundle, bytes)
    checkCopy(bytes, 'x-in-product')
    expect(verifyFile(bundle)).toMatchObject({ status: 0 })

    const locker = await firefox.openOwnPage('locker.html')
    await locker.evaluate(beginFile)
    expect(await locker.evaluate(countFiles)).toBeGreaterThan(0)
    await locker.evaluate('location.reload()')
    await waitUntil('what was half exported to be gone at the next start', async () => {
      const next = await firefox.openOwnPage('locker.html')
      return (await next.evaluate(countFiles)) === 0
    })
  } finally {
    await firefox.close()
    rmSync(downloads, { recursive: true, force: true })
  }
})
