import { randomId, utcTime, z } from '../model/schema'

/*
 * A hand-over is an age file (age-encryption.org/v1) to a receiving key, of a tar archive (`tar.ts`) in this order:
 *
 *   hand-over.json                version, the drop-box, when it was written, how many items and rows it was to hold
 *   items/<id>/header             the parts of an item as they were sealed at its capture (`crypto/seal.ts`):
 *   items/<id>/key                header, key in an age file to the same receiving key, facts, pictures and other
 *   items/<id>/meta               parts, numbered from 0. Nothing was opened to write them.
 *   items/<id>/blobs/<n>
 *   … the other items …
 *   rows/<id>/header  key  meta   what was said of an item when it was captured, sealed likewise
 *   end.json                      how many items and rows it holds, and how many were damaged and left out
 */

export const handOverVersion = 1

const count = z.int().nonnegative()

export const HandOverHead = z.strictObject({
  version: z.literal(handOverVersion),
  dropBox: randomId,
  writtenAt: utcTime,
  items: count,
  rows: count,
})
export type HandOverHead = z.infer<typeof HandOverHead>

export const HandOverEnd = z.strictObject({ items: count, rows: count, leftOut: count })
export type HandOverEnd = z.infer<typeof HandOverEnd>

export type SealedKind = 'items' | 'rows'

/** The names of files in a hand-over. */
export const names = {
  head: 'hand-over.json',
  end: 'end.json',
  file: (kind: SealedKind, id: string, file: 'header' | 'key' | 'meta') => `${kind}/${id}/${file}`,
  blob: (id: string, index: number) => `items/${id}/blobs/${index}`,
}

/** The id in the name of the first file of an item or row; null when it is neither. */
export function placeIn(name: string): { kind: SealedKind; id: string } | null {
  const [, kind, id] = /^(items|rows)\/([0-9a-f]{32})\/header$/.exec(name) ?? []
  return id !== undefined && (kind === 'items' || kind === 'rows') ? { kind, id } : null
}
