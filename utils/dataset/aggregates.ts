import type { aggregateStates, aggregateTables } from './columns'
import type { PlannedItem } from './plan'

export type AggregateTable = (typeof aggregateTables)[number]
type AggregateState = (typeof aggregateStates)[number]

/** One count for publication. `items` and `actors` are null where the count is withheld. */
export type AggregateRow = {
  table: AggregateTable
  first: string
  second: string
  items: number | null
  actors: number | null
  state: AggregateState
}

/** A count before anything is withheld. An account counts once in a cell. */
export type CountCell = {
  first: string
  second: string
  items: number
  actors: number
  state: AggregateState
}

const total = 'total'
type Held = { items: number; actors: Set<string> }
type Grid = Map<string, Map<string, Held>>

const split = (codes: string | null): string[] => codes?.split('+') ?? []

const dimensions: Record<AggregateTable, (item: PlannedItem) => [string[], string[]]> = {
  'platform-week': ({ cell }) => [[cell.platform], [cell.week]],
  'platform-type': ({ cell, entry }) => [[cell.platform], split(entry.types)],
  'platform-group': ({ cell }) => [[cell.platform], split(cell.group)],
  'type-week': ({ cell, entry }) => [split(entry.types), [cell.week]],
}

function addTo(grid: Grid, at: [string, string], account: string | null): void {
  const [first, second] = at
  const line = grid.get(first) ?? new Map<string, Held>()
  const held = line.get(second) ?? { items: 0, actors: new Set<string>() }
  held.items += 1
  if (account !== null) held.actors.add(account)
  line.set(second, held)
  grid.set(first, line)
}

/** Every combination with its margins; what does not occur is a 0, so that it cannot be told from the margins. */
function countGrid(items: readonly PlannedItem[], of: AggregateTable): CountCell[] {
  const grid: Grid = new Map()
  for (const item of items) {
    const [firsts, seconds] = dimensions[of](item)
    for (const first of firsts) {
      for (const second of seconds) {
        addTo(grid, [first, second], item.account)
        addTo(grid, [total, second], item.account)
        addTo(grid, [first, total], item.account)
        addTo(grid, [total, total], item.account)
      }
    }
  }
  const seconds = [...(grid.get(total)?.keys() ?? [])]
  return [...grid].flatMap(([first, line]) =>
    seconds.map((second) => {
      const held = line.get(second)
      return {
        first,
        second,
        items: held?.items ?? 0,
        actors: held?.actors.size ?? 0,
        state: 'shown' as const,
      }
    }),
  )
}

/** A line or a column of a table with its margin: if one count of it is withheld alone, it can be computed. */
function linesOf(cells: readonly CountCell[]): CountCell[][] {
  const lines = new Map<string, CountCell[]>()
  for (const cell of cells) {
    for (const key of [`first ${cell.first}`, `second ${cell.second}`]) {
      const line = lines.get(key) ?? []
      line.push(cell)
      lines.set(key, line)
    }
  }
  return [...lines.values()]
}

/** Withholds one more of a line whose withheld counts can be computed; false when nothing had to be. */
function protect(line: readonly CountCell[], least: number): boolean {
  const withheld = line.filter(({ state }) => state !== 'shown')
  const known = withheld.reduce((sum, { items }) => sum + items, 0)
  // Two withheld counts whose sum is small bound each other closely.
  if (withheld.length === 0 || (withheld.length > 1 && known >= least)) return false
  const candidates = line.filter(({ state }) => state === 'shown')
  const positive = candidates.filter(({ items }) => items > 0)
  const next = (positive.length > 0 ? positive : candidates).sort((one, other) => one.items - other.items)[0]
  if (!next) return false
  next.state = 'complementary'
  return true
}

/**
 * Withholds counts with fewer accounts than `least` behind them, and further ones until no withheld count can be
 * computed from the margins. Changes the states of the cells it is given.
 */
export function suppressCounts(cells: CountCell[], least: number): CountCell[] {
  for (const cell of cells) if (cell.items > 0 && cell.actors < least) cell.state = 'small'
  const lines = linesOf(cells)
  let isChanged = true
  while (isChanged) isChanged = lines.map((line) => protect(line, least)).some(Boolean)
  return cells
}

function asRow(table: AggregateTable, cell: CountCell): AggregateRow {
  const { first, second, state } = cell
  const isShown = state === 'shown'
  return {
    table,
    first,
    second,
    items: isShown ? cell.items : null,
    actors: isShown ? cell.actors : null,
    state,
  }
}

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other))

/**
 * Every table of counts over the released items, small counts and those that would give them away withheld. Of the
 * released items only: the difference to the rows would otherwise tell what was suppressed.
 */
export function aggregate(items: readonly PlannedItem[], least: number): AggregateRow[] {
  return (Object.keys(dimensions) as AggregateTable[]).flatMap((table) =>
    suppressCounts(countGrid(items, table), least)
      .map((cell) => asRow(table, cell))
      .sort((one, other) => compare(one.first, other.first) || compare(one.second, other.second)),
  )
}
