/** Clocks of devices differ by a little without anything being wrong. */
const toleranceMs = 5 * 60 * 1_000

/** Whether the newest item is from a time that has not come yet by this clock: it was set back, or another was ahead. */
export function isClockBack(known: { newestItemAt: string | null; now: Date }): boolean {
  return known.newestItemAt !== null && Date.parse(known.newestItemAt) - known.now.getTime() > toleranceMs
}
