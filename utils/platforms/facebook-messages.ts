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
  readLine,
  readText,
  shownMedia,
} from './dom'
import { accountOf, home } from './facebook-address'
import { isPicture } from './facebook-content'
import { directLinks, wordOptions } from './meta'
import { type Missing, noteIn } from './missing'
import { unknownTime } from './times'

// Hearsay, known from public code and not seen on a page: conversations on facebook.com and messenger.com. Each message
// has a label such as "At 3:08 AM, Rosa: the words"; the reader's own is labelled "You" in the page's language, so a
// name counts only where the page ties it to an account or to the head of the conversation.

const selectors = {
  message: '[aria-roledescription][data-scope="messages_table"], [aria-roledescription][data-message-id]',
  words: '[dir="auto"]',
  row: '[role="row"], [role="gridcell"]',
  heads: '[role="main"] h1, [role="main"] h2',
} as const

/** Whether the host is that of Messenger alone. */
export function isMessengerHost(hostname: string): boolean {
  return /^(www\.)?messenger\.com$/.test(hostname)
}

/** Whether this is the page of a conversation. */
export function isConversation({ hostname, pathname }: URL): boolean {
  const path = isMessengerHost(hostname) ? pathname : pathname.replace(/^\/messages(?=\/)/, '')
  return (isMessengerHost(hostname) || path !== pathname) && /^\/(e2ee\/)?t\/[^/]+/.test(path)
}

function picturesIn(message: Element): Element[] {
  return findAll(message, 'img, video').filter((part) => isMatch(part, 'video') || isPicture(part))
}

/** The messages below `root`, in page order. */
export function findMessages(root: ParentNode): Element[] {
  return findAll(root, selectors.message).filter(
    (message) =>
      !findClosest(message, '[hidden], [data-0]') &&
      attributeOf(message, 'aria-label') !== null &&
      (findWords(message) !== null || picturesIn(message).length > 0),
  )
}

/** The words that the label ends with; where none fit, the last ones. */
function findWords(message: Element): Element | null {
  const blocks = findAll(message, selectors.words).filter(
    (block) => !findFirst(block, selectors.words) && readText(block, wordOptions) !== null,
  )
  const label = attributeOf(message, 'aria-label')?.replace(/\s+/g, ' ').trim() ?? ''
  return blocks.findLast((block) => label.endsWith(readLine(block) ?? '\n')) ?? blocks.at(-1) ?? null
}

/** Name and time before the words in the label, in any language that separates them by comma and colon. */
function partsOfLabel(message: Element): { name: string | null; time: string | null } {
  const label = attributeOf(message, 'aria-label')?.replace(/\s+/g, ' ').trim() ?? ''
  const words = readLine(findWords(message))
  const isAtEnd = words !== null && label.endsWith(words)
  const start = isAtEnd ? label.slice(0, label.length - words.length) : label
  const [, name = null] = start.match(/[,،、]\s*([^,،、:：]{1,100}?)\s*[:：](?:\s*$|\s)/u) ?? []
  const [time = null] = start.match(/\p{Nd}{1,2}[:.]\p{Nd}{2}(?:\s?[\p{L}.]{1,5})?/u) ?? []
  return { name, time: time?.trim() ?? null }
}

function linkedAccount(message: Element) {
  const row = findClosest(message, selectors.row) ?? message
  return findAll(row, 'a[href]').flatMap((link) => accountOf(link) ?? [])[0] ?? null
}

/** The account of another message whose label has the same name: pictures stand beside the last of several. */
function accountByName(message: Element, name: string | null) {
  const page = name === null ? null : findClosest(message, '[role="main"], body')
  const same = page ? findAll(page, selectors.message).filter((each) => partsOfLabel(each).name === name) : []
  return same.map(linkedAccount).find((account) => account !== null) ?? null
}

function isInHead(message: Element, name: string): boolean {
  const page = findClosest(message, 'body')
  const heads = page ? findAll(page, selectors.heads) : []
  return heads.some((heading) => readLine(heading)?.includes(name))
}

function readSender(message: Element, name: string | null): Author {
  const account = linkedAccount(message) ?? accountByName(message, name)
  if (account) return { ...account, name }
  const isPartner = name !== null && isInHead(message, name)
  return { handle: null, id: null, profile: null, name: isPartner ? name : null }
}

/** `sender@msgr.123` and `123` are the same message. */
function idOf(message: Element): string | null {
  const holder = findClosest(message, '[data-message-id]') ?? findFirst(message, '[data-message-id]')
  const id = attributeOf(holder, 'data-message-id')?.trim() ?? ''
  return id.match(/(?:^|\.)(\d{5,30})$/)?.[1] ?? (/^[\w.$:@=-]{5,200}$/.test(id) ? id : null)
}

/** What a message of a conversation shows. */
export function readMessage(message: Element): PostReading {
  const words = findWords(message)
  const text = readText(words, wordOptions)
  const { name, time } = partsOfLabel(message)
  const author = readSender(message, name)
  const id = idOf(message)
  const missing: Missing = []
  const note = noteIn(missing)
  note('postId', id === null)
  note('permalink', true, 'platform-gives-none')
  note('author.handle', author.handle === null)
  note('author.id', author.id === null)
  note('author.name', author.name === null)
  note('posted', true, time === null ? 'not-in-page' : 'no-full-date')
  note('text', text === null, 'no-words-shown')
  return {
    ...emptyReading('facebook', 'message'),
    postId: id,
    author,
    text,
    direction: directionOf(null, text),
    links: directLinks(words, home),
    media: picturesIn(message).map((part) => {
      const address = absoluteAddress(attributeOf(part, 'src'), home)
      return shownMedia(isMatch(part, 'video') ? 'video' : 'image', address, attributeOf(part, 'alt'))
    }),
    posted: { ...unknownTime, asShown: time },
    visibility: 'direct',
    missing,
  }
}
