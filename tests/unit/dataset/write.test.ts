import { parquetReadObjects } from 'hyparquet'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { read as readSheet } from 'xlsx'
import { readBook } from '../../../utils/dataset/book'
import { checkRelease } from '../../../utils/dataset/check'
import { itemColumns } from '../../../utils/dataset/columns'
import { makePlan } from '../../../utils/dataset/plan'
import { newPseudonymKey } from '../../../utils/dataset/pseudonyms'
import { prepareRelease } from '../../../utils/dataset/release'
import { readCsvCell } from '../../../utils/dataset/tables'
import { writeDataset } from '../../../utils/dataset/write'
import { inventLocker, inventRecord, lockerOf } from '../../support/invented-locker'
import { choices, exportOf, low, readAll, textOf } from './written'

type Row = Record<string, unknown>

const trap = [
  '=1+1',
  '+cmd',
  '-2',
  '@sum',
  "'=a",
  "''=b",
  "'plain",
  'a,"b"\r\nc',
  '\tx',
  'مرحبا',
  'နေကောင်း',
  '|x',
  '＝1',
  '  ',
]

function fromCsv(bytes: Uint8Array | undefined): Row[] {
  const { data, errors } = Papa.parse<Record<string, string>>(textOf(bytes), {
    header: true,
    skipEmptyLines: true,
  })
  expect(errors).toEqual([])
  return data.map((line) =>
    Object.fromEntries(
      itemColumns.map(({ name, type }) => {
        const cell = line[name] ?? ''
        if (cell === '') return [name, null]
        if (type === 'integer') return [name, Number(cell)]
        return [name, type === 'boolean' ? cell === 'true' : readCsvCell(cell)]
      }),
    ),
  )
}

async function fromParquet(files: Record<string, Uint8Array>): Promise<Row[]> {
  const rows: Row[] = []
  for (const [path, bytes] of Object.entries(files)) {
    const [, platform, week] = /^items\.parquet\/platform=([^/]+)\/week=([^/]+)\//.exec(path) ?? []
    if (platform === undefined) continue
    const read = await parquetReadObjects({ file: Uint8Array.from(bytes).buffer })
    rows.push(...read.map((row) => ({ ...row, platform, week })))
  }
  return rows
}

const sorted = (rows: Row[]) =>
  rows
    .map((row) => Object.fromEntries(Object.entries(row).sort()))
    .sort((one, other) => String(one.row).localeCompare(String(other.row)))

describe('the output', () => {
  it('counts no profile in the week in which its account was opened', async () => {
    const records = Array.from({ length: 40 }, (_, index) => inventRecord({ items: 40 }, index))
    const profiles = records.map((record) => ({
      ...record,
      item: { ...record.item, post: { ...record.item.post, kind: 'profile' as const } },
    }))
    const weeksOf = async (of: typeof records) => {
      const { files } = await exportOf(lockerOf(of), { choices: choices({ tier: 'T2', thresholds: low }) })
      const rows = fromCsv(files['items.csv'])
      expect(rows.length).toBeGreaterThan(0)
      return [...new Set(rows.map(({ week, hour_band }) => `${week} ${hour_band}`))]
    }
    expect(await weeksOf(profiles)).toEqual(['unknown unknown'])
    expect(await weeksOf(records)).not.toContain('unknown unknown')
  })

  it('reads back equal from CSV, JSON Lines and Parquet, whatever the text', async () => {
    const source = inventLocker({ items: 400, text: (index) => trap[index % trap.length] ?? null })
    const { files, plan } = await exportOf(source, { choices: choices({ tier: 'T2', thresholds: low }) })
    const lines = textOf(files['items.jsonl'])
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Row)
    expect(lines.length).toBe(plan.counts.released)
    expect(lines.length).toBeGreaterThan(200)
    expect(new Set(lines.map(({ text }) => text)).size).toBe(trap.length)
    expect(sorted(fromCsv(files['items.csv']))).toEqual(sorted(lines))
    expect(sorted(await fromParquet(files))).toEqual(sorted(lines))
  })

  it('has no cell that a spreadsheet would run', async () => {
    const source = inventLocker({ items: 300, text: (index) => trap[index % trap.length] ?? null })
    const { files } = await exportOf(source, { choices: choices({ tier: 'T2', thresholds: low }) })
    const cells = Papa.parse<string[]>(textOf(files['items.csv'])).data.flat()
    expect(cells.length).toBeGreaterThan(1_000)
    expect(cells.filter((cell) => /^[=+\-@\t\r\n|%＝＋－＠]/u.test(cell))).toEqual([])
  })

  it('has no formula for a spreadsheet engine that opens it', async () => {
    const formulasIn = (csv: string): string[] => {
      const { Sheets, SheetNames } = readSheet(csv, { type: 'string' })
      const sheet = Sheets[SheetNames[0] ?? ''] ?? {}
      return Object.entries(sheet).flatMap(([place, cell]) => (cell?.f === undefined ? [] : [place]))
    }
    // So the engine does make formulas of texts that begin like one.
    expect(formulasIn('text\n=1+1\n')).toEqual(['A2'])
    const source = inventLocker({ items: 300, text: (index) => trap[index % trap.length] ?? null })
    const { files } = await exportOf(source, { choices: choices({ tier: 'T2', thresholds: low }) })
    const tables = Object.entries(files).filter(([path]) => path.endsWith('.csv'))
    expect(tables.length).toBeGreaterThan(1)
    for (const [path, bytes] of tables) expect([path, formulasIn(textOf(bytes))]).toEqual([path, []])
  })

  it('is the same bytes for the same release, and is not made when an item is gone', async () => {
    const source = inventLocker({ items: 120 })
    const book = await readBook(source, [])
    const plan = makePlan(book, choices({ thresholds: low }))
    const release = await prepareRelease({
      plan,
      book,
      review: new Map(),
      source,
      key: await newPseudonymKey(),
    })
    const check = await checkRelease(release)
    const options = { release, check, tool: { name: 'W', version: '1' }, madeOn: '2026-11-22' }
    expect(await readAll(writeDataset(options))).toEqual(await readAll(writeDataset(options)))
    const gone = release.items[3]?.entry.id
    const holed = {
      ...release,
      source: {
        ...source,
        open: async (ids: readonly string[]) => source.open(ids.filter((id) => id !== gone)),
      },
    }
    await expect(readAll(writeDataset({ ...options, release: holed }))).rejects.toThrow('gone')
  })

  it('shares no pseudonym between two exports, and all of them under one key', async () => {
    const source = inventLocker({ items: 150 })
    const pseudonyms = (files: Record<string, Uint8Array>) =>
      new Set(
        fromCsv(files['items.csv'])
          .flatMap(({ row, actor, target }) => [row, actor, target])
          .filter(Boolean),
      )
    const [one, other] = [
      pseudonyms((await exportOf(source, { choices: choices({ thresholds: low }) })).files),
      pseudonyms((await exportOf(source, { choices: choices({ thresholds: low }) })).files),
    ]
    expect(one.size).toBeGreaterThan(100)
    expect([...one].filter((name) => other.has(name))).toEqual([])
    const key = await newPseudonymKey()
    const again = await exportOf(source, { choices: choices({ thresholds: low }), key })
    const once = await exportOf(source, { choices: choices({ thresholds: low }), key })
    expect(pseudonyms(again.files)).toEqual(pseudonyms(once.files))
  })

  it('tells how far it is, and stops when cancelled', async () => {
    const source = inventLocker({ items: 300 })
    const book = await readBook(source, [])
    const plan = makePlan(book, choices({ thresholds: low }))
    const release = await prepareRelease({
      plan,
      book,
      review: new Map(),
      source,
      key: await newPseudonymKey(),
    })
    const check = await checkRelease(release)
    const cancel = new AbortController()
    const seen: number[] = []
    const stream = writeDataset({
      release,
      check,
      tool: { name: 'W', version: '1' },
      madeOn: '2026-11-22',
      signal: cancel.signal,
      onProgress: ({ done, total }) => {
        seen.push(done / total)
        if (done / total > 0.5) cancel.abort()
      },
    })
    await expect(readAll(stream)).rejects.toThrow('Cancelled')
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect(seen.at(-1)).toBeLessThan(1)
  })
})
