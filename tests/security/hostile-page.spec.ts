import { readdirSync } from 'node:fs'
import type { Page } from 'puppeteer-core'
import type { Chromium } from '../../scripts/browser/chromium'
import { marksOn } from '../../scripts/browser/marks'
import {
  documentPage,
  exportCase,
  makeCase,
  openLockerPage,
  openPopup,
  setUpLocker,
} from '../../scripts/browser/screens'
import { openEyes, waitUntil } from '../../scripts/browser/seen'
import type { ScreenWords } from '../../scripts/browser/words'
import { builtFolder } from '../../scripts/build'
import { longFeed } from '../support/feed'
import { expect, test } from '../support/fixtures'
import { clobberedFeed, shiftingFeed, watchfulFeed } from '../support/hostile-feed'

const watchful = watchfulFeed('https://x.com/home')
const clobbered = clobberedFeed('https://x.com/explore')
const plainFeed = longFeed('https://x.com/notifications', 4)
const shifts = {
  'keeps still': shiftingFeed('https://x.com/one', { away: '', back: '' }),
  'shows other words': shiftingFeed('https://x.com/two', {
    away: `words.textContent = 'Post number 2: what a lovely morning it is.'`,
    back: 'words.textContent = before',
  }),
  'hides the post': shiftingFeed('https://x.com/three', {
    away: `post.style.opacity = '0'`,
    back: `post.style.opacity = ''`,
  }),
  'moves the post away': shiftingFeed('https://x.com/four', {
    away: `post.style.translate = '0 300px'`,
    back: `post.style.translate = ''`,
  }),
}
test.use({ served: { sites: [watchful, clobbered, plainFeed, ...Object.values(shifts)] } })

async function startOn(chromium: Chromium, address: string, words: ScreenWords) {
  const page = await chromium.openTab(address)
  const locker = await openLockerPage(chromium, page, words)
  await setUpLocker(locker, words)
  await documentPage(chromium, page, words)
  return { page, locker, marks: await marksOn(page, words) }
}

test('before the gesture a page sees nothing of the extension, whatever it probes', async ({
  chromium,
  words,
}) => {
  const page = await chromium.openTab(watchful.address)
  const locker = await openLockerPage(chromium, page, words)
  await setUpLocker(locker, words)
  await (await openPopup(chromium, page)).find('button', words.t('popup.document'))
  await page.bringToFront()

  const files = readdirSync(await builtFolder('chrome'), { recursive: true, encoding: 'utf8' })
  const addresses = files.map((file) => `${chromium.origin}/${file}`)
  expect(addresses.length).toBeGreaterThan(20)
  const reached = await page.evaluate(async (all) => {
    const load = (name: 'img' | 'script' | 'link' | 'iframe', address: string) =>
      new Promise<boolean>((resolve) => {
        const element = document.createElement(name)
        element.addEventListener('load', () => {
          // A refused frame shows an error page, which also loads; it is another origin's either way.
          resolve(name !== 'iframe' || (element as HTMLIFrameElement).contentWindow?.length === 1)
        })
        element.addEventListener('error', () => resolve(false))
        if (name === 'link') Object.assign(element, { rel: 'stylesheet', href: address })
        else Object.assign(element, { src: address })
        document.body.append(element)
        setTimeout(() => resolve(false), 3_000)
      })
    const found: string[] = []
    await Promise.all(
      all.map(async (address) => {
        if (await fetch(address).then(Boolean, () => false)) found.push(`fetch ${address}`)
        for (const name of ['img', 'script', 'link'] as const)
          if (await load(name, address)) found.push(`${name} ${address}`)
      }),
    )
    return found
  }, addresses)
  expect(reached).toEqual([])

  const { seen, added } = await page.evaluate(() => {
    const world = window as unknown as { seen: string[]; globals: number }
    const probes = /^childList (BODY|HEAD)$/
    return {
      seen: world.seen.filter((line) => !probes.test(line) && line !== 'error'),
      added: Object.getOwnPropertyNames(window).length - world.globals,
    }
  })
  expect(seen).toEqual([])
  // `globals` itself came after it was counted.
  expect(added).toBeLessThanOrEqual(1)
})

test('an extension page shows itself in no frame of a page', async ({ chromium }) => {
  const page = await chromium.openTab(watchful.address)
  await page.evaluate((origin) => {
    for (const file of ['popup.html', 'locker.html']) {
      const frame = document.createElement('iframe')
      frame.src = `${origin}/${file}`
      document.body.append(frame)
    }
  }, chromium.origin)
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  const shown = page.frames().filter((frame) => frame.url().startsWith(chromium.origin))
  const roots = await Promise.all(shown.map((frame) => frame.$('#root').catch(() => null)))
  expect(roots.filter((root) => root !== null)).toEqual([])
})

const findHost = `const host = [...document.documentElement.children].find((one) => one !== document.head && one !== document.body)`
/** What pages have done to make people press what they do not see; each is put back by the next line. */
const tricks: Record<string, [string, string]> = {
  'makes the marks transparent': [
    `${findHost}; host.style.setProperty('opacity', '0.01', 'important')`,
    `${findHost}; host.style.setProperty('opacity', '1', 'important')`,
  ],
  'makes itself transparent': [
    `document.documentElement.style.opacity = '0.01'`,
    `document.documentElement.style.opacity = ''`,
  ],
  'filters the marks away': [
    `${findHost}; host.style.setProperty('filter', 'opacity(0)', 'important')`,
    `${findHost}; host.style.removeProperty('filter')`,
  ],
  'covers the marks and lets the press through': [
    `const cover = document.createElement('div'); cover.id = 'cover'
     cover.style.cssText = 'position:fixed;inset:0;z-index:2147483647;background:#fff;pointer-events:none'
     document.documentElement.append(cover)`,
    `document.getElementById('cover').remove()`,
  ],
  'covers the marks from the top layer': [
    `const cover = document.createElement('div'); cover.id = 'cover'; cover.popover = 'manual'
     cover.style.cssText = 'position:fixed;inset:0;width:100vw;height:100vh;background:#fff;pointer-events:none'
     document.body.append(cover); cover.showPopover()`,
    `document.getElementById('cover').remove()`,
  ],
}

async function act(page: Page, script: string): Promise<void> {
  await page.evaluate(`(() => { ${script} })()`)
}

async function pressHere(page: Page, place: { x: number; y: number }, trick: string | null): Promise<void> {
  await page.mouse.move(1, 1)
  await page.mouse.move(place.x, place.y)
  if (trick !== null) await act(page, trick)
  await page.mouse.down()
  await page.mouse.up()
}

test('a press on a mark that the person cannot see saves nothing and says so', async ({
  chromium,
  words,
}) => {
  const { page, marks } = await startOn(chromium, plainFeed.address, words)
  const eyes = await openEyes(page)
  const mark = await marks.of('author1')
  const place = await waitUntil('the mark to be drawn', () => eyes.placeOf(mark.seen))
  for (const [name, [trick, undo]] of Object.entries(tricks)) {
    await pressHere(page, place, trick)
    await new Promise((resolve) => setTimeout(resolve, 300))
    const said = (await eyes.look()).some((seen) => seen.name === words.t('mark.covered'))
    const states = (await marks.all()).map(({ state }) => state)
    expect({ name, said, pressed: states.filter((state) => state !== 'idle') }).toEqual({
      name,
      said: true,
      pressed: [],
    })
    await act(page, undo)
    const close = (await eyes.lookFor('button')).find((seen) => seen.name === words.t('mark.close'))
    if (close) await eyes.press(close)
  }
  await pressHere(page, place, null)
  await waitUntil('the plain press to be saved', async () => (await marks.of('author1')).state === 'saved')
})

test('a page that replaces what scripts ask it for is documented all the same', async ({
  chromium,
  words,
}) => {
  const { marks, locker } = await startOn(chromium, clobbered.address, words)
  expect((await marks.press(await marks.of('author1'))).state).toBe('saved')
  await locker.page.bringToFront()
  await locker.press('button', new RegExp(`^${words.t('common.show')}`))
  await locker.read(/Post number 1/)
})

for (const [name, site] of Object.entries(shifts)) {
  test(`a page that ${name} while pictures are taken is told from one that does not`, async ({
    chromium,
    words,
  }) => {
    const { marks, locker } = await startOn(chromium, site.address, words)
    expect((await marks.press(await marks.of('author2'))).state).toMatch(/saved|redrawn/)
    await locker.page.bringToFront()
    await locker.press('button', new RegExp(`^${words.t('common.show')}`))
    await locker.press('button', new RegExp(`^${words.t('item.details')}`))
    const expected = name === 'keeps still' ? 'sure.check.passed' : 'sure.check.changed'
    await waitUntil(words.t(expected), async () =>
      (await locker.eyes.look()).some((seen) => seen.name.includes(words.t(expected))),
    )
  })
}

test('a whole session asks the network for nothing', async ({ chromium, words }) => {
  test.slow()
  const asked: string[] = []
  const worker = await chromium.background()
  await worker.client.send('Network.enable')
  worker.client.on('Network.requestWillBeSent', ({ request }) => asked.push(request.url))
  const { page, marks, locker } = await startOn(chromium, plainFeed.address, words)
  await marks.press(await marks.of('author1'))
  await marks.nameType('threat-of-violence')
  await makeCase(await openPopup(chromium, page), 'Case of a test', words)
  const popup = await openPopup(chromium, page)
  const answers = { narrative: 'It began on Monday.', attackedName: 'Somebody' }
  await exportCase(popup, { channelId: 'x-in-product', protection: 'passphrase', answers }, words)
  const resources = `performance.getEntriesByType('resource').map((entry) => entry.name)`
  for (const { page: own } of [popup, locker]) asked.push(...((await own.evaluate(resources)) as string[]))
  expect(asked.length).toBeGreaterThan(2)
  expect(asked.filter((address) => !/^(chrome-extension|blob|data):/.test(address))).toEqual([])
})
