import { describe, expect, it, vi } from 'vitest'
import { askPlatformClock, readClock } from '../../../utils/capture/platform-clock'

const asksClock = vi.hoisted(() => vi.fn<() => boolean>())
const askPage = vi.hoisted(() => vi.fn<() => Promise<unknown>>())
vi.mock('../../../utils/locker/settings', () => ({ readSettings: async () => ({ asksClock: asksClock() }) }))
vi.mock('../../../utils/messages/trusted-end', () => ({ askPage }))

const sentAt = Date.parse('2026-11-20T10:00:00.200Z')

describe('the platform’s clock beside the device’s', () => {
  it.each([
    ['agrees', 'Fri, 20 Nov 2026 10:00:00 GMT', 0],
    ['is an hour ahead', 'Fri, 20 Nov 2026 11:00:00 GMT', 3_600],
    ['is two minutes behind', 'Fri, 20 Nov 2026 09:58:00 GMT', -120],
  ])('%s', (_, date, skewSeconds) => {
    expect(readClock({ date, sentAt, answeredAt: sentAt + 400 })).toEqual({ date, skewSeconds })
  })

  it('takes the middle of the second that the header names, and the middle of the way', () => {
    const late = { date: 'Fri, 20 Nov 2026 10:00:00 GMT', sentAt: sentAt + 500, answeredAt: sentAt + 900 }
    expect(readClock(late)?.skewSeconds).toBe(0)
    expect(readClock({ ...late, answeredAt: sentAt + 4_500 })?.skewSeconds).toBe(-2)
  })

  it('is none when the header is no date, or the device’s clock jumped back meanwhile', () => {
    expect(readClock({ date: 'soon', sentAt, answeredAt: sentAt + 400 })).toBeNull()
    expect(readClock({ date: 'Fri, 20 Nov 2026 10:00:00 GMT', sentAt, answeredAt: sentAt - 1 })).toBeNull()
  })

  it('is asked for only where the person allows it', async () => {
    const date = 'Fri, 20 Nov 2026 10:00:00 GMT'
    askPage.mockResolvedValue({ ok: true, value: { date, sentAt, answeredAt: sentAt + 400 } })
    asksClock.mockReturnValue(false)
    expect(await askPlatformClock(3)).toBeNull()
    expect(askPage).not.toHaveBeenCalled()
    asksClock.mockReturnValue(true)
    expect(await askPlatformClock(3)).toEqual({ date, skewSeconds: 0 })
    askPage.mockResolvedValue({ ok: false, problem: { code: 'page-not-readable' } })
    expect(await askPlatformClock(3)).toBeNull()
  })
})
