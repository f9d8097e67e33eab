import { utcTime, z } from '../model/schema'

/*
 * A backup is an age file (age-encryption.org/v1) of a tar archive (`tar.ts`), in this order:
 *
 *   backup.json                      version, when it was made, how many items and rows it was to hold
 *   items/<id>/item.json             the canonical bytes of the item's facts, exactly as they were sealed
 *   items/<id>/salt                  32 bytes
 *   items/<id>/state.json            when it was put into the bin, or null; what this locker's log, and logs before it,
 *                                    prove of the item
 *   items/<id>/parts/<name>          each part, in the order in which the facts name them
 *   … the other items …
 *   rows/<id>.json                   each case, assessment and draft: its kind and value
 *   end.json                         how many items and rows it holds, and how many were damaged and left out
 *
 * `age -d backup.age | tar x` opens it without Witnessmark.
 */

/** The version that is written; the first, without proofs, is read too. */
export const backupVersion = 2

const count = z.int().nonnegative()

export const BackupHead = z.strictObject({
  version: z.literal([1, backupVersion]),
  madeAt: utcTime,
  items: count,
  rows: count,
})
export type BackupHead = z.infer<typeof BackupHead>

export const BackupEnd = z.strictObject({ items: count, rows: count, leftOut: count })
export type BackupEnd = z.infer<typeof BackupEnd>

export const BackupRow = z.strictObject({ kind: z.string().max(40), value: z.unknown() })

/** The names of files in a backup. */
export const names = {
  head: 'backup.json',
  end: 'end.json',
  item: (id: string, file: 'item.json' | 'salt' | 'state.json') => `items/${id}/${file}`,
  part: (id: string, name: string) => `items/${id}/parts/${name}`,
  row: (id: string) => `rows/${id}.json`,
}

/** The id in the name of an item's or row's first file; null when it is neither. */
export function idIn(name: string): { kind: 'item' | 'row'; id: string } | null {
  const item = /^items\/([0-9a-f]{32})\/item\.json$/.exec(name)?.[1]
  if (item) return { kind: 'item', id: item }
  const row = /^rows\/([0-9a-f]{32})\.json$/.exec(name)?.[1]
  return row ? { kind: 'row', id: row } : null
}
