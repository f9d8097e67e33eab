import fc from 'fast-check'
import { parquetReadObjects } from 'hyparquet'
import { describe, expect, it } from 'vitest'
import { readBook } from '../../../utils/dataset/book'
import { checkRelease } from '../../../utils/dataset/check'
import { fold } from '../../../utils/dataset/fold'
import { makePlan } from '../../../utils/dataset/plan'
import { newPseudonymKey } from '../../../utils/dataset/pseudonyms'
import { startRedactor } from '../../../utils/dataset/redact'
import { prepareRelease } from '../../../utils/dataset/release'
import type { DatasetRecord } from '../../../utils/dataset/source'
import { writeDataset } from '../../../utils/dataset/write'
import type { PostReading } from '../../../utils/model/post'
import { inventLocker, inventRecord, lockerOf } from '../../support/invented-locker'
import { samplePost } from '../../support/sample-items'
import { choices, exportOf, low, readAll, textOf, type Written } from './written'

const alphabets = {
  latin: 'bcdfghjklmnpqrstvwz',
  cyrillic: 'бвгджзклмнпфцчшщ',
  arabic: 'بتثجحخدذرزسشصضط',
  devanagari: 'कखगघचछजझटठडढणत',
  burmese: 'ကခဂဃငစဆဇဈညဋဌဍဎဏ',
  georgian: 'აბგდევზთიკლმნოპ',
} as const
type Script = keyof typeof alphabets

/** A word of eleven letters that stands in nothing we write ourselves. */
function canary(seed: number, script: Script): string {
  const letters = [...alphabets[script]]
  let state = seed * 2_654_435_761 + 12_345
  return Array.from({ length: 11 }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return letters[(state >> 8) % letters.length]
  }).join('')
}

/** A post with another canary in every field that holds free words. */
function bugged(base: PostReading, next: () => string): PostReading {
  const web = () => `https://host.example/${encodeURI(next())}`
  return {
    ...base,
    postId: next(),
    permalink: web(),
    author: { handle: next(), name: `${next()} ${next()}`, profile: web(), id: next() },
    text: `${next()} @${next()}`,
    links: [{ address: web(), text: next() }],
    mentions: [next(), next()],
    media: [{ kind: 'image', address: web(), alt: next(), isHidden: false }],
    counts: { replies: '3', likes: next(), [next().slice(0, 30)]: next() },
    posted: { ...base.posted, asShown: next() },
    parentPostId: next(),
    replyToHandle: next(),
    quotedIn: next(),
    repostedBy: next(),
    contentWarning: next(),
    missing: [{ field: next(), reason: next() }],
  }
}

function buggedRecord(record: DatasetRecord, next: () => string): DatasetRecord {
  const { item, assessment, target } = record
  const author = item.post.author
  const post = bugged(item.post, next)
  return {
    item: {
      ...item,
      post: { ...post, author: { ...post.author, id: `${author.handle}${post.author.id}` } },
      context: [bugged(samplePost(), next)],
      page: {
        ...item.page,
        address: `https://host.example/${encodeURI(next())}`,
        title: next(),
        headings: [next()],
        times: [{ asShown: next(), machine: next() }],
      },
      collection: { ...item.collection, browser: next(), actions: [next()], notRecorded: [next()] },
    },
    assessment: assessment && { ...assessment, note: next() },
    caseIds: record.caseIds,
    target: target && { key: `${target.key}${canary(7, 'latin')}`, country: next(), grounds: [next()] },
  }
}

async function everyText({ files }: Written): Promise<string> {
  const texts = Object.entries(files).map(([path, bytes]) =>
    path.endsWith('.parquet') ? path : textOf(bytes),
  )
  for (const [path, bytes] of Object.entries(files)) {
    if (!path.endsWith('.parquet')) continue
    texts.push(JSON.stringify(await parquetReadObjects({ file: Uint8Array.from(bytes).buffer })))
    texts.push(textOf(bytes))
  }
  return fold(texts.join('\n'), 'letters').text
}

describe('nothing that names anybody', () => {
  it.each(Object.keys(alphabets) as Script[])('leaves from any field, in %s', async (script) => {
    const planted: string[] = [canary(7, 'latin')]
    const next = () => {
      const word = canary(planted.length * 31 + script.length, script)
      planted.push(word)
      return word
    }
    const records = Array.from({ length: 60 }, (_, index) =>
      buggedRecord(
        inventRecord({ items: 60, platforms: ['x'], languages: ['en'], weeks: 1, accounts: 20 }, index),
        next,
      ),
    )
    const source = lockerOf(records)
    const book = await readBook(source, [])
    const redact = startRedactor([], book.identifiers)
    const decisions = records.map(({ item }) => ({
      itemId: item.id,
      text: redact(item.post.text ?? '').text,
    }))
    for (const tier of ['T0', 'T1'] as const) {
      const written = await exportOf(source, { choices: choices({ tier, thresholds: low }), decisions })
      expect(written.plan.counts.released).toBeGreaterThan(20)
      const all = await everyText(written)
      // The first word of a text is no identifier: it is what the post says, and in T1 it stays.
      const said = new Set(tier === 'T1' ? records.map(({ item }) => item.post.text?.split(' ')[0]) : [])
      const leaked = planted.filter((word) => !said.has(word) && all.includes(fold(word, 'letters').text))
      expect(leaked).toEqual([])
      expect(planted.length).toBeGreaterThan(1_500)
    }
  })

  it('passes the check unseen: lookalikes, invisible signs, another width', async () => {
    const disguises = [
      'quаrrel_1_7',
      'QUARREL_1_7',
      'quar\u200brel_1_7',
      'ｑｕａｒｒｅｌ＿１＿７',
      'quárrel_1_7',
      'quarreI_1_7'.replace('I', 'l'),
    ]
    const source = inventLocker({ items: 200 })
    const book = await readBook(source, [])
    for (const text of disguises) {
      const plan = makePlan(book, choices({ tier: 'T1', thresholds: low }))
      const first = plan.released[0]?.entry.id ?? ''
      const review = new Map([[first, { itemId: first, text: `They call themselves ${text} there` }]])
      const release = await prepareRelease({ plan, book, review, source, key: await newPseudonymKey() })
      const check = await checkRelease(release)
      expect(check.hits).toMatchObject([{ kind: 'handle', place: 'items', column: 'text', itemId: first }])
      const options = { release, tool: { name: 'W', version: '1' }, madeOn: '2026-11-22' }
      await expect(readAll(writeDataset({ ...options, check }))).rejects.toThrow('release-blocked')
      // A check of something else does not open the door.
      await expect(readAll(writeDataset({ ...options, check: { ...check, hits: [] } }))).rejects.toThrow(
        'release-blocked',
      )
    }
  })

  it('leaves in what the person types', async () => {
    const source = inventLocker({ items: 200 })
    const book = await readBook(source, [{ kind: 'target', value: 'Nadira Veleno' }])
    const plan = makePlan(
      book,
      choices({
        purpose: 'What happened to Nadira  VELENO.',
        recipient: 'Friends of quarrel_1_3',
        thresholds: low,
      }),
    )
    const release = await prepareRelease({
      plan,
      book,
      review: new Map(),
      source,
      key: await newPseudonymKey(),
    })
    const { hits } = await checkRelease(release)
    expect(hits.map(({ kind, place, column }) => ({ kind, place, column }))).toEqual([
      { kind: 'target', place: 'DATASHEET.md', column: 'purpose' },
      { kind: 'handle', place: 'DATASHEET.md', column: 'recipient' },
    ])
  })

  it('is in T1 the words of a post that is not released', async () => {
    const words = 'We all know which blue door to knock at when the night is long'
    const source = inventLocker({
      items: 200,
      text: (index) => (index === 5 ? words : `Nothing much, ${index}`),
    })
    const book = await readBook(source, [])
    const secret = source.ids[5] ?? ''
    const plan = makePlan(book, choices({ tier: 'T1', thresholds: low, excludedItems: [secret] }))
    const other = plan.released[0]?.entry.id ?? ''
    const review = new Map([[other, { itemId: other, text: `She said: ${words.toUpperCase()}` }]])
    const release = await prepareRelease({ plan, book, review, source, key: await newPseudonymKey() })
    expect((await checkRelease(release)).hits).toMatchObject([{ kind: 'text', itemId: other }])
  })
})

type Row = Record<string, string | number | boolean | null>
const rowsOf = ({ files }: Written): Row[] =>
  textOf(files['items.jsonl'])
    .trimEnd()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Row)

describe('thresholds', () => {
  it('hold for every released cell of random lockers, and every count adds up', async () => {
    const shape = fc.record({
      seed: fc.integer({ min: 1, max: 100_000 }),
      items: fc.integer({ min: 1, max: 260 }),
      accounts: fc.integer({ min: 1, max: 60 }),
      targets: fc.integer({ min: 1, max: 6 }),
      weeks: fc.integer({ min: 1, max: 3 }),
    })
    const limits = fc.record({
      actors: fc.integer({ min: 2, max: 12 }),
      targets: fc.integer({ min: 1, max: 4 }),
      types: fc.integer({ min: 1, max: 3 }),
      cell: fc.integer({ min: 3, max: 12 }),
    })
    let released = 0
    let suppressed = 0
    await fc.assert(
      fc.asyncProperty(shape, limits, async (locker, thresholds) => {
        const source = inventLocker(locker)
        const book = await readBook(source, [])
        const plan = makePlan(book, choices({ thresholds }))
        const { found, ...ends } = plan.counts
        expect(Object.values(ends).reduce((sum, count) => sum + count, 0)).toBe(found)
        const withheld = Object.values(plan.decided.suppressed).reduce((sum, { rows }) => sum + rows, 0)
        expect(withheld).toBe(plan.counts.suppressed)
        expect(plan.decided.released.rows).toBe(plan.counts.released)
        suppressed += withheld
        released += plan.counts.released
        if (plan.counts.released === 0) return
        const rows = rowsOf(await exportOf(source, { choices: choices({ thresholds }) }))
        expect(rows.length).toBe(plan.counts.released)
        const cells = Map.groupBy(rows, (row) =>
          JSON.stringify([row.platform, row.week, row.language, row.region, row.target_group]),
        )
        for (const members of cells.values()) {
          const distinct = (name: string) => new Set(members.map((row) => row[name]).filter(Boolean)).size
          expect(distinct('actor')).toBeGreaterThanOrEqual(thresholds.actors)
          expect(distinct('target')).toBeGreaterThanOrEqual(thresholds.targets)
          expect(distinct('types')).toBeGreaterThanOrEqual(thresholds.types)
        }
      }),
      { numRuns: 40, seed: 7 },
    )
    // The property says nothing where everything or nothing is released.
    expect(released).toBeGreaterThan(500)
    expect(suppressed).toBeGreaterThan(500)
  })

  it('count an account once, whether it is seen by its handle or by its id', async () => {
    const base = inventRecord({ items: 1 }, 0)
    const of = (number: number, id: string | null) => ({
      ...inventRecord({ items: 9 }, number),
      item: {
        ...inventRecord({ items: 9 }, number).item,
        post: { ...base.item.post, author: { ...base.item.post.author, handle: 'Sourplum', id } },
      },
    })
    const book = await readBook(lockerOf([of(1, null), of(2, '42'), of(3, null)]), [])
    const plan = makePlan(book, choices({ thresholds: { actors: 2, targets: 1, types: 1, cell: 3 } }))
    expect(plan.counts).toMatchObject({ released: 0, suppressed: 3 })
    const out = makePlan(book, choices({ excludedActors: ['x handle sourplum'], thresholds: low }))
    expect(out.counts.excludedActors + out.counts.suppressed).toBe(3)
    const platform = base.item.post.platform
    const gone = makePlan(book, choices({ excludedActors: [`${platform} id 42`] }))
    expect(gone.counts).toMatchObject({ excludedActors: 3 })
  })
})
