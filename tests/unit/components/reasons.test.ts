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

/** What stands under a key anywhere in the expectations of the fixtures. */
function inFixtures(wanted: string): unknown[] {
  const folder = 'tests/fixtures/platforms'
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(?:expected|profile)\.json$/.test(name),
  )
  return files.flatMap((name) => {
    const found: unknown[] = []
    JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'), (key, value) => {
      if (key === wanted) found.push(value)
      return value
    })
    return found
  })
}

function fixtureGaps(): { field: string; reason: string }[] {
  return inFixtures('missing').flatMap((gaps) => (Array.isArray(gaps) ? gaps : []))
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

describe('what the page counts', () => {
  it('has words for every count of the fixtures; reactions stand for themselves', () => {
    const names = inFixtures('counts').flatMap((counts) => Object.keys(Object(counts)))
    const spelled = names.filter((name) => /^[a-z-]+$/.test(name))
    expect(new Set(spelled).size).toBeGreaterThan(15)
    expect(lacks('count', spelled)).toEqual([])
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
