import { describe, expect, it } from 'vitest'
import { dayOrderOf, readPrefix, timeFromPrefix } from '../../../utils/platforms/whatsapp-times'

const now = new Date('2026-11-22T12:00:00.000Z')

function read(
  when: string,
  language: string | null = 'en',
  order: 'day-first' | 'month-first' | null = null,
) {
  const { iso, from, to } = timeFromPrefix(when, { language, order, now })
  return { iso, from, to }
}

describe('what WhatsApp puts before a message on the clipboard', () => {
  it.each([
    ['[10:15, 08/10/2026] Bram Tollen: ', { when: '10:15, 08/10/2026', sender: 'Bram Tollen' }],
    ['[10:15, 08/10/2026] Dr: Bram : ', { when: '10:15, 08/10/2026', sender: 'Dr: Bram' }],
    ['[10:15, 08/10/2026] +44 7700 900123: ', { when: '10:15, 08/10/2026', sender: '+44 7700 900123' }],
    ['[16:00, 2026年1月3日] 布拉姆：', { when: '16:00, 2026年1月3日', sender: '布拉姆' }],
    ['[10:15, 08/10/2026] : ', { when: '10:15, 08/10/2026', sender: null }],
  ])('%s', (value, prefix) => expect(readPrefix(value)).toEqual(prefix))

  it.each([null, '', 'Bram Tollen: ', '[] Bram: ', '[10:15, 08/10/2026 Bram: '])('%s is none', (value) =>
    expect(readPrefix(value)).toBeNull(),
  )
})

describe('a moment that can be meant in one way only', () => {
  it.each([
    ['10:15, 21/11/2026', 'en', '2026-11-21T10:15:00.000Z'],
    ['10:15, 11/21/2026', 'en', '2026-11-21T10:15:00.000Z'],
    ['8:19 PM, 6/13/2026', 'en', '2026-06-13T20:19:00.000Z'],
    ['8:19\u202fpm, 13/6/2026', 'en', '2026-06-13T20:19:00.000Z'],
    ['12:05 AM, 13/6/2026', 'en', '2026-06-13T00:05:00.000Z'],
    ['12:05 PM, 13/6/2026', 'en', '2026-06-13T12:05:00.000Z'],
    ['8:19 p. m., 13/6/2026', 'es', '2026-06-13T20:19:00.000Z'],
    ['20.19, 13.6.2026', 'fi', '2026-06-13T20:19:00.000Z'],
    ['20:19, 13.06.2026 г.', 'bg', '2026-06-13T20:19:00.000Z'],
    ['16:00, 2026年1月3日', 'zh-CN', '2026-01-03T16:00:00.000Z'],
    ['下午8:19, 2026年1月3日', 'zh-CN', '2026-01-03T20:19:00.000Z'],
    ['오후 8:19, 2026. 6. 13.', 'ko', '2026-06-13T20:19:00.000Z'],
    ['٨:١٩ م, ١٣\u200f/٦\u200f/٢٠٢٦', 'ar', '2026-06-13T20:19:00.000Z'],
    ['09:14, 2026-11-19', 'sv', '2026-11-19T09:14:00.000Z'],
    ['2026-11-19 09:14', 'sv', '2026-11-19T09:14:00.000Z'],
    ['10:15, 09/09/2026', 'en', '2026-09-09T10:15:00.000Z'],
  ])('%s (%s)', (when, language, iso) => expect(read(when, language)).toEqual({ iso, from: null, to: null }))

  it('goes by the order that other messages of the page show', () => {
    expect(read('10:15, 08/10/2026', 'en', 'day-first').iso).toBe('2026-10-08T10:15:00.000Z')
    expect(read('10:15, 08/10/2026', 'en', 'month-first').iso).toBe('2026-08-10T10:15:00.000Z')
  })

  it('is not one of days to come', () => {
    expect(read('10:15, 08/12/2026').iso).toBe('2026-08-12T10:15:00.000Z')
    expect(read('10:15, 08/12/2026', 'en', 'day-first')).toEqual({ iso: null, from: null, to: null })
  })
})

describe('a moment that can be meant in several ways', () => {
  it('is the span of both days where day and month cannot be told apart', () => {
    expect(read('10:15, 08/10/2026')).toEqual({
      iso: null,
      from: '2026-08-10T10:15:00.000Z',
      to: '2026-10-08T10:16:00.000Z',
    })
  })

  it('is the span of both halves of the day where the word for them is not known', () => {
    expect(read('8:19 zzz, 13/6/2026')).toEqual({
      iso: null,
      from: '2026-06-13T08:19:00.000Z',
      to: '2026-06-13T20:20:00.000Z',
    })
  })

  it('is a day where no hour is understood, and ends now at the latest', () => {
    expect(read('soon, 13/6/2026')).toEqual({
      iso: null,
      from: '2026-06-13T00:00:00.000Z',
      to: '2026-06-14T00:00:00.000Z',
    })
    expect(read('soon, 22/11/2026').to).toBe('2026-11-22T12:00:00.000Z')
  })

  it.each(['10:15, soon', '10:15', '10:15, 31/02/2026', '10:15, 13/6/1406', '10:15, 13/6/26'])(
    '%s is none',
    (when) => expect(read(when)).toEqual({ iso: null, from: null, to: null }),
  )
})

describe('the order of day and month', () => {
  it.each([
    [['10:15, 08/10/2026', '10:15, 21/11/2026'], 'day-first'],
    [['10:15, 11/21/2026'], 'month-first'],
    [['10:15, 08/10/2026'], null],
    [['10:15, 21/11/2026', '10:15, 11/21/2026'], null],
    [['10:15, 2026-11-21'], null],
    [[], null],
  ])('%j: %s', (texts, order) => expect(dayOrderOf(texts)).toBe(order))
})
