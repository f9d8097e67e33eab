import type { Page } from 'puppeteer-core'
import { sitAt } from '../../scripts/browser/person'
import { waitUntil } from '../../scripts/browser/seen'
import { chatBeside, chatFrame } from '../support/chat-beside'
import { expect, test } from '../support/fixtures'
import { type PictureFeed, picturedAuthor, pictureFeed } from '../support/picture-feed'
import { type Look, type Stage, setStage } from '../support/picture-stage'
import { comparePicturesAtLarge, type PictureDifference, pictureByBrowser } from '../support/pictures'

/*
 * The picture in the locker against the browser's own picture of the same element, pixel by pixel: no pixel is
 * unlike. Lines of the post are all different, so that a strip in the wrong place shows. Only the size may differ,
 * by one row or column: where the post's edge falls within a device pixel, either picture may count it in.
 */

/** Acts when the page is moved for the third time: between the second and the third picture of a tall post. */
const onThirdMove = (act: string): string => `
let moves = 0
addEventListener('scroll', () => { moves += 1; if (moves === 3) { ${act} } })`
const takeAway = `document.querySelector('[data-pictured]').closest('[data-testid="cellInnerDiv"]').remove()`

const feed = (name: string, about: Omit<PictureFeed, 'address'>) =>
  pictureFeed({ address: `https://x.com/${name}`, ...about })
const tall = feed('tall', { lines: 100 })
const short = feed('short', { lines: 6, edges: 'between-pixels' })
const covered = feed('covered', { lines: 70, covers: 'header-and-footer' })
const between = feed('between', { lines: 40, edges: 'between-pixels', covers: 'header-and-footer' })
const inArea = feed('in-area', { lines: 60, area: 'own-scroll' })
const rightToLeft = feed('right-to-left', { lines: 50, direction: 'rtl' })
const endless = feed('endless', { lines: 700 })
const gone = feed('gone', { lines: 100, script: onThirdMove(takeAway) })
const away = feed('away', { lines: 100, script: onThirdMove(`location.href = '/short'`) })
const elsewhere = feed('elsewhere', {
  lines: 100,
  script: onThirdMove(`location.href = 'https://else.example/'`),
})
const stranger = {
  address: 'https://else.example/',
  html: '<!doctype html><title>Else</title><p>Not the post.',
}
const sites = [
  tall,
  short,
  covered,
  inArea,
  between,
  rightToLeft,
  endless,
  gone,
  away,
  elsewhere,
  stranger,
  ...chatBeside,
]

function expectSamePicture({ captured, reference, unlike, rows }: PictureDifference): void {
  expect({ unlike, rows }).toEqual({ unlike: 0, rows: null })
  expect(Math.abs(captured.width - reference.width)).toBeLessThanOrEqual(1)
  expect(Math.abs(captured.height - reference.height)).toBeLessThanOrEqual(1)
}

/** What was pictured is the post from its top on, and less than all of it. */
function expectBeginning({ captured, reference, unlike, rows }: PictureDifference): void {
  expect({ unlike, rows }).toEqual({ unlike: 0, rows: null })
  expect(captured.width).toBe(reference.width)
  expect(captured.height).toBeGreaterThan(500)
  expect(captured.height).toBeLessThan(reference.height)
}

/** As when the page goes on to another video: the marks have to come to a frame that was not there. */
const loadFrameAgain = async (page: Page): Promise<void> => {
  const again = `(frame) => new Promise((done) => { frame.addEventListener('load', done); frame.src += '' })`
  await page.evaluate(`(${again})(document.querySelector(${JSON.stringify(chatFrame)}))`)
}

const forceDark = async (page: Page): Promise<void> => {
  const session = await page.createCDPSession()
  await session.send('Emulation.setAutoDarkModeOverride', { enabled: true })
}

test.describe('one device pixel for each CSS pixel', () => {
  test.describe.configure({ mode: 'serial' })
  let stage: Stage
  test.beforeAll(async () => {
    stage = await setStage(sites, 1)
  })
  test.afterAll(async () => stage.close())

  const cases: [string, (typeof sites)[number], Look][] = [
    ['a post of several windows', tall, {}],
    ['a post whose edges fall between pixels', short, {}],
    ['a post under a sticky header and a fixed footer', covered, {}],
    ['a page from right to left', rightToLeft, {}],
    ['a page at 150 %', between, { zoom: 1.5 }],
    ['a page at 67 %', between, { zoom: 0.67 }],
  ]
  for (const [name, site, look] of cases) {
    test(`${name} is pictured as the browser paints it`, async () => {
      const kept = await stage.capture(site, look)
      expect(kept.state).toBe('saved')
      expectSamePicture(await stage.compare(kept, site, look))
    })
  }

  test('a page that the browser darkens is pictured dark', async () => {
    const look = { dress: forceDark }
    const kept = await stage.capture(tall, look)
    expectSamePicture(await stage.compare(kept, tall, look))
    expect((await stage.compare(kept, tall)).unlike).toBeGreaterThan(100_000)
  })

  test('a post in an area that scrolls by itself is pictured without the bars around the area', async () => {
    const kept = await stage.capture(inArea)
    const page = await stage.chromium.openTab(inArea.address)
    const reference = await pictureByBrowser(page, 1)
    await page.close()
    // Letters are smoothed otherwise in such an area.
    const difference = await comparePicturesAtLarge(stage.chromium, kept.picture ?? '', reference)
    expect(difference).toEqual({ unlike: 0, isSameSize: true })
  })

  test('a message of a live chat beside a video is pictured where its frame stands in the window', async () => {
    const { words } = stage
    const [watch] = chatBeside
    if (!watch) throw new Error('no page')
    for (const look of [{ frame: chatFrame }, { frame: chatFrame, zoom: 1.5, dress: loadFrameAgain }]) {
      const kept = await stage.capture(watch, look)
      expect(kept.state).toBe('saved')
      expectSamePicture(await stage.compare(kept, watch, look))
      expect(kept.facts).toContain(words.t('action.stood-in-frame'))
      expect(kept.facts).toContain(`${words.t('item.check.page')} ${words.t('common.yes')}`)
    }
  })

  test('a post of more than twenty windows is pictured as far as that, and says so', async () => {
    const { words } = stage
    const kept = await stage.capture(endless)
    expectBeginning(await stage.compare(kept, endless))
    expect(kept.facts).toContain(words.t('notRecorded.whole-post-picture'))
  })

  test('a post taken away in the middle is kept as far as it was pictured, and says so', async () => {
    const { words } = stage
    const { page, marks } = await stage.open(gone)
    const person = await sitAt(page)
    await person.eyes.press((await marks.of(picturedAuthor)).seen)
    await person.find('group', words.t('mark.savedSentence'))
    const kept = await stage.newest()
    await page.close()
    expectBeginning(await stage.compare(kept, gone))
    expect(kept.facts).toContain(words.t('notRecorded.whole-post-picture'))
    expect(kept.facts).toContain(`${words.t('item.check.page')} ${words.t('common.no')}`)
  })

  for (const [name, site] of [
    ['the same site', away],
    ['another site', elsewhere],
  ] as const) {
    test(`a page that goes to ${name} in the middle leaves the post, and nothing of where it went`, async () => {
      const { words } = stage
      const { page, marks } = await stage.open(site)
      const person = await sitAt(page)
      await person.eyes.press((await marks.of(picturedAuthor)).seen)
      await waitUntil('the page to go', async () => page.url() !== site.address)
      // The tab has to stay in front until the capture has ended, and the next page knows nothing of it.
      await new Promise((resolve) => setTimeout(resolve, 3_000))
      const kept = await stage.newest()
      await page.close()
      expectBeginning(await stage.compare(kept, site))
      expect(kept.facts).toContain(words.t('notRecorded.whole-post-picture'))
      expect(kept.facts).toContain(`${words.t('item.check.page')} ${words.t('common.no')}`)
    })
  }
})

for (const pixelRatio of [2, 3]) {
  test(`with ${pixelRatio} device pixels for each CSS pixel, every one of them is kept`, async () => {
    test.slow()
    const stage = await setStage(sites, pixelRatio)
    for (const look of [{}, { zoom: 1.5 }]) {
      const kept = await stage.capture(between, look)
      const difference = await stage.compare(kept, between, look)
      expectSamePicture(difference)
      expect(difference.captured.width).toBe(600 * pixelRatio * (look.zoom ?? 1))
    }
    await stage.close()
  })
}
