import type { BundleProofs } from '../custody/proofs'
import type { OpenedItem, Part } from '../model/item'
import { archivePath } from './contents'
import { problemError } from './problems'
import { type WaczOptions, writeWacz } from './wacz'

type Bytes = Uint8Array<ArrayBuffer>

/** Bytes of parts in one archive: an archive is written in memory. */
const bytesAtMost = 48 * 1024 * 1024
const roles: readonly Part['record']['role'][] = ['screenshot', 'html', 'text']

type Archived = WaczOptions['items'][number]

function sizeOf({ parts }: Archived): number {
  return parts.reduce((sum, part) => sum + part.bytes.length, 0)
}

/** Items in lots of which each fits one archive. */
async function* inLots(items: AsyncIterable<OpenedItem> | readonly OpenedItem[]): AsyncGenerator<Archived[]> {
  let lot: Archived[] = []
  let bytes = 0
  for await (const { item, parts } of items) {
    const next = { item, parts: parts.filter(({ record }) => roles.includes(record.role)) }
    if (lot.length > 0 && bytes + sizeOf(next) > bytesAtMost) {
      yield lot
      lot = []
      bytes = 0
    }
    lot.push(next)
    bytes += sizeOf(next)
  }
  if (lot.length > 0) yield lot
}

/**
 * The web archives of these items, as many as they need, one after another. Each is signed by a key of its own, made
 * from the signature of the bundle's key over what the archive holds: nobody can tell from it whose it is, and the
 * same archive is the same bytes. Throws `cannot-sign` where there is no key.
 */
export async function* writeArchives(
  items: AsyncIterable<OpenedItem> | readonly OpenedItem[],
  options: { madeAt: string; tool: { name: string; version: string }; proofs: BundleProofs | null },
): AsyncGenerator<{ path: string; content: Bytes }> {
  const { madeAt, tool, proofs } = options
  if (!proofs) throw problemError('cannot-sign')
  const { sign } = proofs.key
  let number = 0
  for await (const lot of inLots(items)) {
    number += 1
    yield { path: archivePath(number), content: await writeWacz({ items: lot, madeAt, tool, sign }) }
  }
}
