import type { OtherSource, PlatformAdapter } from '../model/platform'
import type { Author, PostReading } from '../model/post'
import { isMarkedEdited, timeFromShownAge } from './ages'
import {
  absoluteAddress,
  attributeOf,
  directionOf,
  eachOnce,
  emptyReading,
  findAll,
  findClosest,
  findFirst,
  isMatch,
  isWithin,
  languageOf,
  linksIn,
  readLine,
  readText,
} from './dom'
import { type Missing, noteIn } from './missing'
import {
  chatFrameAt,
  chatMessage,
  isChatMessage,
  isChatPage,
  isShownMessage,
  readChatMessage,
} from './youtube-chat'
import { decodePath, directLink, readCommunityPost, readVideo, site, videoOf } from './youtube-posts'
import { youtubeProfile } from './youtube-profile'
import { otherAuthorSources, otherVideoSources } from './youtube-said-again'
import { hasWords, readShare, share, sharedBy, sharersText } from './youtube-shares'

const selectors = {
  // The second name until 2024. Ids repeat hundreds of times on a page, hence `[id="…"]`.
  comment: 'ytd-comment-view-model, ytd-comment-renderer',
  communityPost: 'ytd-backstage-post-renderer',
  video: 'ytd-watch-metadata',
  thread: 'ytd-comment-thread-renderer',
  threadComment: '[id="comment-container"] > [id="comment"], [id="comment"]',
  // Replies: nested threads since 2025, a flat list before.
  replies: 'yt-sub-thread, ytd-comment-replies-renderer',
  author: '[id="author-text"]',
  // When the channel's owner writes, the name moves here.
  ownerName: '[id="author-comment-badge"] a[href]',
  avatar: '[id="author-thumbnail-button"], [id="author-thumbnail"] a',
  // A class until 2024, on two elements of which one is hidden.
  time: '[id="published-time-text"], .published-time-text:not([hidden])',
  commentLink: 'a[href*="lc="]',
  text: '[id="content-text"]',
  likes: '[id="vote-count-middle"]',
  repliesButton:
    '[id="more-replies-sub-thread"] button, [id="more-replies"] button, [id="more-replies"] [role="button"]',
  // What the page keeps of a video or page that was shown before.
  formerScreen:
    'ytd-watch-flexy[hidden], ytd-browse[hidden], ytd-comments[hidden], ytd-shorts[hidden],' +
    ' [visibility="ENGAGEMENT_PANEL_VISIBILITY_HIDDEN"]',
} as const

/** What the link around a comment's age says: the comment, and the video or community post it stands under. */
type Place = { commentId: string; under: string | null; permalink: string }

const idShape = /^[\w-]{5,60}(\.[\w-]{5,60})?$/

function placeOf(comment: Element): Place | null {
  // The age stands before the words; a link to some comment among the words is not this comment's.
  const link = findFirst(comment, selectors.commentLink)
  if (!findClosest(link, selectors.time)) return null
  const address = absoluteAddress(attributeOf(link, 'href'), site)
  if (!address) return null
  const { pathname, searchParams } = new URL(address)
  const commentId = searchParams.get('lc') ?? ''
  if (!idShape.test(commentId)) return null
  const video = searchParams.get('v') ?? pathname.match(/^\/(?:shorts|live)\/([\w-]{5,20})/)?.[1] ?? null
  const post = pathname.match(/^\/post\/([\w-]{5,60})/)?.[1] ?? searchParams.get('lb')
  if (video) return { commentId, under: video, permalink: `${site}/watch?v=${video}&lc=${commentId}` }
  if (post) return { commentId, under: post, permalink: `${site}/post/${post}?lc=${commentId}` }
  return { commentId, under: null, permalink: address }
}

function isShown(element: Element): boolean {
  return attributeOf(element, 'hidden') === null && !findClosest(element, selectors.formerScreen)
}

/** Comments stay in the page when it goes on to another video; those of the video before are not this page's. */
function isOfThisPage(place: Place | null, shown: string | null): boolean {
  const under = place?.under ?? null
  return shown === null || under === null || under === shown || /^Ug[\w-]{20,}/.test(under)
}

type Found = { post: Element; place: Place | null }

/** The same reply can stand in the open and in the collapsed list of a thread: the one in the open counts. */
function dropCopies(found: readonly Found[]): Found[] {
  const chosen = new Map<string, Element>()
  for (const { post, place } of found) {
    const before = place ? chosen.get(place.commentId) : undefined
    const isBetter = before && findClosest(before, '[hidden]') && !findClosest(post, '[hidden]')
    if (place && (!before || isBetter)) chosen.set(place.commentId, post)
  }
  return found.filter(({ post, place }) => !place || chosen.get(place.commentId) === post)
}

function isPost({ post, place }: Found, address: URL): boolean {
  if (place) return true
  if (isChatMessage(post)) return isShownMessage(post)
  if (isMatch(post, selectors.video)) return readVideo(post, address).postId !== null
  if (isMatch(post, share)) return hasWords(post)
  return readText(findFirst(post, selectors.text)) !== null
}

const allPosts = `${selectors.comment}, ${selectors.communityPost}, ${selectors.video}, ${share}`

function findPosts(root: ParentNode, address: URL): Element[] {
  const shown = videoOf(address)
  const found = findAll(root, isChatPage(address) ? chatMessage : allPosts)
    .filter(isShown)
    .map((post) => ({ post, place: placeOf(post) }))
    .filter((one) => isOfThisPage(one.place, shown) && isPost(one, address))
  return dropCopies(found).map(({ post }) => post)
}

/** The link with the author's name, wherever it stands. */
function authorLink(post: Element): Element | null {
  const own = findFirst(post, selectors.author)
  const owner = findFirst(post, selectors.ownerName)
  const isOwner = owner !== null && (attributeOf(own, 'hidden') !== null || readLine(own) === null)
  return isOwner ? owner : own
}

/** The author of a comment or community post; before 2022 names were free and addresses by channel id. */
function readAuthor(post: Element): Author {
  const link = authorLink(post)
  const href = absoluteAddress(attributeOf(link, 'href'), site)
  const path = href ? new URL(href).pathname : ''
  const name = readLine(link) ?? attributeOf(findFirst(post, selectors.avatar), 'aria-label')
  const written = decodePath(path).match(/^\/@([^/]+)$/)?.[1] ?? name?.match(/^@([^\s/]+)$/)?.[1] ?? null
  return {
    handle: written,
    name,
    profile: href ?? (written ? `${site}/@${encodeURIComponent(written)}` : null),
    id: path.match(/^\/channel\/(UC[\w-]{22})$/)?.[1] ?? null,
  }
}

/** Words, links and mentions of a text element. */
function readWords(element: Element | null) {
  const text = readText(element, { whiteSpace: 'keep' })
  const links = linksIn(element, site).map(directLink)
  const mentions = links.flatMap(
    (link) => decodePath(new URL(link.address).pathname).match(/^\/@([^/]+)$/)?.[1] ?? [],
  )
  const inner = findFirst(element, '[dir]')
  return {
    text,
    language: languageOf(element) ?? languageOf(inner),
    direction: directionOf(null, text),
    links,
    mentions: eachOnce(mentions),
  }
}

/** The comment that a reply answers: the one of the thread that encloses its own place. */
function parentOf(comment: Element): Element | null {
  const thread = findClosest(comment, selectors.thread)
  const replies = findClosest(comment, selectors.replies)
  if (!thread || !replies) return null
  // A nested thread lies inside the replies; a flat reply lies in the thread whose replies hold it.
  const above = isWithin(replies, [thread]) ? thread : findClosest(thread.parentElement, selectors.thread)
  const parent = findFirst(above, selectors.threadComment)
  return parent && parent !== comment ? parent : null
}

function repliedHandle(comment: Element, parent: Element | null, mentions: string[]): string | null {
  const [first] = mentions
  const text = readText(findFirst(comment, selectors.text))
  if (first && text?.startsWith(`@${first}`)) return first
  return parent ? readAuthor(parent).handle : null
}

function readCounts(comment: Element): PostReading['counts'] {
  const likes = readLine(findFirst(comment, selectors.likes))
  const thread = findClosest(comment, selectors.thread)
  const isTop = thread !== null && findFirst(thread, selectors.threadComment) === comment
  const button = isTop
    ? findAll(thread, selectors.repliesButton).find((one) => findClosest(one, selectors.thread) === thread)
    : null
  const replies = attributeOf(button, 'aria-label')?.trim()
  return { ...(likes ? { likes } : {}), ...(replies ? { replies } : {}) }
}

function readComment(comment: Element, now: Date): PostReading {
  const place = placeOf(comment)
  const parent = parentOf(comment)
  const parentId =
    (parent && placeOf(parent)?.commentId) ?? place?.commentId.split('.').slice(0, -1)[0] ?? null
  const isReply = parent !== null || parentId !== null
  const asShown = readLine(findFirst(comment, selectors.time))
  const words = readWords(findFirst(comment, selectors.text))
  const author = readAuthor(comment)
  const posted = timeFromShownAge(asShown, languageOf(findClosest(comment, 'html')), now)
  const missing: Missing = []
  const note = noteIn(missing)
  note('posted', true, posted.asShown === null ? 'not-in-page' : 'relative-only')
  note('author.id', author.id === null)
  note('author.handle', author.handle === null)
  note('permalink', place === null)
  note('text', words.text === null, 'no-words-shown')
  return {
    ...emptyReading('youtube', isReply ? 'reply' : 'comment'),
    ...words,
    postId: place?.commentId ?? null,
    permalink: place?.permalink ?? null,
    author,
    counts: readCounts(comment),
    posted,
    parentPostId: isReply ? parentId : (place?.under ?? null),
    replyToHandle: isReply ? repliedHandle(comment, parent, words.mentions) : null,
    isEdited: isMarkedEdited(asShown),
    missing,
  }
}

function readPost(post: Element, address: URL, now: Date): PostReading {
  if (isMatch(post, selectors.video)) return readVideo(post, address)
  if (isChatMessage(post)) return readChatMessage(post, address)
  if (isMatch(post, share)) return readShare(post, readWords(sharersText(post)), now)
  if (isMatch(post, selectors.communityPost)) {
    const words = readWords(findFirst(post, selectors.text))
    return { ...readCommunityPost(post, { author: readAuthor(post), words, now }), ...sharedBy(post) }
  }
  return readComment(post, now)
}

function otherSources(post: Element, address: URL, now: Date): OtherSource[] {
  if (isChatMessage(post) || isMatch(post, share)) return []
  const reading = readPost(post, address, now)
  if (isMatch(post, selectors.video)) return otherVideoSources(post, reading)
  return otherAuthorSources(reading, {
    written: readLine(authorLink(post)),
    picture: readLine(authorLink(post)) === null ? null : findFirst(post, selectors.avatar),
  })
}

/**
 * Reader of YouTube: comments and replies in both layouts, community posts, the video of a watch page; by hearsay
 * heads of channels, shared community posts (`youtube-shares.ts`) and live chats, beside the video or in a window of
 * their own (`youtube-chat.ts`).
 */
export const youtube: PlatformAdapter = {
  id: 'youtube',
  name: 'YouTube',
  version: 3,
  isConfirmed: true,
  isHearsay: (post, { kind }) => kind === 'message' || findClosest(post, share) !== null,
  hosts: ['youtube.com', '*.youtube.com'],
  recognises: (address) => /^(www\.)?youtube\.com$/.test(address.hostname),
  expectsPosts: ({ pathname }) =>
    /^\/(watch$|shorts\/|live\/|post\/|live_chat)|\/(community|posts|discussion)\/?$/.test(pathname),
  readFrameAt: chatFrameAt,
  findPosts,
  readPost,
  profile: youtubeProfile,
  otherSources,
}
