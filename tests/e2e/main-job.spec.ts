import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { unzipSync } from 'fflate'
import { type DownloadWatch, keepDownloadsIn } from '../../scripts/browser/downloads'
import type { Person } from '../../scripts/browser/person'
import { type ExportChoice, exportCase, makeCase, openPopup } from '../../scripts/browser/screens'
import { waitUntil } from '../../scripts/browser/seen'
import { expect, type Ready, test } from '../support/fixtures'
import { openSetting } from '../support/locker-page'
import { verifyFile } from '../support/verify-file'

const answers = { narrative: 'They write to me every day.', attackedName: 'Lena Vasko' }

async function save(ready: Ready, choice: ExportChoice, watch: () => DownloadWatch) {
  const popup = await openPopup(ready.chromium, ready.page)
  const { finished } = watch()
  const passphrase = await exportCase(popup, choice, ready.words)
  const bytes = new Uint8Array(readFileSync((await finished).path))
  await popup.press('button', ready.words.t('export.finish'))
  return { bytes, passphrase }
}

const people = ['Lantern Helpline', 'Vera Almark']
const hasAge = spawnSync('age', ['--version']).status === 0

async function chooseFile({ page }: Person, path: string): Promise<void> {
  const field = await waitUntil('the field for a file', () => page.$('input[type=file]'))
  await (field as unknown as { uploadFile: (path: string) => Promise<void> }).uploadFile(path)
}

/** Puts two people into the address book from files as age writes them; gives the files with their secret halves. */
async function meetPeople({ locker, words }: Ready, folder: string): Promise<string[]> {
  const { t } = words
  await locker.page.bringToFront()
  await openSetting(locker, 'book.title', words)
  const secrets: string[] = []
  for (const [index, name] of people.entries()) {
    const identity = await generateX25519Identity()
    const paths = { secret: join(folder, `secret-${index}.txt`), key: join(folder, `key-${index}.txt`) }
    writeFileSync(paths.secret, `# public key: ${await identityToRecipient(identity)}\n${identity}\n`)
    writeFileSync(paths.key, `# ${name}\n${await identityToRecipient(identity)}\n`)
    if (index === 0) {
      // The wrong one of the two, pasted and as a file.
      const shown = `document.documentElement.outerHTML + document.querySelector('textarea').value`
      await locker.page.focus('textarea')
      await locker.page.keyboard.sendCharacter(identity)
      await locker.read(new RegExp(`^${t('book.refused.secret')}$`))
      expect(await locker.page.evaluate(shown)).not.toContain('AGE-SECRET-KEY')
      await chooseFile(locker, paths.secret)
      await locker.find('textbox', t('export.recipients'))
      expect(await locker.page.evaluate(shown)).not.toContain('AGE-SECRET-KEY')
    }
    await chooseFile(locker, paths.key)
    await locker.fill(t('book.name'), name)
    if (index === 0) await locker.press('checkbox', t('book.compared'))
    await locker.press('button', t('book.add'))
    await locker.find('heading', name)
    secrets.push(paths.secret)
  }
  expect(await locker.all('StaticText', t('book.notCompared'))).toHaveLength(1)
  return secrets
}

/** What the holder of a secret key gets out of the file, opened by an age that is not ours where there is one. */
async function openWith(secret: string, sealed: Uint8Array): Promise<Uint8Array> {
  if (hasAge) return execFileSync('age', ['-d', '-i', secret], { input: sealed, maxBuffer: 2 ** 27 })
  const decrypter = new Decrypter()
  decrypter.addIdentity(readFileSync(secret, 'utf8').trim().split('\n').at(-1) ?? '')
  return decrypter.decrypt(sealed)
}

/** Brings back what was exported, encrypted, and a copy that was changed. */
async function takeIn({ locker, words }: Ready, paths: readonly string[], passphrase: string): Promise<void> {
  const { t } = words
  await locker.page.bringToFront()
  await openSetting(locker, 'receiving.title', words)
  const field = await waitUntil('the field for bundles', () => locker.page.$('input[multiple]'))
  await (field as unknown as { uploadFile: (...paths: string[]) => Promise<void> }).uploadFile(...paths)
  await locker.press('button', t('bundles.start'))
  await locker.read(new RegExp(`^${t('bundles.failed')}$`))
  await locker.fill(t('verifier.key'), passphrase)
  await locker.press('button', t('bundles.open'))
  await locker.read(new RegExp(`^${t('bundles.passed')}$`))
  await locker.read(new RegExp(`^${t('restore.same', { count: 2 })}$`))
}

/** Width and height out of a PNG's header. */
function sizeOfPng(bytes: Uint8Array): { width: number; height: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  return { width: view.getUint32(16), height: view.getUint32(20) }
}

test('posts become a bundle that the verifier accepts, plain and encrypted, and no other', async ({
  ready,
}) => {
  test.slow()
  const folder = mkdtempSync(join(tmpdir(), 'witnessmark-job-'))
  const { page, marks, words } = ready
  const watch = await keepDownloadsIn(ready.chromium.browser, join(folder, 'downloads'))
  expect((await marks.press(await marks.of('granite_fox_88'))).state).toBe('saved')
  await marks.nameType('harassment')
  const tall = await waitUntil('the mark of the long post', async () => {
    const found = (await marks.all()).find(({ author }) => author === 'a_man_of_riverside')
    if (found === undefined) await page.evaluate(() => scrollBy(0, 500))
    return found
  })
  expect((await marks.press(tall)).state).toBe('saved')
  const box = await page.evaluate(() => {
    const post = document.querySelector('a[href="/a_man_of_riverside"]')?.closest('article')
    const { width, height } = post?.getBoundingClientRect() ?? { width: 0, height: 0 }
    return { width, height, window: innerHeight }
  })
  expect(box.height).toBeGreaterThan(box.window)
  expect(await makeCase(await openPopup(ready.chromium, page), 'Letters', words)).toBe(2)

  const choice = { channelId: 'x-in-product', answers }
  const plain = await save(ready, { ...choice, protection: 'none' }, watch)
  const sealed = await save(ready, { ...choice, protection: 'passphrase' }, watch)
  const secrets = await meetPeople(ready, folder)
  const tickBoth = async (popup: Person) => {
    for (const name of people) await popup.press('checkbox', name)
    await popup.read(new RegExp(`^${words.t('book.chosen', { count: 2 })}$`))
  }
  const toPeople = await save(ready, { ...choice, protection: 'recipients', atProtect: tickBoth }, watch)

  const files = unzipSync(plain.bytes)
  const items = Object.entries(files).flatMap(([name, bytes]) =>
    /^data\/items\/[0-9a-f]{32}\/item\.json$/.test(name)
      ? [{ folder: name.replace('item.json', ''), item: JSON.parse(new TextDecoder().decode(bytes)) }]
      : [],
  )
  const fox = items.find(({ item }) => item.post.author.handle === 'granite_fox_88')
  expect(fox?.item.post).toMatchObject({
    platform: 'x',
    replyToHandle: 'lenavasko',
    posted: { iso: '2026-11-20T09:14:37.000Z', source: 'dom' },
  })
  expect(fox?.item.post.text).toContain('crawl back to where you came from')
  expect(fox?.item.collection.selfCheck).toEqual({
    textPresent: true,
    pictureNotBlank: true,
    pageUnchanged: true,
  })

  const long = items.find(({ item }) => item.post.author.handle === 'a_man_of_riverside')
  expect(long?.item.post.text).toContain('14. And to those who say that this is a campaign')
  const { width, height } = sizeOfPng(files[`${long?.folder}screenshot.png`] ?? new Uint8Array(24))
  expect(Math.abs(width - box.width)).toBeLessThanOrEqual(2)
  expect(Math.abs(height - box.height)).toBeLessThanOrEqual(2)

  const path = join(folder, 'bundle.zip')
  writeFileSync(path, plain.bytes)
  expect(verifyFile(path)).toMatchObject({ status: 0 })

  const decrypter = new Decrypter()
  decrypter.addPassphrase(sealed.passphrase ?? '')
  writeFileSync(path, await decrypter.decrypt(sealed.bytes))
  expect(verifyFile(path)).toMatchObject({ status: 0 })
  for (const secret of secrets) {
    writeFileSync(path, await openWith(secret, toPeople.bytes))
    expect(verifyFile(path)).toMatchObject({ status: 0 })
  }
  expect(Buffer.from(sealed.bytes).includes('granite_fox_88')).toBe(false)

  for (const share of [0.1, 0.5, 0.999]) {
    const flipped = plain.bytes.slice()
    const at = Math.floor(flipped.length * share)
    flipped[at] = (flipped[at] ?? 0) ^ 1
    writeFileSync(path, flipped)
    expect([1, 2]).toContain(verifyFile(path).status)
  }

  const paths = { sealed: join(folder, 'own.zip.age'), changed: join(folder, 'changed.zip') }
  writeFileSync(paths.sealed, sealed.bytes)
  plain.bytes[plain.bytes.length >> 1] = (plain.bytes[plain.bytes.length >> 1] ?? 0) ^ 1
  writeFileSync(paths.changed, plain.bytes)
  await takeIn(ready, [paths.sealed, paths.changed], sealed.passphrase ?? '')
  rmSync(folder, { recursive: true, force: true })
})

test('the extension asks the network for nothing', async ({ ready }) => {
  const { chromium, page, marks } = ready
  const before = [...chromium.traffic.refused]
  await marks.press(await marks.of('granite_fox_88'))
  await page.bringToFront()
  expect(chromium.traffic.refused).toEqual(before)
})
