/** The ids that are ticked, in the order of ticking. */
export type Selection = readonly string[]

export type SelectionAction =
  | { kind: 'toggle'; id: string }
  | { kind: 'all'; ids: readonly string[] }
  | { kind: 'none' }
  /** Forget what is no longer in the list. */
  | { kind: 'keep-only'; ids: readonly string[] }

/** The selection after an action; the same value when nothing changes. */
export function select(selection: Selection, action: SelectionAction): Selection {
  switch (action.kind) {
    case 'toggle':
      return selection.includes(action.id)
        ? selection.filter((id) => id !== action.id)
        : [...selection, action.id]
    case 'all': {
      const there = new Set(selection)
      return [...selection, ...action.ids.filter((id) => !there.has(id))]
    }
    case 'none':
      return selection.length === 0 ? selection : []
    case 'keep-only': {
      const wanted = new Set(action.ids)
      const left = selection.filter((id) => wanted.has(id))
      return left.length === selection.length ? selection : left
    }
  }
}
