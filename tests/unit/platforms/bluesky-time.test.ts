import { describe, expect, it } from 'vitest'
import { findShownMinute, isShownAs } from '../../../utils/platforms/bluesky-time'

const now = new Date('2026-11-22T12:00:00.000Z')
const minute = Date.UTC(2026, 8, 11, 11, 20)
const dayMs = 86_400_000

/** As the client writes it, in the zone in which the test runs. */
function label(ms: number, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' }).format(ms)
}

function focal(ms: number, language: string, glue: (time: string, day: string) => string): string {
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(ms)
  return glue(time, new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(ms))
}

const languages = [
  'en',
  'en-GB',
  'de',
  'fr',
  'pt-BR',
  'ru',
  'tr',
  'hu',
  'fi',
  'ja',
  'ko',
  'zh-Hans-CN',
  'hi',
  'th',
  'ne',
  'ar-EG',
  'fa',
]

describe.each(languages)('the minute shown in %s', (language) => {
  it('is found from the id of the post', () => {
    const options = { style: 'label', language, idMs: minute - 78_000, now } as const
    expect(findShownMinute(label(minute, language), options)).toBe(minute)
  })

  it('is found without an id, and with one of another year', () => {
    const shown = label(minute, language)
    expect(findShownMinute(shown, { style: 'label', language, idMs: null, now })).toBe(minute)
    const idMs = Date.UTC(2019, 11, 3)
    expect(findShownMinute(shown, { style: 'label', language, idMs, now })).toBe(minute)
  })

  it('is found under the post a thread page is about, in either order', () => {
    const dotted = focal(minute, language, (time, day) => `${time} · ${day}`)
    const turned = focal(minute, language, (time, day) => `${day} ${time}`)
    const options = { style: 'focal', language, idMs: null, now } as const
    expect(findShownMinute(dotted, options)).toBe(minute)
    expect(findShownMinute(turned, options)).toBe(minute)
  })
})

describe('the shown minute', () => {
  const options = { style: 'label', language: 'en', idMs: null, now } as const

  it('is not found in what is no time, and nothing is made up', () => {
    for (const text of ['', 'yesterday', 'September 31, 2026 at 11:20 AM', '9'.repeat(100_000), '11:20'])
      expect(findShownMinute(text, options)).toBeNull()
  })

  it('does not take 1:20 out of 11:20', () => {
    const shown = focal(minute, 'en-GB', (time, day) => `${time} · ${day}`)
    expect(isShownAs(minute, shown, { style: 'focal', language: 'en-GB' })).toBe(true)
    expect(isShownAs(minute - 10 * 3_600_000, shown, { style: 'focal', language: 'en-GB' })).toBe(false)
  })

  it('may use other spaces and direction marks than Intl', () => {
    const shown = `\u202a${label(minute, 'en').replaceAll(/\s/g, '\u00a0')}\u202c`
    expect(findShownMinute(shown, options)).toBe(minute)
  })

  it('is none when it lies in the future', () => {
    const later = now.getTime() + 3 * dayMs
    expect(findShownMinute(label(later, 'en'), { ...options, idMs: later })).toBeNull()
  })

  it('is read as English where the page names no language, or a false one', () => {
    for (const language of [null, 'no such language', 'x'.repeat(1_000_000)])
      expect(findShownMinute(label(minute, 'en'), { ...options, language })).toBe(minute)
  })
})
