import { signal } from '@preact/signals'
import { describe, expect, it } from 'vitest'
import {
  type Filter,
  type FoundItems,
  foundIds,
  isNarrower,
  noFilter,
} from '../../../components/locker/filter'
import { createFoundView } from '../../../entrypoints/locker/found-view'
import type { ItemSummary } from '../../../utils/model/item'
import { sampleSummary } from '../../support/sample-summary'

const summary = (id: string, text: string) => sampleSummary(id, { text })

const many = Array.from({ length: 200 }, (_, at) => summary(`found-${at}`, at % 2 === 0 ? 'river' : 'lamp'))
const listed = ({ count, at }: FoundItems) => Array.from({ length: count }, (_, index) => at(index))
const search = (words: string): Filter => ({ ...noFilter, search: words })

/** A view whose searches are cut again and again, and go on when the test says so; each look at the clock takes time. */
function underTest({ lookMs = 5 } = {}) {
  const items = signal<readonly ItemSummary[]>(many)
  const filter = signal(noFilter)
  const waiting: (() => void)[] = []
  let now = 0
  const found = createFoundView(
    { items: () => items.value, filter: () => filter.value },
    {
      clock: () => {
        now += lookMs
        return now
      },
      pause: () => new Promise((resolve) => waiting.push(resolve)),
    },
  )
  async function goOnce(): Promise<void> {
    waiting.shift()?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  async function goOn(): Promise<void> {
    while (waiting.length > 0) await goOnce()
  }
  return { items, filter, found, waiting, goOn, goOnce }
}

describe('what a filter finds', () => {
  it('is the list itself without a filter, at once', () => {
    expect(foundIds(underTest().found.value.items)).toEqual(many.map(({ id }) => id))
  })

  it('is shown when the whole list was looked through, and not before', async () => {
    const { filter, found, waiting, goOn } = underTest()
    filter.value = search('river')
    expect(waiting).toHaveLength(1)
    expect(found.value.filter).toBe(noFilter)
    await goOn()
    expect(found.value.filter).toBe(filter.value)
    expect(found.value.items.count).toBe(100)
  })

  it('is shown in part where it takes long, and is known to be a part', async () => {
    const { filter, found, goOn, goOnce } = underTest({ lookMs: 60 })
    filter.value = search('river')
    await goOnce()
    const { items, isWhole } = found.value
    expect(found.value.filter).toBe(filter.value)
    expect(isWhole).toBe(false)
    expect(items.count).toBeGreaterThan(0)
    expect(items.count).toBeLessThan(100)
    filter.value = search('river l')
    await goOn()
    expect(found.value).toMatchObject({ isWhole: true, items: { count: 0 } })
    filter.value = search('river')
    await goOn()
    expect(found.value.items.count).toBe(100)
    expect(listed(found.value.items).slice(0, items.count)).toEqual(listed(items))
    expect(found.value.isWhole).toBe(true)
  })

  it('is never that of a search that was given up', async () => {
    const { filter, found, goOn } = underTest()
    const shown: string[] = []
    found.subscribe((next) => void shown.push(next.filter.search))
    filter.value = search('river')
    filter.value = search('lamp')
    await goOn()
    expect(shown).toEqual(['', 'lamp'])
    expect(listed(found.value.items).every((item) => item?.text === 'lamp')).toBe(true)
  })

  it('is looked for in what was found before where it only narrows that, and anew in a new list', async () => {
    const { items, filter, found, goOn } = underTest()
    filter.value = search('riv')
    await goOn()
    filter.value = search('rive')
    await goOn()
    expect(found.value.items.count).toBe(100)
    filter.value = search('la')
    await goOn()
    expect(found.value.items.count).toBe(100)
    items.value = [...many, summary('found-new', 'lamp')]
    await goOn()
    expect(found.value.items.count).toBe(101)
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
