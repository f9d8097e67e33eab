import { describe, expect, it } from 'vitest'
import { describeDetails } from '../../../entrypoints/locker/item-details'
import { entryFor } from '../../../utils/locker/records-index'
import type { ItemSummary, OpenedItem } from '../../../utils/model/item'
import { wordsFor } from '../../../utils/words/translate'
import {
  type SampleItemOptions,
  sampleId,
  sampleItem,
  samplePart,
  samplePng,
} from '../../support/sample-items'

function summaryOf({ item }: OpenedItem): ItemSummary {
  return {
    ...entryFor({ item, state: { binnedAt: null } }).facts,
    types: [],
    note: '',
    caseIds: [],
    binnedAt: null,
  }
}

function detailsOf(opened: OpenedItem, others: OpenedItem[], isCompared = false) {
  const all = [...others, opened]
  return describeDetails({
    item: opened.item,
    items: all.map(summaryOf),
    words: wordsFor('en'),
    readings: isCompared ? new Map(all.map(({ item }) => [item.id, item.post])) : null,
    shown: new Map([['media-1.png', 'blob:shown']]),
    origin: null,
    bundle: null,
    corroborated: new Map(),
    sources: new Map(),
  })
}

const at = (day: number) => ({ utc: `2024-05-${day}T07:30:12.345Z` })
const other = (seed: string, options: SampleItemOptions = {}) =>
  sampleItem({
    seed,
    ...options,
    post: { postId: `17900000000000${seed}`, permalink: null, ...options.post },
  })

describe('the versions of an item', () => {
  const first = sampleItem({ seed: 'first', captured: at(14) })
  const gone = sampleItem({
    seed: 'gone',
    captured: at(15),
    post: { platform: 'generic', kind: 'page', postId: null, permalink: null, text: 'Nothing here' },
    recheck: { itemId: first.item.id, outcome: 'not-shown' },
  })
  const back = sampleItem({ seed: 'back', captured: at(16), post: { counts: { likes: '49' } } })

  it('are compared with the last capture that shows the post, once that is asked for', () => {
    const { versions } = detailsOf(back, [gone, first, other('20001')], true)
    expect(versions.map(({ summary }) => summary.id)).toEqual([first, gone, back].map(({ item }) => item.id))
    expect(versions.map(({ isPostThere }) => isPostThere)).toEqual([true, false, true])
    expect(versions.map(({ changes }) => changes?.counts.length ?? null)).toEqual([null, null, 3])
  })

  it('are not compared before', () => {
    expect(detailsOf(back, [first]).versions.map(({ changes }) => changes)).toEqual([null, null])
  })
})

it('puts those captured with it in order', () => {
  const place = (position: number) => ({ id: sampleId('group'), kind: 'thread' as const, position })
  const others = [7, 0, 3].map((position) => other(`2000${position}`, { group: place(position) }))
  const stranger = other('30000', { group: { ...place(1), id: sampleId('other group') } })
  const { group } = detailsOf(other('20005', { group: place(5) }), [...others, stranger])
  expect(group.map((one) => one.group?.position)).toEqual([0, 3, 5, 7])
})

it('finds the same picture and those that look the same, but not plain ones', () => {
  const picture = (likeness: string, shade: number) => [
    samplePart(
      { name: 'media-1.png', role: 'media', mediaType: 'image/png', method: 'loaded', likeness },
      samplePng({
        colours: [
          [shade, 0, 0],
          [0, 0, shade],
        ],
      }),
    ),
  ]
  const own = other('20001', { parts: picture('00ff00ff00ff00ff', 10) })
  const same = other('20002', { parts: picture('00ff00ff00ff00ff', 10) })
  const alike = other('20003', { parts: picture('00ff00ff00ff03ff', 20) })
  const different = other('20004', { parts: picture('ffff00ff00ff0000', 30) })
  const [found] = detailsOf(own, [same, alike, different]).pictures
  expect(found?.same.map(({ id }) => id)).toEqual([same.item.id])
  expect(found?.alike.map(({ id }) => id)).toEqual([alike.item.id])
  expect(found?.url).toBe('blob:shown')

  const plain = (seed: string, shade: number) => other(seed, { parts: picture('0000000000000000', shade) })
  expect(detailsOf(plain('20005', 40), [plain('20006', 50)]).pictures[0]?.alike).toEqual([])
})

it.each([
  [null, null],
  [0, { how: 'same', amount: '0 seconds', isOff: false }],
  [-7, { how: 'ahead', amount: '7 seconds', isOff: false }],
  [192, { how: 'behind', amount: '3 minutes, 12 seconds', isOff: true }],
])('compares clocks %s seconds apart', (clockSkewSeconds, clock) => {
  expect(detailsOf(sampleItem({ captured: { clockSkewSeconds } }), []).clock).toEqual(clock)
})

it('names the platform whose reader failed', () => {
  const reader = { platform: 'generic', version: 1, reason: 'reader-threw', expected: 'x', isConfirmed: null }
  expect(detailsOf(sampleItem({ collection: { reader } }), []).expectedName).toBe('X')
  expect(detailsOf(sampleItem(), []).expectedName).toBeNull()
})
