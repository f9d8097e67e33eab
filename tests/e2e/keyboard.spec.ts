import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keepDownloadsIn } from '../../scripts/browser/downloads'
import { marksOn } from '../../scripts/browser/marks'
import { type Name, type Person, sitAt } from '../../scripts/browser/person'
import { openPopup } from '../../scripts/browser/screens'
import { mayClose, waitUntil } from '../../scripts/browser/seen'
import { practiceAddresses } from '../../scripts/browser/sites'
import { expect, test } from '../support/fixtures'

const mostTabs = 90

/** Presses Tab until the keyboard is on this; throws when it never gets there. */
async function tabTo(person: Person, role: string, name: Name): Promise<void> {
  const isIt = (seen: { role: string; name: string } | null) =>
    seen?.role === role && (typeof name === 'string' ? seen.name === name : name.test(seen.name))
  const passed: string[] = []
  for (let tabs = 0; tabs < mostTabs; tabs++) {
    const at = await person.eyes.focused()
    if (isIt(at)) return
    passed.push(at?.name ?? '–')
    await person.page.keyboard.press('Tab')
  }
  throw new Error(
    `the keyboard does not reach ${role} "${name}"; it passed ${passed.slice(0, 30).join(' | ')}`,
  )
}

async function pressByKey(person: Person, name: Name, role = 'button'): Promise<void> {
  await person.find(role, name)
  await tabTo(person, role, name)
  await mayClose(person.page.keyboard.press(role === 'checkbox' || role === 'radio' ? 'Space' : 'Enter'))
}

async function typeInto(person: Person, label: string, text: string): Promise<void> {
  await person.find('textbox', label)
  await tabTo(person, 'textbox', label)
  await person.page.keyboard.type(text)
}

test('the whole job without a mouse', async ({ chromium, words }) => {
  test.slow()
  const { t, like } = words
  const downloads = mkdtempSync(join(tmpdir(), 'witnessmark-keys-'))
  const watch = await keepDownloadsIn(chromium.browser, downloads)
  const page = await chromium.openTab(practiceAddresses.x)
  await pressByKey(await openPopup(chromium, page), t('popup.setUp'))

  const locker = await sitAt(await chromium.waitForOwnPage('locker.html'))
  await pressByKey(locker, t('setup.begin'))
  const passphrase = await locker.read(/^[a-z-]+(?: [a-z-]+){5}$/)
  await pressByKey(locker, t('common.continue'))
  await typeInto(locker, t('setup.confirm.label'), passphrase)
  await locker.page.keyboard.press('Enter')
  await pressByKey(locker, t('recovery.later'))
  await pressByKey(locker, t('setup.finish'))

  const start = await openPopup(chromium, page)
  await pressByKey(start, t('popup.document'))
  await start.find('button', t('popup.stop'))
  await page.bringToFront()
  const marks = await marksOn(page, words)
  await marks.of('granite_fox_88')
  const reader = await sitAt(page)
  await tabTo(reader, 'button', t('mark.idle', { author: 'granite_fox_88' }))
  await page.keyboard.press('Enter')
  await waitUntil('the post to be saved', async () => (await marks.of('granite_fox_88')).state === 'saved')
  await page.keyboard.press('1')

  const popup = await openPopup(chromium, page)
  await popup.find('checkbox', like('item.choose'))
  await waitUntil(
    'the type to be filed',
    async () => (await popup.all('StaticText', t('type.harassment'))).length > 0,
  )
  await pressByKey(popup, like('item.choose'), 'checkbox')
  await pressByKey(popup, t('case.add'))
  await typeInto(popup, t('case.newTitle'), 'By keyboard')
  await popup.page.keyboard.press('Enter')

  await pressByKey(popup, t('export.button'))
  await pressByKey(popup, t('common.continue'))
  await pressByKey(popup, /./, 'radio')
  await pressByKey(popup, t('common.continue'))
  await popup.find('combobox', t('export.reportLanguage'))
  await pressByKey(popup, new RegExp(`^(${t('export.goOnAnyway')}|${t('common.continue')})$`))
  await popup.find('heading', t('export.heading.protect'))
  const { finished } = watch()
  await pressByKey(popup, t('export.save'))
  await pressByKey(popup, t('export.finish'))
  expect((await finished).path).toContain(downloads)
  rmSync(downloads, { recursive: true, force: true })
})
