import {
  absoluteAddress,
  attributeOf,
  findAll,
  findClosest,
  findFirst,
  isMatch,
  isWithin,
  readLine,
} from './dom'

/** Class names of the client's own, the same from 4.5 to 4.7-alpha and in glitch-soc. */
export const parts = {
  /** Only with `data-id` is it a post; entries that are scrolled away have the class without the id. */
  status: '.status[data-id]',
  focal: '.detailed-status',
  wrapper: '.status__wrapper',
  quoteBox: '.status__quote',
  authorLink: '.status__display-name, .detailed-status__display-name',
  timeLink: 'a.status__relative-time, a.detailed-status__datetime',
  text: '.status__content__text',
  warning: '.content-warning:not(.content-warning--filter)',
  filter: '.content-warning--filter',
} as const

/** The post's own element: `.status` with its local id, or `.detailed-status`. Null when it is no post (any more). */
export function statusOf(post: Element): Element | null {
  const selector = `${parts.status}, ${parts.focal}`
  return isMatch(post, selector) ? post : findFirst(post, selector)
}

/** Boxes with quoted posts inside this one: what lies in them is not its own. */
function quoteBoxesIn(status: Element): Element[] {
  return findAll(status, parts.quoteBox)
}

/** The first element of the post itself that matches, quoted posts left out. */
export function findOwn(status: Element, selector: string): Element | null {
  return findFirst(status, selector, quoteBoxesIn(status))
}

/** Every element of the post itself that matches, quoted posts left out. */
export function findAllOwn(status: Element, selector: string): Element[] {
  const boxes = quoteBoxesIn(status)
  return findAll(status, selector).filter((element) => !isWithin(element, boxes))
}

/** Whether this is the post that a thread page is about. */
export function isFocal(status: Element): boolean {
  return isMatch(status, parts.focal)
}

/** "user" or "user@host" without the leading `@`. Null when the text is no account. */
export function asAccount(text: string | null): string | null {
  const found = text === null ? null : /^@?([^\s@/]+(?:@[^\s@/]+)?)$/.exec(text.trim())
  return found?.[1] ?? null
}

function pathOf(href: string | null, base: URL): { host: string; path: string } | null {
  const address = absoluteAddress(href, base)
  if (address === null) return null
  const { host, pathname } = new URL(address)
  try {
    return { host, path: decodeURIComponent(pathname) }
  } catch {
    return { host, path: pathname }
  }
}

/** The account whose profile is at this address, as this server names it. Null for any other address. */
export function accountAt(href: string | null, base: URL): string | null {
  const found = pathOf(href, base)
  const name = asAccount(/^(?:\/deck|\/web)?\/@([^/]+)\/?$/.exec(found?.path ?? '')?.[1] ?? null)
  if (!found || name === null || found.host === base.host || name.includes('@')) return name
  return `${name}@${found.host}`
}

/** Account and local id in an address of a post on this server. Null for addresses elsewhere. */
export function postAt(href: string | null, base: URL): { account: string; id: string } | null {
  const found = pathOf(href, base)
  if (!found || found.host !== base.host) return null
  const match = /^(?:\/deck|\/web)?\/@([^/]+)\/(\d+)\/?$/.exec(found.path)
  return match?.[1] && match[2] ? { account: match[1], id: match[2] } : null
}

/** The account that wrote the post, without `@`; local accounts without host. Null when the page does not say. */
export function accountOf(status: Element, address: URL): string | null {
  const link = findOwn(status, parts.authorLink)
  const marked = attributeOf(status, 'data-status-by') ?? attributeOf(wrapperOf(status), 'data-status-by')
  return (
    asAccount(attributeOf(link, 'title')) ??
    asAccount(marked) ??
    accountAt(attributeOf(link, 'href'), address)
  )
}

/** The element around a post that also holds the line above it ("NAME boosted"). Null where there is none. */
export function wrapperOf(status: Element): Element | null {
  const wrapper = findClosest(status, `${parts.wrapper}, ${parts.quoteBox}`)
  return wrapper && isMatch(wrapper, parts.wrapper) ? wrapper : null
}

/** The account behind the post. */
export function readAuthor(status: Element, address: URL) {
  const link = findOwn(status, parts.authorLink)
  const id = attributeOf(link, 'data-id') ?? attributeOf(link, 'data-hover-card-account')
  return {
    handle: accountOf(status, address),
    name: readLine(findFirst(link, '.display-name__html') ?? findFirst(link, 'bdi')),
    profile: absoluteAddress(attributeOf(link, 'href'), address),
    id: id !== null && /^\d{1,30}$/.test(id) ? id : null,
  }
}

/**
 * The post's id on this server. The focal post has none of its own: it is in its link or, where that leads to
 * the author's server (glitch-soc), in the page's address.
 */
export function idOf(status: Element, address: URL): string | null {
  const marked = attributeOf(status, 'data-id')
  if (marked !== null) return /^[\w-]{1,64}$/.test(marked) ? marked : null
  const linked = postAt(attributeOf(findOwn(status, parts.timeLink), 'href'), address)
  if (linked) return linked.id
  const here = postAt(address.href, address)
  if (here && here.account === accountOf(status, address)) return here.id
  const counted = findAllOwn(status, 'a.detailed-status__link').flatMap((link) => {
    const href = attributeOf(link, 'href')?.replace(/\/(reblogs|favourites|quotes)\/?$/, '') ?? null
    return postAt(href, address)?.id ?? []
  })
  return counted[0] ?? null
}
