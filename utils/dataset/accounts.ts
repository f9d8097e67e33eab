import type { CellValue } from './columns'
import type { Release } from './release'

type Held = { platform: string; items: number; weeks: Set<string>; targets: Set<string> }

/** One row for each account that a released row names, in the order of their pseudonyms. */
export async function accountRows(
  release: Pick<Release, 'items' | 'pseudonyms'>,
): Promise<Record<string, CellValue>[]> {
  const accounts = new Map<string, Held>()
  for (const { account, cell, entry } of release.items) {
    if (account === null) continue
    const held = accounts.get(account) ?? {
      platform: cell.platform,
      items: 0,
      weeks: new Set<string>(),
      targets: new Set<string>(),
    }
    held.items += 1
    held.weeks.add(cell.week)
    if (entry.target !== null) held.targets.add(entry.target)
    accounts.set(account, held)
  }
  const rows: Record<string, CellValue>[] = []
  for (const [account, held] of accounts) {
    const { platform, items, weeks, targets } = held
    const actor = await release.pseudonyms.actor(account)
    rows.push({ actor, platform, items, weeks: weeks.size, targets: targets.size })
  }
  return rows.sort((one, other) => (String(one.actor) < String(other.actor) ? -1 : 1))
}
