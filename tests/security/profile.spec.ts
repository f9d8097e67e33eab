import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchChromium } from '../../scripts/browser/chromium'
import { keepDownloadsIn } from '../../scripts/browser/downloads'
import { marksOn } from '../../scripts/browser/marks'
import {
  documentPage,
  exportCase,
  lockInPopup,
  makeCase,
  openLockerPage,
  openPopup,
  setUpLocker,
} from '../../scripts/browser/screens'
import { waitUntil } from '../../scripts/browser/seen'
import { builtFolder } from '../../scripts/build'
import { findChromium } from '../../scripts/find-browser'
import { feedWith } from '../support/feed'
import { findSecrets, formsOf } from '../support/find-bytes'
import { expect, test } from '../support/fixtures'

const canary = (name: string): string => `${name}${randomBytes(9).toString('hex')}`

/** Where the browser keeps what an extension stores; everything else in a profile the browser writes for itself. */
const storedByExtensions =
  /(^|\/)(IndexedDB|Local Extension Settings|Sync Extension Settings|Managed Extension Settings|Extension State|Extension Scripts|Extension Rules|File System|Service Worker|Local Storage|Session Storage|WebStorage|blob_storage|databases|Shared Dictionary|Cache Storage)(\/|$)/

test('the search itself finds a secret in every form, at every place', () => {
  const folder = mkdtempSync(join(tmpdir(), 'witnessmark-search-'))
  const secret = canary('planted')
  for (const [index, { bytes }] of formsOf(secret).entries()) {
    writeFileSync(join(folder, `form-${index}`), Buffer.concat([randomBytes(100), bytes, randomBytes(7)]))
  }
  for (const shift of [0, 1, 2]) {
    const around = Buffer.concat([randomBytes(30 + shift), Buffer.from(secret), randomBytes(30)])
    writeFileSync(join(folder, `inside-${shift}`), around.toString('base64'))
  }
  mkdirSync(join(folder, secret))
  writeFileSync(join(folder, secret, 'empty'), '')
  const found = new Set(findSecrets(folder, { secret }).map((hit) => hit.file))
  expect(found.size).toBe(formsOf(secret).length + 3 + 1)
  rmSync(folder, { recursive: true })
})

test('after a whole session, nothing that was captured, written or chosen is readable in the profile', async ({
  words,
}) => {
  test.slow()
  const profile = mkdtempSync(join(tmpdir(), 'witnessmark-profile-'))
  const downloads = mkdtempSync(join(tmpdir(), 'witnessmark-downloads-'))
  const secrets: Record<string, string> = {
    handle: canary('qh').slice(0, 15),
    displayName: canary('Name'),
    postText: canary('text'),
    note: canary('note'),
    narrative: canary('story'),
    caseTitle: canary('case'),
    attackedName: canary('attacked'),
  }
  const secret = (name: string): string => secrets[name] ?? ''
  const site = feedWith('https://x.com/home', {
    handle: secret('handle'),
    name: secret('displayName'),
    text: `You will be sorry ${secret('postText')}.`,
  })
  const [program, build] = await Promise.all([findChromium(), builtFolder('chrome')])
  const chromium = await launchChromium({ program, build, profile, sites: [site] })
  try {
    await keepDownloadsIn(chromium.browser, downloads)
    const page = await chromium.openTab(site.address)
    const locker = await openLockerPage(chromium, page, words)
    secrets.lockerPassphrase = await setUpLocker(locker, words)
    await documentPage(chromium, page, words)
    const marks = await marksOn(page, words)
    expect((await marks.press(await marks.of(secret('handle')))).state).toBe('saved')
    await marks.nameType('threat-of-violence')

    await locker.page.bringToFront()
    await locker.press('button', new RegExp(`^${words.t('common.show')}`))
    await locker.read(new RegExp(secret('postText')))
    await locker.press('button', new RegExp(`^${words.t('item.details')}`))
    await locker.press('tab', words.t('item.tab.notes'))
    await locker.fill(words.t('notes.note'), secret('note'))
    await waitUntil(
      'the note to be kept',
      () => new Promise<true>((kept) => setTimeout(() => kept(true), 1_500)),
    )

    await makeCase(await openPopup(chromium, page), secret('caseTitle'), words)
    const popup = await openPopup(chromium, page)
    const passphrase = await exportCase(
      popup,
      {
        channelId: 'x-in-product',
        protection: 'passphrase',
        answers: { narrative: secret('narrative'), attackedName: secret('attackedName') },
      },
      words,
    )
    secrets.filePassphrase = passphrase ?? ''
    await popup.press('button', words.t('export.finish'))
    await lockInPopup(popup, words)
  } finally {
    await chromium.close()
  }

  const hits = findSecrets(profile, secrets)
  const ours = hits.filter(({ file }) => storedByExtensions.test(file))
  const others = hits.filter(({ file }) => !storedByExtensions.test(file))
  for (const { file, secret: name, encoding } of others) {
    console.log(`written by the browser itself: ${name} (${encoding}) in ${file}`)
  }
  rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  rmSync(downloads, { recursive: true, force: true })
  expect(ours).toEqual([])
  const passphrases = others.filter(({ secret: name }) => name.endsWith('Passphrase') || name === 'note')
  expect(passphrases).toEqual([])
})
