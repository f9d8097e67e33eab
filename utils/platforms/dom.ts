import type { PostMedia, PostReading } from '../model/post'
import { unknownTime } from './times'

/** A reading in which nothing is known yet; adapters spread what the page shows over it. */
export function emptyReading(platform: string, kind: PostReading['kind']): PostReading {
  return {
    platform,
    kind,
    postId: null,
    permalink: null,
    author: { handle: null, name: null, profile: null, id: null },
    text: null,
    language: null,
    direction: null,
    links: [],
    mentions: [],
    media: [],
    counts: {},
    posted: unknownTime,
    parentPostId: null,
    replyToHandle: null,
    quotedIn: null,
    repostedBy: null,
    contentWarning: null,
    visibility: null,
    isAd: false,
    isTruncated: false,
    isEdited: false,
    isDeleted: false,
    missing: [],
  }
}

// Documents and forms let the page replace their own methods by elements of the same name (`<img name=…>`),
// also for content scripts. So every call goes through the prototype, and a form is never an answer.
function asks(root: ParentNode): Document | Element | DocumentFragment | null {
  // Not every DOM makes a parsed page a `Document` as well as an `HTMLDocument` (happy-dom does not).
  if (root instanceof Document || root instanceof HTMLDocument) return Document.prototype
  if (root instanceof Element) return Element.prototype
  // Anything else is a list that the page put in place of a neighbouring element.
  return root instanceof DocumentFragment || root instanceof ShadowRoot ? DocumentFragment.prototype : null
}

function isForm(element: Element): boolean {
  return element instanceof HTMLFormElement
}

/** Every element below `root` that matches, in page order, forms left out. */
export function findAll(root: ParentNode, selector: string): Element[] {
  return [...(asks(root)?.querySelectorAll.call(root, selector) ?? [])].filter((element) => !isForm(element))
}

/** The first element below `root` that matches and does not lie in one of `outside`. Null when none does. */
export function findFirst(
  root: ParentNode | null,
  selector: string,
  outside: readonly Element[] = [],
): Element | null {
  if (!root) return null
  const first = asks(root)?.querySelector.call(root, selector) ?? null
  if (!first || (outside.length === 0 && !isForm(first))) return first
  return findAll(root, selector).find((element) => !isWithin(element, outside)) ?? null
}

/** Whether the element is one of `holders` or lies in one. */
export function isWithin(element: Element, holders: readonly Element[]): boolean {
  return holders.some((holder) => Node.prototype.contains.call(holder, element))
}

/** The nearest element upwards, itself included, that matches. Null when none does. */
export function findClosest(element: Element | null, selector: string): Element | null {
  const found = element ? Element.prototype.closest.call(element, selector) : null
  return found && !isForm(found) ? found : null
}

/** Whether the element itself matches. */
export function isMatch(element: Element, selector: string): boolean {
  return Element.prototype.matches.call(element, selector)
}

/** The attribute's value; null when it is absent or there is no element. */
export function attributeOf(element: Element | null | undefined, name: string): string | null {
  return element ? Element.prototype.getAttribute.call(element, name) : null
}

// The neighbours of an element, for the same reason past the element itself: a form can stand anywhere.

/** The element around this one. Null for the outermost. */
export function parentOf(element: Element | null): Element | null {
  return element ? Reflect.get(Node.prototype, 'parentElement', element) : null
}

/** The elements directly inside this one. */
export function childrenOf(element: Element | null): Element[] {
  return element ? [...Reflect.get(Element.prototype, 'children', element)] : []
}

/** The element after this one in the same parent. Null for the last. */
export function nextOf(element: Element | null): Element | null {
  return element ? Reflect.get(Element.prototype, 'nextElementSibling', element) : null
}

/** The element before this one in the same parent. Null for the first. */
export function previousOf(element: Element | null): Element | null {
  return element ? Reflect.get(Element.prototype, 'previousElementSibling', element) : null
}

/** The same elements, each once, in the order in which they stand in the page. */
export function inPageOrder(elements: readonly Element[]): Element[] {
  const isAfter = (one: Element, other: Element) =>
    Node.prototype.compareDocumentPosition.call(one, other) & Node.DOCUMENT_POSITION_PRECEDING
  return [...new Set(elements)].sort((one, other) => (isAfter(one, other) ? 1 : -1))
}

export type TextOptions = {
  /** Selector of parts that do not belong to the text, such as a quoted post. */
  exclude?: string
  /** Parts that do not belong to the text, as elements. */
  outside?: readonly Element[]
  /** Selector of block elements that stand inside a line, as mentions in Bluesky do. */
  inline?: string
  /** Selector of `aria-hidden` elements that are shown all the same and are no duplicates. */
  keep?: string
  /** `keep` where line breaks are characters of the text (pre-wrap); otherwise white space is collapsed. */
  whiteSpace?: 'collapse' | 'keep'
}

/** As long as `longText` of the model allows, in UTF-16 units. */
const longest = 200_000
/** Elements whose words are none of the text around them. */
export const neverText =
  'form, script, style, template, noscript, button, textarea, select, [aria-hidden="true"]'
const blocks = new Set(
  (
    'ADDRESS ARTICLE ASIDE BLOCKQUOTE DD DETAILS DIV DL DT FIGCAPTION FIGURE FOOTER H1 H2 H3 H4 H5 H6 HEADER HR' +
    ' LI MAIN NAV OL P PRE SECTION TABLE TBODY TR UL'
  ).split(' '),
)
const paragraphs = new Set('P BLOCKQUOTE PRE UL OL TABLE H1 H2 H3 H4 H5 H6'.split(' '))

function skippedParts(element: Element, options: TextOptions): Set<Element> {
  const skipped = new Set<Element>()
  for (const part of Element.prototype.querySelectorAll.call(element, neverText)) skipped.add(part)
  if (options.keep) for (const part of findAll(element, options.keep)) skipped.delete(part)
  if (options.exclude) for (const part of findAll(element, options.exclude)) skipped.add(part)
  for (const part of options.outside ?? []) skipped.add(part)
  return skipped
}

/** Text under construction: at most two line breaks in a row, none before the first word. */
function startText() {
  const pieces: string[] = []
  let length = 0
  let breaks = 0
  const endsInSpace = () => length === 0 || /\s$/.test(pieces.at(-1) ?? '')
  return {
    isFull: () => length > longest,
    breakLine: (count: number) => {
      breaks = Math.max(breaks, count)
    },
    // A `<br>` adds to the breaks before it: two of them are an empty line.
    addBreak: () => {
      breaks = Math.min(breaks + 1, 2)
    },
    add: (text: string, whiteSpace: 'collapse' | 'keep') => {
      const plain = whiteSpace === 'keep' ? text : text.replace(/[ \t\n\r\f]+/g, ' ')
      const isAtStart = breaks > 0 || (whiteSpace === 'collapse' && endsInSpace())
      const part = isAtStart ? plain.replace(whiteSpace === 'keep' ? /^[\n\r]+/ : /^ /, '') : plain
      if (part === '') return
      if (length > 0 && breaks > 0) pieces.push(`${pieces.pop()?.trimEnd() ?? ''}${'\n'.repeat(breaks)}`)
      pieces.push(part)
      length += part.length + breaks
      breaks = 0
    },
    take: () => pieces.join('').trim(),
  }
}

/** Deeper nesting is no post; it is an attempt to exhaust the stack. */
export const deepest = 300

/**
 * What a person reads in this element: text, emoji pictures by their `alt`, `<br>` and the ends of blocks as
 * line breaks; without buttons, `aria-hidden` duplicates and what the options leave out. At most 200,000
 * UTF-16 units. Null when nothing is left.
 */
export function readText(element: Element | null, options: TextOptions = {}): string | null {
  if (!element || isForm(element)) return null
  const skipped = skippedParts(element, options)
  const inline = new Set<Node>(options.inline ? findAll(element, options.inline) : [])
  const text = startText()
  const readNode = (node: Node, whiteSpace: 'collapse' | 'keep', depth: number): void => {
    if (node instanceof Text) text.add(node.data, whiteSpace)
    if (!(node instanceof Element) || skipped.has(node)) return
    if (node instanceof HTMLImageElement) text.add(attributeOf(node, 'alt') ?? '', 'keep')
    else if (node instanceof HTMLBRElement) text.addBreak()
    else if (depth < deepest) readElement(node, whiteSpace, depth)
  }
  const readElement = (node: Element, whiteSpace: 'collapse' | 'keep', depth: number): void => {
    const isBlock = node !== element && blocks.has(node.tagName) && !inline.has(node)
    const breaks = paragraphs.has(node.tagName) ? 2 : 1
    if (isBlock) text.breakLine(breaks)
    for (const child of node.childNodes) {
      if (text.isFull()) return
      readNode(child, node.tagName === 'PRE' ? 'keep' : whiteSpace, depth + 1)
    }
    if (isBlock) text.breakLine(breaks)
  }
  readElement(element, options.whiteSpace ?? 'collapse', 0)
  return cut(text.take(), longest)
}

function cut(text: string, limit: number): string | null {
  if (text.length <= limit) return text === '' ? null : text
  // Not through the middle of a character of two units.
  return text.slice(0, limit).replace(/[\uD800-\uDBFF]$/, '')
}

/** Like `readText`, on one line and at most 2,000 UTF-16 units: for names, labels and counts. */
export function readLine(element: Element | null, options: TextOptions = {}): string | null {
  return shorten(readText(element, options))
}

/** One line of at most 2,000 UTF-16 units; null for null and for nothing but white space. */
export function shorten(text: string | null): string | null {
  return text === null ? null : cut(text.replace(/\s+/g, ' ').trim(), 2_000)
}

/** An `http` or `https` address as absolute text. Null for every other scheme, and for what is no address. */
export function absoluteAddress(href: string | null, base: URL | string): string | null {
  if (href === null || href.length > 8_000 || !URL.canParse(href, String(base))) return null
  const { protocol, href: whole } = new URL(href, String(base))
  return /^https?:$/.test(protocol) && whole.length <= 8_000 ? whole : null
}

/** The element's own `lang`, as the page gives it. Null when it has none. */
export function languageOf(element: Element | null): string | null {
  const language = attributeOf(element, 'lang')?.trim() ?? ''
  return /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(language) ? language : null
}

const strongLetter = /[\p{L}\u200E\u200F\u061C]/u
const rightToLeft =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}\u200F\u061C]/u

/**
 * The direction in which a browser shows the text: a `dir` of the element's own that says so, else the first
 * letter that has a direction, as `dir="auto"` does. Null when there is neither.
 */
export function directionOf(element: Element | null, text: string | null): 'ltr' | 'rtl' | null {
  const own = attributeOf(element, 'dir')?.toLowerCase()
  if (own === 'rtl' || own === 'ltr') return own
  const letter = text?.match(strongLetter)?.[0]
  if (!letter) return null
  return rightToLeft.test(letter) ? 'rtl' : 'ltr'
}

/** The links of a text, as absolute addresses with their visible words; at most 200. */
export function linksIn(
  element: Element | null,
  base: URL | string,
  options: TextOptions = {},
): PostReading['links'] {
  if (!element) return []
  const left = [...(options.outside ?? []), ...(options.exclude ? findAll(element, options.exclude) : [])]
  return findAll(element, 'a[href]')
    .filter((link) => !isWithin(link, left))
    .flatMap((link) => {
      const address = absoluteAddress(attributeOf(link, 'href'), base)
      return address ? [{ address, text: readLine(link, options) ?? '' }] : []
    })
    .slice(0, 200)
}

/** Each text once, in the order of its first appearance; at most 200. */
export function eachOnce(texts: readonly string[]): string[] {
  return [...new Set(texts)].slice(0, 200)
}

/** Medium that the page shows openly, at this address (null: none that can be fetched). */
export function shownMedia(
  kind: PostMedia['kind'],
  address: string | null,
  alt: string | null = null,
): PostMedia {
  return { kind, address, alt: alt === null ? null : cut(alt.trim(), longest), isHidden: false }
}
