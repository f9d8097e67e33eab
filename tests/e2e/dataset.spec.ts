import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { keepDownloadsIn } from '../../scripts/browser/downloads'
import type { Person } from '../../scripts/browser/person'
import { addAllToCase } from '../../scripts/browser/screens'
import { waitUntil } from '../../scripts/browser/seen'
import type { ScreenWords } from '../../scripts/browser/words'
import { violationsOn } from '../support/axe'
import { expect, type Ready, test } from '../support/fixtures'

const people = ['granite_fox_88', 'lenavasko', 'harith_alwadi']
const target = 'Lena Vasko'
const reason = 'Three invented accounts on a practice page, for a test of the export.'

async function prepareLocker({ marks, locker, words }: Ready): Promise<void> {
  const { t, like } = words
  for (const person of people) await marks.press(await marks.of(person))
  await locker.page.bringToFront()
  await waitUntil('the items', async () => (await locker.all('checkbox', like('item.choose'))).length === 3)
  await addAllToCase(locker, 'Riverside', words)
  await waitUntil('the case', async () => (await locker.all('button', t('items.tickNone'))).length === 0)
  await locker.press('checkbox', like('item.choose'))
  await locker.press('button', t('items.tickAll'))
  await locker.press('button', t('items.setTypes'))
  await locker.press('button', t('type.harassment'))
  await locker.press('button', t('items.setTypes'))
  await locker.press('button', t('locker.cases'))
  await locker.press('button', /Riverside/)
  await locker.page.evaluate(() => {
    for (const part of document.querySelectorAll('details')) part.open = true
  })
  await locker.fill(t('case.field.attackedName'), target)
  await locker.press('button', t('locker.cases'))
}

async function choosePurpose(locker: Person, purpose: string, { t }: ScreenWords): Promise<void> {
  await locker.fill(t('dataset.purpose'), purpose)
  await locker.fill(t('dataset.recipient'), 'An institute')
  await locker.press('radio', t('dataset.tier.T1'))
  await locker.press('button', t('common.continue'))
}

async function lowerThresholds(locker: Person, { t }: ScreenWords): Promise<void> {
  await locker.choose(t('dataset.least.actors'), '3')
  await locker.choose(t('dataset.least.targets'), '1')
  await locker.choose(t('dataset.least.types'), '1')
  await locker.choose(t('dataset.least.cell'), '3')
  await locker.fill(t('dataset.reason'), reason)
}

test('a dataset is reviewed row by row, blocked where it names somebody, and saved when mended', async ({
  ready,
}) => {
  const { chromium, locker, words } = ready
  const { t, like } = words
  const shown = (key: Parameters<typeof t>[0], values: Record<string, number>) =>
    new RegExp(`^${t(key, values)}$`)
  const letGo = new RegExp(`^${t('dataset.letGo')}`)
  const folder = mkdtempSync(join(tmpdir(), 'witnessmark-dataset-'))
  const watch = await keepDownloadsIn(chromium.browser, folder)
  await prepareLocker(ready)

  await locker.press('button', t('dataset.start'))
  await choosePurpose(locker, `What happened to ${target}`, words)
  await locker.read(shown('dataset.rows', { count: 0 }))
  await lowerThresholds(locker, words)
  await locker.read(shown('dataset.rows', { count: 3 }))
  await locker.read(shown('dataset.smallest', { count: 3 }))
  await locker.press('button', t('common.continue'))
  await locker.fill(t('dataset.names'), 'Riverside')
  await locker.press('button', t('common.continue'))

  // The first text gets a handle back, the others go with a key.
  await locker.fill(t('dataset.released'), 'It was granite_f\u043ex_88 again')
  await locker.press('button', letGo)
  await locker.read(shown('dataset.reviewed', { count: 1, of: 3 }))
  expect(await violationsOn(locker.page)).toEqual([])
  for (const count of [2, 3]) {
    await locker.find('button', letGo)
    await waitUntil('the key to count', async () => {
      await locker.page.keyboard.press('a')
      return (await locker.all('StaticText', shown('dataset.reviewed', { count, of: 3 }))).length > 0
    })
  }
  await locker.press('button', t('common.continue'))
  await locker.read(shown('dataset.blocked', { count: 2 }))
  expect(await locker.all('button', t('dataset.save'))).toEqual([])
  expect(await violationsOn(locker.page)).toEqual([])

  await locker.press('button', t('dataset.mend'))
  await choosePurpose(locker, 'To count kinds of attack', words)
  await locker.find('button', t('common.continue'))
  await locker.press('button', t('common.continue'))
  await locker.find('textbox', t('dataset.names'))
  await locker.press('button', t('common.continue'))
  await locker.read(new RegExp(`^${t('dataset.reviewDone')}$`))
  await locker.press('button', t('common.continue'))
  await locker.read(shown('dataset.blocked', { count: 1 }))
  await locker.press('button', t('dataset.mend'))
  await locker.fill(t('dataset.released'), 'It was [mention] again')
  await locker.press('button', letGo)
  await locker.press('button', t('common.continue'))
  await locker.read(like('dataset.unique'))

  await locker.press('radio', t('export.notEncrypted'))
  const { finished } = watch()
  await locker.press('button', t('dataset.save'))
  await locker.read(shown('dataset.saved', { count: 3 }))
  const { path } = await finished
  const files = unzipSync(readFileSync(path))
  const texts = Object.values(files)
    .map((bytes) => new TextDecoder().decode(bytes))
    .join('\n')
  expect(
    Object.keys(files).filter((name) => name.startsWith('items.parquet/platform=x/week=2026-W47/')).length,
  ).toBe(1)
  expect(new TextDecoder().decode(files['items.csv']).trim().split('\r\n').length).toBeGreaterThanOrEqual(4)
  expect(texts).toContain('It was [mention] again')
  expect(texts).toContain(reason)
  for (const name of [...people, target, 'Riverside', '2123706567881777728'])
    expect(texts).not.toContain(name)
  await locker.press('button', t('export.finish'))
  rmSync(folder, { recursive: true, force: true })
})
