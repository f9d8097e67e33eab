import { describe, expect, it } from 'vitest'
import { changeFilter, fits, isNoFilter, noFilter } from '../../../components/locker/filter'
import { sampleSummary as summary } from '../../support/sample-summary'

const items = [
  summary('1', { text: 'Everybody knows WHO pays her', authorHandle: 'ilse_v', types: ['smear-campaign'] }),
  summary('2', { platform: 'youtube', text: 'Über dich lachen alle', types: ['harassment', 'doxxing'] }),
  summary('3', { platform: 'youtube', text: 'كَذِبٌ واضح', note: 'second this week' }),
]
const found = (filter: Partial<typeof noFilter>) =>
  items.filter(fits({ ...noFilter, ...filter })).map((item) => item.id)

describe('a filter', () => {
  it('shows everything without a filter', () => {
    expect(found({})).toEqual(['1', '2', '3'])
    expect(found({ search: '   ' })).toEqual(['1', '2', '3'])
  })

  it('finds words in text, author and note whatever their case and accents', () => {
    expect(found({ search: 'who PAYS' })).toEqual(['1'])
    expect(found({ search: 'uber' })).toEqual(['2'])
    expect(found({ search: 'كذب' })).toEqual(['3'])
    expect(found({ search: 'ilse' })).toEqual(['1'])
    expect(found({ search: 'week' })).toEqual(['3'])
  })

  it('wants every searched word', () => {
    expect(found({ search: 'pays lachen' })).toEqual([])
  })

  it('shows items of any of the chosen types, and those without one by "none"', () => {
    expect(found({ types: ['doxxing', 'smear-campaign'] })).toEqual(['1', '2'])
    expect(found({ types: ['none'] })).toEqual(['3'])
  })

  it('narrows by platform and type together', () => {
    expect(found({ platforms: ['youtube'], types: ['harassment', 'smear-campaign'] })).toEqual(['2'])
  })
})

describe('changeFilter', () => {
  it('switches a type and a platform on and off', () => {
    const on = changeFilter(noFilter, { kind: 'toggle-type', type: 'none' })
    expect(on.types).toEqual(['none'])
    expect(isNoFilter(on)).toBe(false)
    expect(changeFilter(on, { kind: 'toggle-type', type: 'none' }).types).toEqual([])
    expect(changeFilter(noFilter, { kind: 'toggle-platform', platform: 'x' }).platforms).toEqual(['x'])
  })

  it('clears everything at once', () => {
    const narrowed = changeFilter(changeFilter(noFilter, { kind: 'search', words: 'a' }), {
      kind: 'toggle-platform',
      platform: 'x',
    })
    expect(isNoFilter(changeFilter(narrowed, { kind: 'clear' }))).toBe(true)
  })
})
