import type { Page } from 'puppeteer-core'
import { type Marks, marksOn } from '../../scripts/browser/marks'
import { sitAt } from '../../scripts/browser/person'
import { readPage } from '../../scripts/browser/read-page'
import { documentPage } from '../../scripts/browser/screens'
import { waitUntil } from '../../scripts/browser/seen'
import { practiceAddresses } from '../../scripts/browser/sites'
import type { ScreenWords } from '../../scripts/browser/words'
import { exportAll } from '../support/exported-items'
import { expect, type Ready, test } from '../support/fixtures'

/** Opens the menu of a mark with the keyboard and chooses in it by its words. */
async function chooseInMenu(page: Page, mark: Awaited<ReturnType<Marks['of']>>, label: string) {
  const person = await sitAt(page)
  await waitUntil('the menu to open', async () => {
    await person.eyes.focus(mark.seen)
    await page.keyboard.press('ArrowDown')
    return (await person.all('menuitem', label)).length > 0
  })
  for (let steps = 0; steps < 6; steps++) {
    if ((await person.eyes.focused())?.name === label) break
    await page.keyboard.press('ArrowDown')
  }
  expect((await person.eyes.focused())?.name).toBe(label)
  await page.keyboard.press('Enter')
}

async function openThread({ chromium, page, words }: Ready) {
  await page.goto(practiceAddresses.bluesky)
  await documentPage(chromium, page, words)
  const posts = await readPage(chromium, page)
  await page.bringToFront()
  const focal = posts.find(({ permalink }) => permalink === practiceAddresses.bluesky)
  if (!focal?.author.handle) throw new Error('the practice page has lost its post')
  const marks = await marksOn(page, words)
  const mark = await marks.of(focal.author.handle)
  return { page, mark, focal, wanted: posts.filter(({ isAd, kind }) => !isAd && kind !== 'quote') }
}

async function waitForSentence(page: Page, { like }: ScreenWords): Promise<string> {
  const person = await sitAt(page)
  return waitUntil(
    'the strip to tell of the thread',
    async () => {
      const seen = await person.eyes.look()
      return seen.find(({ name }) => like('mark.threadSaved').test(name))?.name
    },
    60,
  )
}

test('a post is kept with the thread that the page shows, as one group in order', async ({ ready }) => {
  const { page, mark, wanted } = await openThread(ready)
  await chooseInMenu(page, mark, ready.words.t('mark.menu.thread'))
  const sentence = await waitForSentence(page, ready.words)
  expect(sentence).toContain(`${wanted.length} of ${wanted.length}`)

  const items = (await exportAll({ ...ready, page })).map(({ item }) => item)
  expect(wanted.length).toBeGreaterThan(2)
  expect(new Set(items.map(({ group }) => group?.id)).size).toBe(1)
  const ordered = items.toSorted((a, b) => (a.group?.position ?? 0) - (b.group?.position ?? 0))
  expect(ordered.map(({ post }) => post.postId)).toEqual(wanted.map(({ postId }) => postId))
  expect(items.map(({ group }) => group?.kind)).toEqual(wanted.map(() => 'thread'))
  expect(items.every(({ collection }) => collection.actions.includes('asked-for-thread'))).toBe(true)
  expect(items.every(({ collection }) => collection.selfCheck.pageUnchanged)).toBe(true)
})

test('taking a thread back takes all of it back', async ({ ready }) => {
  const { words, locker } = ready
  const { page, mark } = await openThread(ready)
  await chooseInMenu(page, mark, words.t('mark.menu.thread'))
  await waitForSentence(page, words)
  const person = await sitAt(page)
  // The strip does not take the second half of a double click for "Undo".
  await new Promise((resolve) => setTimeout(resolve, 500))
  await person.press('button', words.t('mark.undo'))
  await person.read(words.like('mark.undone'))
  await locker.page.bringToFront()
  await waitUntil('an empty locker', async () => {
    const seen = await locker.eyes.look()
    return !seen.some(({ role, name }) => role === 'checkbox' && words.like('item.choose').test(name))
  })
})
