import type { PostReading } from '../model/post'
import {
  attributeOf,
  directionOf,
  emptyReading,
  findAll,
  findClosest,
  isMatch,
  languageOf,
  parentOf,
  readLine,
} from './dom'
import { type Missing, noteIn } from './missing'
import { exactTime, timeFromAttribute, unknownTime } from './times'
import { findChatMessages, isChatMessage, isChatPage, readChatMessage } from './x-chat'
import { readMedia } from './x-media'
import { handleOf, home, own, type Scope, scopeOf, selectors } from './x-scope'
import { mentionsIn, readTweet } from './x-text'

/**
 * Direct messages. Hearsay: the test ids are those that public code of 2022 to 2026 names, no saved page of a
 * conversation was at hand. The newer encrypted chat (`/i/chat`) has a layout of its own: `x-chat.ts`.
 */
const message = '[data-testid="messageEntry"]'
// The sender's picture: only where X draws one, so a message without it is not known to be one's own.
const sender = 'a[data-testid="DM_Conversation_Avatar"][href], [data-testid^="UserAvatar-Container-"] a[href]'

/** Whether the element is one message of a conversation. */
export function isMessage(element: Element): boolean {
  return isMatch(element, message) || isChatMessage(element)
}

/** Every message below `root`, each once; only on pages of messages, not in the drawer beside other pages. */
export function findMessages(root: ParentNode, address: URL): Element[] {
  if (isChatPage(address)) return findChatMessages(root)
  if (!/^\/messages(\/|$)/.test(address.pathname)) return []
  return findAll(root, message)
    .filter((entry) => !findClosest(parentOf(entry), message))
    .filter((entry) => !findClosest(entry, selectors.formerScreen))
}

function readTime(scope: Scope): PostReading['posted'] {
  const time = own(scope, 'time')
  const asShown = readLine(time)
  const iso = timeFromAttribute(attributeOf(time, 'datetime'))
  return iso ? exactTime('dom', iso, asShown) : { ...unknownTime, asShown }
}

/** What one message shows. Its id and address are not in the page; its sender is where a picture is drawn. */
export function readMessage(entry: Element): PostReading {
  if (isChatMessage(entry)) return readChatMessage(entry)
  const scope = scopeOf(entry)
  const handle = handleOf(own(scope, sender))
  const text = own(scope, selectors.text)
  const { words, links } = text ? readTweet(text) : { words: null, links: [] }
  const posted = readTime(scope)
  const missing: Missing = [
    { field: 'postId', reason: 'not-in-page' },
    { field: 'permalink', reason: 'not-in-page' },
    { field: 'author.id', reason: 'not-in-page' },
    { field: 'author.name', reason: 'not-in-page' },
  ]
  const note = noteIn(missing)
  note('author.handle', handle === null)
  note('posted', posted.iso === null)
  note('text', words === null, 'no-words-shown')
  return {
    ...emptyReading('x', 'message'),
    author: { handle, name: null, profile: handle ? `${home}/${handle}` : null, id: null },
    text: words,
    language: languageOf(text),
    direction: directionOf(text, words),
    links,
    mentions: text ? mentionsIn(text) : [],
    media: readMedia(scope),
    posted,
    visibility: 'direct',
    missing,
  }
}
