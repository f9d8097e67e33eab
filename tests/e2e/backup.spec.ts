import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keepDownloadsIn } from '../../scripts/browser/downloads'
import { type Person, sitAt } from '../../scripts/browser/person'
import { waitUntil } from '../../scripts/browser/seen'
import type { ScreenWords } from '../../scripts/browser/words'
import { expect, test } from '../support/fixtures'
import { holdButton, lockPage, openSetting, tryPassphrase } from '../support/locker-page'

const sixWords = /^[a-z-]+(?: [a-z-]+){5}$/

async function chooseFile(person: Person, path: string): Promise<void> {
  const field = await waitUntil('the field for a file', () => person.page.$('input[type=file]'))
  await (field as unknown as { uploadFile: (path: string) => Promise<void> }).uploadFile(path)
}

async function setUpToRestore(locker: Person, { t }: ScreenWords): Promise<void> {
  await locker.press('button', t('setup.fromBackup'))
  await locker.press('button', t('setup.begin'))
  const passphrase = await locker.read(sixWords)
  await locker.press('button', t('common.continue'))
  await locker.fill(t('setup.confirm.label'), passphrase)
  await locker.press('button', t('setup.create'))
  await locker.press('button', t('recovery.later'))
  await locker.press('button', t('restore.title'))
}

async function restore(
  locker: Person,
  from: { path: string; passphrase: string },
  { t }: ScreenWords,
): Promise<void> {
  await chooseFile(locker, from.path)
  await locker.fill(t('restore.key'), from.passphrase)
  await locker.press('button', t('restore.start'))
}

test('a backup brings everything back into a new locker, and overwrites nothing', async ({ ready }) => {
  const { chromium, marks, words } = ready
  const { t, like } = words
  let { locker } = ready
  const folder = mkdtempSync(join(tmpdir(), 'witnessmark-backup-'))
  const watch = await keepDownloadsIn(chromium.browser, folder)
  await marks.press(await marks.of('granite_fox_88'))
  await marks.press(await marks.of('lenavasko'))
  await locker.page.bringToFront()
  await waitUntil('both items', async () => (await locker.all('checkbox', like('item.choose'))).length === 2)

  await openSetting(locker, 'backup.title', words)
  const passphrase = await locker.read(sixWords)
  const name = await locker.eyes.valueOf(await locker.find('textbox', t('export.fileName')))
  expect(name).toMatch(/^files-[0-9a-f]{4}$/)
  const { finished } = watch()
  await locker.press('button', t('backup.make'))
  await locker.read(new RegExp(`^${t('backup.done', { count: 2 })}$`))
  await locker.read(like('backup.last'))
  const { path } = await finished
  const bytes = readFileSync(path)
  expect(bytes.includes('granite_fox_88')).toBe(false)
  await locker.press('button', t('backup.finish'))

  await locker.press('button', t('restore.title'))
  await restore(locker, { path, passphrase }, words)
  await locker.read(like('restore.done'))
  await locker.read(new RegExp(`^${t('restore.added', { count: 0 })}$`))
  await locker.read(new RegExp(`^${t('restore.same', { count: 2 })}$`))

  await openSetting(locker, 'security.title', words)
  await locker.press('button', t('security.newSigningKey'))
  await locker.fill(t('passphrase.current'), ready.passphrase)
  await locker.press('button', t('security.newSigningKey'))
  await locker.read(like('security.done.new-signing-key'))
  await holdButton(locker, t('wipe.hold'), () =>
    locker.read(new RegExp(`^${t('wipe.busy')}|${t('wipe.overwritten')}$`)),
  )
  locker = await sitAt(locker.page)
  await locker.read(like('wipe.overwritten'))
  await setUpToRestore(locker, words)
  await restore(locker, { path, passphrase: `${passphrase} no` }, words)
  await locker.read(like('problem.wrong-backup-key'))
  const damaged = join(folder, 'damaged.age')
  const flipped = Buffer.from(bytes)
  flipped[flipped.length - 100] = (flipped[flipped.length - 100] ?? 0) ^ 1
  writeFileSync(damaged, flipped)
  await restore(locker, { path: damaged, passphrase }, words)
  await locker.read(like('problem.damaged-backup'))
  await restore(locker, { path, passphrase }, words)
  await locker.read(like('restore.done'))
  await locker.press('button', t('restore.toItems'))
  const opens = new RegExp(`^${t('item.details')}`)
  const rows = await waitUntil('the items', async () => {
    const found = await locker.all('button', opens)
    return found.length === 2 && found
  })
  for (const index of rows.keys()) {
    const row = (await waitUntil('the list', () => locker.all('button', opens)))[index]
    if (!row) throw new Error('an item is missing')
    await locker.eyes.press(row)
    await locker.press('button', t('item.showPicture'))
    await locker.find('image', t('item.pictureAlt'))
    await locker.press('tab', t('item.tab.custody'))
    await locker.read(like('custody.from.backup'))
    await locker.find('heading', t('custody.othersTitle'))
    await locker.press('button', t('locker.items'))
    await locker.find('button', opens)
  }
  rmSync(folder, { recursive: true, force: true })
})

test('a locker whose erasable file is lost says so, and makes room for a backup', async ({ ready }) => {
  const { marks, passphrase, words } = ready
  const { t, like } = words
  await marks.press(await marks.of('granite_fox_88'))
  await ready.locker.page.bringToFront()
  await ready.locker.find('checkbox', like('item.choose'))
  let locker = await lockPage(ready.locker, words)
  await locker.page.evaluate(`(async () => {
    const folder = await navigator.storage.getDirectory()
    for await (const name of folder.keys()) await folder.removeEntry(name, { recursive: true })
  })()`)
  await tryPassphrase(locker, passphrase, words)
  await locker.read(like('problem.cell-lost'))
  await locker.press('button', t('lost.startAnew'))
  await locker.press('button', t('common.cancel'))
  await locker.press('button', t('lost.startAnew'))
  await locker.press('button', t('lost.confirm'))
  locker = await sitAt(locker.page)
  await setUpToRestore(locker, words)
  await locker.find('textbox', t('restore.key'))
})
