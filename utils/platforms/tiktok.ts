import type { PlatformAdapter } from '../model/platform'
import type { PostMedia, PostReading } from '../model/post'
import {
  absoluteAddress,
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
  shownMedia,
} from './dom'
import { type Missing, noteIn } from './missing'
import { readComment } from './tiktok-comments'
import {
  findMessages,
  hasOpenConversation,
  isMessageItem,
  isMessagesPage,
  isOfMessages,
  messagesFrameAt,
  readMessage,
} from './tiktok-messages'
import {
  accountLink,
  addressOf,
  authorBy,
  handleIn,
  handleOf,
  idOf,
  itemOf,
  placeIn,
  readTime,
  readWords,
  site,
} from './tiktok-parts'
import { tiktokProfile } from './tiktok-profile'
import { otherSourcesOf } from './tiktok-sources'

const selectors = {
  // A card of the feed and of a video's own page; the next ones stand below it, at first empty.
  card: '[data-e2e="recommend-list-item-container"]',
  player: '[data-e2e="feed-video"]',
  // A video opened over a profile or a search.
  username: '[data-e2e^="comment-username-"]',
  opened: '[data-e2e="browse-video-desc"]',
  openedAuthor: '[data-e2e="browse-username"]',
  tile: '[data-e2e$="-item"]',
  // Hearsay, from public code: the tiles of the tab with what the profile's account shared, and their list.
  repost: '[data-e2e="user-repost-item"], [data-e2e="user-repost-item-list"]',
  avatar: '[data-e2e="video-author-avatar"]',
  nickname: '[data-e2e="video-author-nickname"], [data-e2e="browser-nickname"] > :first-child',
  openedTime: '[data-e2e="browser-nickname"] > :last-child:not(:first-child)',
  words: '[data-e2e="video-desc"], [data-e2e="browse-video-desc"]',
  profileName: '[data-e2e="user-subtitle"]',
  views: '[data-e2e="video-views"]',
} as const

const countNames = [
  ['likes', '[data-e2e="like-count"], [data-e2e="browse-like-count"]'],
  ['comments', '[data-e2e="comment-count"], [data-e2e="browse-comment-count"]'],
  ['saves', '[data-e2e="favorite-count"], [data-e2e="undefined-count"]'],
  ['shares', '[data-e2e="share-count"]'],
  ['views', selectors.views],
] as const

function readCounts(post: Element): PostReading['counts'] {
  const counts: PostReading['counts'] = {}
  for (const [name, selector] of countNames) {
    const shown = readLine(findFirst(post, selector))
    // Where nobody has, the word of the button stands in place of a figure.
    if (shown && /\p{Nd}/u.test(shown)) counts[name] = shown
  }
  return counts
}

/** The short text beside the author's link: "· 5-23", "2d ago". */
function shownTimeOf(post: Element, link: Element | null): string | null {
  const opened = readLine(findFirst(post, selectors.openedTime))
  if (opened) return opened
  for (let at = link, steps = 0; at && steps < 3; at = parentOf(at), steps += 1) {
    const children = childrenOf(parentOf(at))
    const beside = children
      .slice(children.indexOf(at) + 1)
      .find((next) => /\p{Nd}/u.test(readLine(next) ?? ''))
    if (beside) return readLine(beside)?.replace(/^[·•\s]+/, '') ?? null
  }
  return null
}

function readVideoMedia(post: Element): PostMedia[] {
  if (findFirst(post, 'video'))
    return [shownMedia('video', null, attributeOf(findFirst(post, 'picture img'), 'alt'))]
  const avatars = findAll(post, accountLink)
  const seen = new Set<string>()
  return findAll(post, 'picture img, [class*="swiper-slide"] img').flatMap((image) => {
    const address = absoluteAddress(attributeOf(image, 'src'), site)
    if (!address || seen.has(address) || isWithin(image, avatars)) return []
    seen.add(address)
    return [shownMedia('image', address, attributeOf(image, 'alt'))]
  })
}

function nameIn(post: Element, handle: string | null): string | null {
  const name = readLine(findFirst(post, selectors.nickname))
  return name && name.replace(/^@/, '').toLowerCase() !== handle?.toLowerCase() ? name : null
}

function readVideo(post: Element, address: URL, now: Date): PostReading {
  const link =
    findAll(post, accountLink).find((one) => readLine(one) !== null && !findClosest(one, selectors.words)) ??
    findFirst(post, selectors.avatar)
  const written = readLine(findFirst(post, selectors.openedAuthor))?.replace(/^@/, '') ?? null
  const handle = handleOf(link) ?? handleOf(findFirst(post, selectors.avatar)) ?? written
  const id = idOf(post, address, selectors.card)
  const words = readWords(findFirst(post, selectors.words))
  const linkText = readLine(link)
  const isName = linkText !== null && linkText.replace(/^@/, '').toLowerCase() !== handle?.toLowerCase()
  const missing: Missing = [{ field: 'author.id', reason: 'not-in-page' }]
  const note = noteIn(missing)
  note('postId', id === null)
  note('permalink', id === null || handle === null)
  note('posted', id === null)
  note('text', words.text === null, 'no-words-shown')
  return {
    ...emptyReading('tiktok', 'post'),
    ...words,
    postId: id,
    permalink: id && handle ? addressOf(handle, id, address) : null,
    author: authorBy(handle, nameIn(post, handle) ?? (isName ? linkText : null)),
    media: readVideoMedia(post),
    counts: readCounts(post),
    posted: readTime(id, shownTimeOf(post, link), now),
    missing,
  }
}

/** A caption in a grid stands only in its picture's text, with a sentence of the platform's at its end. */
function captionIn(alt: string | null): string | null {
  return alt?.match(/^(.*\S)\s+created by .+ with .+$/su)?.[1] ?? null
}

function readTile(tile: Element, address: URL, now: Date): PostReading {
  const place = placeIn(tile)
  const image = findFirst(tile, 'img[alt]')
  const alt = attributeOf(image, 'alt')
  const text = captionIn(alt)
  // The profile's heading names the author only of the tiles that are the profile's own.
  const isOwn = place !== null && address.pathname.split('/')[1] === `@${place.handle}`
  const heading = isOwn ? readLine(findFirst(tile.ownerDocument, selectors.profileName)) : null
  const missing: Missing = [{ field: 'author.id', reason: 'not-in-page' }]
  const note = noteIn(missing)
  note('text', text === null, alt ? 'only-in-alternative-text' : 'not-in-page')
  return {
    ...emptyReading('tiktok', 'post'),
    text,
    direction: directionOf(null, text),
    postId: place?.id ?? null,
    permalink: place?.address ?? null,
    author: authorBy(place?.handle ?? null, heading),
    media: [shownMedia(place?.address.includes('/photo/') ? 'image' : 'video', null, alt)],
    counts: readCounts(findClosest(tile, selectors.tile) ?? tile),
    posted: readTime(place?.id ?? null, null, now),
    repostedBy: findClosest(tile, selectors.repost) ? handleIn(address) : null,
    missing,
  }
}

function isFilled(card: Element): boolean {
  return findFirst(card, 'a[href^="/@"]') !== null || findFirst(card, selectors.words) !== null
}

/** The block around an opened video: player, words and figures. */
function openedAround(words: Element): Element | null {
  for (let at = parentOf(words), steps = 0; at && steps < 10; at = parentOf(at), steps += 1)
    if (findFirst(at, selectors.openedAuthor) && findFirst(at, 'video, picture')) return at
  return null
}

function postLinkIn(tile: Element): Element | null {
  return findAll(tile, 'a[href]').find((link) => placeIn(link) !== null) ?? null
}

/** Few plain selectors: each is a walk over the whole page, and a list of them costs more than their sum. */
function findPosts(root: ParentNode): Element[] {
  const cards = findAll(root, selectors.card)
  const comments = findAll(root, selectors.username).flatMap((name) => itemOf(name) ?? [])
  const others =
    cards.length > 0
      ? []
      : [
          ...findAll(root, selectors.player).filter(isFilled),
          ...findAll(root, selectors.opened).flatMap((words) => openedAround(words) ?? []),
          ...findAll(root, selectors.tile).flatMap((tile) =>
            isOfMessages(tile) ? [] : (postLinkIn(tile) ?? []),
          ),
        ]
  const found = [...cards.filter(isFilled), ...others, ...comments, ...findMessages(root)]
  // Cards and the comments of one video stand in order already.
  return others.length > 0 ? inPageOrder(found) : [...new Set(found)]
}

function readPost(post: Element, address: URL, now: Date): PostReading {
  if (isMessageItem(post)) return readMessage(post)
  if (isMatch(post, `${selectors.card}, ${selectors.player}`)) return readVideo(post, address, now)
  if (isMatch(post, 'a')) return readTile(post, address, now)
  if (findFirst(post, selectors.opened)) return readVideo(post, address, now)
  return readComment(post, address, now)
}

/** Pages of the account, of sign-in and of help. */
const withoutPosts = /^\/(setting|login|coin|legal|live|business-suite)(\/|$)/

/**
 * Reader of TikTok: videos in feeds and on their own pages, comments with replies, grids of videos, profiles; by
 * hearsay direct messages (`tiktok-messages.ts`). Not who
 * shared a video in a feed: no public source tells where that is said; its author stays who made it. A stitch or duet
 * names the other account in its caption, and is read as the video it is.
 */
export const tiktok: PlatformAdapter = {
  id: 'tiktok',
  name: 'TikTok',
  version: 4,
  isConfirmed: true,
  hosts: ['tiktok.com', '*.tiktok.com'],
  recognises: (address) => /(^|\.)tiktok\.com$/.test(address.hostname),
  isHearsay: (_post, { kind }) => kind === 'message',
  expectsPosts: (address, page) =>
    isMessagesPage(address) ? hasOpenConversation(page) : !withoutPosts.test(address.pathname),
  readFrameAt: messagesFrameAt,
  findPosts,
  readPost,
  profile: tiktokProfile,
  otherSources: (post, address, now) =>
    isMessageItem(post) ? [] : otherSourcesOf(post, readPost(post, address, now), address, now),
}
