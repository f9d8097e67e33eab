import type { Answer } from '../messages/protocol'

const answerWithinMs = 4_000

/**
 * Asks the page's own server for its time: one HEAD request to the root of the page's origin, without cookies and
 * without naming the page. Null when it does not answer in four seconds or gives no `Date` (RFC 9110, 6.6.1). A
 * service worker of the page may answer in the server's place.
 */
export async function askClock(): Promise<Answer<'askClock'> | null> {
  const sentAt = Date.now()
  try {
    const response = await fetch(`${location.origin}/`, {
      method: 'HEAD',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(answerWithinMs),
    })
    const date = response.headers.get('Date')
    return date === null ? null : { date: date.slice(0, 100), sentAt, answeredAt: Date.now() }
  } catch {
    return null
  }
}
