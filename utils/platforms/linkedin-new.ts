import type { PostMedia, PostReading } from '../model/post'
import {
  emptyReading,
  findAll,
  findClosest,
  findFirst,
  isWithin,
  languageOf,
  parentOf,
  readLine,
  readText,
  shownMedia,
} from './dom'
import { isSharing, missingOf, readMedia, readVisibility, readWords } from './linkedin-content'
import { authorBy, commentAddress, handleOf, postAddress } from './linkedin-ids'
import {
  ageLineIn,
  agesIn,
  authorLinkIn,
  commentAgeOf,
  commentUrnOf,
  isCard,
  nameIn,
  nestedComments,
  outerComment,
  type Parts,
  partsOf,
  profileLinksIn,
  selectors,
  urnOf,
} from './linkedin-new-parts'
import { partsOfAgeLine, readTime } from './linkedin-times'

/** The link in the line above the author: "X commented on this", "X reposted this". */
function headerOf({ card, author, comments }: Parts): { handle: string; words: string | null } | null {
  const links = profileLinksIn(card).filter((link) => !isWithin(link, comments))
  const before = author ? links.slice(0, links.indexOf(author)) : []
  const link = before.find((one) => findClosest(one, 'p') !== null && readLine(one) !== null)
  const handle = handleOf(link ?? null)
  return link && handle ? { handle, words: readLine(findClosest(link, 'p')) } : null
}

function readPoll({ card, comments, quotes }: Parts): PostMedia[] {
  const outside = [...comments, ...quotes]
  const link = findAll(card, selectors.updateLink).find(
    (one) => !isWithin(one, outside) && findFirst(one, 'p') !== null,
  )
  const block = parentOf(link ?? null)
  const answers = block ? findAll(block, 'button').flatMap((button) => readLine(button) ?? []) : []
  const question = readText(link ?? null)
  return answers.length < 2 ? [] : [shownMedia('poll', null, [question, ...answers].join('\n'))]
}

/** A figure has a twin for screen readers; taken is the one for the eye. */
function figureIn(element: Element | null): string | null {
  const twin = findFirst(element, 'p [aria-hidden="true"], :scope > [aria-hidden="true"]')
  const shown = readLine(twin)
  return shown && /\p{Nd}/u.test(shown) ? shown : null
}

function readCounts({ card, comments, quotes }: Parts): PostReading['counts'] {
  const outside = [...comments, ...quotes]
  const find = (selector: string) =>
    findAll(card, selector).find((one) => !isWithin(one, outside) && figureIn(one) !== null) ?? null
  const faces = findAll(card, 'ul[role="presentation"]').find(
    (list) => !isWithin(list, outside) && figureIn(parentOf(list)) !== null,
  )
  const found = [
    ['reactions', parentOf(faces ?? null)],
    ['comments', find('[role="button"] > p')],
    ['reposts', find('a > p')],
  ] as const
  return Object.fromEntries(
    found.flatMap(([name, element]) => {
      const figure = figureIn(element)
      return figure ? [[name, figure]] : []
    }),
  )
}

function readCard(card: Element, now: Date): PostReading {
  const parts = partsOf(card, now)
  const { comments, quotes, author } = parts
  const isQuote = !isCard(card) && findClosest(card, selectors.cards.join(', ')) !== null
  const outer = isQuote ? findClosest(card, selectors.cards.join(', ')) : null
  const urn = urnOf(parts)
  const line = partsOfAgeLine(ageLineIn(author, now))
  const header = headerOf(parts)
  const outside = [...comments, ...quotes]
  const text = findFirst(card, selectors.text, outside)
  const reading: PostReading = {
    ...emptyReading('linkedin', isQuote ? 'quote' : 'post'),
    ...readWords(text, 'keep'),
    postId: urn?.id ?? null,
    permalink: urn ? postAddress(urn) : null,
    author: authorBy(author, nameIn(author)),
    media: [...readMedia(card, text ? [...outside, text] : outside), ...readPoll(parts)],
    counts: readCounts(parts),
    posted: readTime({
      id: urn?.id ?? null,
      asShown: line.age,
      language: languageOf(findClosest(card, 'html')),
      now,
      isComment: false,
      page: card.ownerDocument,
      allAges: agesIn,
    }),
    quotedIn: outer ? (urnOf(partsOf(outer, now))?.id ?? null) : null,
    repostedBy: header && isSharing(header.words) ? header.handle : null,
    visibility: readVisibility(author),
    isAd: author !== null && line.age === null,
    isEdited: line.isEdited,
  }
  return { ...reading, missing: missingOf(reading) }
}

function readComment(comment: Element, now: Date): PostReading {
  const nested = nestedComments(comment)
  const author = authorLinkIn(comment, nested)
  const urn = commentUrnOf(comment)
  const outer = outerComment(comment)
  const line = partsOfAgeLine(commentAgeOf(comment))
  const text = findFirst(comment, selectors.text, nested)
  const reading: PostReading = {
    ...emptyReading('linkedin', outer ? 'reply' : 'comment'),
    ...readWords(text, 'keep'),
    postId: urn?.id ?? null,
    permalink: urn ? commentAddress(urn) : null,
    author: authorBy(author, nameIn(author)),
    media: readMedia(comment, text ? [...nested, text] : nested),
    posted: readTime({
      id: urn?.id ?? null,
      asShown: line.age,
      language: languageOf(findClosest(comment, 'html')),
      now,
      isComment: true,
      page: comment.ownerDocument,
      allAges: agesIn,
    }),
    parentPostId: (outer ? commentUrnOf(outer)?.id : urn?.post.id) ?? null,
    replyToHandle: outer ? handleOf(authorLinkIn(outer, [comment])) : null,
    isEdited: line.isEdited,
  }
  return { ...reading, missing: missingOf(reading) }
}

/** What a post or comment of the front end of 2026 shows. */
export function readNewPost(post: Element, now: Date): PostReading {
  return commentUrnOf(post) ? readComment(post, now) : readCard(post, now)
}

/** Whether the post is of this front end. */
export function isNewPost(post: Element): boolean {
  return isCard(post) || commentUrnOf(post) !== null || findFirst(post, selectors.text) !== null
}
