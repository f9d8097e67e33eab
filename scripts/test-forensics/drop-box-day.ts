import { randomBytes } from 'node:crypto'
import { basename } from 'node:path'
import { feedWith } from '../../tests/support/feed'
import { makeSealingPair } from '../../utils/crypto/seal'
import { launchChromium } from '../browser/chromium'
import { keepDownloadsIn } from '../browser/downloads'
import { marksOn } from '../browser/marks'
import type { Person } from '../browser/person'
import { documentPage, openLockerPage } from '../browser/screens'
import type { ScreenWords } from '../browser/words'
import type { Place } from './day'

const eightWords = /^[a-z-]+(?: [a-z-]+){7}$/

const canary = (name: string): string => `${name}${randomBytes(9).toString('hex')}`

async function makeDropBox(locker: Person, key: string, { t }: ScreenWords): Promise<void> {
  await locker.press('button', t('setup.toDropBox'))
  await locker.fill(t('dropBox.key.label'), key)
  await locker.read(eightWords)
  await locker.press('checkbox', t('dropBox.words.same'))
  await locker.press('button', t('dropBox.setup.make'))
  await locker.find('heading', t('dropBox.title'))
}

/**
 * A day of use of a drop-box: made with an organisation's key, one capture with its type, handed over as a file, and
 * the browser closed with everything still in the box. Promises what was secret in it, the organisation's private
 * half among it, which this device must never have seen.
 */
export async function liveOneDayAsDropBox(place: Place): Promise<Record<string, string>> {
  const { words } = place
  const { t } = words
  const pair = await makeSealingPair()
  const secrets: Record<string, string> = {
    handle: canary('qh').slice(0, 15),
    displayName: canary('Name'),
    postText: canary('text'),
    visitedAddress: canary('visited'),
    privateHalf: pair.identity,
    exportFileName: '',
  }
  const site = feedWith(`https://x.com/home?at=${secrets.visitedAddress}`, {
    handle: secrets.handle ?? '',
    name: secrets.displayName ?? '',
    text: `You will be sorry ${secrets.postText}.`,
  })
  const chromium = await launchChromium({ ...place, sites: [site] })
  try {
    const page = await chromium.openTab(site.address)
    const box = await openLockerPage(chromium, page, words)
    await makeDropBox(box, pair.recipient, words)
    await page.bringToFront()
    await documentPage(chromium, page, words)
    const marks = await marksOn(page, words)
    const { state } = await marks.press(await marks.of(secrets.handle ?? ''))
    if (state !== 'saved') throw new Error(`the capture ended as ${state}`)
    await marks.nameType('threat-of-violence')
    await box.page.bringToFront()
    const watch = await keepDownloadsIn(chromium.browser, place.downloads)
    const { finished } = watch()
    await box.press('button', t('handOver.make'))
    secrets.exportFileName = basename((await finished).suggestedName)
    await box.read(new RegExp(`^${t('handOver.done', { count: 1 })}$`))
  } finally {
    await chromium.close()
  }
  return secrets
}
