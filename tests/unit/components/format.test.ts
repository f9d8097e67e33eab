import { describe, expect, it } from 'vitest'
import {
  handleText,
  lengthIn,
  momentText,
  partOfDateText,
  sizeText,
  timeAgo,
} from '../../../components/shared/format'
import { handleSign } from '../../../utils/reports/item-facts'

const now = new Date('2026-03-10T12:00:00.000Z')

describe('timeAgo', () => {
  it('takes the largest whole unit', () => {
    expect(timeAgo('2026-03-10T11:59:30.000Z', now, 'en')).toBe('now')
    expect(timeAgo('2026-03-10T11:01:00.000Z', now, 'en')).toBe('59 minutes ago')
    expect(timeAgo('2026-03-10T09:00:00.000Z', now, 'en')).toBe('3 hours ago')
    expect(timeAgo('2026-03-09T12:00:00.000Z', now, 'en')).toBe('yesterday')
    expect(timeAgo('2024-03-01T12:00:00.000Z', now, 'en')).toBe('2 years ago')
  })

  it('never speaks of the future when clocks differ', () => {
    expect(timeAgo('2026-03-10T12:05:00.000Z', now, 'en')).toBe('now')
  })
})

describe('momentText', () => {
  it('states the zone', () => {
    const text = momentText('2026-03-10T12:00:05.000Z', { language: 'en', zone: 'UTC' })
    expect(text).toMatch(/Mar 10, 2026.*12:00:05.*UTC/)
  })
})

describe('partOfDateText', () => {
  it('says as much of a date as is known, and the same day in every zone', () => {
    expect(partOfDateText('2023', 'en')).toBe('2023')
    expect(partOfDateText('2023-08', 'en')).toBe('August 2023')
    expect(partOfDateText('2026-07-22', 'en')).toBe('Jul 22, 2026')
  })
})

describe('sizeText', () => {
  it('is never zero for a file that has something in it', () => {
    expect(sizeText(12, 'en')).toBe('1 kB')
    expect(sizeText(2_340_000, 'en')).toBe('2.3 MB')
  })
})

describe('lengthIn', () => {
  it('counts as the receiver counts', () => {
    const text = 'é👩‍👩‍👧'
    expect(lengthIn('graphemes', text)).toBe(2)
    expect(lengthIn('characters', text)).toBe(9)
    expect(lengthIn('bytes', text)).toBe(20)
  })
})

describe('handleText', () => {
  it('writes an account as the reports do', () => {
    for (const platform of ['x', 'reddit', 'mastodon'])
      expect(handleText({ platform, handle: 'someone' })).toBe(`${handleSign({ platform })}someone`)
    expect(handleText({ platform: 'reddit', handle: 'someone' })).toBe('u/someone')
  })
})
