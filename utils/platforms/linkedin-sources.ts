import type { OtherSource } from '../model/platform'
import type { PostReading } from '../model/post'
import { attributeOf, findAll, findClosest, findFirst, isWithin } from './dom'
import { handleOf, isProfileLink, postUrnIn, type Urn } from './linkedin-ids'
import { authorLinkIn, commentsIn, commentUrnOf, selectors } from './linkedin-new-parts'
import { isBefore } from './meta'
import { type Said, saidInLabel, statementsOn } from './said-twice'

// Seen on a saved page: faces with links and labels beside the authors of the front end of 2026, ids in the keys of
// comments. Hearsay: the same in the front end before it. Ages and the time in the id are no two statements: the time
// of a reading is made of both.

const oldParts = {
  author:
    '.update-components-actor__meta-link, .update-components-actor__container-link, .comments-comment-meta__description-container',
  face: '.update-components-actor__image[href], .comments-comment-meta__image-link[href]',
  twin: '.update-components-actor__title .visually-hidden, .comments-comment-meta__description-title .visually-hidden',
  nested:
    '.comments-comment-entity, .comments-comment-item, .update-components-mini-update-v2, .feed-shared-mini-update-v2',
} as const

/** The picture of the author with its link: the last one before the line about them. */
function faceBefore(author: Element, post: Element, outside: readonly Element[]): Element | null {
  const faces = findAll(post, 'a[href]').filter(
    (link) =>
      isProfileLink(link) &&
      findFirst(link, 'p') === null &&
      findFirst(link, 'figure, img, svg') !== null &&
      isBefore(link, author) &&
      !isWithin(link, outside),
  )
  return faces.at(-1) ?? null
}

/** The first label in the element that says something; signs in a line are labelled as well. */
function labelIn(element: Element | null, selector: string): string | null {
  const labelled = element ? findAll(element, selector) : []
  const labels = labelled
    .filter((each) => !findClosest(each, 'p'))
    .map((each) => attributeOf(each, 'aria-label') ?? attributeOf(each, 'alt'))
  return labels.find((label) => label !== null && label.trim() !== '') ?? null
}

/** Members stand in addresses by name or by id: the one says nothing about the other. */
function saidByFace(face: Element | null, { author }: PostReading): Said {
  const handle = handleOf(face)
  const isId = (text: string | null) => text?.startsWith('ACo') === true
  const isComparable = isId(handle) === isId(author.handle)
  return { fact: 'handle', source: 'profile', value: isComparable ? handle : null }
}

function saidInNew(post: Element, reading: PostReading): Said[] {
  const own = commentUrnOf(post)?.id
  const comments = commentsIn(post).filter((comment) => commentUrnOf(comment)?.id !== own)
  const line = authorLinkIn(post, comments)
  if (!line) return []
  const face = faceBefore(line, post, comments)
  const labels = [labelIn(line, 'div[aria-label]'), labelIn(face, 'img[alt], svg[aria-label]')]
  return [
    saidByFace(face, reading),
    ...labels.map(
      (label): Said => ({ fact: 'name', source: 'label', value: saidInLabel(label, reading.author.name) }),
    ),
  ]
}

function saidInOld(post: Element, reading: PostReading): Said[] {
  const outside = findAll(post, oldParts.nested)
  const line = findFirst(post, oldParts.author, outside)
  const twin = findFirst(post, oldParts.twin, outside)
  const labels = [attributeOf(line, 'aria-label'), twin?.textContent ?? null]
  return [
    saidByFace(findFirst(post, oldParts.face, outside), reading),
    ...labels.map(
      (label): Said => ({ fact: 'name', source: 'label', value: saidInLabel(label, reading.author.name) }),
    ),
  ]
}

/** Ids of the post in other places than its own attribute, link or key, which the reading is made of. */
function otherIds(post: Element, reading: PostReading): (Urn | null)[] {
  const named = commentsIn(post).map((comment) => commentUrnOf(comment)?.post ?? null)
  const own = postUrnIn(attributeOf(post, 'data-urn'))
  // Under a header the attribute names the act of the person in it.
  if (own) return own.id === reading.postId ? [postUrnIn(attributeOf(findWrapper(post), 'data-id'))] : []
  return findFirst(post, `${selectors.tools}, ${selectors.updateLink}`) ? named : []
}

function findWrapper(post: Element): Element | null {
  return findClosest(post, '[data-id^="urn:li:activity:"]')
}

/** An id of another kind is another number. */
function saidOfId(post: Element, reading: PostReading): Said[] {
  const kind = postUrnIn(reading.permalink)?.type
  return otherIds(post, reading).flatMap((urn): Said[] =>
    urn?.type === kind && urn ? [{ fact: 'post-id', source: 'id', value: urn.id }] : [],
  )
}

/** What the page says a second time about a post or comment whose reading this is. */
export function otherSourcesOf(
  post: Element,
  reading: PostReading,
  { isNew }: { isNew: boolean },
): OtherSource[] {
  const isPost = reading.kind === 'post'
  return statementsOn(reading, [
    ...(isNew ? saidInNew(post, reading) : saidInOld(post, reading)),
    ...(isPost ? saidOfId(post, reading) : []),
  ])
}
