import { openSetting } from '../../tests/support/locker-page'
import { bundleProbe } from '../../tests/support/probe/build'
import { openProbe, type Probe } from '../../tests/support/probe/chromium'
import { launchChromium } from '../browser/chromium'
import { type Marks, marksOn } from '../browser/marks'
import { sitAt } from '../browser/person'
import { documentPage, setUpLocker } from '../browser/screens'
import { waitUntil } from '../browser/seen'
import { screenWords } from '../browser/words'
import { builtFolder } from '../build'
import { findChromium } from '../find-browser'
import { killBrowser, type StartRig } from './rig'

const sixWords = /^[a-z-]+(?: [a-z-]+){5}$/

/** Chromium as `npm start` drives it. Builds the extension when that is needed. */
export async function chromiumRig(): Promise<StartRig> {
  const [program, build] = [await findChromium(), await builtFolder('chrome')]
  const script = await bundleProbe(build)
  const words = screenWords('en')

  return async ({ profile, site }) => {
    const chromium = await launchChromium({ program, build, profile, sites: [site] })
    const pid = chromium.browser.process()?.pid
    if (pid === undefined) throw new Error('Chromium has no process')
    let probe: Promise<Probe> | null = null
    let marks: Marks | null = null

    async function openLocker() {
      const page = await chromium.browser.newPage()
      page.setDefaultTimeout(60_000)
      await page.goto(`${chromium.origin}/locker.html`)
      return sitAt(page)
    }

    return {
      call: async (name, ...args) => {
        probe ??= openProbe(chromium, script)
        const { call } = await probe
        return (await call(name, ...args)) as never
      },
      setUp: async () => setUpLocker(await openLocker(), words),
      pressUnlock: async (passphrase) => {
        const person = await openLocker()
        await person.fill(words.t('passphrase.label'), passphrase)
        await person.press('button', words.t('unlock.button'))
      },
      prepareNewPassphrase: async ({ from }) => {
        const person = await openLocker()
        await openSetting(person, 'security.title', words)
        await person.press('button', words.t('security.passphrase'))
        await person.fill(words.t('passphrase.current'), from)
        const next = await person.read(sixWords)
        await person.fill(words.t('setup.confirm.label'), next)
        return {
          next,
          change: async () => {
            await person.press('button', words.t('security.passphrase'))
            await person.read(words.like('security.done.passphrase'))
          },
        }
      },
      document: async () => {
        const page = await chromium.openTab(site.address)
        await documentPage(chromium, page, words)
        marks = await marksOn(page, words)
      },
      capture: async (author) => {
        if (marks === null) throw new Error('this page is not documented')
        const all = marks
        const mark = await waitUntil(`a mark of ${author}`, async () =>
          (await all.all()).find((one) => one.author === author),
        )
        const { state } = await all.press(mark)
        return state === 'saved' || state === 'redrawn' ? 'saved' : 'failed'
      },
      kill: () => killBrowser(pid),
    }
  }
}
