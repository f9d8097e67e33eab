import type { PostedTime, PostMedia, PostReading } from '../model/post'
import {
  absoluteAddress,
  attributeOf,
  emptyReading,
  findAll,
  findClosest,
  findFirst,
  isMatch,
  readLine,
  readText,
  shownMedia,
} from './dom'
import { type Missing, noteIn } from './missing'
import { authorBy, isPlaceholder, permalinkFrom, postIdIn, readWords, site } from './reddit-parts'
import { exactTime, timeFromAttribute, unknownTime } from './times'

/** Posts and comments of old.reddit.com, before 2016 known by class alone; "load more comments" is neither. */
export const oldPost = 'div.thing.link[data-fullname], div.thing.comment[data-fullname]'

const selectors = {
  time: '.tagline time[datetime]:not(.edited-timestamp)',
  edited: '.tagline time.edited-timestamp',
  author: '.tagline a.author',
  body: '.usertext-body .md',
  title: 'a.title',
  // A text post in a list shows its title; its text comes when this is pressed.
  closedText: '.expando-button.selftext.collapsed',
  parentLink: '.flat-list a[data-event-action="parent"]',
  comments: '.flat-list a.comments',
  ownLink: '.flat-list a.bylink, .flat-list a.comments',
  preview: '.expando img, .media-preview img',
  // Comments stand in one of these on the page of their post; on user pages they do not.
  thread: '.commentarea, .nestedlisting',
} as const

/** The thing's own child: answers nest inside it. Null when it has none of that class. */
export function childOf(thing: Element, className: string): Element | null {
  return [...thing.children].find((child) => child.classList.contains(className)) ?? null
}

function readTime(thing: Element, entry: Element | null, now: Date): PostedTime {
  const time = findFirst(entry, selectors.time)
  const asShown = readLine(time)
  const iso = timeFromAttribute(attributeOf(time, 'datetime'))
  if (iso) return exactTime('dom', iso, asShown)
  // Promoted posts show no time; posts carry it all the same, in milliseconds.
  const ms = Number(attributeOf(thing, 'data-timestamp') ?? Number.NaN)
  if (!(ms > Date.UTC(2005, 0, 1) && ms < now.getTime() + 86_400_000)) return { ...unknownTime, asShown }
  return exactTime('dom', new Date(ms).toISOString(), asShown)
}

/** Three scores are in the page; which one is shown depends on the person's own vote. */
function readScore(holder: Element | null): string | null {
  const vote = ['likes', 'dislikes'].find((name) => holder?.classList.contains(name)) ?? 'unvoted'
  return readLine(findFirst(holder, `.score.${vote}`))
}

function readCounts(thing: Element, entry: Element | null): PostReading['counts'] {
  const isComment = isOldComment(thing)
  const score = readScore(isComment ? entry : childOf(thing, 'midcol'))
  // With no comment yet the link reads "comment".
  const comments = isComment ? null : readLine(findFirst(entry, selectors.comments))
  return { ...(score ? { score } : {}), ...(comments && /\p{Nd}/u.test(comments) ? { comments } : {}) }
}

function readMedia(thing: Element, entry: Element | null, title: string | null): PostMedia[] {
  const linked = attributeOf(thing, 'data-url') ?? attributeOf(findFirst(entry, selectors.title), 'href')
  const address = absoluteAddress(linked, site)
  const domain = attributeOf(thing, 'data-domain') ?? ''
  if (!address || domain.startsWith('self.') || permalinkFrom(address)) return []
  if (domain === 'v.redd.it' || /\.(mp4|webm)$/.test(address)) return [shownMedia('video', address)]
  const isImage = domain === 'i.redd.it' || /\.(jpe?g|png|gif|webp)$/i.test(new URL(address).pathname)
  return [shownMedia(isImage ? 'image' : 'card', address, isImage ? null : title)]
}

function parentOf(thing: Element, permalink: string | null): string | null {
  const above = findClosest(thing.parentElement, oldPost)
  if (above && isOldComment(above)) return attributeOf(above, 'data-fullname')
  const link = attributeOf(findFirst(childOf(thing, 'entry'), selectors.parentLink), 'href')
  const named = link?.match(/(?:#|\/)(\w{4,13})\/?(?:\?.*)?$/)?.[1]
  if (named) return `t1_${named}`
  return findClosest(thing, selectors.thread) ? postIdIn(permalink) : null
}

function handleOf(id: string | null, comment: Element): string | null {
  const above = findClosest(comment.parentElement, oldPost)
  return above && attributeOf(above, 'data-fullname') === id ? authorNameOf(above) : null
}

function authorNameOf(thing: Element): string | null {
  return attributeOf(thing, 'data-author') ?? readLine(findFirst(childOf(thing, 'entry'), selectors.author))
}

/** Whether a thing of old.reddit.com is a comment. */
export function isOldComment(thing: Element): boolean {
  return isMatch(thing, '.comment')
}

/** Reading of one thing of old.reddit.com. */
export function readOldPost(thing: Element, now: Date): PostReading {
  const entry = childOf(thing, 'entry')
  const isComment = isOldComment(thing)
  const named = attributeOf(thing, 'data-permalink')
  const permalink = permalinkFrom(named ?? attributeOf(findFirst(entry, selectors.ownLink), 'href'))
  const author = authorBy(authorNameOf(thing), attributeOf(thing, 'data-author-fullname'))
  const title = isComment ? null : readLine(findFirst(entry, selectors.title))
  const body = findFirst(entry, selectors.body)
  const isTakenAway = isPlaceholder(readText(body)) || isPlaceholder(title)
  const words = readWords(body, title)
  const parentPostId = isComment ? parentOf(thing, permalink) : null
  const isReply = parentPostId?.startsWith('t1_') ?? false
  const posted = readTime(thing, entry, now)
  const missing: Missing = []
  const note = noteIn(missing)
  note('author.handle', author.handle === null, 'deleted')
  note('text', words.text === null, isTakenAway ? 'deleted' : 'no-words-shown')
  note('permalink', permalink === null)
  note('posted', posted.iso === null)
  note('parentPostId', isComment && parentPostId === null)
  return {
    ...emptyReading('reddit', isReply ? 'reply' : isComment ? 'comment' : 'post'),
    ...words,
    postId: attributeOf(thing, 'data-fullname'),
    permalink,
    author,
    media: isComment ? readImages(body) : readMedia(thing, entry, title),
    counts: readCounts(thing, entry),
    posted,
    parentPostId,
    replyToHandle: isReply ? handleOf(parentPostId, thing) : null,
    contentWarning: readWarning(thing),
    isAd: attributeOf(thing, 'data-promoted') === 'true' || isMatch(thing, '.promoted, .promotedlink'),
    isTruncated: body === null && findFirst(entry, selectors.closedText) !== null,
    isEdited: findFirst(entry, selectors.edited) !== null,
    isDeleted: isTakenAway,
    missing,
  }
}

function readImages(body: Element | null): PostMedia[] {
  if (!body) return []
  return findAll(body, 'img[src*="redd.it/"]')
    .map((image) =>
      shownMedia('image', absoluteAddress(attributeOf(image, 'src'), site), attributeOf(image, 'alt')),
    )
    .slice(0, 100)
}

function readWarning(thing: Element): string | null {
  const warnings = ['nsfw', 'spoiler'].filter((name) => attributeOf(thing, `data-${name}`) === 'true')
  return warnings.length > 0 ? warnings.join(', ') : null
}
