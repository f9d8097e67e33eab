import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { codeOf } from '../../../components/locker/Warnings'
import { wordsFor } from '../../../utils/words/translate'

const sources = readdirSync('utils/platforms')
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(`utils/platforms/${name}`, 'utf8'))
const kinds = new Set([
  'dom',
  'comment',
  'reply',
  'quote',
  'post',
  'text',
  'posted',
  'media',
  'counts',
  'mentions',
  'permalink',
])

/** The parts of a reader in which reasons are named: whole functions about them, calls of these, and single lines. */
function partsAboutReasons(source: string): string[] {
  const functions = source.match(/^(?:export )?function \w*(?:[Mm]issing|[Rr]eason)\w*\([\s\S]*?^\}/gm) ?? []
  const calls = source.match(/\bmissingOf\(reading, \{[\s\S]*?\}\)/g) ?? []
  const notes = source.match(/\bnote\([^;]*?\)$/gm) ?? []
  const lines = source.match(/^.*\breason\b.*$/gm) ?? []
  return [...functions, ...calls, ...notes, ...lines]
}

/** Reasons are bare codes; fields, attributes and names of things are not. */
function codesIn(part: string): string[] {
  const words = [...part.matchAll(/'([a-z]+(?:-[a-z]+)*)'/g)].map(([, word]) => word ?? '')
  const isOther = (word: string) => kinds.has(word) || /^(?:data|aria|ytd|shreddit)-/.test(word)
  const isNoted = (word: string) => part.startsWith('note(') && part.endsWith(`'${word}')`)
  const isSaid = (word: string) => word.includes('-') || part.includes(`reason: '${word}'`) || isNoted(word)
  return words.filter((word) => !isOther(word) && isSaid(word))
}

function fixtureGaps(): { field: string; reason: string }[] {
  const folder = 'tests/fixtures/platforms'
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('expected.json'),
  )
  return files.flatMap((name) => {
    const found: { field: string; reason: string }[] = []
    JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'), (key, value) => {
      if (key === 'missing' && Array.isArray(value)) found.push(...value)
      return value
    })
    return found
  })
}

const lacks = (prefix: string, codes: Iterable<string>) =>
  [...new Set(codes)].filter((code) => wordsFor('en').ofCode(prefix, code) === null)

describe('what the page did not give', () => {
  it('has words for every reason that a reader names', () => {
    const codes = sources.flatMap(partsAboutReasons).flatMap(codesIn)
    expect(new Set(codes).size).toBeGreaterThan(25)
    expect(lacks('missingReason', codes)).toEqual([])
  })

  it('has words for every reason and field of the fixtures', () => {
    const gaps = fixtureGaps()
    expect(gaps.length).toBeGreaterThan(100)
    expect(
      lacks(
        'missingReason',
        gaps.map(({ reason }) => reason),
      ),
    ).toEqual([])
    expect(
      lacks(
        'missingField',
        gaps.map(({ field }) => field),
      ),
    ).toEqual([])
  })

  it('has words for every field that a reader names', () => {
    const fields = sources.flatMap((source) =>
      [...source.matchAll(/(?:field: |\bnote\()'([A-Za-z.]+)'/g)].map(([, field]) => field ?? ''),
    )
    expect(new Set(fields).size).toBeGreaterThan(8)
    expect(lacks('missingField', fields)).toEqual([])
  })
})

describe('why the general reader was used', () => {
  it('has words for every reason, also for one with details', () => {
    const page = ['read-post', 'page-reader']
      .map((name) => readFileSync(`utils/page/${name}.ts`, 'utf8'))
      .join('\n')
    const codes = [...page.matchAll(/(?:reason: |return )'([a-z]+(?:-[a-z]+)+)'/g)].map(
      ([, code]) => code ?? '',
    )
    expect(new Set(codes).size).toBeGreaterThanOrEqual(3)
    expect(lacks('readerReason', [...codes, codeOf('reading refused: text: too long')])).toEqual([])
  })
})
