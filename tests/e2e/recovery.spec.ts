import type { CDPSession } from 'puppeteer-core'
import { type Person, sitAt } from '../../scripts/browser/person'
import { openLockerPage } from '../../scripts/browser/screens'
import { waitUntil } from '../../scripts/browser/seen'
import { practiceAddresses } from '../../scripts/browser/sites'
import type { ScreenWords } from '../../scripts/browser/words'
import { violationsOn } from '../support/axe'
import { expect, test } from '../support/fixtures'
import {
  holdButton,
  lockPage,
  openSecondPage,
  openSetting,
  readCode,
  storedText,
  tryCode,
  tryPassphrase,
} from '../support/locker-page'

const sixWords = /^[a-z-]+(?: [a-z-]+){5}$/

async function setUpWithSheet(locker: Person, words: ScreenWords) {
  const { t } = words
  await locker.press('button', t('setup.begin'))
  const passphrase = await locker.read(sixWords)
  await locker.press('button', t('common.continue'))
  await locker.fill(t('setup.confirm.label'), passphrase)
  await locker.press('button', t('setup.create'))
  await locker.press('button', t('recovery.make'))
  const code = await readCode(locker, words)
  const stored = await storedText(locker.page)
  await locker.press('button', t('recovery.haveIt'))
  await locker.press('button', t('setup.finish'))
  return { passphrase, code, stored }
}

/** The code with one sign of its third group changed. */
function mistyped(code: string): string {
  const groups = code.split('-')
  const [, , third = ''] = groups
  groups[2] = `${third[0] === '7' ? '8' : '7'}${third.slice(1)}`
  return groups.join(' ').toLowerCase()
}

test('a recovery code opens the locker, is void after a new passphrase, and is kept nowhere', async ({
  chromium,
  words,
}) => {
  const { t, like } = words
  const page = await chromium.openTab(practiceAddresses.x)
  let locker = await openLockerPage(chromium, page, words)
  const { passphrase, code, stored } = await setUpWithSheet(locker, words)
  expect(code).toMatch(/^(?:[0-9A-Z]{5}-){7}[0-9A-Z]{5}$/)
  for (const part of code.split('-')) expect(stored).not.toContain(part)
  expect(await locker.page.evaluate('document.documentElement.outerHTML')).not.toContain(code.slice(0, 5))

  locker = await lockPage(locker, words)
  await tryCode(locker, mistyped(code), words)
  await locker.read(new RegExp(t('recovery.typoGroup', { group: 3 })))
  expect(await violationsOn(locker.page)).toEqual([])
  await tryCode(locker, code.toLowerCase().replaceAll('-', ' '), words)
  await locker.read(like('security.cameByCode'))

  await openSetting(locker, 'security.title', words)
  await locker.press('button', t('security.passphrase'))
  await locker.fill(t('recovery.code'), code)
  const next = await locker.read(sixWords)
  await locker.fill(t('setup.confirm.label'), next)
  await locker.press('button', t('security.passphrase'))
  await locker.read(like('security.done.passphrase'))
  const newCode = await readCode(locker, words)
  expect(newCode).not.toBe(code)
  await locker.press('button', t('recovery.haveIt'))

  locker = await lockPage(locker, words)
  await tryPassphrase(locker, passphrase, words)
  await locker.read(like('problem.wrong-passphrase'))
  await tryCode(locker, code, words)
  await locker.read(like('problem.wrong-recovery-code'))
  await tryCode(locker, newCode, words)
  await locker.find('heading', t('locker.items'))
  locker = await lockPage(locker, words)
  await tryPassphrase(locker, next, words)
  await locker.find('heading', t('locker.items'))
  expect(await locker.page.title()).toBe('Witnessmark')
})

async function plugInKey(session: CDPSession): Promise<string> {
  await session.send('WebAuthn.enable')
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'usb',
      hasResidentKey: true,
      hasUserVerification: true,
      hasPrf: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return authenticatorId
}

/** Adds a security key; gives the recovery code that is valid from then on. */
async function addKey(locker: Person, passphrase: string, words: ScreenWords): Promise<string> {
  const { t, like } = words
  await openSetting(locker, 'security.title', words)
  await locker.press('button', t('security.addKey'))
  await locker.fill(t('passphrase.current'), passphrase)
  await locker.press('button', t('security.addKey'))
  await locker.read(like('security.done.add-key'))
  const code = await readCode(locker, words)
  await locker.press('button', t('recovery.haveIt'))
  return code
}

test('with a security key, the passphrase alone unlocks no more, until the keys are removed', async ({
  chromium,
  words,
}) => {
  const { t, like } = words
  const page = await chromium.openTab(practiceAddresses.x)
  let locker = await openLockerPage(chromium, page, words)
  const { passphrase } = await setUpWithSheet(locker, words)
  const session = await locker.page.createCDPSession()
  const authenticatorId = await plugInKey(session)

  await addKey(locker, passphrase, words)
  locker = await lockPage(locker, words)
  await tryPassphrase(locker, passphrase, words)
  await locker.find('heading', t('locker.items'))
  await openSetting(locker, 'security.title', words)
  await locker.press('button', t('security.removeKeys'))
  await locker.fill(t('passphrase.current'), passphrase)
  await locker.press('button', t('security.removeKeys'))
  await locker.read(like('security.done.remove-keys'))
  await locker.press('button', t('recovery.haveIt'))

  locker = await lockPage(locker, words)
  await tryPassphrase(locker, passphrase, words)
  await locker.find('heading', t('locker.items'))
  const code = await addKey(locker, passphrase, words)
  await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
  locker = await lockPage(locker, words)
  await tryPassphrase(locker, passphrase, words)
  await locker.read(like('problem.no-key-answer'))
  await tryCode(locker, code, words)
  await locker.find('heading', t('locker.items'))
})

test('two presses of Escape leave nothing of the page, and one press brings it back', async ({ ready }) => {
  const { locker, marks, words } = ready
  const { t, like } = words
  await marks.press(await marks.of('granite_fox_88'))
  await locker.page.bringToFront()
  await locker.press('button', /^Show: /)
  await locker.read(/crawl back to where you came from/)
  const title = await locker.page.title()
  await locker.page.keyboard.press('Escape')
  await locker.page.keyboard.press('Escape')
  await locker.find('heading', t('hide.empty'))
  const left = (await locker.page.evaluate('document.body.innerText')) as string
  expect(left.split(/\n+/)).toEqual([t('hide.empty'), t('common.back')])
  expect(await locker.page.evaluate('document.documentElement.outerHTML')).not.toContain('crawl back')
  expect(await locker.page.title()).toBe(title)
  expect(await violationsOn(locker.page)).toEqual([])
  await locker.press('button', t('common.back'))
  await locker.find('checkbox', like('item.choose'))
})

test('holding a button erases everything, in every page; letting go in time erases nothing', async ({
  ready,
}) => {
  const { chromium, locker, marks, passphrase, words } = ready
  const { t, like } = words
  await marks.press(await marks.of('granite_fox_88'))
  const other = await openSecondPage(chromium)
  await other.find('checkbox', like('item.choose'))
  await locker.page.bringToFront()
  await openSetting(locker, 'security.title', words)
  await holdButton(locker, t('wipe.hold'), () => locker.read(like('hold.left')))
  await locker.read(like('hold.short'))
  await other.find('checkbox', like('item.choose'))

  await locker.page.bringToFront()
  await locker.eyes.focus(await locker.find('button', t('wipe.hold')))
  await locker.page.keyboard.down('Space')
  await locker.read(like('hold.left'))
  await locker.read(new RegExp(`^${t('wipe.busy')}|${t('wipe.overwritten')}$`))
  await locker.page.keyboard.up('Space')
  const erased = await sitAt(locker.page)
  await erased.read(like('wipe.overwritten'))
  await erased.find('button', t('setup.begin'))
  const followed = await sitAt(other.page)
  await other.page.bringToFront()
  await followed.read(like('wipe.overwritten'))
  const stores = (await other.page.evaluate(
    `indexedDB.databases().then((all) => Promise.all(all.map(({ name }) => new Promise((done) => {
      const request = indexedDB.open(name)
      request.onsuccess = () => {
        const names = [...request.result.objectStoreNames]
        if (names.length === 0) return done(0)
        const counts = names.map((store) => new Promise((told) => {
          const count = request.result.transaction(store).objectStore(store).count()
          count.onsuccess = () => told(count.result)
        }))
        Promise.all(counts).then((all) => { request.result.close(); done(all.reduce((a, b) => a + b, 0)) })
      }
    }))))`,
  )) as number[]
  expect(stores.reduce((sum, count) => sum + count, 0)).toBe(0)
  // A locker made anew in one page is not opened by the old passphrase, and the other page follows.
  const { passphrase: next } = await setUpWithSheet(erased, words)
  expect(next).not.toBe(passphrase)
  await waitUntil('the other page to follow', async () => {
    return (await followed.all('button', t('lock.button'))).length > 0
  })
})

test('closing the last window locks, also where the browser goes on without one', async ({ ready }) => {
  const { chromium } = ready
  const kept = async () => {
    const worker = await chromium.background()
    return (await worker.evaluate('chrome.storage.session.get("k").then(Object.keys)')) as string[]
  }
  expect(await kept()).toEqual(['k'])
  for (const page of await chromium.browser.pages()) await page.close()
  await waitUntil('the key to be forgotten', async () => (await kept()).length === 0)
})
