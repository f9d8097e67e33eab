import type { Book } from './book'
import type { DatasetRow } from './columns'
import type { Plan, PlannedItem } from './plan'
import { type Pseudonyms, startPseudonyms } from './pseudonyms'
import { type Review, reviewedText } from './review'
import { toRow } from './rows'
import { type DatasetRecord, type DatasetSource, openEach, type Watch } from './source'

/** Everything that is needed to write the same rows again and again: decisions, an order, a key. */
export type Release = {
  plan: Plan
  book: Book
  review: Review
  source: DatasetSource
  pseudonyms: Pseudonyms
  /** In the order of the tables: platform, week, then a pseudonym, which says nothing of the order of capture. */
  items: readonly PlannedItem[]
  /** Tells the files of this export from those of others in one folder. */
  mark: string
}

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other))

/** Puts the released items in order under a key; the key is held by the pseudonyms alone. */
export async function prepareRelease(from: {
  plan: Plan
  book: Book
  review: Review
  source: DatasetSource
  key: CryptoKey
}): Promise<Release> {
  const { key, ...rest } = from
  const pseudonyms = startPseudonyms(key)
  const placed: { item: PlannedItem; at: string }[] = []
  for (const item of from.plan.released) {
    const row = await pseudonyms.row(item.entry.id)
    placed.push({ item, at: `${item.cell.platform} ${item.cell.week} ${row}` })
  }
  placed.sort((one, other) => compare(one.at, other.at))
  // With a project's key the mark would be the same in every export.
  const mark = await pseudonyms.row(`export ${placed.length} ${placed[0]?.at ?? ''}`)
  return { ...rest, pseudonyms, items: placed.map(({ item }) => item), mark: mark.slice(0, 8) }
}

function textOf(release: Release, record: DatasetRecord): string | null {
  const { tier } = release.plan.choices
  if (tier === 'T0') return null
  return tier === 'T1' ? reviewedText(release.review, record.item.id) : record.item.post.text
}

/** A row with the item it was made of; the item stays here. */
export type ReleasedRow = { row: DatasetRow; itemId: string }

/**
 * The rows of a release in their order, each time the same. Opens the items again; throws when one is gone, for the
 * counts were made with it, and `AbortError` when cancelled.
 */
export async function* releasedRows(release: Release, watch: Watch = {}): AsyncGenerator<ReleasedRow> {
  let at = 0
  const ids = release.items.map(({ entry }) => entry.id)
  for await (const record of openEach(release.source, ids, watch)) {
    const planned = release.items[at]
    at += 1
    if (planned?.entry.id !== record.item.id) throw new Error('An item is gone that was counted')
    const { cell, account } = planned
    const row = await toRow(record, {
      cell,
      account,
      text: textOf(release, record),
      pseudonyms: release.pseudonyms,
    })
    yield { row, itemId: record.item.id }
  }
  if (at < ids.length) throw new Error('An item is gone that was counted')
}
