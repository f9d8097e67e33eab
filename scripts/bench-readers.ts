import { parseArgs } from 'node:util'
import { comparePage } from './bench-readers/compare'
import { isFolder, type PageCase, readFolder } from './bench-readers/read-folder'
import { openReader, type Reader } from './bench-readers/reader'
import { differencesOf, type NamedResult, tableOf } from './bench-readers/table'
import { ensureBuild } from './build'
import { findChromium } from './find-browser'
import { pathFromPerson, say } from './shell'

const usage = 'Use it so: npm run --silent bench:readers -- DIR [--values]'

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Reads one page and compares; a reader that fails has found nothing, and the reason is kept. */
async function measure(reader: Reader, page: PageCase): Promise<NamedResult> {
  const { platform, name, site, now, expected, isComplete } = page
  try {
    const readings = await reader.read(site, now)
    const result = comparePage({ expected, readings, isComplete })
    return { platform, name, result, failure: null }
  } catch (error) {
    const result = comparePage({ expected, readings: [], isComplete })
    return { platform, name, result, failure: error instanceof Error ? error.message : String(error) }
  }
}

/** One origin after the other, so that the toolbar button has to be pressed seldom. */
function byOrigin(cases: readonly PageCase[]): PageCase[] {
  const originOf = ({ site }: PageCase): string => new URL(site.address).origin
  return [...cases].sort((a, b) => originOf(a).localeCompare(originOf(b)))
}

async function measureAll(cases: readonly PageCase[]): Promise<NamedResult[]> {
  const [program, build] = await Promise.all([findChromium(), ensureBuild('chrome')])
  const reader = await openReader({ program, build })
  try {
    const results: NamedResult[] = []
    for (const page of byOrigin(cases)) results.push(await measure(reader, page))
    return results.sort((a, b) => `${a.platform}/${a.name}`.localeCompare(`${b.platform}/${b.name}`))
  } finally {
    await reader.close()
  }
}

function readArguments(argv: string[]): { folder: string; values: 'with' | 'without' } | null {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: { values: { type: 'boolean' } },
    })
    const [folder] = positionals
    if (folder === undefined || positionals.length > 1) return null
    return { folder: pathFromPerson(folder), values: values.values ? 'with' : 'without' }
  } catch {
    return null
  }
}

/**
 * `npm run bench:readers -- DIR`: reads every page of a folder with the built extension and prints how much of
 * what is expected was found. 0 when it could measure, whatever came out; 2 when there was nothing to measure.
 */
export async function main(argv: string[]): Promise<number> {
  const question = readArguments(argv)
  if (question === null) {
    say(usage)
    return 2
  }
  if (!isFolder(question.folder)) {
    say(`${question.folder} is not a folder.`)
    return 2
  }
  const { cases, troubles } = readFolder(question.folder)
  for (const trouble of troubles) say(trouble)
  if (cases.length === 0) {
    say(`${question.folder} has no pages with expectations. The README says how they are laid out.`)
    return 2
  }
  const results = await measureAll(cases)
  for (const line of tableOf(results)) print(line)
  const differences = differencesOf(results, question)
  if (differences.length > 0) for (const line of ['', 'What differs:', ...differences]) print(line)
  return 0
}
