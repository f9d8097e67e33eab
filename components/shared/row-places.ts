/** What the rows of a list are of, in order; none twice. Another list is another object. */
export type ListedRows = { count: number; idAt: (index: number) => string }

/** The rows that are of these. */
export function rowsOf(ids: readonly string[]): ListedRows {
  return { count: ids.length, idAt: (index) => ids[index] ?? '' }
}

/** Where each row of a list stands, in pixels from the beginning of the list. */
export type RowPlaces = {
  count: number
  total: () => number
  startOf: (index: number) => number
  heightOf: (index: number) => number
  /** The row that covers this place; the first or last one for places outside of the list. */
  indexAt: (place: number) => number
  setHeight: (index: number, height: number) => void
}

/** The first place in an ascending list whose number is not below `wanted`. */
function placeIn(ascending: readonly number[], wanted: number): number {
  let [low, high] = [0, ascending.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ascending[middle] ?? 0) < wanted) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * The places of rows that are nearly all of one height: only those that differ are reckoned with, so a list of any
 * length costs what is unusual about it. `known` are the heights that are known to differ, by id.
 */
export function placeRows(
  { count, idAt }: ListedRows,
  heights: { usual: number; known: ReadonlyMap<string, number> },
): RowPlaces {
  const { usual, known } = heights
  /** The rows that differ, ascending; by how much; and by how much all before each of them together. */
  const rows: number[] = []
  const extra: number[] = []
  const before: number[] = [0]

  function sumFrom(at: number): void {
    before.length = rows.length + 1
    for (let next = at; next < rows.length; next++)
      before[next + 1] = (before[next] ?? 0) + (extra[next] ?? 0)
  }

  if (known.size > 0) {
    for (let index = 0; index < count; index++) {
      const height = known.get(idAt(index))
      if (height === undefined || height === usual) continue
      rows.push(index)
      extra.push(height - usual)
    }
    sumFrom(0)
  }

  const startOf = (index: number): number => index * usual + (before[placeIn(rows, index)] ?? 0)

  function heightOf(index: number): number {
    const at = placeIn(rows, index)
    return usual + (rows[at] === index ? (extra[at] ?? 0) : 0)
  }

  function indexAt(place: number): number {
    let [low, high] = [0, count - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (startOf(middle) <= place) low = middle
      else high = middle - 1
    }
    return low
  }

  function setHeight(index: number, height: number): void {
    const at = placeIn(rows, index)
    const isThere = rows[at] === index
    if (height !== usual) {
      rows.splice(at, isThere ? 1 : 0, index)
      extra.splice(at, isThere ? 1 : 0, height - usual)
    } else if (isThere) {
      rows.splice(at, 1)
      extra.splice(at, 1)
    }
    sumFrom(at)
  }

  return { count, total: () => startOf(count), startOf, heightOf, indexAt, setHeight }
}

/** The height that most rows are likely to have, of those that were measured; null when none was. */
export function usualHeight(measured: readonly number[]): number | null {
  return [...measured].sort((one, other) => one - other)[measured.length >> 1] ?? null
}
