import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { Page } from 'puppeteer-core'
import { type Firefox, launchFirefox } from '../../scripts/browser/firefox'
import type { FirefoxScreen } from '../../scripts/browser/firefox-screen'
import { documentInFirefox, setUpFromPopup } from '../../scripts/browser/firefox-screens'
import { waitUntil } from '../../scripts/browser/seen'
import { practiceAddresses, practiceSite, type Site } from '../../scripts/browser/sites'
import { screenWords, type WordKey } from '../../scripts/browser/words'
import { builtFolder } from '../../scripts/build'
import { findFirefox } from '../../scripts/find-browser'
import { chatBeside } from '../support/chat-beside'
import { type ExportedItem, itemsIn } from '../support/exported-items'
import { forumPage, header, lookAtPicture } from '../support/forum'
import { picturedAuthor } from '../support/picture-feed'
import { samplePng } from '../support/sample-items'
import { replyFeed, replyHeight } from '../support/sweep-feed'

const words = screenWords('en')
const { t, like, channelName } = words
const forum = forumPage('https://minutes.example/riverside')
const sweptCount = 30
const replies = replyFeed('https://x.com/lenavasko/status/2123700000000000000', sweptCount)
const river = {
  address: 'https://pbs.twimg.com/media/river.png',
  contentType: 'image/png',
  bytes: samplePng({ width: 64, height: 48 }),
}
const practice = practiceSite('x')
const feed: Site = {
  ...practice,
  html: String(practice.html).replaceAll('https://pbs.twimg.com/media/practice-river.svg', river.address),
  files: [river],
}
const profileFolder = 'tests/fixtures/platforms/x/profile'
const look =
  '<style>img { width: 96px; height: 96px; background: linear-gradient(90deg, #234, #fa3) }</style>'
const profile: Site = {
  address: readFileSync(`${profileFolder}/address.txt`, 'utf8').trim(),
  html: readFileSync(`${profileFolder}/page.html`, 'utf8').replace('</head>', `${look}</head>`),
  files: [
    {
      address: 'https://pbs.twimg.com/profile_images/1000000000000000000/invented_200x200.jpg',
      contentType: 'image/png',
      bytes: samplePng({ width: 200, height: 200 }),
    },
  ],
}
const sites = [feed, profile, practiceSite('bluesky'), forum, replies, ...chatBeside]

type Size = { width: number; height: number }
/** A person at one page, with the locker in another tab. */
type Sitting = { firefox: Firefox; page: Page; locker: FirefoxScreen }

/** Runs in a page: everyone whose post it shows, in order. */
const shownAuthors = `[...document.querySelectorAll('[data-testid^="postThreadItem-by-"]')].map((post) =>
  post.dataset.testid.slice('postThreadItem-by-'.length))`

/** Switches documenting on over a page and sits down at what is drawn on it. */
async function documentPage({ firefox, page }: Sitting): Promise<FirefoxScreen> {
  await page.bringToFront()
  await documentInFirefox(firefox, page, words)
  return firefox.waitForOverlay(page.url())
}

/** Opens the menu of a mark with the second button and chooses in it. */
async function chooseInMenu(overlay: FirefoxScreen, author: string, key: WordKey): Promise<void> {
  await overlay.press(t('mark.idle', { author }), 'right')
  await overlay.press(t(key))
}

/** Presses a choice among "something else" in the popup over this page. */
async function chooseElse({ firefox, page }: Sitting, key: WordKey): Promise<FirefoxScreen> {
  await page.bringToFront()
  const popup = await firefox.openPopup()
  await waitUntil('the choices', () => popup.has(t('popup.captureElse')))
  // Where the page has no marks, they stand open already.
  if (!(await popup.has(t(key)))) await popup.press(t('popup.captureElse'))
  await popup.press(t(key))
  return popup
}

/** Part of the page, chosen with the pointer or the keyboard once the popup has made room. */
async function pick({ firefox, page, locker }: Sitting, act: () => Promise<void>): Promise<void> {
  await chooseElse({ firefox, page, locker }, 'popup.captureElement')
  const overlay = await firefox.waitForOverlay(page.url())
  await overlay.read(like('mark.pick'))
  await page.bringToFront()
  await act()
  await overlay.read(like('mark.savedSentence'))
  await overlay.press(t('mark.later'))
}

async function captureProfile(sitting: Sitting): Promise<void> {
  const overlay = await documentPage(sitting)
  const popup = await sitting.firefox.openPopup()
  await popup.press(t('popup.captureProfile'))
  await overlay.read(like('mark.savedSentence'))
  await sitting.page.mouse.click(5, 5)
}

/** Promises how many posts its sentence names. */
async function captureThread(sitting: Sitting): Promise<number> {
  const overlay = await documentPage(sitting)
  await chooseInMenu(overlay, 'lenavasko.bsky.social', 'mark.menu.thread')
  const sentence = await overlay.read(like('mark.threadSaved'))
  const [count = 0, total] = (sentence.match(/\d+/g) ?? []).map(Number)
  expect(count).toBe(total)
  return count
}

/** A message of the chat that stands in a frame of the page. */
async function captureInFrame(sitting: Sitting): Promise<void> {
  const { firefox, page } = sitting
  await page.bringToFront()
  await documentInFirefox(firefox, page, words)
  const overlay = await firefox.waitForOverlay(chatBeside[1]?.address ?? '')
  await overlay.press(t('mark.idle', { author: picturedAuthor }))
  await overlay.read(like('mark.savedSentence'))
}

async function captureForum(sitting: Sitting): Promise<Size> {
  const { page } = sitting
  await documentPage(sitting)
  await page.evaluate('void presses.splice(0)')
  await pick(sitting, async () => {
    const box = await (await page.$('#words'))?.boundingBox()
    if (!box) throw new Error('the words are not drawn')
    await page.mouse.move(box.x + 30, box.y + 15)
    await page.mouse.click(box.x + 30, box.y + 15)
  })
  await page.evaluate(`document.getElementById('link').focus()`)
  await pick(sitting, async () => {
    for (const key of ['ArrowUp', 'ArrowUp', 'Enter'] as const) await page.keyboard.press(key)
  })
  expect(await page.evaluate('presses')).toEqual([])
  await page.evaluate(`getSelection().selectAllChildren(document.getElementById('end'))`)
  for (const key of ['popup.captureSelection', 'popup.captureWhole'] as const) {
    const popup = await chooseElse(sitting, key)
    await popup.read(like('popup.captured'))
    await page.mouse.click(5, 5)
  }
  const size =
    '({ width: document.documentElement.clientWidth, height: document.documentElement.scrollHeight })'
  return (await page.evaluate(size)) as Size
}

/** Promises how many posts the popup says were saved. */
async function sweep(sitting: Sitting): Promise<number> {
  const { firefox, page } = sitting
  await documentPage(sitting)
  const popup = await firefox.openPopup()
  await popup.press(t('popup.sweep.switch'))
  await popup.read(like('popup.sweep.hint'))
  await page.mouse.click(5, 5)
  await page.mouse.move(640, 500)
  const rest = () => new Promise((resolve) => setTimeout(resolve, 1_000))
  await rest()
  const passed = 'scrollY / (document.documentElement.scrollHeight - innerHeight)'
  while (Number(await page.evaluate(passed)) < 0.999) {
    await page.mouse.wheel({ deltaY: 500 })
    await rest()
  }
  const overlay = await firefox.waitForOverlay(page.url())
  const all = new RegExp(` ${sweptCount}$`)
  await waitUntil('all posts swept', () =>
    overlay.read(like('mark.sweep.progress')).then((line) => all.test(line)),
  )
  const again = await firefox.openPopup()
  await again.press(t('popup.sweep.switch'))
  const line = await again.read(like('popup.sweep.ended'))
  await page.mouse.click(5, 5)
  return Number(/\d+/.exec(line)?.[0])
}

/** Puts everything into a case and exports it without encryption. */
async function exportAll({ firefox, page, locker }: Sitting): Promise<ExportedItem[]> {
  await locker.press(like('item.choose'))
  await locker.press(t('items.tickAll'))
  await locker.press(t('case.add'))
  await locker.fill(t('case.newTitle'), 'Letters')
  await locker.press(t('case.add'))
  await page.bringToFront()
  const popup = await firefox.openPopup()
  await popup.press(t('export.button'))
  await popup.press(t('common.continue'))
  await popup.press(channelName('x-in-product'))
  await popup.press(t('common.continue'))
  await popup.read(like('export.itemsIn'))
  await popup.press((await popup.has(t('export.goOnAnyway'))) ? t('export.goOnAnyway') : t('common.continue'))
  await popup.press(t('export.notEncrypted'))
  await popup.press(t('export.save'))
  return itemsIn(await firefox.waitForDownload())
}
const isKind = (kind: string) => (one: ExportedItem) => one.item.post.kind === kind
const isOf = (kind: string) => (one: ExportedItem) => one.item.group?.kind === kind

function checkMedia(kept: ExportedItem | undefined): void {
  const original = kept?.item.parts.find(({ name }) => name === 'media-1.png')
  expect(original).toMatchObject({ address: river.address, width: 64, height: 48 })
  expect(original?.sha256).toBe(createHash('sha256').update(river.bytes).digest('hex'))
  expect(kept?.files.get('media-1.png')).toEqual(river.bytes)
}

function checkProfile(kept: ExportedItem | undefined): void {
  const avatar = kept?.item.parts.find(({ name }) => name === 'avatar.png')
  expect(avatar).toMatchObject({ method: 'pixels', derivedFrom: ['page.png'] })
  for (const size of [avatar?.width, avatar?.height]) expect([96, 97]).toContain(size)
}

function checkThread(members: readonly ExportedItem[], shown: readonly string[]): void {
  const inOrder = members.toSorted((a, b) => (a.item.group?.position ?? 0) - (b.item.group?.position ?? 0))
  expect(inOrder.map(({ item }) => item.post.author.handle)).toEqual(shown)
  expect(inOrder.map(({ item }) => item.group?.position)).toEqual(shown.map((_, index) => index))
  expect(new Set(members.map(({ item }) => item.group?.id)).size).toBe(1)
  for (const { item } of members) expect(item.collection.actions).toContain('asked-for-thread')
}

/** All of the message, cut out of the window where its frame stands. */
function checkChat(kept: ExportedItem | undefined): void {
  expect(kept?.item.page.address).toBe(chatBeside[0]?.address)
  expect(kept?.item.post.text).toContain('We know her street, 5')
  expect(kept?.item.collection.actions).toContain('stood-in-frame')
  const shot = kept?.item.parts.find(({ role }) => role === 'screenshot')
  expect(shot).toMatchObject({ width: 420, derivedFrom: ['page.png'] })
  expect([184, 185]).toContain(shot?.height)
}

/** The whole page once, its header at the top alone; what the page puts between two pixels may fill one more. */
async function checkPage(page: Page, kept: ExportedItem, size: Size): Promise<void> {
  const picture = await lookAtPicture(page, kept.files.get('screenshot.png') ?? new Uint8Array())
  expect(picture.width).toBe(size.width)
  expect([size.height, size.height + 1]).toContain(picture.height)
  expect(picture.bands).toEqual([{ top: 0, height: header.height }])
  expect(kept.item.post.text).toContain('Paragraph 30 of the minutes')
  expect(kept.item.collection.notRecorded).not.toContain('whole-post-picture')
}

function checkSweep(swept: readonly ExportedItem[]): void {
  const all = Array.from({ length: sweptCount }, (_, index) => index)
  const indexOf = ({ item }: ExportedItem): number =>
    Number(/author(\d+)/.exec(item.post.author.handle ?? '')?.[1])
  expect(swept.map(indexOf).sort((a, b) => a - b)).toEqual(all)
  expect(swept.map(({ item }) => item.group?.position ?? -1).sort((a, b) => a - b)).toEqual(all)
  expect(new Set(swept.map(({ item }) => item.group?.id)).size).toBe(1)
  const pictured = swept.filter(({ item }) => item.collection.method === 'pixels')
  // On a busy machine a window may be left before its turn comes.
  expect(pictured.length).toBeGreaterThan(sweptCount / 3)
  for (const one of pictured) {
    const shot = one.item.parts.find(({ role }) => role === 'screenshot')
    const height = replyHeight(indexOf(one))
    expect(shot?.width).toBe(600)
    // Directly below the header, a row of pixels counts as covered.
    expect([height - 1, height]).toContain(shot?.height)
  }
}

test('threads, parts of pages, whole pages, originals, profiles and sweeps in Firefox', async () => {
  test.slow()
  const downloads = mkdtempSync(join(tmpdir(), 'witnessmark-firefox-'))
  const [program, build] = await Promise.all([findFirefox(), builtFolder('firefox')])
  const firefox = await launchFirefox({ program, build, sites, downloads })
  try {
    const page = await firefox.openTab(feed.address)
    const locker = await setUpFromPopup(firefox, words)
    const sitAt = async (address: string) => ({ firefox, page: await firefox.openTab(address), locker })
    const overlay = await documentPage({ firefox, page, locker })
    await chooseInMenu(overlay, 'lenavasko', 'mark.menu.media')
    await overlay.read(like('mark.savedSentence'))
    await captureProfile(await sitAt(profile.address))
    const onThread = await sitAt(practiceAddresses.bluesky)
    const shown = (await onThread.page.evaluate(shownAuthors)) as string[]
    expect(await captureThread(onThread)).toBe(shown.length)
    await captureInFrame(await sitAt(chatBeside[0]?.address ?? ''))
    const size = await captureForum(await sitAt(forum.address))
    const onReplies = await sitAt(replies.address)
    expect(await sweep(onReplies)).toBe(sweptCount)

    const items = await exportAll(onReplies)
    expect(items.length).toBe(2 + shown.length + 1 + 4 + sweptCount)
    const [media, account, ...rest] = items
    checkMedia(media)
    checkProfile(account)
    checkThread(rest.filter(isOf('thread')), shown)
    checkChat(rest.find(isKind('message')))
    const [byPointer, byKeyboard, ...others] = rest.filter(isKind('element'))
    expect(others).toEqual([])
    expect(byPointer?.item.post.text).toBe('Wer so redet, soll verschwinden.')
    expect(byKeyboard?.item.post.text).toContain('Wortmeldungen')
    expect(rest.find(isKind('selection'))?.item.post.text?.trim()).toBe('The meeting was closed.')
    const whole = rest.find(isKind('page'))
    if (!whole) throw new Error('the whole page was not kept')
    await checkPage(onReplies.page, whole, size)
    checkSweep(rest.filter(isOf('sweep')))
    for (const { item } of items.filter((one) => !isOf('sweep')(one))) {
      const good = { textPresent: true, pictureNotBlank: true, pageUnchanged: true }
      expect(item.collection).toMatchObject({ method: 'pixels', selfCheck: good })
    }
  } finally {
    await firefox.close()
    rmSync(downloads, { recursive: true, force: true })
  }
})
