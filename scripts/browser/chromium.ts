import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import puppeteer, {
  type Browser,
  type Extension,
  type Page,
  type Target,
  type WebWorker,
} from 'puppeteer-core'
import { waitUntil } from './seen'
import { type Site, serveSites, type Traffic } from './sites'

export type ChromiumOptions = {
  /** Path of the browser's program. */
  program: string
  /** Folder of the unpacked extension. */
  build: string
  sites?: readonly Site[]
  /** Profile folder to keep; a temporary one, removed at the end, when left out. */
  profile?: string
  mode?: 'headless' | 'headed'
  /** Whether the person has allowed the extension in incognito windows: `refused`, the browser's own default. */
  incognito?: 'allowed' | 'refused'
  /** BCP 47 tag of pages and browser. */
  language?: string
  timeZone?: string
  size?: { width: number; height: number }
  /** Device pixels per CSS pixel. */
  pixelRatio?: number
}

/** A running Chromium with the extension in it, and no way to the network. */
export type Chromium = {
  browser: Browser
  extension: Extension
  /** Start of the addresses of the extension's own pages. */
  origin: string
  profile: string
  traffic: Traffic
  /** A new tab at this address, answered from the sites. */
  openTab: (address: string) => Promise<Page>
  /** A new incognito window with this address in it, which needs `incognito: 'allowed'`. */
  openIncognitoWindow: (address: string) => Promise<Page>
  /** A new tab with a file of this device. Any other request of it fails. */
  openFile: (address: string) => Promise<Page>
  /** Presses the toolbar button while this tab is in front; promises the popup that opens. */
  pressToolbarButton: (page: Page) => Promise<Page>
  /** From now on, tabs that the person opens are answered from the sites, too. */
  serveNewTabs: () => Promise<void>
  /** The next tab that shows this page of the extension, for example `locker.html`. */
  waitForOwnPage: (file: string) => Promise<Page>
  /** The extension's background, started when it sleeps. */
  background: () => Promise<WebWorker>
  close: () => Promise<void>
}

function argumentsFor(options: ChromiumOptions): string[] {
  const { width, height } = options.size ?? { width: 1280, height: 900 }
  const language = options.language ?? 'en-US'
  return [
    // Root in a container has no sandbox to start.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    `--window-size=${width},${height}`,
    `--lang=${language}`,
    `--accept-lang=${language}`,
    // Nothing resolves: a page that escapes the interception still reaches no one.
    '--host-resolver-rules=MAP * ~NOTFOUND',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--hide-scrollbars',
    ...(options.pixelRatio === undefined ? [] : [`--force-device-scale-factor=${options.pixelRatio}`]),
  ]
}

function environmentFor(options: ChromiumOptions): Record<string, string | undefined> {
  return {
    ...process.env,
    TZ: options.timeZone ?? 'UTC',
    LANGUAGE: (options.language ?? 'en-US').replace('-', '_'),
  }
}

function isOwnPage(target: Target, origin: string, file: string): boolean {
  return target.url().split(/[?#]/)[0] === `${origin}/${file}`
}

/** A popup closes when it loses the focus, but not at once; the button would only close it. */
async function closePopups(browser: Browser, origin: string): Promise<void> {
  const find = () => browser.targets().find((target) => isOwnPage(target, origin, 'popup.html'))
  await waitUntil('the earlier popup to close', async () => find() === undefined, 2).catch(async () => {
    const page = await find()?.asPage()
    await page?.close()
  })
}

async function pressAndTakePopup(
  browser: Browser,
  extension: Extension,
  origin: string,
  page: Page,
): Promise<Page> {
  await page.bringToFront()
  await closePopups(browser, origin)
  const before = new Set(browser.targets())
  await page.triggerExtensionAction(extension)
  const target = await browser.waitForTarget(
    (candidate) => isOwnPage(candidate, origin, 'popup.html') && !before.has(candidate),
    { timeout: 15_000 },
  )
  const popup = await target.asPage()
  popup.setDefaultTimeout(20_000)
  return popup
}

/** Starts Chromium with the extension over the pipe, as it ships: no test-only permission. */
export async function launchChromium(options: ChromiumOptions): Promise<Chromium> {
  const isTemporary = options.profile === undefined
  const profile = options.profile ?? mkdtempSync(join(tmpdir(), 'witnessmark-profile-'))
  const browser = await puppeteer.launch({
    executablePath: options.program,
    headless: options.mode !== 'headed',
    pipe: true,
    enableExtensions: [options.build],
    ...(options.incognito === 'allowed' && { extensionsEnabledInIncognito: [options.build] }),
    userDataDir: profile,
    defaultViewport: null,
    args: argumentsFor(options),
    env: environmentFor(options),
  })
  // The pipe answers before the extension is listed.
  const extension = await waitUntil('the extension to load', async () => {
    const [first] = [...(await browser.extensions()).values()]
    return first
  })
  const origin = `chrome-extension://${extension.id}`
  const traffic: Traffic = { served: [], refused: [] }
  const sites = options.sites ?? []

  async function background(): Promise<WebWorker> {
    const target = await browser.waitForTarget(
      (candidate) => candidate.type() === 'service_worker' && candidate.url().startsWith(origin),
      { timeout: 15_000 },
    )
    const worker = await target.worker()
    if (worker === null) throw new Error('the background has no worker')
    return worker
  }

  const served = new WeakSet<Page>()
  async function serve(page: Page): Promise<void> {
    if (served.has(page)) return
    served.add(page)
    await serveSites(page, sites, traffic)
  }

  async function showIn(page: Page, address: string): Promise<Page> {
    page.setDefaultTimeout(20_000)
    await serve(page)
    await page.goto(address, { waitUntil: 'load' })
    return page
  }

  const openTab = async (address: string): Promise<Page> => showIn(await browser.newPage(), address)

  async function openIncognitoWindow(address: string): Promise<Page> {
    const before = new Set(browser.targets())
    const worker = await background()
    await worker.evaluate(`chrome.windows.create({ incognito: true, url: 'about:blank' })`)
    const target = await browser.waitForTarget(
      (candidate) => candidate.type() === 'page' && !before.has(candidate),
      { timeout: 15_000 },
    )
    return showIn(await target.asPage(), address)
  }

  return {
    browser,
    extension,
    origin,
    profile,
    traffic,
    background,
    openTab,
    openIncognitoWindow,
    openFile: openTab,
    serveNewTabs: async () => {
      browser.on('targetcreated', (target: Target) => {
        if (target.type() !== 'page' || target.url().startsWith(origin)) return
        void target.page().then((page) => page && serve(page))
      })
      for (const page of await browser.pages()) await serve(page)
    },
    pressToolbarButton: (page) => pressAndTakePopup(browser, extension, origin, page),
    waitForOwnPage: async (file) => {
      const target = await browser.waitForTarget(
        (candidate) => candidate.type() === 'page' && isOwnPage(candidate, origin, file),
        { timeout: 15_000 },
      )
      const page = await target.asPage()
      page.setDefaultTimeout(20_000)
      await page.bringToFront()
      return page
    },
    close: async () => {
      await browser.close()
      if (isTemporary) rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    },
  }
}
