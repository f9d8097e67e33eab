import {
  absoluteAddress,
  attributeOf,
  findAll,
  findClosest,
  findFirst,
  isMatch,
  isWithin,
  parentOf,
  readLine,
} from './dom'

/** Where things are in the client's pages (measured on web 1.132); none of it depends on the language. */
export const parts = {
  /** The age of a post, or of a quoted one: the minute is in the attribute. */
  shownTime: '[data-tooltip]',
  /** One per post; never on the post that a thread page is about. Its text is an age, its tooltip the minute. */
  timeLink: 'a[href*="/profile/"][href*="/post/"][data-tooltip]',
  /** A post is a link without address; a quoted post is one with a label. */
  listedPost: '[role="link"]:not([aria-label]):not(a)',
  quote: 'div[role="link"][aria-label]',
  threadItem: '[data-testid^="postThreadItem-by-"]',
  focalPost: '[data-testid^="postThreadItem-by-"]:not([role="link"])',
  feedItem: '[data-testid^="feedItem-by-"]',
  /** Test id in feeds and search, word wrap alone in threads and quotes. */
  text: '[data-testid="postText"], [data-word-wrap="1"]',
  /** Buttons under a post: nothing in them is a cover. */
  controls:
    '[data-testid="replyBtn"], [data-testid="repostBtn"], [data-testid="likeBtn"], [data-testid="followBtn"]',
  avatar: 'img[src*="/img/avatar"]',
} as const

/** Whether the element is displayed: former screens and inactive tabs stay in the page. */
export function isShown(element: Element): boolean {
  if (typeof element.checkVisibility === 'function') return element.checkVisibility()
  return findClosest(element, '[hidden], [style*="display: none"], [style*="display:none"]') === null
}

/** The quotes inside a post. What lies in them is not the post's own. */
export function quotesIn(post: Element): Element[] {
  return findAll(post, parts.quote)
}

/** In which of the client's forms the post stands. */
export function placeOf(post: Element): 'listed' | 'focal' | 'quote' {
  if (isMatch(post, parts.quote)) return 'quote'
  return isMatch(post, parts.focalPost) ? 'focal' : 'listed'
}

/** The time link of a listed post, or of a quote in builds that link it. Null for the focal post, which has none. */
export function timeLinkOf(post: Element): Element | null {
  return findFirst(post, parts.timeLink, quotesIn(post))
}

/** A post as its address names it: author as handle or DID, and record key. */
export type PostAddress = { actor: string; key: string }

/** Author (handle or DID) and record key in an address of a post. Null for any other address. */
export function readPostAddress(href: string | null, base: URL): PostAddress | null {
  const address = absoluteAddress(href, base)
  const found = address
    ? /^\/profile\/([^/]{1,300})\/post\/([\w.~:-]{1,512})\/?$/.exec(new URL(address).pathname)
    : null
  return found?.[1] && found[2] ? { actor: decode(found[1]), key: found[2] } : null
}

/** Author in an address of a profile, as handle or DID. Null for any other address. */
export function readProfileAddress(href: string | null, base: URL): string | null {
  const address = absoluteAddress(href, base)
  const found = address ? /^\/profile\/([^/]{1,300})\/?$/.exec(new URL(address).pathname) : null
  return found?.[1] ? decode(found[1]) : null
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Whether the text is a decentralised identifier, which survives a change of handle. */
export function isDid(text: string | null): boolean {
  return text !== null && /^did:[a-z]+:[\w.:%-]+$/.test(text)
}

/** The text without the invisible direction marks that older builds put around handles and names. */
export function withoutMarks(text: string): string {
  return text
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/\u00a0/g, ' ')
    .trim()
}

/** A handle as one, without `@`. Null for an invalid one: "handle.invalid" identifies nobody. */
export function asHandle(text: string | null): string | null {
  const found = text === null ? null : /^@?([^\s@/]+\.[^\s@/.]+)$/.exec(withoutMarks(text))
  return found?.[1] && found[1] !== 'handle.invalid' && !isDid(found[1]) ? found[1] : null
}

/** DID in the address of the author's own picture. Null for an account without one. */
export function didOf(post: Element): string | null {
  const picture = attributeOf(findFirst(post, parts.avatar, quotesIn(post)), 'src')
  const found = picture === null ? null : /\/plain\/(did(?::|%3A)[^/?#]{1,300})\//i.exec(picture)
  const did = found?.[1] ? decode(found[1]) : null
  return isDid(did) ? did : null
}

/** Elements that hold the display name and, after it, the handle. */
export function nameParts(post: Element): Element[] {
  const place = placeOf(post)
  if (place === 'listed') {
    const row = parentOf(timeLinkOf(post))
    return row ? findAll(row, 'a[dir="auto"][href*="/profile/"]:not([data-tooltip])') : []
  }
  if (place === 'quote') {
    const row = parentOf(findFirst(post, parts.shownTime))
    // Plain lines since 2026, links before.
    const lines = 'div[dir="auto"]:not([data-tooltip]), a[dir="auto"]:not([data-tooltip])'
    return row ? findAll(row, lines) : []
  }
  const quotes = quotesIn(post)
  const links = findAll(post, 'a[href*="/profile/"]').filter((link) => !isWithin(link, quotes))
  return links.map((link) => findAll(link, 'div[dir="auto"]')).find((lines) => lines.length >= 2) ?? []
}

/** The account, as handle or DID, whose profile the author's name links to. Null in quotes since 2026. */
export function linkedActor(post: Element, address: URL): string | null {
  const [nameLine] = nameParts(post)
  const link = nameLine ? findClosest(nameLine, 'a[href]') : null
  return readProfileAddress(attributeOf(link, 'href'), address)
}

/** The account behind the post. */
export function readAuthor(post: Element, address: URL) {
  const [nameLine, handleLine] = nameParts(post)
  const shown = withoutMarks(readLine(handleLine ?? null) ?? '')
  const linked = linkedActor(post, address)
  const named =
    placeOf(post) === 'quote' ? attributeOf(post, 'aria-label')?.replace(/^Post by /, '') : undefined
  const handle = asHandle(shown) ?? asHandle(named ?? null) ?? asHandle(linked)
  const id = isDid(linked) ? linked : didOf(post)
  const name = withoutMarks(readLine(nameLine ?? null) ?? '')
  const isName =
    name !== '' && name.replace(/^@/, '') !== handle && name !== shown && name !== 'handle.invalid'
  const actor = linked ?? handle ?? id
  return {
    handle,
    // An account without display name shows its handle in the name's place.
    name: isName ? name : null,
    profile: actor === null ? null : new URL(`/profile/${actor}`, address.origin).href,
    id,
  }
}

/** Where the post is, from its own link or, for the post that a thread page is about, from the page's address. */
export function addressOf(post: Element, address: URL): PostAddress | null {
  const place = placeOf(post)
  if (place !== 'focal') return readPostAddress(attributeOf(timeLinkOf(post), 'href'), address)
  const here = readPostAddress(address.href, address)
  const { handle, id } = readAuthor(post, address)
  const isOwn =
    here !== null &&
    (isDid(here.actor)
      ? id === null || id === here.actor
      : here.actor.toLowerCase() === handle?.toLowerCase())
  return isOwn ? here : readCountLink(post, address)
}

/** The focal post's links to its likes, reposts and quotes carry its handle and key. */
function readCountLink(post: Element, address: URL): PostAddress | null {
  const quotes = quotesIn(post)
  const suffix = /\/(liked-by|reposted-by|quotes)\/?$/
  const link = findAll(post, 'a[href*="/post/"]').find(
    (each) => suffix.test(attributeOf(each, 'href') ?? '') && !isWithin(each, quotes),
  )
  return readPostAddress(attributeOf(link, 'href')?.replace(suffix, '') ?? null, address)
}
