// @vitest-environment happy-dom
import { afterEach, expect, it, vi } from 'vitest'
import { askClock } from '../../../utils/page/clock'

const date = 'Fri, 20 Nov 2026 10:00:00 GMT'

function answerWith(answer: () => Promise<unknown>) {
  const fetched = vi.fn((_address: string, _options: RequestInit) => answer())
  vi.stubGlobal('fetch', fetched)
  return fetched
}

afterEach(() => {
  vi.unstubAllGlobals()
})

it('asks the page’s own server once, without a body, cookies or the page’s address', async () => {
  const fetched = answerWith(async () => ({ headers: new Headers({ Date: date }) }))
  const clock = await askClock()
  expect(clock?.date).toBe(date)
  expect(clock?.answeredAt).toBeGreaterThanOrEqual(clock?.sentAt ?? Number.POSITIVE_INFINITY)
  expect(fetched.mock.calls.map(([address]) => address)).toEqual([`${location.origin}/`])
  expect(fetched.mock.calls[0]?.[1]).toMatchObject({
    method: 'HEAD',
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
  })
})

it('gives none when the server names no time or does not answer', async () => {
  answerWith(async () => ({ headers: new Headers() }))
  expect(await askClock()).toBeNull()
  answerWith(async () => {
    throw new TypeError('Failed to fetch')
  })
  expect(await askClock()).toBeNull()
})
