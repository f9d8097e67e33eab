import { marksOn } from '../../scripts/browser/marks'
import { lockInPopup, openPopup, unlockInPopup } from '../../scripts/browser/screens'
import { waitUntil } from '../../scripts/browser/seen'
import { practiceAddresses, practiceSite, practiceSites } from '../../scripts/browser/sites'
import { expect, type Ready, test } from '../support/fixtures'

const next = { address: 'https://x.com/notifications', html: practiceSite('x').html }
test.use({ served: { sites: [...practiceSites(), next] } })

async function countItems({ locker, words }: Ready): Promise<number> {
  await locker.page.bringToFront()
  const line = await locker.read(words.like('items.count'))
  return Number(/\d+/.exec(line)?.[0])
}

async function waitForItems(ready: Ready, count: number): Promise<void> {
  await waitUntil(`${count} items in the locker`, async () => (await countItems(ready)) === count)
}

test('a press on a mark saves the post, and the locker shows it', async ({ ready }) => {
  expect((await ready.marks.press(await ready.marks.of('granite_fox_88'))).state).toBe('saved')
  await waitForItems(ready, 1)
})

test('what is captured while locked is there after unlocking', async ({ ready }) => {
  const { chromium, page, marks, words, passphrase } = ready
  await lockInPopup(await openPopup(chromium, page), words)
  await page.bringToFront()
  expect((await marks.press(await marks.of('harith_alwadi'))).state).toBe('saved')
  await unlockInPopup(await openPopup(chromium, page), passphrase, words)
  await waitForItems(ready, 1)
})

test('a wrong passphrase is told in a sentence and loses nothing', async ({ ready }) => {
  const { chromium, page, marks, words, passphrase } = ready
  await marks.press(await marks.of('granite_fox_88'))
  const popup = await openPopup(chromium, page)
  await lockInPopup(popup, words)
  await popup.fill(words.t('passphrase.label'), `${passphrase} no`)
  await popup.press('button', words.t('unlock.button'))
  await popup.read(words.like('problem.wrong-passphrase'))
  await unlockInPopup(popup, passphrase, words)
  await waitForItems(ready, 1)
})

test('documenting goes on after a navigation on the same origin and ends on another', async ({ ready }) => {
  const { chromium, page, words } = ready
  await page.goto(next.address)
  const marks = await marksOn(page, words)
  expect((await marks.press(await marks.of('granite_fox_88'))).state).toBe('saved')

  await page.goto(practiceAddresses.reddit)
  // Pressed at once, the button would give the access that is about to be refused.
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  const popup = await openPopup(chromium, page)
  await popup.find('button', words.t('popup.document'))
  expect((await (await marksOn(page, words)).all()).length).toBe(0)
})

test('a background killed in the middle of a capture is never silent and loses nothing it promised', async ({
  ready,
}) => {
  const { page, marks, locker } = ready
  const session = await locker.page.createCDPSession()
  await session.send('ServiceWorker.enable')
  const authors = [
    'granite_fox_88',
    'harith_alwadi',
    'lenavasko',
    'RiversideTruth',
    'oldmill_observer',
    'samira_holt',
  ]
  const ends: string[] = []
  for (const [index, author] of authors.entries()) {
    await page.bringToFront()
    const mark = await waitUntil(`a mark of ${author}`, async () => {
      const found = (await marks.all()).find((one) => one.author === author)
      if (found === undefined) await page.evaluate(() => scrollBy(0, 400))
      return found
    })
    const kill = new Promise((resolve) => setTimeout(resolve, index * 50)).then(() =>
      session.send('ServiceWorker.stopAllWorkers'),
    )
    const [{ state }] = await Promise.all([marks.press(mark), kill])
    ends.push(state)
  }
  expect(ends.filter((state) => state !== 'saved' && state !== 'failed')).toEqual([])
  const promised = ends.filter((state) => state === 'saved').length
  const kept = await waitUntil('the locker to show what was kept', async () => {
    const count = await countItems(ready).catch(() => 0)
    return count >= promised ? { count } : null
  })
  expect(kept.count).toBeGreaterThanOrEqual(promised)
})
