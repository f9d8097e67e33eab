import { browser } from 'wxt/browser'
import { lockerState, lockLocker, onLockChange } from '../locker/keyring'
import { readSettings } from '../locker/settings'
import { answerMessages, type Handlers } from '../messages/trusted-end'
import { succeed } from '../model/problem'
import { chooseLanguage, wordsFor } from '../words/translate'
import { registerAlwaysOn, startWhereAlwaysOn } from './always-on'
import { describeTab, documentTab, followFrames, followNavigation, stopTab } from './document-tab'
import { forgetSweep, forgetSweptItems } from './sweep-states'
import {
  assess,
  captureElse,
  captureFrom,
  openGroupFrom,
  openRecheck,
  runRecheck,
  undo,
} from './tab-captures'
import { forgetCaptures, forgetTab, readTab, writeRecheck } from './tab-states'
import { endSweepOf, keepSwept, startSweep, stopSweep, undoSweep } from './tab-sweeps'

const handlers: Handlers = {
  announcePage: async (_, asker) => {
    // A new page: the sweep was of the one before.
    await endSweepOf(asker.tabId)
    return startWhereAlwaysOn(asker)
  },
  frameLoaded: (_, asker) => followFrames(asker.tabId),
  keepSwept: (question, asker) => keepSwept(asker, question),
  sweepEnded: (_, asker) => endSweepOf(asker.tabId),
  startSweep: ({ tabId }) => startSweep(tabId),
  stopSweep: ({ tabId }) => stopSweep(tabId),
  undoSweep: ({ tabId }) => undoSweep(tabId),
  openGroup: (_, asker) => openGroupFrom(asker),
  capturePost: (question, asker) => captureFrom(asker, question),
  assessCapture: (question, asker) => assess(asker, question),
  undoCapture: ({ receipt }, asker) => undo(asker, receipt),
  tabState: async ({ tabId }) => succeed(await describeTab(tabId)),
  documentTab: ({ tabId }) => documentTab(tabId),
  stopTab: ({ tabId }) => stopTab(tabId),
  captureElse: ({ tabId, what }) => captureElse(tabId, what),
  openRecheck: (question) => openRecheck(question),
  runRecheck: ({ tabId }) => runRecheck(tabId),
}

async function activeTabId(): Promise<number | null> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true })
  return tab?.id ?? null
}

async function runCommand(command: string): Promise<void> {
  if (command === 'lock-locker') return lock()
  const tabId = await activeTabId()
  if (tabId === null) return
  if (command === 'document-post') await captureElse(tabId, 'focused')
  if (command === 'document-page') await ((await readTab(tabId)) ? stopTab(tabId) : documentTab(tabId))
}

/** Within pages only, never on the browser's own surfaces. */
const contexts = ['page', 'selection', 'link', 'image', 'video', 'audio'] as const

async function addMenu(): Promise<void> {
  const { language } = await readSettings()
  const words = wordsFor(language ?? chooseLanguage(navigator.languages))
  await browser.contextMenus.removeAll()
  browser.contextMenus.create({
    id: 'document-post',
    title: words.t('menu.documentPost'),
    contexts: [...contexts],
  })
}

/** What the browser says of a press in its menu. */
type Press = { selectionText?: string | undefined; frameId?: number | undefined }

async function pressMenu(tabId: number | undefined, { selectionText, frameId = 0 }: Press): Promise<void> {
  if (tabId === undefined) return
  const wasDocumenting = (await readTab(tabId)) !== null
  const pressed = await captureElse(tabId, 'pointed', frameId)
  // Without a post under the pointer, words that are selected are what was meant.
  if (!pressed.ok && wasDocumenting && selectionText) await captureElse(tabId, 'selection', frameId)
}

async function setIdleTime(): Promise<void> {
  const { idleMinutes } = await readSettings()
  browser.idle.setDetectionInterval(idleMinutes * 60)
}

/** Some systems keep the browser running, and its memory, without any window. */
async function lockWithoutWindow(): Promise<void> {
  if ((await browser.windows.getAll()).length === 0) await lock()
}

async function forgetWhenLocked(): Promise<void> {
  const state = await lockerState()
  if (state === 'locked' || state === 'drop-box') await Promise.all([forgetCaptures(), forgetSweptItems()])
}

/** A drop-box has no key to forget, so nothing tells of its lock: what can be undone is forgotten all the same. */
async function lock(): Promise<void> {
  await lockLocker()
  await forgetWhenLocked()
}

/**
 * Wires every event of the background to one act each. Must run at once when the worker starts. `reportBug`
 * hears of what nobody expected.
 */
export function startBackground(reportBug: (error: unknown) => void): void {
  const run = (act: Promise<unknown>): void => void act.catch(reportBug)
  answerMessages(handlers, reportBug)
  browser.runtime.onInstalled.addListener(() => run(Promise.all([addMenu(), registerAlwaysOn()])))
  browser.runtime.onStartup.addListener(() => run(Promise.all([addMenu(), lockLocker()])))
  browser.contextMenus.onClicked.addListener((info, tab) => run(pressMenu(tab?.id, info)))
  browser.commands.onCommand.addListener((command) => run(runCommand(command)))
  browser.tabs.onUpdated.addListener((tabId, change) => {
    if (change.status === 'complete') run(followNavigation(tabId))
  })
  browser.tabs.onRemoved.addListener((tabId) =>
    run(Promise.all([forgetTab(tabId), forgetSweep(tabId), writeRecheck(tabId, null)])),
  )
  browser.permissions.onAdded.addListener(() => run(registerAlwaysOn()))
  browser.permissions.onRemoved.addListener(() => run(registerAlwaysOn()))
  browser.idle.onStateChanged.addListener((state) => {
    if (state !== 'active') run(lock())
  })
  browser.windows.onRemoved.addListener(() => run(lockWithoutWindow()))
  browser.storage.onChanged.addListener((_, area) => {
    if (area === 'local') run(Promise.all([setIdleTime(), addMenu()]))
  })
  onLockChange(() => run(forgetWhenLocked()))
  run(setIdleTime())
}
