import type { ItemSummary } from '../../utils/model/item'

/** The summary of an item of which nothing is known but what is given. */
export function sampleSummary(id: string, about: Partial<ItemSummary> = {}): ItemSummary {
  return {
    id,
    platform: 'x',
    kind: 'post',
    postId: null,
    authorHandle: null,
    authorName: null,
    text: null,
    permalink: null,
    postedAt: null,
    capturedAt: '2026-03-01T10:00:00.000Z',
    method: 'pixels',
    reader: { platform: 'x', version: 1, reason: null, expected: null, isConfirmed: true },
    group: null,
    recheck: null,
    pictures: [],
    types: [],
    note: '',
    caseIds: [],
    binnedAt: null,
    ...about,
  }
}
