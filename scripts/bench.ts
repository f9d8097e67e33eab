import { measureCapture } from '../tests/bench/capture'
import { measureLongPage, type Smoothness } from '../tests/bench/long-page'
import { ensureBuild } from './build'
import { findChromium } from './find-browser'

const rounds = 30
const posts = 1_000
const aims = { ratio: 6, p95Ms: 400, taskMs: 50 }

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

function describeTasks({ longTasks, longestFrameMs }: Smoothness): string {
  const longest = Math.max(0, ...longTasks)
  return `${longTasks.length} long tasks, longest ${longest} ms; longest pause between frames ${Math.round(longestFrameMs)} ms`
}

async function benchCapture(browser: { program: string; build: string }): Promise<void> {
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

async function benchLongPage(browser: { program: string; build: string }): Promise<void> {
  const { without, documenting } = await measureLongPage({ ...browser, posts })
  const added = documenting.longTasks.length - without.longTasks.length
  print(`A page of ${posts.toLocaleString('en')} posts, scrolled through`)
  print(`  without documenting         ${describeTasks(without)}`)
  print(`  documenting                 ${describeTasks(documenting)}`)
  print(`  long tasks added            ${added} (aim: none over ${aims.taskMs} ms, ${verdict(added <= 0)})`)
}

/** `npm run bench`: prints the figures; promises 0 when they could be measured. */
export async function main(): Promise<number> {
  const browser = { program: await findChromium(), build: await ensureBuild('chrome') }
  await benchCapture(browser)
  await benchLongPage(browser)
  return 0
}
