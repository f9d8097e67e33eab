import type { PlatformAdapter } from '../model/platform'
import type { PostReading } from '../model/post'
import {
  attributeOf,
  emptyReading,
  findAll,
  findClosest,
  findFirst,
  isMatch,
  isWithin,
  readText,
} from './dom'
import { albumIdIn, commentIdsIn, isOwnHost, type Place, placeOf } from './facebook-address'
import { commentKeyOf, isComment, readComment } from './facebook-comments'
import { findMessage, readMedia, readPostCounts, readWords } from './facebook-content'
import { findMessages, isConversation, isMessengerHost, readMessage } from './facebook-messages'
import { facebookProfile } from './facebook-profile'
import {
  countNames,
  findPlace,
  headOf,
  isHeaded,
  isUnder,
  ownAll,
  readAuthor,
  type Scope,
  scopeOf,
  selectors,
  startCovers,
  timeLinkOf,
} from './facebook-scope'
import { otherSourcesOf } from './facebook-sources'
import { readTime } from './facebook-times'
import { rememberInPass } from './in-pass'
import { preferDialog, wordOptions } from './meta'
import { type Missing, noteIn } from './missing'

// Seen on a saved page: the page of a post with its comments in a dialog, logged out. Measured on pages that are
// described and not kept: search results, posts of groups, decoys, scrambled times. Hearsay, not seen: answers
// to comments, posts shared in others, coloured backgrounds, pages of one picture or reel.

/** Where no list and no article is: the part of a picture's or reel's page with the author's name. */
function findViewer(root: ParentNode, address: URL): Element[] {
  if (!placeOf(address.href)) return []
  const parts = findAll(root, '[role="complementary"], [role="dialog"], [role="main"]')
  const viewer = parts.find(
    (part) => !findClosest(part, selectors.holder) && (isNamed(part) || isHeaded(part)),
  )
  return viewer ? [viewer] : []
}

const isNamed = (part: Element) => countNames(part).has(null)

/** Posts and comments in page order, each post followed by what it shares. */
function findUnits(root: ParentNode, address: URL): Element[] {
  const isCovered = startCovers()
  const named = countNames(root, isCovered)
  const holders = root instanceof Element && isMatch(root, selectors.holder) ? [root] : []
  const units = [...holders, ...findAll(root, selectors.holder)].flatMap((unit) => {
    if (isMatch(unit, selectors.comment)) return isComment(unit) && !isCovered(unit) ? [unit] : []
    const names = named.get(unit) ?? 0
    if (names > 1) return [unit, ...scopeOf(unit).shared]
    return names === 1 || isHeaded(unit) ? [unit] : []
  })
  const isBare = units.every((unit) => isMatch(unit, selectors.comment))
  return isBare ? [...findViewer(root, address), ...units] : units
}

function keysOf(post: Element): string[] {
  if (isMatch(post, selectors.comment)) {
    const key = commentKeyOf(post)
    return key ? [key] : []
  }
  const scope = scopeOf(post)
  const words = readText(findMessage(scope), wordOptions)
  const id = idOf(scope, findPlace(scope))
  return [...(id ? [id] : []), ...(words ? [`${readAuthor(scope).name} ${words.slice(0, 60)}`] : [])]
}

function findPosts(root: ParentNode, address: URL): Element[] {
  if (isConversation(address)) return findMessages(root)
  return preferDialog(
    root,
    findUnits(root, address).map((post) => ({ post, keysOf: () => keysOf(post) })),
  )
}

const rememberFirst = rememberInPass<Element | null>()

/** The page's own address, when this is the post that the page is about. */
function placeOfPage(post: Element, address: URL, { scope, now }: { scope: Scope; now: Date }): Place | null {
  const place = placeOf(address.href)
  const front = place ? findClosest(post, '[role="dialog"], body') : null
  const first = front && rememberFirst(now, front, () => findUnits(front, address)[0] ?? null)
  if (!place || first !== post) return null
  const { handle, id } = readAuthor(scope)
  const isGroup = address.pathname.startsWith('/groups/')
  const isOwn = place.owner === null || place.owner === handle || place.owner === id
  return isOwn || (isGroup && findAll(scope.whole, 'a[href*="/groups/"]').length > 0) ? place : null
}

/** Id of a post: a number where the page has one, because addresses with `pfbid…` change. */
function idOf(scope: Scope, place: Place | null): string | null {
  if (place && /^\d/.test(place.id)) return place.id
  const comments = findAll(scope.whole, 'a[href*="comment_id="]').filter((link) => isUnder(link, scope))
  const coded = comments.flatMap((link) => commentIdsIn(attributeOf(link, 'href'))?.post ?? [])
  const albums = ownAll(scope, 'a[href*="set="]').flatMap(
    (link) => albumIdIn(attributeOf(link, 'href')) ?? [],
  )
  return coded[0] ?? albums[0] ?? place?.id ?? null
}

/** The post that shares this one. Null for a post that stands by itself. */
function findOuter(post: Element): Element | null {
  const unit = isMatch(post, selectors.holder) ? null : findClosest(post, selectors.holder)
  return unit && isWithin(post, scopeOf(unit).shared) ? unit : null
}

/** Adverts are marked by scrambled words alone; some carry a link to why they are shown. */
function isAdvert(scope: Scope): boolean {
  const head = headOf(scope)
  return head !== null && findFirst(head, 'a[href*="/ads/about"]') !== null
}

function readOriginal(post: Element, address: URL, now: Date): PostReading {
  const scope = scopeOf(post)
  const outer = findOuter(post)
  const outerScope = outer ? scopeOf(outer) : null
  const place = findPlace(scope) ?? (outer ? null : placeOfPage(post, address, { scope, now }))
  const message = findMessage(scope)
  return {
    ...emptyReading('facebook', outer ? 'quote' : 'post'),
    ...readWords(message),
    postId: idOf(scope, place),
    permalink: place?.permalink ?? null,
    author: readAuthor(scope),
    media: readMedia(scope, message),
    counts: outer ? {} : readPostCounts(scope),
    posted: readTime(timeLinkOf(scope), now),
    quotedIn: outerScope ? idOf(outerScope, findPlace(outerScope)) : null,
    isAd: isAdvert(scope),
  }
}

function missingOf(reading: PostReading, options: { isTimeDrawn: boolean }): Missing {
  const missing: Missing = []
  const note = noteIn(missing)
  const { author, posted } = reading
  note('author.handle', author.handle === null)
  note('author.id', author.id === null)
  note('author.name', author.name === null)
  note('postId', reading.postId === null, 'placeholder-link')
  note('permalink', reading.permalink === null, 'placeholder-link')
  const shownTime = posted.source === 'relative' ? 'relative-only' : 'no-full-date'
  note('posted', posted.asShown !== null, shownTime)
  note('posted', posted.asShown === null, options.isTimeDrawn ? 'scrambled' : 'not-in-page')
  note('text', reading.text === null, 'no-words-shown')
  note('parentPostId', reading.kind === 'comment' && reading.parentPostId === null)
  return missing
}

function readPost(post: Element, address: URL, now: Date): PostReading {
  if (isConversation(address)) return readMessage(post)
  const isOriginal = !isMatch(post, selectors.comment)
  const reading = isOriginal ? readOriginal(post, address, now) : readComment(post, now)
  const isTimeDrawn = isOriginal && timeLinkOf(scopeOf(post)) !== null
  return { ...reading, missing: missingOf(reading, { isTimeDrawn }) }
}

/** Pages of the account, of sign-in and of help. */
const withoutPosts =
  /^\/(settings|login|help|privacy|policies|marketplace|gaming|friends|games|notifications|messages\/?$)/

/** Reader of Facebook: feeds, groups, searches, pages of posts with their comments, profiles, conversations. */
export const facebook: PlatformAdapter = {
  id: 'facebook',
  name: 'Facebook',
  version: 2,
  isConfirmed: true,
  isHearsay: (_post, { kind }) => kind === 'message',
  hosts: ['facebook.com', '*.facebook.com', 'messenger.com', '*.messenger.com'],
  changesOn: ['data-message-id'],
  recognises: (address) => isOwnHost(address.hostname) || isMessengerHost(address.hostname),
  expectsPosts: ({ pathname }) => !withoutPosts.test(pathname),
  findPosts,
  readPost,
  profile: facebookProfile,
  otherSources: (post, address, now) =>
    isConversation(address) ? [] : otherSourcesOf(post, readPost(post, address, now)),
}
