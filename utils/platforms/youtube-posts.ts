import type { Author, PostMedia, PostReading } from '../model/post'
import { isMarkedEdited, timeFromShownAge } from './ages'
import {
  absoluteAddress,
  attributeOf,
  childrenOf,
  directionOf,
  emptyReading,
  findAll,
  findClosest,
  findFirst,
  isMatch,
  languageOf,
  readLine,
  readText,
  shownMedia,
} from './dom'
import { exactTime, timeFromAttribute, unknownTime } from './times'

const selectors = {
  time: '[id="published-time-text"]',
  postLink: 'a[href*="/post/"], a[href*="lb="]',
  likes: '[id="vote-count-middle"]',
  images: 'ytd-backstage-image-renderer img, ytd-post-multi-image-renderer img',
  poll: 'ytd-backstage-poll-renderer',
  video: 'ytd-backstage-post-renderer ytd-video-renderer a[href*="/watch"]',
  watch: 'ytd-watch-flexy[video-id]',
  title: 'h1',
  owner: 'ytd-video-owner-renderer',
  channel: 'a[href^="/@"], a[href^="/channel/"], a[href^="/c/"], a[href^="/user/"]',
  description: '[id="description-inline-expander"]',
  // The words stand directly in the box, since 2024 one deeper; beside them chapters, cards and buttons.
  wholeDescription: 'yt-attributed-string, yt-formatted-string',
  snippet: '[id="snippet-text"]',
  ellipsis: '[id="ellipsis"]:not([hidden])',
  published: 'meta[itemprop="datePublished"], meta[itemprop="uploadDate"]',
  canonical: 'link[rel="canonical"]',
  videoId: 'meta[itemprop="identifier"], meta[itemprop="videoId"]',
} as const

/** Addresses are given on this host. */
export const site = 'https://www.youtube.com'

/** A path with its escapes resolved; as it is where they are none. */
export function decodePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** Outgoing links go through `/redirect`, with a token of the session: only the target is kept. */
export function directLink(link: PostReading['links'][number]): PostReading['links'][number] {
  const { pathname, searchParams, hostname } = new URL(link.address)
  if (pathname !== '/redirect' || !/(^|\.)youtube\.com$/.test(hostname)) return link
  const target = absoluteAddress(searchParams.get('q'), site)
  return target ? { ...link, address: target } : link
}

/** The video that an address shows; null for every other page. */
export function videoOf(address: URL): string | null {
  const id =
    address.searchParams.get('v') ?? address.pathname.match(/^\/(?:shorts|live)\/([^/]+)/)?.[1] ?? null
  return id && /^[\w-]{5,20}$/.test(id) ? id : null
}

function readPublished(page: Document, id: string) {
  const canonical = attributeOf(findFirst(page, selectors.canonical), 'href')
  const named = attributeOf(findFirst(page, selectors.videoId), 'content')
  // The head is not renewed when the page goes on to another video.
  if (!canonical?.endsWith(id) && named !== id) return unknownTime
  const asShown = attributeOf(findFirst(page, selectors.published), 'content')
  const iso = timeFromAttribute(asShown)
  // Until 2023 the head gave a day only.
  return iso ? exactTime('dom', iso, asShown) : { ...unknownTime, asShown }
}

function isShown(element: Element): boolean {
  return attributeOf(element, 'hidden') === null
}

/** The description, in full when it is opened out, else as much of it as is shown. */
function readDescription(block: Element): { text: string | null; isCut: boolean } {
  const box = findFirst(block, selectors.description)
  const opened = childrenOf(box).flatMap((part) =>
    attributeOf(part, 'id') === 'expanded' && isShown(part) ? childrenOf(part) : [part],
  )
  const whole = opened.find((part) => isMatch(part, selectors.wholeDescription) && isShown(part))
  const text = readText(whole ?? null, { whiteSpace: 'keep' })
  if (text !== null) return { text, isCut: false }
  const snippet = findFirst(box, selectors.snippet)
  const hidden = snippet ? findAll(snippet, '[hidden]') : []
  return {
    text: readText(snippet, { outside: hidden, whiteSpace: 'keep' }),
    isCut: findFirst(box, selectors.ellipsis) !== null,
  }
}

/**
 * The video of a watch page: title and description, channel and, on the first page loaded, the time. The id is
 * null when the block and the address do not speak of the same video.
 */
export function readVideo(block: Element, address: URL): PostReading {
  const reading = emptyReading('youtube', 'video')
  const shown = attributeOf(findClosest(block, selectors.watch), 'video-id')
  const id = videoOf(address)
  const title = readLine(findFirst(block, selectors.title))
  if (!id || (shown !== null && shown !== id) || title === null) return reading
  const link = findFirst(findFirst(block, selectors.owner), selectors.channel)
  const profile = absoluteAddress(attributeOf(link, 'href'), site)
  const path = profile ? new URL(profile).pathname : ''
  const name = findFirst(findFirst(block, selectors.owner), '[id="channel-name"] a')
  const description = readDescription(block)
  const text = description.text ? `${title}\n\n${description.text}` : title
  const posted = readPublished(block.ownerDocument, id)
  return {
    ...reading,
    postId: id,
    permalink: `${site}/watch?v=${id}`,
    author: {
      handle: path.match(/^\/@([^/]+)$/)?.[1] ?? null,
      name: readLine(name),
      profile,
      id: path.match(/^\/channel\/(UC[\w-]{22})$/)?.[1] ?? null,
    },
    text,
    direction: directionOf(null, title),
    posted,
    isTruncated: description.isCut,
    missing: posted.iso ? [] : [{ field: 'posted', reason: posted.asShown ? 'day-only' : 'not-in-page' }],
  }
}

function readMedia(post: Element): PostMedia[] {
  const images = findAll(post, selectors.images).map((image) =>
    shownMedia('image', absoluteAddress(attributeOf(image, 'src'), site), attributeOf(image, 'alt')),
  )
  const poll = findFirst(post, selectors.poll)
  const isPoll = poll !== null && attributeOf(poll, 'hidden') === null && readText(poll) !== null
  const video = findFirst(post, selectors.video)
  const address = absoluteAddress(attributeOf(video, 'href'), site)
  return [
    ...images,
    ...(isPoll ? [shownMedia('poll', null, readText(poll))] : []),
    ...(address ? [shownMedia('card', address, attributeOf(video, 'title'))] : []),
  ].slice(0, 100)
}

/** Words of a text element, with what stands in them. */
export type Words = Pick<PostReading, 'text' | 'language' | 'direction' | 'links' | 'mentions'>

/** A channel's community post. Its time is an age; its id stands in the link around it. */
export function readCommunityPost(
  post: Element,
  known: { author: Author; words: Words; now: Date },
): PostReading {
  const time = findFirst(post, selectors.time)
  const address = absoluteAddress(attributeOf(findFirst(time, selectors.postLink), 'href'), site)
  const parts = address ? new URL(address) : null
  const id = parts?.pathname.match(/^\/post\/([\w-]{5,60})/)?.[1] ?? parts?.searchParams.get('lb') ?? null
  const asShown = readLine(time)
  const likes = readLine(findFirst(post, selectors.likes))
  const language = languageOf(findClosest(post, 'html'))
  return {
    ...emptyReading('youtube', 'post'),
    ...known.words,
    postId: id,
    permalink: id ? `${site}/post/${id}` : null,
    author: known.author,
    media: readMedia(post),
    counts: likes ? { likes } : {},
    posted: timeFromShownAge(asShown, language, known.now),
    isEdited: isMarkedEdited(asShown),
    missing: [
      { field: 'posted', reason: asShown === null ? 'not-in-page' : 'relative-only' },
      ...(id === null ? [{ field: 'permalink', reason: 'not-in-page' }] : []),
    ],
  }
}
