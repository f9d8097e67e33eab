import type { OtherSource } from '../model/platform'
import type { Author, PostedTime, PostMedia, PostReading } from '../model/post'
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
  shownMedia,
} from './dom'
import { fileNamed, missingOf, nobody, readWords, site, timeFromSeconds } from './telegram-parts'
import { exactTime, unknownTime } from './times'

const bubble = '.bubble[data-mid]:not(.service):not(.is-sponsored)'
const reply = '.reply'
const notWords =
  '.time, .reactions, reactions-element, .clearfix, .document-container, .webpage, .reply, .tgico, ' +
  'audio-element, poll-element, replies-element, .bubble-call, .contact'

/** In channels and large groups the page adds this to the server's ids. */
const channelOffset = 4_294_967_296

/** The messages of Web K; separators of days, lines of service and chats left open behind this one are none. */
export function findBubbles(root: ParentNode): Element[] {
  return findAll(root, bubble).filter((post) => {
    // The list keeps the places of messages that are out of sight.
    const isFilled = findFirst(post, '.bubble-content > *') !== null
    return isFilled && !findClosest(post, '.chat:not(.active)')
  })
}

export function isBubble(element: Element): boolean {
  return isMatch(element, bubble)
}

type Place = { id: string | null; peer: string | null; isChannel: boolean }

function serverId(mid: string | null): { id: string | null; isChannel: boolean } {
  const number = mid && /^\d{1,16}$/.test(mid) ? Number(mid) : 0
  const isChannel = number > channelOffset
  // A message that is being sent has a fraction in its id.
  return { id: number > 0 ? String(isChannel ? number - channelOffset : number) : null, isChannel }
}

function placeOf(post: Element): Place {
  const peer = attributeOf(post, 'data-peer-id')
  return {
    ...serverId(attributeOf(post, 'data-mid')),
    peer: peer && /^-?\d{1,16}$/.test(peer) ? peer : null,
  }
}

/** The public name of the open chat; not that of a discussion, which opens over the channel it belongs to. */
function publicName(post: Element, address: URL): string | null {
  const kind = attributeOf(findClosest(post, '.chat'), 'data-type')
  return kind === null || kind === 'chat' ? (address.hash.match(/^#@(\w{4,32})$/)?.[1] ?? null) : null
}

function permalinkOf(place: Place, name: string | null): string | null {
  if (!place.id || !place.isChannel || !place.peer?.startsWith('-')) return null
  return name ? `${site}/${name}/${place.id}` : `${site}/c/${place.peer.slice(1)}/${place.id}`
}

/** Labels with the writer's name; those of forwarded messages name whom they are from. */
function labelsIn(group: Element): Element[] {
  return findAll(group, '.name .peer-title, .peer-title.bubble-name-first').filter(
    (label) => !findClosest(label, '.reply, .message, .forwarded, .bubble-name-forwarded'),
  )
}

function avatarIn(group: Element | null): string | null {
  return attributeOf(findFirst(group, '.bubbles-group-avatar[data-peer-id]'), 'data-peer-id')
}

/** The account that wrote: by its picture or name in the group, else the channel or the other person. */
function writerOf(post: Element, place: Place): { id: string | null; label: Element | null } {
  const group = findClosest(post, '.bubbles-group')
  const [label = null] = labelsIn(group ?? post)
  const named = attributeOf(label, 'data-peer-id')
  const pictured = avatarIn(group)
  if (named && pictured && named !== pictured) return { id: null, label: null }
  if (label || pictured) return { id: named ?? pictured, label }
  if (isMatch(post, '.is-out')) return { id: null, label: null }
  const isChannelPost = isMatch(post, '.channel-post')
  const isPrivate = place.peer !== null && !place.peer.startsWith('-')
  return { id: isChannelPost || isPrivate ? place.peer : null, label: null }
}

function readAuthor(post: Element, place: Place, name: string | null): Author {
  const { id, label } = writerOf(post, place)
  if (!id && !label) return nobody
  const chat = findClosest(post, '.chat') ?? post.ownerDocument
  const heading =
    id && /^-?\d+$/.test(id) ? findFirst(chat, `.chat-info .peer-title[data-peer-id="${id}"]`) : null
  // Whoever writes as the chat itself has its public name.
  const handle = name !== null && id !== null && id === place.peer && id.startsWith('-') ? name : null
  return {
    handle,
    name: readLine(label ?? heading, { exclude: '.tgico' }),
    profile: handle ? `${site}/${handle}` : null,
    id,
  }
}

function readTime(post: Element, now: Date): PostedTime {
  const exclude = '.time-inner, .post-views, .time-post-author, .time-edited, .time-replies, .tgico'
  const asShown = readLine(findFirst(post, '.time'), { exclude })
  const iso = timeFromSeconds(attributeOf(post, 'data-timestamp'), now)
  return iso ? exactTime('dom', iso, asShown) : { ...unknownTime, asShown }
}

function readShown(holder: Element): PostMedia | null {
  const video = findFirst(holder, 'video')
  const picture = findFirst(holder, 'img.media-photo:not(.thumbnail), img.media-sticker, img')
  const isVideo = video !== null || findFirst(holder, '.video-time') !== null
  if (!isVideo && !picture) return null
  const address = absoluteAddress(attributeOf(isVideo ? video : picture, 'src'), site)
  const shown = shownMedia(isVideo ? 'video' : 'image', address, attributeOf(picture, 'alt'))
  const isHidden = findFirst(holder, '.media-spoiler-container') !== null
  return isHidden ? { ...shown, address: null, isHidden } : shown
}

function readMedia(post: Element): PostMedia[] {
  const replies = findAll(post, reply)
  const items = findAll(post, '.album-item')
  const holders =
    items.length > 0 ? items : findAll(post, '.attachment:not(.spoilers-container), .media-round')
  const outermost = holders.filter(
    (holder) => !holders.some((each) => each !== holder && isWithin(holder, [each])),
  )
  const files = findAll(post, '.document-container').flatMap((holder) =>
    findFirst(holder, 'audio-element')
      ? [shownMedia('audio', null)]
      : fileNamed(
          attributeOf(findFirst(holder, '.document-name [title]'), 'title') ??
            readLine(findFirst(holder, '.document-name')),
        ),
  )
  const cards = findAll(post, 'a.webpage[href]').map((card) =>
    shownMedia(
      'card',
      absoluteAddress(attributeOf(card, 'href'), site),
      readLine(findFirst(card, '.webpage-title')) ?? readLine(card),
    ),
  )
  const shown = outermost.filter((each) => !isWithin(each, replies)).flatMap((each) => readShown(each) ?? [])
  return [...shown, ...files, ...cards].slice(0, 100)
}

function wordsIn(post: Element): Element | null {
  // A round video has a hidden second copy of its sound in place of words.
  if (findFirst(post, '.media-round')) return null
  const outside = findAll(post, reply)
  for (const selector of ['.translatable-message', '.document-message', '.message'])
    if (findFirst(post, selector, outside)) return findFirst(post, selector, outside)
  return null
}

/** Id of the message answered, where it is one of the same chat. */
function answeredId(post: Element, peer: string | null): string | null {
  const holder = attributeOf(post, 'data-reply-to-mid') ? post : findFirst(post, '.reply[data-reply-to-mid]')
  const other = attributeOf(holder, 'data-reply-to-peer-id')
  return other && other !== peer ? null : serverId(attributeOf(holder, 'data-reply-to-mid')).id
}

/** What a message of Web K shows. */
export function readBubble(post: Element, address: URL, now: Date): PostReading {
  const place = placeOf(post)
  const name = publicName(post, address)
  const words = readWords(wordsIn(post), address, { exclude: notWords })
  const emoji = isMatch(post, '.emoji-big') ? readWords(findFirst(post, '.attachment'), address, {}) : words
  const views = readLine(findFirst(post, '.post-views'), { exclude: '.tgico' })
  const isPrivate = place.peer !== null && !place.peer.startsWith('-')
  const reading: PostReading = {
    ...emptyReading('telegram', 'message'),
    ...(words.text === null ? emoji : words),
    postId: place.id,
    permalink: permalinkOf(place, name),
    author: readAuthor(post, place, name),
    media: isMatch(post, '.emoji-big') ? [] : readMedia(post),
    counts: views && /\p{Nd}/u.test(views) ? { views } : {},
    posted: readTime(post, now),
    parentPostId: answeredId(post, place.peer),
    visibility: isPrivate ? 'direct' : null,
    isEdited: findFirst(post, '.time-edited') !== null,
  }
  const missing = missingOf(reading, {
    author: isMatch(post, '.is-out') ? 'own-message' : 'not-in-page',
    permalink: place.isChannel || place.id === null ? 'not-in-page' : 'platform-gives-none',
    posted: 'not-in-page',
    isForward: isMatch(post, '.forwarded'),
    isReply: isMatch(post, '.is-reply') || findFirst(post, reply) !== null,
  })
  return { ...reading, missing }
}

/** The account once more, on the line that colours its name. */
export function otherSourcesOfBubble(post: Element): OtherSource[] {
  const [label] = labelsIn(post)
  const line = findClosest(label ?? null, '.name[data-peer-id]')
  const value = line && isWithin(line, [post]) ? attributeOf(line, 'data-peer-id') : null
  return value && /^-?\d{1,16}$/.test(value) ? [{ fact: 'author-id', source: 'embedded-data', value }] : []
}
