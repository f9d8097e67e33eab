import type { PostMedia, PostReading } from '../model/post'
import {
  absoluteAddress,
  attributeOf,
  directionOf,
  eachOnce,
  findAll,
  findClosest,
  findFirst,
  isMatch,
  isWithin,
  parentOf,
  readLine,
  readText,
  shownMedia,
} from './dom'
import { directLinks, findWordsAfter, isAvatar, isBefore, isCut, wordOptions } from './meta'

/** Addresses are given on this host. */
export const home = 'https://www.instagram.com'

/** A post or comment as its address names it. `path` is the address's own, without its query. */
export type Place = {
  handle: string | null
  code: string
  comment: string | null
  reply: string | null
  path: string
}

const placeShape =
  /^\/(?:(\w[\w.]{0,29})\/)?(?:p|reel|reels|tv)\/([\w-]{5,60})(?:\/c\/(\d{5,25})(?:\/r\/(\d{5,25}))?)?\/?$/

function pathOf(href: string | null): string | null {
  // Nearly all links are paths, and parsing the addresses of a thousand comments takes long.
  const path = href?.match(/^(\/\w[\w./-]*)(?:[?#]|$)/)?.[1]
  if (path && !path.includes('/.')) return path
  const address = absoluteAddress(href, home)
  const { hostname, pathname } = address ? new URL(address) : { hostname: '', pathname: null }
  return /(^|\.)instagram\.com$/.test(hostname) ? pathname : null
}

/** The post or comment that an address names. Null for any other address. */
export function placeOf(href: string | null): Place | null {
  const path = pathOf(href)
  const [, handle = null, code, comment = null, reply = null] = path?.match(placeShape) ?? []
  return path && code ? { handle, code, comment, reply, path: `${path.replace(/\/$/, '')}/` } : null
}

/** First words of addresses that are no account's. */
const notHandles =
  /^(p|reel|reels|tv|explore|direct|accounts|stories|about|legal|web|api|create|your_activity|notifications)$/

/** The handle in the path of a profile, and of nothing below it; null for any other. */
export function handleIn(path: string | null): string | null {
  const handle = path?.match(/^\/([\w.]{1,30})\/?$/)?.[1]
  return handle && !notHandles.test(handle) ? handle : null
}

/** The handle of a link to a profile, and to nothing below it; null for any other. */
export function handleOf(link: Element | null): string | null {
  return handleIn(pathOf(attributeOf(link, 'href')))
}

function isName(link: Element): boolean {
  return handleOf(link) !== null && readLine(link, { exclude: 'img' }) !== null
}

/** The links with a handle in words; those around pictures of accounts are left out. */
export function namesIn(element: Element): Element[] {
  return findAll(element, 'a[href]').filter(isName)
}

/** Whether there is such a link. A page of a thousand comments has two thousand of them, and one is enough. */
export function hasNames(element: Element): boolean {
  return findAll(element, 'a[href]').some(isName)
}

/** Picture of the account, with a ring around it where the account has a story. */
const picture = 'a[href] img, [role="link"] img, canvas'

/** The row of a time: the smallest element that also holds the picture of the account before it. */
export function findRow(time: Element): Element | null {
  let at = parentOf(time)
  while (at && !isMatch(at, 'main, article, body, [role="dialog"]')) {
    const image = findFirst(at, picture)
    // Without a picture of its own it is emptied, and the next one is another's.
    if (image && isBefore(image, time)) return findAll(at, 'time').length > 1 ? null : at
    at = parentOf(at)
  }
  return null
}

/** The time of the caption: the only one without a link. Null where the caption shows none. */
export function findCaptionTime(post: Element): Element | null {
  return findAll(post, 'time').find((time) => !findClosest(time, 'a[href]')) ?? null
}

/** The words beside a name: behind the time, in older layouts between the name and the time. */
export function findRowWords(row: Element, time: Element): Element | null {
  const outside = [findClosest(time, 'a[href]') ?? time]
  const options = { ...wordOptions, outside }
  const [name] = namesIn(row)
  return findWordsAfter(time, row, options) ?? (name ? findWordsAfter(name, row, options) : null)
}

/** The words of a feed's post: behind the author's second name, below the pictures; the first stands above. */
function findFeedWords(post: Element, handle: string | null): Element | null {
  const media = findAll(post, 'img, video').find((each) => !isAvatar(each) && !findClosest(each, 'a[href]'))
  const names = namesIn(post).filter((link) => handleOf(link) === handle)
  const name = media && names.find((link, place) => place > 0 && isBefore(media, link))
  if (!media || !names[0] || isBefore(media, names[0])) return null
  const holder = parentOf(parentOf(parentOf(name ?? null)))
  return name && holder ? findWordsAfter(name, holder, wordOptions) : null
}

/** The element with the caption. Null when the post has none. */
export function findCaption(post: Element, handle: string | null): Element | null {
  const time = findCaptionTime(post)
  const row = time ? findRow(time) : null
  if (time && row) return findRowWords(row, time)
  return findFirst(post, 'h1[dir="auto"]') ?? findFeedWords(post, handle)
}

/** Words, links and mentions of a caption or comment. */
export function readWords(element: Element | null) {
  const text = readText(element, wordOptions)
  const links = directLinks(element, home)
  const around = parentOf(element)
  return {
    text,
    direction: directionOf(null, text),
    links,
    mentions: eachOnce(
      links.flatMap((link) => pathOf(link.address)?.match(/^\/([\w.]{1,30})\/?$/)?.[1] ?? []),
    ),
    // "more" stands in the text or beside it.
    isTruncated: isCut(element) || (/(…|\.\.\.)$/.test(text ?? '') && isCut(around)),
  }
}

/** Pictures and videos of the post, in page order; not those of accounts, of comments or of other posts. */
export function readMedia(post: Element): PostMedia[] {
  const caption = findCaptionTime(post)
  const rows = [...findAll(post, 'a[href*="/c/"] time'), ...(caption ? [caption] : [])]
  const outside = rows.flatMap((time) => findRow(time) ?? [])
  return findAll(post, 'img, video')
    .filter(
      (part) =>
        !isAvatar(part) && !findClosest(part, 'a[href], [role="link"], form') && !isWithin(part, outside),
    )
    .filter((part) => isMatch(part, 'video') || !findFirst(parentOf(part), 'video'))
    .map((part) => {
      const address = absoluteAddress(attributeOf(part, 'src'), home)
      if (isMatch(part, 'video')) return shownMedia('video', address, attributeOf(part, 'aria-label'))
      return shownMedia('image', address, attributeOf(part, 'alt'))
    })
    .slice(0, 100)
}

const hasDigit = (text: string | null): text is string => text !== null && /\p{Nd}/u.test(text)

/** The figures beside the signs for liking and commenting, in this order in every language. */
export function readPostCounts(post: Element): PostReading['counts'] {
  const counts: PostReading['counts'] = {}
  const section = findAll(post, 'section').find((each) => findFirst(each, '[role="button"] svg'))
  let signs = 0
  for (const part of section ? findAll(section, 'svg, [role="button"], a[href*="liked_by"]') : []) {
    if (isMatch(part, 'svg')) signs += 1
    const shown = isMatch(part, 'svg') || findFirst(part, 'svg') ? null : readLine(part)
    const name = ['', 'likes', 'comments'][signs]
    if (name && hasDigit(shown) && counts[name] === undefined) counts[name] = shown
  }
  return counts
}

/** How many liked a comment, in the platform's own words; not shown for comments that nobody liked. */
export function readCommentCounts(row: Element): PostReading['counts'] {
  const shown = findAll(row, '[role="button"], button').map((button) => readLine(button))
  const [likes] = shown.filter(hasDigit)
  return likes ? { likes } : {}
}
