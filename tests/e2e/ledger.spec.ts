import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DownloadWatch, keepDownloadsIn } from '../../scripts/browser/downloads'
import type { Person } from '../../scripts/browser/person'
import { exportCase, lockInPopup, makeCase, openPopup, unlockInPopup } from '../../scripts/browser/screens'
import { waitUntil } from '../../scripts/browser/seen'
import { violationsOn } from '../support/axe'
import { expect, type Ready, test } from '../support/fixtures'
import { checkCopy, mostBytes } from '../support/smaller-copy'
import { verifyFile } from '../support/verify-file'

const answers = {
  narrative: 'They write to me every day.',
  attackedName: 'Lena Vasko',
  reporterName: 'Lena Vasko',
  reporterEmail: 'lena@example.org',
  reasons: 'The post calls for violence against a person it names.',
}
const channels = ['x-in-product', 'x-abuse-form', 'eu-dsa-art16'] as const

type Channel = { address: string; addressEvidence: string; addressIs: string }

/** Whether a person may be sent to this channel's address, by the channel's data alone. */
function mayBeOpened(id: string): boolean {
  const channel = JSON.parse(readFileSync(`utils/channels/data/${id}.json`, 'utf8')) as Channel
  return channel.addressEvidence === 'verified' && channel.addressIs !== 'reference'
}

async function chooseDay(person: Person, day: string, at = 0): Promise<void> {
  const fields = await person.page.$$('input[type=date]')
  await fields[at]?.evaluate((field, value) => {
    const input = field as HTMLInputElement
    input.value = value
    input.dispatchEvent(new Event('input', { bubbles: true }))
  }, day)
}

async function tellLimit(popup: Person, { t }: Ready['words']): Promise<void> {
  await popup.press('DisclosureTriangle', t('files.title'))
  await popup.fill(t('files.each'), String(mostBytes / 1_000_000))
  await popup.read(new RegExp(`^${t('files.planned', { count: 1 })}`))
}

async function exportAndFile(ready: Ready, channelId: string, watch: () => DownloadWatch): Promise<boolean> {
  const { t, like } = ready.words
  const isLimited = channelId === 'x-abuse-form'
  const popup = await openPopup(ready.chromium, ready.page)
  const { finished } = watch()
  await exportCase(
    popup,
    {
      channelId,
      protection: 'none',
      answers,
      ...(isLimited && { atCheck: (person: Person) => tellLimit(person, ready.words) }),
    },
    ready.words,
  )
  const { path } = await finished
  if (isLimited) {
    checkCopy(new Uint8Array(readFileSync(path)), channelId)
    expect(verifyFile(path).status).toBe(0)
  }
  const channel = ready.words.channelName(channelId)
  const isOffered = (await popup.all('link', t('next.open', { channel }))).length > 0
  await popup.press('button', t('next.fileIt'))
  // Long enough ago that asking again is due.
  await chooseDay(popup, '2026-01-05')
  await popup.fill(t('ledger.reference'), `REF ${channelId}`)
  await popup.press('button', t('ledger.write'))
  await popup.read(like('next.isFiled'))
  await popup.press('button', t('export.finish'))
  await popup.find('button', t('export.button'))
  return isOffered
}

async function answerAndAppeal({ locker, words }: Ready): Promise<void> {
  const { t } = words
  await locker.press('button', /REF x-abuse-form/)
  await locker.choose(t('ledger.decision'), t('ledger.decision.refused'))
  await locker.press('button', t('ledger.writeAnswer'))
  await locker.read(new RegExp(`^${t('ledger.decision.refused')}$`))
  await locker.press('button', t('ledger.writeAppeal'))
  await locker.read(new RegExp(`^${t('ledger.route.receiver')}$`))
  await locker.choose(t('ledger.decision'), t('ledger.decision.acted'))
  await locker.press('button', t('ledger.writeAnswer'))
  await locker.read(new RegExp(`^${t('ledger.decision.acted')}$`))
  expect(await violationsOn(locker.page)).toEqual([])
}

/** Counts of another locker, which this one lacks for a number that may be shown. */
function countsOfAnother(folder: string): string {
  const path = join(folder, 'counts.json')
  const row = {
    platform: 'x',
    channelId: 'x-abuse-form',
    filed: 19,
    answered: 9,
    actedOn: 9,
    answerDays: { 3: 5, 12: 4 },
    appealsDecided: 0,
    appealsWon: 0,
  }
  const tallies = [{ source: 'f'.repeat(16), madeAt: '2026-11-01T00:00:00.000Z', rows: [row] }]
  writeFileSync(path, JSON.stringify({ kind: 'witnessmark-tallies', version: 1, tallies }))
  return path
}

test('three reports are filed, reminded of, answered, appealed and counted', async ({ ready }) => {
  const { chromium, page, marks, locker, words, passphrase } = ready
  const { t, like } = words
  const folder = mkdtempSync(join(tmpdir(), 'witnessmark-ledger-'))
  const watch = await keepDownloadsIn(chromium.browser, folder)
  await marks.press(await marks.of('granite_fox_88'))
  await makeCase(await openPopup(chromium, page), 'Letters', words)

  for (const id of channels)
    expect({ id, isOffered: await exportAndFile(ready, id, watch) }).toEqual({
      id,
      isOffered: mayBeOpened(id),
    })

  // The same thing a second time: told before, and at the place itself.
  const popup = await openPopup(chromium, page)
  await exportCase(popup, { channelId: 'x-in-product', protection: 'none', answers }, words)
  await popup.read(like('export.filedBefore'))
  await popup.press('button', t('export.finish'))

  // A reminder only for who has unlocked.
  await popup.read(like('popup.isDue'))
  await lockInPopup(popup, words)
  expect(await popup.all('StaticText', like('popup.isDue'))).toEqual([])
  await unlockInPopup(popup, passphrase, words)
  await popup.read(like('popup.isDue'))

  await locker.page.bringToFront()
  await unlockPage(ready)
  await locker.press('button', t('locker.isDue', { area: t('locker.reports') }))
  await locker.find('heading', t('ledger.next'))
  expect(await violationsOn(locker.page)).toEqual([])
  const { finished } = watch()
  await locker.press('button', t('ledger.calendar'))
  const calendar = readFileSync((await finished).path, 'utf8')
  expect(calendar.match(/SUMMARY:Reminder\r\n/g)?.length).toBeGreaterThanOrEqual(3)
  expect(calendar).not.toMatch(/REF|report|x-|Letters/i)

  await answerAndAppeal(ready)
  await locker.press('button', t('ledger.all'))
  await locker.press('button', t('stats.title'))
  await locker.read(like('stats.none'))
  const input = await locker.page.waitForSelector('input[type=file]')
  await (input as { uploadFile?: (path: string) => Promise<void> } | null)?.uploadFile?.(
    countsOfAnother(folder),
  )
  await locker.read(like('stats.lockers'))
  await waitUntil('the sum of both lockers', async () => (await locker.all('cell', '20')).length > 0)
  expect(await violationsOn(locker.page)).toEqual([])
  await locker.press('button', t('locker.help'))
  await locker.find('heading', t('help.title'))
  expect(await violationsOn(locker.page)).toEqual([])
  rmSync(folder, { recursive: true, force: true })
})

/** The page was locked with the popup. */
async function unlockPage({ locker, passphrase, words }: Ready): Promise<void> {
  const { t } = words
  if ((await locker.all('button', t('unlock.button'))).length === 0) return
  await locker.fill(t('passphrase.label'), passphrase)
  await locker.press('button', t('unlock.button'))
}
