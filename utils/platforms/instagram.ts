import type { OtherSource, PlatformAdapter } from '../model/platform'
import type { Author, PostedTime, PostReading } from '../model/post'
import {
  attributeOf,
  childrenOf,
  emptyReading,
  findAll,
  findClosest,
  findFirst,
  inPageOrder,
  isMatch,
  parentOf,
  readLine,
} from './dom'
import { findMessages, isConversation, readMessage } from './instagram-messages'
import {
  findCaption,
  findCaptionTime,
  findRow,
  findRowWords,
  handleOf,
  hasNames,
  home,
  namesIn,
  type Place,
  placeOf,
  readCommentCounts,
  readMedia,
  readPostCounts,
  readWords,
} from './instagram-parts'
import { instagramProfile } from './instagram-profile'
import { isHeadOf, otherSourcesOf } from './instagram-sources'
import { preferDialog, timeFromCode } from './meta'
import { metaOf } from './meta-embedded'
import { type Missing, noteIn } from './missing'
import { exactTime, timeFromAttribute, unknownTime } from './times'

// Seen on a saved page: the page of a post with its caption and comments, in Portuguese. Hearsay, not seen: the
// feed, answers to comments, posts opened in a dialog, reels without a time, cut captions.

type Found = { post: Element; place: Place; time: Element | null }

/** Whether something that matches lies in `around`, but not in `inner`, which is one of its children. */
function holdsBeside(inner: Element, around: Element, selector: string): boolean {
  return childrenOf(around).some(
    (child) => child !== inner && (isMatch(child, selector) || findFirst(child, selector) !== null),
  )
}

/**
 * The element of a post: its article, else as much around its time as shows no other post. On the way up each part of
 * the page is looked at once.
 */
function findContainer(time: Element, place: Place): Element {
  const article = findClosest(time, 'article')
  if (article) return article
  const page = findClosest(time, 'main, [role="dialog"], body')
  const others = `:is(a[href*="/p/"], a[href*="/reel/"]):not([href*="/${place.code}"])`
  let at = time
  while (at !== page) {
    const around = parentOf(at)
    if (!around || holdsBeside(at, around, others)) return at
    at = around
  }
  return at
}

/** Asked of every comment of a long page: the first link is nearly always that of the account. */
function hasName(row: Element): boolean {
  return (
    handleOf(findFirst(row, 'a[href]')) !== null ||
    findAll(row, 'a[href]').some((link) => handleOf(link) !== null)
  )
}

function readFound(time: Element): Found | null {
  const place = placeOf(attributeOf(findClosest(time, 'a[href]'), 'href'))
  if (!place) return null
  const post = place.comment ? findRow(time) : findContainer(time, place)
  if (!post || findClosest(post, '[hidden]')) return null
  // An emptied row has a time at most.
  return !place.comment || hasName(post) ? { post, place, time } : null
}

/** A reel's page may show no time: then it is the post that the address names. */
function findUntimed(root: ParentNode, address: URL): Found | null {
  const place = placeOf(address.href)
  const post =
    place && !place.path.includes('/reels/') ? findFirst(root, '[role="dialog"] article, main') : null
  if (!place || !post || !hasNames(post)) return null
  const isShown = findFirst(post, 'video') !== null || findCaptionTime(post) !== null
  return isShown ? { post, place: { ...place, comment: null, reply: null }, time: null } : null
}

function findAllPlaces(root: ParentNode, address: URL): Found[] {
  const found = new Map<Element, Found>()
  for (const time of findAll(root, 'a[href] time')) {
    const one = readFound(time)
    if (one && !found.has(one.post)) found.set(one.post, one)
  }
  const untimed = [...found.values()].some(({ place }) => !place.comment) ? null : findUntimed(root, address)
  return [...(untimed ? [untimed] : []), ...found.values()]
}

const keyOf = ({ code, comment, reply }: Place) => `${code}/${reply ?? comment ?? ''}`

function findPosts(root: ParentNode, address: URL): Element[] {
  if (isConversation(address)) return findMessages(root)
  // A post's time stands below its comments, and the post before them: it begins there.
  const places = new Map(findAllPlaces(root, address).map(({ post, place }) => [post, place]))
  const keysOf = (post: Element) => [places.get(post)].flatMap((place) => (place ? [keyOf(place)] : []))
  return preferDialog(
    root,
    inPageOrder([...places.keys()]).map((post) => ({ post, keysOf: () => keysOf(post) })),
  )
}

/** What `findPosts` knew of this element. */
function findPlace(post: Element, address: URL): Found | null {
  const times = findAll(post, 'a[href] time')
  const own = times.map(readFound).find((one) => one?.post === post)
  return own ?? findUntimed(parentOf(post) ?? post, address)
}

function authorBy(handle: string | null): Author {
  return { handle, name: null, profile: handle ? `${home}/${handle}/` : null, id: null }
}

/** The author: in the post's address, before the caption, or in the head of the post. */
function findAuthor(post: Element, place: Place): string | null {
  if (place.handle) return place.handle
  const time = findCaptionTime(post)
  const row = time ? findRow(time) : null
  const head = findFirst(post, 'header')
  const names = [row, head, post].flatMap((part) => (part ? namesIn(part).slice(0, 1) : []))
  return handleOf(names[0] ?? null)
}

function readTime(time: Element | null, place: Place, now: Date): PostedTime {
  const asShown = readLine(time)
  const iso = timeFromAttribute(attributeOf(time, 'datetime'))
  if (iso) return exactTime('dom', iso, asShown)
  // Comments have ids that carry no time.
  const fromCode = place.comment ? null : timeFromCode(place.code, now)
  return fromCode ? exactTime('id', fromCode, asShown) : { ...unknownTime, asShown }
}

function readOriginal(post: Element, { place, time }: Found, now: Date): PostReading {
  const handle = findAuthor(post, place)
  return {
    ...emptyReading('instagram', 'post'),
    postId: place.code,
    permalink: `${home}${place.path.replace(/\/c\/.*$/, '/')}`,
    author: { ...authorBy(handle), id: findAuthorId(post, place) },
    ...readWords(findCaption(post, handle)),
    media: readMedia(post),
    counts: readPostCounts(post),
    posted: readTime(time ?? findCaptionTime(post), place, now),
  }
}

/** The author of the comment that an answer stands under, where the page shows it. */
function findAnswered(row: Element, place: Place): string | null {
  const list = findClosest(row, 'article, [role="dialog"], main')
  const times = list ? findAll(list, `a[href*="/c/${place.comment}/"] time`) : []
  const above = times.map(readFound).find((one) => one?.place.comment === place.comment && !one.place.reply)
  return above ? handleOf(namesIn(above.post)[0] ?? null) : null
}

function readComment(row: Element, { place, time }: Found, now: Date): PostReading {
  const words = readWords(time ? findRowWords(row, time) : null)
  const [first] = words.mentions
  const isToFirst = first !== undefined && words.text?.startsWith(`@${first}`) === true
  return {
    ...emptyReading('instagram', place.reply ? 'reply' : 'comment'),
    postId: place.reply ?? place.comment,
    permalink: `${home}${place.path}`,
    author: authorBy(handleOf(namesIn(row)[0] ?? null)),
    ...words,
    counts: readCommentCounts(row),
    posted: readTime(time, place, now),
    parentPostId: place.reply ? place.comment : place.code,
    replyToHandle: place.reply ? (isToFirst ? first : findAnswered(row, place)) : null,
  }
}

function missingOf(reading: PostReading): Missing {
  const missing: Missing = []
  const note = noteIn(missing)
  note('author.id', reading.author.id === null)
  note('author.name', true)
  note('author.handle', reading.author.handle === null)
  note('postId', reading.postId === null)
  note('permalink', reading.permalink === null)
  note('posted', reading.posted.iso === null)
  note('text', reading.text === null, 'no-words-shown')
  return missing
}

/** The number of the author's account, which the head of a post's own page gives. */
function findAuthorId(post: Element, place: Place): string | null {
  const page = post.ownerDocument
  const id = isHeadOf(page, place.code) ? metaOf(page, 'instapp:owner_user_id') : null
  return id !== null && /^\d{1,20}$/.test(id) ? id : null
}

function readPost(post: Element, address: URL, now: Date): PostReading {
  if (isConversation(address)) return readMessage(post, now)
  const found = findPlace(post, address)
  const reading = !found
    ? emptyReading('instagram', 'post')
    : found.place.comment
      ? readComment(post, found, now)
      : readOriginal(post, found, now)
  return { ...reading, missing: missingOf(reading) }
}

function otherSources(post: Element, address: URL, now: Date): OtherSource[] {
  const found = isConversation(address) ? null : findPlace(post, address)
  return found ? otherSourcesOf(post, found.place, readPost(post, address, now), now) : []
}

/** Pages of the account, of sign-in and of help. */
const withoutPosts = /^\/(accounts|legal|about|explore\/people|direct\/(inbox\/?)?$)/

/**
 * Reader of Instagram: posts and reels with their comments, the feed, profiles, conversations. Tiles of a grid are
 * no posts. Not read: who shared a post that stands in a feed, and the tab of a profile's reposts; no public source
 * tells their layout. The post itself is read there as any other: its author stays the one who wrote it.
 */
export const instagram: PlatformAdapter = {
  id: 'instagram',
  name: 'Instagram',
  version: 2,
  isConfirmed: true,
  isHearsay: (_post, { kind }) => kind === 'message',
  hosts: ['instagram.com', '*.instagram.com'],
  recognises: (address) => /^(www\.)?instagram\.com$/.test(address.hostname),
  expectsPosts: ({ pathname }) => !withoutPosts.test(pathname),
  findPosts,
  readPost,
  profile: instagramProfile,
  otherSources,
}
