import {
  attributeOf,
  findAll,
  findClosest,
  findFirst,
  inPageOrder,
  isWithin,
  languageOf,
  parentOf,
  readLine,
} from './dom'
import {
  type CommentUrn,
  commentUrnIn,
  isProfileLink,
  postUrnIn,
  postUrnInKey,
  type Urn,
} from './linkedin-ids'
import { partsOfAgeLine, type ShownAge } from './linkedin-times'
import { timeFromShortAge } from './short-ages'

/** What to look for in the front end of 2026. Component keys stand in `componentkey`, in newer builds in `id`. */
export const selectors = {
  cards: [
    '[componentkey^="expanded"]',
    '[componentkey^="update-card-focus"]',
    'div[id^="expanded"]',
    'div[id^="update-card-focus"]',
  ],
  comments: ['[componentkey^="replaceableComment_"]', 'div[id^="replaceableComment_"]'],
  tools: '[componentkey*="-replaceableComment"], [id*="-replaceableComment"], [data-testid*="-commentList"]',
  text: '[data-testid="expandable-text-box"]',
  updateLink: 'a[href*="/feed/update/"]',
} as const

const anyComment = selectors.comments.join(', ')
const cardKey = /^(expanded.*FeedType_|update-card-focus)/

function keysOf(element: Element): string[] {
  return ['componentkey', 'id'].flatMap((name) => attributeOf(element, name) ?? [])
}

/** The comment that an element's key names. */
export function commentUrnOf(comment: Element): CommentUrn | null {
  const key = keysOf(comment).find((one) => one.startsWith('replaceableComment_'))
  return commentUrnIn(key ?? null)
}

/** Every element with a comment's key; a comment has several, one in the other. */
function commentElementsIn(root: ParentNode): Element[] {
  return selectors.comments.flatMap((selector) => findAll(root, selector))
}

/** The comments below `root`: of nested elements with the same key the outermost. */
export function commentsIn(root: ParentNode, elements = commentElementsIn(root)): Element[] {
  const taken = new Map<string, Element[]>()
  return elements.filter((comment) => {
    const id = commentUrnOf(comment)?.id
    const before = id ? (taken.get(id) ?? []) : []
    if (!id || isWithin(comment, before)) return false
    taken.set(id, [...before, comment])
    return true
  })
}

/** Comments that stand inside this one. */
export function nestedComments(comment: Element): Element[] {
  const own = commentUrnOf(comment)?.id
  return commentsIn(comment).filter((one) => commentUrnOf(one)?.id !== own)
}

/** The comment that this one stands inside of. */
export function outerComment(comment: Element): Element | null {
  const own = commentUrnOf(comment)?.id
  let at = findClosest(parentOf(comment), anyComment)
  while (at && commentUrnOf(at)?.id === own) at = findClosest(parentOf(at), anyComment)
  return at
}

/** Whether the element carries a card's key. */
export function isCard(element: Element): boolean {
  return keysOf(element).some((key) => cardKey.test(key))
}

// Whether a line is an age does not depend on when it is read.
const anyMoment = new Date('2026-01-01T00:00:00.000Z')

/** Every element with a card's key, by the outermost of those with the same card. */
function cardsByElement(root: ParentNode): Map<Element, Element> {
  const outermost = new Map<Element, Element>()
  for (const selector of selectors.cards) {
    let last: Element | null = null
    for (const card of findAll(root, selector)) {
      if (!isCard(card)) continue
      if (!last || !isWithin(card, [last])) last = card
      outermost.set(card, last)
    }
    if (outermost.size > 0) return outermost
  }
  // Builds without a card's key still have list items with a block for comments.
  for (const tools of findAll(root, selectors.tools)) {
    const item = findClosest(tools, '[role="listitem"]')
    if (item) outermost.set(item, item)
  }
  return outermost
}

/** How many texts each card has, those of its comments not counted. */
function countTexts(root: ParentNode, cards: Map<Element, Element>, comments: readonly Element[]) {
  const texts = new Map<Element, number>()
  const inComments = new Set(comments)
  for (const text of findAll(root, selectors.text)) {
    let holder = parentOf(text)
    while (holder && holder !== root && !cards.has(holder) && !inComments.has(holder))
      holder = parentOf(holder)
    const card = holder ? cards.get(holder) : undefined
    if (card) texts.set(card, (texts.get(card) ?? 0) + 1)
  }
  return texts
}

/** The comments after the card that they stand in. Null when one stands in none. */
function byCard(comments: readonly Element[], cards: Map<Element, Element>): Map<Element, Element[]> | null {
  const under = new Map<Element, Element[]>()
  for (const comment of comments) {
    let holder = parentOf(comment)
    while (holder && !cards.has(holder)) holder = parentOf(holder)
    const card = holder ? cards.get(holder) : undefined
    if (!card) return null
    const before = under.get(card)
    if (before) before.push(comment)
    else under.set(card, [comment])
  }
  return under
}

/** The posts and comments below `root` in page order, a card before what is shared in it. No emptied cards. */
export function postsIn(root: ParentNode): Element[] {
  const cards = cardsByElement(root)
  const elements = commentElementsIn(root)
  const comments = commentsIn(root, elements)
  const texts = countTexts(root, cards, elements)
  const under = byCard(comments, cards)
  const shown = [...new Set(cards.values())].flatMap((card) => {
    const count = texts.get(card) ?? 0
    const isShown = count > 0 || authorLinksIn(card, []).length > 0
    const below = under ? (under.get(card) ?? []) : commentsIn(card)
    const quotes = count > 1 ? partsOf(card, anyMoment, below).quotes : []
    return [...(isShown ? [card, ...quotes] : []), ...(under ? below : [])]
  })
  // Sorting asks the page for every pair: only where the order is not known.
  return under ? shown : inPageOrder([...shown, ...comments])
}

/** Links to members and organisations. One plain selector: a list of them would be four walks. */
export function profileLinksIn(post: Element): Element[] {
  return findAll(post, 'a[href]').filter((link) =>
    /\/(in|company|school|showcase)\//.test(attributeOf(link, 'href') ?? ''),
  )
}

/** Links to profiles that hold whole lines: those of authors. Faces hold none, names inside a line neither. */
function authorLinksIn(post: Element, outside: readonly Element[]): Element[] {
  return profileLinksIn(post).filter(
    (link) =>
      findFirst(link, 'p') !== null &&
      isProfileLink(link) &&
      !isWithin(link, outside) &&
      !findClosest(link, selectors.text),
  )
}

/** The author of a post or comment, by the link that holds the lines about them. */
export function authorLinkIn(post: Element, outside: readonly Element[]): Element | null {
  return authorLinksIn(post, outside)[0] ?? null
}

function ownWords(element: Element): string {
  const texts = [...element.childNodes].flatMap((node) => (node instanceof Text ? node.data : []))
  return texts.join('').replace(/\s+/g, ' ').trim()
}

/** The name without its twin for screen readers, the badge and the degree, which stand in the same line. */
export function nameIn(link: Element | null): string | null {
  const line = findFirst(link, 'p')
  if (!line) return null
  const shown = findAll(line, 'span[aria-hidden="true"]').find((span) => ownWords(span) !== '')
  return shown ? ownWords(shown) : readLine(line)
}

/** Short, with one number: no other line is worth being understood as an age. */
const ageShape = /^[^\p{Nd}]{0,12}\p{Nd}{1,3}[^\p{Nd}]{1,24}$/u

/**
 * The line beside the author that says how old the post is: "20h •", "1w • Edited •". Advertisements have a
 * word without an age in its place.
 */
export function ageLineIn(link: Element | null, now: Date): string | null {
  if (!link) return null
  const last = readLine(findAll(link, 'p').at(-1) ?? null)
  if (last?.endsWith('•') && !last.startsWith('•')) return last
  const row = parentOf(link)
  const beside = row ? findAll(row, 'p').filter((line) => !isWithin(line, [link])) : []
  const lines = [last, ...beside.slice(0, 4).map((line) => readLine(line))]
  const language = languageOf(findClosest(link, 'html'))
  return lines.find((line) => line !== null && isAge(line, language, now)) ?? null
}

function isAge(line: string, language: string | null, now: Date): boolean {
  const { age } = partsOfAgeLine(line)
  return age !== null && ageShape.test(age) && timeFromShortAge(age, language, now).from !== null
}

/** The line of a comment that stands outside all links, above its words. */
export function commentAgeOf(comment: Element): string | null {
  const nested = nestedComments(comment)
  const lines = findAll(comment, 'p')
    .filter((line) => !isWithin(line, nested) && !findClosest(line, 'a, button, [role="button"]'))
    .filter((line) => !findFirst(line, selectors.text) && !findClosest(line, selectors.text))
    .flatMap((line) => readLine(line) ?? [])
  return lines.find((line) => /\p{Nd}/u.test(line)) ?? lines[0] ?? null
}

export type Parts = {
  card: Element
  comments: Element[]
  /** Posts shared in this one. */
  quotes: Element[]
  author: Element | null
}

/** The block around the author of a shared post, as large as it can be without the outer author. */
function quoteAround(link: Element, author: Element, card: Element): Element {
  let block = link
  for (let at = parentOf(link); at && at !== card && !isWithin(author, [at]); at = parentOf(at)) block = at
  return block
}

/** What a card, or a post shared in one, consists of. */
export function partsOf(card: Element, now: Date, comments = commentsIn(card)): Parts {
  const [author, ...others] = authorLinksIn(card, comments)
  const quotes = author
    ? others.filter((link) => ageLineIn(link, now) !== null).map((link) => quoteAround(link, author, card))
    : []
  return { card, comments, quotes: quotes.slice(0, 1), author: author ?? null }
}

/** The link to itself (as polls have) names the activity; else the key of the block for comments. */
export function urnOf({ card, comments, quotes }: Parts): Urn | null {
  const outside = [...comments, ...quotes]
  const link = findAll(card, selectors.updateLink).find(
    (one) => !isWithin(one, outside) && !findClosest(one, selectors.text),
  )
  const own = postUrnIn(attributeOf(link, 'href'))
  if (own) return own
  for (const tools of findAll(card, selectors.tools)) {
    const keys = [...keysOf(tools), attributeOf(tools, 'data-testid')]
    const urn = keys.map(postUrnInKey).find((one) => one !== null)
    if (urn) return urn
  }
  const [comment] = comments
  return comment ? (commentUrnOf(comment)?.post ?? null) : null
}

/** Ids and ages of what the page shows; at most forty. */
export function agesIn(page: ParentNode, now: Date): ShownAge[] {
  const cards = [...new Set(cardsByElement(page).values())].slice(0, 30).map((card) => {
    const parts = partsOf(card, now)
    return { id: urnOf(parts)?.id ?? null, asShown: partsOfAgeLine(ageLineIn(parts.author, now)).age }
  })
  const comments = commentsIn(page)
    .slice(0, 10)
    .map((comment) => ({
      id: commentUrnOf(comment)?.id ?? null,
      asShown: partsOfAgeLine(commentAgeOf(comment)).age,
    }))
  return [...cards, ...comments]
}
