import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import { waitUntil } from './seen'
import { type Site, serveSites, type Traffic } from './sites'

export type FirefoxOptions = {
  program: string
  build: string
  sites: readonly Site[]
  downloads: string
  /** What the browser answers when the extension asks for lasting access: itself, or at once with yes. */
  siteAccess?: 'asked' | 'given'
  /** Profile folder to keep; a temporary one, removed at the end, when left out. */
  profile?: string
}

/** A running Firefox with the extension in it. */
export type Firefox = {
  openTab: (address: string) => Promise<Page>
  /** Presses the toolbar button over the tab in front and sits down at the popup that opens. */
  openPopup: () => Promise<FirefoxScreen>
  /** The tab of the extension with this page, once it is there. */
  waitForOwnPage: (file: string) => Promise<FirefoxScreen>
  /** A new tab with a file of the extension, which the automation cannot go to by itself. */
  openOwnPage: (file: string) => Promise<FirefoxScreen>
  /** Of the browser's main process. */
  pid: number
  /** The newest finished download. */
  waitForDownload: () => Promise<Uint8Array>
  close: () => Promise<void>
}

/** A page of the extension in Firefox. Things are found by name; presses are the mouse's, so they are trusted. */
export type FirefoxScreen = {
  has: (name: Name) => Promise<boolean>
  press: (name: Name) => Promise<void>
  fill: (label: string, text: string) => Promise<void>
  read: (shape: RegExp) => Promise<string>
  /** Evaluates this in the page and promises what it gives, awaited, as JSON takes it. Throws what it throws. */
  evaluate: (expression: string) => Promise<unknown>
}

type Name = string | RegExp
type Answer = { result?: { type?: string; value?: unknown }; exceptionDetails?: { text?: string } }
type Send = (method: string, params: object) => Promise<{ result: unknown }>

/** Runs in the extension's page: the middle of the first thing of this name, or null. */
const findInPage = `(text, pattern) => {
  const nameOf = (element) => {
    const label = element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent ?? ''
    return label.trim()
  }
  const candidates = document.querySelectorAll('button, input, textarea, select, summary, a[href]')
  const found = [...candidates].find((element) => (pattern ? new RegExp(pattern, 's').test(nameOf(element)) : nameOf(element) === text) && element.getAttribute('aria-disabled') !== 'true' && !element.disabled)
  if (!found) return null
  found.scrollIntoView({ block: 'center', behavior: 'instant' })
  const box = found.getBoundingClientRect()
  return [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)]
}`

function screenAt(send: Send, context: string): FirefoxScreen {
  async function evaluate(expression: string): Promise<unknown> {
    const { result } = await send('script.evaluate', {
      target: { context },
      awaitPromise: true,
      expression: `JSON.stringify(${expression} ?? null)`,
    })
    const { value } = (result as Answer).result ?? {}
    return typeof value === 'string' ? JSON.parse(value) : null
  }
  const placeOf = (name: Name): Promise<unknown> => {
    const [text, pattern] = typeof name === 'string' ? [name, null] : ['', name.source]
    return evaluate(`(${findInPage})(${JSON.stringify(text)}, ${JSON.stringify(pattern)})`)
  }

  async function press(name: Name): Promise<void> {
    const [x, y] = await waitUntil(`"${name}" in Firefox`, async () => {
      const place = await placeOf(name)
      return Array.isArray(place) ? (place as [number, number]) : null
    })
    const actions = [
      { type: 'pointerMove', x, y },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ]
    await send('input.performActions', { context, actions: [{ type: 'pointer', id: 'mouse', actions }] })
  }

  async function evaluateAwaited(expression: string): Promise<unknown> {
    const { result } = await send('script.evaluate', {
      target: { context },
      awaitPromise: true,
      expression: `(async () => JSON.stringify((await (${expression})) ?? null))()`,
    })
    const { result: value, exceptionDetails } = result as Answer
    if (exceptionDetails !== undefined) throw new Error(exceptionDetails.text ?? 'an error in the page')
    return typeof value?.value === 'string' ? JSON.parse(value.value) : null
  }

  return {
    evaluate: evaluateAwaited,
    has: async (name) => (await placeOf(name)) !== null,
    press,
    fill: async (label, text) => {
      await press(label)
      const actions = [...text].flatMap((value) => [
        { type: 'keyDown', value },
        { type: 'keyUp', value },
      ])
      await send('input.performActions', { context, actions: [{ type: 'key', id: 'keys', actions }] })
    },
    read: (shape) =>
      waitUntil(`words like ${shape} in Firefox`, async () => {
        const texts = await evaluate(
          `[...document.querySelectorAll('p, li, h1, h2')].map((one) => one.textContent.trim())`,
        )
        return Array.isArray(texts) ? (texts as string[]).find((text) => shape.test(text)) : null
      }),
  }
}

/** Runs in the browser's own window: presses the button and makes the popup known to the automation. */
function pressInWindow(extensionId: string): string {
  return `(async () => {
    const { ExtensionParent } = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs')
    const { NavigableManager } = ChromeUtils.importESModule('chrome://remote/content/shared/NavigableManager.sys.mjs')
    const { extension } = WebExtensionPolicy.getByID(${JSON.stringify(extensionId)})
    ExtensionParent.apiManager.global.browserActionFor(extension).triggerAction(window)
    for (let tries = 0; tries < 200; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 50))
      const popup = document.querySelector('.webextension-popup-browser')
      if (!popup?.currentURI?.spec.includes('popup.html')) continue
      // The popup is loaded in one browser element and then shown in another: look for it at each call.
      const key = {}
      const current = () => {
        const shown = [...document.querySelectorAll('.webextension-popup-browser')].at(-1)
        if (shown) shown.permanentKey = key
        return shown
      }
      const id = NavigableManager.getIdForBrowser(current())
      const byId = NavigableManager.getBrowserById.bind(NavigableManager)
      NavigableManager.getBrowserById = (wanted) => (wanted === id ? current() : byId(wanted))
      return id
    }
    return ''
  })()`
}

async function windowContext(send: Send): Promise<string> {
  const { result } = await send('browsingContext.getTree', { 'moz:scope': 'chrome' })
  const { contexts } = result as { contexts: { url: string; context: string }[] }
  const found = contexts.find(({ url }) => url.includes('browser.xhtml'))
  if (found === undefined) throw new Error('Firefox shows no window')
  return found.context
}

/** Runs in the browser's own window: opens a file of the extension in a new tab and says its address. */
function openInWindow(extensionId: string, file: string): string {
  return `(() => {
    const address = WebExtensionPolicy.getByID(${JSON.stringify(extensionId)}).getURL(${JSON.stringify(file)})
    const triggeringPrincipal = Services.scriptSecurityManager.getSystemPrincipal()
    gBrowser.selectedTab = gBrowser.addTab(address, { triggeringPrincipal })
    return address
  })()`
}

/** A kept profile has the extension under the same address each time, with what it stored. */
function keptPreferences(profile: string | undefined): Record<string, unknown> {
  if (profile === undefined) return {}
  const uuids = { 'witnessmark@witnessmark.example': '6d1c1a52-8a4b-4f0e-9a3c-52b7e1f0c9d4' }
  return {
    'extensions.webextensions.uuids': JSON.stringify(uuids),
    'extensions.webextensions.keepUuidOnUninstall': true,
    'extensions.webextensions.keepStorageOnUninstall': true,
    'toolkit.startup.max_resumed_crashes': -1,
    'browser.sessionstore.resume_from_crash': false,
  }
}

async function launch({
  program,
  downloads,
  profile,
  siteAccess = 'asked',
}: FirefoxOptions): Promise<Browser> {
  mkdirSync(downloads, { recursive: true })
  return puppeteer.launch({
    browser: 'firefox',
    executablePath: program,
    headless: true,
    defaultViewport: null,
    ...(profile !== undefined && { userDataDir: profile }),
    args: ['--remote-allow-system-access', '--width=1280', '--height=900'],
    env: { ...process.env, TZ: 'UTC', LANGUAGE: 'en_US' },
    extraPrefsFirefox: {
      'intl.accept_languages': 'en-US',
      'browser.download.folderList': 2,
      'browser.download.dir': downloads,
      'browser.download.useDownloadDir': true,
      'browser.download.always_ask_before_handling_new_types': false,
      'network.dns.disabled': true,
      ...keptPreferences(profile),
      'extensions.webextOptionalPermissionPrompts': siteAccess === 'asked',
    },
  })
}

/** Starts Firefox with the extension as it ships, over WebDriver BiDi. */
export async function launchFirefox(options: FirefoxOptions): Promise<Firefox> {
  const browser = await launch(options)
  const { connection } = browser as unknown as { connection: { send: Send } }
  const send: Send = (method, params) => connection.send(method, params)
  const extensionId = await browser.installExtension(options.build)
  const traffic: Traffic = { served: [], refused: [] }

  async function inWindow(expression: string): Promise<unknown> {
    const { result } = await send('script.evaluate', {
      target: { context: await windowContext(send) },
      awaitPromise: true,
      expression,
    })
    return (result as Answer).result?.value
  }

  async function screenOf(what: string, isIt: (url: string) => boolean): Promise<FirefoxScreen> {
    const context = await waitUntil(`${what} in Firefox`, async () => {
      const { result } = await send('browsingContext.getTree', {})
      const { contexts } = result as { contexts: { url: string; context: string }[] }
      return contexts.findLast(({ url }) => isIt(url))?.context
    })
    return screenAt(send, context)
  }

  const pid = browser.process()?.pid
  if (pid === undefined) throw new Error('Firefox has no process')

  return {
    pid,
    openOwnPage: async (file) => {
      const address = await inWindow(openInWindow(extensionId, file))
      return screenOf(file, (url) => url === address)
    },
    openTab: async (address) => {
      const page = await browser.newPage()
      await serveSites(page, options.sites, traffic)
      await page.goto(address)
      return page
    },
    openPopup: async () => {
      const id = await inWindow(pressInWindow(extensionId))
      if (typeof id !== 'string' || id === '') throw new Error('the popup did not open in Firefox')
      return screenAt(send, id)
    },
    waitForOwnPage: (file) => screenOf(file, (url) => url.startsWith('moz-extension:') && url.includes(file)),
    waitForDownload: () =>
      waitUntil('the download in Firefox', async () => {
        const names = readdirSync(options.downloads)
        const name = names.find((one) => /\.(zip|age)$/.test(one))
        if (name === undefined || names.some((one) => one.endsWith('.part'))) return null
        const bytes = readFileSync(join(options.downloads, name))
        return bytes.length > 0 ? new Uint8Array(bytes) : null
      }),
    close: () => browser.close(),
  }
}
