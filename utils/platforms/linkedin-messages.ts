import type { Author, PostReading } from '../model/post'
import {
  attributeOf,
  emptyReading,
  findAll,
  findClosest,
  findFirst,
  inPageOrder,
  isMatch,
  previousOf,
  readLine,
} from './dom'
import { readMedia, readWords } from './linkedin-content'
import { authorBy, isProfileLink } from './linkedin-ids'
import { type Missing, noteIn } from './missing'
import { exactTime, timeFromMs, unknownTime } from './times'

// Hearsay, known from public code and not seen on a page. The names are written by people; the moment in a message's
// id was compared with the time beside it in four public samples: the same, or half a second before.

const selectors = {
  item: '.msg-s-event-listitem[data-event-urn]',
  event: '.msg-s-message-list__event',
  // Both stand at the first message of several by one person, and hold for those below it.
  name: '.msg-s-message-group__name',
  link: '.msg-s-message-group__profile-link[href], .msg-s-event-listitem__link[href], a[href*="/in/"]',
  time: 'time.msg-s-message-group__timestamp',
  date: '.msg-s-message-list__time-heading',
  words: '.msg-s-event-listitem__body',
} as const

const began = Date.UTC(2015, 0, 1)

/** The messages below `root`, in page order. */
export function messagesIn(root: ParentNode): Element[] {
  return findAll(root, selectors.item).filter(
    (item) => findFirst(item, selectors.words) !== null || findFirst(item, 'img, video') !== null,
  )
}

/** Whether the element is one of `messagesIn`. */
export function isMessage(element: Element): boolean {
  return isMatch(element, selectors.item)
}

/** `2-` and base64 that begins with the moment: the last part of `urn:li:msg_message:(…,2-MTc3…)`. */
function idOf(item: Element): string | null {
  return attributeOf(item, 'data-event-urn')?.match(/[,:](2-[\w+/-]{10,200}={0,2})\)?$/)?.[1] ?? null
}

/** The moment in the id of a message, in UTC. Null when the id is of another kind. */
export function timeOfMessage(id: string, now: Date): string | null {
  try {
    const [, ms] = atob(id.slice(2).replaceAll('-', '+').replaceAll('_', '/')).match(/^(\d{13})b/) ?? []
    return ms ? timeFromMs(Number(ms), began, now) : null
  } catch {
    return null
  }
}

/** The nearest match in this message's row or in one before it, as long as `within` holds for the row. */
function findAbove(item: Element, selector: string): Element | null {
  let row = findClosest(item, selectors.event)
  while (row) {
    const found = findFirst(row, selector)
    if (found) return found
    row = previousOf(row)
  }
  return null
}

function readSender(item: Element): Author {
  const name = findAbove(item, selectors.name)
  const row = findClosest(name ?? item, selectors.event) ?? item
  const link = findAll(row, selectors.link).find(
    (each) => isProfileLink(each) && !findClosest(each, selectors.words),
  )
  return authorBy(link ?? null, readLine(name))
}

/** The day above the message and the time beside the name, as shown. */
function shownTime(item: Element): string | null {
  const parts = [findAbove(item, selectors.date), findAbove(item, selectors.time)].filter(
    (part) => part !== null,
  )
  const lines = inPageOrder(parts).flatMap((part) => readLine(part) ?? [])
  return lines.length > 0 ? lines.join(' ') : null
}

/** What a message of a conversation shows. */
export function readMessage(item: Element, now: Date): PostReading {
  const words = findFirst(item, selectors.words)
  const id = idOf(item)
  const iso = id === null ? null : timeOfMessage(id, now)
  const asShown = shownTime(item)
  const author = readSender(item)
  const text = readWords(words, 'keep')
  const pictures = findAll(item, 'a[href*="/in/"]')
  const missing: Missing = []
  const note = noteIn(missing)
  note('postId', id === null)
  note('permalink', true, 'platform-gives-none')
  note('author.id', author.id === null)
  note('author.handle', author.handle === null)
  note('author.name', author.name === null)
  note('posted', iso === null, 'not-exact-in-page')
  note('text', text.text === null, 'no-words-shown')
  return {
    ...emptyReading('linkedin', 'message'),
    ...text,
    postId: id,
    author,
    media: readMedia(item, words ? [...pictures, words] : pictures),
    posted: iso === null ? { ...unknownTime, asShown } : exactTime('id', iso, asShown),
    visibility: 'direct',
    missing,
  }
}
