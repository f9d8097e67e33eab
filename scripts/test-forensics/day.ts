import { randomBytes } from 'node:crypto'
import { basename } from 'node:path'
import { feedWith } from '../../tests/support/feed'
import { readCode } from '../../tests/support/locker-page'
import { openProbe } from '../../tests/support/probe/chromium'
import { type Chromium, launchChromium } from '../browser/chromium'
import { keepDownloadsIn } from '../browser/downloads'
import { marksOn } from '../browser/marks'
import type { Person } from '../browser/person'
import {
  documentPage,
  exportCase,
  lockInPopup,
  makeCase,
  openLockerPage,
  openPopup,
} from '../browser/screens'
import { waitUntil } from '../browser/seen'
import { practiceAddresses, practiceSite, type Site } from '../browser/sites'
import type { ScreenWords } from '../browser/words'

/** Where the day takes place. `probe` is the script of `bundleProbe`. */
export type Place = {
  program: string
  build: string
  profile: string
  downloads: string
  probe: string
  words: ScreenWords
}

/** Everything that the day brought with it and nobody may find, by name. */
export type Secrets = Record<
  | 'handle'
  | 'displayName'
  | 'postText'
  | 'note'
  | 'narrative'
  | 'caseTitle'
  | 'attackedName'
  | 'visitedAddress'
  | 'lockerPassphrase'
  | 'filePassphrase'
  | 'recoveryCode'
  | 'recoveryCodeInOne'
  | 'recoveryCodeStart'
  | 'exportFileName',
  string
>

const canary = (name: string): string => `${name}${randomBytes(9).toString('hex')}`

function newSecrets(): Secrets {
  return {
    handle: canary('qh').slice(0, 15),
    displayName: canary('Name'),
    postText: canary('text'),
    note: canary('note'),
    narrative: canary('story'),
    caseTitle: canary('case'),
    attackedName: canary('attacked'),
    visitedAddress: canary('visited'),
    ...{ lockerPassphrase: '', filePassphrase: '', exportFileName: '' },
    ...{ recoveryCode: '', recoveryCodeInOne: '', recoveryCodeStart: '' },
  }
}

function siteOf(secrets: Secrets): Site {
  return feedWith(`https://x.com/home?at=${secrets.visitedAddress}`, {
    handle: secrets.handle,
    name: secrets.displayName,
    text: `You will be sorry ${secrets.postText}.`,
  })
}

async function setUpWithSheet(locker: Person, secrets: Secrets, words: ScreenWords): Promise<void> {
  const { t } = words
  await locker.press('button', t('setup.begin'))
  secrets.lockerPassphrase = await locker.read(/^[a-z-]+(?: [a-z-]+){5}$/)
  await locker.press('button', t('common.continue'))
  await locker.fill(t('setup.confirm.label'), secrets.lockerPassphrase)
  await locker.press('button', t('setup.create'))
  await locker.press('button', t('recovery.make'))
  secrets.recoveryCode = await readCode(locker, words)
  const groups = secrets.recoveryCode.split('-')
  secrets.recoveryCodeInOne = groups.join('')
  secrets.recoveryCodeStart = groups.slice(0, 2).join('-')
  await locker.press('button', t('recovery.haveIt'))
  await locker.press('button', t('setup.finish'))
}

async function writeNote(locker: Person, secrets: Secrets, words: ScreenWords): Promise<void> {
  await locker.page.bringToFront()
  await locker.press('button', new RegExp(`^${words.t('common.show')}`))
  await locker.read(new RegExp(secrets.postText))
  await locker.press('button', new RegExp(`^${words.t('item.details')}`))
  await locker.press('tab', words.t('item.tab.notes'))
  await locker.fill(words.t('notes.note'), secrets.note)
  // It is saved when the typing pauses.
  await new Promise((resolve) => setTimeout(resolve, 1_500))
}

/** Posts of two other platforms, from which nothing is held to be secret: they only make the day a day. */
async function captureElsewhere(chromium: Chromium, words: ScreenWords): Promise<void> {
  for (const address of [practiceAddresses.reddit, practiceAddresses.youtube]) {
    const page = await chromium.openTab(address)
    await documentPage(chromium, page, words)
    const marks = await marksOn(page, words)
    const mark = await waitUntil('a mark', async () => (await marks.all())[0])
    const { state } = await marks.press(mark)
    if (state !== 'saved' && state !== 'redrawn') throw new Error(`a capture ended as ${state}`)
    await page.close()
  }
}

async function exportIt(chromium: Chromium, popup: Person, place: Place, secrets: Secrets): Promise<void> {
  const watch = await keepDownloadsIn(chromium.browser, place.downloads)
  const { finished } = watch()
  const answers = { narrative: secrets.narrative, attackedName: secrets.attackedName }
  const choice = { channelId: 'x-in-product', protection: 'passphrase', answers } as const
  secrets.filePassphrase = (await exportCase(popup, choice, place.words)) ?? ''
  secrets.exportFileName = basename((await finished).suggestedName)
  await popup.press('button', place.words.t('export.finish'))
}

/**
 * A day of use in one go: a locker and its recovery code, captures on three platforms, a note, a type, a case, an
 * export, the lock, and the browser closed. Promises what was secret in it.
 */
export async function liveOneDay(place: Place): Promise<Secrets> {
  const { words } = place
  const secrets = newSecrets()
  const site = siteOf(secrets)
  const sites = [site, practiceSite('reddit'), practiceSite('youtube')]
  const chromium = await launchChromium({ ...place, sites })
  try {
    const page = await chromium.openTab(site.address)
    const locker = await openLockerPage(chromium, page, words)
    await setUpWithSheet(locker, secrets, words)
    await page.bringToFront()
    await documentPage(chromium, page, words)
    const marks = await marksOn(page, words)
    const { state } = await marks.press(await marks.of(secrets.handle))
    if (state !== 'saved') throw new Error(`the capture ended as ${state}`)
    await marks.nameType('threat-of-violence')
    await writeNote(locker, secrets, words)
    await makeCase(await openPopup(chromium, page), secrets.caseTitle, words)
    await exportIt(chromium, await openPopup(chromium, page), place, secrets)
    await captureElsewhere(chromium, words)
    const popup = await openPopup(chromium, page)
    await lockInPopup(popup, words)
  } finally {
    await chromium.close()
  }
  return secrets
}

/** What the deletion was done with, and what the file of the epochs' secrets held before it. */
export type Deletion = { lockerId: string; deleted: string[]; kept: string[]; cellBefore: string }

/** Deletes the item by this author for good, and closes the browser. */
export async function deleteForGood(
  place: Place,
  ask: { passphrase: string; author: string; beforeDeleting: (lockerId: string) => Promise<void> },
): Promise<Deletion> {
  const chromium = await launchChromium({ ...place, sites: [] })
  try {
    const { call } = await openProbe(chromium, place.probe)
    const { passphrase, author } = ask
    const unlocked = await call('unlock', passphrase)
    if (unlocked !== 'ok') throw new Error(`the locker answered ${unlocked}`)
    const { items } = await call('contents')
    const deleted = items.filter(({ handle }) => handle === author).map(({ id }) => id)
    const kept = items.filter(({ handle }) => handle !== author).map(({ id }) => id)
    const cellBefore = await call('readCell')
    const lockerId = await call('lockerId')
    await ask.beforeDeleting(lockerId)
    const answer = await call('deleteItems', { passphrase, ids: deleted })
    if (answer !== 'ok') throw new Error(`the locker answered ${answer}`)
    return { lockerId, deleted, kept, cellBefore }
  } finally {
    await chromium.close()
  }
}
