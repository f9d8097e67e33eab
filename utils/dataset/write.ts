import { startZip, type ZipWriter } from '../bundle/zip'
import { type Bytes, toUtf8 } from '../crypto/bytes'
import { sha256 } from '../crypto/digest'
import { problemError, throwIfCancelled } from '../model/problem-error'
import { accountRows } from './accounts'
import { type AggregateRow, aggregate } from './aggregates'
import { writeCharts } from './charts'
import { type CheckResult, searchRow } from './check'
import { actorColumns, aggregateColumns, type DatasetRow, itemColumns } from './columns'
import { writeDatasheet } from './datasheet'
import { writeCroissant, writeDataPackage } from './descriptors'
import { fourcatLines } from './fourcat'
import { expectMeasured, type Measure, type Measured, startMeasure } from './measure'
import { writeCodebook, writeMethods } from './methods'
import { fileColumns, type Partition, partitionsOf } from './partitions'
import { type Release, releasedRows } from './release'
import { countReview } from './review'
import type { Watch } from './source'
import type { DatasetFacts, TableFacts } from './summary'
import { csvWriter, jsonLines, parquetFile } from './tables'

export type DatasetOptions = Watch & {
  release: Release
  /** What `checkRelease` found out about this very release; with a hit nothing is written. */
  check: CheckResult
  tool: { name: string; version: string }
  /** The day, such as 2026-02-14. */
  madeOn: string
}

const batchSize = 512

/** Rows a few at a time: each piece of a file costs a little of its own. */
async function* inBatches(release: Release, watch: Watch): AsyncGenerator<DatasetRow[]> {
  let batch: DatasetRow[] = []
  for await (const { row } of releasedRows(release, watch)) {
    batch.push(row)
    if (batch.length < batchSize) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

/** A file that is too large to hold, made row by row and anew each time it is asked for. */
type BigFile = {
  path: string
  head: Bytes
  /** `first` is the number of the first of these rows, from 0. */
  rows: (rows: readonly DatasetRow[], first: number) => Bytes
}

function bigFiles(release: Release): BigFile[] {
  const csv = csvWriter(itemColumns)
  const nothing = new Uint8Array(0)
  const files: BigFile[] = [
    { path: 'items.csv', head: csv.head(), rows: csv.rows },
    { path: 'items.jsonl', head: nothing, rows: (rows) => jsonLines(itemColumns, rows) },
  ]
  if (!release.plan.choices.hasFourcat) return files
  const fourcat: BigFile = {
    path: '4cat.ndjson',
    head: nothing,
    rows: (rows, at) => fourcatLines(rows, at + 1),
  }
  return [...files, fourcat]
}

async function* piecesOf(file: BigFile, release: Release, watch: Watch): AsyncGenerator<Bytes> {
  yield file.head
  let first = 0
  for await (const rows of inBatches(release, watch)) {
    yield file.rows(rows, first)
    first += rows.length
  }
}

function put(zip: ZipWriter, path: string, content: Bytes): readonly Bytes[] {
  const pieces = zip.entry(path, content)
  if (!pieces) throw problemError('bundle-too-large')
  return pieces
}

/** Once more, on the very rows that are written: whatever was decided since the check. */
function expectClean(release: Release, row: DatasetRow): void {
  const isVerbatim = release.plan.choices.tier === 'T2'
  const columns = isVerbatim ? itemColumns.filter(({ name }) => name !== 'text') : itemColumns
  if (searchRow(row, columns, release.book.identifiers).length > 0) throw problemError('release-blocked')
}

/** Measures every big file along the way of another pass over the rows. */
async function startMeasures(files: readonly BigFile[]) {
  const measures: { file: BigFile; measure: Measure }[] = []
  for (const file of files) {
    const measure = await startMeasure()
    measure.add(file.head)
    measures.push({ file, measure })
  }
  let first = 0
  return {
    add(rows: readonly DatasetRow[]): void {
      for (const { file, measure } of measures) measure.add(file.rows(rows, first))
      first += rows.length
    },
    finish: () => new Map(measures.map(({ file, measure }) => [file.path, measure.finish()])),
  }
}

/** The Parquet files one after another; holds the rows of one. `onRows` gets all rows, a file's at a time. */
async function* parquetFiles(
  release: Release,
  partitions: readonly Partition[],
  watch: Watch & { onRows: (rows: readonly DatasetRow[]) => void },
): AsyncGenerator<{ path: string; content: Bytes }> {
  let at = 0
  let rows: DatasetRow[] = []
  for await (const { row } of releasedRows(release, watch)) {
    expectClean(release, row)
    rows.push(row)
    const partition = partitions[at]
    if (!partition || rows.length < partition.rows) continue
    watch.onRows(rows)
    yield { path: partition.path, content: parquetFile(fileColumns, rows) }
    rows = []
    at += 1
  }
}

type Small = { path: string; content: Bytes }

async function smallTables(release: Release, aggregates: readonly AggregateRow[]): Promise<Small[]> {
  const table = async (path: string, columns: typeof itemColumns, rows: Parameters<typeof jsonLines>[1]) => {
    const csv = csvWriter(columns)
    const lines = [csv.head(), csv.rows(rows)]
    return { path, content: new Uint8Array(await new Blob(lines).arrayBuffer()) }
  }
  return [
    await table('actors.csv', actorColumns, await accountRows(release)),
    await table('aggregates.csv', aggregateColumns, [...aggregates]),
  ]
}

function textFacts(release: Release): DatasetFacts['text'] {
  const { tier } = release.plan.choices
  const ids = release.items.map(({ entry }) => entry.id)
  const read = countReview(release.review, ids)
  if (tier === 'T1') return { with: read.released, unread: read.left, withheld: read.withheld }
  return { with: tier === 'T2' ? ids.length : 0, unread: 0, withheld: 0 }
}

const titles: Record<string, string> = {
  'items.csv': 'Released posts',
  'items.jsonl': 'Released posts, as JSON Lines',
  '4cat.ndjson': 'Released posts, in the shape that 4CAT imports',
}

async function tableFacts(written: {
  release: Release
  partitions: readonly Partition[]
  measured: ReadonlyMap<string, Measured>
  small: readonly Small[]
  aggregates: readonly AggregateRow[]
}): Promise<TableFacts[]> {
  const { release, partitions, measured, small, aggregates } = written
  const rows = release.items.length
  const big = [...measured].map(([path, { size, sha256: digest }]): TableFacts => {
    const format = path.endsWith('.csv') ? 'csv' : 'jsonl'
    const name = path.replace('.', '-')
    const title = titles[path] ?? path
    return { name, title, format, paths: [path], columns: itemColumns, rows, bytes: size, sha256: digest }
  })
  const [actors, counts] = await Promise.all(
    small.map(async ({ path, content }): Promise<TableFacts> => {
      const isActors = path === 'actors.csv'
      return {
        name: path.replace('.csv', ''),
        title: isActors ? 'Accounts of the released posts' : 'Counts for publication',
        format: 'csv',
        paths: [path],
        columns: isActors ? actorColumns : aggregateColumns,
        rows: isActors ? release.plan.actors : aggregates.length,
        bytes: content.length,
        sha256: await sha256(content),
      }
    }),
  )
  const parquet: TableFacts = {
    name: 'items-parquet',
    title: 'Released posts, in folders by platform and week',
    format: 'parquet',
    paths: partitions.map(({ path }) => path),
    columns: fileColumns,
    rows,
    bytes: null,
    sha256: null,
  }
  return [parquet, ...big, ...(actors && counts ? [actors, counts] : [])]
}

function documentsOf(facts: DatasetFacts): Small[] {
  const pages: [string, string][] = [
    ['datapackage.json', writeDataPackage(facts)],
    ['croissant.json', writeCroissant(facts)],
    ['DATASHEET.md', writeDatasheet(facts)],
    ['METHODS.md', writeMethods(facts)],
    ['CODEBOOK.md', writeCodebook()],
    ...writeCharts(facts.aggregates, facts.plan.choices.thresholds.cell).map(
      ({ path, svg }): [string, string] => [path, svg],
    ),
  ]
  return pages.map(([path, text]) => ({ path, content: toUtf8(text) }))
}

/** Progress over all passes as one number of rows. */
function passesOf(watch: Watch, passes: number): (pass: number) => Watch {
  return (pass) => ({
    signal: watch.signal,
    onProgress: ({ done, total }) => watch.onProgress?.({ done: pass * total + done, total: passes * total }),
  })
}

async function* datasetBytes(options: DatasetOptions): AsyncGenerator<Bytes> {
  const { release, check } = options
  if (check.hits.length > 0) throw problemError('release-blocked')
  if (release.items.length === 0) throw problemError('nothing-chosen')
  const zip = startZip()
  const files = bigFiles(release)
  const watchOf = passesOf(options, 1 + files.length)
  const partitions = partitionsOf(release)
  const measures = await startMeasures(files)
  const first = { ...watchOf(0), onRows: measures.add }
  for await (const { path, content } of parquetFiles(release, partitions, first))
    yield* put(zip, path, content)
  const measured = measures.finish()
  for (const [index, file] of files.entries()) {
    const facts = measured.get(file.path)
    const header = facts && zip.place({ name: file.path, ...facts })
    if (!header) throw problemError('bundle-too-large')
    yield header
    yield* expectMeasured(piecesOf(file, release, watchOf(1 + index)), facts)
  }
  const aggregates = aggregate(release.items, release.plan.choices.thresholds.cell)
  const small = await smallTables(release, aggregates)
  const { tool, madeOn } = options
  const facts: DatasetFacts = {
    plan: release.plan,
    check,
    text: textFacts(release),
    aggregates,
    tables: await tableFacts({ release, partitions, measured, small, aggregates }),
    unread: release.book.unread,
    tool,
    madeOn,
  }
  for (const { path, content } of [...small, ...documentsOf(facts)]) {
    throwIfCancelled(options.signal)
    yield* put(zip, path, content)
  }
  yield zip.end()
}

/**
 * The dataset as a canonical .zip, made while it is read; opens the items several times instead of holding them.
 * The same release gives the same bytes. Fails with `release-blocked` when the check or a row has a hit,
 * `nothing-chosen` when no row is released, `bundle-too-large`, `save-failed` when the locker changed meanwhile, and
 * with an `AbortError` when cancelled (`problemOf` in the bundle reads them).
 */
export function writeDataset(options: DatasetOptions): ReadableStream<Bytes> {
  const pieces = datasetBytes(options)
  return new ReadableStream<Bytes>(
    {
      async pull(controller) {
        const next = await pieces.next()
        if (next.done) controller.close()
        else controller.enqueue(next.value)
      },
      async cancel() {
        await pieces.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )
}
