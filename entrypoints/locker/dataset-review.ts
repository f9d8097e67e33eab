import { computed, signal } from '@preact/signals'
import type { ReviewRow, ReviewState } from '../../components/dataset/steps'
import type { DatasetDraft } from './dataset-draft'

type Decision = DatasetDraft['decisions'][number]

type Reviewed = {
  /** The items that leave, in their order. */
  itemIds: () => readonly string[]
  decisions: () => ReadonlyMap<string, Decision>
  /** A row as it is proposed; null when it cannot be opened. */
  propose: (itemId: string) => Promise<ReviewRow | null>
  decide: (decision: Decision) => void
}

/** The review of texts, one row at a time, before they leave. */
export function createReview({ itemIds, decisions, propose, decide }: Reviewed) {
  const at = signal(0)
  const row = signal<ReviewRow | null>(null)
  let asked = 0

  const state = computed<ReviewState>(() => {
    const read = itemIds().filter((id) => decisions().has(id)).length
    return { at: at.value, of: itemIds().length, read, row: row.value }
  })

  /** Opens a row. The one before stays until it is there: nothing moves under the pointer. */
  async function showRow(index: number): Promise<void> {
    asked += 1
    const mine = asked
    const id = itemIds()[index]
    at.value = index
    const proposed = id === undefined ? null : await propose(id)
    if (mine !== asked || (id !== undefined && proposed === null)) return
    const kept = id === undefined ? null : decisions().get(id)?.text
    row.value = proposed && { ...proposed, redacted: kept ?? proposed.redacted }
  }

  return {
    state,
    showRow,
    /** Keeps what was decided on the row that is shown, and opens the next. */
    decide: async (text: string | null): Promise<void> => {
      const itemId = row.value?.itemId
      if (itemId === undefined || itemId !== itemIds()[at.value]) return
      decide({ itemId, text })
      await showRow(Math.min(at.value + 1, itemIds().length))
    },
    /** Opens the first row that nobody has read; after the last one when there is none. */
    showUnread: async (): Promise<void> => {
      const first = itemIds().findIndex((id) => !decisions().has(id))
      await showRow(first < 0 ? itemIds().length : first)
    },
    close: () => {
      asked += 1
      row.value = null
    },
  }
}
