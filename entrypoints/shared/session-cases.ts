import { deleteCase, keepCase } from '../../utils/locker/cases'
import type { OpenLocker } from '../../utils/locker/keyring'
import type { Case } from '../../utils/model/case'
import type { Outcome } from '../../utils/model/problem'
import type { ContentsView } from './contents'
import { inOrder, later } from './later'
import { newCase } from './new-records'

/** Runs something that may fail in an expected way; the problem is shown, the value given. */
export type Attempt = <T>(work: (open: OpenLocker) => Promise<Outcome<T>>) => Promise<T | null>

const typingPauseMs = 300

const changedNow = (value: Case): Case => ({ ...value, changedAt: new Date().toISOString() })

/** What is done with cases: shown at once, and written one after the other. */
export function createCases({ contents, refresh }: ContentsView, attempt: Attempt) {
  const write = inOrder()
  /** The case that was changed last; what waits to be saved is of this one. */
  let typedIn: string | null = null
  const find = (id: string | null) => contents.value.cases.find((one) => one.id === id)

  function show(cases: Case[]): void {
    contents.value = { ...contents.value, cases }
  }

  async function saveCase(value: Case): Promise<void> {
    const changed = changedNow(value)
    show([changed, ...contents.value.cases.filter((one) => one.id !== value.id)])
    await write(() => attempt((open) => keepCase(open, changed)))
  }

  const saveSoon = later(typingPauseMs, (value: Case) => void saveCase(value))

  /** Shows a change of a case at once and saves it when the typing pauses. */
  function changeCase(id: string, patch: Partial<Case>): void {
    const found = find(id)
    if (!found) return
    if (typedIn !== id) saveSoon.flush()
    typedIn = id
    const value = changedNow({ ...found, ...patch })
    show(contents.value.cases.map((one) => (one.id === id ? value : one)))
    saveSoon.call(value)
  }

  async function removeCase(id: string): Promise<void> {
    saveSoon.flush()
    await write(() => attempt((open) => deleteCase(open, id)))
    await refresh()
  }

  /** Puts items into a case, or into a new one when `caseId` is null; gives that case. */
  async function addToCase(choice: {
    caseId: string | null
    title: string
    itemIds: readonly string[]
  }): Promise<Case> {
    saveSoon.flush()
    const base = find(choice.caseId) ?? newCase({ title: choice.title })
    const added = choice.itemIds.filter((id) => !base.itemIds.includes(id))
    const value = { ...base, itemIds: [...base.itemIds, ...added] }
    await saveCase(value)
    await refresh()
    return value
  }

  return {
    saveCase,
    changeCase,
    removeCase,
    addToCase,
    saveNow: saveSoon.flush,
    /** What waits to be saved never is. */
    forget: saveSoon.cancel,
  }
}
