import type { Author, PostReading } from '../model/post'
import {
  absoluteAddress,
  attributeOf,
  directionOf,
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
import { rememberInPass } from './in-pass'
import { handleOf, home } from './instagram-parts'
import { directLinks, isAvatar, isBefore, wordOptions } from './meta'
import { unknownTime } from './times'

// Hearsay, known from public code and not seen on a page: messages have neither ids nor addresses, and times stand
// between them, not beside them. Each row has a line for screen readers that names its sender; in the reader's own
// rows that is a sentence in the page's language, so their author stays unknown.

const selectors = {
  row: '[role="row"]',
  list: '[role="grid"], [data-pagelet="IGDOpenMessageList"]',
  date: '[data-scope="date_break"]',
  /** The head of a conversation with one person. */
  partner: 'a[href] h2',
} as const

/** Whether this is the page of a conversation. */
export function isConversation(address: URL): boolean {
  return address.pathname.startsWith('/direct/t/')
}

/** The words of a message: the last block. Before it stands what it answers. */
function findMessageWords(row: Element): Element | null {
  const blocks = findAll(row, '[dir="auto"]').filter(
    (block) =>
      isMatch(block, 'div') &&
      !findFirst(block, `div[dir="auto"], ${selectors.date}`) &&
      !findClosest(block, selectors.date) &&
      readText(block, wordOptions) !== null,
  )
  return blocks.at(-1) ?? null
}

function mediaIn(row: Element): Element[] {
  return findAll(row, 'img, video').filter(
    (part) =>
      !isAvatar(part) && !findClosest(part, 'a[href], [dir="auto"]') && !findClosest(part, selectors.date),
  )
}

/** The messages below `root`, or `root` itself, in page order. Rows with nothing but a date are none. */
export function findMessages(root: ParentNode): Element[] {
  const own = root instanceof Element && isMatch(root, selectors.row) ? [root] : []
  return [...own, ...findAll(root, selectors.row)].filter(
    (row) =>
      findClosest(row, selectors.list) !== null &&
      !findClosest(row, '[hidden]') &&
      (findMessageWords(row) !== null || mediaIn(row).length > 0),
  )
}

/** The line that names the sender: the first words of the row that are not the message's and no date. */
function senderLine(row: Element, words: Element | null): string | null {
  const line = findAll(row, 'span, h4, h5, h6, div').find(
    (part) =>
      !findFirst(part, '*') &&
      !findClosest(part, `a[href], ${selectors.date}`) &&
      (!words || (isBefore(part, words) && !isWithin(words, [part]))) &&
      readLine(part) !== null,
  )
  return readLine(line ?? null)
}

function linkedHandle(row: Element): string | null {
  return findAll(row, 'a[href]').flatMap((link) => handleOf(link) ?? [])[0] ?? null
}

/** Who the head of the page says one talks with. Null for groups. */
function findPartner(row: Element): { handle: string; name: string | null } | null {
  const page = findClosest(row, 'body')
  for (const heading of page ? findAll(page, selectors.partner) : []) {
    const handle = handleOf(findClosest(heading, 'a[href]'))
    if (handle) return { handle, name: readLine(heading) }
  }
  return null
}

/** What a whole conversation tells about each of its rows. */
type Conversation = { handles: ReadonlyMap<string, string>; dates: ReadonlyMap<Element, Element> }

const rememberConversation = rememberInPass<Conversation>()

/** Only the last row of several by one person has a picture with a link; the others have the same line. */
function handlesByLine(rows: readonly Element[]): Map<string, string> {
  const handles = new Map<string, string>()
  for (const row of rows) {
    const handle = linkedHandle(row)
    const line = handle === null ? null : senderLine(row, findMessageWords(row))
    if (handle !== null && line !== null && !handles.has(line)) handles.set(line, handle)
  }
  return handles
}

/** The date that stands in a row or above it; it belongs to all until the next one. */
function datesOf(list: Element): Map<Element, Element> {
  const dates = new Map<Element, Element>()
  let last: Element | null = null
  for (const part of findAll(list, `${selectors.row}, ${selectors.date}`)) {
    const isDate = isMatch(part, selectors.date)
    if (isDate) last = part
    const row = isDate ? findClosest(part, selectors.row) : part
    if (row && last) dates.set(row, last)
  }
  return dates
}

function conversationOf(row: Element, now: Date): Conversation | null {
  const list = findClosest(row, selectors.list)
  if (!list) return null
  return rememberConversation(now, list, () => ({
    handles: handlesByLine(findAll(list, selectors.row)),
    dates: datesOf(list),
  }))
}

function readSender(row: Element, words: Element | null, conversation: Conversation | null): Author {
  const line = senderLine(row, words)
  const partner = findPartner(row)
  const isPartner = partner !== null && (line === partner.name || line === partner.handle)
  const handle =
    linkedHandle(row) ?? (isPartner ? partner.handle : (conversation?.handles.get(line ?? '') ?? null))
  if (handle === null) return { handle: null, name: null, profile: null, id: null }
  const name = partner?.handle === handle ? partner.name : line
  return { handle, name: name === handle ? null : name, profile: `${home}/${handle}/`, id: null }
}

/** What a row of a conversation shows. */
export function readMessage(row: Element, now: Date): PostReading {
  const words = findMessageWords(row)
  const text = readText(words, wordOptions)
  const conversation = conversationOf(row, now)
  const author = readSender(row, words, conversation)
  const asShown = readLine(conversation?.dates.get(row) ?? null)
  return {
    ...emptyReading('instagram', 'message'),
    author,
    text,
    direction: directionOf(null, text),
    links: directLinks(words, home),
    media: mediaIn(row).map((part) => {
      const address = absoluteAddress(attributeOf(part, 'src'), home)
      return shownMedia(isMatch(part, 'video') ? 'video' : 'image', address, attributeOf(part, 'alt'))
    }),
    posted: { ...unknownTime, asShown },
    visibility: 'direct',
    missing: [
      { field: 'postId', reason: 'platform-gives-none' },
      { field: 'permalink', reason: 'platform-gives-none' },
      { field: 'author.id', reason: 'not-in-page' },
      ...(author.handle === null ? [{ field: 'author.handle', reason: 'not-in-page' }] : []),
      ...(author.name === null ? [{ field: 'author.name', reason: 'not-in-page' }] : []),
      { field: 'posted', reason: asShown === null ? 'not-in-page' : 'not-exact-in-page' },
      ...(text === null ? [{ field: 'text', reason: 'no-words-shown' }] : []),
    ],
  }
}
