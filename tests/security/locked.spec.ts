import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import type { Chromium } from '../../scripts/browser/chromium'
import { launchFirefox } from '../../scripts/browser/firefox'
import { marksOn } from '../../scripts/browser/marks'
import { sitAt } from '../../scripts/browser/person'
import {
  documentPage,
  lockInPopup,
  openLockerPage,
  openPopup,
  setUpLocker,
} from '../../scripts/browser/screens'
import { waitUntil } from '../../scripts/browser/seen'
import { builtFolder } from '../../scripts/build'
import { findFirefox } from '../../scripts/find-browser'
import { madeUp } from '../../scripts/test-kill/acts'
import { protocol } from '../../utils/messages/protocol'
import { feedWith } from '../support/feed'
import { expect, test } from '../support/fixtures'
import { bundleProbe } from '../support/probe/build'
import { callText } from '../support/probe/chromium'

const tag = randomBytes(5).toString('hex')
const seeds = { handle: `qh${tag}`, name: `Name${tag}`, text: `text${tag}` }
const site = feedWith('https://x.com/home', { ...seeds, text: `You will be sorry ${seeds.text}.` })
/** Where the person is when the messages are sent: nothing of the locker's content stands on this page. */
const elsewhere = feedWith('https://x.com/explore', {
  handle: 'oldmill',
  name: 'Old Mill',
  text: 'Rain again.',
})

test.use({ served: { sites: [site, elsewhere] } })

const id = 'ab'.repeat(16)
const address = 'https://x.com/oldmill/status/2123700000004194304'

/** A question that each verb would take, so that none is refused for its shape alone. */
function questionsFor(tabId: number): Record<keyof typeof protocol, unknown> {
  const known = { platform: 'x', postId: null, permalink: address }
  const tab = { tabId }
  const choice = { choice: 0 }
  return {
    startDocumenting: { words: {}, direction: 'ltr' },
    pageState: {},
    stopDocumenting: {},
    readPage: {},
    pressMark: { target: 'visible-page' },
    pressKnown: known,
    askClock: {},
    preparePost: choice,
    snapshotPost: choice,
    showSlice: { choice: 0, from: 0 },
    restorePage: choice,
    hideMarks: {},
    showMarks: {},
    beginSweep: {},
    finishSweep: {},
    endWindow: { window: 0 },
    sweepUndone: {},
    announcePage: {},
    frameLoaded: {},
    openGroup: {},
    capturePost: { choice: 0, thread: null, keepsMedia: false },
    keepSwept: { window: null, posts: [] },
    sweepEnded: {},
    assessCapture: { receipt: id, types: ['harassment'] },
    undoCapture: { receipt: id },
    tabState: tab,
    documentTab: tab,
    stopTab: tab,
    startSweep: tab,
    stopSweep: tab,
    undoSweep: tab,
    captureElse: { tabId, what: 'visible-page' },
    openRecheck: { itemId: id, words: null, window: 'normal', ...known },
    runRecheck: tab,
  }
}

/** Sends every verb, one after the other, and gives everything that came back. */
const sendAll = (questions: object, to: string): string => `(async () => {
  const answers = {}
  for (const [name, question] of Object.entries(${JSON.stringify(questions)})) {
    const late = new Promise((resolve) => setTimeout(() => resolve('no answer'), 8000))
    const asked = (globalThis.browser ?? chrome).runtime.sendMessage(${to}{ name, question })
    answers[name] = await Promise.race([asked, late]).catch((error) => String(error))
  }
  return JSON.stringify(answers)
})()`

type Answers = Record<string, { ok?: boolean } | string | null>

function expectNothingOfLocker(answers: Answers): void {
  expect(Object.keys(answers).sort()).toEqual(Object.keys(protocol).sort())
  for (const [name, answer] of Object.entries(answers)) {
    for (const word of Object.values(seeds)) expect(JSON.stringify(answer) ?? '', name).not.toContain(word)
  }
}

/** Runs in the world of our content script on this page. */
async function askAsContentScript(page: Page, origin: string, source: string): Promise<Answers> {
  const session = await page.createCDPSession()
  const contexts: { id: number; origin: string }[] = []
  session.on('Runtime.executionContextCreated', ({ context }) => void contexts.push(context))
  await session.send('Runtime.enable')
  const ours = await waitUntil('our world in the page', async () =>
    contexts.find((one) => one.origin === origin),
  )
  const { result } = await session.send('Runtime.evaluate', {
    expression: source,
    contextId: ours.id,
    awaitPromise: true,
  })
  return JSON.parse(String(result.value)) as Answers
}

async function tabIdOf(own: Page, url: string): Promise<number> {
  return (await own.evaluate(
    `chrome.tabs.query({}).then((tabs) => tabs.find((tab) => tab.url === ${JSON.stringify(url)})?.id ?? tabs[0].id)`,
  )) as number
}

/** Another extension that asks ours, from its own background. */
async function askAsStranger(chromium: Chromium, questions: object): Promise<Answers> {
  const folder = mkdtempSync(join(tmpdir(), 'witnessmark-stranger-'))
  const manifest = {
    manifest_version: 3,
    name: 'Stranger',
    version: '1',
    background: { service_worker: 'w.js' },
  }
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest))
  writeFileSync(join(folder, 'w.js'), 'chrome.runtime.onInstalled.addListener(() => undefined)')
  try {
    const stranger = await chromium.browser.installExtension(folder)
    const target = await chromium.browser.waitForTarget(
      (one) => one.type() === 'service_worker' && one.url().includes(stranger),
    )
    const worker = await target.worker()
    const source = sendAll(questions, `${JSON.stringify(chromium.extension.id)}, `)
    return JSON.parse(String(await worker?.evaluate(source))) as Answers
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Everything that the page shows or holds in its tree, values of fields included. */
const everythingIn = `document.documentElement.outerHTML + [...document.querySelectorAll('input, textarea')].map((one) => one.value).join(' ')`

test('while the locker is locked, no message gives anything of it to anyone, and every page asks for the passphrase', async ({
  chromium,
  words,
}) => {
  test.slow()
  const page = await chromium.openTab(site.address)
  const locker = await openLockerPage(chromium, page, words)
  const passphrase = await setUpLocker(locker, words)
  await documentPage(chromium, page, words)
  const marks = await marksOn(page, words)
  expect((await marks.press(await marks.of(seeds.handle))).state).toBe('saved')
  await locker.page.bringToFront()
  await locker.press('button', new RegExp(`^${words.t('common.show')}`))
  await locker.read(new RegExp(seeds.text))

  await page.goto(elsewhere.address)
  await marksOn(page, words)
  await lockInPopup(await openPopup(chromium, page), words)

  await locker.find('button', words.t('unlock.button'))
  const second = await chromium.browser.newPage()
  await second.goto(`${chromium.origin}/locker.html`)
  await (await sitAt(second)).find('button', words.t('unlock.button'))
  const popup = await openPopup(chromium, page)
  await popup.find('button', words.t('unlock.button'))
  for (const own of [locker.page, second, popup.page]) {
    const shown = String(await own.evaluate(everythingIn))
    for (const word of [...Object.values(seeds), passphrase]) expect(shown).not.toContain(word)
  }

  const kept = String(
    await second.evaluate(`chrome.storage.session.get().then((all) => JSON.stringify(all))`),
  )
  expect(Object.keys(JSON.parse(kept) as object)).not.toContain('k')
  for (const word of Object.values(seeds)) expect(kept).not.toContain(word)

  const questions = questionsFor(await tabIdOf(second, elsewhere.address))
  const asStranger = await askAsStranger(chromium, questions)
  expectNothingOfLocker(asStranger)
  expect(Object.values(asStranger).filter((answer) => typeof answer !== 'string')).toEqual([])

  // A page itself cannot ask at all.
  expect(await page.evaluate(`typeof globalThis.chrome?.runtime?.sendMessage`)).toBe('undefined')

  const asContentScript = await askAsContentScript(page, chromium.origin, sendAll(questions, ''))
  expectNothingOfLocker(asContentScript)
  const ownVerbs = Object.entries(protocol).flatMap(([name, entry]) =>
    'from' in entry && entry.from === 'page' ? [] : [name],
  )
  for (const name of ownVerbs) expect(asContentScript[name], name).toMatchObject({ ok: false })

  const asOwnPage = JSON.parse(String(await second.evaluate(sendAll(questions, '')))) as Answers
  expectNothingOfLocker(asOwnPage)
  const answered = Object.values(asOwnPage).filter(
    (answer) => typeof answer === 'object' && answer?.ok === true,
  )
  expect(answered.length, 'the questions are real ones').toBeGreaterThan(2)

  // None of it has unlocked anything.
  await (await sitAt(second)).find('button', words.t('unlock.button'))
})

test('the same in Firefox: own pages while locked', async ({ words }) => {
  test.slow()
  const folder = mkdtempSync(join(tmpdir(), 'witnessmark-firefox-'))
  const [program, build] = await Promise.all([findFirefox(), builtFolder('firefox')])
  const firefox = await launchFirefox({ program, build, sites: [elsewhere], downloads: folder })
  try {
    const probe = await firefox.openOwnPage('icon/16.png')
    await probe.evaluate(`(() => { ${await bundleProbe(build)}\n})()`)
    const passphrase = 'harbour lantern seven copper orchard lines'
    expect(await probe.evaluate(callText('create', [passphrase]))).toBe('ok')
    await probe.evaluate(callText('keep', [madeUp([seeds.handle])]))
    expect(JSON.stringify(await probe.evaluate(callText('contents', [])))).toContain(seeds.handle)
    const own = await firefox.openOwnPage('locker.html')
    await own.read(words.like('items.count'))
    await probe.evaluate(callText('lock', []))

    await waitUntil('the lock screen', () => own.has(words.t('passphrase.label')))
    const shown = String(await own.evaluate(everythingIn))
    for (const word of [seeds.handle, passphrase]) expect(shown).not.toContain(word)
    const kept = await own.evaluate(`browser.storage.session.get()`)
    expect(Object.keys(kept as object)).not.toContain('k')
    const answers = (await own.evaluate(sendAll(questionsFor(1), ''))) as string
    expectNothingOfLocker(JSON.parse(answers) as Answers)
  } finally {
    await firefox.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
