import type { Case } from '../../../utils/model/case'
import type { OpenedItem } from '../../../utils/model/item'
import type { PostReading } from '../../../utils/model/post'
import { sampleCase, sampleItem } from '../../support/sample-items'

const account: PostReading['author'] = {
  handle: 'harrow_blackmoor',
  name: 'Harrow Blackmoor 🐦',
  profile: 'https://x.com/harrow_blackmoor',
  id: '900000001',
}

function onX(number: number, post: Partial<PostReading> = {}): Partial<PostReading> {
  const postId = `179000000000000000${number}`
  const permalink = `https://x.com/harrow_blackmoor/status/${postId}`
  return { postId, permalink, author: account, text: `Post number ${number}: we see you.`, ...post }
}

/** Seven posts of one account on X, one of them grave and in Arabic, with doubts, and one post of another account. */
export function seriesOnX(): OpenedItem[] {
  const plain = [1, 2, 3, 4, 5, 6].map((number) => sampleItem({ seed: `x${number}`, post: onX(number) }))
  const grave = sampleItem({
    seed: 'x7',
    post: onX(7, { text: 'نعرف أين تسكنين يا ندى.\nسنأتي ليلًا.', language: 'ar', direction: 'rtl' }),
    assessment: { severity: 'high', isImminent: true },
    captured: { clockSkewSeconds: -300 },
    collection: {
      sources: [
        { fact: 'posted', source: 'id', value: '2024-05-13T09:14:05.000Z', agrees: true },
        { fact: 'handle', source: 'permalink', value: 'saltmarsh77', agrees: false },
      ],
    },
  })
  const other = sampleItem({
    seed: 'x8',
    post: onX(8, { author: { handle: 'saltmarsh77', name: null, profile: null, id: null } }),
  })
  return [...plain, grave, other]
}

/** One comment under a video: no id of the account, only an age. */
export function commentOnYouTube(): OpenedItem {
  const permalink = 'https://www.youtube.com/watch?v=Qz0invented1&lc=Ugx0invented2'
  return sampleItem({
    seed: 'yt1',
    captured: { utc: '2024-05-14T07:30:12.345Z' },
    post: {
      platform: 'youtube',
      kind: 'comment',
      postId: 'Ugx0invented2',
      permalink,
      author: { handle: 'tarn-hollow', name: '@tarn-hollow', profile: null, id: null },
      text: 'She will get what she deserves.',
      counts: { likes: '3' },
      mentions: [],
      posted: {
        asShown: '3 hours ago',
        iso: null,
        from: '2024-05-14T03:30:12.345Z',
        to: '2024-05-14T04:30:12.345Z',
        precision: 'hour',
        source: 'relative',
      },
    },
  })
}

/** A comment on Reddit. */
export function commentOnReddit(): OpenedItem {
  return sampleItem({
    seed: 'rd1',
    post: {
      platform: 'reddit',
      kind: 'comment',
      postId: 't1_kx0inv1',
      permalink: 'https://www.reddit.com/r/lowtide/comments/1abcde/title/kx0inv1/',
      author: { handle: 'brackenmoss', name: null, profile: null, id: 't2_9inv' },
      text: 'Her number is 0000 000, call her all night.',
      counts: { score: '14' },
      mentions: [],
    },
  })
}

/** A post on Bluesky whose author's DID the page gives. */
export function postOnBluesky(post: Partial<PostReading> = {}): OpenedItem {
  return sampleItem({
    seed: 'bs1',
    post: {
      platform: 'bluesky',
      postId: '3kinvented222',
      permalink: 'https://bsky.app/profile/osier.example/post/3kinvented222',
      author: {
        handle: 'osier.example',
        name: 'Osier',
        profile: 'https://bsky.app/profile/osier.example',
        id: 'did:plc:inventedinvented12345678',
      },
      text: 'Somebody should shut her up for good.',
      counts: {},
      mentions: [],
      ...post,
    },
  })
}

/** Two posts of one account on a Mastodon server. */
export function postsOnMastodon(post: Partial<PostReading> = {}): OpenedItem[] {
  return [1, 2].map((number) =>
    sampleItem({
      seed: `md${number}`,
      post: {
        platform: 'mastodon',
        postId: `11200000000000000${number}`,
        permalink: `https://tidepool.example/@fenwick/11200000000000000${number}`,
        author: {
          handle: 'fenwick@tidepool.example',
          name: 'Fenwick',
          profile: 'https://tidepool.example/@fenwick',
          id: '109000000000000001',
        },
        text: `Liar number ${number}.`,
        counts: {},
        mentions: [],
        ...post,
      },
    }),
  )
}

/** A case of these items with every fact that any channel asks for. */
export function fullCase(items: readonly OpenedItem[], overrides: Partial<Case> = {}): Case {
  return sampleCase(items, { types: ['threat-of-violence', 'harassment'], ...overrides })
}

/** For each channel the items of its sample report. */
export const samplesByChannel: Record<string, () => OpenedItem[]> = {
  'x-in-product': seriesOnX,
  'x-abuse-form': () => seriesOnX().slice(5),
  'youtube-flag': () => [commentOnYouTube()],
  'reddit-in-product': () => [commentOnReddit()],
  'reddit-no-account': () => [commentOnReddit()],
  'bluesky-api': () => [postOnBluesky()],
  'mastodon-api': () => postsOnMastodon(),
  'eu-dsa-art16': () => seriesOnX().slice(5),
}
