import type { Author, PostMedia } from '../model/post'
import {
  absoluteAddress,
  attributeOf,
  findAll,
  findClosest,
  findFirst,
  isMatch,
  isWithin,
  parentOf,
  readLine,
  readText,
} from './dom'
import { type Prefix, readPrefix } from './whatsapp-times'

export const site = 'https://web.whatsapp.com'

export const selectors = {
  message: '[data-id]',
  /** The bubble; lines of service ("joined", "end-to-end encrypted") and days have an id, but none of these. */
  bubble:
    '.message-in, .message-out, [data-testid="msg-container"], [data-pre-plain-text], [data-icon*="recalled"]',
  chat: '[id="main"]',
  prefix: '[data-pre-plain-text]',
  /** The name over the first message of a run in a group; a second one is the number, or the name chosen. */
  author: '[data-testid="author"]',
  words: '.selectable-text, [data-testid="selectable-text"]',
  /** A button with the rest of a long message behind it. */
  more: '.read-more-button, [data-testid="read-more"]',
  quote: '[data-testid="quoted-message"]',
  preview: '[data-testid="link-preview-container"]',
  poll: '[data-testid="poll-bubble"]',
  deleted: '[data-icon*="recalled"], [data-testid="recalled-msg"]',
  forwarded: '[data-icon*="forwarded"], [data-icon="forward-refreshed"], [data-testid^="forwarded"]',
  meta: '[data-testid="msg-meta"]',
  edited: '[data-testid="msg-edited"], [data-icon^="edited"]',
  /** Only one's own messages have signs of delivery. */
  own: '.message-out, [data-icon="tail-out"], [data-icon^="msg-check"], [data-icon^="msg-dblcheck"]',
} as const

/** One message: its element, what others wrote in it, and what the clipboard would say of it. */
export type Scope = { root: Element; outside: readonly Element[]; prefix: Prefix | null }

/** What every message has of its own: no quoted one holds it. */
const ownParts = `${selectors.prefix}, ${selectors.meta}, :is(${selectors.words}):not(.quoted-mention)`

/**
 * Without its test id the quoted message is the largest box around the quoted words that holds nothing of the answer.
 * Whoever is named in it did not write the answer.
 */
function boxAround(quoted: Element, root: Element): Element {
  const above = parentOf(quoted)
  const isAnswers = !above || above === root || isMatch(above, selectors.prefix) || findFirst(above, ownParts)
  return isAnswers ? quoted : boxAround(above, root)
}

function quotesIn(root: Element): Element[] {
  const marked = findAll(root, selectors.quote)
  // What was deleted cannot be copied: beside what can, it is the quoted one that was.
  const deleted = findFirst(root, selectors.prefix) ? findAll(root, selectors.deleted) : []
  const quoted = [...findAll(root, '.quoted-mention'), ...deleted]
  return [...marked, ...quoted.map((each) => boxAround(each, root))]
}

export function scopeOf(root: Element): Scope {
  const outside = [...quotesIn(root), ...findAll(root, `${selectors.preview}, ${selectors.poll}`)]
  const holder = isMatch(root, selectors.prefix) ? root : findFirst(root, selectors.prefix, outside)
  return { root, outside, prefix: readPrefix(attributeOf(holder, 'data-pre-plain-text')) }
}

export function own(scope: Scope, selector: string): Element | null {
  return findFirst(scope.root, selector, scope.outside)
}

export function ownAll(scope: Scope, selector: string): Element[] {
  return findAll(scope.root, selector).filter((element) => !isWithin(element, scope.outside))
}

/** Whether the message answers another, which it shows in part. */
export function isAnswer(root: Element): boolean {
  return quotesIn(root).length > 0
}

/** What an id says: until August 2026 whose chat, whose message and by whom; since then only the message. */
export type Place = { id: string | null; chat: string | null; sender: string | null; isOwn: boolean | null }

const account = '([^_@\\s]{1,40}@[a-z.]{3,20})'
const longId = new RegExp(`^(true|false)_${account}_([0-9A-Za-z]{6,64})(?:_${account})?$`)

/** The parts of `data-id`. All null when it is no message's. */
export function placeOf(root: Element): Place {
  const shown = attributeOf(root, 'data-id') ?? ''
  const [, isOwn, chat = null, long, sender = null] = shown.match(longId) ?? []
  const short = shown.match(/^(?:(true|false)_)?([0-9A-Za-z]{8,64})$/)
  const side = isOwn ?? short?.[1]
  return { id: long ?? short?.[2] ?? null, chat, sender, isOwn: side === undefined ? null : side === 'true' }
}

/** Whether it is the message of the person whose browser this is. */
export function isOwn(scope: Scope): boolean {
  const { isOwn } = placeOf(scope.root)
  return isOwn ?? (isMatch(scope.root, selectors.own) || own(scope, selectors.own) !== null)
}

/** A telephone number as `+` and digits. Null for anything else. */
export function phoneIn(text: string | null): string | null {
  const number = text?.replace(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, '').trim() ?? ''
  if (!/^\+[\d\s().\u2010-\u2015-]{7,30}$/.test(number)) return null
  const digits = number.replace(/\D/g, '')
  return digits.length >= 7 && digits.length <= 15 ? `+${digits}` : null
}

/** The number of an account: only accounts of this kind are numbers. */
function phoneOf(id: string | null): string | null {
  return phoneIn(id?.match(/^(\d{7,15})@(?:c\.us|s\.whatsapp\.net)$/)?.[1]?.replace(/^/, '+') ?? null)
}

/** Whoever wrote: in a group the account behind the message, in a private chat the other one. */
function senderOf({ chat, sender, isOwn }: Place): string | null {
  if (isOwn !== false) return null
  return sender ?? (chat && /@(?:c\.us|lid)$/.test(chat) ? chat : null)
}

/** Everything that the page says of who wrote, each by its place. */
export type Names = {
  shownName: string | null
  shownPhone: string | null
  prefixName: string | null
  prefixPhone: string | null
  idPhone: string | null
  /** Spoken before the message: "Name:"; for one's own "You:", which is no name. */
  label: string | null
  id: string | null
}

export function namesOf(scope: Scope): Names {
  const place = placeOf(scope.root)
  const shown = ownAll(scope, selectors.author).flatMap((label) => readLine(label) ?? [])
  const sender = scope.prefix?.sender ?? null
  const label = isOwn(scope) ? null : own(scope, 'span[aria-label$=":"], span[aria-label$="："]')
  const id = senderOf(place)
  return {
    shownName: shown.find((name) => phoneIn(name) === null) ?? null,
    shownPhone: shown.map(phoneIn).find((phone) => phone !== null) ?? null,
    prefixName: phoneIn(sender) ? null : sender,
    prefixPhone: phoneIn(sender),
    idPhone: phoneOf(id),
    label:
      attributeOf(label, 'aria-label')
        ?.replace(/\s*[:：]$/, '')
        .trim() || null,
    id,
  }
}

/** Name and number as the page gives them; the number is the account. */
export function authorFrom(names: Names): Author {
  const labelName = phoneIn(names.label) ? null : names.label
  return {
    handle: names.shownPhone ?? names.prefixPhone ?? phoneIn(names.label) ?? names.idPhone,
    name: names.shownName ?? names.prefixName ?? labelName,
    profile: null,
    id: names.id,
  }
}

const emoji = 'img.emoji, img[data-plain-text], .selectable-text img, [data-testid="selectable-text"] img'

/** Pictures lie in the page as `blob:` addresses, with a blurred copy below each. */
function readPictures(scope: Scope): PostMedia[] {
  const pictures = ownAll(scope, 'img[src^="blob:"], img[src^="data:image/"]').filter(
    (picture) =>
      !isMatch(picture, emoji) && !findClosest(picture, '[data-testid*="profile"], [data-testid*="avatar"]'),
  )
  const holders = new Map<Element, Element>()
  for (const picture of pictures) {
    const holder = findClosest(picture, '[data-testid="image-thumb"], [role="button"]')
    holders.set(holder && isWithin(holder, [scope.root]) && holder !== scope.root ? holder : picture, picture)
  }
  return [...holders.values()].map((picture) => ({
    kind: 'image',
    address: null,
    alt: attributeOf(picture, 'alt')?.trim() || null,
    isHidden: false,
  }))
}

function one(kind: PostMedia['kind'], alt: string | null = null, address: string | null = null): PostMedia {
  return { kind, address, alt, isHidden: false }
}

function readFiles(scope: Scope): PostMedia[] {
  const icons = ownAll(scope, '[data-testid="document-thumb"], [data-icon*="document"], [data-icon^="doc-"]')
  if (icons.length === 0) return []
  const titled = ownAll(scope, '[title]').map((part) => attributeOf(part, 'title')?.trim() || null)
  return [one('card', titled.find((title) => title !== null && /\.\w{1,8}$/.test(title)) ?? null)]
}

/** What a message carries beside its words. Nothing of it has an address that could be fetched. */
export function readMedia(scope: Scope): PostMedia[] {
  const isVoice = own(scope, 'audio, [data-icon*="audio-"], [data-icon*="ptt"]') !== null
  const isVideo = own(scope, 'video, [data-icon="media-play"], [data-icon*="video"]') !== null
  const pictures = isVoice ? [] : readPictures(scope)
  const previews = findAll(scope.root, selectors.preview).map((preview) => {
    const title = readLine(findFirst(preview, '[data-testid="link-preview-title"]')) ?? readLine(preview)
    const link = findClosest(preview, 'a[href]') ?? findFirst(preview, 'a[href]')
    return one('card', title, absoluteAddress(attributeOf(link, 'href'), site))
  })
  const polls = findAll(scope.root, selectors.poll).map((poll) => one('poll', readText(poll)))
  return [
    ...(isVideo ? [one('video', pictures[0]?.alt ?? null)] : pictures),
    ...(isVoice ? [one('audio')] : []),
    ...readFiles(scope),
    ...previews,
    ...polls,
  ].slice(0, 100)
}

/** Beside the hour stands a word only when the message was changed, in whatever language. */
export function isEdited(scope: Scope): boolean {
  if (own(scope, selectors.edited)) return true
  const meta = own(scope, selectors.meta)
  const leaves = meta ? findAll(meta, '*').filter((part) => findFirst(part, '*') === null) : []
  return leaves.some((leaf) => {
    const isSign = findClosest(leaf, 'svg, [data-icon], [aria-hidden="true"]') !== null
    const text = isSign ? null : readLine(leaf)
    return text !== null && /\p{L}/u.test(text) && !/\p{Nd}/u.test(text)
  })
}
