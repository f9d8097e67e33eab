import { foldWord } from './words'

const units = ['second', 'minute', 'hour', 'day', 'week', 'month', 'year'] as const
const displays = ['narrow', 'short', 'long'] as const
const counts = [1, 2, 3, 5, 11, 21, 100]
/** Beside those of Unicode's tables: what platforms write in English. */
const more = ['s', 'm', 'h', 'd', 'w', 'mo', 'y', 'yr']

function tagOf(language: string | null): string {
  return language && /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(language) ? language : 'en'
}

const known = new Map<string, ReadonlySet<string>>()

function collect(language: string): Set<string> {
  const texts = units.flatMap((unit) =>
    displays.flatMap((display) =>
      counts.flatMap((count) => [
        new Intl.RelativeTimeFormat(language, { style: display }).format(-count, unit),
        new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: display }).format(count),
      ]),
    ),
  )
  return new Set([...more, ...texts.flatMap((text) => foldWord(text).match(/[\p{L}\p{M}]+/gu) ?? [])])
}

/** The words with which this language and English write ages ("3 hours ago"), folded. */
export function ageWords(language: string | null): ReadonlySet<string> {
  const tag = tagOf(language)
  const before = known.get(tag)
  if (before) return before
  const words = new Set([...collect('en'), ...collect(tag)])
  known.set(tag, words)
  return words
}

/** The names of months and weekdays in this language and in English, folded. */
export function calendarWords(language: string | null): ReadonlySet<string> {
  const tag = tagOf(language)
  const days = Array.from({ length: 84 }, (_, index) => Date.UTC(2026, index % 12, 1 + (index % 7)))
  const texts = [tag, 'en'].flatMap((one) =>
    (['long', 'short'] as const).flatMap((style) => {
      const format = new Intl.DateTimeFormat(one, {
        dateStyle: style === 'long' ? 'full' : 'medium',
        timeStyle: 'short',
        timeZone: 'UTC',
      })
      const weekday = new Intl.DateTimeFormat(one, {
        weekday: 'short',
        month: 'short',
        day: 'numeric',
        timeZone: 'UTC',
      })
      return days.flatMap((day) => [format.format(day), weekday.format(day)])
    }),
  )
  return new Set(texts.flatMap((text) => foldWord(text).match(/[\p{L}\p{M}]+/gu) ?? []))
}
