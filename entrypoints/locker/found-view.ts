import { effect, type ReadonlySignal, signal } from '@preact/signals'
import {
  type Filter,
  type FoundItems,
  fits,
  foundAt,
  isNarrower,
  isNoFilter,
  noFilter,
} from '../../components/locker/filter'
import { searchedWordsIn } from '../../components/locker/search-words'
import type { ItemSummary } from '../../utils/model/item'
import { giveWay, inSlices, type Slicing, type Steps } from '../../utils/model/slices'

/** What a filter finds in a list of items; the first of it only until the list `isWhole`. */
export type Found = {
  of: readonly ItemSummary[]
  filter: Filter
  items: FoundItems
  isWhole: boolean
}

/** Words of items that were never searched in are made on the way. */
const itemsAtOnce = 32
/** A search that takes longer shows what it has found so far, and once more after each longer pause. */
const firstShownMs = 100
const nextShownMs = 500

/** The places in its list of what was found; null for all of it. */
type Places = readonly number[] | null

function* looking(of: readonly ItemSummary[], filter: Filter, within: Places, found: number[]): Steps<void> {
  const isFound = fits(filter, searchedWordsIn(of))
  const count = within?.length ?? of.length
  for (let at = 0; at < count; at++) {
    const place = within === null ? at : (within[at] ?? 0)
    const item = of[place]
    if (item && isFound(item, place)) found.push(place)
    if (at % itemsAtOnce === itemsAtOnce - 1) yield
  }
}

/**
 * What the filter finds in a list; follows both, in slices. A search that is no longer wanted is given up, and one
 * that only narrows the last looks through what that found. One that takes its time shows the first of what it
 * finds while it goes on.
 */
export function createFoundView(
  follow: { items: () => readonly ItemSummary[]; filter: () => Filter },
  slicing: Omit<Slicing, 'signal'> = {},
): ReadonlySignal<Found> {
  const { pause = giveWay, clock = () => performance.now() } = slicing
  const found = signal<Found>({ of: [], filter: noFilter, items: foundAt([], null), isWhole: true })
  let last: { of: readonly ItemSummary[]; filter: Filter; places: Places } = {
    of: [],
    filter: noFilter,
    places: null,
  }
  let stop = new AbortController()

  async function find(of: readonly ItemSummary[], filter: Filter): Promise<void> {
    stop.abort()
    stop = new AbortController()
    const { signal: given } = stop
    if (isNoFilter(filter)) {
      last = { of, filter, places: null }
      found.value = { of, filter, items: foundAt(of, null), isWhole: true }
      return
    }
    const within = last.of === of && isNarrower(filter, last.filter) ? last.places : null
    const places: number[] = []
    let nextShown = clock() + firstShownMs
    const showSoFar = async (): Promise<void> => {
      if (clock() >= nextShown && places.length > 0 && !given.aborted) {
        found.value = { of, filter, items: foundAt(of, [...places]), isWhole: false }
        nextShown = clock() + nextShownMs
      }
      await pause()
    }
    await inSlices(looking(of, filter, within, places), { clock, pause: showSoFar, signal: given })
    if (given.aborted) return
    last = { of, filter, places }
    found.value = { of, filter, items: foundAt(of, places), isWhole: true }
  }

  effect(() => {
    void find(follow.items(), follow.filter())
  })
  return found
}
