import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coverSign, coverSpans, coverWords } from '../../../utils/bundle/cover-text'
import { redactItem } from '../../../utils/bundle/redact-item'
import { fromUtf8, toHex, toUtf8 } from '../../../utils/crypto/bytes'
import { canonicalBytes } from '../../../utils/crypto/canonical-json'
import { commitmentOf } from '../../../utils/custody/entry'
import { Item, type OpenedItem } from '../../../utils/model/item'
import type { Redaction } from '../../../utils/model/redaction'
import { sampleItem } from '../../support/sample-items'

const paint = async () => toUtf8('painted over')

function redactionOf(opened: OpenedItem, changes: Partial<Redaction> = {}): Redaction {
  const changedAt = '2026-11-20T10:00:00.000Z'
  return { itemId: opened.item.id, changedAt, pictures: [], words: [], spans: [], ...changes }
}

/** An item with the same word in every text and address of its facts. */
function itemWith(word: string): OpenedItem {
  const opened = sampleItem({ seed: 'redacted' })
  const { item } = opened
  const address = `https://x.com/${encodeURIComponent(word)}/status/1`
  const marked = Item.parse({
    ...item,
    page: { ...item.page, address, canonical: address, title: `${word} on X`, headings: [word] },
    post: {
      ...item.post,
      permalink: address,
      author: { handle: `${word}_7`, name: word, profile: address, id: null },
      text: `To ${word}: ${word}`,
      links: [{ address, text: word }],
      mentions: [word],
      media: [{ kind: 'image', address, alt: word, isHidden: false }],
      replyToHandle: word,
      repostedBy: word,
      contentWarning: word,
    },
    context: [{ ...item.post, text: word }],
    collection: {
      ...item.collection,
      sources: [{ fact: 'name', source: 'meta', value: word, agrees: true }],
    },
  })
  return { ...opened, item: marked, itemBytes: canonicalBytes(marked) }
}

describe('words that are covered', () => {
  it('are covered inside other words, in either case, and however marks are composed', () => {
    const { text, places } = coverWords(['Zoë Almark', 'سَلمى'])
    expect(text('zoe\u0308 almark’s; ZOË  ALMARK')).toBe(`${coverSign}’s; ${coverSign}`)
    expect(text('إلى سَلمى وسَل\u200dمى')).toBe(`إلى ${coverSign} و${coverSign}`)
    expect(places()).toBe(4)
  })

  it('are plain words, not patterns', () => {
    expect(coverWords(['a.b(c)']).text('a.b(c) axb(c)')).toBe(`${coverSign} axb(c)`)
  })

  it('leave nothing of themselves in any text', () => {
    const word = fc
      .string({ minLength: 2, maxLength: 12, unit: 'grapheme' })
      .filter((one) => one.trim().length > 1)
    fc.assert(
      fc.property(
        word,
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'grapheme' }),
        (name, before, after) => {
          const covered = coverWords([name]).text(`${before} ${name} ${after}`)
          expect(covered).toContain(coverSign)
        },
      ),
    )
  })
})

describe('stretches that are covered', () => {
  it('become one where they meet, and tell nothing of their length', () => {
    const spans = [
      { start: 8, end: 12 },
      { start: 3, end: 5 },
      { start: 4, end: 8 },
    ]
    expect(coverSpans('abcDEFGHIJKLmno', spans)).toEqual({ text: `abc${coverSign}mno`, places: 1 })
    expect(coverSpans('abc', [{ start: 5, end: 9 }])).toEqual({ text: 'abc', places: 0 })
  })

  it('leave of the text what is outside of them, and no more', () => {
    const span = fc.tuple(fc.nat(40), fc.integer({ min: 1, max: 10 }))
    fc.assert(
      fc.property(fc.array(span, { maxLength: 6 }), (pairs) => {
        const text = [...'abcdefghijklmnopqrstuvwxyz0123456789'].join('')
        const spans = pairs.map(([start, length]) => ({ start, end: start + length }))
        const isCovered = (at: number): boolean => spans.some(({ start, end }) => at >= start && at < end)
        const kept = [...text].filter((_, at) => !isCovered(at)).join('')
        expect(coverSpans(text, spans).text.replaceAll(coverSign, '')).toBe(kept)
      }),
    )
  })
})

describe('a redacted copy', () => {
  it('has nothing of a covered word in any of its bytes', async () => {
    for (const word of ['Quillfeather', 'سلمى', 'Жарова', 'မမြင့်']) {
      const opened = itemWith(word)
      const { facts, factsBytes, parts } = await redactItem(
        opened,
        redactionOf(opened, { words: [word] }),
        paint,
      )
      const whole = fromUtf8(factsBytes)
      expect(whole).not.toContain(word)
      expect(whole).not.toContain(encodeURIComponent(word))
      expect(parts).toEqual([])
      expect(facts.covered.places).toBeGreaterThan(5)
      expect(facts.item.page.address).toBe('https://x.com/')
    }
  })

  it('is tied to the whole item by its commitment, and does not carry the salt', async () => {
    const opened = sampleItem({ seed: 'tied' })
    const { facts, factsBytes } = await redactItem(opened, redactionOf(opened), paint)
    expect(facts.of).toBe(toHex(await commitmentOf(opened.salt, opened.itemBytes)))
    expect(fromUtf8(factsBytes)).not.toContain(toHex(opened.salt))
  })

  it('carries the pictures that were named, painted over, and says what stayed behind', async () => {
    const opened = sampleItem({ seed: 'pictures' })
    const area = { x: 1, y: 2, width: 3, height: 4 }
    const pictures = [{ name: 'screenshot.png', areas: [area] }]
    const { facts, parts } = await redactItem(opened, redactionOf(opened, { pictures }), paint)
    expect(parts.map(({ record, bytes }) => [record.name, fromUtf8(bytes)])).toEqual([
      ['screenshot.png', 'painted over'],
    ])
    expect(facts.item.parts).toEqual(parts.map(({ record }) => record))
    expect(facts.covered.pictures).toEqual(pictures)
    const names = opened.item.parts.map(({ name }) => name)
    expect([...facts.leftOut, 'screenshot.png'].sort()).toEqual(names.sort())
    const before = opened.parts.find(({ record }) => record.name === 'screenshot.png')?.record
    expect(parts[0]?.record.sha256).not.toBe(before?.sha256)
  })

  it('covers stretches by their place in the words as they were', async () => {
    const opened = itemWith('Quillfeather')
    const redaction = redactionOf(opened, { words: ['Quillfeather'], spans: [{ start: 0, end: 2 }] })
    const { facts } = await redactItem(opened, redaction, paint)
    expect(facts.item.post.text).toBe(`${coverSign} ${coverSign}: ${coverSign}`)
  })
})
