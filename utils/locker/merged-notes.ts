import type { OpenLocker } from './keyring'
import type { BackedUpItem } from './read-backup'
import { entryFor, recordsIndex } from './records-index'
import { isOfMany, rowsIndex } from './rows'
import { noteEntries } from './sealed-index'

/** Tells the sealed index what is added from outside, so that the next list need not open it. */
export type MergedNotes = ReturnType<typeof noteMerged>

/**
 * Notes in the sealed index what is added: `begin` before each thing is stored, then the thing, and `end` when nothing
 * more comes, also after a failure.
 */
export function noteMerged(open: OpenLocker) {
  const [records, rows] = [noteEntries(open, recordsIndex), noteEntries(open, rowsIndex)]
  return {
    begin: async (): Promise<void> => {
      await Promise.all([records.begin(), rows.begin()])
    },
    addItem: async ({ item, state: { binnedAt } }: BackedUpItem): Promise<void> =>
      records.add(item.id, entryFor({ item, state: { binnedAt } })),
    addRow: async (row: { id: string; kind: string; value: unknown }): Promise<void> => {
      if (isOfMany(row)) await rows.add(row.id, row)
    },
    end: async (): Promise<void> => {
      await Promise.all([records.end(), rows.end()])
    },
  }
}
