import { describe, expect, it } from 'vitest'
import { isClockOff, listSaidTwice } from '../../../utils/model/said-twice'
import { sampleItem } from '../../support/sample-items'

const time = (iso: string) => ({ kind: 'time', from: iso, to: iso })

describe('listSaidTwice', () => {
  it('gives both values, conflicts first', () => {
    const { item } = sampleItem({
      collection: {
        sources: [
          { fact: 'posted', source: 'id', value: '2024-05-13T09:14:05.400Z', agrees: true },
          { fact: 'handle', source: 'permalink', value: 'saltmarsh77', agrees: false },
        ],
      },
    })
    expect(listSaidTwice(item)).toEqual([
      {
        fact: 'handle',
        source: 'permalink',
        agrees: false,
        here: { kind: 'words', words: 'harrow_blackmoor' },
        there: { kind: 'words', words: 'saltmarsh77' },
      },
      {
        fact: 'posted',
        source: 'id',
        agrees: true,
        here: time('2024-05-13T09:14:05.000Z'),
        there: time('2024-05-13T09:14:05.400Z'),
      },
    ])
  })

  it('gives a window where only an age is shown, and nothing where the reading is silent', () => {
    const [from, to] = ['2024-05-14T03:30:00.000Z', '2024-05-14T04:30:00.000Z']
    const { item } = sampleItem({
      post: {
        posted: { asShown: '3h', iso: null, from, to, precision: 'hour', source: 'relative' },
        author: { handle: null, name: null, profile: null, id: null },
      },
      collection: {
        sources: [
          { fact: 'posted', source: 'id', value: '2024-05-12T00:00:00.000Z', agrees: false },
          { fact: 'handle', source: 'permalink', value: 'saltmarsh77', agrees: false },
        ],
      },
    })
    expect(listSaidTwice(item).map(({ here }) => here)).toEqual([{ kind: 'time', from, to }])
  })

  it('calls the time of a profile by what it is', () => {
    const source = { fact: 'posted', source: 'id', value: '2024-05-13T09:14:05.000Z', agrees: true } as const
    const { item } = sampleItem({ post: { kind: 'profile' }, collection: { sources: [source] } })
    expect(listSaidTwice(item)).toMatchObject([
      { fact: 'account-since', here: time('2024-05-13T09:14:05.000Z'), agrees: true },
    ])
  })
})

describe('isClockOff', () => {
  it.each([
    [null, null],
    [0, false],
    [120, false],
    [-120, false],
    [121, true],
    [-121, true],
  ])('with %s seconds is %s', (clockSkewSeconds, isOff) => {
    expect(isClockOff(sampleItem({ captured: { clockSkewSeconds } }).item)).toBe(isOff)
  })
})
