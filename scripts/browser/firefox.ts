import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import { type Answer, type FirefoxScreen, findOverlay, type Send, screenAt } from './firefox-screen'
import { waitUntil } from './seen'
import { type Site, serveSites, type Traffic } from './sites'

export type FirefoxOptions = {
  program: string
  build: string
  sites: readonly Site[]
  downloads: string
  /** What the browser answers when the extension asks for lasting access: itself, or at once with yes. */
  siteAccess?: 'asked' | 'given'
  /** Whether the person has allowed the extension in private windows: `refused`, the browser's own default. */
  privateWindows?: 'allowed' | 'refused'
  /** Profile folder to keep; a temporary one, removed at the end, when left out. */
  profile?: string
}

/** A running Firefox with the extension in it. */
export type Firefox = {
  openTab: (address: string) => Promise<Page>
  /** A new private window at this address. It is in front, so that `openPopup` opens over it. */
  openPrivateWindow: (address: string) => Promise<Page>
  /** Presses the toolbar button over the tab in front and sits down at the popup that opens. */
  openPopup: () => Promise<FirefoxScreen>
  /** The tab of the extension with this page, once it is there. */
  waitForOwnPage: (file: string) => Promise<FirefoxScreen>
  /** What the extension drew into the page at this address, in its closed shadow root; once it is there. */
  waitForOverlay: (address: string) => Promise<FirefoxScreen>
  /** A new tab with a file of the extension, which the automation cannot go to by itself. */
  openOwnPage: (file: string) => Promise<FirefoxScreen>
  /** Of the browser's main process. */
  pid: number
  /** The newest finished download. */
  waitForDownload: () => Promise<Uint8Array>
  close: () => Promise<void>
}

/** Runs in the browser's own window: presses the button and makes the popup known to the automation. */
function pressInWindow(extensionId: string): string {
  return `(async () => {
    const { ExtensionParent } = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs')
    const { NavigableManager } = ChromeUtils.importESModule('chrome://remote/content/shared/NavigableManager.sys.mjs')
    const { extension } = WebExtensionPolicy.getByID(${JSON.stringify(extensionId)})
    // A press while it is open would close it.
    const open = () => document.querySelector('panel .webextension-popup-browser')
    open()?.closest('panel').hidePopup()
    for (let tries = 0; open() && tries < 40; tries++) await new Promise((resolve) => setTimeout(resolve, 50))
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

/** The window in front: the one that was used last. */
async function windowContext(send: Send): Promise<string> {
  const { result } = await send('browsingContext.getTree', { 'moz:scope': 'chrome' })
  const { contexts } = result as { contexts: { url: string; context: string }[] }
  for (const { url, context } of contexts) {
    if (!url.includes('browser.xhtml')) continue
    const { result: answer } = await send('script.evaluate', {
      target: { context },
      awaitPromise: false,
      expression: "Services.wm.getMostRecentWindow('navigator:browser') === window",
    })
    if ((answer as Answer).result?.value === true) return context
  }
  throw new Error('Firefox shows no window')
}

/** Runs in the browser's own window: opens a private one. */
const openPrivate = `void OpenBrowserWindow({ private: true })`

/**
 * Runs in the browser's own window: whether it is a private one that shows its own first page. Before, going to an
 * address may be lost to that page's load, and is then never answered.
 */
const isPrivateAndReady = `PrivateBrowsingUtils.isWindowPrivate(window) && gBrowserInit.delayedStartupFinished &&
  gBrowser.currentURI.spec === 'about:privatebrowsing' && !gBrowser.webProgress.isLoadingDocument`

/** As puppeteer's `installExtension`, which cannot say that private windows are allowed. */
async function install(send: Send, { build, privateWindows }: FirefoxOptions): Promise<string> {
  const { result } = await send('webExtension.install', {
    extensionData: { type: 'path', path: build },
    'moz:allowPrivateBrowsing': privateWindows === 'allowed',
  })
  return (result as { extension: string }).extension
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
    // What the browser never answers says its name before the test that waits for it runs out of time.
    protocolTimeout: 45_000,
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
  const extensionId = await install(send, options)
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
    return screenAt(send, { context, shadowRoot: null })
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
    openPrivateWindow: async (address) => {
      const before = new Set(await browser.pages())
      await inWindow(openPrivate)
      await waitUntil('a private window of Firefox to be ready', () => inWindow(isPrivateAndReady))
      const page = await waitUntil('a private window in Firefox', async () =>
        (await browser.pages()).find((one) => !before.has(one)),
      )
      await serveSites(page, options.sites, traffic)
      await page.goto(address)
      return page
    },
    openPopup: async () => {
      const id = await inWindow(pressInWindow(extensionId))
      if (typeof id !== 'string' || id === '') throw new Error('the popup did not open in Firefox')
      return screenAt(send, { context: id, shadowRoot: null })
    },
    waitForOwnPage: (file) => screenOf(file, (url) => url.startsWith('moz-extension:') && url.includes(file)),
    waitForOverlay: async (address) => {
      const place = await waitUntil(`our drawing on ${address}`, () => findOverlay(send, address))
      return screenAt(send, place)
    },
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
