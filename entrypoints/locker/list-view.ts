import { effect, signal } from '@preact/signals'
import { changeFilter, type Filter, type FilterAction, noFilter } from '../../components/locker/filter'
import { prepareSearch } from '../../components/locker/search-words'
import { type Selection, type SelectionAction, select } from '../../components/shared/selection'
import { binItem, restoreItem } from '../../utils/locker/items'
import type { IncidentType } from '../../utils/model/item'
import { inSlices } from '../../utils/model/slices'
import type { Session } from '../shared/session'
import { createFoundView } from './found-view'
import { createRowPictures } from './row-pictures'

function whenIdle(): Promise<void> {
  return new Promise((resolve) => requestIdleCallback(() => resolve(), { timeout: 200 }))
}

/** Makes the words that a search looks at, slice by slice, whenever the items have changed. */
export function prepareSearches(session: Session): void {
  effect(() => {
    const stop = new AbortController()
    const { items } = session.contents.value
    // The rows come first.
    void whenIdle().then(() => inSlices(prepareSearch(items), { signal: stop.signal }))
    return () => stop.abort()
  })
}

/** What is ticked, shown and filtered in the list, and what is done with it. */
export function createListView(session: Session) {
  const filter = signal<Filter>(noFilter)
  const chosen = signal<Selection>([])
  const shown = signal<Selection>([])
  const justBinned = signal<readonly string[]>([])
  const addedTo = signal<string | null>(null)
  const pictures = createRowPictures(session)

  async function bin(ids: readonly string[]): Promise<void> {
    for (const id of ids) await session.attempt((open) => binItem(open, id))
    chosen.value = chosen.value.filter((id) => !ids.includes(id))
    justBinned.value = ids
    addedTo.value = null
    await session.refresh()
  }

  async function restore(ids: readonly string[]): Promise<void> {
    for (const id of ids) await session.attempt((open) => restoreItem(open, id))
    justBinned.value = []
    await session.refresh()
  }

  async function addToCase(choice: { caseId: string | null; title: string }): Promise<void> {
    const { title } = await session.addToCase({ ...choice, itemIds: chosen.value })
    chosen.value = []
    justBinned.value = []
    addedTo.value = title
  }

  async function setTypes(types: IncidentType[]): Promise<void> {
    await session.setTypes(chosen.value, types)
    chosen.value = []
  }

  return {
    filter,
    found: createFoundView({ items: () => session.contents.value.items, filter: () => filter.value }),
    chosen,
    shown,
    pictures,
    justBinned,
    addedTo,
    bin,
    restore,
    addToCase,
    setTypes,
    /** Hides what was shown, and drops what was told of the last press. */
    close: () => {
      shown.value = []
      pictures.clear()
      justBinned.value = []
      addedTo.value = null
    },
    narrow: (action: FilterAction) => {
      filter.value = changeFilter(filter.value, action)
    },
    select: (action: SelectionAction) => {
      chosen.value = select(chosen.value, action)
    },
    show: (id: string) => {
      shown.value = select(shown.value, { kind: 'toggle', id })
      if (!shown.value.includes(id)) pictures.forget(id)
    },
  }
}
