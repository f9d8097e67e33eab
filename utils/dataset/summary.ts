import type { AggregateRow } from './aggregates'
import type { CheckResult } from './check'
import type { Column } from './columns'
import type { Plan } from './plan'

/** One table of the output with its files. */
export type TableFacts = {
  name: string
  title: string
  format: 'parquet' | 'csv' | 'jsonl'
  paths: readonly string[]
  columns: readonly Column[]
  rows: number
  /** Of the one file; null for several. */
  bytes: number | null
  sha256: string | null
}

/** Everything the documents of a dataset are written from. */
export type DatasetFacts = {
  plan: Plan
  check: Pick<CheckResult, 'rows' | 'unique' | 'searched'>
  /** Rows with text, and in T1 those that nobody read or that a person left without. */
  text: { with: number; unread: number; withheld: number }
  aggregates: readonly AggregateRow[]
  tables: readonly TableFacts[]
  /** Items that could not be opened. */
  unread: number
  tool: { name: string; version: string }
  /** The day it was made, such as 2026-02-14; not the moment. */
  madeOn: string
}

/** How counts withheld in the tables for publication came about. */
export function withheldCounts(rows: readonly AggregateRow[]): { small: number; complementary: number } {
  const of = (state: AggregateRow['state']) => rows.filter((row) => row.state === state).length
  return { small: of('small'), complementary: of('complementary') }
}

/** Traffic light protocol (TLP 2.0): who may be told. */
export function sharingLabel(plan: Plan): 'TLP:RED' | 'TLP:AMBER+STRICT' {
  return plan.choices.tier === 'T2' ? 'TLP:RED' : 'TLP:AMBER+STRICT'
}

/** The first and last week (or month) that is released; null when none is known. */
export function releasedPeriod(plan: Plan): { first: string; last: string } | null {
  const weeks = [...new Set(plan.released.map(({ cell }) => cell.week))]
    .filter((week) => week !== 'unknown')
    .sort()
  const [first] = weeks
  const last = weeks.at(-1)
  return first === undefined || last === undefined ? null : { first, last }
}
