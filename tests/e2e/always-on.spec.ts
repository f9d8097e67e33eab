import { marksOn } from '../../scripts/browser/marks'
import { documentPage, openPopup } from '../../scripts/browser/screens'
import { waitUntil } from '../../scripts/browser/seen'
import { practiceAddresses } from '../../scripts/browser/sites'
import { violationsOn } from '../support/axe'
import { expect, test } from '../support/fixtures'
import { allowedSites, allowWhenAsked } from '../support/site-access'

const platform = 'X'
const patterns = ['x.com', 'twitter.com'].flatMap((host) => [`https://${host}/*`, `https://*.${host}/*`])

test('a platform that is always on gets its marks by itself, until the person withdraws it', async ({
  ready,
}) => {
  const { chromium, page, words, locker } = ready
  const { t } = words
  await allowWhenAsked(chromium, patterns)
  expect(await allowedSites(chromium)).toEqual([])

  const popup = await openPopup(chromium, page)
  await popup.press('DisclosureTriangle', t('popup.always.offer', { platform }))
  await popup.press('button', t('popup.always.ask'))
  await popup.read(words.like('popup.always.isOn'))
  expect(await violationsOn(popup.page)).toEqual([])
  expect(await allowedSites(chromium)).toContain('https://x.com/*')

  const fresh = await chromium.openTab(practiceAddresses.x)
  const marks = await marksOn(fresh, words)
  // No press of the toolbar button in this tab: no true picture, and the mark says so.
  expect((await marks.press(await marks.of('granite_fox_88'))).state).toBe('redrawn')

  const other = await chromium.openTab(practiceAddresses.reddit)
  const otherMarks = await marksOn(other, words)
  await other.bringToFront()
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  expect(await otherMarks.all()).toEqual([])

  // From a page that was documented for once to one that is always on, in the same tab.
  await documentPage(chromium, other, words)
  await other.goto(practiceAddresses.x)
  await otherMarks.of('granite_fox_88')
  const arrived = await openPopup(chromium, other)
  await arrived.find('button', t('popup.stop'))
  await arrived.page.close()

  await fresh.bringToFront()
  const again = await openPopup(chromium, fresh)
  await again.read(words.like('popup.always.isOn'))
  await fresh.bringToFront()
  expect((await marks.press(await marks.of('harith_alwadi'))).state).toBe('saved')

  await locker.page.bringToFront()
  await locker.press('button', t('locker.settings'))
  for (const host of ['twitter.com', 'x.com']) {
    await locker.press('button', `${t('settings.withdraw')}: ${host}`)
    await waitUntil(`${host} to be withdrawn`, async () =>
      (await allowedSites(chromium)).every((pattern) => !pattern.includes(host)),
    )
  }
  await locker.read(words.like('settings.alwaysNone'))
  expect(await allowedSites(chromium)).toEqual([])
  const last = await chromium.openTab(practiceAddresses.x)
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  expect(await (await marksOn(last, words)).all()).toEqual([])
})
