import { describe, expect, it } from 'vitest'
import { isMarkedEdited, timeFromShownAge } from '../../../utils/platforms/ages'
import { timeFromAge, unknownTime } from '../../../utils/platforms/times'

const now = new Date('2026-11-22T12:00:00.000Z')

describe('timeFromShownAge', () => {
  it.each([
    ['12 hours ago', 'en', 12, 'hour'],
    ['3 days ago (edited)', 'en-GB', 3, 'day'],
    ['1 minute ago', 'en', 1, 'minute'],
    ['2 months ago', 'en', 2, 'month'],
    ['hace 4 semanas', 'es-419', 4, 'week'],
    ['vor 11 Monaten (bearbeitet)', 'de-DE', 11, 'month'],
    ['il y a 3 ans', 'fr-FR', 3, 'year'],
    ['há 5 meses', 'pt-BR', 5, 'month'],
    ['12 часов назад (изменено)', 'ru-RU', 12, 'hour'],
    ['قبل 3 أيام (تم التعديل)', 'ar', 3, 'day'],
    ['قبل شهرين', 'ar', 2, 'month'],
    ['قبل ١٢ ساعة', 'ar-EG', 12, 'hour'],
    ['۲ روز پیش', 'fa-IR', 2, 'day'],
    ['לפני שנתיים', 'he', 2, 'year'],
    ['7 年前（編集済み）', 'ja-JP', 7, 'year'],
    ['6 か月前', 'ja', 6, 'month'],
    ['3小时前', 'zh-CN', 3, 'hour'],
    ['3 個月前', 'zh-TW', 3, 'month'],
    ['9시간 전', 'ko-KR', 9, 'hour'],
    ['१० घंटे पहले', 'hi-IN', 10, 'hour'],
    ['2 ทิตย์ที่ผ่านมา', 'th-TH', null, null],
    ['5 saat önce', 'tr-TR', 5, 'hour'],
    ['8 dni temu', 'pl', 8, 'day'],
    ['8 ngày trước', 'vi', 8, 'day'],
    ['Transmitido há 5 meses', 'pt-BR', 5, 'month'],
  ] as const)('%s in %s', (shown, language, count, unit) => {
    const expected =
      count === null ? { ...unknownTime, asShown: shown } : timeFromAge(shown, count, unit, now)
    expect(timeFromShownAge(shown, language, now)).toEqual(expected)
  })

  it('asks the other languages when the page names a wrong one or none', () => {
    expect(timeFromShownAge('vor 2 Wochen', null, now)).toEqual(timeFromAge('vor 2 Wochen', 2, 'week', now))
    expect(timeFromShownAge('3小时前', 'en', now)).toEqual(timeFromAge('3小时前', 3, 'hour', now))
    expect(timeFromShownAge('2 weeks ago', 'not a tag!', now).precision).toBe('week')
  })

  it('understands every language its own way of writing, whatever the number', () => {
    for (const language of ['en', 'ar', 'sw', 'my', 'ja', 'cs', 'lt', 'ga', 'uk', 'bn', 'am']) {
      const format = new Intl.RelativeTimeFormat(language)
      for (const count of [1, 2, 3, 5, 11, 21]) {
        for (const unit of ['minute', 'hour', 'day', 'week', 'month', 'year'] as const) {
          const shown = format.format(-count, unit)
          expect(timeFromShownAge(shown, language, now), `${language}: ${shown}`).toEqual(
            timeFromAge(shown, count, unit, now),
          )
        }
      }
    }
  })

  it.each([
    'yesterday-ish',
    '12',
    'ago',
    '',
    '5 parsecs ago',
    `${'9'.repeat(400)} years ago`,
    'x'.repeat(3_000),
  ])('keeps only what is shown when it is no age: %.20s', (shown) => {
    expect(timeFromShownAge(shown, 'en', now)).toEqual({ ...unknownTime, asShown: shown })
  })

  it('knows nothing where nothing is shown', () => {
    expect(timeFromShownAge(null, 'en', now)).toBe(unknownTime)
  })
})

describe('isMarkedEdited', () => {
  it.each(['3 days ago (edited)', '7 年前（編集済み）', '‏قبل 3 أيام (تم التعديل)‏'])('%s', (shown) => {
    expect(isMarkedEdited(shown)).toBe(true)
  })

  it.each(['3 days ago', '', null])('not: %s', (shown) => {
    expect(isMarkedEdited(shown)).toBe(false)
  })
})
