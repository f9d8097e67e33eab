import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'
import { actionCodes, notRecordedCodes } from '../utils/model/capture-codes'
import { incidentTypes } from '../utils/model/incident-types'
import { problemCodes } from '../utils/model/problem'

/** Who may import whom; `types` marks folders of which only types may be taken. */
const table: Record<string, { values: string[]; types?: string[] }> = {
  'utils/model': { values: [] },
  'utils/words': { values: ['locales'] },
  'utils/platforms': { values: [], types: ['utils/model'] },
  'utils/messages': { values: ['utils/model'] },
  'utils/crypto': { values: ['utils/model'] },
  'utils/page': { values: ['utils/platforms', 'utils/messages'], types: ['utils/model'] },
  'utils/locker': { values: ['utils/model', 'utils/crypto', 'utils/custody'] },
  'utils/custody': { values: ['utils/model', 'utils/crypto'] },
  'utils/capture': {
    values: [
      'utils/model',
      'utils/messages',
      'utils/crypto',
      'utils/locker',
      'utils/platforms',
      'utils/words',
    ],
  },
  'utils/ledger': { values: ['utils/model'] },
  'utils/channels': { values: ['utils/model'], types: ['utils/words'] },
  'utils/reports': { values: ['utils/model', 'utils/channels', 'utils/words', 'utils/crypto'] },
  'utils/bundle': {
    values: [
      'utils/model',
      'utils/crypto',
      'utils/custody',
      'utils/reports',
      'utils/channels',
      'utils/words',
    ],
  },
  // Of the bundle it takes the container alone, which is made the same way; the bundle knows nothing of datasets.
  'utils/dataset': {
    values: ['utils/model', 'utils/crypto', 'utils/bundle/zip'],
  },
  components: { values: ['components'], types: ['utils/model', 'utils/words', 'utils/dataset'] },
  entrypoints: { values: ['entrypoints', 'components', 'utils', 'locales'] },
  scripts: { values: ['scripts', 'utils', 'locales', 'tests/support', 'tests/bench'] },
}

type Import = { file: string; line: number; target: string; isType: boolean }

const sourceFile = /\.(ts|tsx)$/

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return listFiles(path)
    return sourceFile.test(entry.name) ? [path] : []
  })
}

/** Every relative import of a file, with whether only types are taken by it. */
function readImports(file: string): Import[] {
  const source = readFileSync(file, 'utf8')
  const found: Import[] = []
  const statement = /^(?:import|export)\s+(type\s+)?([\s\S]*?)\s*from\s+'([^']+)'/gm
  for (const match of source.matchAll(statement)) {
    const [, type, names = '', target = ''] = match
    if (!target.startsWith('.')) continue
    const line = source.slice(0, match.index).split('\n').length
    const path = normalize(join(dirname(file), target)).replaceAll('\\', '/')
    const isAllTypes = /^\{\s*(type\s+\w+(\s+as\s+\w+)?\s*,?\s*)+\}$/.test(names)
    found.push({ file, line, target: path, isType: type !== undefined || isAllTypes })
  }
  return found
}

/** The longest folder of the table that a path lies in. */
function folderOf(path: string): string | undefined {
  return Object.keys(table)
    .filter((folder) => path === folder || path.startsWith(`${folder}/`))
    .sort((a, b) => b.length - a.length)[0]
}

function isWithin(path: string, folders: string[]): boolean {
  return folders.some((folder) => path === folder || path.startsWith(`${folder}/`))
}

function isAllowed({ file, target, isType }: Import): boolean {
  const folder = folderOf(file)
  if (folder === undefined || isWithin(target, [folder])) return true
  const entry = table[folder]
  return isWithin(target, entry?.values ?? []) || (isType && isWithin(target, entry?.types ?? []))
}

const files = ['utils', 'components', 'entrypoints', 'scripts'].flatMap(listFiles)
const imports = files.flatMap(readImports)
const show = ({ file, line, target }: Import): string => `${file}:${line} imports ${target}`

describe('who imports whom', () => {
  it('follows the table', () => {
    expect(imports.length).toBeGreaterThan(100)
    expect(imports.filter((one) => !isAllowed(one)).map(show)).toEqual([])
  })

  it('has no cycles of values', () => {
    const graph = new Map<string, string[]>()
    const known = new Set(files)
    for (const { file, target, isType } of imports) {
      const path = [target, `${target}.ts`, `${target}.tsx`].find((candidate) => known.has(candidate))
      if (path !== undefined && !isType) graph.set(file, [...(graph.get(file) ?? []), path])
    }
    const cycles: string[] = []
    const done = new Set<string>()
    const visit = (file: string, trail: string[]): void => {
      if (trail.includes(file)) cycles.push([...trail.slice(trail.indexOf(file)), file].join(' → '))
      if (done.has(file) || trail.includes(file)) return
      for (const next of graph.get(file) ?? []) visit(next, [...trail, file])
      done.add(file)
    }
    for (const file of graph.keys()) visit(file, [])
    expect(cycles).toEqual([])
  })

  it('takes only types into what runs in pages', () => {
    const inPage = files.filter((file) => isWithin(file, ['utils/page', 'utils/platforms']))
    const seen = new Set<string>()
    const visit = (file: string): void => {
      if (seen.has(file)) return
      seen.add(file)
      for (const { target, isType } of readImports(file))
        if (!isType)
          for (const end of ['', '.ts', '.tsx']) if (files.includes(target + end)) visit(target + end)
    }
    for (const file of inPage) visit(file)
    const foreign = [...seen].flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/^import (?!type)[\s\S]*?from '([^.'][^']*)'/gm)].map(
        ([, name]) => `${file} imports ${name}`,
      ),
    )
    expect(foreign.filter((one) => !one.endsWith(' imports wxt/browser'))).toEqual([])
  })

  it('reaches the browser only through wxt/browser', () => {
    const direct = files.filter((file) => {
      const source = readFileSync(file, 'utf8')
      return (
        isWithin(file, ['utils', 'components', 'entrypoints']) &&
        /\bchrome\.\w|webextension-polyfill/.test(source)
      )
    })
    expect(direct).toEqual([])
  })
})

describe('platforms', () => {
  const registry = readFileSync('utils/platforms/index.ts', 'utf8')
  const list = /PlatformAdapter\[\] = \[([^\]]*)\]/.exec(registry)?.[1] ?? ''
  const ids = list.split(',').flatMap((id) => id.trim() || [])

  it('stand in the list, each under its own name with its own fixtures', () => {
    expect(ids.length).toBeGreaterThanOrEqual(5)
    for (const id of ids) {
      expect(readFileSync(`utils/platforms/${id}.ts`, 'utf8')).toContain(`id: '${id}'`)
      expect(readdirSync(`tests/fixtures/platforms/${id}`).length).toBeGreaterThanOrEqual(4)
    }
  })

  it('are named nowhere else in the domain', () => {
    const outside = files.filter(
      (file) =>
        isWithin(file, ['utils']) && !isWithin(file, ['utils/platforms', 'utils/channels', 'utils/reports']),
    )
    const naming = outside.filter((file) =>
      new RegExp(`['"](${ids.join('|')})['"]`).test(readFileSync(file, 'utf8')),
    )
    expect(naming).toEqual([])
  })
})

describe('files', () => {
  it('are one thing each: at most 300 lines', () => {
    const long = files.map((file) => ({ file, lines: readFileSync(file, 'utf8').split('\n').length }))
    expect(long.filter(({ lines }) => lines > 301)).toEqual([])
  })

  it('have no index that only passes on', () => {
    const passing = files.filter((file) => {
      const source = readFileSync(file, 'utf8').trim()
      return (
        /\/index\.tsx?$/.test(file) && source.split('\n').every((line) => line.startsWith('export * from'))
      )
    })
    expect(passing).toEqual([])
  })
})

describe('words', () => {
  type Locale = Record<string, unknown>
  const locales = readdirSync('locales').map(
    (name) => [name, JSON.parse(readFileSync(`locales/${name}`, 'utf8')) as Locale] as const,
  )
  const english = Object.fromEntries(locales)['en.json'] ?? {}
  const holes = (entry: unknown): string[] =>
    [...JSON.stringify(entry).matchAll(/\{(\w+)\}/g)].map(([, n]) => n ?? '')

  it('are there in every language, with the same values to fill in', () => {
    for (const [name, locale] of locales) {
      expect({ name, missing: Object.keys(english).filter((key) => !(key in locale)) }).toEqual({
        name,
        missing: [],
      })
      expect({ name, extra: Object.keys(locale).filter((key) => !(key in english)) }).toEqual({
        name,
        extra: [],
      })
      const different = Object.keys(english).filter(
        (key) =>
          key !== '@' &&
          new Set(holes(english[key])).symmetricDifference(new Set(holes(locale[key]))).size > 0,
      )
      expect({ name, different }).toEqual({ name, different: [] })
    }
  })

  it('have a sentence for every problem, action, lack and incident type', () => {
    const keys = [
      ...actionCodes.map((code) => `action.${code}`),
      ...notRecordedCodes.map((code) => `notRecorded.${code}`),
      ...problemCodes.map((code) => `problem.${code}`),
      ...incidentTypes.map((type) => `type.${type}`),
    ]
    expect(keys.filter((key) => !(key in english))).toEqual([])
  })
})
