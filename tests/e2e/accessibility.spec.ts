import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Person, sitAt } from '../../scripts/browser/person'
import {
  addAllToCase,
  changeLanguage,
  documentPage,
  lockInPopup,
  openLockerPage,
  openPopup,
} from '../../scripts/browser/screens'
import { practiceAddresses } from '../../scripts/browser/sites'
import { screenWords } from '../../scripts/browser/words'
import { violationsOn } from '../support/axe'
import { expect, type Ready, test } from '../support/fixtures'
import { openSetting } from '../support/locker-page'

type Screens = Record<string, string[]>

async function look(screens: Screens, name: string, { page }: Person): Promise<void> {
  screens[name] = await violationsOn(page)
}

function clean(screens: Screens): Screens {
  return Object.fromEntries(Object.keys(screens).map((name) => [name, []]))
}

test('setting up has nothing to complain of, and neither has the popup before it', async ({
  chromium,
  words,
}) => {
  const { t } = words
  const screens: Screens = {}
  const page = await chromium.openTab(practiceAddresses.x)
  const popup = await openPopup(chromium, page)
  await popup.find('button', t('popup.setUp'))
  await look(screens, 'popup without a locker', popup)
  const locker = await openLockerPage(chromium, page, words)
  await locker.find('button', t('setup.begin'))
  await look(screens, 'what to expect', locker)
  await locker.press('button', t('setup.begin'))
  await locker.press('button', t('setup.useOwn'))
  await locker.fill(t('passphrase.label'), 'too short')
  await look(screens, 'own passphrase', locker)
  await locker.press('button', t('setup.useGenerated'))
  const passphrase = await locker.read(/^[a-z-]+(?: [a-z-]+){5}$/)
  await look(screens, 'generated passphrase', locker)
  await locker.press('button', t('common.continue'))
  await locker.fill(t('setup.confirm.label'), 'something else')
  await locker.press('button', t('setup.create'))
  await locker.read(words.like('setup.different'))
  await look(screens, 'confirm', locker)
  await locker.fill(t('setup.confirm.label'), passphrase)
  await locker.press('button', t('setup.create'))
  await locker.press('button', t('recovery.make'))
  await locker.find('button', t('recovery.haveIt'))
  await look(screens, 'recovery sheet', locker)
  await locker.press('button', t('recovery.haveIt'))
  await locker.find('button', t('setup.finish'))
  await look(screens, 'ready', locker)
  await locker.press('button', t('setup.finish'))
  await locker.find('heading', t('locker.items'))
  await look(screens, 'no items yet', locker)
  expect(screens).toEqual(clean(screens))
})

/** The page on which bundles are checked, opened from the settings. */
async function lookAtVerifier(screens: Screens, { locker, chromium }: Ready, { t }: Ready['words']) {
  await locker.press('button', t('verifier.title'))
  const verifier = await sitAt(await chromium.waitForOwnPage('verifier.html'))
  await verifier.find('heading', t('verifier.title'))
  await look(screens, 'verifier', verifier)
  const folder = mkdtempSync(join(tmpdir(), 'witnessmark-verifier-'))
  const content = 'This is not a bundle.'
  writeFileSync(join(folder, 'words.zip'), content)
  const input = await verifier.page.waitForSelector('input[type=file]')
  await (input as unknown as { uploadFile: (path: string) => Promise<void> }).uploadFile(
    join(folder, 'words.zip'),
  )
  await verifier.find('heading', t('verifier.result.none'))
  await verifier.read(new RegExp(createHash('sha256').update(content).digest('hex')))
  await look(screens, 'verifier: answer', verifier)
  rmSync(folder, { recursive: true, force: true })
  await verifier.page.close()
  await locker.page.bringToFront()
}

async function lookAtLocker(screens: Screens, ready: Ready, words: Ready['words']): Promise<void> {
  const { t, like } = words
  const { locker } = ready
  await locker.page.bringToFront()
  await locker.press('button', t('locker.items'))
  await locker.find('checkbox', like('item.choose'))
  await look(screens, 'items', locker)
  await locker.press('button', new RegExp(`^${t('item.details')}`))
  await locker.find('tab', t('item.tab.post'))
  await look(screens, 'item: what it shows', locker)
  await locker.press('button', t('item.showWords'))
  await locker.press('button', t('item.showPicture'))
  await look(screens, 'item: shown', locker)
  await locker.press('tab', t('item.tab.capture'))
  await look(screens, 'item: how it was captured', locker)
  await locker.press('tab', t('item.tab.notes'))
  await look(screens, 'item: notes', locker)
  await locker.press('tab', t('item.tab.custody'))
  await locker.find('heading', t('custody.placeTitle'))
  await look(screens, 'item: custody', locker)
  await locker.press('button', t('locker.cases'))
  await locker.find('textbox', t('case.newTitle'))
  await look(screens, 'cases', locker)
  await locker.press('button', /River/)
  await locker.find('textbox', t('case.field.title'))
  await look(screens, 'case', locker)
  await locker.press('button', t('locker.settings'))
  await locker.find('combobox', t('settings.language'))
  await look(screens, 'settings', locker)
  await lookAtVerifier(screens, ready, words)
  await openSetting(locker, 'anchors.title', words)
  await look(screens, 'anchors', locker)
  await openSetting(locker, 'book.title', words)
  await look(screens, 'address book', locker)
  await openSetting(locker, 'security.title', words)
  await locker.press('button', t('security.passphrase'))
  await locker.find('textbox', t('passphrase.current'))
  await look(screens, 'security', locker)
  await openSetting(locker, 'backup.title', words)
  await look(screens, 'backup', locker)
  await locker.press('button', t('restore.title'))
  await locker.find('textbox', t('restore.key'))
  await look(screens, 'restore', locker)
  await locker.press('button', t('locker.items'))
  await locker.press('button', t('bin.title'))
  await locker.find('heading', t('bin.title'))
  await look(screens, 'bin', locker)
}

async function lookAtPopup(
  screens: Screens,
  { chromium, page }: Ready,
  words: Ready['words'],
): Promise<void> {
  const { t, like, channelName } = words
  const popup = await openPopup(chromium, page)
  await popup.find('button', t('popup.stop'))
  await popup.find('checkbox', like('item.choose'))
  await look(screens, 'popup, documenting', popup)
  await popup.press('button', t('export.button'))
  await popup.find('heading', t('export.heading.what'))
  await look(screens, 'export: what', popup)
  await popup.press('button', t('common.continue'))
  await popup.find('radio', channelName('x-in-product'))
  await look(screens, 'export: for whom', popup)
  await popup.press('radio', channelName('x-in-product'))
  await popup.press('button', t('common.continue'))
  await popup.find('combobox', t('export.reportLanguage'))
  await look(screens, 'export: check', popup)
  await popup.press('button', new RegExp(`^(${t('export.goOnAnyway')}|${t('common.continue')})$`))
  await popup.find('heading', t('export.heading.protect'))
  await look(screens, 'export: protect', popup)
  await popup.press('button', t('export.later'))
  await popup.find('button', t('lock.button'))
  await look(screens, 'popup, export paused', popup)
  await lockInPopup(popup, words)
  await look(screens, 'popup, locked', popup)
}

for (const language of ['en', 'ar'] as const) {
  test(`every screen in use has nothing to complain of (${language})`, async ({ ready }) => {
    const screens: Screens = {}
    const words = screenWords(language)
    await ready.marks.press(await ready.marks.of('granite_fox_88'))
    await ready.locker.page.bringToFront()
    await addAllToCase(ready.locker, 'River Watch', ready.words)
    if (language !== 'en') await changeLanguage(ready.locker, language, ready.words)
    await lookAtLocker(screens, ready, words)
    await lookAtPopup(screens, ready, words)
    const unlock = await sitAt(ready.locker.page)
    await unlock.page.bringToFront()
    await unlock.find('button', words.t('unlock.button'))
    await look(screens, 'unlock', unlock)
    expect(screens).toEqual(clean(screens))
  })
}

test('the words of a hidden item are not there for a screen reader until asked for', async ({ ready }) => {
  const { locker, marks, words, chromium, page } = ready
  await marks.press(await marks.of('granite_fox_88'))
  const attack = /crawl back to where you came from/
  const told = async (person: Person) => (await person.eyes.look()).some(({ name }) => attack.test(name))

  await locker.page.bringToFront()
  await locker.find('checkbox', words.like('item.choose'))
  expect(await told(locker)).toBe(false)
  expect(await locker.page.evaluate('document.body.textContent')).not.toMatch(attack)
  const popup = await openPopup(chromium, page)
  await popup.find('checkbox', words.like('item.choose'))
  expect(await told(popup)).toBe(false)

  await locker.page.bringToFront()
  await locker.press('button', new RegExp(`^${words.t('common.show')}`))
  await locker.read(attack)
})

test('documenting goes on in the tab it was switched on in, and nowhere else', async ({ ready }) => {
  const { chromium, words } = ready
  const other = await chromium.openTab(practiceAddresses.reddit)
  const popup = await openPopup(chromium, other)
  await popup.find('button', words.t('popup.document'))
  await documentPage(chromium, other, words)
})
