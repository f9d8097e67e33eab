import type { Author, PostMedia, PostReading } from '../model/post'
import {
  absoluteAddress,
  attributeOf,
  directionOf,
  eachOnce,
  linksIn,
  readText,
  type TextOptions,
} from './dom'
import { type Missing, noteIn } from './missing'
import { timeFromMs } from './times'

/** Where messages of public chats and channels have their address. */
export const site = 'https://t.me'

/** Telegram opened in August 2013. */
const began = Date.UTC(2013, 7, 1)

export const nobody: Author = { handle: null, name: null, profile: null, id: null }

/** A moment in seconds since 1970 as ISO in UTC. Null when Telegram did not exist then, or it is to come. */
export function timeFromSeconds(seconds: string | null, now: Date): string | null {
  return seconds && /^\d{9,11}$/.test(seconds) ? timeFromMs(Number(seconds) * 1000, began, now) : null
}

/** Name in an address of t.me. Null for what is no public name. */
export function handleIn(href: string | null): string | null {
  const address = absoluteAddress(href, site)
  const { hostname, pathname } = new URL(address ?? site)
  return hostname === 't.me' ? (pathname.match(/^\/(\w{4,32})(?:\/|$)/)?.[1] ?? null) : null
}

/** Words, links and mentions of a message. */
export function readWords(element: Element | null, base: URL, options: TextOptions) {
  const kept: TextOptions = { ...options, whiteSpace: 'keep' }
  const text = readText(element, kept)
  const links = linksIn(element, base, kept)
  const mentions = links.flatMap((link) => link.text.match(/^@(\w{4,32})$/)?.[1] ?? [])
  return { text, links, mentions: eachOnce(mentions), direction: directionOf(element, text) }
}

/** The address in `background-image`, by which previews show pictures. */
export function pictureOf(element: Element): string | null {
  const style = attributeOf(element, 'style') ?? ''
  return absoluteAddress(
    style.match(/background-image:\s*url\(\s*['"]?([^'")]+)['"]?\s*\)/)?.[1] ?? null,
    site,
  )
}

/** A file that is neither picture nor sound; its address is not in the page. */
export function fileNamed(name: string | null): PostMedia[] {
  return name ? [{ kind: 'card', address: null, alt: name, isHidden: false }] : []
}

/** What one would expect of a message and the page does not give, with the reasons of the reader. */
export function missingOf(
  reading: PostReading,
  reasons: { author: string; permalink: string; posted: string; isForward: boolean; isReply: boolean },
): Missing {
  const missing: Missing = []
  const note = noteIn(missing)
  const { author } = reading
  note('postId', reading.postId === null)
  note('permalink', reading.permalink === null, reasons.permalink)
  note('author.handle', author.handle === null, reasons.author)
  note('author.name', author.name === null, reasons.author)
  note('author.id', author.id === null, reasons.author)
  note('posted', reading.posted.iso === null, reasons.posted)
  note('text', reading.text === null, 'no-words-shown')
  note('text.author', reasons.isForward, 'forwarded-from-another')
  note('parentPostId', reasons.isReply && reading.parentPostId === null)
  return missing
}
