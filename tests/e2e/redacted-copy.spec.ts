import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import type { Page } from 'puppeteer-core'
import { keepDownloadsIn } from '../../scripts/browser/downloads'
import { type Person, sitAt } from '../../scripts/browser/person'
import { exportCase, makeCase, openPopup } from '../../scripts/browser/screens'
import { RedactedFacts } from '../../utils/model/redaction'
import { violationsOn } from '../support/axe'
import { expect, type Ready, test } from '../support/fixtures'
import { verifyFile } from '../support/verify-file'

const name = 'lenavasko'

/** Draws over the middle of the picture that is shown, as one does with a mouse. */
async function drawOver({ page }: Person): Promise<void> {
  const picture = await page.waitForSelector('img[draggable="false"]')
  await picture?.evaluate((image) => image.scrollIntoView({ block: 'center' }))
  await picture?.evaluate((image) => (image as HTMLImageElement).decode())
  const box = await picture?.boundingBox()
  if (!box) throw new Error('the picture is not drawn')
  await page.mouse.move(box.x + box.width * 0.25, box.y + box.height * 0.4)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.5)
  await page.mouse.move(box.x + box.width * 0.75, box.y + box.height * 0.6)
  await page.mouse.up()
}

async function cover(popup: Person, { words }: Ready): Promise<void> {
  const { t } = words
  await popup.press('checkbox', t('cover.title'))
  await popup.fill(t('cover.word'), name)
  await popup.press('button', t('cover.addWord'))
  await popup.find('button', `${t('cover.remove')}: ${name}`)
  const leaves = t('cover.leaves', { name: '\u2068screenshot.png\u2069' })
  await popup.press('checkbox', leaves)
  await popup.press('button', `${t('cover.showPicture')}: screenshot.png`)
  await drawOver(popup)
  // Another one without a mouse, taken back, and put there again.
  await popup.press('button', `${t('cover.addArea')}: screenshot.png`)
  await popup.find('button', `${t('cover.remove')}: ${t('cover.area', { number: 2 })}`)
  await popup.press('button', t('cover.undo'))
  await popup.find('button', `${t('cover.remove')}: ${t('cover.area', { number: 1 })}`)
  await popup.press('button', `${t('cover.showWords')}: ${t('cover.item', { number: 1 })}`)
  await popup.find('heading', t('cover.preview'))
  expect(await violationsOn(popup.page)).toEqual([])
}

type Pixels = { corner: number[]; middle: number[]; isOpaque: boolean }

/** Some pixels of a PNG, read by the browser. */
function pixelsOf(page: Page, png: Uint8Array, at: { x: number; y: number }): Promise<Pixels> {
  return page.evaluate(
    async (base64: string, x: number, y: number) => {
      const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))
      const bitmap = await createImageBitmap(new Blob([bytes]))
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
      const context = canvas.getContext('2d')
      context?.drawImage(bitmap, 0, 0)
      const all = context?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? new Uint8ClampedArray()
      const pixel = (px: number, py: number) => [...all.slice((py * bitmap.width + px) * 4).slice(0, 4)]
      return {
        corner: pixel(1, 1),
        middle: pixel(x, y),
        isOpaque: all.every((value, i) => i % 4 !== 3 || value === 255),
      }
    },
    Buffer.from(png).toString('base64'),
    at.x,
    at.y,
  )
}

/** The same on the page: first the copy, then the whole that it asks for. */
async function compareOnPage({ chromium, words }: Ready, paths: readonly string[]): Promise<void> {
  const verifier = await sitAt(await chromium.browser.newPage())
  await verifier.page.goto(`${chromium.origin}/verifier.html`)
  for (const [path, heading] of [
    [paths[0], words.t('verifier.wholeTitle')],
    [paths[1], words.t('verify.group.copy')],
  ] as const) {
    const field = await verifier.page.waitForSelector('input[type=file]')
    await (field as unknown as { uploadFile: (path: string) => Promise<void> }).uploadFile(path ?? '')
    await verifier.find('heading', heading)
  }
  await verifier.read(new RegExp(`^${words.t('verify.group.copy.pass')}$`))
  expect(await violationsOn(verifier.page)).toEqual([])
}

test('names and faces are covered before a bundle leaves, and are gone in it', async ({ ready }) => {
  const { chromium, page, marks, locker, words } = ready
  const folder = mkdtempSync(join(tmpdir(), 'witnessmark-redacted-'))
  const watch = await keepDownloadsIn(chromium.browser, folder)
  await marks.press(await marks.of('granite_fox_88'))
  await makeCase(await openPopup(chromium, page), 'Letters', words)

  const popup = await openPopup(chromium, page)
  const { finished } = watch()
  const answers = {
    narrative: 'They write to LenaVasko every day.',
    attackedName: 'Lena Vasko',
    reporterName: 'Lena Vasko',
    reporterEmail: 'lena@example.org',
  }
  const atCheck = (person: Person) => cover(person, ready)
  await exportCase(popup, { channelId: 'x-abuse-form', protection: 'none', answers, atCheck }, words)
  const { path: saved } = await finished
  const bundle = new Uint8Array(readFileSync(saved))
  const files = Object.entries(unzipSync(bundle))
  for (const [path, bytes] of files)
    expect({ path, isThere: Buffer.from(bytes).toString('utf8').toLowerCase().includes(name) }).toEqual({
      path,
      isThere: false,
    })
  const folderName = files.find(([path]) => path.endsWith('/redacted.json'))?.[0].replace('redacted.json', '')
  const inFolder = new Map(files.map(([path, bytes]) => [path.replace(folderName ?? '', ''), bytes]))
  expect(files.map(([path]) => path).filter((path) => path.startsWith(`${folderName}`)).length).toBe(2)
  const facts = RedactedFacts.parse(
    JSON.parse(Buffer.from(inFolder.get('redacted.json') ?? []).toString('utf8')),
  )
  const [area] = facts.covered.pictures[0]?.areas ?? []
  expect(facts.covered.pictures[0]?.areas.length).toBe(1)
  if (!area) throw new Error('nothing is covered')
  const at = { x: area.x + Math.floor(area.width / 2), y: area.y + Math.floor(area.height / 2) }
  const pixels = await pixelsOf(locker.page, inFolder.get('screenshot.png') ?? new Uint8Array(), at)
  expect(pixels.middle).toEqual([0, 0, 0, 255])
  expect(pixels.corner).not.toEqual([0, 0, 0, 255])
  expect(pixels.isOpaque).toBe(true)

  // The whole, too: what the browser packed anew is compared with it, pixel by pixel.
  await popup.press('button', words.t('export.finish'))
  const whole = watch()
  await exportCase(popup, { channelId: 'x-abuse-form', protection: 'none', answers }, words)
  const { path: wholePath } = await whole.finished
  const compared = verifyFile(saved, '--whole', wholePath, '--json')
  expect(compared.status).toBe(0)
  const { statements } = JSON.parse(compared.output).tie
  expect(statements.map(({ id, result }: { id: string; result: string }) => `${id}: ${result}`)).toEqual([
    'copy-of-whole: pass',
    'copy-words: pass',
    'copy-pictures: pass',
  ])
  await compareOnPage(ready, [saved, wholePath])
  rmSync(folder, { recursive: true, force: true })
})
