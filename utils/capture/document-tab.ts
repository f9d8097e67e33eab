import { browser } from 'wxt/browser'
import { readSettings } from '../locker/settings'
import type { TabState } from '../messages/states'
import { askPage } from '../messages/trusted-end'
import { fail, type Outcome, succeed } from '../model/problem'
import { platforms } from '../platforms/index'
import { chooseLanguage, type WordKey, wordsFor } from '../words/translate'
import { closeSweep, readSweep, takingBack } from './sweep-states'
import { contentScript, isRead, readFrameStates, startFrames, stopFrames } from './tab-frames'
import { type DocumentedTab, forgetTab, readRecheck, readTab, writeFrames, writeTab } from './tab-states'

/** The grant of the toolbar button can arrive just after its event (measured in Chromium 156). */
const grantPauseMs = 150

/** The words that marks need; only these go into a page. */
const isMarkWord = (key: string): boolean => /^(mark|problem)\./.test(key)

async function wordsForPage(): Promise<{ words: Record<string, string>; direction: 'ltr' | 'rtl' }> {
  const { language } = await readSettings()
  const words = wordsFor(language ?? chooseLanguage(navigator.languages))
  const picked = words.keys().filter(isMarkWord)
  const entries = picked.map((key: WordKey) => [key, words.t(key)] as const)
  return { words: { ...Object.fromEntries(entries), language: words.language }, direction: words.direction }
}

async function inject(tabId: number): Promise<boolean> {
  for (const pauseMs of [0, grantPauseMs]) {
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
    try {
      await browser.scripting.executeScript({ target: { tabId }, files: [contentScript] })
      return true
    } catch {
      // Refused: no grant yet, or none for this page.
    }
  }
  return false
}

async function showIcon(tabId: number, look: 'off' | 'on' | 'trouble'): Promise<void> {
  const prefix = look === 'off' ? '' : `${look}-`
  const path = Object.fromEntries([16, 32, 48].map((size) => [size, `/icon/${prefix}${size}.png`]))
  await browser.action.setIcon({ tabId, path }).catch(() => undefined)
}

function isWebPage(address: string | undefined): address is string {
  return address !== undefined && /^https?:/.test(address)
}

/**
 * The access to ask for so that a platform's pages get their marks by themselves. `host` is the page's own: software
 * that runs on any host is asked for there alone. Empty for a platform that is not known.
 */
function originsOf(platformId: string | null, host: string | null): string[] {
  const platform = platforms.find(({ id }) => id === platformId)
  if (!platform || host === null) return []
  const hosts = platform.hosts.length > 0 ? platform.hosts : [host]
  return hosts.map((one) => `https://${one}/*`)
}

async function describeSweep(tabId: number): Promise<TabState['sweep']> {
  const sweep = await readSweep(tabId)
  if (!sweep) return null
  const { isOn, ids, takenBack, isForgotten } = sweep
  return {
    isOn,
    saved: ids.length,
    takenBack,
    isTakingBack: takingBack.has(tabId),
    canUndo: !isForgotten,
  }
}

/** What the popup shows of a tab. */
export async function describeTab(tabId: number): Promise<TabState> {
  const [tab, documented, recheck, sweep] = await Promise.all([
    browser.tabs.get(tabId).catch(() => null),
    readTab(tabId),
    readRecheck(tabId),
    describeSweep(tabId),
  ])
  const frames = documented?.frames ?? []
  const [page, within] = await Promise.all([
    documented ? askPage(tabId, 'pageState', {}) : null,
    readFrameStates(tabId),
  ])
  const state = page?.ok ? page.value : documented
  const isBroken = state?.isBroken ?? false
  const isReadWithin = state?.hasPosts === false && within.some(isRead)
  const address = tab?.url
  const isReadable = isWebPage(address)
  const host = isReadable ? new URL(address).host : documented ? new URL(documented.origin).host : null
  return {
    isReadable,
    isDocumenting: documented !== null,
    host,
    platformName: state?.platformName ?? null,
    // What frames within the page say is hearsay counts for the whole.
    isConfirmed: (state?.isConfirmed ?? true) && within.every(({ isConfirmed }) => isConfirmed),
    isBroken: isBroken && !isReadWithin,
    isReadInFrameOnly: isBroken && isReadWithin,
    savedHere: documented?.savedHere ?? 0,
    lastProblem: documented?.lastProblem ?? null,
    hasProfile: state?.hasProfile ?? false,
    hasReadFrame: frames.length > 0,
    hasClosedFrame: state?.hasClosedFrame ?? false,
    alwaysOnOrigins: originsOf(state?.platformId ?? null, host),
    sweep,
    recheck: recheck && { outcome: recheck.outcome },
  }
}

async function startInPage(tabId: number, before: DocumentedTab | null): Promise<Outcome<DocumentedTab>> {
  const tab = await browser.tabs.get(tabId)
  if (!isWebPage(tab.url)) return fail('page-not-readable')
  if (!(await inject(tabId))) return fail(before ? 'page-access-ended' : 'page-not-readable')
  const question = await wordsForPage()
  const started = await askPage(tabId, 'startDocumenting', question)
  if (!started.ok) return started
  const { origin } = new URL(tab.url)
  const savedHere = before?.origin === origin ? before.savedHere : 0
  const frames = await startFrames(tabId, started.value.platformId, question)
  return succeed({ ...started.value, origin, frames, savedHere, lastProblem: null })
}

/** A frame of a documented page has loaded: begins to document it as well. */
export async function followFrames(tabId: number | null): Promise<Outcome<Record<string, never>>> {
  const tab = tabId === null ? null : await readTab(tabId)
  if (tabId === null || !tab) return fail('refused', 'not documenting')
  const question = await wordsForPage()
  await writeFrames(tabId, await startFrames(tabId, tab.platformId, question))
  return succeed({})
}

/** Switches documenting on in a tab, by the grant that the person's gesture gave. */
export async function documentTab(tabId: number): Promise<Outcome<TabState>> {
  const started = await startInPage(tabId, await readTab(tabId))
  if (!started.ok) return started
  await writeTab(tabId, started.value)
  await showIcon(tabId, 'on')
  return succeed(await describeTab(tabId))
}

/** Switches documenting off and removes every mark. */
export async function stopTab(tabId: number): Promise<Outcome<TabState>> {
  if ((await readSweep(tabId))?.isOn) await askPage(tabId, 'finishSweep', {})
  await closeSweep(tabId)
  await stopFrames(tabId)
  await askPage(tabId, 'stopDocumenting', {})
  await forgetTab(tabId)
  await showIcon(tabId, 'off')
  return succeed(await describeTab(tabId))
}

async function startAgain(tabId: number, before: DocumentedTab): Promise<Outcome<DocumentedTab>> {
  const { url } = await browser.tabs.get(tabId)
  // The button may have been pressed on another origin for another reason: there nobody asked for marks.
  if (!isWebPage(url) || new URL(url).origin !== before.origin) return fail('page-access-ended')
  return startInPage(tabId, before)
}

/**
 * Goes on after a navigation of a documented tab: the grant lasts on the same origin. On another origin the
 * mode ends, and the popup says so.
 */
export async function followNavigation(tabId: number): Promise<void> {
  const before = await readTab(tabId)
  if (!before) return
  const started = await startAgain(tabId, before)
  // Switched off meanwhile, then it stays off; or begun anew on a site that is always on.
  const now = await readTab(tabId)
  if (now === null || (!started.ok && now.origin !== before.origin)) return
  if (started.ok) {
    await writeTab(tabId, started.value)
    await showIcon(tabId, 'on')
    return
  }
  await closeSweep(tabId)
  await forgetTab(tabId)
  await showIcon(tabId, 'off')
}

/** Shows on the icon that something went wrong; the popup says what. */
export function showTrouble(tabId: number): Promise<void> {
  return showIcon(tabId, 'trouble')
}
