import { readSettings } from '../locker/settings'
import { askPage } from '../messages/trusted-end'

/** The platform's own time beside the device's. `skewSeconds`: the platform's minus the device's. */
export type PlatformClock = { date: string; skewSeconds: number }

/**
 * Asks the page's own server for its time, if the person allows it. Null when she does not, or the server gives none.
 * The header has whole seconds and the answer travels: the skew is right to about a second.
 */
export async function askPlatformClock(tabId: number): Promise<PlatformClock | null> {
  if (!(await readSettings()).asksClock) return null
  const asked = await askPage(tabId, 'askClock', {})
  return asked.ok ? readClock(asked.value) : null
}

/** The skew of one answer; null when the header is no date or the two moments are in the wrong order. */
export function readClock({
  date,
  sentAt,
  answeredAt,
}: {
  date: string
  sentAt: number
  answeredAt: number
}): PlatformClock | null {
  const platform = Date.parse(date)
  if (Number.isNaN(platform) || answeredAt < sentAt) return null
  // The header is cut to whole seconds: half a second is its middle.
  const skewSeconds = Math.round((platform + 500 - (sentAt + answeredAt) / 2) / 1_000)
  return { date, skewSeconds: skewSeconds === 0 ? 0 : skewSeconds }
}
