import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aggregate } from '../../../utils/dataset/aggregates'
import type { PlannedItem } from '../../../utils/dataset/plan'
import { inventLocker } from '../../support/invented-locker'
import { choices, exportOf, low } from './written'

const lockers = 20
const folder = mkdtempSync(join(tmpdir(), 'witnessmark-duckdb-'))
/** Every query of the document, in its order, looking into our folder. */
const queries = [
  ...(readFileSync('docs/analysis.md', 'utf8')
    .split('## Spark SQL')[0]
    ?.matchAll(/```sql\n([\s\S]*?)```/g) ?? []),
].map(([, sql = '']) => sql.replaceAll("'exports/", `'${folder}/exports/`))

type Row = Record<string, unknown>
let ask: (sql: string) => Promise<Row[]>
let close: () => void
/** As if all had been one locker, accounts of different lockers apart. */
const released: PlannedItem[] = []

beforeAll(async () => {
  const shapes = [['x'], ['mastodon', 'x'], ['youtube', 'reddit']] as const
  for (let seed = 1; seed <= lockers; seed++) {
    const source = inventLocker({
      seed,
      items: 120,
      accounts: 25,
      weeks: 2,
      languages: ['en'],
      platforms: shapes[seed % 3] ?? ['x'],
    })
    const { files, plan } = await exportOf(source, {
      choices: choices({ tier: seed % 2 ? 'T0' : 'T2', thresholds: low }),
    })
    for (const [path, bytes] of Object.entries(files)) {
      const at = join(folder, 'exports', `locker-${seed}`, path)
      mkdirSync(dirname(at), { recursive: true })
      writeFileSync(at, bytes)
    }
    released.push(...plan.released)
  }
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect()
  ask = async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJS() as Row[]
  close = () => connection.closeSync()
}, 240_000)

afterAll(() => {
  close()
  rmSync(folder, { recursive: true, force: true })
})

/** Our own counts of one table without margins, in the shape of the query's. */
function ours(table: 'platform-week' | 'platform-type', second: string): Row[] {
  return aggregate(released, 1)
    .filter((row) => row.table === table && row.first !== 'total' && row.second !== 'total' && row.items)
    .map(({ first, second: value, items, actors }) => ({ platform: first, [second]: value, items, actors }))
}

const plain = (rows: Row[]): Row[] =>
  rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : value]),
    ),
  )

describe('DuckDB', () => {
  it('reads twenty lockers as one table, and counts as we do', async () => {
    expect(queries.length).toBe(5)
    const [view = '', byWeek = '', byType = ''] = queries
    await ask(view)
    const [all] = plain(await ask('SELECT count(*) AS items, count(DISTINCT export) AS exports FROM items'))
    expect(all).toEqual({ items: released.length, exports: lockers })
    expect(released.length).toBeGreaterThan(1_000)
    expect(plain(await ask(byWeek))).toEqual(ours('platform-week', 'week'))
    expect(plain(await ask(byType))).toEqual(ours('platform-type', 'type'))
  })

  it('runs the other queries of the document', async () => {
    for (const sql of queries.slice(3)) expect((await ask(sql)).length).toBeGreaterThan(0)
    const types = await ask(
      "SELECT column_name, column_type FROM (DESCRIBE items) WHERE column_name IN ('likes', 'is_reply', 'text', 'week')",
    )
    expect(types.map(({ column_type }) => column_type).sort()).toEqual([
      'BOOLEAN',
      'INTEGER',
      'VARCHAR',
      'VARCHAR',
    ])
  })

  it('reads the same rows from CSV and JSON Lines', async () => {
    const sums = (table: string) =>
      `SELECT count(*) AS items, count(DISTINCT actor) AS actors, sum(likes)::BIGINT AS likes, count(text) AS texts, min(platform) AS platform FROM ${table}`
    const parquet = plain(await ask(sums('items')))
    expect(
      plain(
        await ask(
          sums(
            `read_csv('${folder}/exports/*/items.csv', header = true, all_varchar = false, union_by_name = true)`,
          ),
        ),
      ),
    ).toEqual(parquet)
    expect(
      plain(
        await ask(
          sums(
            `read_json('${folder}/exports/*/items.jsonl', format = 'newline_delimited', union_by_name = true)`,
          ),
        ),
      ),
    ).toEqual(parquet)
  })
})
