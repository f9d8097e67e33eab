import type { Page } from 'puppeteer-core'
import { waitUntil } from '../../scripts/browser/seen'
import { violationsOn } from '../support/axe'
import { expect, test } from '../support/fixtures'
import { lockPage, openSecondPage, tryPassphrase } from '../support/locker-page'

/** The epoch that the locker is in, as it is stored. */
function epochOf(page: Page): Promise<number> {
  return page.evaluate(`new Promise((done, failed) => {
    const request = indexedDB.open('store')
    request.onerror = () => failed(request.error)
    request.onsuccess = () => {
      const get = request.result.transaction('meta').objectStore('meta').get('0')
      get.onsuccess = () => { request.result.close(); done(get.result.epoch) }
    }
  })`) as Promise<number>
}

test('what is deleted permanently is gone, in every page; what is not still opens', async ({ ready }) => {
  const { chromium, marks, passphrase, words } = ready
  const { t, like } = words
  let { locker } = ready
  await marks.press(await marks.of('granite_fox_88'))
  await marks.press(await marks.of('lenavasko'))
  await locker.page.bringToFront()
  await waitUntil('both items', async () => (await locker.all('checkbox', like('item.choose'))).length === 2)

  const other = await openSecondPage(chromium)
  const [newest] = await waitUntil('the items in the other page', async () => {
    const found = await other.all('button', new RegExp(`^${t('item.details')}`))
    return found.length === 2 && found
  })
  await other.eyes.press(newest ?? (await other.find('button', /./)))
  await other.find('tab', t('item.tab.post'))

  await locker.page.bringToFront()
  await locker.press('checkbox', like('item.choose'))
  await locker.press('button', t('bin.put'))
  await locker.press('button', t('bin.title'))
  await locker.read(like('bin.until'))
  await other.page.bringToFront()
  await other.read(like('elsewhere.gone'))

  await locker.page.bringToFront()
  await locker.press('button', new RegExp(`^${t('delete.button')}`))
  await locker.read(like('delete.cannotDrive'))
  expect(await violationsOn(locker.page)).toEqual([])
  const confirm = t('delete.confirm', { count: 1 })
  await locker.fill(t('passphrase.current'), `${passphrase} no`)
  await locker.press('button', confirm)
  await locker.read(like('problem.wrong-passphrase'))
  const before = await epochOf(locker.page)
  await locker.fill(t('passphrase.current'), passphrase)
  await locker.press('button', confirm)
  await locker.read(like('delete.done'))
  await locker.read(like('delete.erased'))
  await locker.read(like('bin.empty'))
  expect(await epochOf(locker.page)).toBe(before + 1)

  // The other page has followed into the new epoch: what is left opens in it without unlocking again.
  await other.page.bringToFront()
  await other.read(like('elsewhere.renewed'))
  expect(await locker.all('StaticText', t('elsewhere.renewed'))).toEqual([])
  await other.press('button', new RegExp(`^${t('item.details')}`))
  await other.find('tab', t('item.tab.post'))
  expect(await other.all('StaticText', t('problem.damaged-record'))).toEqual([])

  await locker.page.bringToFront()
  locker = await lockPage(locker, words)
  await tryPassphrase(locker, passphrase, words)
  await locker.find('checkbox', like('item.choose'))
  expect((await locker.all('checkbox', like('item.choose'))).length).toBe(1)
})
