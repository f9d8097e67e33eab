import { marksOn } from '../../scripts/browser/marks'
import { documentPage, openLockerPage, openPopup, setUpLocker } from '../../scripts/browser/screens'
import { waitUntil } from '../../scripts/browser/seen'
import { practiceAddresses, practiceSites } from '../../scripts/browser/sites'
import { virtualFeed } from '../support/feed'
import { expect, test } from '../support/fixtures'
import { redditChatPage } from '../support/reddit-chat'

const virtual = virtualFeed('https://x.com/explore')
test.use({ served: { sites: [...practiceSites(), virtual, redditChatPage] } })

const wholePage = 'document.documentElement.outerHTML'

test('nothing is in the page before the person asks, and nothing stays after', async ({
  chromium,
  words,
}) => {
  const page = await chromium.openTab(practiceAddresses.x)
  const untouched = await page.evaluate(wholePage)
  const locker = await openLockerPage(chromium, page, words)
  await setUpLocker(locker, words)
  const popup = await openPopup(chromium, page)
  await popup.find('button', words.t('popup.document'))
  expect(await page.evaluate(wholePage)).toBe(untouched)

  await popup.press('button', words.t('popup.document'))
  await popup.find('button', words.t('popup.stop'))
  await page.bringToFront()
  const marks = await marksOn(page, words)
  await marks.of('granite_fox_88')
  expect(await page.evaluate(wholePage)).not.toBe(untouched)

  const again = await openPopup(chromium, page)
  await again.press('button', words.t('popup.stop'))
  await again.find('button', words.t('popup.document'))
  await page.bringToFront()
  await waitUntil('the marks to go', async () => (await marks.all()).length === 0)
  expect(await page.evaluate(wholePage)).toBe(untouched)
})

test('every post near the window has one mark, and a quoted post its own', async ({ ready }) => {
  await ready.marks.of('granite_fox_88')
  const authors = (await ready.marks.all()).map((mark) => mark.author)
  expect(authors).toContain('lenavasko')
  expect(authors).toContain('harith_alwadi')
})

test('the page can neither reach the marks nor press them', async ({ ready }) => {
  await ready.marks.of('granite_fox_88')
  const reached = await ready.page.evaluate(() => {
    const host = [...document.documentElement.children].find(
      (element) => element !== document.head && element !== document.body,
    )
    if (!host) return 'no host'
    const { width, height } = { width: innerWidth, height: innerHeight }
    for (let x = 0; x < width; x += 12) {
      for (let y = 0; y < height; y += 12) {
        if (document.elementFromPoint(x, y) !== host) continue
        for (const name of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']) {
          host.dispatchEvent(new MouseEvent(name, { bubbles: true, composed: true, clientX: x, clientY: y }))
        }
        if (host instanceof HTMLElement) host.click()
      }
    }
    return host.shadowRoot === null ? 'closed' : 'open'
  })
  expect(reached).toBe('closed')
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect((await ready.marks.all()).filter((mark) => mark.state !== 'idle')).toEqual([])
})

test('a virtual list never shows two marks for one post, nor a mark for a post that is gone', async ({
  chromium,
  words,
}) => {
  const page = await chromium.openTab(virtual.address)
  const locker = await openLockerPage(chromium, page, words)
  await setUpLocker(locker, words)
  await documentPage(chromium, page, words)
  const marks = await marksOn(page, words)
  await marks.of('author0')
  for (const top of [900, 3_000, 9_000, 2_000, 14_000, 0]) {
    await page.evaluate((y) => scrollTo(0, y), top)
    const expected = `author${Math.floor(top / 150) + 1}`
    await marks.of(expected === 'author94' ? 'author95' : expected)
    const authors = (await marks.all()).map((mark) => mark.author)
    expect(new Set(authors).size).toBe(authors.length)
    const inPage = await page.evaluate(() =>
      [...document.querySelectorAll('[data-testid="tweet"] a[tabindex="-1"]')].map((a) =>
        a.textContent?.slice(1),
      ),
    )
    expect(authors.filter((author) => !inPage.includes(author))).toEqual([])
  }
})

test('a saved post keeps its tick when the list draws it again', async ({ chromium, words }) => {
  const page = await chromium.openTab(virtual.address)
  const locker = await openLockerPage(chromium, page, words)
  await setUpLocker(locker, words)
  await documentPage(chromium, page, words)
  const marks = await marksOn(page, words)
  expect((await marks.press(await marks.of('author2'))).state).toBe('saved')
  await page.evaluate(() => scrollTo(0, 8_000))
  await marks.of('author54')
  await page.evaluate(() => scrollTo(0, 0))
  expect((await marks.of('author2')).state).toBe('saved')
})

test('messages in shadow trees within each other have marks and are pictured', async ({
  chromium,
  words,
}) => {
  const page = await chromium.openTab(redditChatPage.address)
  const locker = await openLockerPage(chromium, page, words)
  await setUpLocker(locker, words)
  await documentPage(chromium, page, words)
  const marks = await marksOn(page, words)
  expect((await marks.press(await marks.of('quiet_tern'))).state).toBe('saved')
  expect((await marks.all()).map(({ author }) => author)).toEqual([
    'harbour_kite',
    'harbour_kite',
    'quiet_tern',
  ])
})
