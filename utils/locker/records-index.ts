import type { Item, ItemSummary } from '../model/item'
import { publishedTime } from '../model/post'
import type { State } from './records'

/** The index of records. Raise `form` whenever `summarise` gives other fields, or the old ones otherwise. */
export const recordsIndex = { store: 'records', form: 2 } as const

/** What a list needs of one record, before assessments and cases are added; the index holds just this. */
export type Entry = { facts: Omit<ItemSummary, 'types' | 'note' | 'caseIds' | 'binnedAt'>; state: State }

/** What the index holds of one record. */
export function entryFor({ item, state }: { item: Item; state: State }): Entry {
  // Proofs are no part of any list.
  const { earlier: _, ...shown } = state
  return { facts: summarise(item), state: shown }
}

function summarise(item: Item): Entry['facts'] {
  const { post, captured, collection } = item
  return {
    id: item.id,
    platform: post.platform,
    kind: post.kind,
    postId: post.postId,
    authorHandle: post.author.handle,
    authorName: post.author.name,
    text: post.text,
    permalink: post.permalink,
    postedAt: publishedTime(post).iso,
    capturedAt: captured.utc,
    method: collection.method,
    reader: collection.reader,
    group: item.group,
    recheck: item.recheck,
    pictures: item.parts
      .filter(({ role }) => role === 'media')
      .map(({ sha256, likeness }) => ({ sha256, likeness })),
  }
}
