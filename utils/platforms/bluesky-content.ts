import type { PostMedia, PostReading } from '../model/post'
import { asHandle, parts, placeOf, quotesIn } from './bluesky-parts'
import {
  absoluteAddress,
  attributeOf,
  childrenOf,
  eachOnce,
  findAll,
  findClosest,
  findFirst,
  isMatch,
  isWithin,
  linksIn,
  nextOf,
  parentOf,
  readLine,
  readText,
  shownMedia,
} from './dom'

/** The element with the post's own words. Null when the post has none, or they are covered. */
export function textElementOf(post: Element): Element | null {
  return findFirst(post, parts.text, quotesIn(post))
}

/** "2/3" at the end of a numbered thread is the client's, not the author's. */
function numberingIn(text: Element): Element[] {
  return findAll(text, 'span[aria-label]').filter((span) =>
    /^\s*\p{Nd}+\/\p{Nd}+\s*$/u.test(span.textContent ?? ''),
  )
}

/** The post's words as written: line breaks are characters here, and a `div` stands inside a line. */
export function readWords(text: Element | null): string | null {
  if (!text) return null
  return readText(text, { inline: 'div', outside: numberingIn(text), whiteSpace: 'keep' })
}

/**
 * Whether the client shows only the first lines of the text (25 in lists, 20 in quotes). All of it is in the page
 * and in the reading; a picture of the post shows less.
 */
export function isClamped(text: Element | null, words: string | null): boolean {
  const limit = /line-clamp:\s*(\d+)/.exec(attributeOf(text, 'style') ?? '')?.[1]
  if (!text || limit === undefined) return false
  const next = nextOf(text)
  const more = next && isMatch(next, 'button') ? next : childrenOf(next)[0]
  if (more && isMatch(more, 'button') && !findFirst(more, 'img, svg, video')) return true
  return (words?.split('\n').length ?? 0) > Number(limit)
}

/** Links of the text to elsewhere, and handles mentioned in it (their links go by DID). */
export function readLinks(text: Element | null, address: URL): Pick<PostReading, 'links' | 'mentions'> {
  const links = linksIn(text, address)
  const isProfile = (link: { address: string }) =>
    /^\/profile\/[^/]+\/?$/.test(new URL(link.address).pathname)
  const isInside = (link: { address: string }) => new URL(link.address).origin === address.origin
  const mentions = links
    .filter((link) => isInside(link) && isProfile(link))
    .flatMap(({ text: shown }) => asHandle(shown) ?? [])
  const isOutgoing = (link: { address: string }) =>
    !isInside(link) || /\/post\/|\/feed\/|\/lists\//.test(link.address)
  return { links: links.filter(isOutgoing), mentions: eachOnce(mentions) }
}

/** The name of a moderation cover, and whether the reader has opened it. */
export type Cover = { label: string; isOpen: boolean }

/** A moderation cover: a button with the label's name and a second line ("Show"), nothing behind it while closed. */
export function readCover(post: Element): Cover | null {
  const outside = [...quotesIn(post), ...findAll(post, parts.controls)]
  for (const button of findAll(post, 'button[aria-label]')) {
    if (isWithin(button, outside) || findFirst(button, 'img')) continue
    const lines = findAll(button, 'div[dir="auto"]')
    const label = readLabel(lines[0] ?? null)
    if (label === null || label !== attributeOf(button, 'aria-label')?.trim()) continue
    // With one line it is a cover that cannot be opened, or the sign of a label beside an open text.
    const box = parentOf(button)
    const isWhole = box !== null && isMatch(box, '[data-testid^="contentHider"]')
    if (!findFirst(button, 'svg') || (lines.length < 2 && !isWhole)) continue
    const rest = childrenOf(box).filter((part) => !isMatch(part, 'button'))
    return { label, isOpen: rest.some((part) => childrenOf(part).length > 0) }
  }
  return null
}

// Everything in a button is left out of a text, so the label is read from its own line.
function readLabel(line: Element | null): string | null {
  return line ? readLine(line) : null
}

function imageFrom(image: Element, address: URL): PostMedia {
  const alt = attributeOf(image, 'alt')
  return shownMedia('image', absoluteAddress(attributeOf(image, 'src'), address), alt === '' ? null : alt)
}

function videoFrom(video: Element, address: URL): PostMedia {
  const figure = findClosest(video, 'figure')
  const alt = readText(findFirst(figure, 'figcaption')) ?? attributeOf(video, 'aria-label')
  return shownMedia('video', absoluteAddress(attributeOf(video, 'src'), address), alt || null)
}

/**
 * Pictures, videos and link cards of the post itself. A video's address is null: the client plays it from a
 * `blob:`. A covered medium is not in the page at all; the cover alone shows that there is one.
 */
export function readMedia(post: Element, text: Element | null, address: URL): PostMedia[] {
  const outside = [...quotesIn(post).filter((quote) => quote !== post), ...(text ? [text] : [])]
  const cards = findAll(post, 'a[target="_blank"][aria-label]').filter((card) => !isWithin(card, outside))
  const media: PostMedia[] = []
  const selector = 'img[src*="/img/feed_"], video, a[target="_blank"][aria-label]'
  for (const element of findAll(post, selector)) {
    if (isWithin(element, outside)) continue
    if (isMatch(element, 'a')) {
      const card = absoluteAddress(attributeOf(element, 'href'), address)
      media.push(shownMedia('card', card, attributeOf(element, 'aria-label')))
    } else if (isMatch(element, 'video')) media.push(videoFrom(element, address))
    else if (!isWithin(element, cards)) media.push(imageFrom(element, address))
  }
  const cover = readCover(post)
  if (cover && !cover.isOpen && text) media.push({ kind: 'image', address: null, alt: null, isHidden: true })
  return media.slice(0, 100)
}

const countLabels = [
  ['replies', '[data-testid="replyBtn"] div[dir="auto"]'],
  ['reposts', '[data-testid="repostCount-expanded"] span, [data-testid="repostCount"]'],
  ['quotes', '[data-testid="quoteCount-expanded"] span'],
  ['likes', '[data-testid="likeCount-expanded"] span, [data-testid="likeCount"]'],
] as const

/** Counts as shown. The repost count in a list is that of reposts and quotes together. */
export function readCounts(post: Element): Record<string, string> {
  if (placeOf(post) === 'quote') return {}
  const counts: Record<string, string> = {}
  for (const [name, selector] of countLabels) {
    const shown = readLine(findFirst(post, selector, quotesIn(post)))
    if (shown !== null) counts[name] = shown
  }
  return counts
}
