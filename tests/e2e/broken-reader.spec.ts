import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openLockerPage, openPopup, setUpLocker } from '../../scripts/browser/screens'
import { type Site, savedSite } from '../../scripts/browser/sites'
import { violationsOn } from '../support/axe'
import { stripPage } from '../support/broken-page'
import { chatBeside } from '../support/chat-beside'
import { expect, test } from '../support/fixtures'

const root = 'tests/fixtures/platforms'

/** A page with posts of each platform, and what is left of it because the platform is recognised by nothing else. */
const pages: Record<string, { name: string; spared?: string }> = {
  bluesky: { name: 'plain' },
  discord: { name: 'plain' },
  facebook: { name: 'plain' },
  // Its other posts are found by links and times alone, however the page is rebuilt.
  instagram: { name: 'untimed' },
  linkedin: { name: 'plain' },
  mastodon: { name: 'plain', spared: '[id="mastodon"], [id="initial-state"]' },
  reddit: { name: 'post-page' },
  telegram: { name: 'a-group' },
  threads: { name: 'plain' },
  tiktok: { name: 'plain' },
  vk: { name: 'plain' },
  whatsapp: { name: 'plain' },
  x: { name: 'plain' },
  youtube: { name: 'plain' },
}

function brokenSite(platform: string, { name, spared }: { name: string; spared?: string }): Site {
  const read = (file: string): string => readFileSync(join(root, platform, name, file), 'utf8')
  const html = stripPage(read('page.html'), spared ?? null)
  return savedSite(read('address.txt').trim(), Buffer.from(html))
}

const sites = new Map(
  Object.entries(pages).map(([platform, page]) => [platform, brokenSite(platform, page)] as const),
)
test.use({ served: { sites: [...sites.values(), ...chatBeside] } })

test('every platform has a broken page here', () => {
  expect([...sites.keys()]).toEqual(readdirSync(root).sort())
})

test('where a reader finds nothing, the whole page is kept, and the list of readers says so', async ({
  chromium,
  words,
}) => {
  test.setTimeout(180_000)
  const { t, like } = words
  const start = await chromium.browser.newPage()
  await start.goto('about:blank')
  const locker = await openLockerPage(chromium, start, words)
  await setUpLocker(locker, words)

  await test.step('posts in a frame alone', async () => {
    const page = await chromium.openTab(chatBeside[0]?.address ?? '')
    const popup = await openPopup(chromium, page)
    await popup.press('button', t('popup.document'))
    await popup.read(like('popup.readerFoundInFrame'))
    await popup.press('button', t('popup.keepWhole'))
    await popup.read(like('popup.captured'))
    await popup.page.close()
    await page.close()
    await locker.page.bringToFront()
    await locker.press('button', new RegExp(`^${t('item.details')}`))
    await locker.read(new RegExp(t('readerReason.reader-found-only-in-frame')))
  })

  for (const [platform, site] of sites) {
    await test.step(platform, async () => {
      const page = await chromium.openTab(site.address)
      const popup = await openPopup(chromium, page)
      await popup.press('button', t('popup.document'))
      await popup.read(like('popup.readerBroken'))
      await popup.press('button', t('popup.keepWhole'))
      await popup.read(like('popup.captured'))
      if (platform === 'x') expect(await violationsOn(popup.page)).toEqual([])
      await popup.page.close()
      await page.close()
    })
  }

  await locker.page.bringToFront()
  await locker.press('button', t('locker.settings'))
  await locker.press('button', t('readers.title'))
  await locker.find('heading', t('readers.title'))
  expect(await violationsOn(locker.page)).toEqual([])
  const report = (await locker.page.evaluate(`document.querySelector('pre').textContent`)) as string
  const today = new Date().toISOString().slice(0, 10)
  const troubles = report.split('\n').flatMap((line) => {
    const [, platform, rest] = /^([a-z]+) \d+; (?:not )?confirmed; (.*)$/.exec(line) ?? []
    return platform === undefined ? [] : [[platform, rest] as const]
  })
  const trouble = `last read never; last trouble ${today} reader-found-nothing`
  const countOf = (platform: string) => (platform === 'youtube' ? 2 : 1)
  expect(Object.fromEntries(troubles)).toEqual(
    Object.fromEntries(
      [...sites.keys()].map((platform) => [platform, `read 0; generic ${countOf(platform)}; ${trouble}`]),
    ),
  )
  expect(report).not.toMatch(/https?:|\.com|@/)
})
