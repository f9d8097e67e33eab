import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aggregate, type CountCell, suppressCounts } from '../../../utils/dataset/aggregates'
import { readBook } from '../../../utils/dataset/book'
import { writeBarChart } from '../../../utils/dataset/charts'
import { makePlan } from '../../../utils/dataset/plan'
import { inventLocker } from '../../support/invented-locker'
import { choices, exportOf, low, textOf } from './written'

/** A table of counts with its margins, as `aggregate` makes it; every post by another account. */
function tableOf(counts: readonly (readonly number[])[]): CountCell[] {
  const cells: CountCell[] = []
  const put = (first: string, second: string, items: number) =>
    cells.push({ first, second, items, actors: items, state: 'shown' })
  const sum = (numbers: readonly number[]) => numbers.reduce((all, number) => all + number, 0)
  const columns = counts[0]?.map((_, at) => counts.map((line) => line[at] ?? 0)) ?? []
  for (const [line, numbers] of counts.entries()) {
    for (const [at, items] of numbers.entries()) put(`a${line}`, `b${at}`, items)
    put(`a${line}`, 'total', sum(numbers))
  }
  for (const [at, numbers] of columns.entries()) put('total', `b${at}`, sum(numbers))
  put('total', 'total', sum(counts.flat()))
  return cells
}

/** What somebody finds out who fills in every line of which one count alone is missing, again and again. */
function solve(cells: readonly CountCell[]): Map<CountCell, number> {
  const known = new Map(
    cells.filter(({ state }) => state === 'shown').map((cell) => [cell, cell.items] as const),
  )
  const lines = [
    ...Map.groupBy(cells, ({ first }) => `first ${first}`).entries(),
    ...Map.groupBy(cells, ({ second }) => `second ${second}`).entries(),
  ]
  let isChanged = true
  while (isChanged) {
    isChanged = false
    for (const [key, line] of lines) {
      const missing = line.filter((cell) => !known.has(cell))
      const [only] = missing
      if (!only || missing.length > 1) continue
      const side = key.startsWith('first') ? 'second' : 'first'
      const margin = line.find((cell) => cell[side] === 'total')
      const parts = line.filter((cell) => cell[side] !== 'total' && cell !== only)
      const sum = parts.reduce((all, cell) => all + (known.get(cell) ?? 0), 0)
      known.set(only, only === margin ? sum : (known.get(margin ?? only) ?? 0) - sum)
      isChanged = true
    }
  }
  return known
}

describe('counts for publication', () => {
  it('show no count with too few accounts, and none that can be computed', () => {
    let hidden = 0
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 12 }),
        fc.integer({ min: 1, max: 5 }).chain((width) =>
          fc.array(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: width, maxLength: width }), {
            minLength: 1,
            maxLength: 6,
          }),
        ),
        (least, counts) => {
          const cells = suppressCounts(tableOf(counts), least)
          const found = solve(cells)
          for (const cell of cells) {
            if (cell.state === 'shown') expect(cell.items === 0 || cell.actors >= least).toBe(true)
            else hidden += 1
            if (cell.state === 'small') expect(found.has(cell)).toBe(false)
          }
        },
      ),
      { numRuns: 400, seed: 11 },
    )
    expect(hidden).toBeGreaterThan(500)
  })

  it('withhold nothing where nothing is small', () => {
    const cells = suppressCounts(
      tableOf([
        [20, 30],
        [40, 50],
      ]),
      10,
    )
    expect(cells.every(({ state }) => state === 'shown')).toBe(true)
  })

  it('are those of the released rows', async () => {
    const source = inventLocker({ items: 500 })
    const plan = makePlan(await readBook(source, []), choices({ thresholds: low }))
    const rows = aggregate(plan.released, 3)
    const total = rows.find(
      (row) => row.table === 'platform-week' && row.first === 'total' && row.second === 'total',
    )
    expect(total).toMatchObject({ items: plan.counts.released, actors: plan.actors, state: 'shown' })
  })
})

describe('charts', () => {
  it('carry their numbers, and nothing that runs or loads', async () => {
    const { files } = await exportOf(inventLocker({ items: 300 }), { choices: choices({ thresholds: low }) })
    const charts = Object.keys(files).filter((path) => path.endsWith('.svg'))
    expect(charts.length).toBe(4)
    const released = textOf(files['charts/platforms.svg'])
    expect(released).toMatch(/<desc>mastodon: \d+; x: \d+\./)
    for (const path of charts) {
      expect(textOf(files[path])).not.toMatch(/<script|<style|href|url\(|<image|on\w+=/)
    }
  })

  it('say that a count is withheld, and keep signs of markup', () => {
    const svg = writeBarChart({ title: 'A & <b>', note: '', bars: [{ label: 'x"', value: null }] })
    expect(svg).toContain('<title>A &amp; &lt;b&gt;</title>')
    expect(svg).toContain('x&quot;: withheld')
    expect(svg).toContain('>withheld</text>')
  })
})
