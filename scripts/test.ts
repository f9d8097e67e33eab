import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBuild } from './build'
import { main as check } from './check'
import { findChromium, findFirefox } from './find-browser'
import { runPackage } from './shell'

/** `again` of those that passed did so at the second try only. */
type Count = { passed: number; failed: number; again: number }

function readJson(path: string): unknown {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null
}

function numberAt(data: unknown, ...path: string[]): number {
  let at: unknown = data
  for (const key of path)
    at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : null
  return typeof at === 'number' ? at : 0
}

const oneFailure: Count = { passed: 0, failed: 1, again: 0 }

/** A run that fails without a failed test of its own still counts as one failure. */
function atLeastOneFailure(count: Count, status: number): Count {
  return status !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count
}

async function checkAll(): Promise<Count> {
  const status = await check()
  return status === 0 ? { passed: 1, failed: 0, again: 0 } : oneFailure
}

async function runVitest(folder: string): Promise<Count> {
  const file = join(folder, 'vitest.json')
  const status = await runPackage(
    'vitest/vitest.mjs',
    ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
    { output: 'stdout' },
  )
  const report = readJson(file)
  const [passed, failed] = [numberAt(report, 'numPassedTests'), numberAt(report, 'numFailedTests')]
  return atLeastOneFailure({ passed, failed, again: 0 }, status)
}

/** Tests that bear company two at a time; those of moments one at a time, after them. */
async function runPlaywright(folder: string, project: 'together' | 'alone'): Promise<Count> {
  const file = join(folder, `${project}.json`)
  const status = await runPackage(
    '@playwright/test/cli.js',
    ['test', '--reporter=list,json', `--project=${project}`],
    {
      output: 'stdout',
      environment: { PLAYWRIGHT_JSON_OUTPUT_NAME: file, WITNESSMARK_BUILT: 'yes' },
    },
  )
  const report = readJson(file)
  const again = numberAt(report, 'stats', 'flaky')
  const passed = numberAt(report, 'stats', 'expected') + again
  return atLeastOneFailure({ passed, failed: numberAt(report, 'stats', 'unexpected'), again }, status)
}

async function runBrowsers(folder: string, project: 'together' | 'alone'): Promise<Count> {
  await ensureBuild('chrome')
  await ensureBuild('firefox')
  const environment = { chromium: await findChromium(), firefox: await findFirefox() }
  process.env.CHROMIUM_PATH = environment.chromium
  process.env.FIREFOX_PATH = environment.firefox
  return runPlaywright(folder, project)
}

async function attempt(name: string, run: () => Promise<Count>): Promise<Count> {
  process.stdout.write(`\n== ${name}\n`)
  try {
    return await run()
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`)
    return oneFailure
  }
}

/**
 * `npm test`: format, lint and types; unit tests and the shape of the code; then both builds in real browsers.
 * The last line counts all of it; promises 0 only when nothing failed.
 */
export async function main(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'witnessmark-test-'))
  const counts = [
    await attempt('Format, lint, types', checkAll),
    await attempt('Units and the shape of the code', () => runVitest(folder)),
    await attempt('In real browsers', () => runBrowsers(folder, 'together')),
    await attempt('In real browsers, moment by moment', () => runBrowsers(folder, 'alone')),
  ]
  rmSync(folder, { recursive: true, force: true })
  const sum = (of: keyof Count): number => counts.reduce((total, count) => total + count[of], 0)
  const failed = sum('failed')
  const again = sum('again')
  if (again > 0) process.stdout.write(`\n${again} passed at the second try only\n`)
  process.stdout.write(`\n${sum('passed')} passed, ${failed} failed\n`)
  return failed === 0 ? 0 : 1
}
