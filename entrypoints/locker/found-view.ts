import { effect, type ReadonlySignal, signal } from '@preact/signals'
import { type Filter, fits, isNarrower, isNoFilter, noFilter } from '../../components/locker/filter'
import type { ItemSummary } from '../../utils/model/item'
import { each, inSlices, type Slicing } from '../../utils/model/slices'

/** What a filter finds in a list of items. */
export type Found = { of: readonly ItemSummary[]; filter: Filter; items: readonly ItemSummary[] }

/** Words of items that were never searched in are made on the way. */
const itemsAtOnce = 32

/**
 * What the filter finds in a list; follows both, in slices. A search that is no longer wanted is given up, and one
 * that only narrows the last looks through what that found.
 */
export function createFoundView(
  follow: { items: () => readonly ItemSummary[]; filter: () => Filter },
  slicing: Omit<Slicing, 'signal'> = {},
): ReadonlySignal<Found> {
  let last: Found = { of: [], filter: noFilter, items: [] }
  const found = signal(last)
  let stop = new AbortController()

  function show(next: Found): void {
    last = next
    found.value = next
  }

  async function find(of: readonly ItemSummary[], filter: Filter): Promise<void> {
    stop.abort()
    stop = new AbortController()
    const { signal: given } = stop
    if (isNoFilter(filter)) return show({ of, filter, items: of })
    const from = last.of === of && isNarrower(filter, last.filter) ? last.items : of
    const isFound = fits(filter)
    const items: ItemSummary[] = []
    const look = each(from, (item) => isFound(item) && items.push(item), itemsAtOnce)
    await inSlices(look, { ...slicing, signal: given })
    if (!given.aborted) show({ of, filter, items })
  }

  effect(() => {
    void find(follow.items(), follow.filter())
  })
  return found
}
