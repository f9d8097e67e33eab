import { afterEach, describe, expect, it, vi } from 'vitest'
import { placeOf, reportBug } from '../../../components/shared/report-bug'

afterEach(() => vi.restoreAllMocks())

describe('reportBug', () => {
  it('logs kind and place, never the message', () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    reportBug(new TypeError('post by @ilse_v says "go away"'))
    const logged = log.mock.calls.flat().join(' ')
    expect(logged).toMatch(/TypeError at report-bug\.test\.ts:\d+:\d+/)
    expect(logged).not.toContain('ilse_v')
  })

  it('says nothing of thrown values that are no errors', () => {
    expect(placeOf('post by @ilse_v')).toBe('unknown')
    expect(placeOf({ message: 'secret' })).toBe('unknown')
  })

  it('does not take a line of the message for a place', () => {
    const error = new Error('first\nhttps://x.example/ilse_v:1:2')
    error.stack = `Error: ${error.message}\n    at f (https://e.example/a.js:3:4)`
    expect(placeOf(error)).toBe('Error at a.js:3:4')
  })
})
