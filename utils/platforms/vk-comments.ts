import type { OtherSource } from '../model/platform'
import type { Author, PostReading } from '../model/post'
import {
  absoluteAddress,
  attributeOf,
  emptyReading,
  findClosest,
  findFirst,
  isMatch,
  isWithin,
  parentOf,
  readLine,
} from './dom'
import { type Missing, noteIn } from './missing'
import {
  accountAt,
  authorOf,
  countsOf,
  own,
  readMedia,
  readWords,
  reasonForTime,
  type Scope,
  scopeOf,
  selectors,
  site,
  wallId,
  wallIn,
} from './vk-parts'
import { idOf, readTime } from './vk-posts'

const places = {
  owner: '[data-testid="comment-owner"], .reply_author .author',
  avatar: '[data-testid="comment-avatar"], a.reply_image',
  words: '[data-testid="comment-text"], .reply_text',
  date: '[data-testid="wall_comment_date"], .reply_date, a.item_date',
  link: 'a[data-testid="wall_comment_date"], a[href*="reply="], a[href*="_r"]',
  answered: '[data-testid="comment-reply-parent"], [class*="vkitCommentReplyTarget"], .reply_to',
} as const

/** Where a comment stands: on which post, under which number, and in whose thread. */
type Place = { post: string | null; comment: string | null; thread: string | null }

function numberIn(value: string | null | undefined): string | null {
  return value && /^[1-9]\d{0,11}$/.test(value) ? value : null
}

/** `/wall-1_2?reply=3&thread=4`, or `?w=wall-1_2_r3` while the post lies open over another page. */
function placeInAddress(scope: Scope): Place {
  const href = attributeOf(own(scope, places.link), 'href')
  const post = wallIn(href)
  if (!post) return { post: null, comment: null, thread: null }
  const { searchParams } = new URL(absoluteAddress(href, site) ?? site)
  const short = searchParams.get('w')?.match(/_r(\d+)$/)?.[1]
  return {
    post,
    comment: numberIn(searchParams.get('reply') ?? short),
    thread: numberIn(searchParams.get('thread')),
  }
}

/** The comment's number in its own id (`…_3`, on pages of videos `3`). */
function numberInMarkup(element: Element | null): string | null {
  return numberIn(attributeOf(element, 'id')?.match(/^(?:[a-z]*-?\d{1,12}_)?(\d{1,12})$/)?.[1])
}

/** The comment whose thread this one stands in: around it in the new client, named by the list in the older. */
function threadAround(comment: Element): string | null {
  if (!isMatch(comment, selectors.inThread)) return null
  const around = findClosest(parentOf(comment), selectors.comment)
  const list = findClosest(comment, '.replies_list_deep')
  return around ? (placeInAddress(scopeOf(around)).comment ?? numberInMarkup(around)) : numberInMarkup(list)
}

function placeOf(scope: Scope, address: URL): Place {
  const linked = placeInAddress(scope)
  const holder = findClosest(scope.root, selectors.post)
  const thread = linked.thread ?? threadAround(scope.root)
  const comment = linked.comment ?? numberInMarkup(scope.root)
  return {
    post: linked.post ?? (holder ? idOf(scopeOf(holder)) : wallIn(address.href)),
    comment,
    thread: thread === comment ? null : thread,
  }
}

/** Comments are numbered on the wall of their post, in one row with its posts. */
function idOn(post: string | null, number: string | null): string | null {
  return number ? wallId(`${post?.split('_')[0]}_${number}`) : null
}

function permalinkOf({ post, comment, thread }: Place): string | null {
  if (!post || !comment) return null
  return `${site}/wall${post}?reply=${comment}${thread ? `&thread=${thread}` : ''}`
}

function linkOf(scope: Scope, place: string): string | null {
  const part = own(scope, place)
  const link = findClosest(part, 'a[href]') ?? findFirst(part, 'a[href]')
  return link && isWithin(link, [scope.root]) ? attributeOf(link, 'href') : null
}

function readAuthor(scope: Scope): Author {
  const owner = own(scope, places.owner)
  const author = authorOf(readLine(owner), linkOf(scope, places.owner) ?? linkOf(scope, places.avatar))
  const shown = attributeOf(owner, 'data-from-id')
  return shown && /^-?\d{1,12}$/.test(shown) ? { ...author, id: shown } : author
}

/** What is left of a deleted comment: its place, and a sentence in place of name and words. */
function isDeleted(scope: Scope, number: string | null): boolean {
  const isBare = own(scope, places.owner) === null && own(scope, places.words) === null
  return isBare && number !== null && readLine(scope.root, { outside: scope.outside }) !== null
}

/** Whether something is in it. */
export function isFilledComment(comment: Element): boolean {
  const scope = scopeOf(comment)
  const number = placeInAddress(scope).comment ?? numberInMarkup(comment)
  if (own(scope, places.owner) === null) return isDeleted(scope, number)
  return number !== null || readLine(own(scope, places.words)) !== null || readMedia(scope).length > 0
}

function missingOf(reading: PostReading, scope: Scope): Missing {
  const missing: Missing = []
  const note = noteIn(missing)
  const { author, isDeleted } = reading
  const gone = isDeleted ? 'deleted' : 'not-in-page'
  note('postId', reading.postId === null)
  note('permalink', reading.permalink === null)
  note('author.handle', author.handle === null, gone)
  note('author.name', author.name === null, gone)
  note('author.id', author.id === null, gone)
  note('posted', reading.posted.iso === null, reasonForTime(reading.posted))
  note('text', reading.text === null, isDeleted ? 'deleted' : 'no-words-shown')
  note('parentPostId', reading.parentPostId === null)
  const isNamed = own(scope, places.answered) !== null
  note('replyToHandle', isNamed && reading.replyToHandle === null, 'only-names-shown')
  return missing
}

/** What a comment shows. One in a thread answers the comment that the thread is about, or the one it names. */
export function readComment(comment: Element, address: URL, now: Date): PostReading {
  const scope = scopeOf(comment)
  const place = placeOf(scope, address)
  const answered = linkOf(scope, places.answered)
  const deleted = isDeleted(scope, place.comment)
  const isReply = place.thread !== null || isMatch(comment, selectors.inThread)
  const reading: PostReading = {
    ...emptyReading('vk', isReply ? 'reply' : 'comment'),
    ...(deleted ? {} : readWords(scope, places.words)),
    postId: idOn(place.post, place.comment),
    permalink: permalinkOf(place),
    author: readAuthor(scope),
    media: readMedia(scope),
    counts: countsOf(scope, { likes: '[data-testid="comment-like"], .like_button_count' }),
    posted: readTime(scope, places.date, now),
    parentPostId: place.thread ? idOn(place.post, place.thread) : isReply ? null : place.post,
    replyToHandle: accountAt(answered)?.handle ?? null,
    isDeleted: deleted,
  }
  return { ...reading, missing: missingOf(reading, scope) }
}

/** The number once more in the markup, the account once more in the address of the picture. */
export function otherSourcesOfComment(comment: Element): OtherSource[] {
  const scope = scopeOf(comment)
  const sources: OtherSource[] = []
  const linked = placeInAddress(scope)
  const marked = idOn(linked.post, linked.comment ? numberInMarkup(comment) : null)
  if (marked) sources.push({ fact: 'post-id', source: 'id', value: marked })
  const shown = accountAt(linkOf(scope, places.owner))
  const pictured = accountAt(linkOf(scope, places.avatar))
  if (shown && pictured) sources.push({ fact: 'handle', source: 'profile', value: pictured.handle })
  const hasOwnId = attributeOf(own(scope, places.owner), 'data-from-id') !== null
  if (hasOwnId && shown?.id) sources.push({ fact: 'author-id', source: 'profile', value: shown.id })
  return sources
}
