import { browser } from 'wxt/browser'
import { keepAssessment } from '../locker/assessments'
import { withdrawItem } from '../locker/items'
import { lockerState, lockLocker, onLockChange, publicHalf } from '../locker/keyring'
import { readSettings } from '../locker/settings'
import type { CaptureTarget } from '../messages/protocol'
import { type Asker, answerMessages, askPage, type Handlers } from '../messages/trusted-end'
import { fail, type Outcome, succeed } from '../model/problem'
import { chooseLanguage, wordsFor } from '../words/translate'
import { capturePost } from './capture-post'
import { describeTab, documentTab, followNavigation, showTrouble, stopTab } from './document-tab'
import {
  forgetCaptures,
  forgetTab,
  issueReceipt,
  itemOfReceipt,
  noteCapture,
  readTab,
  uncountCapture,
  voidReceipt,
} from './tab-states'

/** One capture at a time: they share the window, and the browser's limit on pictures. */
let lastCapture: Promise<unknown> = Promise.resolve()
/** More presses than a person can mean; a page that was taken over could fill the disk. */
const waitingAtMost = 20
const waiting = new Map<number, number>()

function inTurn<T>(tabId: number, act: () => Promise<T>): Promise<T> {
  waiting.set(tabId, (waiting.get(tabId) ?? 0) + 1)
  const next = lastCapture.then(act).finally(() => {
    const others = (waiting.get(tabId) ?? 1) - 1
    if (others > 0) waiting.set(tabId, others)
    else waiting.delete(tabId)
  })
  lastCapture = next.catch(() => undefined)
  return next
}

async function captureFrom({ tabId, windowId }: Asker, choice: number) {
  const tab = tabId === null ? null : await readTab(tabId)
  if (tabId === null || windowId === null || !tab) return fail('refused', 'not documenting')
  if ((waiting.get(tabId) ?? 0) >= waitingAtMost) return fail('refused', 'too many at once')
  const { origin } = tab
  const kept = await inTurn(tabId, () => capturePost({ tabId, windowId, choice, origin }))
  await noteCapture(tabId, kept.ok ? null : kept.problem)
  if (!kept.ok) {
    await showTrouble(tabId)
    return kept
  }
  return succeed({ receipt: await issueReceipt(tabId, kept.value.itemId), method: kept.value.method })
}

type Types = Parameters<typeof keepAssessment>[0]['assessment']['types']

async function assess({ tabId }: Asker, receipt: string, types: Types) {
  const [itemId, half] = await Promise.all([itemOfReceipt(tabId, receipt), publicHalf()])
  if (itemId === null || !half) return fail('not-found')
  const kept = await keepAssessment({
    ...half,
    assessment: {
      itemId,
      at: new Date().toISOString(),
      types,
      severity: null,
      isImminent: null,
      grounds: [],
      isCoordinated: null,
      note: '',
    },
  })
  return kept.ok ? succeed({}) : kept
}

async function undo({ tabId }: Asker, receipt: string): Promise<Outcome<Record<string, never>>> {
  const itemId = await itemOfReceipt(tabId, receipt)
  if (itemId === null) return fail('not-found')
  const withdrawn = await withdrawItem(itemId)
  if (!withdrawn.ok) return withdrawn
  await voidReceipt(receipt)
  if (tabId !== null) await uncountCapture(tabId)
  return succeed({})
}

/** Captures without a mark; switches documenting on first where the gesture just allowed it. */
async function captureElse(tabId: number, target: CaptureTarget): Promise<Outcome<Record<string, never>>> {
  if (!(await readTab(tabId))) {
    const started = await documentTab(tabId)
    if (!started.ok) return started
  }
  return askPage(tabId, 'pressMark', { target })
}

const handlers: Handlers = {
  capturePost: ({ choice }, asker) => captureFrom(asker, choice),
  assessCapture: ({ receipt, types }, asker) => assess(asker, receipt, types),
  undoCapture: ({ receipt }, asker) => undo(asker, receipt),
  tabState: async ({ tabId }) => succeed(await describeTab(tabId)),
  documentTab: ({ tabId }) => documentTab(tabId),
  stopTab: ({ tabId }) => stopTab(tabId),
  captureElse: ({ tabId, what }) => captureElse(tabId, what),
}

async function activeTabId(): Promise<number | null> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true })
  return tab?.id ?? null
}

async function runCommand(command: string): Promise<void> {
  if (command === 'lock-locker') return lockLocker()
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

async function pressMenu(tabId: number | undefined, hasSelection: boolean): Promise<void> {
  if (tabId === undefined) return
  const wasDocumenting = (await readTab(tabId)) !== null
  const pressed = await captureElse(tabId, 'pointed')
  // Without a post under the pointer, words that are selected are what was meant.
  if (!pressed.ok && wasDocumenting && hasSelection) await captureElse(tabId, 'selection')
}

async function setIdleTime(): Promise<void> {
  const { idleMinutes } = await readSettings()
  browser.idle.setDetectionInterval(idleMinutes * 60)
}

async function forgetWhenLocked(): Promise<void> {
  if ((await lockerState()) === 'locked') await forgetCaptures()
}

/**
 * Wires every event of the background to one act each. Must run at once when the worker starts. `reportBug`
 * hears of what nobody expected.
 */
export function startBackground(reportBug: (error: unknown) => void): void {
  const run = (act: Promise<unknown>): void => void act.catch(reportBug)
  answerMessages(handlers, reportBug)
  browser.runtime.onInstalled.addListener(() => run(addMenu()))
  browser.runtime.onStartup.addListener(() => run(Promise.all([addMenu(), lockLocker()])))
  browser.contextMenus.onClicked.addListener((info, tab) =>
    run(pressMenu(tab?.id, Boolean(info.selectionText))),
  )
  browser.commands.onCommand.addListener((command) => run(runCommand(command)))
  browser.tabs.onUpdated.addListener((tabId, change) => {
    if (change.status === 'complete') run(followNavigation(tabId))
  })
  browser.tabs.onRemoved.addListener((tabId) => run(forgetTab(tabId)))
  browser.idle.onStateChanged.addListener((state) => {
    if (state !== 'active') run(lockLocker())
  })
  browser.storage.onChanged.addListener((_, area) => {
    if (area === 'local') run(Promise.all([setIdleTime(), addMenu()]))
  })
  onLockChange(() => run(forgetWhenLocked()))
  run(setIdleTime())
}
