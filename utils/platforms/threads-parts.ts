import type { PostMedia, PostReading } from '../model/post'
import {
  absoluteAddress,
  attributeOf,
  directionOf,
  eachOnce,
  findAll,
  findClosest,
  findFirst,
  isMatch,
  isWithin,
  parentOf,
  readLine,
  readText,
  shownMedia,
} from './dom'
import { cardTitle, directAddress, directLinks, findCommon, isAvatar, isBefore, wordOptions } from './meta'

/** One per post. A quoted post has its own, inside that of the post that quotes it. */
export const container = '[data-pressable-container="true"]'

const postShape = /^\/@([\w.]{1,60})\/post\/([\w-]{5,60})\/?$/

/** A post's address: its author and code. */
export type Status = { handle: string; code: string }

/** Every match that belongs to the post itself and not to one quoted in it. */
export function ownAll(post: Element, selector: string): Element[] {
  return findAll(post, selector).filter((element) => findClosest(parentOf(element), container) === post)
}

/** Author and code in the address of a post. Null for any other address. */
export function statusOf(href: string | null, base: URL): Status | null {
  const address = absoluteAddress(href, base)
  const found = address ? new URL(address).pathname.match(postShape) : null
  return found?.[1] && found[2] ? { handle: found[1], code: found[2] } : null
}

/** Handle in the address of a profile, and of nothing below it. Null for any other address. */
export function handleOf(link: Element | null, base: URL): string | null {
  const address = absoluteAddress(attributeOf(link, 'href'), base)
  return address ? (new URL(address).pathname.match(/^\/@([\w.]{1,60})\/?$/)?.[1] ?? null) : null
}

/** Whether the post stands inside another one that quotes it. */
function isQuoted(post: Element): boolean {
  return findClosest(parentOf(post), container) !== null
}

/** What a post begins with: its time, the address around it, and the line they stand in. */
export type Head = { status: Status | null; time: Element; line: Element; author: string | null }

/** The head of a post. Null when the container holds no post: an emptied slot, or a person to follow. */
export function readHead(post: Element, base: URL): Head | null {
  const time = ownAll(post, 'time[datetime], a[href*="/post/"] time')[0] ?? null
  if (!time) return null
  const link = findClosest(time, 'a[href]')
  const linked = statusOf(attributeOf(link, 'href'), base)
  const profiles = ownAll(post, 'a[href*="/@"]').filter((each) => handleOf(each, base) !== null)
  const names = profiles.filter((each) => readLine(each, { exclude: 'img' }) !== null)
  const author = linked?.handle ?? handleOf(names[0] ?? null, base)
  // On its own page a post may not link to itself.
  const here = link ? null : statusOf(base.href, base)
  const status = linked ?? (here?.handle === author && !isQuoted(post) ? here : null)
  if (author === null || (!status && !isQuoted(post))) return null
  const name = names.find((each) => handleOf(each, base) === author)
  const line = (name && findCommon(time, name, post)) ?? parentOf(time) ?? time
  const menu = ownAll(post, '[aria-haspopup="menu"]')[0]
  return { status, time, line: (menu && findCommon(line, menu, post)) ?? line, author }
}

const notWords = 'a, button, [role="button"], [role="link"], time'

/** The elements with the post's words: between its head and the first picture, button or quoted post. */
function findWords(post: Element, head: Head): { blocks: Element[]; next: Element | null } {
  const blocks: Element[] = []
  const parts = findAll(post, `span[dir="auto"], [role="button"], img, video, ${container}`)
  for (const part of parts) {
    if (!isBefore(head.line, part) || isWithin(part, [head.line, ...blocks])) continue
    if (!isMatch(part, 'span[dir="auto"]')) return { blocks, next: part }
    const holder = findClosest(part, notWords)
    if (!holder || !isWithin(holder, [post]) || holder === post) blocks.push(part)
  }
  return { blocks, next: null }
}

/** Words, links and mentions of a post. */
export function readWords(post: Element, head: Head, base: URL) {
  const { blocks, next } = findWords(post, head)
  const lines = blocks.flatMap((block) => readText(block, wordOptions) ?? [])
  const text = lines.length > 0 ? lines.join('\n') : null
  const links = blocks.flatMap((block) => directLinks(block, base)).slice(0, 200)
  const mentions = links.flatMap(
    (link) => new URL(link.address).pathname.match(/^\/@([\w.]{1,60})\/?$/)?.[1] ?? [],
  )
  // "Read more" stands behind the ellipsis; it has words and no sign.
  const isCutOff = next !== null && isMatch(next, '[role="button"]') && !findFirst(next, 'svg')
  return {
    text,
    direction: directionOf(null, text),
    links,
    mentions: eachOnce(mentions),
    isTruncated: isCutOff && /(…|\.\.\.)$/.test(text ?? ''),
  }
}

/** Pictures, videos and link cards of the post itself, in page order. */
export function readMedia(post: Element, head: Head, base: URL): PostMedia[] {
  const { blocks } = findWords(post, head)
  const shown = ownAll(post, 'img, video, a[href^="https://l.threads."]').filter(
    (part) => isBefore(head.line, part) && !isWithin(part, [head.line, ...blocks]),
  )
  const cards = shown.filter((part) => isMatch(part, 'a'))
  return shown
    .filter((part) => isMatch(part, 'a') || !isWithin(part, cards))
    .flatMap((part) => readMedium(part, base) ?? [])
    .slice(0, 100)
}

function readMedium(part: Element, base: URL): PostMedia | null {
  const address = absoluteAddress(attributeOf(part, isMatch(part, 'a') ? 'href' : 'src'), base)
  if (isMatch(part, 'a')) return shownMedia('card', address && directAddress(address), cardTitle(part))
  if (isMatch(part, 'video')) return shownMedia('video', address, attributeOf(part, 'aria-label'))
  // The still picture of a video lies beside it; pictures of accounts are links to them.
  const isStill = findFirst(parentOf(part), 'video') !== null
  if (isStill || isAvatar(part) || handleOf(findClosest(part, 'a[href]'), base)) return null
  return shownMedia('image', address, attributeOf(part, 'alt'))
}

const countNames = ['likes', 'replies', 'reposts', 'shares'] as const

/** The figures under the post, as shown, by the order of their four buttons. */
export function readCounts(post: Element, head: Head): PostReading['counts'] {
  const rows = new Map<Element, Element[]>()
  for (const button of ownAll(post, '[role="button"]')) {
    const row = parentOf(parentOf(button))
    if (row && isBefore(head.line, button) && findFirst(button, 'svg'))
      rows.set(row, [...(rows.get(row) ?? []), button])
  }
  const buttons = [...rows.values()].find((each) => each.length === countNames.length) ?? []
  const counts: PostReading['counts'] = {}
  for (const [place, button] of buttons.entries()) {
    const shown = readLine(findFirst(button, 'span'))
    const name = countNames[place]
    if (name && shown !== null && /\p{Nd}/u.test(shown)) counts[name] = shown
  }
  return counts
}

/** The account named above the author, which shared the post. Null when none is. */
export function readReposter(post: Element, head: Head, base: URL): string | null {
  if (isQuoted(post)) return null
  const first = ownAll(post, 'a[href*="/@"]').find((link) => handleOf(link, base) !== null)
  const handle = handleOf(first ?? null, base)
  return first && isBefore(first, head.line) && handle !== head.author ? handle : null
}

/** "Edited": a pencil beside the menu. */
export function isEdited(head: Head): boolean {
  return findFirst(head.line, '[role="button"] path[d^="M11.6126 0.643"], svg[aria-label="Edited"]') !== null
}
