import { expect, test } from 'vitest'
import type { PostedTime } from '../../../utils/model/post'
import { describePosted, showLocal, showUtc } from '../../../utils/reports/moments'
import { wordsFor } from '../../../utils/words/translate'

const english = wordsFor('en')
const nothing: PostedTime = { asShown: null, iso: null, from: null, to: null, precision: null, source: null }
const plain = (text: string) => text.replace(/[\u2068\u2069]/g, '')

test('a moment reads the same everywhere, in UTC and by the clock of the capture', () => {
  expect(showUtc('2024-05-14T23:30:12.345Z')).toBe('2024-05-14 23:30:12 UTC')
  expect(showLocal('2024-05-14T23:30:12.345Z', 120)).toBe('2024-05-15 01:30:12 UTC+02:00')
  expect(showLocal('2024-05-14T23:30:12.345Z', -210)).toBe('2024-05-14 20:00:12 UTC-03:30')
  expect(showLocal('2024-05-14T23:30:12.345Z', 0)).toBe('2024-05-14 23:30:12 UTC+00:00')
})

test.each<[string, Partial<PostedTime>, string]>([
  [
    'an age',
    { asShown: '3 hours ago', from: '2024-05-14T03:30:12.345Z', to: '2024-05-14T04:30:12.345Z' },
    'shown as “3 hours ago”; between 2024-05-14 03:30:12 UTC and 2024-05-14 04:30:12 UTC',
  ],
  [
    'a time from the id',
    { iso: '2024-05-14T03:30:12.345Z', source: 'id', precision: 'millisecond' },
    '2024-05-14 03:30:12 UTC, worked out from the ID of the post or account',
  ],
  [
    'a time to the minute',
    { iso: '2024-05-14T03:30:00.000Z', source: 'dom', precision: 'minute', asShown: '3:30' },
    '2024-05-14 03:30:00 UTC, exact to the minute, shown as “3:30”',
  ],
  ['no bounds', { asShown: 'long ago' }, 'shown as “long ago”; the exact time is not on the page'],
  ['nothing', {}, 'not shown on the page'],
])('%s is described as what it is', (_, posted, expected) => {
  expect(plain(describePosted({ ...nothing, ...posted }, english))).toBe(expected)
})
