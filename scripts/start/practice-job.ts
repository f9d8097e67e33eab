import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'puppeteer-core'
import { type Chromium, launchChromium } from '../browser/chromium'
import { type DownloadWatch, keepDownloadsIn } from '../browser/downloads'
import { marksOn } from '../browser/marks'
import {
  changeLanguage,
  documentAgain,
  documentPage,
  type ExportChoice,
  lockInPopup,
  makeCase,
  openLockerPage,
  openPopup,
  setUpLocker,
  unlockInPopup,
} from '../browser/screens'
import { type PracticePlatform, practiceAddresses, practiceSites } from '../browser/sites'
import { type ScreenWords, screenWords } from '../browser/words'
import { checkBundle, decryptBundle, unpackBundle } from './bundle-files'
import { exportThroughPopup } from './export'
import { pictureTrouble } from './picture-trouble'
import type { Step } from './steps'

export type JobOptions = { program: string; build: string; out: string; step: Step }

type Job = JobOptions & {
  chromium: Chromium
  words: ScreenWords
  watchDownload: () => DownloadWatch
  pages: Map<PracticePlatform, Page>
}

/** Whose post is documented on which platform, and what it is called in words. */
const unlocked = [
  { platform: 'x', name: 'X', author: 'granite_fox_88', type: 'harassment' },
  { platform: 'youtube', name: 'YouTube', author: 'thequietobserver', type: 'smear-campaign' },
  { platform: 'reddit', name: 'Reddit', author: 'mill_lane_watcher', type: 'doxxing' },
] as const
const whileLocked = {
  platform: 'mastodon',
  name: 'Mastodon',
  author: 'granitefox@loudplace.example',
  type: 'threat-of-violence',
} as const

const exportChoice: ExportChoice = {
  channelId: 'x-in-product',
  protection: 'passphrase',
  answers: {
    narrative:
      'Since I published the measurements, the same few accounts write to me on every platform. They tell others where I live.',
    attackedName: 'Lena Vasko',
    reporterName: 'Lena Vasko',
    reporterEmail: 'lena@riverwatch.example',
    reasons: 'They threaten me, publish my address and say untrue things about my work.',
  },
}

async function openAndDocument(job: Job, platform: PracticePlatform): Promise<Page> {
  const page = await job.chromium.openTab(practiceAddresses[platform])
  job.pages.set(platform, page)
  await documentPage(job.chromium, page, job.words)
  return page
}

async function documentPost(job: Job, post: (typeof unlocked)[number] | typeof whileLocked): Promise<void> {
  const page = job.pages.get(post.platform) ?? (await openAndDocument(job, post.platform))
  await page.bringToFront()
  const marks = await marksOn(page, job.words)
  const { state } = await marks.press(await marks.of(post.author))
  if (state !== 'saved') throw new Error(`the mark says: ${state}`)
  await marks.nameType(post.type)
}

async function takePictures(job: Job, locker: Page, language: 'en' | 'ar'): Promise<void> {
  const page = job.pages.get('x')
  if (page === undefined) throw new Error('the practice feed is gone')
  const path = (name: string) => join(job.out, `${name}-${language}.png`)
  await locker.bringToFront()
  await locker.screenshot({ path: path('locker') })
  await page.bringToFront()
  const popup = await openPopup(job.chromium, page)
  await popup.find('button', job.words.t('lock.button'))
  await popup.find('checkbox', job.words.like('item.choose'))
  await popup.page.screenshot({ path: path('popup') })
  await page.bringToFront()
  const marks = await marksOn(page, job.words)
  const mark = await marks.of('RiversideTruth')
  await marks.press(mark)
  await page.screenshot({ path: path('page-with-marks') })
}

async function pictureReport(job: Job, bag: string, language: 'en' | 'ar'): Promise<void> {
  const page = await job.chromium.openFile(pathToFileURL(join(bag, 'data', 'report', 'report.html')).href)
  const path = join(job.out, `report-${language}.png`)
  await page.screenshot({ path, fullPage: true })
  await page.close()
}

function inOneLine({ passed, absent, items }: Awaited<ReturnType<typeof checkBundle>>): string {
  return `${passed} statements pass, ${absent} not present, ${items} items`
}

/** The main job on the practice feeds, step by step. Leaves its results in `out`; throws at the first failure. */
export async function doPracticeJob(options: JobOptions): Promise<void> {
  const { out, step } = options
  const downloads = join(out, 'downloads')
  mkdirSync(out, { recursive: true })
  const chromium = await step('Started the browser with the extension', () =>
    launchChromium({ ...options, sites: practiceSites(), language: 'en-US', timeZone: 'UTC' }),
  )
  try {
    const watchDownload = await keepDownloadsIn(chromium.browser, downloads)
    const job: Job = { ...options, chromium, watchDownload, words: screenWords('en'), pages: new Map() }
    await runJob(job)
  } catch (error) {
    await pictureTrouble(chromium, out)
    throw error
  } finally {
    await chromium.close()
    rmSync(downloads, { recursive: true, force: true })
  }
}

async function runJob(job: Job): Promise<void> {
  const { chromium, out, step } = job
  const english = job.words
  const first = await step('Opened the practice feed of X', async () => {
    const page = await chromium.openTab(practiceAddresses.x)
    job.pages.set('x', page)
    return page
  })
  const locker = await step('Pressed the toolbar button and went to set-up', () =>
    openLockerPage(chromium, first, english),
  )
  const passphrase = await step('Created a locker with a generated passphrase', () =>
    setUpLocker(locker, english),
  )
  await step('Switched documenting on for X, YouTube and Reddit', async () => {
    await documentPage(chromium, first, english)
    await openAndDocument(job, 'youtube')
    await openAndDocument(job, 'reddit')
  })
  for (const post of unlocked) {
    await step(`Documented a post on ${post.name}: ${post.type}`, () => documentPost(job, post))
  }
  await step('Locked the locker', async () => lockInPopup(await openPopup(chromium, first), english))
  await step(`Documented one more on ${whileLocked.name} while locked`, () => documentPost(job, whileLocked))
  await step('Unlocked the locker', async () =>
    unlockInPopup(await openPopup(chromium, first), passphrase, english),
  )
  await step('Made a case of the four items', async () => {
    const ticked = await makeCase(await openPopup(chromium, first), 'Letters to River Watch', english)
    if (ticked !== 4) throw new Error(`the popup shows ${ticked} items`)
  })
  const encrypted = await step('Exported it for X through the popup, encrypted with a passphrase', () =>
    exportThroughPopup({ ...job, page: first, choice: exportChoice }),
  )
  const bag = join(out, 'bag')
  const bundle = await step('Decrypted the file with its passphrase and unpacked it', async () => {
    const bytes = await decryptBundle(encrypted.bytes, encrypted.passphrase ?? '')
    writeFileSync(join(out, 'bundle.zip.age'), encrypted.bytes)
    writeFileSync(join(out, 'bundle.zip'), bytes)
    writeFileSync(join(out, 'passphrase.txt'), `${encrypted.passphrase}\n`)
    unpackBundle(bytes, bag)
    return bytes
  })
  await step('Checked the bundle with the verifier', async () => {
    const checked = await checkBundle(bundle)
    if (checked.items !== 4) throw new Error(`there are ${checked.items} items in it`)
    process.stdout.write(`  ${inOneLine(checked)}\n`)
  })
  await step('Took pictures of the page, the popup, the locker and the report, in English', async () => {
    await takePictures(job, locker.page, 'en')
    await pictureReport(job, bag, 'en')
  })
  await step('The same in Arabic, with an export that is not encrypted', async () => {
    await changeLanguage(locker, 'ar', english)
    job.words = screenWords('ar')
    await documentAgain(chromium, first, job.words)
    await takePictures(job, locker.page, 'ar')
    const plain = await exportThroughPopup({
      ...job,
      page: first,
      choice: { ...exportChoice, protection: 'none' },
    })
    await checkBundle(plain.bytes)
    unpackBundle(plain.bytes, join(out, 'bag-ar'))
    await pictureReport(job, join(out, 'bag-ar'), 'ar')
    rmSync(join(out, 'bag-ar'), { recursive: true, force: true })
  })
}
