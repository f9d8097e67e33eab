import { signal } from '@preact/signals'
import { keepAssessment, listAssessments } from '../../utils/locker/assessments'
import { storedEpoch } from '../../utils/locker/epoch'
import { watchItems } from '../../utils/locker/items'
import { lockLocker, type OpenLocker, onLockChange } from '../../utils/locker/keyring'
import { readSettings, type Settings } from '../../utils/locker/settings'
import type { Assessment, IncidentType } from '../../utils/model/item'
import type { Outcome, Problem } from '../../utils/model/problem'
import { chooseLanguage, type Words, wordsFor } from '../../utils/words/translate'
import { createContents } from './contents'
import { createErasing } from './erase'
import { followErased } from './erased'
import { followLock, isErasedElsewhere } from './follow-lock'
import { inOrder, oneAtATime } from './later'
import { type LockerView, readLocker } from './locker-view'
import { newAssessment } from './new-records'
import { type Attempt, createCases } from './session-cases'
import { createUnlocking } from './unlocking'

/** What popup and locker page share: words, whether the locker is open, and what is in it. */
export type Session = Awaited<ReturnType<typeof startSession>>

function wordsOf(settings: Settings): Words {
  return wordsFor(chooseLanguage([...(settings.language ? [settings.language] : []), ...navigator.languages]))
}

/** Gives `<html>` the language and direction of the words. */
function applyWords(words: Words): void {
  document.documentElement.lang = words.language
  document.documentElement.dir = words.direction
}

/** The settings, and the words that they choose. */
async function startWords() {
  const first = await readSettings()
  const settings = signal(first)
  const words = signal(wordsOf(first))

  function useSettings(next: Settings): void {
    settings.value = next
    words.value = wordsOf(next)
    applyWords(words.value)
  }

  applyWords(words.value)
  return { settings, words, useSettings }
}

/** The epochs of the locker that this page has started itself. */
function createOwnEpochs() {
  const ownEpochs = signal<ReadonlySet<number>>(new Set())

  /** The locker is in an epoch that this page has started. */
  async function noteOwnEpoch(): Promise<void> {
    const epoch = await storedEpoch()
    if (epoch !== null) ownEpochs.value = new Set([...ownEpochs.value, epoch])
  }

  return { ownEpochs, noteOwnEpoch }
}

/** What is said about items. One after the other: each is said on top of the newest. */
function createAssessing(openNow: () => OpenLocker | null, attempt: Attempt, refresh: () => Promise<void>) {
  const write = inOrder()

  async function add(itemId: string, patch: Partial<Assessment>): Promise<Assessment | null> {
    const open = openNow()
    if (open === null) return null
    const newest = (await listAssessments(open, itemId))[0] ?? null
    const assessment = newAssessment({ itemId, before: newest, patch })
    const kept = await attempt(() => keepAssessment({ assessment, before: newest, ...open }))
    return kept ? assessment : newest
  }

  /** Adds to what is said about an item; the earlier assessment stays in the locker. */
  async function assess(itemId: string, patch: Partial<Assessment>): Promise<Assessment | null> {
    const said = await write(() => add(itemId, patch))
    await refresh()
    return said
  }

  async function setTypes(itemIds: readonly string[], types: IncidentType[]): Promise<void> {
    for (const itemId of itemIds) await assess(itemId, { types })
  }

  return { assess, setTypes }
}

/** Reads the state of everything and follows its changes. On lock the page is replaced by itself. */
export async function startSession() {
  const { settings, words, useSettings } = await startWords()
  const erased = await followErased()
  const locker = signal<LockerView>(await readLocker())
  const problem = signal<Problem | null>(null)
  const openNow = () => (locker.value.kind === 'open' ? locker.value.locker : null)

  /** Runs something that may fail in an expected way; the problem is shown, the value given. */
  async function attempt<T>(work: (open: OpenLocker) => Promise<Outcome<T>>): Promise<T | null> {
    const open = openNow()
    if (open === null) return null
    const outcome = await work(open)
    problem.value = outcome.ok ? null : outcome.problem
    return outcome.ok ? outcome.value : null
  }

  const own = createContents(openNow)
  const cases = createCases(own, attempt)
  const { erasing, eraseEverything } = createErasing(locker, () => {
    own.forget()
    cases.forget()
  })
  const follow = followLock({
    locker,
    read: readLocker,
    isErasing: () => erasing.value !== null,
    readContents: own.refresh,
    replacePage: () => location.replace(location.href),
  })

  async function followErasure(): Promise<void> {
    if (await isErasedElsewhere(locker.value)) await follow()
  }

  onLockChange(() => void follow())
  // A sweep changes the locker many times a second.
  const refreshSoon = oneAtATime(own.refresh)
  watchItems(() => {
    void refreshSoon()
    void followErasure()
  })
  window.addEventListener('focus', () => void followErasure())
  window.addEventListener('pagehide', () => cases.saveNow())

  return {
    settings,
    words,
    useSettings,
    locker,
    problem,
    attempt,
    contents: own.contents,
    now: own.now,
    refresh: own.refresh,
    /** Resolves when the contents were read for the first time; a full locker takes its time. */
    firstRead: refreshSoon(),
    ...createUnlocking(follow),
    ...createOwnEpochs(),
    ...createAssessing(openNow, attempt, own.refresh),
    saveCase: cases.saveCase,
    changeCase: cases.changeCase,
    removeCase: cases.removeCase,
    addToCase: cases.addToCase,
    saveNow: cases.saveNow,
    /** A locker was erased on this device since the browser started. */
    erased,
    /** The locker is being erased now; with a problem, it could not be. */
    erasing,
    eraseEverything,
    followLock: follow,
    lock: () => lockLocker(),
  }
}
