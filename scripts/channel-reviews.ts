import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A channel whose facts nobody has gone through for a year. */
export type OverdueReview = { id: string; reviewedOn: string }

/**
 * The channels last reviewed more than a year before `today` (both as `YYYY-MM-DD`), oldest first. Reads the
 * entries in `folder`; throws for one that is no JSON.
 */
export function overdueReviews({ folder, today }: { folder: string; today: string }): OverdueReview[] {
  const year = Number(today.slice(0, 4)) - 1
  const latest = `${year}${today.slice(4)}`
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as OverdueReview)
    .filter(({ reviewedOn }) => reviewedOn < latest)
    .map(({ id, reviewedOn }) => ({ id, reviewedOn }))
    .toSorted((a, b) => a.reviewedOn.localeCompare(b.reviewedOn, 'en') || a.id.localeCompare(b.id, 'en'))
}

/** A line for each overdue channel, as `npm run check` prints them; empty when there is none. */
export function describeOverdue(overdue: readonly OverdueReview[]): string[] {
  return overdue.map(
    ({ id, reviewedOn }) =>
      `utils/channels/data/${id}.json: last reviewed on ${reviewedOn}, more than a year ago`,
  )
}
