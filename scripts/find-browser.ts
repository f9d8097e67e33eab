import { existsSync, mkdirSync, realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { findProgram, firstLineOf, runCommand, runPackage, say, stopWith } from './shell'

type Browser = {
  name: string
  variable: string
  /** Lowest major version that the extension's manifest admits. */
  oldest: number
  programs: readonly string[]
  places: readonly string[]
  debianPackage: string
  download: () => Promise<string | null>
}

const chromium: Browser = {
  name: 'Chromium',
  variable: 'CHROMIUM_PATH',
  oldest: 140,
  // Branded Chrome comes last: from 137 on it refuses --load-extension, but takes extensions over the pipe.
  programs: [
    'chromium',
    'chromium-browser',
    'chrome',
    'google-chrome-for-testing',
    'google-chrome-stable',
    'google-chrome',
  ],
  places: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Chromium\\Application\\chrome.exe',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ],
  debianPackage: 'chromium',
  download: downloadWithPlaywright,
}

const firefox: Browser = {
  name: 'Firefox',
  variable: 'FIREFOX_PATH',
  oldest: 140,
  programs: ['firefox-esr', 'firefox'],
  places: [
    '/Applications/Firefox.app/Contents/MacOS/firefox',
    'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
  ],
  debianPackage: 'firefox-esr',
  download: downloadFirefox,
}

/** Packages in a snap see neither our profile folder nor the build. */
function isSnap(path: string): boolean {
  return /(^|\/)snap(\/|$)/.test(realpathSync(path))
}

/** Whether this binary starts and is new enough. On Windows `--version` opens a window, so it is not asked. */
function isUsable(path: string, browser: Browser): boolean {
  if (!existsSync(path) || isSnap(path)) return false
  if (process.platform === 'win32') return true
  const major = /(\d+)\./.exec(firstLineOf(path, ['--version']) ?? '')?.[1]
  return major !== undefined && Number(major) >= browser.oldest
}

function findInstalled(browser: Browser): string | null {
  const programs = browser.programs.map((program) => findProgram([program]))
  const paths = [...programs, ...browser.places].filter((path) => path !== null)
  return paths.find((path) => isUsable(path, browser)) ?? null
}

/** Playwright's Chromium: the one in its cache, else its download. Null when it cannot be had. */
async function downloadWithPlaywright(): Promise<string | null> {
  const { chromium: playwright } = await import('@playwright/test')
  const path = playwright.executablePath()
  if (isUsable(path, chromium)) return path
  say('Downloading Chromium …')
  await runPackage('playwright/cli.js', ['install', '--no-shell', 'chromium'], { timeoutSeconds: 300 })
  return isUsable(path, chromium) ? path : null
}

/** Mozilla's own build; Playwright's Firefox is altered and cannot press the toolbar button. */
async function downloadFirefox(): Promise<string | null> {
  const browsers = await import('@puppeteer/browsers')
  const cacheDir = join(homedir(), '.cache', 'witnessmark')
  const platform = browsers.detectBrowserPlatform()
  if (platform === undefined) return null
  try {
    say('Downloading Firefox …')
    mkdirSync(cacheDir, { recursive: true })
    const buildId = await browsers.resolveBuildId(browsers.Browser.FIREFOX, platform, 'stable')
    const { executablePath } = await browsers.install({
      browser: browsers.Browser.FIREFOX,
      buildId,
      cacheDir,
    })
    return isUsable(executablePath, firefox) ? executablePath : null
  } catch {
    return null
  }
}

async function installWithApt(browser: Browser): Promise<string | null> {
  if (process.getuid?.() !== 0 || findProgram(['apt-get']) === null) return null
  say(`Installing Debian's ${browser.debianPackage} …`)
  const environment = { DEBIAN_FRONTEND: 'noninteractive' }
  await runCommand('apt-get', ['update', '-qq'], { environment, timeoutSeconds: 300 })
  const install = ['install', '-y', '-qq', '--no-install-recommends', browser.debianPackage]
  await runCommand('apt-get', install, { environment, timeoutSeconds: 900 })
  return findInstalled(browser)
}

async function find(browser: Browser): Promise<string> {
  const named = process.env[browser.variable]
  if (named !== undefined && named !== '') {
    if (isUsable(named, browser)) return named
    throw stopWith(
      `${browser.variable} is set to ${named}, but that is no ${browser.name} ${browser.oldest} or newer that starts.`,
    )
  }
  const found = findInstalled(browser) ?? (await browser.download()) ?? (await installWithApt(browser))
  if (found !== null) return found
  throw stopWith(
    `No ${browser.name} ${browser.oldest} or newer was found, and none could be downloaded. Install one (on Debian or ` +
      `Ubuntu: sudo apt install ${browser.debianPackage}), or set ${browser.variable} to its program file, then try again.`,
  )
}

/**
 * A Chromium to drive: `CHROMIUM_PATH`, an installed one, Playwright's, Debian's package where apt and root
 * are there. Promises the path of its program; throws a sentence that says what to do when none can be had.
 */
export function findChromium(): Promise<string> {
  return find(chromium)
}

/** The same for Firefox: `FIREFOX_PATH`, an installed one, Mozilla's download, Debian's package. */
export function findFirefox(): Promise<string> {
  return find(firefox)
}
