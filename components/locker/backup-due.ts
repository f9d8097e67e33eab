/** After so many days a backup counts as old. */
const backupDays = 30

const dayMs = 24 * 60 * 60 * 1_000

/**
 * Whether it is time to speak of a backup: the last good one is older than `backupDays`, or there is none and the
 * oldest item has been here for as long. Never for an empty locker. A clock set back makes it later, not wrong.
 */
export function isBackupDue(known: {
  lastAt: string | null
  oldestItemAt: string | null
  now: Date
}): boolean {
  if (known.oldestItemAt === null) return false
  const since = Date.parse(known.lastAt ?? known.oldestItemAt)
  return known.now.getTime() - since > backupDays * dayMs
}
