const minuteMs = 60_000
const dayMs = 86_400_000
/** Bluesky showed no post before this day: no day before it is tried. */
const firstDay = Date.UTC(2022, 10, 1)

/**
 * How the client writes a time: `label` in the tooltip of the time link ("November 22, 2026 at 3:13 AM"),
 * `focal` under the post that a thread page is about ("5:20 AM · Nov 20, 2026"; order and what stands between
 * are the translators').
 */
export type ShownStyle = 'label' | 'focal'

type Clock = {
  isShownAs: (ms: number, shown: string) => boolean
  writeDay: (ms: number) => string
  /** The 60 minutes of an hour, as this language writes them. */
  minutes: string[]
  /** Days already written, newest first, as of `newest`. */
  days: { at: number; text: string }[]
  newest: number
  /** What was looked up day by day before. */
  known: Map<string, number | null>
}

const clocks = new Map<string, Clock | null>()

/** Intl puts narrow spaces and direction marks between the parts; pages are not consistent about them. */
function plain(text: string): string {
  return text
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\u00a0\u202f]/g, ' ')
    .trim()
}

function createClock(language: string, style: ShownStyle): Clock | null {
  try {
    const day = new Intl.DateTimeFormat(language, { dateStyle: style === 'label' ? 'long' : 'medium' })
    const time = new Intl.DateTimeFormat(language, { timeStyle: 'short' })
    const both = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' })
    const minutes = Array.from({ length: 60 }, (_, minute) => {
      const parts = time.formatToParts(new Date(2024, 0, 1, 0, minute))
      return parts.find(({ type }) => type === 'minute')?.value ?? ''
    })
    const isLabel = (ms: number, shown: string) => plain(both.format(ms)) === shown
    const isFocal = (ms: number, shown: string) =>
      holdsOnly(shown, plain(day.format(ms)), plain(time.format(ms)))
    return {
      isShownAs: style === 'label' ? isLabel : isFocal,
      writeDay: (ms) => plain(day.format(ms)),
      minutes,
      days: [],
      newest: 0,
      known: new Map(),
    }
  } catch {
    // Not a language that Intl knows, or not a language at all.
    return null
  }
}

/** Both are in the text, and no other number: "1:20" is not taken out of "11:20". */
function holdsOnly(shown: string, day: string, time: string): boolean {
  if (!shown.includes(day)) return false
  const rest = shown.replace(day, '')
  return rest.includes(time) && !/\p{Nd}/u.test(rest.replace(time, ''))
}

function clockFor(language: string, style: ShownStyle): Clock | null {
  const key = `${style} ${language}`
  const known = clocks.get(key)
  if (known !== undefined) return known
  const clock = language.length > 35 ? null : createClock(language, style)
  if (clocks.size < 100) clocks.set(key, clock)
  return clock
}

/** Minutes from the id's time onward: the shown time is that of arrival, some seconds to minutes later. */
const nearMinutes = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, -1, -2]

function findNear(clock: Clock, shown: string, idMs: number): number | null {
  const start = Math.floor(idMs / minuteMs) * minuteMs
  for (const step of nearMinutes) {
    const ms = start + step * minuteMs
    if (clock.isShownAs(ms, shown)) return ms
  }
  return null
}

function findInDay(clock: Clock, shown: string, day: number): number | null {
  const numbers = new Set(shown.match(/\p{Nd}+/gu))
  const date = new Date(day)
  const midnight = new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
  for (let minute = 0; minute < 60; minute += 1) {
    if (!numbers.has(clock.minutes[minute] ?? '')) continue
    for (let hour = 0; hour <= 24; hour += 1) {
      const ms = midnight + (hour * 60 + minute) * minuteMs
      if (clock.isShownAs(ms, shown)) return ms
    }
  }
  return null
}

function findByDay(clock: Clock, shown: string, now: number): number | null {
  const newest = Math.floor(now / dayMs) * dayMs + 1.5 * dayMs
  if (newest !== clock.newest) {
    clock.days = []
    clock.newest = newest
    clock.known.clear()
  }
  for (let back = 0; newest - back * dayMs > firstDay; back += 1) {
    const at = newest - back * dayMs
    const day = clock.days[back] ?? { at, text: clock.writeDay(at) }
    clock.days[back] = day
    const found = shown.includes(day.text) ? findInDay(clock, shown, day.at) : null
    if (found !== null) return found
  }
  return null
}

function lookUp(clock: Clock, shown: string, now: number): number | null {
  const known = clock.known.get(shown)
  if (known !== undefined) return known
  const found = findByDay(clock, shown, now)
  if (clock.known.size < 5_000) clock.known.set(shown, found)
  return found
}

/**
 * The minute that the client shows as text in its own language, time zone and calendar, in milliseconds since
 * 1970, UTC. The text is not parsed: moments are written the way the client writes them and compared, from
 * `idMs` (the time in the post's id, where it has one) onward, then day by day. Null when none matches, or the
 * match lies more than a day after `now`.
 */
export function findShownMinute(
  asShown: string,
  {
    style,
    language,
    idMs,
    now,
  }: { style: ShownStyle; language: string | null; idMs: number | null; now: Date },
): number | null {
  const shown = plain(asShown)
  if (shown === '' || shown.length > 200) return null
  const latest = now.getTime() + dayMs
  for (const tag of new Set([language ?? 'en', 'en'])) {
    const clock = clockFor(tag, style)
    if (!clock) continue
    const near = idMs === null ? null : findNear(clock, shown, idMs)
    const found = near ?? lookUp(clock, shown, now.getTime())
    if (found !== null && found <= latest) return found
  }
  return null
}

/** Whether the client would show this moment as this text. */
export function isShownAs(
  ms: number,
  asShown: string,
  { style, language }: { style: ShownStyle; language: string | null },
): boolean {
  return clockFor(language ?? 'en', style)?.isShownAs(ms, plain(asShown)) ?? false
}
