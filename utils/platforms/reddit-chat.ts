import type { Author, PostReading } from '../model/post'
import {
  absoluteAddress,
  attributeOf,
  directionOf,
  emptyReading,
  findAll,
  findFirst,
  isMatch,
  previousOf,
  readLine,
  shownMedia,
} from './dom'
import { type Missing, noteIn } from './missing'
import { authorBy, readWords, site } from './reddit-parts'
import { exactTime, timeFromAttribute, unknownTime } from './times'

/*
 * Messages of Reddit's chat: direct ones and those of rooms. Hearsay: the names of elements, attributes and classes
 * are those that several public programs name which read or tidy chats; no saved page was at hand. Everything stands
 * in open shadow trees within each other: `rs-app`, `rs-room`, `rs-timeline`, a list that draws what is seen, and one
 * tree for each `rs-timeline-event`, which carries the message's id.
 */

const selectors = {
  // Within the header of other pages the chat stands in a host of its own.
  hosts: 'rs-app, reddit-chat-host',
  event: 'rs-timeline-event',
  message: '.room-message',
  text: '.room-message-text, .room-message-body',
  // The name's places, by layout; a message that follows one of the same person has none.
  name:
    'rs-timeline-event-hovercard-display-name span, rs-timeline-event-hovercard span, rs-timeline-event-hovercard,' +
    ' .user-name, .room-message-author, rs-username',
  time: 'rs-timestamp',
  moment: 'faceplate-timeago[ts], time[datetime]',
  picture: 'img[src*="redd.it/"]',
} as const

/** More trees within each other than the chat has. */
const deepest = 12

function shadowOf(element: Element): ShadowRoot | null {
  return Reflect.get(Element.prototype, 'shadowRoot', element)
}

function treesBelow(root: ParentNode, depth: number): ShadowRoot[] {
  if (depth > deepest) return []
  return findAll(root, '*').flatMap((element) => {
    const tree = element.localName.includes('-') ? shadowOf(element) : null
    return tree ? [tree, ...treesBelow(tree, depth + 1)] : []
  })
}

/** The shadow trees of the page's chat, outermost first; none where it shows no chat. */
export function chatTrees(page: ParentNode): ShadowRoot[] {
  return findAll(page, selectors.hosts).flatMap((host) => {
    const tree = shadowOf(host)
    return tree ? [tree, ...treesBelow(tree, 1)] : treesBelow(host, 1)
  })
}

function eventOf(message: Element): Element | null {
  const root = message.getRootNode()
  return root instanceof ShadowRoot && isMatch(root.host, selectors.event) ? root.host : null
}

function idOf(event: Element | null): string | null {
  const id = attributeOf(event, 'data-id')
  return id && /^\$[\w+/=:.-]{5,250}$/.test(id) ? id : null
}

/** Whether this is a message of a chat with an id: notes of who came and went have none of its words. */
export function isChatMessage(element: Element): boolean {
  return isMatch(element, selectors.message) && idOf(eventOf(element)) !== null
}

/** The messages of the page's chat, in their order. */
export function findChatMessages(page: ParentNode): Element[] {
  return chatTrees(page)
    .flatMap((tree) => (isMatch(tree.host, selectors.event) ? findAll(tree, selectors.message) : []))
    .filter(isChatMessage)
}

function nameIn(tree: ParentNode | null): string | null {
  if (!tree) return null
  const names = findAll(tree, selectors.name).map((element) => readLine(element)?.replace(/^u\//, '') ?? '')
  return names.find((name) => /^[\w-]{1,40}$/.test(name)) ?? null
}

/** The name at the head of the run of messages that this one belongs to. */
function nameOver(event: Element): string | null {
  let at: Element | null = event
  for (let steps = 0; at && steps < 300; steps += 1) {
    const name = isMatch(at, selectors.event) ? nameIn(shadowOf(at)) : null
    if (name !== null || !isMatch(at, '[compact]')) return name
    at = previousOf(at)
  }
  return null
}

function readAuthor(event: Element): Author {
  return authorBy(nameOver(event), null)
}

function readPosted(tree: ShadowRoot | null): PostReading['posted'] {
  const holder = tree ? findFirst(tree, selectors.time) : null
  const moment = findFirst((holder && shadowOf(holder)) ?? holder ?? tree, selectors.moment)
  const asShown = readLine(moment) ?? readLine(holder)
  const iso = timeFromAttribute(attributeOf(moment, 'ts') ?? attributeOf(moment, 'datetime'))
  return iso ? exactTime('dom', iso, asShown) : { ...unknownTime, asShown }
}

/** What a message of the chat shows. Messages have no address. */
export function readChatMessage(message: Element): PostReading {
  const event = eventOf(message)
  const tree = event && shadowOf(event)
  const author = event ? readAuthor(event) : authorBy(null, null)
  const body = findFirst(message, selectors.text)
  const words = readWords(body)
  const posted = readPosted(tree)
  const missing: Missing = [
    { field: 'permalink', reason: 'platform-gives-none' },
    { field: 'author.id', reason: 'not-in-page' },
  ]
  const note = noteIn(missing)
  note('author.handle', author.handle === null)
  note('text', words.text === null, 'no-words-shown')
  note('posted', posted.iso === null)
  return {
    ...emptyReading('reddit', 'message'),
    ...words,
    direction: directionOf(body, words.text),
    postId: idOf(event),
    author,
    media: findAll(message, selectors.picture)
      .map((image) =>
        shownMedia('image', absoluteAddress(attributeOf(image, 'src'), site), attributeOf(image, 'alt')),
      )
      .slice(0, 100),
    posted,
    missing,
  }
}
