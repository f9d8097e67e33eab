import type { PostReading } from '../model/post'
import {
  attributeOf,
  directionOf,
  emptyReading,
  findAll,
  findClosest,
  findFirst,
  isMatch,
  languageOf,
  linksIn,
  readLine,
  readText,
} from './dom'
import { type Missing, noteIn } from './missing'
import { unknownTime } from './times'
import { handleOf, home, selectors as xSelectors } from './x-scope'

/**
 * Messages of the encrypted chat (`/i/chat`). Hearsay: the test ids `message-…`, `message-text-…` and
 * `message-avatar-…`, each with the message's own UUID, are those of the tests of public programs of 2026; no saved
 * page was at hand. Messages show the time of a clock, without their day, and in a conversation of two no name: whose
 * they are is told by their side alone, which is no fact to read. Pictures and reactions are not known.
 */
const scroller = '[data-testid="dm-message-scroller"], [data-testid="dm-message-list"]'
const row = '[data-testid^="message-"]'
const rowId = /^message-([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i

function idOf(element: Element): string | null {
  return attributeOf(element, 'data-testid')?.match(rowId)?.[1] ?? null
}

function partOf(message: Element, part: 'text' | 'avatar'): Element | null {
  return findFirst(message, `[data-testid="message-${part}-${idOf(message)}"]`)
}

/** Whether the element is one message of the encrypted chat. */
export function isChatMessage(element: Element): boolean {
  return isMatch(element, row) && idOf(element) !== null
}

/** Whether the address is of the encrypted chat. */
export function isChatPage({ pathname }: URL): boolean {
  return /^\/i\/chat(\/|$)/.test(pathname)
}

/** Every message of the encrypted chat below `root`. */
export function findChatMessages(root: ParentNode): Element[] {
  return findAll(root, row)
    .filter((one) => idOf(one) !== null && findClosest(one, scroller) !== null)
    .filter((one) => !findClosest(one, xSelectors.formerScreen))
}

/** What one message of the encrypted chat shows. */
export function readChatMessage(message: Element): PostReading {
  const id = idOf(message)
  const bubble = partOf(message, 'text')
  const words = findFirst(bubble, '[dir]')
  const text = readText(words, { whiteSpace: 'keep' })
  const clock = words ? readLine(bubble, { outside: [words] }) : null
  const asShown = /\p{Nd}/u.test(clock ?? '') ? clock : null
  const handle = handleOf(findFirst(partOf(message, 'avatar'), 'a[href]'))
  const missing: Missing = [
    { field: 'permalink', reason: 'not-in-page' },
    { field: 'author.id', reason: 'not-in-page' },
    { field: 'author.name', reason: 'not-in-page' },
    { field: 'posted', reason: asShown === null ? 'not-in-page' : 'clock-only' },
  ]
  const note = noteIn(missing)
  note('author.handle', handle === null)
  note('text', text === null, 'no-words-shown')
  return {
    ...emptyReading('x', 'message'),
    postId: id,
    author: { handle, name: null, profile: handle ? `${home}/${handle}` : null, id: null },
    text,
    language: languageOf(words),
    direction: directionOf(words, text),
    // A shared post has no words of the sender, but a link.
    links: linksIn(words ?? message, home),
    posted: { ...unknownTime, asShown },
    visibility: 'direct',
    missing,
  }
}
