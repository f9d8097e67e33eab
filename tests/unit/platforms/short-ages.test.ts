import { describe, expect, it } from 'vitest'
import { timeFromShortAge } from '../../../utils/platforms/short-ages'
import { timeFromShownDay } from '../../../utils/platforms/tiktok-times'

const now = new Date('2026-11-22T12:00:00.000Z')

describe('timeFromShortAge', () => {
  it.each([
    ['20h', 'en', 'hour', '2026-11-21T15:00:00.000Z'],
    ['52m', 'en', 'minute', '2026-11-22T11:07:00.000Z'],
    ['2mo', 'en', 'month', null],
    ['1yr', 'en', 'year', null],
    ['2d ago', 'en', 'day', null],
    ['3 j', 'fr', 'day', null],
    ['2 mois', 'fr', 'month', null],
    ['20 Std.', 'de', 'hour', null],
    ['3 Tag(e)', 'de', 'day', null],
    ['1 semana', 'es', 'week', null],
    ['3 天前', 'zh-CN', 'day', null],
    ['٣ أيام', 'ar', 'day', null],
    ['20 sa.', 'tr', 'hour', null],
    ['20h', null, 'hour', null],
  ] as const)('understands %s in %s', (shown, language, unit, from) => {
    const time = timeFromShortAge(shown, language, now)
    expect(time).toMatchObject({ asShown: shown, iso: null, precision: unit, source: 'relative' })
    if (from !== null) expect(time.from).toBe(from)
  })

  it.each(['759,874 followers', 'Promoted', '12', '3 foo', ''])('knows no time in "%s"', (shown) => {
    expect(timeFromShortAge(shown, 'en', now)).toMatchObject({ asShown: shown, from: null, source: null })
  })

  it('knows nothing when nothing is shown', () => {
    expect(timeFromShortAge(null, 'en', now).asShown).toBeNull()
  })
})

describe('timeFromShownDay', () => {
  const options = { language: 'en', now, notBefore: '2026-03-01T08:00:00.000Z' }

  it('bounds a day in every time zone', () => {
    expect(timeFromShownDay('2026-11-20', options)).toMatchObject({
      iso: null,
      from: '2026-11-19T10:00:00.000Z',
      to: '2026-11-21T12:00:00.000Z',
      precision: 'day',
    })
  })

  it('takes a day without a year only where one year is possible', () => {
    expect(timeFromShownDay('5-26', options).from).toBe('2026-05-25T10:00:00.000Z')
    expect(timeFromShownDay('5-26', { ...options, notBefore: '2024-01-01T00:00:00.000Z' }).from).toBeNull()
    expect(timeFromShownDay('5-26', { ...options, notBefore: null }).from).toBeNull()
    expect(timeFromShownDay('12-24', options).from).toBeNull()
  })

  it('knows no time in days that do not exist', () => {
    expect(timeFromShownDay('2026-13-40', options).from).toBeNull()
  })
})
