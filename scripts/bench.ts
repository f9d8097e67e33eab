import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type ExportCost, itemsInBundle, type VerifyCost } from '../tests/bench/bundle'
import { measureCapture } from '../tests/bench/capture'
import { type DatasetCost, measureDataset } from '../tests/bench/dataset'
import { measureLongPage, type Smoothness } from '../tests/bench/long-page'
import { measurePageCost, type PageCost } from '../tests/bench/page-cost'
import { benchLists } from '../tests/bench/print-list'
import { benchLocker } from '../tests/bench/print-locker'
import { ensureBuild } from './build'
import { findChromium } from './find-browser'
import { projectFolder, say } from './shell'

const rounds = 30
const posts = 1_000
const aims = { ratio: 6, p95Ms: 400, taskMs: 50, datasetBytes: 1_024 }
const datasetSizes = [10_000, 100_000]

/** The value below which this share of the sorted values lies. */
function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

function verdict(isMet: boolean): string {
  return isMet ? 'met' : 'not met'
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

const mebibytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MiB`

function describeTasks({ longTasks, longestFrameMs }: Smoothness): string {
  const longest = Math.max(0, ...longTasks)
  return `${longTasks.length} long tasks, longest ${longest} ms; longest pause between frames ${Math.round(longestFrameMs)} ms`
}

type Browser = { program: string; build: string }

async function benchCapture(browser: Browser): Promise<void> {
  const { bareMs, captureMs } = await measureCapture({ ...browser, rounds })
  const [bare, capture] = [percentile(bareMs, 0.5), percentile(captureMs, 0.5)]
  const p95 = percentile(captureMs, 0.95)
  const ratio = capture / bare
  print(`One capture, click to acknowledged, ${rounds} rounds on one page`)
  print(
    `  bare captureVisibleTab      median ${bare.toFixed(0)} ms, p95 ${percentile(bareMs, 0.95).toFixed(0)} ms`,
  )
  print(`  capture, sealed and stored  median ${capture.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms`)
  print(
    `  ratio of the medians        ${ratio.toFixed(1)} (aim: under ${aims.ratio}, ${verdict(ratio < aims.ratio)})`,
  )
  print(
    `  95th percentile             ${p95.toFixed(0)} ms (aim: under ${aims.p95Ms}, ${verdict(p95 < aims.p95Ms)})`,
  )
}

async function benchScroll(browser: Browser): Promise<void> {
  const { without, documenting } = await measureLongPage({ ...browser, posts })
  const added = documenting.longTasks.length - without.longTasks.length
  print(`A page of ${posts.toLocaleString('en')} posts, scrolled through`)
  print(`  without documenting         ${describeTasks(without)}`)
  print(`  documenting                 ${describeTasks(documenting)}`)
  print(`  long tasks added            ${added} (aim: none over ${aims.taskMs} ms, ${verdict(added <= 0)})`)
}

function printSize({ build }: Browser): void {
  const script = readFileSync(join(build, 'content-scripts', 'posts.js'))
  const kib = (bytes: number): string => `${(bytes / 1_024).toFixed(1)} KiB`
  print(`Content script: ${kib(script.length)}, gzipped ${kib(gzipSync(script, { level: 9 }).length)}`)
}

function describeCost({ platform, posts: found, ids, start, scroll, walkMs, longTasks }: PageCost): string {
  const perThousand = (ms: number): string => `${((ms * 1_000) / found).toFixed(0)} ms`.padStart(7)
  const total = start.totalMs + scroll.totalMs
  const added = longTasks.documenting.length - longTasks.without.length
  const longest = Math.max(0, ...longTasks.documenting)
  return [
    `  ${platform.padEnd(10)} ${String(found).padStart(5)} posts, ${String(ids).padStart(4)} ids`,
    `first look ${perThousand(start.longestMs)} = ${(start.longestMs / walkMs).toFixed(1).padStart(5)} walks`,
    `all ${perThousand(total)}`,
    `long tasks ${longTasks.documenting.length} (${added < 0 ? '' : '+'}${added}), longest ${longest} ms`,
  ].join('  ')
}

async function benchPages(browser: Browser): Promise<void> {
  print(
    `A page of ${posts.toLocaleString('en')} posts of each platform: documenting switched on, then twenty windows`,
  )
  print(
    '  Time of the content script and of what it calls, per 1,000 posts, by the profiler. The first look is its',
  )
  print(
    '  longest stretch when it is switched on, also counted in walks over all elements of the page in the same run.',
  )
  print('  Long tasks are those over 50 ms, and how many more there are with it.')
  await measurePageCost({ ...browser, posts }, (cost) =>
    print('failure' in cost ? `  ${cost.platform}: not measured, ${cost.failure}` : describeCost(cost)),
  )
  printSize(browser)
}

function runApart<T>(args: readonly string[]): T {
  const run = [join(projectFolder, 'scripts', 'run.mjs'), 'bench-bundle', ...args]
  return JSON.parse(execFileSync(process.execPath, run, { stdio: ['ignore', 'pipe', 'inherit'] }).toString())
}

function describeBundles(items: number, made: ExportCost, checked: VerifyCost): string {
  const speed = (ms: number): string => `${(made.bytes / 1_000 / ms).toFixed(0)} MB/s`
  const held = ({ peakMib, beforeMib }: ExportCost): string =>
    `${peakMib.toFixed(0)} MiB (${beforeMib.toFixed(0)} before)`
  const size = `${(made.bytes / 1_000_000).toFixed(0)} MB in ${made.bundles} ${made.bundles === 1 ? 'file' : 'files'}`
  return [
    `  ${items.toLocaleString('en').padStart(6)} items, ${size}`,
    `export ${speed(made.ms)}, at most ${held(made)}`,
    `verify ${speed(checked.ms)}, at most ${held(checked)}`,
    `SHA-256 alone ${speed(checked.wasmMs)} in WebAssembly, ${speed(checked.nativeMs)} in OpenSSL`,
  ].join('; ')
}

/** With web archives memory has to stay flat, too; 10,000 items would show nothing more than 1,000. */
function benchArchives(items: number): void {
  if (items > itemsInBundle) return
  const folder = mkdtempSync(join(tmpdir(), 'witnessmark-bench-'))
  try {
    const made = runApart<ExportCost>(['export', String(items), folder, 'wacz'])
    const size = `${(made.bytes / 1_000_000).toFixed(0)} MB`
    const held = `${made.peakMib.toFixed(0)} MiB (${made.beforeMib.toFixed(0)} before)`
    print(`         with web archives, ${size}; export in ${(made.ms / 1_000).toFixed(1)} s, at most ${held}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function benchBundle(): Promise<void> {
  print(
    `Bundles of items with a picture of 200 kB, in Node ${process.versions.node} with the code of the extension,`,
  )
  print(
    `  to and from the disk, at most ${itemsInBundle.toLocaleString('en')} items a file; each line a process of its own`,
  )
  for (const items of [100, 1_000, 10_000]) {
    const folder = mkdtempSync(join(tmpdir(), 'witnessmark-bench-'))
    try {
      const made = runApart<ExportCost>(['export', String(items), folder])
      print(describeBundles(items, made, runApart<VerifyCost>(['verify', folder])))
      benchArchives(items)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

const parts: Record<string, (browser: Browser) => Promise<void>> = {
  capture: benchCapture,
  scroll: benchScroll,
  pages: benchPages,
  locker: async (browser) => {
    await benchLocker(browser, print)
    await benchLists(browser, print)
  },
}

async function benchDataset(): Promise<void> {
  print('A dataset of an invented locker, verbatim text, to a .zip that is thrown away')
  const costs: DatasetCost[] = []
  for (const items of datasetSizes) {
    const cost = await measureDataset(items)
    costs.push(cost)
    const perSecond = (ms: number) => `${Math.round((items * 1_000) / ms).toLocaleString('en')} a second`
    print(
      `  ${items.toLocaleString('en').padStart(7)} items, ${cost.released.toLocaleString('en')} released, ${mebibytes(cost.zipBytes)}`,
    )
    print(
      `          read ${perSecond(cost.readMs)}, checked ${perSecond(cost.checkMs)}, written ${perSecond(cost.writeMs)}; held at most ${mebibytes(cost.heldBytes)}`,
    )
  }
  const [few, many] = costs
  if (!few || !many) return
  const each = (many.heldBytes - few.heldBytes) / (many.items - few.items)
  print(
    `  Held for each further item: ${Math.round(each)} bytes (aim: under ${aims.datasetBytes}, ${verdict(each < aims.datasetBytes)}); of the output, ${Math.round(many.zipBytes / many.released)} bytes a row, nothing is held`,
  )
}

/** Parts that need no browser. */
const withoutBrowser: Record<string, () => Promise<void>> = {
  bundle: benchBundle,
  dataset: benchDataset,
}

/** `npm run bench`: prints the figures, all or of the parts that are named; promises 0 when they could be measured. */
export async function main(names: string[]): Promise<number> {
  const isWanted = (name: string): boolean => names.length === 0 || names.includes(name)
  const all = [...Object.keys(parts), ...Object.keys(withoutBrowser)]
  if (names.some((name) => !all.includes(name))) {
    say(`Use it so: npm run --silent bench -- [${all.join('] [')}]`)
    return 2
  }
  for (const [name, run] of Object.entries(withoutBrowser)) if (isWanted(name)) await run()
  if (!Object.keys(parts).some(isWanted)) return 0
  const browser = { program: await findChromium(), build: await ensureBuild('chrome') }
  for (const [name, run] of Object.entries(parts)) if (isWanted(name)) await run(browser)
  return 0
}
