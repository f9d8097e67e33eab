import type { PostMedia, PostReading } from '../model/post'
import {
  absoluteAddress,
  attributeOf,
  emptyReading,
  findAll,
  findClosest,
  findFirst,
  languageOf,
  previousOf,
  readLine,
  shownMedia,
} from './dom'
import { type Missing, noteIn } from './missing'
import {
  accountLink,
  authorBy,
  commentParts,
  handleOf,
  itemOf,
  placeIn,
  readTime,
  readWords,
  site,
  threadStarterOf,
  timeOfId,
} from './tiktok-parts'
import { timeFromShownDay } from './tiktok-times'

/** Comments and replies of a video. */

function readCommentMedia(comment: Element): PostMedia[] {
  return findAll(comment, 'img')
    .filter((image) => !findClosest(image, `${accountLink}, [data-e2e^="comment-"]`))
    .flatMap((image) => {
      const address = absoluteAddress(attributeOf(image, 'src'), site)
      return address ? [shownMedia('image', address, attributeOf(image, 'alt'))] : []
    })
}

/** The id stood on the element until 2024; today no comment has one in the page. */
function commentIdOf(comment: Element, now: Date): string | null {
  const id = attributeOf(comment, 'id') ?? ''
  return /^\d{16,20}$/.test(id) && timeOfId(id, now) ? id : null
}

/** What a comment or a reply shows. */
export function readComment(comment: Element, address: URL, now: Date): PostReading {
  const { name, words, reply, time } = commentParts(comment)
  const link = findFirst(name, accountLink) ?? findClosest(name, 'a[href]')
  const starter = threadStarterOf(comment)
  const parent = starter ? itemOf(starter) : null
  const video = placeIn(address)?.id ?? null
  const id = commentIdOf(comment, now)
  const text = readWords(words)
  const asShown = readLine(time ?? previousOf(reply))
  const language = languageOf(findClosest(comment, 'html'))
  const posted = id
    ? readTime(id, asShown, now)
    : timeFromShownDay(asShown, { language, now, notBefore: video ? timeOfId(video, now) : null })
  const likes = readLine(
    findFirst(comment, '[data-e2e="comment-like-count"]') ?? findFirst(comment, '[aria-pressed]'),
  )
  const handle = handleOf(link)
  const missing: Missing = [{ field: 'author.id', reason: 'not-in-page' }]
  const note = noteIn(missing)
  note('postId', id === null)
  note('permalink', true, 'platform-gives-none')
  note('author.handle', handle === null)
  note('posted', posted.iso === null, posted.from ? 'relative-only' : 'not-exact-in-page')
  note('text', text.text === null, 'no-words-shown')
  note('parentPostId', video === null)
  const answered = text.text?.startsWith('@') ? (text.mentions[0] ?? null) : null
  return {
    ...emptyReading('tiktok', starter ? 'reply' : 'comment'),
    ...text,
    postId: id,
    author: authorBy(handle, readLine(findFirst(link, 'p, span')) ?? readLine(link)),
    media: readCommentMedia(comment),
    counts: likes && /\p{Nd}/u.test(likes) ? { likes } : {},
    posted,
    parentPostId: (parent && commentIdOf(parent, now)) ?? video,
    replyToHandle: starter
      ? (answered ?? handleOf(findFirst(starter, accountLink) ?? findClosest(starter, 'a[href]')))
      : null,
    missing,
  }
}
