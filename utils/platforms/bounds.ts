import type { OtherSource, PlatformAdapter } from '../model/platform'
import type { PostReading } from '../model/post'

/** The bounds of the model, in UTF-16 units. */
const short = 2_000
const long = 200_000
const longestAddress = 8_000

/** Words may be cut; not through the middle of a character of two units. */
function cut<T extends string | null>(text: T, limit: number): T | string {
  if (text === null || text.length <= limit) return text
  return text.slice(0, limit).replace(/[\uD800-\uDBFF]$/, '')
}

/** An id or handle that was cut would name something else: too long ones are none. */
function wholeOrNone(id: string | null): string | null {
  return id !== null && id.length > 0 && id.length <= short ? id : null
}

function addressOrNone(address: string | null): string | null {
  return address !== null && address.length <= longestAddress && /^https?:\/\/\S+$/.test(address)
    ? address
    : null
}

function boundLinks(links: PostReading['links']): PostReading['links'] {
  return links
    .filter((link) => addressOrNone(link.address) !== null)
    .map((link) => ({ address: link.address, text: cut(link.text, short) }))
    .slice(0, 200)
}

function boundMedia(media: PostReading['media']): PostReading['media'] {
  return media
    .map((medium) => ({ ...medium, address: addressOrNone(medium.address), alt: cut(medium.alt, long) }))
    .slice(0, 100)
}

function boundCounts(counts: PostReading['counts']): PostReading['counts'] {
  return Object.fromEntries(Object.entries(counts).map(([name, shown]) => [cut(name, 40), cut(shown, short)]))
}

/** The same reading within the bounds of the model: words cut, ids and addresses that are too long left out. */
function boundReading(reading: PostReading): PostReading {
  const { author, posted } = reading
  return {
    ...reading,
    postId: wholeOrNone(reading.postId),
    permalink: addressOrNone(reading.permalink),
    author: {
      handle: wholeOrNone(author.handle),
      name: cut(author.name, short),
      profile: addressOrNone(author.profile),
      id: wholeOrNone(author.id),
    },
    text: cut(reading.text, long),
    language: wholeOrNone(reading.language),
    links: boundLinks(reading.links),
    mentions: reading.mentions.filter((handle) => wholeOrNone(handle) !== null).slice(0, 200),
    media: boundMedia(reading.media),
    counts: boundCounts(reading.counts),
    posted: { ...posted, asShown: cut(posted.asShown, short) },
    parentPostId: wholeOrNone(reading.parentPostId),
    replyToHandle: wholeOrNone(reading.replyToHandle),
    quotedIn: wholeOrNone(reading.quotedIn),
    repostedBy: wholeOrNone(reading.repostedBy),
    contentWarning: cut(reading.contentWarning, long),
    missing: reading.missing.slice(0, 40),
  }
}

function boundSources(sources: OtherSource[]): OtherSource[] {
  return sources.filter(({ value }) => value.length > 0 && value.length <= long).slice(0, 20)
}

/** The reader with every reading held within the bounds of the model, whatever a page contains. */
export function withBounds(adapter: PlatformAdapter): PlatformAdapter {
  const { profile, otherSources } = adapter
  return {
    ...adapter,
    readPost: (post, address, now) => boundReading(adapter.readPost(post, address, now)),
    ...(profile && {
      profile: {
        ...profile,
        read: (element, address, now) => boundReading(profile.read(element, address, now)),
        otherSources: (element, address, now) =>
          boundSources(profile.otherSources?.(element, address, now) ?? []),
      },
    }),
    ...(otherSources && {
      otherSources: (post, address, now) => boundSources(otherSources(post, address, now)),
    }),
  }
}
