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
import { authorBy, fullname, isPlaceholder, permalinkFrom, postIdIn, readWords, site } from './reddit-parts'
import { exactTime, timeFromAttribute, unknownTime } from './times'

/** Today's Reddit: custom elements that carry their facts as attributes. */
export const newSelectors = {
  posts: 'shreddit-post, shreddit-ad-post',
  // The second one on user pages.
  comments: 'shreddit-comment, shreddit-profile-comment',
} as const

const selectors = {
  anyBody: '[id$="-rtjson-content"], .md',
  // In lists the text is cut to a preview.
  preview: '.feed-card-text-preview',
  time: 'time[datetime], faceplate-timeago[ts]',
  // Behind each picture stands a blurred one of the same address, for show.
  gallery:
    'gallery-carousel img:not([role="presentation"]),' +
    ' [slot="post-media-container"] img[src*="redd.it/"]:not([role="presentation"])',
  player: 'shreddit-player, shreddit-player-2',
  menu: 'shreddit-overflow-menu[author-name]',
  poster: '[id^="poster-info-"] a[href^="/user/"], a[href^="/user/"]',
  score: 'shreddit-comment-action-row[score]',
} as const

/** Whether this is a post with an identity: an advert that holds a post counts once. */
export function isNewPost(element: Element): boolean {
  if (!isMatch(element, newSelectors.posts)) return false
  if (findClosest(element.parentElement, 'shreddit-ad-post')) return false
  return attributeOf(element, 'permalink') !== null || attributeOf(element, 'post-title') !== null
}

/** Whether this is a comment with an identity; empty and loading ones have none. */
export function isNewComment(element: Element): boolean {
  return isMatch(element, newSelectors.comments) && idOfComment(element) !== null
}

function idOfComment(comment: Element): string | null {
  const id = attributeOf(comment, 'thingid') ?? attributeOf(comment, 'comment-id')
  return id?.startsWith('t1_') ? fullname(id, 't1') : null
}

/** The element's own child in a slot: the answers to a comment are children in other slots. */
function inSlot(element: Element, slot: string): Element | null {
  return [...element.children].find((child) => attributeOf(child, 'slot') === slot) ?? null
}

/** The comment's own part in a slot: its child, on some pages nested deeper, never that of an answer inside. */
export function ownSlot(comment: Element, slot: string): Element | null {
  return inSlot(comment, slot) ?? findFirst(comment, `[slot="${slot}"]`, findAll(comment, 'shreddit-comment'))
}

/** The words of a comment, by their slot or by the comment's id. */
function bodyOf(comment: Element): Element | null {
  const slot = ownSlot(comment, 'comment')
  const id = idOfComment(comment)
  const named = `[id="${id}-comment-rtjson-content"], [id="${id}-post-rtjson-content"]`
  return findFirst(slot, selectors.anyBody) ?? slot ?? findFirst(comment, named)
}

function readTime(holder: Element | null, attribute: string | null): PostedTime {
  const time = findFirst(holder, selectors.time)
  const asShown = readLine(time)
  const inTime = attributeOf(time, 'datetime') ?? attributeOf(time, 'ts')
  const iso = timeFromAttribute(attribute) ?? timeFromAttribute(inTime)
  return iso ? exactTime('dom', iso, asShown) : { ...unknownTime, asShown }
}

function someCounts(counts: Record<string, string | null>): PostReading['counts'] {
  return Object.fromEntries(
    Object.entries(counts).flatMap(([name, shown]) =>
      shown === null || shown === '' ? [] : [[name, shown]],
    ),
  )
}

function imagesIn(root: Element | null, selector: string): PostMedia[] {
  if (!root) return []
  return findAll(root, selector)
    .map((image) => {
      // Pictures that are not yet turned to wait under another name.
      const source = attributeOf(image, 'src') ?? attributeOf(image, 'data-lazy-src')
      return shownMedia('image', absoluteAddress(source, site), attributeOf(image, 'alt'))
    })
    .slice(0, 100)
}

function readPostMedia(post: Element, title: string | null): PostMedia[] {
  const type = attributeOf(post, 'post-type')
  const address = absoluteAddress(attributeOf(post, 'content-href'), site)
  const gallery = imagesIn(post, selectors.gallery)
  if (type === 'image') {
    return [shownMedia('image', address ?? gallery[0]?.address ?? null, gallery[0]?.alt ?? null)]
  }
  if (type === 'video' || type === 'gif') {
    const player = absoluteAddress(attributeOf(findFirst(post, selectors.player), 'src'), site)
    return [shownMedia('video', player ?? address)]
  }
  if (type === 'gallery' && gallery.length > 0) return gallery
  if (type === 'poll') return [shownMedia('poll', null, null)]
  return type === 'link' && address ? [shownMedia('card', address, title)] : []
}

function readWarning(post: Element): string | null {
  const warnings = ['nsfw', 'spoiler'].filter((name) => {
    const value = attributeOf(post, name)
    return value !== null && value !== 'false'
  })
  return warnings.length > 0 ? warnings.join(', ') : null
}

/** Reading of a post of a feed, of the page of a post, or of an advert. */
export function readNewPost(post: Element): PostReading {
  const title = attributeOf(post, 'post-title')?.trim() || readLine(findFirst(post, '[slot="title"]'))
  const slot = findFirst(post, '[slot="text-body"]')
  const body = findFirst(slot, selectors.anyBody) ?? slot
  const isPreview = slot !== null && findFirst(slot, selectors.preview) !== null
  const bodyText = readText(body)
  const isTakenAway = isPlaceholder(bodyText) || isPlaceholder(title)
  const permalink = permalinkFrom(attributeOf(post, 'permalink'))
  const author = authorBy(attributeOf(post, 'author'), attributeOf(post, 'author-id'))
  const posted = readTime(post, attributeOf(post, 'created-timestamp'))
  const words = readWords(body, title)
  const missing: Missing = []
  const note = noteIn(missing)
  note('author.handle', author.handle === null, 'deleted')
  note('permalink', permalink === null)
  note('posted', posted.iso === null)
  note('text', isPreview, 'preview-only')
  note('text', isTakenAway, 'deleted')
  return {
    ...emptyReading('reddit', 'post'),
    ...words,
    postId: fullname(attributeOf(post, 'id') ?? attributeOf(post, 'post-id'), 't3') ?? postIdIn(permalink),
    permalink,
    author,
    language: attributeOf(post, 'post-language'),
    media: readPostMedia(post, title),
    counts: someCounts({ score: attributeOf(post, 'score'), comments: attributeOf(post, 'comment-count') }),
    posted,
    contentWarning: readWarning(post),
    isAd: isMatch(post, 'shreddit-ad-post, [promoted]:not([promoted="false"]), [is-promoted]'),
    isTruncated: isPreview && /(…|\.\.\.)$/.test(bodyText ?? ''),
    isDeleted: isTakenAway,
    missing,
  }
}

type Answered = { id: string | null; handle: string | null }

function answeredBy(comment: Element): Answered {
  const above = findClosest(comment.parentElement, 'shreddit-comment')
  const id = fullname(attributeOf(comment, 'parentid'), 't1') ?? (above ? idOfComment(above) : null)
  const isAbove = above !== null && idOfComment(above) === id
  return { id, handle: isAbove ? authorBy(attributeOf(above, 'author'), null).handle : null }
}

function isDeeper(comment: Element): boolean {
  return Number(attributeOf(comment, 'depth') ?? 0) > 0
}

/** Reading of a comment under a post, or of one on a user page. */
export function readNewComment(comment: Element): PostReading {
  const isOnProfile = isMatch(comment, 'shreddit-profile-comment')
  const permalink = permalinkFrom(attributeOf(comment, 'permalink') ?? attributeOf(comment, 'href'))
  const body = isOnProfile ? findFirst(comment, selectors.anyBody) : bodyOf(comment)
  const words = readWords(body)
  const isTakenAway =
    isPlaceholder(readText(body)) || (body === null && isMatch(comment, '[is-comment-deleted], [deleted]'))
  const answered = answeredBy(comment)
  const isReply = answered.id?.startsWith('t1_') === true || (!isOnProfile && isDeeper(comment))
  const ownPost = fullname(attributeOf(comment, 'postid'), 't3') ?? postIdIn(permalink)
  const parentPostId = isReply ? answered.id : isOnProfile ? null : (answered.id ?? ownPost)
  const author = readAuthor(comment)
  const posted = readTime(
    isOnProfile ? comment : ownSlot(comment, 'commentMeta'),
    attributeOf(comment, 'created'),
  )
  const missing: Missing = []
  const note = noteIn(missing)
  note('author.handle', author.handle === null, 'deleted')
  note('author.id', author.handle !== null)
  note('text', words.text === null, isTakenAway ? 'deleted' : 'no-words-shown')
  note('permalink', permalink === null)
  note('posted', posted.iso === null)
  note('parentPostId', parentPostId === null)
  return {
    ...emptyReading('reddit', isReply ? 'reply' : 'comment'),
    ...words,
    postId: idOfComment(comment),
    permalink,
    author,
    media: imagesIn(body, 'figure img, img[src*="redd.it/"]'),
    counts: someCounts({
      score: attributeOf(comment, 'score') ?? attributeOf(findFirst(comment, selectors.score), 'score'),
    }),
    posted,
    parentPostId,
    replyToHandle: isReply ? answered.handle : null,
    isDeleted: isTakenAway,
    missing,
  }
}

function readAuthor(comment: Element): PostReading['author'] {
  if (isMatch(comment, 'shreddit-comment')) return authorBy(attributeOf(comment, 'author'), null)
  const fromMenu = attributeOf(findFirst(comment, selectors.menu), 'author-name')
  const link = attributeOf(findFirst(comment, selectors.poster), 'href')
  return authorBy(fromMenu ?? link?.match(/^\/user\/([\w-]+)\/?$/)?.[1] ?? null, null)
}
