import type { Author, PostReading } from '../model/post'
import {
  absoluteAddress,
  attributeOf,
  directionOf,
  eachOnce,
  findAll,
  findClosest,
  findFirst,
  isWithin,
  linksIn,
  parentOf,
  readText,
} from './dom'
import { exactTime, timeFromMs, unknownTime } from './times'

/** Addresses of posts and profiles begin with this. */
export const site = 'https://www.tiktok.com'

/** Links to profiles. */
export const accountLink = 'a[href^="/@"], a[href^="https://www.tiktok.com/@"]'

// Also handles of several dots in a row exist.
const handleShape = /^[\p{L}\p{N}_.]{1,40}$/u
const began = Date.UTC(2014, 0, 1)

function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** The moment in the id of a video, photo post or comment: its upper 32 bits are seconds since 1970, UTC. */
export function timeOfId(id: string, now: Date): string | null {
  if (!/^\d{10,20}$/.test(id)) return null
  return timeFromMs(Number(BigInt(id) >> 32n) * 1000, began, now)
}

/** The account that the address of a profile names. Null for every other address. */
export function handleIn(address: URL): string | null {
  const handle = decode(address.pathname).match(/^\/@([^/]+)\/?$/)?.[1]
  return handle && handleShape.test(handle) ? handle : null
}

/** The account that a link to a profile names. Null for every other link. */
export function handleOf(link: Element | null): string | null {
  const address = absoluteAddress(attributeOf(link, 'href'), site)
  return address ? handleIn(new URL(address)) : null
}

/** A video or photo post by its address. */
export type Place = { handle: string; id: string; address: string }

/** What a link or the page's address names; null when it is no post's. */
export function placeIn(from: Element | URL): Place | null {
  const href = from instanceof URL ? from.href : attributeOf(from, 'href')
  const address = absoluteAddress(href, site)
  if (!address || !/(^|\.)tiktok\.com$/.test(new URL(address).hostname)) return null
  const [, handle, kind, id] =
    decode(new URL(address).pathname).match(/^\/@([^/]+)\/(video|photo)\/(\d{10,20})\/?$/) ?? []
  if (!handle || !id || !handleShape.test(handle)) return null
  return { handle, id, address: `${site}/@${encodeURIComponent(handle)}/${kind}/${id}` }
}

/** The address of a post; as a photo post's when the page's address says that it is one. */
export function addressOf(handle: string, id: string, address: URL): string {
  const place = placeIn(address)
  return place?.id === id ? place.address : `${site}/@${encodeURIComponent(handle)}/video/${id}`
}

function playerId(post: Element): string | null {
  const id = attributeOf(findFirst(post, '[id^="xgwrapper-"]'), 'id')?.match(/-(\d{10,20})$/)?.[1]
  return id ?? null
}

/**
 * The id of a video: its player's; without a player (photo posts) that of the page's address, if this is the
 * first card of that account. The page's `canonical` link is not renewed, and the next card is loaded early.
 */
export function idOf(post: Element, address: URL, cards: string): string | null {
  const own = playerId(post)
  if (own) return own
  const place = placeIn(address)
  if (!place) return null
  const isOf = (card: Element) => findAll(card, 'a[href]').some((link) => handleOf(link) === place.handle)
  const page = post.ownerDocument
  if (findFirst(page, `[id^="xgwrapper-"][id$="-${place.id}"]`)) return null
  const first = findAll(page, cards).find((card) => isOf(card) && playerId(card) === null)
  return first === undefined || first === post ? (isOf(post) ? place.id : null) : null
}

// Around a comment's author; the number after it is the level.
const username = '[data-e2e^="comment-username-"]'

/** The comment around its author's name: picture, name, words, date. Null when there is no such block. */
export function itemOf(name: Element): Element | null {
  const known = findClosest(
    name,
    'div[class*="DivCommentItemWrapper"], div[class*="DivCommentContentContainer"]',
  )
  if (known) return known
  for (let at = parentOf(name), steps = 0; at && steps < 8; at = parentOf(at), steps += 1) {
    if (findFirst(at, 'a img') && findFirst(at, '[data-e2e^="comment-level-"]')) {
      return findAll(at, username).length === 1 ? at : null
    }
  }
  return null
}

/** The parts of a comment by their test ids; level 1 is a comment, level 2 a reply. */
export function commentParts(comment: Element) {
  return {
    name: findFirst(comment, username),
    words: findFirst(comment, '[data-e2e^="comment-level-"]'),
    reply: findFirst(comment, '[data-e2e^="comment-reply-"]'),
    time: findFirst(comment, '[data-e2e^="comment-time-"]'),
  }
}

/** The name of the comment that a reply stands under. Null for what is no reply. */
export function threadStarterOf(comment: Element): Element | null {
  if (!findFirst(comment, '[data-e2e="comment-username-2"], [data-e2e="comment-level-2"]')) return null
  for (let at = parentOf(comment), steps = 0; at && steps < 8; at = parentOf(at), steps += 1) {
    const starters = findAll(at, '[data-e2e="comment-username-1"]').filter((one) => !isWithin(one, [comment]))
    const before = starters.filter(
      (one) => Node.prototype.compareDocumentPosition.call(comment, one) & Node.DOCUMENT_POSITION_PRECEDING,
    )
    if (before.length > 0) return before.at(-1) ?? null
  }
  return null
}

/** Words, links and mentions. Hashtags and mentions are drawn as blocks, though they stand inside a line. */
export function readWords(
  element: Element | null,
): Pick<PostReading, 'text' | 'direction' | 'links' | 'mentions'> {
  const text = readText(element, { inline: 'p, div, strong', whiteSpace: 'keep' })
  const links = linksIn(element, site)
  const mentions = element ? findAll(element, 'a[href]').flatMap((link) => handleOf(link) ?? []) : []
  return { text, direction: directionOf(null, text), links, mentions: eachOnce(mentions) }
}

/** The account of this handle. */
export function authorBy(handle: string | null, name: string | null): Author {
  return { handle, name, profile: handle ? `${site}/@${encodeURIComponent(handle)}` : null, id: null }
}

/** The post's time is in its id, to the second; shown is only a day or an age. */
export function readTime(id: string | null, asShown: string | null, now: Date) {
  const iso = id ? timeOfId(id, now) : null
  return iso ? exactTime('id', iso, asShown) : { ...unknownTime, asShown }
}
