import { signal } from '@preact/signals'
import { keepAssessment, listAssessments } from '../../utils/locker/assessments'
import { deleteCase, keepCase, listCases } from '../../utils/locker/cases'
import { wipeLocker } from '../../utils/locker/delete'
import { storedEpoch } from '../../utils/locker/epoch'
import { listItems, watchItems } from '../../utils/locker/items'
import { lockLocker, type OpenLocker, onLockChange, unlockLocker } from '../../utils/locker/keyring'
import { readLedger } from '../../utils/locker/ledger'
import { readSettings, type Settings } from '../../utils/locker/settings'
import type { WayIn } from '../../utils/locker/ways-in'
import type { Case } from '../../utils/model/case'
import type { Assessment, IncidentType, ItemSummary } from '../../utils/model/item'
import type { Filing, Tally } from '../../utils/model/ledger'
import { type Outcome, type Problem, succeed } from '../../utils/model/problem'
import { chooseLanguage, type Words, wordsFor } from '../../utils/words/translate'
import { followErased, noteErased, noteGone } from './erased'
import { later, oneAtATime } from './later'
import { type LockerView, readLocker } from './locker-view'
import { newAssessment, newCase } from './new-records'
import { withSecurityKey } from './security-key'

/** What popup and locker page share: words, whether the locker is open, and what is in it. */
export type Session = Awaited<ReturnType<typeof startSession>>

type UnlockView = { isBusy: boolean; problem: Problem | null; wrongTries: number }
type Contents = {
  isRead: boolean
  items: ItemSummary[]
  damaged: number
  cases: Case[]
  filings: Filing[]
  /** What other lockers counted. */
  others: Tally[]
}

const typingPauseMs = 300
const nothingRead: Contents = {
  isRead: false,
  items: [],
  damaged: 0,
  cases: [],
  filings: [],
  others: [],
}

function wordsOf(settings: Settings): Words {
  return wordsFor(chooseLanguage([...(settings.language ? [settings.language] : []), ...navigator.languages]))
}

/** Gives `<html>` the language and direction of the words. */
function applyWords(words: Words): void {
  document.documentElement.lang = words.language
  document.documentElement.dir = words.direction
}

function isSameLocker(one: LockerView, other: LockerView): boolean {
  if (one.kind !== 'open' || other.kind !== 'open') return false
  const { lockerId, epoch, recipient } = one.locker
  const { locker } = other
  return lockerId === locker.lockerId && epoch === locker.epoch && recipient === locker.recipient
}

/** Reads the state of everything and follows its changes. On lock the page is replaced by itself. */
export async function startSession() {
  const firstSettings = await readSettings()
  const settings = signal(firstSettings)
  const words = signal(wordsOf(firstSettings))
  const locker = signal<LockerView>(await readLocker())
  const unlock = signal<UnlockView>({ isBusy: false, problem: null, wrongTries: 0 })
  const contents = signal<Contents>(nothingRead)
  const problem = signal<Problem | null>(null)
  const now = signal(new Date())
  const cameByCode = signal(false)
  const ownEpochs = signal<ReadonlySet<number>>(new Set())
  const erased = await followErased()
  const erasing = signal<{ problem: Problem | null } | null>(null)
  let reading = 0
  let unsaved: Case | null = null
  let unlocked = Promise.resolve()

  async function refresh(): Promise<void> {
    if (locker.value.kind !== 'open') return
    reading += 1
    const mine = reading
    const open = locker.value.locker
    const [found, kept, ledger] = await Promise.all([listItems(open), listCases(open), readLedger(open)])
    if (mine !== reading) return
    const damaged = found.damaged.length + kept.damaged.length + ledger.damaged.length
    now.value = new Date()
    const cases = kept.cases.map((one) => (one.id === unsaved?.id ? unsaved : one))
    const { filings, others } = ledger
    contents.value = { isRead: true, items: found.items, damaged, cases, filings, others }
  }

  async function followLock(): Promise<void> {
    // The page that erases must live until it has.
    if (erasing.value) return
    const before = locker.value.kind
    const next = await readLocker()
    const isGone = next.kind === 'none' && before !== 'none'
    if (isGone) await noteGone()
    // A fresh page holds nothing of what was open: not in memory, not in the tree.
    if (isGone || (before === 'open' && next.kind !== 'open')) return location.replace(location.href)
    // Told of the unlock a second time: with another copy of the same key, nothing that is open would be known.
    if (isSameLocker(locker.value, next)) return await unlocked
    locker.value = next
    unlocked = refresh()
    await unlocked
  }

  /** The locker is in an epoch that this page has started. */
  async function noteOwnEpoch(): Promise<void> {
    const epoch = await storedEpoch()
    if (epoch !== null) ownEpochs.value = new Set([...ownEpochs.value, epoch])
  }

  /** The locker may have been erased by another page, or by the browser itself. */
  async function followErasure(): Promise<void> {
    const { kind } = locker.value
    const isMade = kind === 'locked' || kind === 'open' || kind === 'drop-box'
    if (isMade && (await storedEpoch()) === null) await followLock()
  }

  /** Erases everything. Afterwards this page is a new one that says so; with a problem, `erasing` has it. */
  async function eraseEverything(): Promise<void> {
    const isDropBox = locker.value.kind === 'drop-box'
    erasing.value = { problem: null }
    contents.value = nothingRead
    saveSoon.cancel()
    // Nothing that waits to be saved may be written after it.
    locker.value = { kind: 'none' }
    const outcome = await wipeLocker()
    if (!outcome.ok) {
      erasing.value = { problem: outcome.problem }
      return
    }
    const how = outcome.value.isErased ? 'overwritten' : 'removed'
    await noteErased(isDropBox ? 'drop-box' : how)
    location.replace(location.href)
  }

  /** Runs something that may fail in an expected way; the problem is shown, the value given. */
  async function attempt<T>(work: (open: OpenLocker) => Promise<Outcome<T>>): Promise<T | null> {
    if (locker.value.kind !== 'open') return null
    const outcome = await work(locker.value.locker)
    problem.value = outcome.ok ? null : outcome.problem
    return outcome.ok ? outcome.value : null
  }

  async function unlockBy(findWay: () => Promise<Outcome<WayIn>>): Promise<boolean> {
    unlock.value = { ...unlock.value, isBusy: true, problem: null }
    const way = await findWay()
    const outcome = way.ok ? await unlockLocker(way.value) : way
    const isWrong = !outcome.ok && outcome.problem.code === 'wrong-passphrase'
    const wrongTries = unlock.value.wrongTries + (isWrong ? 1 : 0)
    unlock.value = { isBusy: false, problem: outcome.ok ? null : outcome.problem, wrongTries }
    if (outcome.ok) await followLock()
    return outcome.ok
  }

  async function tryUnlock(passphrase: string): Promise<void> {
    await unlockBy(() => withSecurityKey(passphrase))
  }

  /** Unlocks with the code from the recovery sheet. */
  async function tryRecoveryCode(recoveryCode: string): Promise<void> {
    cameByCode.value = await unlockBy(async () => succeed({ recoveryCode }))
  }

  async function saveCase(value: Case): Promise<void> {
    const changed = { ...value, changedAt: new Date().toISOString() }
    const others = contents.value.cases.filter((one) => one.id !== value.id)
    contents.value = { ...contents.value, cases: [changed, ...others] }
    if (unsaved?.id === value.id) unsaved = null
    await attempt((open) => keepCase(open, changed))
  }

  const saveSoon = later(typingPauseMs, (value: Case) => void saveCase(value))

  /** Shows a change of a case at once and saves it when the typing pauses. */
  function changeCase(id: string, patch: Partial<Case>): void {
    const found = contents.value.cases.find((one) => one.id === id)
    if (!found) return
    if (unsaved && unsaved.id !== id) saveSoon.flush()
    const value = { ...found, ...patch }
    unsaved = value
    const cases = contents.value.cases.map((one) => (one.id === id ? value : one))
    contents.value = { ...contents.value, cases }
    saveSoon.call(value)
  }

  async function removeCase(id: string): Promise<void> {
    saveSoon.flush()
    await attempt((open) => deleteCase(open, id))
    await refresh()
  }

  /** Puts items into a case, or into a new one when `caseId` is null; gives that case. */
  async function addToCase(choice: {
    caseId: string | null
    title: string
    itemIds: readonly string[]
  }): Promise<Case> {
    const found = contents.value.cases.find((one) => one.id === choice.caseId)
    const base = found ?? newCase({ title: choice.title })
    const added = choice.itemIds.filter((id) => !base.itemIds.includes(id))
    const value = { ...base, itemIds: [...base.itemIds, ...added] }
    await saveCase(value)
    await refresh()
    return value
  }

  /** Adds to what is said about an item; the earlier assessment stays in the locker. */
  async function assess(itemId: string, patch: Partial<Assessment>): Promise<Assessment | null> {
    if (locker.value.kind !== 'open') return null
    const open = locker.value.locker
    const newest = (await listAssessments(open, itemId))[0] ?? null
    const assessment = newAssessment({ itemId, before: newest, patch })
    const kept = await attempt(() => keepAssessment({ assessment, before: newest, ...open }))
    await refresh()
    return kept ? assessment : newest
  }

  async function setTypes(itemIds: readonly string[], types: IncidentType[]): Promise<void> {
    for (const itemId of itemIds) await assess(itemId, { types })
  }

  function useSettings(next: Settings): void {
    settings.value = next
    words.value = wordsOf(next)
    applyWords(words.value)
  }

  applyWords(words.value)
  onLockChange(() => void followLock())
  // A sweep changes the locker many times a second.
  const follow = oneAtATime(refresh)
  watchItems(() => {
    void follow()
    void followErasure()
  })
  window.addEventListener('focus', () => void followErasure())
  window.addEventListener('pagehide', () => saveSoon.flush())
  const firstRead = follow()

  return {
    settings,
    words,
    locker,
    unlock,
    contents,
    /** Resolves when the contents were read for the first time; a full locker takes its time. */
    firstRead,
    problem,
    now,
    refresh,
    attempt,
    tryUnlock,
    tryRecoveryCode,
    /** The locker was unlocked with the recovery code: its passphrase may be forgotten. */
    cameByCode,
    ownEpochs,
    noteOwnEpoch,
    /** A locker was erased on this device since the browser started. */
    erased,
    /** The locker is being erased now; with a problem, it could not be. */
    erasing,
    eraseEverything,
    saveCase,
    changeCase,
    removeCase,
    saveNow: saveSoon.flush,
    addToCase,
    assess,
    setTypes,
    useSettings,
    followLock,
    lock: () => lockLocker(),
  }
}
