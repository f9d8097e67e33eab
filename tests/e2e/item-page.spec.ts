import { createHash } from 'node:crypto'
import type { Page } from 'puppeteer-core'
import { marksOn } from '../../scripts/browser/marks'
import { sitAt } from '../../scripts/browser/person'
import { documentPage } from '../../scripts/browser/screens'
import { waitUntil } from '../../scripts/browser/seen'
import { practiceAddresses, practiceSite, type Site } from '../../scripts/browser/sites'
import { violationsOn } from '../support/axe'
import { expect, type Ready, test } from '../support/fixtures'
import { samplePng } from '../support/sample-items'

/* What the page of an item tells besides the post: original pictures and their copies, clocks, the rest of a thread. */

const river = {
  address: 'https://pbs.twimg.com/media/river.png',
  bytes: samplePng({ width: 64, height: 48 }),
}
const practice = practiceSite('x')
const feed: Site = {
  ...practice,
  html: String(practice.html).replaceAll('https://pbs.twimg.com/media/practice-river.svg', river.address),
  files: [
    { ...river, contentType: 'image/png' },
    {
      address: 'https://x.com/',
      contentType: 'text/html',
      bytes: new Uint8Array(),
      headers: { date: new Date(Date.now() - 600_000).toUTCString() },
    },
  ],
}
test.use({ served: { sites: [feed, practiceSite('bluesky')] } })

async function chooseInMenu(page: Page, { words }: Ready, author: string, label: string): Promise<void> {
  const mark = await (await marksOn(page, words)).of(author)
  const person = await sitAt(page)
  await waitUntil('the menu to open', async () => {
    await person.eyes.focus(mark.seen)
    await page.keyboard.press('ArrowDown')
    return (await person.all('menuitem', label)).length > 0
  })
  await person.press('menuitem', label)
}

async function openNewest({ locker, words }: Ready): Promise<void> {
  await locker.page.bringToFront()
  await locker.press('button', new RegExp(`^${words.t('item.details')}: `))
  await locker.find('tab', words.t('item.tab.post'))
}

test('original pictures stay hidden until asked for, and copies in other items are found', async ({
  ready,
}) => {
  const { page, locker, words } = ready
  await locker.page.evaluate(`chrome.storage.local.set({
    settings: { language: null, idleMinutes: 5, asksClock: true },
  })`)
  for (const count of [1, 2]) {
    await page.bringToFront()
    await page.reload({ waitUntil: 'load' })
    await chooseInMenu(page, ready, 'lenavasko', words.t('mark.menu.media'))
    await locker.page.bringToFront()
    await locker.read(new RegExp(`^${count} items?$`))
  }
  await openNewest(ready)
  await locker.read(words.like('clock.ahead'))
  await locker.find('heading', words.t('pictures.title'))
  const text = await locker.page.$eval('body', (body) => body.textContent ?? '')
  expect(text).toContain(createHash('sha256').update(river.bytes).digest('hex'))
  expect(text).toContain(river.address)
  expect(text).toContain('64 × 48 pixels')
  expect(text).toContain('The same picture is in 1 other item.')
  expect(await locker.page.$$('img')).toHaveLength(0)

  await locker.press('tab', words.t('item.tab.custody'))
  await locker.read(words.like('custody.kind.captured'))
  await locker.read(words.like('custody.captureAt'))
  await locker.read(words.like('custody.notSigned'))
  expect(await violationsOn(locker.page)).toEqual([])
  await locker.press('tab', words.t('item.tab.post'))

  await locker.press('button', `${words.t('pictures.show')}: media-1.png`)
  await locker.find('button', `${words.t('pictures.hide')}: media-1.png`)
  const width = () => locker.page.$eval('img', (image) => (image as HTMLImageElement).naturalWidth)
  await waitUntil('the picture to be drawn', async () => (await width()) === 64)
  expect(await violationsOn(locker.page)).toEqual([])
  await locker.press('button', `${words.t('pictures.hide')}: media-1.png`)
  await locker.find('button', `${words.t('pictures.show')}: media-1.png`)
  expect(await locker.page.$$('img')).toHaveLength(0)
})

test('an item of a thread tells its place and what it answers, and leads to the others in order', async ({
  ready,
}) => {
  const { chromium, page, locker, words } = ready
  await page.goto(practiceAddresses.bluesky)
  await documentPage(chromium, page, words)
  const first = (await (await marksOn(page, words)).all()).at(0)
  if (!first) throw new Error('the practice page has no marks')
  await chooseInMenu(page, ready, first.author, words.t('mark.menu.thread'))
  const person = await sitAt(page)
  const saved = await person.read(words.like('mark.threadSaved'))
  const count = Number(/\d+/.exec(saved)?.[0])
  expect(count).toBeGreaterThan(2)

  await openNewest(ready)
  for (const place of [1, count]) {
    const heading = words.t('group.thread', { place, count })
    if ((await locker.all('heading', heading)).length === 0)
      await locker.press('button', words.t('group.open', { place, count }))
    await locker.find('heading', heading)
  }
  // What it answers is told with its words, once they are asked for.
  expect(await locker.all('heading', words.t('report.html.context'))).toEqual([])
  await locker.press('button', words.t('item.showWords'))
  await locker.find('heading', words.t('report.html.context'))
  expect(await violationsOn(locker.page)).toEqual([])
})
