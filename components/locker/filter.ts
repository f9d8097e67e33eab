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

function wordsOf({ search }: Filter): string[] {
  return plainText(search).split(/\s+/).filter(Boolean)
}

/**
 * Tells which items fit: any of the types, any of the platforms, and every searched word somewhere in text,
 * author, permalink or note, whatever its case and accents.
 */
export function fits(filter: Filter): (item: ItemSummary) => boolean {
  const searched = wordsOf(filter)
  return (item) => {
    if (filter.types.length > 0 && !hasType(item, filter.types)) return false
    if (filter.platforms.length > 0 && !filter.platforms.includes(item.platform)) return false
    if (searched.length === 0) return true
    const words = searchedWords(item)
    return searched.every((word) => words.includes(word))
  }
}

/** The items that fit; see `fits`. */
export function filterItems(items: readonly ItemSummary[], filter: Filter): ItemSummary[] {
  return items.filter(fits(filter))
}

/** Whether a filter finds nothing that the one before did not find. */
export function isNarrower(filter: Filter, before: Filter): boolean {
  if (filter.types !== before.types || filter.platforms !== before.platforms) return false
  const words = wordsOf(filter)
  return wordsOf(before).every((word) => words.some((longer) => longer.includes(word)))
}
