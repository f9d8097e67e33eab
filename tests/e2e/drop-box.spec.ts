import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Chromium, launchChromium } from '../../scripts/browser/chromium'
import { keepDownloadsIn } from '../../scripts/browser/downloads'
import { marksOn } from '../../scripts/browser/marks'
import { type Person, sitAt } from '../../scripts/browser/person'
import { documentPage, openPopup } from '../../scripts/browser/screens'
import { waitUntil } from '../../scripts/browser/seen'
import { practiceAddresses, practiceSites } from '../../scripts/browser/sites'
import type { ScreenWords } from '../../scripts/browser/words'
import { builtFolder } from '../../scripts/build'
import { findChromium } from '../../scripts/find-browser'
import { violationsOn } from '../support/axe'
import { expect, test } from '../support/fixtures'
import { openSetting, storedText } from '../support/locker-page'

const eightWords = /^[a-z-]+(?: [a-z-]+){7}$/

async function chooseFile(person: Person, path: string, field = 'input[type=file]'): Promise<void> {
  const found = await waitUntil('the field for a file', () => person.page.$(field))
  await (found as unknown as { uploadFile: (path: string) => Promise<void> }).uploadFile(path)
}

/** Somebody whose browser has no locker yet makes it a drop-box with the key in a file. */
async function makeDropBox(
  chromium: Chromium,
  key: { path: string; words: string },
  { t }: ScreenWords,
): Promise<Person> {
  const page = await chromium.browser.newPage()
  page.setDefaultTimeout(20_000)
  await page.goto(`${chromium.origin}/locker.html`)
  const person = await sitAt(page)
  await person.press('button', t('setup.toDropBox'))
  await person.fill(t('dropBox.key.label'), 'age1pq1nonsense')
  await person.read(new RegExp(t('problem.not-a-receiving-key')))
  await chooseFile(person, key.path)
  expect(await person.read(eightWords)).toBe(key.words)
  expect(await violationsOn(page)).toEqual([])
  await person.press('checkbox', t('dropBox.words.same'))
  await person.press('button', t('dropBox.setup.make'))
  await person.find('heading', t('dropBox.title'))
  return person
}

test('one device captures what only another opens', async ({ ready }) => {
  test.slow()
  const { words, locker: organisation } = ready
  const { t, like } = words
  const folder = mkdtempSync(join(tmpdir(), 'witnessmark-drop-box-'))
  const watchOrganisation = await keepDownloadsIn(ready.chromium.browser, folder)
  await organisation.page.bringToFront()
  await openSetting(organisation, 'receiving.title', words)
  await organisation.press('button', t('receiving.make'))
  const keyWords = await organisation.read(eightWords)
  await organisation.find('image', t('receiving.qr'))
  expect(await violationsOn(organisation.page)).toEqual([])
  const savedKey = watchOrganisation()
  await organisation.press('button', t('receiving.save'))
  const key = { path: (await savedKey.finished).path, words: keyWords }

  const [program, build] = await Promise.all([findChromium(), builtFolder('chrome')])
  const defender = await launchChromium({ program, build, sites: practiceSites() })
  try {
    const watchDefender = await keepDownloadsIn(defender.browser, folder)
    const dropBox = await makeDropBox(defender, key, words)
    const page = await defender.openTab(practiceAddresses.x)
    await documentPage(defender, page, words)
    const marks = await marksOn(page, words)
    await marks.press(await marks.of('granite_fox_88'))
    const popup = await openPopup(defender, page)
    await popup.read(new RegExp(t('dropBox.cannotOpen')))
    await popup.read(new RegExp(`^${t('dropBox.waiting', { count: 1 })}$`))
    await popup.find('button', t('dropBox.open'))

    await dropBox.page.bringToFront()
    await dropBox.read(like('dropBox.size'))
    await dropBox.read(new RegExp(t('dropBox.otherKey')))
    expect(await violationsOn(dropBox.page)).toEqual([])
    expect(await storedText(dropBox.page)).not.toContain('granite_fox_88')
    const handedOver = watchDefender()
    await dropBox.press('button', t('handOver.make'))
    await dropBox.read(new RegExp(`^${t('handOver.done', { count: 1 })}$`))
    const { path } = await handedOver.finished
    await dropBox.press('button', t('handOver.remove'))
    await dropBox.press('button', t('handOver.confirm'))
    await dropBox.read(new RegExp(`^${t('handOver.removed', { count: 1 })}$`))
    await dropBox.read(new RegExp(`^${t('dropBox.nothing')}$`))

    await organisation.page.bringToFront()
    await chooseFile(organisation, path, 'input[accept=".age"]')
    await organisation.press('button', t('receiving.start'))
    await organisation.read(like('receiving.done'))
    await organisation.press('button', t('restore.toItems'))
    await organisation.press('button', new RegExp(`^${t('item.details')}: `))
    await organisation.press('tab', t('item.tab.capture'))
    await organisation.read(like('item.originValue'))
    await organisation.read(new RegExp(t('item.lockerWas.drop-box')))
    await organisation.press('button', t('item.showPicture'))
    await organisation.find('image', t('item.pictureAlt'))

    await openSetting(organisation, 'receiving.title', words)
    await organisation.press('button', t('receiving.retire'))
    await organisation.press('button', t('receiving.retireConfirm'))
    await organisation.read(like('receiving.retired'))
    expect(await organisation.all('image', t('receiving.qr'))).toEqual([])
    expect(await violationsOn(organisation.page)).toEqual([])
  } finally {
    await defender.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
