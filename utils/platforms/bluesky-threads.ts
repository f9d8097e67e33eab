import { parts, placeOf, timeLinkOf } from './bluesky-parts'
import {
  attributeOf,
  childrenOf,
  findAll,
  findClosest,
  findFirst,
  isMatch,
  nextOf,
  parentOf,
  previousOf,
  readLine,
} from './dom'

/** What the page says of the post that this one answers. */
export type Answered = {
  isReply: boolean
  /** The answered post's element; null when it is not in the page or not certain. */
  parent: Element | null
  /** Address of the answered account's profile; null when the page does not link it. */
  profile: string | null
}

const noAnswer: Answered = { isReply: false, parent: null, profile: null }

/** Whether a thin vertical line leads from above into the post's picture. */
function hasLineAbove(post: Element): boolean {
  const picture = findFirst(post, '[data-testid="userAvatarImage"], a[href*="/profile/"] svg')
  let row: Element | null = picture
  while (row && row !== post && previousOf(row) === null) row = parentOf(row)
  if (!row || row === post) return false
  return isLine(previousOf(row))
}

function isLine(row: Element | null): boolean {
  const line = childrenOf(childrenOf(row)[0] ?? null)[0]
  return line !== undefined && isMatch(line, 'div') && childrenOf(line).length === 0
}

function holdsOther(box: Element, child: Element, post: Element, selector: string): boolean {
  const first = findFirst(box, selector)
  if (first !== null && first !== post) return true
  for (let next = nextOf(child); next; next = nextOf(next))
    if (isMatch(next, selector) || findFirst(next, selector)) return true
  return false
}

/** The post's row in its list: the largest element around it that holds no other post of the list. */
function rowOf(post: Element, selector: string): Element {
  let row = post
  for (let box = parentOf(row); box; box = parentOf(row)) {
    if (holdsOther(box, row, post, selector)) break
    row = box
  }
  return row
}

function rowBefore(row: Element): Element | null {
  let before = previousOf(row)
  while (before && before.textContent === '' && !findFirst(before, 'img, video')) before = previousOf(before)
  return before
}

function postIn(row: Element | null, selector: string): Element | null {
  if (!row) return null
  return isMatch(row, selector) ? row : (findAll(row, selector).at(-1) ?? null)
}

/** How deep a reply stands in the tree view: one more than the empty columns before it. 0 is the focal post. */
function depthOf(post: Element): number {
  if (placeOf(post) === 'focal') return 0
  const box = parentOf(post)
  return 1 + columnsBefore(box) + columnsBefore(parentOf(box))
}

function columnsBefore(box: Element | null): number {
  let count = 0
  for (let column = previousOf(box); column; column = previousOf(column))
    if (isIndentation(column)) count += 1
  return count
}

function isIndentation(column: Element): boolean {
  const style = attributeOf(column, 'style') ?? ''
  const isEmpty = childrenOf(column).length === 0 && column.textContent === ''
  return isEmpty && /width:\s*\d/.test(style) && !/position:\s*absolute/.test(style)
}

/** In the tree view: the nearest row before of lesser depth, if a post is shown there. */
function parentInTree(post: Element): Element | null {
  const depth = depthOf(post)
  for (let row = rowBefore(rowOf(post, parts.threadItem)); row; row = rowBefore(row)) {
    const other = postIn(row, parts.threadItem)
    if (other && depthOf(other) < depth) return other
    // A deleted post keeps its place in the tree: replies to it have no parent in the page.
    if (!other && placeholderDepth(row) === depth - 1) return null
  }
  return null
}

function placeholderDepth(row: Element): number {
  return findAll(row, 'div[style*="border-right-width"]').filter(isIndentation).length + 1
}

function isAfterFocal(post: Element): Element | null {
  const screen = findClosest(post, '[data-testid="postThreadScreen"]')
  const focal = findFirst(screen, parts.focalPost)
  if (!focal) return null
  const isBefore = focal.compareDocumentPosition(post) & Node.DOCUMENT_POSITION_FOLLOWING
  return isBefore ? focal : null
}

function answeredInThread(post: Element): Answered {
  const before = () => postIn(rowBefore(rowOf(post, parts.threadItem)), parts.threadItem)
  if (placeOf(post) === 'focal') {
    const isReply = isLine(previousOf(post))
    return isReply ? { isReply, parent: before(), profile: null } : noAnswer
  }
  if (depthOf(post) > 1) return { isReply: true, parent: parentInTree(post), profile: null }
  if (hasLineAbove(post)) return { isReply: true, parent: before(), profile: null }
  const focal = isAfterFocal(post)
  return focal ? { isReply: true, parent: focal, profile: null } : noAnswer
}

/** The row under the name line, an arrow and "Replied to NAME"; the name is linked where it is known. */
function repliedToRow(post: Element): Element | null {
  let names = parentOf(timeLinkOf(post))
  while (names && names !== post && nextOf(names) === null) names = parentOf(names)
  let row = names === post ? null : nextOf(names)
  for (let step = 0; row && step < 3; step += 1, row = nextOf(row)) {
    if (attributeOf(row, 'data-testid') !== null || findFirst(row, parts.text)) return null
    const [arrow, ...rest] = childrenOf(row)
    if (arrow && isMatch(arrow, 'svg') && rest.length === 1 && readLine(row) !== null) return row
  }
  return null
}

/** Whether and what the post answers, from the lines between posts and the "Replied to" row. */
export function readAnswered(post: Element): Answered {
  if (placeOf(post) === 'quote') return noAnswer
  if (isMatch(post, parts.threadItem)) return answeredInThread(post)
  const row = repliedToRow(post)
  if (row)
    return {
      isReply: true,
      parent: null,
      profile: attributeOf(findFirst(row, 'a[href*="/profile/"]'), 'href'),
    }
  if (!isMatch(post, parts.feedItem) || !hasLineAbove(post)) return noAnswer
  return {
    isReply: true,
    parent: postIn(rowBefore(rowOf(post, parts.feedItem)), parts.feedItem),
    profile: null,
  }
}
