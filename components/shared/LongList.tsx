import { observeWindowOffset, observeWindowRect, Virtualizer, windowScroll } from '@tanstack/virtual-core'
import type { ComponentChildren, RefObject } from 'preact'
import { useLayoutEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks'
import styles from './LongList.module.css'

type LongListProps = {
  /** What each row is of, in order; none twice. */
  ids: readonly string[]
  class?: string | undefined
  rowClass?: string | undefined
  /** About how high a row is, in CSS pixels; the real heights are measured. */
  rowHeight: number
  renderRow: (index: number) => ComponentChildren
}

/** Up to so many rows are simply there: the browser's own search and a printer find them all. */
const plainRows = 100
const rowsAround = 8

/** Where the list begins in the page; follows whatever grows or shrinks above it. */
function useTopOf(list: RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    const read = () => {
      if (list.current) setTop(Math.round(list.current.getBoundingClientRect().top + window.scrollY))
    }
    read()
    // Nothing above the list changes its height without changing that of the page.
    const page = new ResizeObserver(read)
    page.observe(document.body)
    return () => page.disconnect()
  }, [list])
  return top
}

/** The row that has the keyboard stays, wherever one scrolls: who types or presses there must not lose it. */
function useHeldRow() {
  const held = useRef<string | null>(null)
  const onFocusIn = (event: Event) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-id]') : null
    held.current = row?.dataset.id ?? null
  }
  const onFocusOut = () => {
    held.current = null
  }
  return { held, onFocusIn, onFocusOut }
}

type Range = { startIndex: number; endIndex: number; count: number }

function rowsIn({ startIndex, endIndex, count }: Range, held: number): number[] {
  const [first, last] = [Math.max(0, startIndex - rowsAround), Math.min(count - 1, endIndex + rowsAround)]
  const rows = Array.from({ length: last - first + 1 }, (_, at) => first + at)
  if (held >= 0 && held < first) return [held, ...rows]
  return held > last ? [...rows, held] : rows
}

/** What stays the same must be the same: with another function the places of all rows are reckoned anew. */
function useOptions({ ids, rowHeight }: LongListProps, top: number, held: RefObject<string | null>) {
  const [height, setHeight] = useState(rowHeight)
  const [, redraw] = useReducer((times: number, _: null) => times + 1, 0)
  const options = useMemo(
    () => ({
      count: ids.length,
      getScrollElement: () => window,
      estimateSize: () => height,
      getItemKey: (index: number) => ids[index] ?? index,
      scrollMargin: top,
      observeElementRect: observeWindowRect,
      observeElementOffset: observeWindowOffset,
      scrollToFn: windowScroll,
      initialRect: { width: window.innerWidth, height: window.innerHeight },
      initialOffset: () => window.scrollY,
      rangeExtractor: (range: Range) => rowsIn(range, held.current === null ? -1 : ids.indexOf(held.current)),
      onChange: () => redraw(null),
    }),
    [ids, height, top, held],
  )
  return { options, height, setHeight }
}

function useRows(props: LongListProps, top: number, held: RefObject<string | null>) {
  const { options, height, setHeight } = useOptions(props, top, held)
  const [rows] = useState(() => new Virtualizer<Window, HTMLLIElement>(options))
  rows.setOptions(options)
  useLayoutEffect(() => rows._didMount(), [rows])
  useLayoutEffect(() => {
    rows._willUpdate()
    // Rows are about as high as the first one: the less they differ from what is expected, the less is reckoned.
    const first = rows.getVirtualItems()[0]?.size
    if (height === props.rowHeight && first !== undefined && first !== height) setHeight(first)
  })
  return rows
}

function Windowed(props: LongListProps) {
  const list = useRef<HTMLUListElement>(null)
  const top = useTopOf(list)
  const { held, ...focus } = useHeldRow()
  const rows = useRows(props, top, held)
  return (
    <ul
      class={[styles.list, props.class].join(' ')}
      ref={list}
      style={{ blockSize: `${rows.getTotalSize()}px` }}
      {...focus}
    >
      {rows.getVirtualItems().map(({ index, key, start }) => (
        <li
          key={key}
          ref={rows.measureElement}
          class={[styles.row, props.rowClass].join(' ')}
          style={{ insetBlockStart: `${start - top}px` }}
          data-index={index}
          data-id={key}
          aria-setsize={props.ids.length}
          aria-posinset={index + 1}
        >
          {props.renderRow(index)}
        </li>
      ))}
    </ul>
  )
}

/**
 * A list of any length that scrolls with the page: of a long one, only the rows around what is seen are drawn, and
 * each says which of how many it is.
 */
export function LongList(props: LongListProps) {
  if (props.ids.length > plainRows) return <Windowed {...props} />
  return (
    <ul class={props.class}>
      {props.ids.map((id, index) => (
        <li key={id} class={props.rowClass}>
          {props.renderRow(index)}
        </li>
      ))}
    </ul>
  )
}
