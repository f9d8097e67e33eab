import { longText, shortText, utcTime, webAddress, z } from './schema'

/** `generic` is the reading of anything no adapter knows; every other value is an adapter's `id`. */
export const PlatformId = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/)
export type PlatformId = z.infer<typeof PlatformId>

export const PostKind = z.enum([
  'post',
  'comment',
  'reply',
  'quote',
  'message',
  'video',
  'profile',
  // Captures of pages without posts:
  'element',
  'selection',
  'page',
])
export type PostKind = z.infer<typeof PostKind>

/** The account behind a post. `handle` without the leading `@`; `name` exactly as shown. */
export const Author = z.strictObject({
  handle: shortText.nullable(),
  name: shortText.nullable(),
  /** Address of the profile. */
  profile: webAddress.nullable(),
  /** Stable id (numeric, `t2_…`, `did:…`) where the page has one: it survives a change of handle. */
  id: shortText.nullable(),
})
export type Author = z.infer<typeof Author>

/**
 * When the post was published. `iso` is null when only an age ("3 hours ago") is shown; then `from` and `to`
 * bound it. Of a profile the day on which the account was opened. `source`: `dom` = a machine-readable or absolute time in the page, `id` = derived from the id,
 * `relative` = only a window, null = the page shows none.
 */
export const PostedTime = z.strictObject({
  asShown: shortText.nullable(),
  iso: utcTime.nullable(),
  from: utcTime.nullable(),
  to: utcTime.nullable(),
  precision: z.enum(['millisecond', 'second', 'minute', 'hour', 'day', 'week', 'month', 'year']).nullable(),
  source: z.enum(['dom', 'id', 'relative']).nullable(),
})
export type PostedTime = z.infer<typeof PostedTime>

const never: PostedTime = { asShown: null, iso: null, from: null, to: null, precision: null, source: null }

export const PostMedia = z.strictObject({
  kind: z.enum(['image', 'video', 'audio', 'card', 'poll']),
  /** The address the page shows it from; null when it is covered, a `blob:` or not in the page. */
  address: webAddress.nullable(),
  /** Alternative text, or the title of a link card. */
  alt: longText.nullable(),
  /** True when the platform covers it (sensitive media) and the reader has not opened it. */
  isHidden: z.boolean(),
})
export type PostMedia = z.infer<typeof PostMedia>

/** What one page says about one post. A field that the page does not show is null, never a guess. */
export const PostReading = z.strictObject({
  platform: PlatformId,
  kind: PostKind,
  postId: shortText.nullable(),
  permalink: webAddress.nullable(),
  author: Author,
  /** The post's own words, without those of a quoted post. Null when they are not in the page. */
  text: longText.nullable(),
  /** BCP 47 tag as the page gives it. */
  language: shortText.nullable(),
  direction: z.enum(['ltr', 'rtl']).nullable(),
  links: z.array(z.strictObject({ address: webAddress, text: shortText })).max(200),
  /** Handles mentioned in the text, without `@`. */
  mentions: z.array(shortText).max(200),
  media: z.array(PostMedia).max(100),
  /** Counts exactly as shown ("1.2K"), by the platform's own word: replies, reposts, likes, views, score. */
  counts: z.record(z.string().max(40), shortText),
  posted: PostedTime,
  parentPostId: shortText.nullable(),
  /** Handle of the account answered, without `@`. */
  replyToHandle: shortText.nullable(),
  /** Id of the post in which this one is quoted. */
  quotedIn: shortText.nullable(),
  /** Handle (or name, where the page shows no more) of the account that shared this post into the feed. */
  repostedBy: shortText.nullable(),
  contentWarning: longText.nullable(),
  /** Who can see it, where the page says so: `public`, `unlisted`, `followers`, `direct`. */
  visibility: z.enum(['public', 'unlisted', 'followers', 'direct']).nullable(),
  isAd: z.boolean(),
  /** The shown text is cut and the rest is not in the page. */
  isTruncated: z.boolean(),
  isEdited: z.boolean(),
  isDeleted: z.boolean(),
  /** Fields that one would expect and the page does not give, with the reason. */
  missing: z.array(z.strictObject({ field: z.string().max(60), reason: z.string().max(120) })).max(40),
})
export type PostReading = z.infer<typeof PostReading>

/**
 * When a reading was published, for whatever puts readings in order or counts them by time. Nothing is known for a
 * profile: `posted` is there the day on which the account was opened.
 */
export function publishedTime({ kind, posted }: Pick<PostReading, 'kind' | 'posted'>): PostedTime {
  return kind === 'profile' ? never : posted
}
