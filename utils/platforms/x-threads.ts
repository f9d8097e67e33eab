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
} from './dom'
import { findStatus, own, readAuthor, type Scope, scopeOf, selectors, statusShape } from './x-scope'

/** What the page says of the post that this one answers; `parent` is null when that post is not shown. */
export type Answered = { isReply: boolean; parent: { id: string; handle: string | null } | null }

const cell = '[data-testid="cellInnerDiv"]'

function isLine(element: Element | null): boolean {
  return element !== null && isMatch(element, 'div') && element.textContent === '' && !findFirst(element, '*')
}

/** Whether a thin line leads from above to the author's picture: the post answers the one before it. */
function hasLineAbove(scope: Scope): boolean {
  let row = own(scope, selectors.picture)
  while (row && row !== scope.whole && previousOf(row) === null) row = parentOf(row)
  if (!row || row === scope.whole) return false
  // Where a post is shared or pinned, the column before the words holds an icon in place of the line.
  return childrenOf(previousOf(row)).some((part) => {
    const [column, ...words] = childrenOf(part)
    const [line, ...more] = childrenOf(column ?? null)
    return words.length > 0 && more.length === 0 && isLine(line ?? null)
  })
}

/** Whether the line goes on downwards from the author's picture, to an answer. */
function hasLineBelow(scope: Scope): boolean {
  return isLine(nextOf(own(scope, selectors.picture)))
}

/** The one post of the cell before. Null when there is none, or an advert. */
function postBefore(scope: Scope): Scope | null {
  const before = previousOf(findClosest(scope.whole, cell))
  const posts = before ? findAll(before, selectors.post) : []
  const post = posts.length === 1 && posts[0] ? scopeOf(posts[0]) : null
  return post && own(post, 'time[datetime]') ? post : null
}

/** Whether the chosen post of a status page stands in this post's cell or, at most thirty cells on, below it. */
function isUpToChosen(scope: Scope, address: URL): boolean {
  const chosen = address.pathname.match(statusShape)?.[2]
  let at = chosen ? findClosest(scope.whole, cell) : null
  for (let steps = 0; at && steps < 30; steps += 1) {
    const article = findFirst(at, 'article')
    // Only the chosen post is focusable by script alone.
    if (article && attributeOf(article, 'tabindex') === '-1')
      return findStatus(scopeOf(article))?.id === chosen
    at = nextOf(at)
  }
  return false
}

/**
 * Whether and what a post answers, from its place in a conversation. Above the chosen post of a status page X
 * shows only the chain that leads to it, one cell each; everywhere else an answer hangs on a line from the post
 * before it. Below the chosen post answers without a line, adverts and suggestions are mixed, so nothing is
 * concluded there.
 */
export function findAnswered(scope: Scope, address: URL): Answered {
  if (scope.isQuote) return { isReply: false, parent: null }
  const hasLine = hasLineAbove(scope)
  const before = postBefore(scope)
  const isAnswered = before !== null && ((hasLine && hasLineBelow(before)) || isUpToChosen(scope, address))
  const status = isAnswered ? findStatus(before) : null
  const parent = isAnswered && status ? { id: status.id, handle: readAuthor(before, status).handle } : null
  return { isReply: hasLine || parent !== null, parent }
}
