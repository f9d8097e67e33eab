import { readFileSync } from 'node:fs'
import { sitAt } from '../../scripts/browser/person'
import { lockInPopup, openPopup, unlockInPopup } from '../../scripts/browser/screens'
import { waitUntil } from '../../scripts/browser/seen'
import { practiceSites, savedSite } from '../../scripts/browser/sites'
import { violationsOn } from '../support/axe'
import { stripPage } from '../support/broken-page'
import { expect, type Ready, test } from '../support/fixtures'

const folder = 'tests/fixtures/platforms/x'
const profile = savedSite(
  readFileSync(`${folder}/profile/address.txt`, 'utf8').trim(),
  readFileSync(`${folder}/profile/page.html`),
)
const broken = {
  address: 'https://x.com/explore',
  html: stripPage(readFileSync(`${folder}/plain/page.html`, 'utf8'), null),
}
test.use({ served: { sites: [...practiceSites(), profile, broken] } })

async function captureFox({ page, marks }: Ready): Promise<void> {
  await page.bringToFront()
  expect((await marks.press(await marks.of('granite_fox_88'))).state).toBe('saved')
}

test('the keyboard is never dropped: after unlocking, putting an export aside, and dropping it', async ({
  ready,
}) => {
  const { chromium, page, words, passphrase } = ready
  const { t } = words
  await captureFox(ready)
  const popup = await openPopup(chromium, page)
  const isOn = (role: string, name: string) =>
    waitUntil(`the keyboard to be on ${name}`, async () => {
      const seen = await popup.eyes.focused()
      return seen?.role === role && seen.name === name
    })
  await popup.read(words.like('popup.savedHere'))
  // As it opens, nothing takes the keyboard and nothing is scrolled away.
  expect(await popup.eyes.focused()).toBeNull()
  await lockInPopup(popup, words)
  // The count begins anew with the lock: none of it is said, rather than "0 saved".
  expect(await popup.all('StaticText', words.like('popup.savedHere'))).toEqual([])
  await unlockInPopup(popup, passphrase, words)
  await isOn('heading', t('popup.latest'))
  await popup.press('button', t('export.button'))
  await isOn('heading', t('export.heading.what'))
  await popup.press('button', t('export.later'))
  await isOn('button', t('export.goOn'))
  await popup.press('button', t('export.leave'))
  await isOn('heading', t('popup.latest'))
})

test('on a profile, the account is what the first button keeps', async ({ ready }) => {
  const { chromium, words, locker } = ready
  const page = await chromium.openTab(profile.address)
  const popup = await openPopup(chromium, page)
  await popup.press('button', words.t('popup.document'))
  await popup.find('button', words.t('popup.captureProfile'))
  expect(await violationsOn(popup.page)).toEqual([])
  await popup.press('button', words.t('popup.captureProfile'))
  await popup.read(words.like('popup.captured'))
  await locker.page.bringToFront()
  await locker.press('button', new RegExp(`^${words.t('item.details')}`))
  await locker.press('button', words.t('item.showWords'))
  await locker.read(/^profile$/i)
})

test('from a broken reader one press leads to what is known of all readers', async ({ ready }) => {
  const { chromium, words, locker } = ready
  const { t } = words
  const page = await chromium.openTab(broken.address)
  const popup = await openPopup(chromium, page)
  await popup.press('button', t('popup.document'))
  await popup.press('button', t('popup.keepWhole'))
  await popup.read(words.like('popup.captured'))
  await locker.page.close()
  await popup.press('button', t('popup.toReaders'))
  const readers = await sitAt(await chromium.waitForOwnPage('locker.html'))
  await readers.find('heading', t('readers.title'))
  await readers.read(new RegExp(t('readers.reason.reader-found-nothing')))
  // The address tells nobody which screen it was.
  expect(readers.page.url()).toBe(`${chromium.origin}/locker.html`)
  await readers.press('button', new RegExp(`^${t('common.copy')}: `))
  await readers.find('button', `${t('common.copied')}: ${t('readers.report')}`)
})
