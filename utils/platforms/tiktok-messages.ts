import type { Author, PostMedia, PostReading } from '../model/post'
import {
  absoluteAddress,
  attributeOf,
  emptyReading,
  findAll,
  findClosest,
  findFirst,
  isMatch,
  isWithin,
  readLine,
  readText,
  shownMedia,
} from './dom'
import { drawnAs, isFlexible } from './drawn'
import { type Missing, noteIn } from './missing'
import { authorBy, handleOf, readWords, site } from './tiktok-parts'
import { unknownTime } from './times'

/*
 * Direct messages: on their own page, in the drawer that opens over every other, and in the frame of the business
 * pages. Hearsay: the test ids are those that some twenty public programs name which read or send messages there (the
 * newer ones begin with `dm-new-`, the older ones were the only ones until early 2026); no saved page was at hand.
 *
 * What those programs agree on, and what is left open for it:
 * - The writer's picture is a link to the account. In the newer layout the own messages have none, in the older one
 *   they have; so without the link a message is nobody's, unless the row is drawn from right to left: that the own ones
 *   are, two programs measured.
 * - The number of a message stands in the id of its menu button. That it carries the moment is not said.
 * - Times stand between messages. One within the entry of a message belongs to it; others are not given to any, because
 *   the entries do not always stand in the order in which they are drawn.
 * - A shared video is a picture without an address. How a message is drawn that was taken back, nobody tells: what has
 *   neither writer nor words of a message is a note of the platform, and no message.
 */

const selectors = {
  item: '[data-e2e="dm-new-chat-item"], [data-e2e="chat-item"]',
  conversation: '[data-e2e="dm-new-conversation-item"], [data-e2e="chat-list-item"]',
  // Writer, words and buttons. What the message answers stands above it.
  row: '[data-area="Actions"]',
  picture: '[data-e2e="chat-avatar"]',
  words: '[data-e2e="dm-new-message-text"]',
  // The older layout names its words by nothing.
  olderWords: 'p',
  noWords: '[role="button"], button, [data-e2e="dm-warning"], [data-e2e="dm-new-reaction-display"]',
  video: '[data-e2e="dm-new-shared-video"]',
  menu: '[id^="more-action-icon-msg-"]',
  time: '[data-e2e="dm-new-time-separator"]',
  entry: '[data-index]',
  chat: '[data-e2e="dm-new-chatbox"], body',
  partnerHandle: '[data-e2e="chat-uniqueid"]',
  partnerName: '[data-e2e="dm-new-chat-nickname"], [data-e2e="chat-nickname"]',
  editor: '[contenteditable="true"]',
} as const

/** Whether this is the page of messages. The conversation that is open is not in its address. */
export function isMessagesPage({ pathname }: URL): boolean {
  return /^\/messages(\/|$)/.test(pathname)
}

/** The page of messages within the business pages. Null for every other frame. */
export function messagesFrameAt(frame: URL): URL | null {
  return /^(www\.)?tiktok\.com$/.test(frame.hostname) && isMessagesPage(frame) ? frame : null
}

/** Whether a conversation is open: then there is something to write into. */
export function hasOpenConversation(page: Document): boolean {
  return findFirst(page, selectors.editor) !== null
}

/** Whether the element belongs to a message or to an entry of the list of conversations. */
export function isOfMessages(element: Element): boolean {
  return findClosest(element, `${selectors.item}, ${selectors.conversation}`) !== null
}

function scopeOf(item: Element): Element {
  return findFirst(item, selectors.row) ?? item
}

/** The link around the writer's picture. Other links of a message can be to an account that it shows. */
function writerLink(item: Element): Element | null {
  return findClosest(findFirst(scopeOf(item), selectors.picture), 'a[href]')
}

/** Every element that could be the words; more than one where it is not certain which are. */
function wordsOf(item: Element): Element[] {
  const scope = scopeOf(item)
  const named = findAll(scope, selectors.words).filter((part) => readText(part) !== null)
  if (named.length > 0) return named
  return findAll(scope, selectors.olderWords).filter(
    (part) =>
      !findClosest(part, `a[href], ${selectors.noWords}, ${selectors.video}`) && readText(part) !== null,
  )
}

function mediaOf(item: Element): PostMedia[] {
  const scope = scopeOf(item)
  const link = writerLink(item)
  const left = [...(link ? [link] : []), ...findAll(scope, `${selectors.picture}, ${selectors.words}`)]
  const drawn = findAll(scope, `img, video, ${selectors.video}`).filter(
    (part) =>
      !isWithin(part, left) &&
      !findClosest(part, selectors.noWords) &&
      (isMatch(part, selectors.video) || !findClosest(part, selectors.video)),
  )
  return drawn.map((part) =>
    isMatch(part, 'img')
      ? shownMedia('image', absoluteAddress(attributeOf(part, 'src'), site), attributeOf(part, 'alt'))
      : shownMedia('video', absoluteAddress(attributeOf(part, 'src'), site)),
  )
}

/** Whether an item of the list is somebody's message, and no note of the platform and no emptied slot. */
function isMessage(item: Element): boolean {
  if (findClosest(item, '[hidden]')) return false
  if (findFirst(item, selectors.words) !== null) return wordsOf(item).length > 0
  const isSomebodys = findFirst(item, selectors.row) !== null || writerLink(item) !== null
  return isSomebodys && (wordsOf(item).length > 0 || mediaOf(item).length > 0)
}

/** The messages below `root`, in page order. */
export function findMessages(root: ParentNode): Element[] {
  return findAll(root, selectors.item).filter(isMessage)
}

/** Whether the element is one of `findMessages`. */
export function isMessageItem(element: Element): boolean {
  return isMatch(element, selectors.item)
}

/** Rows of the own messages are drawn from their other end. */
function isOwn(item: Element): boolean {
  const row = findFirst(item, selectors.row)
  return isFlexible(row) && drawnAs(row, 'flex-direction') === 'row-reverse'
}

/** The name in the head of the conversation, for the account that the head names. */
function nameOf(item: Element, handle: string): string | null {
  const chat = findClosest(item, selectors.chat)
  const shown = readLine(findFirst(chat, selectors.partnerHandle))?.replace(/^@/, '')
  return shown?.toLowerCase() === handle.toLowerCase()
    ? readLine(findFirst(chat, selectors.partnerName))
    : null
}

function readWriter(item: Element): Author {
  const handle = handleOf(writerLink(item))
  const name = handle === null ? null : nameOf(item, handle)
  return authorBy(handle, name === handle ? null : name)
}

function idOf(item: Element): string | null {
  const id = attributeOf(findFirst(item, selectors.menu), 'id')?.match(/-msg-(\d{10,20})$/)?.[1]
  return id ?? null
}

/** The time that stands in the same entry of the list. */
function shownTime(item: Element): string | null {
  return readLine(findFirst(findClosest(item, selectors.entry), selectors.time))
}

/** What a message shows. Messages have no address, and times without a second. */
export function readMessage(item: Element): PostReading {
  const candidates = wordsOf(item)
  const [only = null] = candidates.length === 1 ? candidates : []
  const words = readWords(only)
  const author = readWriter(item)
  const id = idOf(item)
  const asShown = shownTime(item)
  const missing: Missing = [
    { field: 'permalink', reason: 'platform-gives-none' },
    { field: 'author.id', reason: 'not-in-page' },
  ]
  const note = noteIn(missing)
  note('postId', id === null)
  note('author.handle', author.handle === null, isOwn(item) ? 'own-message' : 'not-in-page')
  note('author.name', author.name === null)
  note('posted', true, asShown === null ? 'not-in-page' : 'not-exact-in-page')
  note('text', words.text === null, candidates.length > 1 ? 'not-certain-which' : 'no-words-shown')
  return {
    ...emptyReading('tiktok', 'message'),
    ...words,
    postId: id,
    author,
    media: mediaOf(item).slice(0, 100),
    posted: { ...unknownTime, asShown },
    visibility: 'direct',
    missing,
  }
}
