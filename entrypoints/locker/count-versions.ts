import { effect, type ReadonlySignal, signal } from '@preact/signals'
import type { ItemSummary } from '../../utils/model/item'
import { inSlices } from '../../utils/model/slices'
import { groupingVersions } from '../../utils/model/versions'

/** How many captures there are of a post, by item; follows the items, a moment later. */
export function countVersions(
  items: () => readonly ItemSummary[],
): ReadonlySignal<ReadonlyMap<string, number>> {
  const counts = signal<ReadonlyMap<string, number>>(new Map())
  let stop = new AbortController()

  async function count(of: readonly ItemSummary[]): Promise<void> {
    stop.abort()
    stop = new AbortController()
    const groups = await inSlices(groupingVersions(of), stop)
    // Where every capture stands alone, what shows it need not be drawn again.
    if (!groups || groups.size + counts.value.size === 0) return
    counts.value = new Map([...groups].map(([id, versions]) => [id, versions.length]))
  }

  effect(() => {
    void count(items())
  })
  return counts
}
