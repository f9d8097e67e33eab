import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { Worker } from 'node:worker_threads'
import { hostileBundle } from '../tests/support/hostile-bundles'
import { signedBundle } from '../tests/support/sample-bundle'
import { largeBundle, smallBundle, withFiles } from '../tests/support/tamper'
import { verifyBundle } from '../utils/bundle/verify'
import { projectFolder, say } from './shell'
import type { Job, Note } from './test-tamper/work'

const usage =
  'Use it so: npm run test:tamper -- [--flips all|N] [--random N] [--hostile N]. ' +
  'Without any: every flip, 20,000 random changes, 2,000 hostile bundles.'

/** What hostile bundles may cost: processor time of each, in milliseconds, and memory over all, in MiB. */
const limits = { cpuMs: 2_000, memoryMib: 100 }

type Options = { flips: number | 'all'; random: number; hostile: number }

function readOptions(argv: string[]): Options | null {
  try {
    const option = { type: 'string' } as const
    const { values } = parseArgs({ args: argv, options: { flips: option, random: option, hostile: option } })
    const isAny = Object.keys(values).length > 0
    const countOf = (given: string | undefined, whole: number) => Number(given ?? (isAny ? 0 : whole))
    const flips = values.flips ?? (isAny ? '0' : 'all')
    const options: Options = {
      flips: flips === 'all' ? 'all' : Number(flips),
      random: countOf(values.random, 20_000),
      hostile: countOf(values.hostile, 2_000),
    }
    const counts = [options.flips === 'all' ? 0 : options.flips, options.random, options.hostile]
    return counts.every((count) => Number.isInteger(count) && count >= 0) ? options : null
  } catch {
    return null
  }
}

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

const grouped = (count: number): string => count.toLocaleString('en')

function runWorker(job: Job, onNote: (note: Note) => void): Promise<void> {
  return new Promise((done, failed) => {
    const script = new URL('./test-tamper/worker.mjs', `file://${projectFolder}/scripts/`)
    const worker = new Worker(script, { workerData: { root: projectFolder, job } })
    worker.on('message', onNote)
    worker.on('error', failed)
    worker.on('exit', (code) => (code === 0 ? done() : failed(new Error(`a worker ended with ${code}`))))
  })
}

type Total = { done: Record<string, number>; missed: string[]; seconds: number }

/** Numbers `0, step, 2·step … below end`, shared among the processors. */
async function runAll(job: Pick<Job, 'part' | 'step' | 'end'>): Promise<Total> {
  const total: Total = { done: {}, missed: [], seconds: 0 }
  const began = performance.now()
  let told = began
  const onNote = ({ done, missed }: Note): void => {
    for (const [kind, count] of Object.entries(done)) total.done[kind] = (total.done[kind] ?? 0) + count
    total.missed.push(...missed)
    if (performance.now() - told < 15_000) return
    told = performance.now()
    say(`… ${grouped(Object.values(total.done).reduce((sum, count) => sum + count, 0))}`)
  }
  const workers = Math.max(1, availableParallelism())
  const shares = Array.from({ length: workers }, (_, i) => ({
    part: job.part,
    first: i * job.step,
    step: workers * job.step,
    end: job.end,
  }))
  await Promise.all(shares.map((share) => runWorker(share, onNote)))
  total.seconds = (performance.now() - began) / 1_000
  return total
}

function printTotal({ done, missed, seconds }: Total): boolean {
  const all = Object.values(done).reduce((sum, count) => sum + count, 0)
  print(
    `  ${Object.entries(done)
      .map(([kind, count]) => `${kind} ${grouped(count)}`)
      .join(', ')}`,
  )
  print(
    `  ${grouped(all)} tried, ${grouped(all - missed.length)} reported as they must be, ${grouped(missed.length)} not; ` +
      `${seconds.toFixed(0)} s, ${grouped(Math.round(all / seconds))} a second`,
  )
  for (const one of missed.slice(0, 20)) print(`  MISSED ${one}`)
  return missed.length === 0
}

async function testFlips(count: number | 'all'): Promise<boolean> {
  const { bundle, files } = await withFiles(smallBundle())
  const bits = bundle.length * 8
  print(`Single bits of a bundle of ${grouped(bundle.length)} bytes and ${files.length} files`)
  print('  A flip inside a file must name this file and no other, by checksum and in the lists.')
  return printTotal(
    await runAll({ part: 'flips', step: count === 'all' ? 1 : Math.ceil(bits / count) | 1, end: bits }),
  )
}

async function testRandom(count: number): Promise<boolean> {
  const { bundle, files } = await withFiles(largeBundle())
  print(`Random changes of a bundle of ${grouped(bundle.length)} bytes and ${files.length} files`)
  return printTotal(await runAll({ part: 'random', step: 1, end: count }))
}

const heldNow = (): number => {
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return (heapUsed + arrayBuffers) / 1024 / 1024
}

type Cost = { cpuMs: number; memoryMib: number; isBundle: boolean }

/** What one verification costs; memory is counted with what nobody needs any more. */
async function measure(bundle: Blob): Promise<Cost> {
  collectGarbage()
  const before = heldNow()
  let most = before
  const onProgress = () => {
    most = Math.max(most, heldNow())
  }
  const began = process.cpuUsage()
  const { isBundle } = await verifyBundle(bundle, { onProgress })
  const { user, system } = process.cpuUsage(began)
  onProgress()
  return { cpuMs: (user + system) / 1_000, memoryMib: most - before, isBundle }
}

async function testHostile(count: number): Promise<boolean> {
  const good = await signedBundle()
  for (let i = 0; i < 20; i++) await verifyBundle(good)
  const kinds: Record<string, number> = {}
  const most = { cpuMs: 0, memoryMib: 0, slow: '', large: '', refused: 0 }
  for (let number = 0; number < count; number++) {
    const { kind, bytes } = hostileBundle(good, number)
    const { cpuMs, memoryMib, isBundle } = await measure(new Blob([bytes]))
    if (cpuMs > most.cpuMs) Object.assign(most, { cpuMs, slow: `${kind} ${number}` })
    if (memoryMib > most.memoryMib) Object.assign(most, { memoryMib, large: `${kind} ${number}` })
    kinds[kind] = (kinds[kind] ?? 0) + 1
    if (!isBundle) most.refused++
  }
  print(
    `Hostile bundles: ${Object.entries(kinds)
      .map(([kind, number]) => `${kind} ${number}`)
      .join(', ')}`,
  )
  print(`  ${grouped(count)} read without a crash, ${grouped(most.refused)} of them refused as no bundle`)
  print(`  most processor time ${most.cpuMs.toFixed(0)} ms (${most.slow}; limit ${grouped(limits.cpuMs)})`)
  print(`  most memory ${most.memoryMib.toFixed(0)} MiB (${most.large}; limit ${limits.memoryMib})`)
  return most.cpuMs < limits.cpuMs && most.memoryMib < limits.memoryMib
}

/** `npm run test:tamper`: changes bundles in every way and prints what was seen; promises 0 when nothing was missed. */
export async function main(argv: string[]): Promise<number> {
  const options = readOptions(argv)
  if (options === null) {
    say(usage)
    return 2
  }
  const passed: boolean[] = []
  if (options.hostile > 0) passed.push(await testHostile(options.hostile))
  if (options.flips !== 0) passed.push(await testFlips(options.flips))
  if (options.random > 0) passed.push(await testRandom(options.random))
  return passed.every(Boolean) ? 0 : 1
}
