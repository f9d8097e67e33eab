import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

const longest = 12_288
const pauseMs = 10

/** Files of the profile that may be the one whose bytes the locker overwrites: found by what it begins with. */
function findCells(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return findCells(path)
    const entryStat = entry.isFile() ? statSync(path, { throwIfNoEntry: false }) : undefined
    if (entryStat === undefined || entryStat.size < 4_096 || entryStat.size > longest) return []
    const bytes = readFileSync(path)
    return bytes.includes('LKS1') ? [path] : []
  })
}

/**
 * Gives a function that waits until the file of the epochs' secrets changes on the disk: the first thing that a new
 * epoch does. Looks from outside, so that the browser is not disturbed.
 */
export function watchCell(profile: string): () => Promise<void> {
  const [path] = findCells(profile)
  if (path === undefined) throw new Error('the profile has no file with a secret')
  const before = readFileSync(path)
  return async () => {
    while (readFileSync(path).equals(before)) await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
}
