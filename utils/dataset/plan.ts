import type { Book, Entry } from './book'
import { type Decided, startCells } from './cells'
import type { DatasetChoices } from './choices'
import type { Cell } from './rows'

/** How many items came to what end; together they are all items that were found. */
type PlanCounts = {
  found: number
  outsideCases: number
  outsidePeriod: number
  excludedItems: number
  excludedActors: number
  suppressed: number
  released: number
}

/** An item that is released, and how. */
export type PlannedItem = { entry: Entry; cell: Cell; account: string | null }

/** What an export with these choices comes to, before anything is written. */
export type Plan = {
  choices: DatasetChoices
  counts: PlanCounts
  decided: Omit<Decided, 'asReleased' | 'reasonOf'>
  released: readonly PlannedItem[]
  /** Chosen or not, the items whose words must not be in the output. */
  unreleased: readonly string[]
  /** Accounts behind the released items. */
  actors: number
}

type Left = 'outsideCases' | 'outsidePeriod' | 'excludedItems' | 'excludedActors'

function startSieve(choices: DatasetChoices, canonical: Book['canonical']) {
  const cases = choices.caseIds && new Set(choices.caseIds)
  const items = new Set(choices.excludedItems)
  const accounts = new Set(choices.excludedActors.map(canonical))
  const from = choices.from === null ? null : Date.parse(choices.from)
  const to = choices.to === null ? null : Date.parse(choices.to)
  const isOutside = (entry: Entry): boolean => {
    if (from === null && to === null) return false
    if (entry.from === null || entry.to === null) return true
    return (from !== null && entry.from < from) || (to !== null && entry.to > to)
  }
  return (entry: Entry, account: string | null): Left | null => {
    if (cases && !entry.cases.split(' ').some((id) => cases.has(id))) return 'outsideCases'
    if (isOutside(entry)) return 'outsidePeriod'
    if (items.has(entry.id)) return 'excludedItems'
    return account !== null && accounts.has(account) ? 'excludedActors' : null
  }
}

function cellOfEntry(entry: Entry, unit: DatasetChoices['unit']): Cell {
  const { platform, language, region, group } = entry
  return { platform, week: unit === 'week' ? entry.week : entry.month, language, region, group }
}

/** Decides about every item. Pure and quick: nothing is opened again. */
export function makePlan(book: Book, choices: DatasetChoices): Plan {
  const sieve = startSieve(choices, book.canonical)
  const cells = startCells(choices.thresholds)
  const left = { outsideCases: 0, outsidePeriod: 0, excludedItems: 0, excludedActors: 0 }
  const chosen: PlannedItem[] = []
  const unreleased: string[] = []
  for (const entry of book.entries) {
    const account = entry.account === null ? null : book.canonical(entry.account)
    const reason = sieve(entry, account)
    if (reason !== null) {
      left[reason] += 1
      unreleased.push(entry.id)
      continue
    }
    const cell = cellOfEntry(entry, choices.unit)
    cells.add({ cell, actor: account, target: entry.target, types: entry.types })
    chosen.push({ entry, cell, account })
  }
  const { asReleased, reasonOf, ...decided } = cells.decide()
  const released: PlannedItem[] = []
  for (const item of chosen) {
    const cell = asReleased(item.cell)
    if (reasonOf(cell) === null) released.push({ ...item, cell })
    else unreleased.push(item.entry.id)
  }
  const counts = {
    found: book.entries.length,
    ...left,
    suppressed: chosen.length - released.length,
    released: released.length,
  }
  const actors = new Set(released.flatMap(({ account }) => account ?? [])).size
  return { choices, counts, decided, released, unreleased, actors }
}
