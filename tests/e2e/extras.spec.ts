import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { marksOn } from '../../scripts/browser/marks'
import { sitAt } from '../../scripts/browser/person'
import { waitUntil } from '../../scripts/browser/seen'
import { practiceSite, type Site } from '../../scripts/browser/sites'
import { exportAll } from '../support/exported-items'
import { expect, type Ready, test } from '../support/fixtures'
import { samplePng } from '../support/sample-items'

/* What a capture keeps besides the post: original pictures, the platform's clock, the picture of an account. */

const folder = 'tests/fixtures/platforms/x/profile'
const profileAddress = readFileSync(`${folder}/address.txt`, 'utf8').trim()
const look =
  '<style>img { width: 96px; height: 96px; background: linear-gradient(90deg, #234, #fa3) }</style>'
const profile: Site = {
  address: profileAddress,
  html: readFileSync(`${folder}/page.html`, 'utf8').replace('</head>', `${look}</head>`),
  files: [
    {
      address: 'https://pbs.twimg.com/profile_images/1000000000000000000/invented_200x200.jpg',
      contentType: 'image/png',
      bytes: samplePng({ width: 200, height: 200 }),
    },
  ],
}

const river = {
  address: 'https://pbs.twimg.com/media/river.png',
  bytes: samplePng({ width: 64, height: 48 }),
}
/** Ten minutes behind: so is the platform's clock, or the device's is ahead. */
const tenMinutes = 600
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
      headers: { date: new Date(Date.now() - tenMinutes * 1_000).toUTCString() },
    },
  ],
}
test.use({ served: { sites: [feed, profile] } })

async function pressInMenu({ page, words }: Ready, author: string, label: string): Promise<void> {
  const marks = await marksOn(page, words)
  const mark = await marks.of(author)
  const person = await sitAt(page)
  await waitUntil('the menu to open', async () => {
    await person.eyes.focus(mark.seen)
    await page.keyboard.press('ArrowDown')
    return (await person.all('menuitem', label)).length > 0
  })
  await person.press('menuitem', label)
  await waitUntil('the post to be saved', async () => (await marks.of(author)).state === 'saved')
}

test('original pictures are kept byte for byte, and say where they came from', async ({ ready }) => {
  await pressInMenu(ready, 'lenavasko', ready.words.t('mark.menu.media'))
  const [kept] = await exportAll(ready)
  const part = kept?.item.parts.find(({ role }) => role === 'media')
  expect(part).toMatchObject({
    name: 'media-1.png',
    mediaType: 'image/png',
    address: river.address,
    width: 64,
    height: 48,
    sha256: createHash('sha256').update(river.bytes).digest('hex'),
  })
  expect(part?.likeness).toMatch(/^[0-9a-f]{16}$/)
  expect(['loaded', 'fetched']).toContain(part?.method)
  expect(kept?.item.collection.notRecorded).not.toContain('media-files')
  expect(kept?.files.get('media-1.png')).toEqual(new Uint8Array(river.bytes))
})

test('the platform is asked for its time only when the person allows it, and the skew is kept', async ({
  ready,
}) => {
  const { chromium, locker, marks } = ready
  const asked = () => chromium.traffic.served.filter((address) => address === 'https://x.com/').length
  await marks.press(await marks.of('granite_fox_88'))
  expect(asked()).toBe(0)
  await locker.page.evaluate(`chrome.storage.local.set({
    settings: { language: null, idleMinutes: 5, asksClock: true },
  })`)
  await ready.page.bringToFront()
  await marks.press(await marks.of('lenavasko'))
  expect(asked()).toBe(1)
  const [without, withClock] = (await exportAll(ready)).map(({ item }) => item)
  expect(without?.captured).toMatchObject({ platformDate: null, clockSkewSeconds: null })
  expect(without?.collection.notRecorded).toContain('platform-clock')
  expect(withClock?.captured.platformDate).toMatch(/GMT$/)
  const skew = withClock?.captured.clockSkewSeconds ?? 0
  // The header was made when the test began; what has passed since comes on top.
  expect(skew).toBeLessThanOrEqual(-tenMinutes + 1)
  expect(skew).toBeGreaterThan(-tenMinutes - 180)
})

test('the head of a profile is kept with the picture of the account', async ({ ready }) => {
  const { page, words } = ready
  await page.goto(profileAddress)
  const expected = JSON.parse(readFileSync(`${folder}/profile.json`, 'utf8'))
  const marks = await marksOn(page, words)
  const mark = await marks.of(expected.author.handle)
  expect((await marks.press(mark)).state).toBe('saved')
  const [kept] = await exportAll(ready)
  expect(kept?.item.post).toMatchObject({
    kind: 'profile',
    permalink: expected.permalink,
    author: expected.author,
    text: expected.text,
  })
  const avatar = kept?.item.parts.find(({ name }) => name === 'avatar.png')
  expect(avatar).toMatchObject({ role: 'media', method: 'pixels', derivedFrom: ['page.png'] })
  // Half a pixel at each edge, where the page puts it between two.
  for (const size of [avatar?.width, avatar?.height]) expect([96, 97]).toContain(size)
})
