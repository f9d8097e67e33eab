const unitsOfSeconds = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const

// Making a formatter takes longer than using it, and a list uses it for every row.
const agoFormats = new Map<string, Intl.RelativeTimeFormat>()
const dayFormats = new Map<string, Intl.DateTimeFormat>()

function kept<F>(formats: Map<string, F>, language: string, make: () => F): F {
  const format = formats.get(language) ?? make()
  formats.set(language, format)
  return format
}

/** How long before `now` a moment was, in the largest whole unit: "3 hours ago". Under a minute: "now". */
export function timeAgo(iso: string, now: Date, language: string): string {
  const seconds = Math.max(0, (now.getTime() - Date.parse(iso)) / 1_000)
  const format = kept(agoFormats, language, () => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }))
  for (const [unit, size] of unitsOfSeconds) {
    if (seconds >= size) return format.format(-Math.floor(seconds / size), unit)
  }
  return format.format(0, 'second')
}

/** A moment as date, time to the second and the zone's short name; `zone` null is the device's own. */
export function momentText(iso: string, options: { language: string; zone: string | null }): string {
  return new Intl.DateTimeFormat(options.language, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
    ...(options.zone === null ? {} : { timeZone: options.zone }),
  }).format(new Date(iso))
}

/** Text that keeps its own direction within a sentence of another. */
export function isolate(text: string): string {
  return `\u2068${text}\u2069`
}

/** A day, without the time. */
export function dayText(iso: string, language: string): string {
  const format = kept(dayFormats, language, () => new Intl.DateTimeFormat(language, { dateStyle: 'medium' }))
  return format.format(new Date(iso))
}

/** A calendar day (`YYYY-MM-DD`), which is the same day in every zone. */
export function calendarDayText(day: string, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(day))
}

/** As much of a date as is known: a year (`YYYY`), a month (`YYYY-MM`) or a calendar day (`YYYY-MM-DD`). */
export function partOfDateText(date: string, language: string): string {
  if (date.length > 7) return calendarDayText(date, language)
  const month = date.length > 4 ? ({ month: 'long' } as const) : {}
  return new Intl.DateTimeFormat(language, { year: 'numeric', ...month, timeZone: 'UTC' }).format(
    new Date(date),
  )
}

/** A size in bytes as kilobytes or megabytes of 1,000. */
export function sizeText(bytes: number, language: string): string {
  const isLarge = bytes >= 1_000_000
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: isLarge ? 'megabyte' : 'kilobyte',
    maximumFractionDigits: isLarge ? 1 : 0,
  }).format(isLarge ? bytes / 1_000_000 : Math.max(1, bytes / 1_000))
}

/** Length in the unit in which the receiver counts. */
export function lengthIn(unit: 'characters' | 'graphemes' | 'bytes', text: string): number {
  if (unit === 'bytes') return new TextEncoder().encode(text).length
  if (unit === 'graphemes') return [...new Intl.Segmenter().segment(text)].length
  return text.length
}

/** The name of an account as people write it: `@name`, but on Reddit `u/name`; the reports write it alike. */
export function handleText({ platform, handle }: { platform: string; handle: string }): string {
  return `${platform === 'reddit' ? 'u/' : '@'}${handle}`
}
