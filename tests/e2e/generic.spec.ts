import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { keepDownloadsIn } from '../../scripts/browser/downloads'
import { type Person, sitAt } from '../../scripts/browser/person'
import { makeCase, openLockerPage, openPopup, setUpLocker } from '../../scripts/browser/screens'
import { waitUntil } from '../../scripts/browser/seen'
import type { WordKey } from '../../scripts/browser/words'
import { itemsIn } from '../support/exported-items'
import { expect, test } from '../support/fixtures'
import { forumPage, header, lookAtPicture } from '../support/forum'

const forum = forumPage('https://minutes.example/riverside')
test.use({ served: { sites: [forum] } })

async function pressesIn(page: Page): Promise<string[]> {
  return (await page.evaluate('presses')) as string[]
}

test('any page can be captured: a part by pointer or keyboard, selected words, the whole of it', async ({
  chromium,
  words,
}) => {
  test.slow()
  const { t, like } = words
  const folder = mkdtempSync(join(tmpdir(), 'witnessmark-generic-'))
  const watch = await keepDownloadsIn(chromium.browser, folder)
  const page = await chromium.openTab(forum.address)
  await setUpLocker(await openLockerPage(chromium, page, words), words)
  const reader = await sitAt(page)

  async function choose(key: WordKey): Promise<Person> {
    const popup = await openPopup(chromium, page)
    // Where the page has no marks, the choices stand open already.
    await popup.find('DisclosureTriangle', t('popup.captureElse'))
    const isOpen = (await popup.all('button', t(key))).length > 0
    if (!isOpen) await popup.press('DisclosureTriangle', t('popup.captureElse'))
    await popup.press('button', t(key))
    return popup
  }
  async function pick(act: () => Promise<void>): Promise<void> {
    const popup = await choose('popup.captureElement')
    await waitUntil('the popup to make room', async () => popup.page.isClosed())
    await page.bringToFront()
    await reader.read(like('mark.pick'))
    await act()
    await reader.read(like('mark.savedSentence'))
    await reader.press('button', t('mark.later'))
  }

  await pick(async () => {
    const words = await page.$('#words')
    const box = await words?.boundingBox()
    if (!box) throw new Error('the words are not drawn')
    await page.mouse.move(box.x + 30, box.y + 15)
    await page.mouse.click(box.x + 30, box.y + 15)
  })
  expect(await pressesIn(page)).toEqual([])

  await page.evaluate(`document.getElementById('link').focus()`)
  await pick(async () => {
    for (const key of ['ArrowUp', 'ArrowUp', 'Enter'] as const) await page.keyboard.press(key)
  })
  expect(await pressesIn(page)).toEqual([])

  const idle = await choose('popup.captureElement')
  await waitUntil('the popup to make room', async () => idle.page.isClosed())
  await page.bringToFront()
  await reader.read(like('mark.pick'))
  await page.keyboard.press('Escape')
  await waitUntil(
    'pointing to end',
    async () => (await reader.all('StaticText', like('mark.pick'))).length === 0,
  )

  await page.evaluate(`getSelection().selectAllChildren(document.getElementById('end'))`)
  const selecting = await choose('popup.captureSelection')
  await selecting.read(like('popup.captured'))
  const whole = await choose('popup.captureWhole')
  await whole.read(like('popup.captured'))

  await waitUntil(
    'all four in the list',
    async () => (await whole.all('checkbox', like('item.choose'))).length === 4,
  )
  expect(await makeCase(whole, 'Minutes', words)).toBe(4)
  const { finished } = watch()
  await whole.press('button', t('export.button'))
  await whole.press('button', t('common.continue'))
  await whole.press('radio', /./)
  await whole.press('button', t('common.continue'))
  await whole.find('combobox', t('export.reportLanguage'))
  await whole.press('button', new RegExp(`^(${t('export.goOnAnyway')}|${t('common.continue')})$`))
  await whole.press('radio', t('export.notEncrypted'))
  await whole.press('button', t('export.save'))
  const items = itemsIn(new Uint8Array(readFileSync((await finished).path)))
  const find = (kind: string, text: RegExp) => {
    const found = items.find(({ item: { post } }) => post.kind === kind && text.test(post.text ?? ''))
    if (!found) throw new Error(`no ${kind} with ${text}`)
    return found
  }

  const pointed = find('element', /^Wer so redet/)
  expect(pointed.item.post).toMatchObject({ text: 'Wer so redet, soll verschwinden.', language: 'de' })
  expect(pointed.item.page).toMatchObject({
    address: forum.address,
    title: 'Minutes of Riverside',
    language: 'en-GB',
    headings: ['Town meeting', 'Harbour', 'Wortmeldungen'],
    times: [
      { asShown: 'gestern', machine: '2026-11-19T17:30:00+01:00' },
      { asShown: '', machine: '2026-11-18T08:00:00Z' },
    ],
  })
  expect(pointed.item.collection.selfCheck).toEqual({
    textPresent: true,
    pictureNotBlank: true,
    pageUnchanged: true,
  })
  expect(pointed.item.collection.actions).toContain('asked-for-part')

  const byKeyboard = find('element', /^Wortmeldungen/)
  expect(byKeyboard.item.post.text).toContain('Wer so redet, soll verschwinden.')
  expect(byKeyboard.item.page.headings).toEqual(['Town meeting', 'Harbour'])

  const selected = find('selection', /./)
  expect(selected.item.post.text?.trim()).toBe('The meeting was closed.')

  const all = find('page', /./)
  expect(all.item.post.text).toContain('Paragraph 30 of the minutes')
  expect(all.item.collection.reader).toMatchObject({ platform: 'generic', reason: null, expected: null })
  const size = (await page.evaluate(
    '[document.documentElement.clientWidth, document.documentElement.scrollHeight, innerHeight]',
  )) as number[]
  const picture = await lookAtPicture(page, all.files.get('screenshot.png') ?? new Uint8Array())
  expect(size[1]).toBeGreaterThan(2 * (size[2] ?? 0))
  expect([picture.width, picture.height]).toEqual(size.slice(0, 2))
  expect(picture.bands).toEqual([{ top: 0, height: header.height }])
  expect(all.item.collection.notRecorded).not.toContain('whole-post-picture')
  rmSync(folder, { recursive: true, force: true })
})
