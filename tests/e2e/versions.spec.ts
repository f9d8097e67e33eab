import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import type { Page } from 'puppeteer-core'
import { keepDownloadsIn } from '../../scripts/browser/downloads'
import { marksOn } from '../../scripts/browser/marks'
import { exportCase, makeCase, openPopup } from '../../scripts/browser/screens'
import { waitUntil } from '../../scripts/browser/seen'
import { practiceSite, type Site } from '../../scripts/browser/sites'
import { violationsOn } from '../support/axe'
import { expect, type Ready, test } from '../support/fixtures'

const author = 'granite_fox_88'
const permalink = `https://x.com/${author}/status/2123706567881777728`
const original = String(practiceSite('x').html)
const home: Site = practiceSite('x')
const post: Site = { address: permalink, html: original }
test.use({ served: { sites: [home, post] } })

test.beforeEach(() => {
  home.html = original
  post.html = original
})

/** The page with each of these passages changed; throws where one is not in it. */
function changed(...passages: [from: string, to: string][]): string {
  return passages.reduce((html, [from, to]) => {
    if (!html.includes(from)) throw new Error(`the practice page lacks ${from}`)
    return html.replaceAll(from, to)
  }, original)
}

const edited = changed(
  ['Pack your little bottles and crawl back', 'Take your little bottles and walk back'],
  ['<span><span>Granite Fox</span></span>', '<span><span>Friend of the River</span></span>'],
  ['12 replies, 44 reposts, 203 likes', '12 replies, 44 reposts, 999 likes'],
  ['203 Likes. Like', '999 Likes. Like'],
  ['<span>203</span>', '<span>999</span>'],
)
const gone = changed([author, 'someone_else_entirely'], ['2123706567881777728', '2123706567881777111'])

async function captureFox({ page, words }: Ready): Promise<void> {
  await page.bringToFront()
  const marks = await marksOn(page, words)
  expect((await marks.press(await marks.of(author))).state).toBe('saved')
}

/** Opens the newest item of the locker page, and its tab of versions. */
async function openNewest({ locker, words }: Ready, count: number): Promise<void> {
  await locker.page.bringToFront()
  await locker.press('button', words.t('locker.items'))
  await locker.read(new RegExp(`^${count} items?$`))
  await locker.press('button', new RegExp(`^${words.t('item.details')}: `))
  await locker.press('tab', new RegExp(`^${words.t('item.tab.versions')}`))
}

const textsOf = (page: Page, selector: string) =>
  page.$$eval(selector, (elements) => elements.map((element) => element.textContent))

test('a post captured again is a second item, and what changed can be read', async ({ ready }) => {
  const { page, locker, words } = ready
  await captureFox(ready)
  home.html = edited
  await page.reload({ waitUntil: 'load' })
  await captureFox(ready)

  await locker.page.bringToFront()
  await locker.read(/^2 items$/)
  expect(
    (await locker.eyes.look()).filter(({ name }) => name === '2 captures of this post').length,
  ).toBeGreaterThan(0)
  await openNewest(ready, 2)
  await locker.find('tab', words.t('item.tab.versionsMany', { count: 2 }))
  expect(await textsOf(locker.page, 'del')).toEqual([])
  await locker.press('button', words.t('versions.compare'))
  await locker.find('button', words.t('versions.hideCompare'))
  expect(await textsOf(locker.page, 'del')).toEqual(['Pack', 'crawl'])
  expect(await textsOf(locker.page, 'ins')).toEqual(['Take', 'walk'])
  const shown = (await textsOf(locker.page, 'dd')).join('\n').replace(/[\u2066-\u2069]/g, '')
  expect(shown).toContain('Granite Fox, then Friend of the River')
  expect(shown).toContain('likes: 203, then 999')
  expect(shown).not.toContain('replies: 12')
  expect(await violationsOn(locker.page)).toEqual([])

  // The first one is as it was.
  await locker.press('button', words.like('versions.openNamed'))
  await locker.press('button', words.t('item.showWords'))
  await locker.read(/Pack your little bottles and crawl back/)
})

/** Presses the button in the popup over the tab of a second look. */
async function checkNow({ chromium, words }: Ready, tab: Page, button: 'check' | 'again'): Promise<void> {
  const popup = await openPopup(chromium, tab)
  await popup.press('button', words.t(`popup.recheck.${button}`))
}

test('a second look says: unchanged, edited, not shown any more', async ({ ready }) => {
  test.slow()
  const { chromium, locker, words } = ready
  await captureFox(ready)
  await chromium.serveNewTabs()
  await openNewest(ready, 1)
  const opened = new Promise<Page>((resolve) => {
    chromium.browser.once('targetcreated', (target) => void target.page().then((tab) => tab && resolve(tab)))
  })
  await locker.press('button', words.t('again.open'))
  const tab = await opened
  await locker.read(words.like('again.opened'))

  const looks = [
    [original, 'unchanged', 'check'],
    [edited, 'edited', 'again'],
    [gone, 'not-shown', 'again'],
  ] as const
  for (const [index, [html, outcome, button]] of looks.entries()) {
    post.html = html
    await tab.bringToFront()
    await waitUntil('the address of the post to be shown', async () => {
      const options = { waitUntil: 'load', timeout: 8_000 } as const
      const answer = await tab.goto(permalink, options).catch(() => null)
      return answer !== null && tab.url() === permalink
    })
    await checkNow(ready, tab, button)
    await openNewest(ready, index + 2)
    const sentence = words.like('versions.lookedAgain')
    await locker.read(sentence)
    const said = (await textsOf(locker.page, 'li')).filter((text) => text?.includes('Looked again'))
    expect(said.length).toBe(index + 1)
    expect(said.at(-1)).toContain(words.t(`recheck.${outcome}`))
  }
  await locker.press('button', words.t('versions.compare'))
  await locker.find('button', words.t('versions.hideCompare'))
  expect(await textsOf(locker.page, 'del')).toContain('crawl')
  await locker.read(words.like('versions.notHere'))
  expect(await violationsOn(locker.page)).toEqual([])
})

test('a page that says two things about the author is told in the item and in the report', async ({
  ready,
}) => {
  const { chromium, page, locker, words } = ready
  const folder = mkdtempSync(join(tmpdir(), 'witnessmark-versions-'))
  const watch = await keepDownloadsIn(chromium.browser, folder)
  home.html = changed([
    `href="/${author}/status/2123706567881777728"`,
    'href="/other_hand_7/status/2123706567881777728"',
  ])
  await page.reload({ waitUntil: 'load' })
  await captureFox(ready)
  await openNewest(ready, 1)
  const isTold = (text: string) => text.replace(/[\u2066-\u2069]/g, '')
  await locker.read(
    /^The page says two different things about the author’s handle: one where the post is shown/,
  )
  await locker.press('tab', words.t('item.tab.post'))
  await locker.press('button', words.t('item.showWords'))
  const sentence =
    `The page says two different things about the author’s handle: ${author} where the post is shown, ` +
    'other_hand_7 in the address of the post.'
  expect(isTold(await locker.read(/other_hand_7.*in the address of the post/))).toContain(sentence)
  expect(await violationsOn(locker.page)).toEqual([])

  await makeCase(await openPopup(chromium, page), 'Letters', words)
  const popup = await openPopup(chromium, page)
  const { finished } = watch()
  const answers = { narrative: 'They write to me every day.' }
  await exportCase(popup, { channelId: 'x-in-product', protection: 'none', answers }, words)
  const files = unzipSync(new Uint8Array(readFileSync((await finished).path)))
  const html = new TextDecoder().decode(files['data/report/report.html'])
  expect(isTold(html)).toContain(sentence)
  rmSync(folder, { recursive: true, force: true })
})
