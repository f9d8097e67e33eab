const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const

/** A length of time in whole seconds, in words and exact: "3 minutes, 12 seconds". Not negative. */
export function durationText(seconds: number, language: string): string {
  let left = Math.round(seconds)
  const parts = units.flatMap(([unit, size]) => {
    const count = Math.floor(left / size)
    left -= count * size
    if (count === 0 && !(unit === 'second' && seconds === 0)) return []
    return [new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count)]
  })
  return new Intl.ListFormat(language, { type: 'unit', style: 'long' }).format(parts)
}
