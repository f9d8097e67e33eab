import { parquetWriteBuffer } from 'hyparquet-writer'
import Papa from 'papaparse'
import { type Bytes, toUtf8 } from '../crypto/bytes'
import type { CellValue, Column } from './columns'

/*
 * Brings the writers of CSV and Parquet along: pages load this, and whatever imports it, when a dataset is made.
 */

type Row = Record<string, CellValue>

/*
 * A cell that a spreadsheet would take for a formula gets an apostrophe before it. One that begins with apostrophes
 * and then such a sign gets one more, so that the way back is certain.
 */
const formula = /^'*[=+\-@\t\r\n|%＝＋－＠]/u
const escaped = /^''*[=+\-@\t\r\n|%＝＋－＠]/u

/** The text of a CSV cell as it was before `csvWriter` made it safe. */
export function readCsvCell(cell: string): string {
  return escaped.test(cell) ? cell.slice(1) : cell
}

const plainValue = (value: CellValue | undefined): CellValue =>
  // A lone surrogate has no UTF-8 form.
  typeof value === 'string' ? value.toWellFormed() : (value ?? null)

/** Writes rows as CSV (RFC 4180): UTF-8, CRLF, a header, nothing as an empty cell, no cell that is a formula. */
export function csvWriter(columns: readonly Column[]): {
  head: () => Bytes
  rows: (rows: readonly Row[]) => Bytes
} {
  const names = columns.map(({ name }) => name)
  const write = (lines: readonly (readonly CellValue[])[]) =>
    lines.length === 0
      ? new Uint8Array(0)
      : toUtf8(`${Papa.unparse(lines as CellValue[][], { escapeFormulae: formula, newline: '\r\n' })}\r\n`)
  return {
    head: () => write([names]),
    rows: (rows) => write(rows.map((row) => names.map((name) => plainValue(row[name])))),
  }
}

/** Rows as JSON Lines, every column in every line. */
export function jsonLines(columns: readonly Column[], rows: readonly Row[]): Bytes {
  const line = (row: Row) =>
    `${JSON.stringify(Object.fromEntries(columns.map(({ name }) => [name, plainValue(row[name])])))}\n`
  return toUtf8(rows.map(line).join(''))
}

const physical = {
  string: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  integer: { type: 'INT32' },
  boolean: { type: 'BOOLEAN' },
} as const

/** Rows as one Parquet file: the same schema whatever they hold, so that many files are one table. */
export function parquetFile(columns: readonly Column[], rows: readonly Row[]): Bytes {
  const repetition = ({ isNullable }: Column) => (isNullable ? 'OPTIONAL' : 'REQUIRED')
  const buffer = parquetWriteBuffer({
    columnData: columns.map(({ name }) => ({ name, data: rows.map((row) => plainValue(row[name])) })),
    schema: [
      { name: 'root', num_children: columns.length },
      ...columns.map((column) => ({
        name: column.name,
        ...physical[column.type],
        repetition_type: repetition(column) as 'OPTIONAL' | 'REQUIRED',
      })),
    ],
    createdBy: 'witnessmark',
    // The smallest and largest of a text column would be shown apart from the rows.
    statistics: false,
  })
  return new Uint8Array(buffer)
}
