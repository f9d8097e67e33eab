import type { RefObject } from 'preact'
import { useCallback, useLayoutEffect, useMemo, useReducer, useRef } from 'preact/hooks'
import { type ListedRows, placeRows, type RowPlaces, usualHeight } from './row-places'

type Windowed = {
  list: RefObject<HTMLElement | null>
  rows: ListedRows
  rowHeight: number
  /** The row that has the keyboard; below 0 for none. */
  indexOfHeld: () => number
}

type Span = { first: number; last: number }

/** So many rows beyond what is seen are drawn, and again as soon as fewer than the spare ones are left. */
const rowsAround = 5
const spareRows = 2

/** The rows that are seen when so much of the list is above the window. */
function seenRows(places: RowPlaces, above: number): Span {
  return { first: places.indexAt(above), last: places.indexAt(above + window.innerHeight) }
}

function around({ first, last }: Span, { count }: RowPlaces, more: number): Span {
  return { first: Math.max(0, first - more), last: Math.min(count - 1, last + more) }
}

function rowsIn({ first, last }: Span, held: number): number[] {
  const rows = Array.from({ length: last - first + 1 }, (_, at) => first + at)
  if (held >= 0 && held < first) return [held, ...rows]
  return held > last ? [...rows, held] : rows
}

type Measured = { index: number; id: string; height: number; width: number }

function measuredIn(entries: readonly ResizeObserverEntry[]): Measured[] {
  return entries.flatMap(({ target, borderBoxSize: [box] }) => {
    if (!(target instanceof HTMLElement) || !box || box.blockSize === 0) return []
    const { index, id = '' } = target.dataset
    return [{ index: Number(index), id, height: box.blockSize, width: box.inlineSize }]
  })
}

/** The heights that were measured, for as long as the list is as wide as it was then. */
function createHeights(rowHeight: number) {
  const known = new Map<string, number>()
  const heights = { usual: rowHeight, known, width: 0 }

  /** Gives those whose height was not known; null where all that was known is of another width. */
  function learn(measured: readonly Measured[]): Measured[] | null {
    const width = measured[0]?.width ?? heights.width
    const isOther = width !== heights.width
    if (isOther) {
      known.clear()
      heights.width = width
      heights.usual = usualHeight(measured.map(({ height }) => height)) ?? rowHeight
    }
    const fresh = measured.filter(({ id, height }) => (known.get(id) ?? heights.usual) !== height)
    for (const { id, height } of fresh) {
      if (height === heights.usual) known.delete(id)
      else known.set(id, height)
    }
    return isOther ? null : fresh
  }

  return { heights, learn }
}

/** Tells of each row that is watched how high it is, as soon as that is known and whenever it changes. */
function useRowSizes(measure: (entries: readonly ResizeObserverEntry[]) => void) {
  const newest = useRef(measure)
  newest.current = measure
  const sizes = useMemo(() => new ResizeObserver((entries) => newest.current(entries)), [])
  useLayoutEffect(() => () => sizes.disconnect(), [sizes])
  return useCallback(
    (row: Element) => {
      sizes.observe(row)
      return () => sizes.unobserve(row)
    },
    [sizes],
  )
}

/** Looks again whenever another part of the list may be seen than before. */
function useLooking(look: () => void, places: RowPlaces): void {
  useLayoutEffect(() => {
    window.addEventListener('scroll', look, { passive: true })
    window.addEventListener('resize', look)
    // Nothing above the list changes its height without changing that of the page.
    const page = new ResizeObserver(look)
    page.observe(document.body)
    return () => {
      window.removeEventListener('scroll', look)
      window.removeEventListener('resize', look)
      page.disconnect()
    }
  }, [look])
  // Another list stands elsewhere.
  useLayoutEffect(look, [look, places])
}

const another = (times: number, _: null): number => times + 1

/**
 * Which rows of a list that scrolls with the window are drawn, and where; follows scrolling, the size of the window
 * and of the rows. What is seen stays where it is when rows above it turn out higher or lower than was expected.
 */
export function useWindowedRows({ list, rows, rowHeight, indexOfHeld }: Windowed) {
  const [width, renew] = useReducer(another, 0)
  const [, redraw] = useReducer(another, 0)
  const { heights, learn } = useMemo(() => createHeights(rowHeight), [rowHeight])
  const places = useMemo(() => placeRows(rows, heights), [rows, heights, width])
  const now = useRef({ places, above: 0, drawn: { first: 0, last: -1 }, moveBy: 0 })
  const at = now.current
  at.places = places
  at.drawn = around(seenRows(places, at.above), places, rowsAround)

  const look = useCallback(() => {
    if (!list.current) return
    at.above = -list.current.getBoundingClientRect().top
    const needed = around(seenRows(at.places, at.above), at.places, spareRows)
    if (needed.first < at.drawn.first || needed.last > at.drawn.last) redraw(null)
  }, [list, at])

  const watch = useRowSizes((entries) => {
    const first = at.places.indexAt(at.above)
    const before = at.places.startOf(first)
    const fresh = learn(measuredIn(entries))
    if (fresh?.length === 0) return
    if (fresh === null) at.places = placeRows(rows, heights)
    else for (const { index, height } of fresh) at.places.setHeight(index, height)
    if (at.above > 0) at.moveBy += at.places.startOf(first) - before
    if (fresh === null) renew(null)
    else redraw(null)
  })
  useLooking(look, places)
  useLayoutEffect(() => {
    const { moveBy } = at
    at.moveBy = 0
    if (Math.abs(moveBy) >= 1) window.scrollBy(0, moveBy)
  })
  return { places, drawn: rowsIn(at.drawn, indexOfHeld()), watch }
}
