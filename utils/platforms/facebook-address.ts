import type { Author } from '../model/post'
import { absoluteAddress, attributeOf } from './dom'

/** Addresses are given on this host, whichever host the page is on. */
export const home = 'https://www.facebook.com'

/** Whether the host is one of Facebook's for people's browsers. */
export function isOwnHost(hostname: string): boolean {
  return /^((www|web|m|mobile|touch|mbasic|[a-z]{2}-[a-z]{2})\.)?facebook\.com$/.test(hostname)
}

/** A post, or a comment under it, as an address names it. `id` is a number or `pfbid…`. */
export type Place = {
  id: string
  permalink: string
  /** Vanity name, page or group in the address; null where it has none. */
  owner: string | null
  comment: string | null
  reply: string | null
}

const idShape = /^(\d{5,25}|pfbid\w{10,120})$/
/** Addresses with the id in the path: owner (where there is one) and id; a slug of the text may stand between. */
const pathShapes = [
  /^\/groups\/([^/]+)\/(?:posts|permalink)\/(\w+)\/?$/,
  /^\/([^/]+)\/(?:posts|videos)\/(?:[^/]+\/)?(\w+)\/?$/,
  /^\/([^/]+)\/photos\/(?:[^/]+\/)?(\w+)\/?$/,
  /^()\/reel\/(\w+)\/?$/,
]
/** Addresses with the id in the query: path, and names of the parameters with id and owner. */
const queryShapes = [
  { path: /^\/(permalink|story)\.php$/, id: 'story_fbid', owner: 'id' },
  { path: /^\/watch\/(live\/)?$/, id: 'v', owner: null },
  { path: /^\/watch$/, id: 'v', owner: null },
  { path: /^\/(photo\/|photo|photo\.php|video\.php)$/, id: 'fbid', owner: null },
  { path: /^\/groups\/[^/]+\/$/, id: 'multi_permalinks', owner: null },
] as const
const keptParameters = ['story_fbid', 'id', 'v', 'fbid', 'set', 'multi_permalinks']

function ownAddress(href: string | null): URL | null {
  const address = absoluteAddress(href, home)
  const url = address ? new URL(address) : null
  return url && isOwnHost(url.hostname) ? url : null
}

/** Until the pointer or focus reaches it, the link of a post leads to the page itself. */
export function isPlaceholder(href: string | null): boolean {
  return (
    href !== null && (/^[?#]/.test(href) || /#\?/.test(href) || /^https?:\/\/[^/]+\/\?__cft__/.test(href))
  )
}

function idIn({ pathname, searchParams }: URL): { id: string; owner: string | null } | null {
  for (const shape of pathShapes) {
    const [, owner = '', id = ''] = pathname.match(shape) ?? []
    if (idShape.test(id)) return { id, owner: owner === '' ? null : owner }
  }
  for (const shape of queryShapes) {
    const id = shape.path.test(pathname) ? searchParams.get(shape.id) : null
    if (id && idShape.test(id)) return { id, owner: shape.owner && searchParams.get(shape.owner) }
  }
  return null
}

function numberOrNull(text: string | null): string | null {
  return text !== null && /^\d{5,25}$/.test(text) ? text : null
}

/** Parsing every address of a long page takes long; these words stand in all that name a post. */
const mayBePlace = /\/posts\/|permalink|story_fbid|\/reel\/|\/videos\/|\/watch|fbid=|\/photos\/|[?&]v=/

/** The post or comment that an address names. Null for a placeholder and for any other address. */
export function placeOf(href: string | null): Place | null {
  const url = href === null || !mayBePlace.test(href) || isPlaceholder(href) ? null : ownAddress(href)
  const found = url ? idIn(url) : null
  if (!url || !found) return null
  const query = new URLSearchParams()
  for (const name of keptParameters) {
    const value = url.searchParams.get(name)
    // In the path's addresses the parameters are only where the reader came from.
    if (value !== null && !pathShapes.some((shape) => shape.test(url.pathname))) query.set(name, value)
  }
  return {
    ...found,
    permalink: `${home}${url.pathname}${query.size > 0 ? `?${query}` : ''}`,
    comment: numberOrNull(url.searchParams.get('comment_id')),
    reply: numberOrNull(url.searchParams.get('reply_comment_id')),
  }
}

/** Address of a comment, or of an answer to one, under a post. */
export function commentPermalink({ permalink, comment, reply }: Place): string {
  const joint = permalink.includes('?') ? '&' : '?'
  return `${permalink}${joint}comment_id=${comment}${reply ? `&reply_comment_id=${reply}` : ''}`
}

/** Ids of post and comment that the link to a comment's author carries in base64, whatever the page's language. */
export function commentIdsIn(href: string | null): { post: string; comment: string } | null {
  const coded = href?.match(/[?&]comment_id=([\w+/=%-]{20,250})(?:[&#]|$)/)?.[1]?.replace(/%3D/gi, '=')
  if (!coded) return null
  const [, post, comment] = decode(coded).match(/^comment:(\d{5,25})_(\d{5,25})$/) ?? []
  return post && comment ? { post, comment } : null
}

function decode(coded: string): string {
  try {
    return atob(coded)
  } catch {
    return ''
  }
}

/** The post whose album a link to a picture names: a group's (`gm.`) or any other (`pcb.`). */
export function albumIdIn(href: string | null): string | null {
  return href?.match(/[?&]set=(?:gm|pcb)\.(\d{5,25})(?:&|$)/)?.[1] ?? null
}

/** First words of addresses that are no account's. */
const notHandles = new Set(
  (
    'groups watch reel reels photo photo.php permalink.php story.php events pages hashtag help login login.php' +
    ' marketplace gaming stories search privacy policies notifications messages settings friends bookmarks ads' +
    ' business home.php saved recover l.php share sharer sharer.php legal people profile.php video.php media' +
    ' places directory public terms about careers'
  ).split(' '),
)

type Account = Omit<Author, 'name'>

/** The account that a link leads to; null for links to anything but a profile. */
export function accountOf(link: Element | null): Account | null {
  const url = ownAddress(attributeOf(link, 'href'))
  return url && !isPlaceholder(attributeOf(link, 'href')) ? accountIn(url) : null
}

/** The account whose profile an address is; null for any other address. */
export function accountIn(url: URL): Account | null {
  const number =
    url.pathname.match(/^\/groups\/[^/]+\/user\/(\d{3,25})\/?$/)?.[1] ??
    url.pathname.match(/^\/people\/[^/]+\/(\w{3,120})\/?$/)?.[1] ??
    (url.pathname === '/profile.php' ? url.searchParams.get('id') : null)
  if (number && /^\w{3,120}$/.test(number)) {
    const query = url.pathname === '/profile.php' ? `?id=${number}` : ''
    return { handle: number, id: numberOrNull(number), profile: `${home}${url.pathname}${query}` }
  }
  const vanity = url.pathname.match(/^\/([\w.-]{2,80})\/?$/)?.[1]
  if (!vanity || notHandles.has(vanity)) return null
  return { handle: vanity, id: numberOrNull(vanity), profile: `${home}/${vanity}` }
}

/** Whether a link leads to a group itself. */
export function isGroupLink(link: Element): boolean {
  return /^\/groups\/[^/]+\/?$/.test(ownAddress(attributeOf(link, 'href'))?.pathname ?? '')
}
