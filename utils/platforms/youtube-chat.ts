import type { PostReading } from '../model/post'
import {
  absoluteAddress,
  attributeOf,
  directionOf,
  emptyReading,
  findClosest,
  findFirst,
  isMatch,
  linksIn,
  readLine,
  readText,
} from './dom'
import { type Missing, noteIn } from './missing'
import { unknownTime } from './times'
import { directLink, site, videoOf } from './youtube-posts'

/**
 * Messages of a live chat or its replay. Hearsay: element names and ids are those that many public scripts name;
 * no saved page was at hand. On a watch page the chat stands in a frame of its own (`/live_chat`), which is read as a page;
 * a sweep does not look into it, and the popup says so.
 * The grant of the toolbar button reaches the frame (seen in Chromium 156); marks and pictures in frames are missing.
 */
export const chatMessage =
  'yt-live-chat-text-message-renderer, yt-live-chat-paid-message-renderer, yt-live-chat-membership-item-renderer'

const selectors = {
  name: '[id="author-name"]',
  // Marks for moderators, members and the like stand inside the name's element.
  badges: '[id="chip-badges"], [id="chat-badges"], yt-live-chat-author-badge-renderer',
  text: '[id="message"]',
  time: '[id="timestamp"]',
  amount: '[id="purchase-amount"], [id="purchase-amount-chip"]',
  // Pinned messages and the rolling row of paid ones repeat messages of the list.
  repeats: 'yt-live-chat-banner-manager, yt-live-chat-ticker-renderer',
} as const

/** Whether the address is of a live chat, or its replay, in a window of its own. */
export function isChatPage({ pathname }: URL): boolean {
  return /^\/live_chat(_replay)?\/?$/.test(pathname)
}

/** The address of a chat in a frame, with the video of the page around: it names none itself. Null for other frames. */
export function chatFrameAt(frame: URL, around: URL): URL | null {
  if (!/^(www\.)?youtube\.com$/.test(frame.hostname) || !isChatPage(frame)) return null
  const video = videoOf(around)
  const address = new URL(frame)
  if (video) address.searchParams.set('v', video)
  return address
}

/** Whether the element is a message of a live chat. */
export function isChatMessage(element: Element): boolean {
  return isMatch(element, chatMessage)
}

/** Whether this message of a chat is one with an identity, and no repetition. */
export function isShownMessage(message: Element): boolean {
  if (findClosest(message, selectors.repeats)) return false
  return attributeOf(message, 'id') !== null || readText(findFirst(message, selectors.text)) !== null
}

/** What a message shows. Its time is a clock's without a day, or in a replay the place in the video. */
export function readChatMessage(message: Element, address: URL): PostReading {
  const id = attributeOf(message, 'id')
  const name = readLine(findFirst(message, selectors.name), { exclude: selectors.badges })
  const handle = name?.match(/^@([^\s/]+)$/)?.[1] ?? null
  const isDeleted = attributeOf(message, 'is-deleted') !== null
  const element = findFirst(message, selectors.text)
  // The words stay in the page, hidden.
  const text = isDeleted ? null : readText(element)
  const asShown = readLine(findFirst(message, selectors.time))
  const amount = readLine(findFirst(message, selectors.amount))
  const missing: Missing = []
  const note = noteIn(missing)
  note('permalink', true)
  note('author.id', true)
  note('posted', true, asShown === null ? 'not-in-page' : 'clock-only')
  note('author.handle', handle === null)
  note('text', text === null, isDeleted ? 'deleted' : 'no-words-shown')
  return {
    ...emptyReading('youtube', 'message'),
    postId: id && /^[\w%.=+/-]{5,300}$/.test(id) ? id : null,
    author: {
      handle,
      name,
      profile: handle ? absoluteAddress(`/@${encodeURIComponent(handle)}`, site) : null,
      id: null,
    },
    text,
    direction: directionOf(null, text),
    links: isDeleted ? [] : linksIn(element, site).map(directLink),
    counts: amount ? { paid: amount } : {},
    posted: { ...unknownTime, asShown },
    parentPostId: videoOf(address),
    isDeleted,
    missing,
  }
}
