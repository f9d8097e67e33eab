import type { BundleProofs } from '../custody/proofs'
import type { Item, OpenedItem } from '../model/item'
import { problemError, throwIfCancelled } from '../model/problem-error'
import { archivePath } from './contents'
import type { StreamedFile } from './report-entry'
import { writeWacz } from './wacz'
import { archivedParts } from './warc'

/** Bytes of parts in one archive: programs that hold a whole archive in memory still open it. */
const bytesAtMost = 512 * 1024 * 1024

/** Opens items once more, in the order of their ids. */
export type OpenAgain = (itemIds: readonly string[]) => AsyncIterable<OpenedItem>

function sizeOf(item: Item): number {
  return archivedParts(item).reduce((sum, { bytes }) => sum + bytes, 0)
}

/** The ids of items in lots of which each fits one archive. */
export function inLots(items: readonly Item[], most: number = bytesAtMost): string[][] {
  const lots: string[][] = []
  let left = -1
  for (const item of items) {
    const bytes = sizeOf(item)
    if (bytes > left || lots.length === 0) {
      lots.push([])
      left = most
    }
    lots.at(-1)?.push(item.id)
    left -= bytes
  }
  return lots
}

/**
 * The web archives of these items, as many as they need, one after another. Each is signed by a key of its own, made
 * from the signature of the bundle's key over what the archive holds: nobody can tell from it whose it is, and the
 * same archive is the same bytes. One item is in memory at a time. Throws `cannot-sign` where there is no key.
 */
export async function* writeArchives(
  items: readonly Item[],
  options: {
    madeAt: string
    tool: { name: string; version: string }
    proofs: BundleProofs | null
    open: OpenAgain
    signal?: AbortSignal
  },
): AsyncGenerator<{ path: string } & StreamedFile> {
  const { madeAt, tool, proofs, open, signal } = options
  if (!proofs) throw problemError('cannot-sign')
  const { sign } = proofs.key
  async function* opened(ids: readonly string[]): AsyncGenerator<OpenedItem> {
    for await (const item of open(ids)) {
      throwIfCancelled(signal)
      yield item
    }
  }
  for (const [at, ids] of inLots(items).entries())
    yield {
      path: archivePath(at + 1),
      ...(await writeWacz({ items: () => opened(ids), madeAt, tool, sign })),
    }
}
