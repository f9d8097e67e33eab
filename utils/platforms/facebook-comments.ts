import type { PostReading } from '../model/post'
import { attributeOf, emptyReading, findAll, findClosest, findFirst, readLine } from './dom'
import { accountOf, commentIdsIn, commentPermalink, type Place, placeOf } from './facebook-address'
import { findCommentWords, readCommentCounts, readMedia, readWords } from './facebook-content'
import { commentScopeOf, ownAll, type Scope, selectors } from './facebook-scope'
import { readTime } from './facebook-times'

/** What the links of a comment say about it. */
type Links = {
  name: Element | null
  time: Element | null
  place: Place | null
  ids: ReturnType<typeof commentIdsIn>
}

function readLinks(scope: Scope): Links {
  const links = ownAll(scope, 'a[href]')
  const coded = links.filter((link) => commentIdsIn(attributeOf(link, 'href')) !== null)
  // Pages that write as themselves may have an author's link without a comment's id.
  const named = (coded.length > 0 ? coded : links).filter((link) => accountOf(link) !== null)
  const name = named.find((link) => readLine(link, { exclude: 'img, svg, [data-0]' }) !== null) ?? null
  const time = links.find((link) => placeOf(attributeOf(link, 'href'))?.comment) ?? null
  return {
    name,
    time,
    place: placeOf(attributeOf(time, 'href')),
    ids: commentIdsIn(attributeOf(coded[0], 'href')),
  }
}

/** Whether this is a comment of somebody, and not a placeholder while more are loaded. */
export function isComment(element: Element): boolean {
  return (
    findFirst(element, 'a[href*="comment_id="]') !== null || readLinks(commentScopeOf(element)).name !== null
  )
}

/** What both copies of a comment carry: the id as the first link to it writes it. */
export function commentKeyOf(element: Element): string | null {
  const href = attributeOf(findFirst(element, 'a[href*="comment_id="]'), 'href')
  return href?.match(/[?&]comment_id=([^&#]+)/)?.[1] ?? null
}

/** Id of a comment. Null when no link of it carries one. */
function commentIdOf(element: Element): string | null {
  const { place, ids } = readLinks(commentScopeOf(element))
  return place?.reply ?? place?.comment ?? ids?.comment ?? null
}

/** The author of the comment that an answer stands under, where the page shows it. */
function findAnswered(element: Element, parent: string): string | null {
  const page = findClosest(element, '[role="dialog"], body')
  const links = page ? findAll(page, `a[href*="comment_id=${parent}"]`) : []
  const comments = links.flatMap((link) => findClosest(link, selectors.comment) ?? [])
  const above = comments.find((comment) => comment !== element && commentIdOf(comment) === parent)
  return above ? (accountOf(readLinks(commentScopeOf(above)).name)?.handle ?? null) : null
}

/** Reading of a comment or of an answer to one. */
export function readComment(element: Element, now: Date): PostReading {
  const scope = commentScopeOf(element)
  const { name, time, place, ids } = readLinks(scope)
  const account = accountOf(name) ?? { handle: null, id: null, profile: null }
  const block = findCommentWords(scope, name)
  const words = readWords(block)
  const answered = place?.reply ? place.comment : null
  const [first] = words.mentions
  const firstLink = block ? findFirst(block, 'a[href]') : null
  const isToFirst = first !== undefined && words.text?.startsWith(readLine(firstLink) ?? '\n') === true
  return {
    ...emptyReading('facebook', answered ? 'reply' : 'comment'),
    ...words,
    postId: place?.reply ?? place?.comment ?? ids?.comment ?? null,
    permalink: place ? commentPermalink(place) : null,
    author: { ...account, name: readLine(name, { exclude: 'img, svg, [data-0]' }) },
    media: readMedia(scope, block),
    counts: readCommentCounts(scope),
    posted: readTime(time, now),
    parentPostId: answered ?? ids?.post ?? place?.id ?? null,
    replyToHandle: answered ? (isToFirst ? first : findAnswered(element, answered)) : null,
  }
}
