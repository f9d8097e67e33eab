import { signal } from '@preact/signals'
import { describe, expect, it } from 'vitest'
import { type Filter, isNarrower, noFilter } from '../../../components/locker/filter'
import { createFoundView } from '../../../entrypoints/locker/found-view'
import type { ItemSummary } from '../../../utils/model/item'
import { sampleSummary } from '../../support/sample-summary'

const summary = (id: string, text: string) => sampleSummary(id, { text })

const many = Array.from({ length: 200 }, (_, at) => summary(`found-${at}`, at % 2 === 0 ? 'river' : 'lamp'))
const search = (words: string): Filter => ({ ...noFilter, search: words })

/** A view whose searches are cut at every place, and go on when the test says so. */
function underTest() {
  const items = signal<readonly ItemSummary[]>(many)
  const filter = signal(noFilter)
  const waiting: (() => void)[] = []
  let now = 0
  const found = createFoundView(
    { items: () => items.value, filter: () => filter.value },
    {
      clock: () => {
        now += 100
        return now
      },
      pause: () => new Promise((resolve) => waiting.push(resolve)),
    },
  )
  async function goOn(): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      next()
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  return { items, filter, found, waiting, goOn }
}

describe('what a filter finds', () => {
  it('is the list itself without a filter, at once', () => {
    expect(underTest().found.value.items).toBe(many)
  })

  it('is shown when the whole list was looked through, and not before', async () => {
    const { filter, found, waiting, goOn } = underTest()
    filter.value = search('river')
    expect(waiting).toHaveLength(1)
    expect(found.value.filter).toBe(noFilter)
    await goOn()
    expect(found.value.filter).toBe(filter.value)
    expect(found.value.items).toHaveLength(100)
  })

  it('is never that of a search that was given up', async () => {
    const { filter, found, goOn } = underTest()
    const shown: string[] = []
    found.subscribe((next) => void shown.push(next.filter.search))
    filter.value = search('river')
    filter.value = search('lamp')
    await goOn()
    expect(shown).toEqual(['', 'lamp'])
    expect(found.value.items.every(({ text }) => text === 'lamp')).toBe(true)
  })

  it('is looked for in what was found before where it only narrows that, and anew in a new list', async () => {
    const { items, filter, found, goOn } = underTest()
    filter.value = search('riv')
    await goOn()
    filter.value = search('rive')
    await goOn()
    expect(found.value.items).toHaveLength(100)
    filter.value = search('la')
    await goOn()
    expect(found.value.items).toHaveLength(100)
    items.value = [...many, summary('found-new', 'lamp')]
    await goOn()
    expect(found.value.items).toHaveLength(101)
  })
})

describe('a narrower filter', () => {
  it.each([
    ['riv', 'river', true],
    ['riv', 'lamp river', true],
    ['river', 'riv', false],
    ['river lamp', 'river', false],
    ['', 'a', true],
  ])('%j, then %j: %s', (before, after, is) => {
    expect(isNarrower(search(after), search(before))).toBe(is)
  })

  it('is none when another type or platform is wanted', () => {
    expect(isNarrower({ ...search('a'), platforms: ['x'] }, search('a'))).toBe(false)
    expect(isNarrower({ ...search('a'), types: ['none'] }, search('a'))).toBe(false)
  })
})
