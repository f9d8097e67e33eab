import type { Author, PostReading } from '../model/post'
import { timeFromShownAge } from './ages'
import {
  absoluteAddress,
  attributeOf,
  emptyReading,
  findClosest,
  findFirst,
  isMatch,
  languageOf,
  readLine,
  readText,
} from './dom'
import { type Missing, noteIn } from './missing'
import { decodePath, site, type Words } from './youtube-posts'

/**
 * Community posts that a channel has shared. Hearsay: the element and the ids that begin with `repost-` are those of
 * public scripts; no saved page was at hand. Whether the shared post stands inside the sharer's part or beside it is
 * not known, and does not matter: neither uses the other's ids.
 */
export const share = 'ytd-shared-post-renderer'

const selectors = {
  author: '[id="repost-author-text"]',
  time: '[id="repost-published-time-text"]',
  text: '[id="repost-content-text"]',
  link: 'a[href*="/post/"]',
} as const

/** A link is the element of this id, or stands in it. */
function linkIn(element: Element | null, selector: string): Element | null {
  return element && isMatch(element, selector) ? element : findFirst(element, selector)
}

function readSharer(shared: Element): Author {
  const element = findFirst(shared, selectors.author)
  const profile = absoluteAddress(attributeOf(linkIn(element, 'a[href]'), 'href'), site)
  const path = profile ? new URL(profile).pathname : ''
  return {
    handle: decodePath(path).match(/^\/@([^/]+)$/)?.[1] ?? null,
    name: readLine(element),
    profile,
    id: path.match(/^\/channel\/(UC[\w-]{22})$/)?.[1] ?? null,
  }
}

function idOf(shared: Element): string | null {
  const link = linkIn(findFirst(shared, selectors.time), selectors.link)
  return attributeOf(link, 'href')?.match(/\/post\/([\w-]{5,60})/)?.[1] ?? null
}

/** The element with what the sharer wrote. */
export function sharersText(shared: Element): Element | null {
  return findFirst(shared, selectors.text)
}

/** Whether whoever shared it wrote something: then the share is a post of its own, else only a repost. */
export function hasWords(shared: Element): boolean {
  return readText(sharersText(shared)) !== null
}

/** The post of a channel that shares another with words of its own. The shared one is not part of it. */
export function readShare(shared: Element, words: Words, now: Date): PostReading {
  const id = idOf(shared)
  const author = readSharer(shared)
  const asShown = readLine(findFirst(shared, selectors.time))
  const missing: Missing = []
  const note = noteIn(missing)
  note('posted', true, asShown === null ? 'not-in-page' : 'relative-only')
  note('author.id', author.id === null)
  note('author.handle', author.handle === null)
  note('permalink', id === null)
  return {
    ...emptyReading('youtube', 'post'),
    ...words,
    postId: id,
    permalink: id ? `${site}/post/${id}` : null,
    author,
    posted: timeFromShownAge(asShown, languageOf(findClosest(shared, 'html')), now),
    missing,
  }
}

/** What the share around a community post says of it: whoever shared it did not write it. */
export function sharedBy(post: Element): Pick<PostReading, 'kind' | 'quotedIn' | 'repostedBy'> | null {
  const shared = findClosest(post, share)
  if (!shared) return null
  return hasWords(shared)
    ? { kind: 'quote', quotedIn: idOf(shared), repostedBy: null }
    : { kind: 'post', quotedIn: null, repostedBy: readSharer(shared).handle }
}
