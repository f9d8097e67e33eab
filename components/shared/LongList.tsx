import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import styles from './LongList.module.css'
import type { ListedRows } from './row-places'
import { useWindowedRows } from './windowed-rows'

type LongListProps = {
  rows: ListedRows
  class?: string | undefined
  rowClass?: string | undefined
  /** About how high a row is, in CSS pixels; the real heights are measured. */
  rowHeight: number
  renderRow: (index: number) => ComponentChildren
}

/** Up to so many rows are simply there: the browser's own search and a printer find them all. */
const plainRows = 100

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

type RowProps = {
  id: string
  index: number
  count: number
  start: number
  class: string
  watch: (row: Element) => () => void
  children: ComponentChildren
}

function Row({ id, index, count, start, watch, children, ...props }: RowProps) {
  const row = useRef<HTMLLIElement>(null)
  useLayoutEffect(() => (row.current ? watch(row.current) : undefined), [watch])
  return (
    <li
      ref={row}
      class={props.class}
      style={{ insetBlockStart: `${start}px` }}
      data-index={index}
      data-id={id}
      aria-setsize={count}
      aria-posinset={index + 1}
    >
      {children}
    </li>
  )
}

function indexOf({ count, idAt }: ListedRows, id: string): number {
  for (let index = 0; index < count; index++) if (idAt(index) === id) return index
  return -1
}

function Windowed({ rows, rowHeight, renderRow, ...props }: LongListProps) {
  const list = useRef<HTMLUListElement>(null)
  const { held, ...focus } = useHeldRow()
  const indexOfHeld = () => (held.current === null ? -1 : indexOf(rows, held.current))
  const { places, drawn, watch } = useWindowedRows({ list, rows, rowHeight, indexOfHeld })
  return (
    <ul
      class={[styles.list, props.class].join(' ')}
      ref={list}
      style={{ blockSize: `${places.total()}px` }}
      {...focus}
    >
      {drawn.map((index) => (
        <Row
          key={rows.idAt(index)}
          id={rows.idAt(index)}
          index={index}
          count={rows.count}
          start={places.startOf(index)}
          class={[styles.row, props.rowClass].join(' ')}
          watch={watch}
        >
          {renderRow(index)}
        </Row>
      ))}
    </ul>
  )
}

/**
 * A list of any length that scrolls with the page: of a long one, only the rows around what is seen are drawn, and
 * each says which of how many it is.
 */
export function LongList(props: LongListProps) {
  if (props.rows.count > plainRows) return <Windowed {...props} />
  return (
    <ul class={props.class}>
      {Array.from({ length: props.rows.count }, (_, index) => (
        <li key={props.rows.idAt(index)} class={props.rowClass}>
          {props.renderRow(index)}
        </li>
      ))}
    </ul>
  )
}
