import { marksOn } from '../../scripts/browser/marks'
import { sitAt } from '../../scripts/browser/person'
import { openPopup } from '../../scripts/browser/screens'
import { waitUntil } from '../../scripts/browser/seen'
import { expect, test } from '../support/fixtures'
import { beginFile, countFiles } from '../support/left-files'
import { openSecondPage } from '../support/locker-page'

/**
 * Runs in the background: what the browser says when the disk is full. The extension has storage without a quota, so
 * that no smaller one can be set for the test. On a disk that was full in truth Chromium 156 called it `UnknownError`.
 */
const fillDisk = (name: string) => `
  globalThis.realAdd ??= IDBObjectStore.prototype.add
  IDBObjectStore.prototype.add = () => { throw new DOMException('full', '${name}') }`
const endings = [
  ['QuotaExceededError', 'problem.disk-full'],
  ['UnknownError', 'problem.storage-unavailable'],
] as const

test('a full disk and a locker that vanishes are told, and nothing that was saved is lost by the first', async ({
  ready,
}) => {
  const { chromium, page, locker, words } = ready
  const { t, like } = words
  const marks = await marksOn(page, words)
  await marks.press(await marks.of('granite_fox_88'))
  const background = await chromium.background()
  for (const [name, sentence] of endings) {
    await background.evaluate(fillDisk(name))
    await page.bringToFront()
    expect((await marks.press(await marks.of('lenavasko'))).state).toBe('failed')
    const popup = await openPopup(chromium, page)
    await popup.read(new RegExp(t(sentence)))
  }
  await background.evaluate(`IDBObjectStore.prototype.add = globalThis.realAdd`)
  await page.bringToFront()
  expect((await marks.press(await marks.of('lenavasko'))).state).toBe('saved')
  await locker.page.bringToFront()
  await waitUntil('both items', async () => (await locker.all('checkbox', like('item.choose'))).length === 2)

  const exporting = await openSecondPage(chromium)
  await exporting.page.evaluate(beginFile)
  expect(await locker.page.evaluate(countFiles)).toBeGreaterThan(0)
  await exporting.page.close()
  await waitUntil('what was half exported to be gone at the next start', async () => {
    const next = await openSecondPage(chromium)
    const left = await next.page.evaluate(countFiles)
    await next.page.close()
    return left === 0
  })

  await locker.page.bringToFront()
  await locker.page.evaluate(`new Promise((done, failed) => {
    const removing = indexedDB.deleteDatabase('store')
    removing.onsuccess = done
    removing.onerror = failed
  }).then(() => window.dispatchEvent(new Event('focus')))`)
  const gone = await sitAt(locker.page)
  await gone.read(like('wipe.gone'))
  await (await openPopup(chromium, page)).find('button', t('popup.setUp'))
})
