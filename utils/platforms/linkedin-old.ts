import type { PostReading } from '../model/post'
import {
  attributeOf,
  emptyReading,
  findAll,
  findClosest,
  findFirst,
  inPageOrder,
  isWithin,
  languageOf,
  parentOf,
  readLine,
} from './dom'
import { isSharing, missingOf, readMedia, readVisibility, readWords } from './linkedin-content'
import {
  authorBy,
  type CommentUrn,
  commentAddress,
  commentUrnIn,
  handleOf,
  postAddress,
  postUrnIn,
  type Urn,
} from './linkedin-ids'
import { partsOfAgeLine, readTime, type ShownAge } from './linkedin-times'

// These names are written by people (block__element), not made by a tool. The last of each line is that of the
// pages that are shown without an account.
const selectors = {
  card: '.feed-shared-update-v2[data-urn], article[data-activity-urn]',
  comment: '.comments-comment-entity[data-id], .comments-comment-item[data-id], section.comment',
  // A post shared in this one.
  quote:
    '.update-components-mini-update-v2, .feed-shared-update-v2__update-content-wrapper .feed-shared-mini-update-v2',
  header: '.update-components-header__text-view, .update-components-header__text-wrapper',
  author:
    '.update-components-actor__meta-link, .update-components-actor__container-link,' +
    ' .update-components-actor__container a[href], a[data-tracking-control-name$="feed-actor-name"]',
  // No other link to the author: the one around the picture says "View …’s profile".
  name:
    '.update-components-actor__title, .update-components-actor__name,' +
    ' a[data-tracking-control-name$="feed-actor-name"]',
  age: '.update-components-actor__sub-description, time',
  text: '.update-components-text, .feed-shared-text, .attributed-text-segment-list__content',
  commentAuthor:
    '.comments-comment-meta__description-container[href], .comments-comment-meta__image-link[href], .comment__author',
  commentName: '.comments-comment-meta__description-title, .comment__author',
  commentText: '.comments-comment-item__main-content, .comment__text, .attributed-text-segment-list__content',
  commentAge: 'time, .comment__duration-since',
  named: '[data-semaphore-content-urn]',
} as const

const countNames = [
  [
    'reactions',
    '.social-details-social-counts__reactions-count, [data-test-id="social-actions__reaction-count"]',
  ],
  ['comments', '.social-details-social-counts__comments, [data-test-id="social-actions__comments"]'],
] as const

/** Names and ages have a twin for screen readers; taken is the one for the eye. */
function lineOf(element: Element | null): string | null {
  return readLine(findFirst(element, '[aria-hidden="true"]')) ?? readLine(element)
}

function commentUrnOf(comment: Element): CommentUrn | null {
  const named = findFirst(comment, selectors.named)
  return (
    commentUrnIn(attributeOf(comment, 'data-id')) ??
    commentUrnIn(attributeOf(named, 'data-semaphore-content-urn'))
  )
}

function isComment(element: Element): boolean {
  return findClosest(element, selectors.comment) === element
}

function cardUrnOf(card: Element): Urn | null {
  return postUrnIn(attributeOf(card, 'data-urn')) ?? postUrnIn(attributeOf(card, 'data-activity-urn'))
}

/**
 * Under a header ("X commented on this", "X reposted this") the card's id is that of X's act. The post's own is
 * then known from a comment under it, if one is shown.
 */
function urnOf(card: Element, header: Element | null, comments: readonly Element[]): Urn | null {
  const inComment = header ? comments.map(commentUrnOf).find((urn) => urn !== null)?.post : undefined
  return inComment ?? cardUrnOf(card)
}

function ageIn(post: Element, outside: readonly Element[]): string | null {
  return lineOf(findFirst(post, isComment(post) ? selectors.commentAge : selectors.age, outside))
}

function agesIn(page: ParentNode): ShownAge[] {
  const cards = findAll(page, selectors.card).slice(0, 30)
  const comments = findAll(page, selectors.comment).slice(0, 10)
  return [
    ...cards.map((card) => ({
      id: cardUrnOf(card)?.id ?? null,
      asShown: partsOfAgeLine(ageIn(card, findAll(card, selectors.comment))).age,
    })),
    ...comments.map((comment) => ({ id: commentUrnOf(comment)?.id ?? null, asShown: ageIn(comment, []) })),
  ]
}

function timeOf(post: Element, id: string | null, asShown: string | null, now: Date): PostReading['posted'] {
  return readTime({
    id,
    asShown,
    language: languageOf(findClosest(post, 'html')),
    now,
    isComment: isComment(post),
    page: post.ownerDocument,
    allAges: agesIn,
  })
}

function readCounts(post: Element, outside: readonly Element[]): PostReading['counts'] {
  return Object.fromEntries(
    countNames.flatMap(([name, selector]) => {
      const element = findFirst(post, selector, outside)
      const shown = lineOf(element) ?? lineOf(findFirst(element, 'button, a'))
      return shown && /\p{Nd}/u.test(shown) ? [[name, shown]] : []
    }),
  )
}

function readCard(card: Element, now: Date): PostReading {
  const outer = findClosest(parentOf(card), selectors.card)
  const comments = findAll(card, selectors.comment)
  const quotes = findAll(card, selectors.quote).filter((quote) => quote !== card)
  const outside = [...comments, ...quotes]
  const header = outer ? null : findFirst(card, selectors.header, outside)
  const link = findFirst(card, 'a[href*="/feed/update/urn:li:"]', outside)
  const urn = outer ? postUrnIn(attributeOf(link, 'href')) : urnOf(card, header, comments)
  const author = findFirst(card, selectors.author, outside)
  const age = findFirst(card, selectors.age, outside)
  const line = partsOfAgeLine(lineOf(age))
  const hasAge = line.age !== null && timeOf(card, null, line.age, now).from !== null
  const text = findFirst(card, selectors.text, outside)
  const reading: PostReading = {
    ...emptyReading('linkedin', outer ? 'quote' : 'post'),
    ...readWords(text, 'collapse'),
    postId: urn?.id ?? null,
    permalink: urn ? postAddress(urn) : null,
    author: authorBy(author, lineOf(findFirst(card, selectors.name, outside))),
    media: readMedia(card, text ? [...outside, text] : outside),
    counts: readCounts(card, outside),
    posted: timeOf(card, urn?.id ?? null, hasAge || /\p{Nd}/u.test(line.age ?? '') ? line.age : null, now),
    quotedIn: outer ? (cardUrnOf(outer)?.id ?? null) : null,
    repostedBy: isSharing(readLine(header)) ? handleOf(findFirst(header, 'a[href]')) : null,
    visibility: readVisibility(age),
    isAd: !outer && age !== null && !hasAge && !/\p{Nd}/u.test(line.age ?? ''),
    isEdited: line.isEdited,
  }
  // A header's act has an id of its own, younger than the post.
  const isOfHeader = header !== null && reading.posted.source === 'relative'
  const unsure = isOfHeader ? [{ field: 'postId', reason: 'perhaps-of-the-share' }] : []
  return { ...reading, missing: [...missingOf(reading), ...unsure] }
}

function readComment(comment: Element, now: Date): PostReading {
  const nested = findAll(comment, selectors.comment)
  const urn = commentUrnOf(comment)
  // Replies stand inside the comment they answer, or in a list beside it in the same thread.
  const outer = findClosest(parentOf(comment), selectors.comment)
  const author = findFirst(comment, selectors.commentAuthor, nested)
  const text = findFirst(comment, selectors.commentText, nested)
  const asShown = lineOf(findFirst(comment, selectors.commentAge, nested))
  const reading: PostReading = {
    ...emptyReading('linkedin', outer ? 'reply' : 'comment'),
    ...readWords(text, 'collapse'),
    postId: urn?.id ?? null,
    permalink: urn ? commentAddress(urn) : null,
    author: authorBy(author, lineOf(findFirst(comment, selectors.commentName, nested))),
    media: readMedia(comment, text ? [...nested, text] : nested),
    posted: timeOf(comment, urn?.id ?? null, asShown, now),
    parentPostId: (outer ? commentUrnOf(outer)?.id : urn?.post.id) ?? null,
    replyToHandle: outer ? handleOf(findFirst(outer, selectors.commentAuthor, [comment])) : null,
  }
  return { ...reading, missing: missingOf(reading) }
}

/** One plain selector after the other: a list of them costs more than their sum. */
function findEach(root: ParentNode, selector: string): Element[] {
  return selector.split(',').flatMap((one) => findAll(root, one))
}

/** Whether the pages that were drawn until 2026 are told at once. */
export function isOldPage(root: ParentNode): boolean {
  return findFirst(root, '.feed-shared-update-v2') !== null
}

/** Posts and comments below `root` in the front end until 2026 (Ember) and on pages shown without an account. */
export function findOldPosts(root: ParentNode): Element[] {
  const cards = findEach(root, selectors.card).filter(
    (card) => cardUrnOf(card) !== null && findFirst(card, selectors.author) !== null,
  )
  const known = new Set(cards)
  const quotes = findEach(root, selectors.quote).filter((quote) => {
    const card = findClosest(quote, selectors.card)
    return card !== null && known.has(card)
  })
  const comments = findEach(root, selectors.comment).filter(
    (comment) => findFirst(comment, selectors.commentAuthor) !== null,
  )
  return inPageOrder([
    ...cards,
    ...quotes.filter((quote) => findFirst(quote, selectors.author) !== null),
    ...comments.filter((comment) => !isWithin(comment, quotes)),
  ])
}

/** What a post or comment of those pages shows. */
export function readOldPost(post: Element, now: Date): PostReading {
  return isComment(post) ? readComment(post, now) : readCard(post, now)
}
