import { describe, expect, it } from 'vitest'
import { isBackupDue } from '../../../components/locker/backup-due'

const now = new Date('2026-11-22T12:00:00.000Z')
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString()

describe('a reminder of the backup', () => {
  it('comes when the last good one is more than thirty days old', () => {
    const oldestItemAt = daysAgo(100)
    expect(isBackupDue({ lastAt: daysAgo(31), oldestItemAt, now })).toBe(true)
    expect(isBackupDue({ lastAt: daysAgo(30), oldestItemAt, now })).toBe(false)
  })

  it('comes without any backup when something has been here for that long', () => {
    expect(isBackupDue({ lastAt: null, oldestItemAt: daysAgo(31), now })).toBe(true)
    expect(isBackupDue({ lastAt: null, oldestItemAt: daysAgo(1), now })).toBe(false)
  })

  it('never comes to an empty locker, and a clock that was set back brings none', () => {
    expect(isBackupDue({ lastAt: daysAgo(400), oldestItemAt: null, now })).toBe(false)
    expect(isBackupDue({ lastAt: daysAgo(-40), oldestItemAt: daysAgo(-50), now })).toBe(false)
  })
})
