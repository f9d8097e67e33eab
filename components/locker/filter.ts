import type { IncidentType, ItemSummary } from '../../utils/model/item'
import { plainText, searchedWords } from './search-words'

/** What the list of items is narrowed to. Empty lists and words narrow nothing. */
export type Filter = {
  search: string
  types: readonly (IncidentType | 'none')[]
  platforms: readonly string[]
}

export type FilterAction =
  | { kind: 'search'; words: string }
  | { kind: 'toggle-type'; type: IncidentType | 'none' }
  | { kind: 'toggle-platform'; platform: string }
  | { kind: 'clear' }

/** The filter that shows everything. */
export const noFilter: Filter = { search: '', types: [], platforms: [] }

function toggle<T>(list: readonly T[], value: T): readonly T[] {
  return list.includes(value) ? list.filter((other) => other !== value) : [...list, value]
}

/** The filter after an action. */
export function changeFilter(filter: Filter, action: FilterAction): Filter {
  switch (action.kind) {
    case 'search':
      return { ...filter, search: action.words }
    case 'toggle-type':
      return { ...filter, types: toggle(filter.types, action.type) }
    case 'toggle-platform':
      return { ...filter, platforms: toggle(filter.platforms, action.platform) }
    case 'clear':
      return noFilter
  }
}

/** Whether the filter shows everything. */
export function isNoFilter(filter: Filter): boolean {
  return filter.search.trim() === '' && filter.types.length === 0 && filter.platforms.length === 0
}

function hasType(item: ItemSummary, types: Filter['types']): boolean {
  if (item.types.length === 0) return types.includes('none')
  return item.types.some((type) => types.includes(type))
}

function searchFor({ search }: Filter): string[] {
  return plainText(search).split(/\s+/).filter(Boolean)
}

/**
 * Tells which items fit: any of the types, any of the platforms, and every searched word somewhere in text,
 * author, permalink or note, whatever its case and accents. `wordsOf` gives what an item is searched in.
 */
export function fits(
  filter: Filter,
  wordsOf: (item: ItemSummary, place: number) => string = searchedWords,
): (item: ItemSummary, place: number) => boolean {
  const { types, platforms } = filter
  const searched = searchFor(filter)
  return (item, place) => {
    if (types.length > 0 && !hasType(item, types)) return false
    if (platforms.length > 0 && !platforms.includes(item.platform)) return false
    if (searched.length === 0) return true
    const words = wordsOf(item, place)
    for (const word of searched) if (!words.includes(word)) return false
    return true
  }
}

/** Whether a filter finds nothing that the one before did not find. */
export function isNarrower(filter: Filter, before: Filter): boolean {
  if (filter.types !== before.types || filter.platforms !== before.platforms) return false
  const words = searchFor(filter)
  return searchFor(before).every((word) => words.some((longer) => longer.includes(word)))
}

/** What a filter found, in order. Nothing is listed before it is asked for: there may be 100,000. */
export type FoundItems = { count: number; at: (index: number) => ItemSummary | undefined }

/** The items at these places of a list; all of them for null. */
export function foundAt(of: readonly ItemSummary[], places: readonly number[] | null): FoundItems {
  if (places === null) return { count: of.length, at: (index) => of[index] }
  return { count: places.length, at: (index) => of[places[index] ?? -1] }
}

/** The ids of all that was found. */
export function foundIds({ count, at }: FoundItems): string[] {
  return Array.from({ length: count }, (_, index) => at(index)?.id ?? '')
}
