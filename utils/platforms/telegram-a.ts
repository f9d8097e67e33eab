import type { OtherSource } from '../model/platform'
import type { Author, PostMedia, PostReading } from '../model/post'
import {
  absoluteAddress,
  attributeOf,
  emptyReading,
  findAll,
  findFirst,
  isMatch,
  isWithin,
  previousOf,
  readLine,
  shorten,
  shownMedia,
} from './dom'
import { fileNamed, missingOf, nobody, readWords, site } from './telegram-parts'
import { unknownTime } from './times'

const message = '.Message.message-list-item[data-message-id]'
const embedded = '.EmbeddedMessage, .WebPage'

/** The messages of Web A; separators of days, lines of service and emptied places of the list are none. */
export function findMessages(root: ParentNode): Element[] {
  return findAll(root, message).filter((post) => findFirst(post, '.message-content > *') !== null)
}

export function isMessage(element: Element): boolean {
  return isMatch(element, message)
}

function isForward(post: Element): boolean {
  return findFirst(post, '.forwarded-message') !== null
}

function nameIn(post: Element): Element | null {
  if (isForward(post)) return null
  return findFirst(post, '.message-title-name', findAll(post, embedded))
}

/** The name at the head of the run of messages that this one belongs to. */
function nameOver(post: Element): Element | null {
  const isOwn = isMatch(post, '.own')
  let at: Element | null = post
  for (let steps = 0; at && steps < 300; steps += 1) {
    if (!isMessage(at) || isMatch(at, '.own') !== isOwn) return null
    const name = nameIn(at)
    if (name || isMatch(at, '.first-in-group')) return name
    at = previousOf(at)
  }
  return null
}

/** In a private conversation whoever is not oneself is the person in the address. */
function readAuthor(post: Element, address: URL): Author {
  const name = readLine(nameOver(post), { exclude: '.icon' })
  const person = address.hash.match(/^#(\d{1,16})$/)?.[1] ?? null
  return { ...nobody, name, id: isMatch(post, '.own') ? null : person }
}

function readShown(holder: Element): PostMedia | null {
  const video = findFirst(holder, 'video')
  const picture = findFirst(holder, 'img')
  if (!video && !picture) return null
  const address = absoluteAddress(attributeOf(video ?? picture, 'src'), site)
  return shownMedia(video ? 'video' : 'image', address, attributeOf(picture, 'alt'))
}

function readMedia(post: Element): PostMedia[] {
  const outside = findAll(post, embedded)
  const own = (selector: string) => findAll(post, selector).filter((part) => !isWithin(part, outside))
  const cards = findAll(post, '.WebPage').flatMap((card) => {
    const address = absoluteAddress(attributeOf(findFirst(card, 'a[href]'), 'href'), site)
    return address
      ? [shownMedia('card', address, readLine(findFirst(card, '.site-title')) ?? readLine(card))]
      : []
  })
  return [
    ...own('.media-inner').flatMap((holder) => readShown(holder) ?? []),
    ...own('.Audio').map(() => shownMedia('audio', null)),
    ...own('.File .file-title').flatMap((title) => fileNamed(attributeOf(title, 'title') ?? readLine(title))),
    ...cards,
  ].slice(0, 100)
}

/** Only channels and large groups give their messages an address; a name alone may be a person's. */
function permalinkOf(id: string | null, address: URL): string | null {
  const chat = address.hash.match(/^#-100(\d{5,13})(?:_\d+)?$/)?.[1]
  return id && chat ? `${site}/c/${chat}/${id}` : null
}

/** What a message of Web A shows. The page has the day only in the line above a day's messages: no moment. */
export function readMessage(post: Element, address: URL): PostReading {
  const shownId = attributeOf(post, 'data-message-id') ?? ''
  const id = /^[1-9]\d{0,15}$/.test(shownId) ? shownId : null
  const outside = findAll(post, embedded)
  const time = findFirst(post, '.message-time', outside)
  const isPrivate = /^#\d{1,16}$/.test(address.hash)
  const words = readWords(findFirst(post, '.text-content', outside), address, {
    exclude: '.MessageMeta, .Reactions, .translation-animation',
  })
  const reading: PostReading = {
    ...emptyReading('telegram', 'message'),
    ...words,
    postId: id,
    permalink: permalinkOf(id, address),
    author: readAuthor(post, address),
    media: readMedia(post),
    posted: { ...unknownTime, asShown: shorten(attributeOf(time, 'title')) ?? readLine(time) },
    visibility: isPrivate ? 'direct' : null,
  }
  const missing = missingOf(reading, {
    author: isMatch(post, '.own') ? 'own-message' : 'not-in-page',
    permalink: isPrivate ? 'platform-gives-none' : 'chat-not-in-address',
    posted: 'not-exact-in-page',
    isForward: isForward(post),
    isReply: findFirst(post, '.EmbeddedMessage') !== null,
  })
  return { ...reading, missing }
}

/** The message's id once more, in the element's own id and on the mark below it. */
export function otherSourcesOfMessage(post: Element): OtherSource[] {
  const own = attributeOf(post, 'id')?.match(/^message-(\d{1,16})$/)?.[1]
  const marked = attributeOf(findFirst(post, '.bottom-marker[data-message-id]'), 'data-message-id')
  const sources: OtherSource[] = own ? [{ fact: 'post-id', source: 'id', value: own }] : []
  return marked && /^\d{1,16}$/.test(marked)
    ? [...sources, { fact: 'post-id', source: 'embedded-data', value: marked }]
    : sources
}
