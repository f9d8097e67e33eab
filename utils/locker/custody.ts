import { type Bytes, fromHex, randomIdHex, toHex } from '../crypto/bytes'
import { commitmentOf, type Entry, type EntryKind, entryBytes, makeSalt, SaltedEntry } from '../custody/entry'
import { hashLeaf } from '../custody/merkle'
import type { Outcome } from '../model/problem'
import { z } from '../model/schema'
import { keepRow, type OpenedRow, type RowTarget } from './rows'

/** What a row of kind `custody` holds: the entries of one act, one for each item. */
const CustodyRow = z.strictObject({ entries: z.array(SaltedEntry) })

/** Something that happened, to be kept in the custody log. */
export type Happening = {
  kind: EntryKind
  /** One entry for each; a single one that names no item when there is none. */
  itemIds: readonly string[]
  /** Moment in UTC. */
  at: string
  /** Short texts by name, the same in each entry. No words of a post, no names: a bundle shows them. */
  detail?: Entry['detail']
}

/**
 * Appends to the custody log that something happened, in one transaction with the sealed entries. Works while
 * locked, with the public half alone. Problems: `no-locker`, `disk-full`, `storage-unavailable`. Throws on a
 * detail that is not well formed.
 */
export async function keepEntry(open: RowTarget, happening: Happening): Promise<Outcome<{ id: string }>> {
  const { value, leaves } = await makeEntries(happening)
  return keepRow({ to: open, id: randomIdHex(), kind: 'custody', value, leaves })
}

/** The entries of a happening as a row holds them, and their leaves, to be stored together. */
export async function makeEntries(
  happening: Happening,
): Promise<{ value: z.infer<typeof CustodyRow>; leaves: Bytes[] }> {
  const { kind, at, detail = {}, itemIds } = happening
  const made = await Promise.all(
    (itemIds.length > 0 ? itemIds : [null]).map((item) => makeEntry({ kind, at, item, detail })),
  )
  return { value: { entries: made.map(({ custody }) => custody) }, leaves: made.map(({ leaf }) => leaf) }
}

/** One entry with a fresh salt, and its leaf. Throws when it is not well formed. */
export async function makeEntry(
  entry: Omit<Entry, 'v'> & { opening?: Bytes },
): Promise<{ custody: SaltedEntry; leaf: Bytes }> {
  const { kind, at, item, detail, opening } = entry
  const custody = SaltedEntry.parse({
    entry: { v: 1, kind, at, item, detail },
    salt: toHex(makeSalt()),
    opening: opening ? toHex(opening) : null,
  })
  return { custody, leaf: await leafOf(custody) }
}

/** The leaf of an entry in the custody log. */
export async function leafOf({ entry, salt }: SaltedEntry): Promise<Bytes> {
  return hashLeaf(await commitmentOf(fromHex(salt), entryBytes(entry)))
}

/** The entries that opened rows hold, with the row of each; those not well formed are passed over. */
export function entriesIn(rows: readonly OpenedRow[]): { rowId: string; custody: SaltedEntry }[] {
  return rows.flatMap(({ id, kind, value, custody }) => {
    const parsed = kind === 'custody' ? CustodyRow.safeParse(value) : null
    const own = custody === undefined ? [] : [custody].flat()
    return (parsed?.success ? parsed.data.entries : own).map((one) => ({ rowId: id, custody: one }))
  })
}
