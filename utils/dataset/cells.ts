import type { Thresholds } from './choices'
import type { Cell } from './rows'

/** Why a cell is withheld; the first that holds, in this order. */
const suppressionReasons = ['actors', 'targets', 'types'] as const
type SuppressionReason = (typeof suppressionReasons)[number]

/** What a cell is judged by. A row without an account, person or type adds none. */
export type Member = { cell: Cell; actor: string | null; target: string | null; types: string | null }

/** How many rows and what sizes a cell has. */
type CellFacts = { rows: number; actors: number; targets: number; types: number }

type Held = { cell: Cell; rows: number; actors: Set<string>; targets: Set<string>; types: Set<string> }

/** What was decided for every cell. */
export type Decided = {
  /** The cell as it is written: a language that too few accounts share is `other`. */
  asReleased: (cell: Cell) => Cell
  /** Null when the rows of the cell are released. */
  reasonOf: (cell: Cell) => SuppressionReason | null
  /** Rows and cells withheld, by reason. */
  suppressed: Record<SuppressionReason, { rows: number; cells: number }>
  released: { rows: number; cells: number }
  /** The smallest number of accounts in a released cell; null when none is released. */
  smallestCell: number | null
  /** The rows of cells that have a language merged into `other`. */
  mergedLanguages: number
}

const keyOf = ({ platform, week, language, region, group }: Cell): string =>
  JSON.stringify([platform, week, language, region, group])

function factsOf(held: Held): CellFacts {
  return {
    rows: held.rows,
    actors: held.actors.size,
    targets: held.targets.size,
    types: held.types.size,
  }
}

/** Why a cell of this size is withheld; null when it may be released. */
function judgeCell(facts: CellFacts, least: Thresholds): SuppressionReason | null {
  if (facts.actors < least.actors) return 'actors'
  if (facts.targets < least.targets) return 'targets'
  return facts.types < least.types ? 'types' : null
}

function addTo(cells: Map<string, Held>, cell: Cell): Held {
  const key = keyOf(cell)
  const held = cells.get(key) ?? {
    cell,
    rows: 0,
    actors: new Set<string>(),
    targets: new Set<string>(),
    types: new Set<string>(),
  }
  cells.set(key, held)
  return held
}

function joinInto(into: Held, from: Held): void {
  into.rows += from.rows
  for (const actor of from.actors) into.actors.add(actor)
  for (const target of from.targets) into.targets.add(target)
  for (const types of from.types) into.types.add(types)
}

/** Counts members; `decide` then judges every cell. Holds one entry an account and cell, not one a row. */
export function startCells(least: Thresholds) {
  const cells = new Map<string, Held>()
  const speakers = new Map<string, Set<string>>()

  function add(member: Member): void {
    const held = addTo(cells, member.cell)
    held.rows += 1
    if (member.target !== null) held.targets.add(member.target)
    if (member.types !== null) held.types.add(member.types)
    if (member.actor === null) return
    held.actors.add(member.actor)
    const known = speakers.get(member.cell.language) ?? new Set<string>()
    speakers.set(member.cell.language, known.add(member.actor))
  }

  function decide(): Decided {
    const isRare = (language: string) =>
      language !== 'unknown' && (speakers.get(language)?.size ?? 0) < least.actors
    const asReleased = (cell: Cell): Cell => (isRare(cell.language) ? { ...cell, language: 'other' } : cell)
    const merged = new Map<string, Held>()
    let mergedLanguages = 0
    for (const held of cells.values()) {
      if (isRare(held.cell.language)) mergedLanguages += held.rows
      joinInto(addTo(merged, asReleased(held.cell)), held)
    }
    return { asReleased, mergedLanguages, ...judgeAll(merged, least) }
  }

  return { add, decide }
}

function judgeAll(
  cells: ReadonlyMap<string, Held>,
  least: Thresholds,
): Omit<Decided, 'asReleased' | 'mergedLanguages'> {
  const reasons = new Map<string, SuppressionReason>()
  const none = () => ({ rows: 0, cells: 0 })
  const suppressed = { actors: none(), targets: none(), types: none() }
  const released = none()
  let smallestCell: number | null = null
  for (const [key, held] of cells) {
    const facts = factsOf(held)
    const reason = judgeCell(facts, least)
    const side = reason === null ? released : suppressed[reason]
    side.rows += facts.rows
    side.cells += 1
    if (reason !== null) reasons.set(key, reason)
    else smallestCell = Math.min(smallestCell ?? facts.actors, facts.actors)
  }
  return {
    suppressed,
    released,
    smallestCell,
    reasonOf: (cell) => reasons.get(keyOf(cell)) ?? null,
  }
}
