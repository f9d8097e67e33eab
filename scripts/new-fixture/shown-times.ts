/** How platforms write out a moment; each is tried in every time zone of whole hours. */
const styles: readonly Intl.DateTimeFormatOptions[] = [
  ...(['full', 'long', 'medium', 'short'] as const).flatMap((dateStyle) => [
    { dateStyle },
    { dateStyle, timeStyle: 'short' as const },
    { dateStyle, timeStyle: 'medium' as const },
  ]),
  { month: 'short', day: 'numeric' },
  { month: 'long', day: 'numeric' },
  { month: 'short', day: 'numeric', year: 'numeric' },
  { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' },
  { month: 'short', day: 'numeric', year: 'numeric', hour: 'numeric', minute: '2-digit' },
  { weekday: 'short', month: 'short', day: 'numeric' },
  { hour: 'numeric', minute: '2-digit' },
]
const zones = Array.from({ length: 27 }, (_, index) => {
  const hours = index - 12
  return hours === 0 ? 'UTC' : `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`
})
const mostMoments = 150
/** TikTok's dates, the same in every language: "5-27", "2025-5-27". */
const numberStyles: readonly ((date: Date) => string)[] = [
  (date) => `${date.getUTCMonth() + 1}-${date.getUTCDate()}`,
  (date) => `${date.getUTCFullYear()}-${date.getUTCMonth() + 1}-${date.getUTCDate()}`,
]
const numberZones = [12, -8, 0]

function formatsFor(language: string): Intl.DateTimeFormat[] {
  return zones.flatMap((timeZone) =>
    styles.map((style) => new Intl.DateTimeFormat(language, { ...style, timeZone })),
  )
}

function isUsable(language: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(language).length > 0
  } catch {
    return false
  }
}

const plain = (text: string): string => text.trim().replace(/\s+/gu, ' ')

/**
 * A function that gives a written-out time ("18 June 2023 at 7:51") moved by the offset, when it is how one of
 * these moments is written in one of the languages; else null.
 */
export function startShownTimes(
  moments: readonly number[],
  offset: number,
  languages: readonly string[],
): (text: string) => string | null {
  let known: Map<string, string> | null = null
  const build = (): Map<string, string> => {
    const written = new Map<string, string>()
    const formats = languages.filter(isUsable).flatMap(formatsFor)
    for (const moment of [...new Set(moments)].slice(0, mostMoments))
      for (const zone of numberZones) {
        const [before, after] = [moment, moment + offset].map((ms) => new Date(ms + zone * 3_600_000))
        if (before && after) for (const write of numberStyles) written.set(write(before), write(after))
      }
    for (const moment of [...new Set(moments)].slice(0, mostMoments))
      for (const format of formats) {
        const shown = plain(format.format(moment))
        if (!written.has(shown)) written.set(shown, format.format(moment + offset))
      }
    return written
  }
  return (text) => {
    if (moments.length === 0 || !/\p{Nd}/u.test(text) || text.length > 80) return null
    known ??= build()
    return known.get(plain(text)) ?? null
  }
}
