import type { OtherSource, PlatformAdapter } from '../model/platform'
import type { PostedTime, PostReading } from '../model/post'
import {
  isClamped,
  readCounts,
  readCover,
  readLinks,
  readMedia,
  readWords,
  textElementOf,
} from './bluesky-content'
import { timeFromHead } from './bluesky-head'
import { findMessages, isMessage, readMessage } from './bluesky-messages'
import {
  addressOf,
  asHandle,
  isShown,
  parts,
  placeOf,
  quotesIn,
  readAuthor,
  readProfileAddress,
  timeLinkOf,
} from './bluesky-parts'
import { blueskyProfile } from './bluesky-profile'
import { otherSources } from './bluesky-said-again'
import { readAnswered } from './bluesky-threads'
import { findShownMinute, isShownAs, type ShownStyle } from './bluesky-time'
import {
  attributeOf,
  childrenOf,
  directionOf,
  emptyReading,
  findAll,
  findClosest,
  findFirst,
  inPageOrder,
  isMatch,
  isWithin,
  parentOf,
  readLine,
  shorten,
} from './dom'
import { type Missing, type Note, noteIn } from './missing'
import { exactTime, timeFromId, unknownTime } from './times'

const hosts = /^(bsky\.app|main\.bsky\.dev|staging\.bsky\.dev)$/

const around = `${parts.listedPost}, ${parts.focalPost}`

/** The post that a found part belongs to. Null for parts that belong to none. */
function postAround(part: Element): Element | null {
  if (isMatch(part, parts.focalPost)) return part
  const quote = findClosest(part, parts.quote)
  if (quote) return findClosest(parentOf(quote), around) ? quote : null
  return isMatch(part, parts.timeLink) ? findClosest(parentOf(part), around) : null
}

function findPosts(root: ParentNode, address: URL): Element[] {
  const found = findAll(root, `${parts.shownTime}, ${parts.focalPost}`)
  const posts = [...new Set(found.flatMap((part) => postAround(part) ?? []))].filter(isShown)
  const messages = findMessages(root, address)
  // A post that is shared in a message is a part of the message.
  return messages.length > 0
    ? inPageOrder([...posts.filter((post) => !isWithin(post, messages)), ...messages])
    : posts
}

/** Texts that may be the post's time, and how the client writes it there. */
function shownTimesOf(post: Element): { texts: string[]; style: ShownStyle } {
  const place = placeOf(post)
  if (place === 'focal') return { texts: datesUnder(post), style: 'focal' }
  const holder = place === 'listed' ? timeLinkOf(post) : findFirst(post, parts.shownTime)
  const text = attributeOf(holder, 'data-tooltip') ?? attributeOf(holder, 'aria-label')
  return { texts: text === null ? [] : [text], style: 'label' }
}

/** Lines under the post that a thread page is about with at least three numbers: one of them is its date. */
function datesUnder(post: Element): string[] {
  const outside = [...quotesIn(post), ...findAll(post, `a, button, ${parts.text}`)]
  return findAll(post, 'div[dir="auto"]')
    .filter((line) => !isWithin(line, outside))
    .flatMap((line) => readLine(line) ?? [])
    .filter((text) => (text.match(/\p{Nd}+/gu)?.length ?? 0) >= 3)
    .slice(0, 10)
}

function readTime(post: Element, key: string | null, now: Date): PostedTime {
  const { texts, style } = shownTimesOf(post)
  const language = attributeOf(findClosest(post, 'html'), 'lang')
  const fromId = key === null ? null : timeFromId('bluesky', key, now)
  const fromHead = key === null ? null : timeFromHead(post, key)
  const idMs = fromId === null ? null : Date.parse(fromId)
  for (const text of texts) {
    if (fromHead !== null && isShownAs(Date.parse(fromHead), text, { style, language }))
      return exactTime('dom', fromHead, shorten(text))
    const minute = findShownMinute(text, { style, language, idMs, now })
    if (minute !== null) return exactTime('dom', new Date(minute).toISOString(), shorten(text), 'minute')
  }
  const asShown = shorten(texts[0] ?? null)
  if (fromHead !== null && style === 'focal') return exactTime('dom', fromHead, asShown)
  return fromId === null ? { ...unknownTime, asShown } : exactTime('id', fromId, asShown)
}

/** The reposter stands before the author's picture; a pinned post has the same row without a link. */
function readReposter(post: Element, address: URL): string | null {
  if (placeOf(post) !== 'listed') return null
  const first = findFirst(post, 'a[href*="/profile/"]')
  const label = readLine(first)
  if (!first || label === null || attributeOf(first, 'dir') !== null) return null
  const actor = readProfileAddress(attributeOf(first, 'href'), address)
  const sign = childrenOf(first)[0]
  return sign && isMatch(sign, 'svg') ? actor : null
}

function readReply(post: Element, address: URL, note: Note) {
  const { isReply, parent, profile } = readAnswered(post)
  const parentPostId = parent ? (addressOf(parent, address)?.key ?? null) : null
  const replyToHandle = parent
    ? readAuthor(parent, address).handle
    : asHandle(readProfileAddress(profile, address))
  note('parentPostId', isReply && parentPostId === null)
  note('replyToHandle', isReply && replyToHandle === null)
  return { isReply, parentPostId, replyToHandle }
}

function readContent(post: Element, address: URL, note: Note) {
  const element = textElementOf(post)
  const text = readWords(element)
  const cover = readCover(post)
  const media = readMedia(post, element, address)
  const hasHiddenMedia = media.some(({ isHidden }) => isHidden)
  note('text', text === null && cover?.isOpen === false, 'covered')
  note('media', hasHiddenMedia, 'covered')
  return {
    text,
    direction: directionOf(null, text),
    ...readLinks(element, address),
    media,
    contentWarning: cover?.label ?? null,
    isTruncated: isClamped(element, text),
  }
}

function readQuoter(post: Element, address: URL): string | null {
  if (placeOf(post) !== 'quote') return null
  const outer = findClosest(parentOf(post), around)
  return outer ? (addressOf(outer, address)?.key ?? null) : null
}

function readPost(post: Element, address: URL, now: Date): PostReading {
  if (isMessage(post)) return readMessage(post, address)
  const missing: Missing = []
  const note = noteIn(missing)
  const place = placeOf(post)
  const author = readAuthor(post, address)
  const here = addressOf(post, address)
  const content = readContent(post, address, note)
  const posted = readTime(post, here?.key ?? null, now)
  const { isReply, ...reply } = readReply(post, address, note)
  const isTimeRead = posted.iso !== null && posted.source === 'dom'
  note('author.handle', author.handle === null, 'invalid-handle')
  note('postId', here === null)
  note('permalink', here === null)
  note('posted', !isTimeRead, posted.asShown === null ? 'not-in-page' : 'shown-time-not-understood')
  const listedKind = isReply ? 'reply' : 'post'
  return {
    ...emptyReading('bluesky', place === 'quote' ? 'quote' : listedKind),
    postId: here?.key ?? null,
    permalink: here ? new URL(`/profile/${here.actor}/post/${here.key}`, address.origin).href : null,
    author,
    ...content,
    counts: readCounts(post),
    posted,
    ...reply,
    quotedIn: readQuoter(post, address),
    repostedBy: readReposter(post, address),
    missing,
  }
}

function sourcesOf(post: Element, address: URL, now: Date): OtherSource[] {
  return isMessage(post) ? [] : otherSources(post, readPost(post, address, now), address, now)
}

/** Pages of the account, of sign-in and of help. */
const withoutPosts = /^\/(settings|moderation|(messages|feeds|lists)\/?$)/

/** Bluesky's own web client: feeds, profiles, threads, search, notifications; by hearsay chats and heads of profiles. */
export const bluesky: PlatformAdapter = {
  id: 'bluesky',
  name: 'Bluesky',
  version: 2,
  isConfirmed: true,
  isHearsay: (_post, { kind }) => kind === 'message',
  hosts: ['bsky.app'],
  recognises: (address, page) =>
    hosts.test(address.hostname) || findFirst(page, 'meta[name="generator"][content="bskyweb"]') !== null,
  expectsPosts: ({ pathname }) => !withoutPosts.test(pathname),
  findPosts,
  readPost,
  profile: blueskyProfile,
  otherSources: sourcesOf,
}
