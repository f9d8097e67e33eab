import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { describeOverdue, overdueReviews } from '../../../scripts/channel-reviews'

const channels = 'utils/channels/data'

test('a review holds for a year and not a day longer', () => {
  const folder = mkdtempSync(join(tmpdir(), 'reviews-'))
  for (const [id, reviewedOn] of [
    ['old', '2025-03-01'],
    ['older', '2024-12-31'],
    ['just', '2025-03-02'],
  ])
    writeFileSync(join(folder, `${id}.json`), JSON.stringify({ id, reviewedOn }))
  const overdue = overdueReviews({ folder, today: '2026-03-02' })
  rmSync(folder, { recursive: true })
  expect(overdue.map(({ id }) => id)).toEqual(['older', 'old'])
  expect(describeOverdue(overdue)[0]).toBe(
    'utils/channels/data/older.json: last reviewed on 2024-12-31, more than a year ago',
  )
})

test('every channel was reviewed when the facts were collected, and is asked about a year later', () => {
  expect(overdueReviews({ folder: channels, today: '2026-12-01' })).toEqual([])
  expect(overdueReviews({ folder: channels, today: '2028-01-01' }).length).toBeGreaterThanOrEqual(84)
})
