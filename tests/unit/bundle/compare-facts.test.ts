import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { areFactsLeft, isLeftOf } from '../../../utils/bundle/compare-facts'
import { coverSign, coverSpans, coverWords } from '../../../utils/bundle/cover-text'
import { redactItem } from '../../../utils/bundle/redact-item'
import type { Item } from '../../../utils/model/item'
import { sampleItem, samplePost } from '../../support/sample-items'
import { samplePaint, sampleRedaction } from '../../support/sample-redaction'

const text = fc.string({ unit: 'grapheme', maxLength: 60 }).map((one) => one.toWellFormed())

describe('what is left of a text', () => {
  it('is known for any words and stretches that are covered', () => {
    const span = fc.record({ start: fc.nat(50), length: fc.integer({ min: 1, max: 12 }) })
    const word = fc.string({ unit: 'grapheme', minLength: 2, maxLength: 4 })
    fc.assert(
      fc.property(
        text,
        fc.array(word, { maxLength: 3 }),
        fc.array(span, { maxLength: 4 }),
        (whole, words, spans) => {
          const covered = coverSpans(
            whole,
            spans.map(({ start, length }) => ({ start, end: start + length })),
          )
          const left = coverWords(words).text(covered.text).toWellFormed()
          expect(isLeftOf(left, whole, 'long')).toBe(true)
        },
      ),
      { numRuns: 400 },
    )
  })

  it('is not known with anything added, exchanged or taken away beside what is covered', () => {
    const whole = 'Vera lives in Elm Street 4, says Vera.'
    const left = coverWords(['Vera']).text(whole)
    expect(left).toBe(`${coverSign} lives in Elm Street 4, says ${coverSign}.`)
    expect(isLeftOf(left, whole)).toBe(true)
    for (const [from, to] of [
      ['Elm', 'Oak'],
      ['lives', 'lives not'],
      [' in', ''],
      [`says ${coverSign}.`, `says ${coverSign}!`],
      [`${coverSign} lives`, `Mara lives`],
    ] as const)
      expect(isLeftOf(left.replace(from, to), whole)).toBe(false)
    expect(isLeftOf(`${whole}${coverSign}`, whole)).toBe(false)
    expect(isLeftOf(`${coverSign}${coverSign}`, 'V')).toBe(false)
  })

  it('is known where covering made it too long, and its end was cut', () => {
    const whole = 'ab'.repeat(1_000)
    const left = coverWords(['ab']).text(whole).slice(0, 2_000)
    expect(isLeftOf(left, whole)).toBe(true)
    expect(isLeftOf(`x${left.slice(1)}`, whole)).toBe(false)
  })
})

const opened = sampleItem({
  seed: 'left',
  post: {
    text: 'We know where Vera parks.',
    links: [
      { address: 'https://x.com/Vera', text: 'Vera' },
      { address: 'https://example.org/a', text: 'a page' },
    ],
    mentions: ['Vera', 'ropewalk'],
    counts: { likes: '3', Vera: '1' },
  },
  context: [samplePost({ text: 'Vera again' })],
})

async function copyOf(): Promise<Item> {
  const redaction = sampleRedaction(opened, { words: ['Vera'], spans: [{ start: 0, end: 3 }] })
  return (await redactItem(opened, redaction, samplePaint)).facts.item
}

describe('the facts of a redacted copy', () => {
  it('are those of the whole item, less what is covered', async () => {
    const copy = await copyOf()
    expect(copy.post.text).toContain(coverSign)
    expect(areFactsLeft(copy, opened.item)).toBe(true)
    expect(areFactsLeft(opened.item, opened.item)).toBe(false)
  })

  it.each<[string, (item: Item) => Item]>([
    [
      'another time of capture',
      (item) => ({ ...item, captured: { ...item.captured, utc: '2024-01-01T00:00:00.000Z' } }),
    ],
    [
      'another address of the page',
      (item) => ({ ...item, page: { ...item.page, address: 'https://example.org/' } }),
    ],
    [
      'words that were not there',
      (item) => ({ ...item, post: { ...item.post, text: `${item.post.text} Now.` } }),
    ],
    ['no words at all', (item) => ({ ...item, post: { ...item.post, text: null } })],
    [
      'another author',
      (item) => ({ ...item, post: { ...item.post, author: { ...item.post.author, handle: 'x' } } }),
    ],
    [
      'another permalink',
      (item) => ({ ...item, post: { ...item.post, permalink: 'https://x.com/b/status/1' } }),
    ],
    [
      'another time of the post',
      (item) => ({ ...item, post: { ...item.post, posted: { ...item.post.posted, iso: null } } }),
    ],
    ['another count', (item) => ({ ...item, post: { ...item.post, counts: { likes: '4' } } })],
    [
      'a link more',
      (item) => ({ ...item, post: { ...item.post, links: [{ address: 'https://a.b/', text: 'a' }] } }),
    ],
    [
      'a mention less',
      (item) => ({ ...item, post: { ...item.post, mentions: item.post.mentions.slice(1) } }),
    ],
    ['another kind', (item) => ({ ...item, post: { ...item.post, kind: 'reply' } })],
    ['context', (item) => ({ ...item, context: opened.item.context })],
    ['another browser', (item) => ({ ...item, collection: { ...item.collection, browser: 'another' } })],
    ['another title', (item) => ({ ...item, page: { ...item.page, title: 'Another' } })],
  ])('are not with %s', async (_, change) => {
    expect(areFactsLeft(change(await copyOf()), opened.item)).toBe(false)
  })
})
