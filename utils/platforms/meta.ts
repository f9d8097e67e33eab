import type { PostReading } from '../model/post'
import {
  absoluteAddress,
  attributeOf,
  findAll,
  findClosest,
  findFirst,
  isMatch,
  isWithin,
  linksIn,
  parentOf,
  readLine,
  readText,
  type TextOptions,
} from './dom'
import { timeFromMs } from './times'

// What Facebook, Instagram and Threads have in common: their pages are made by one toolkit.

/** Buttons inside a text ("See more", "Translate") are no words of it. */
export const wordOptions = {
  exclude: '[role="button"], [data-0]',
  whiteSpace: 'keep',
} as const satisfies TextOptions

const codeLetters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
/** The scheme began days before; the counters used until then decode to its first seconds. */
const codesBegan = Date.UTC(2011, 8, 1)

/**
 * The moment in the code of an Instagram or Threads post, in UTC: that at which its upload began. Null when the code
 * is of another kind.
 */
export function timeFromCode(code: string, now: Date): string | null {
  // Posts of private accounts have 28 letters more.
  const letters = code.length > 28 ? code.slice(0, -28) : code
  if (!/^[\w-]{9,12}$/.test(letters)) return null
  let id = 0n
  for (const letter of letters) id = id * 64n + BigInt(codeLetters.indexOf(letter))
  return timeFromMs(Number((id >> 23n) + 1_314_220_021_721n), codesBegan, now)
}

/**
 * How far from the time that the page shows: seen were 55 s after it, and 8 minutes before it with a video, whose
 * upload begins while the words are still being written.
 */
export const codeSpan = { beforeMs: 6 * 3_600_000, afterMs: 120_000 } as const

const forwarders = /^(l|lm)\.(facebook|instagram|threads)\.(com|net)$/
/** What the platform adds to its links to follow people; no part of an address. */
const tracking = /^(__|fbclid$|igsh$|igshid$|xmt$|eav$|paipv$|refid$|ref$|refsrc$|rdid$|_rdr$|hc_location$)/

/** The address a link leads to, without the platform's forwarding page and its marks for following people. */
export function directAddress(address: string): string {
  const shown = new URL(address)
  const target = forwarders.test(shown.hostname)
    ? absoluteAddress(shown.searchParams.get('u'), address)
    : null
  const direct = new URL(target ?? address)
  for (const name of [...direct.searchParams.keys()])
    if (tracking.test(name)) direct.searchParams.delete(name)
  return direct.href
}

/** The links of a text, direct. */
export function directLinks(element: Element | null, base: URL | string): PostReading['links'] {
  return linksIn(element, base, wordOptions).map((link) => ({
    ...link,
    address: directAddress(link.address),
  }))
}

/** Links over the platform's forwarding page that match, direct; those in `outside` are left out. */
export function outgoingLinks(
  element: Element | null,
  selector: string,
  { base, outside }: { base: URL | string; outside: Element | null },
): PostReading['links'] {
  const links = element ? findAll(element, selector) : []
  return links
    .filter((link) => !outside || !isWithin(link, [outside]))
    .flatMap((link) => {
      const address = absoluteAddress(attributeOf(link, 'href'), base)
      const label = attributeOf(findFirst(link, '[aria-label]'), 'aria-label')
      return address ? [{ address: directAddress(address), text: readLine(link) ?? label ?? '' }] : []
    })
}

/** Whether the first element begins before the second in the page. */
export function isBefore(first: Element, second: Element): boolean {
  const relation = Node.prototype.compareDocumentPosition.call(first, second)
  return (relation & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
}

/** The nearest element around both, if it lies in `within` or is it. Null otherwise. */
export function findCommon(one: Element, other: Element, within: Element): Element | null {
  let at: Element | null = one
  while (at && !isWithin(other, [at])) at = at === within ? null : parentOf(at)
  return at && isWithin(at, [within]) ? at : null
}

function textBefore(node: Element, within: Element): string {
  let at: Element | null = node
  while (at && at !== within) {
    const before: Node | null = Reflect.get(Node.prototype, 'previousSibling', at)
    const text = before instanceof Text ? before.data : before instanceof Element ? readText(before) : null
    if (text !== null && text.trim() !== '') return text.trim()
    at = parentOf(at)
  }
  return ''
}

/** Whether a button in this text stands behind an ellipsis: the rest of the words is not in the page. */
export function isCut(text: Element | null): boolean {
  if (!text) return false
  return findAll(text, '[role="button"], button').some((button) =>
    /(…|\.\.\.)$/.test(textBefore(button, text)),
  )
}

/** The title of a link card: its second line below the host, where it has two. */
export function cardTitle(card: Element): string | null {
  const blocks = findAll(card, '[dir="auto"]').filter((block) => !findFirst(block, '[dir="auto"]'))
  const lines = blocks.flatMap((block) => readLine(block) ?? [])
  return lines[1] ?? lines[0] ?? readLine(card, { exclude: 'img' }) ?? attributeOf(card, 'aria-label')
}

/** Dots and hyphens between the parts of a line. */
const isWordless = (text: string) => /^[\s\p{P}·•∙]*$/u.test(text)

/**
 * The first element with words after `start` and inside `within`: among its next neighbours, then among those of
 * its parents. `options.outside` and the buttons count as nothing. Null when there is none.
 */
export function findWordsAfter(start: Element, within: Element, options: TextOptions): Element | null {
  let at: Element | null = start
  while (at && at !== within) {
    let next: Element | null = Reflect.get(Element.prototype, 'nextElementSibling', at)
    while (next) {
      // A list in place of a neighbour, or a button: no words.
      const text = next instanceof Element && !isSkipped(next, options) ? readText(next, options) : null
      if (text !== null && !(isWordless(text) && text.length < 3)) return next
      next = next instanceof Element ? Reflect.get(Element.prototype, 'nextElementSibling', next) : null
    }
    at = parentOf(at)
  }
  return null
}

function isSkipped(element: Element, options: TextOptions): boolean {
  const isButton = isMatch(element, 'button, form, ul, [role="button"], [data-0], [aria-hidden="true"]')
  return isButton || isWithin(element, options.outside ?? [])
}

/** A post and what it is known by; asked only when there may be two copies of it. */
export type Found = { post: Element; keysOf: () => readonly string[] }

/** A dialog shows a second copy of posts of the page behind it: the copies in the dialog are kept. */
export function preferDialog(root: ParentNode, found: readonly Found[]): Element[] {
  const posts = found.map(({ post }) => post)
  if (!findFirst(root, '[role="dialog"]')) return posts
  const front = new Set(posts.filter((post) => findClosest(post, '[role="dialog"]') !== null))
  if (front.size === 0 || front.size === posts.length) return posts
  const keys = new Set(found.flatMap((one) => (front.has(one.post) ? one.keysOf() : [])))
  const isBehind = (one: Found) => !front.has(one.post) && one.keysOf().some((key) => keys.has(key))
  return found.filter((one) => !isBehind(one)).map(({ post }) => post)
}

/** Whether this is a picture of a person's or page's account. */
export function isAvatar(image: Element): boolean {
  return /\/t51\.(2885|82787)-19\//.test(attributeOf(image, 'src') ?? '')
}
