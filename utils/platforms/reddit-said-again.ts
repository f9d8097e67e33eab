import type { OtherSource } from '../model/platform'
import type { PostReading } from '../model/post'
import { attributeOf, findAll, findClosest, findFirst, isMatch, readLine } from './dom'
import { newSelectors, ownSlot } from './reddit-new'
import { childOf, isOldComment, oldPost } from './reddit-old'
import { fullname, permalinkFrom, postIdIn } from './reddit-parts'
import { statement } from './said-again'
import { timeFromAttribute } from './times'

function handleIn(href: string | null): string | null {
  return href?.match(/\/(?:user|u)\/([\w-]{1,40})\/?(?:\?.*)?$/)?.[1] ?? null
}

/** The post's words under another title: only that is stated a second time. */
function withTitle(text: string | null, title: string | null): string | null {
  if (text === null || title === null || title.trim() === '') return null
  const [, ...rest] = text.split('\n\n')
  return [title.trim(), ...rest].join('\n\n')
}

/** The page of a post is titled "TITLE : place", and is loaded anew for each. */
function titleOfPage(post: Element, id: string | null, address: URL): string | null {
  if (id === null || postIdIn(permalinkFrom(address.pathname)) !== id) return null
  const title = findFirst(findClosest(post, 'html'), 'head > title')?.textContent ?? ''
  return title.match(/^([\s\S]+) : (?:r\/)?\w+\s*$/)?.[1] ?? null
}

function fromNewPost(post: Element, reading: PostReading, address: URL): OtherSource[] {
  const credit = ownSlot(post, 'credit-bar') ?? post
  const shown = readLine(ownSlot(post, 'title'))
  const isTitleFromAttribute = (attributeOf(post, 'post-title')?.trim() ?? '') !== ''
  const created = timeFromAttribute(attributeOf(post, 'created-timestamp'))
  const time = findFirst(post, 'time[datetime], faceplate-timeago[ts]')
  const again = timeFromAttribute(attributeOf(time, 'datetime') ?? attributeOf(time, 'ts'))
  const isIdFromAttribute = fullname(attributeOf(post, 'id') ?? attributeOf(post, 'post-id'), 't3') !== null
  return [
    ...(created ? statement('posted', 'datetime', again) : []),
    ...statement('handle', 'profile', handleIn(attributeOf(findFirst(credit, 'a[href*="/user/"]'), 'href'))),
    ...(isIdFromAttribute ? statement('post-id', 'permalink', postIdIn(reading.permalink)) : []),
    ...(isTitleFromAttribute ? statement('text', 'label', withTitle(reading.text, shown)) : []),
    ...statement('text', 'title', withTitle(reading.text, titleOfPage(post, reading.postId, address))),
  ]
}

/** The comment's id at the end of its address; the post's page has none there. */
function commentIdIn(permalink: string | null): string | null {
  const id = permalink?.match(/\/comments\/\w+\/[^/]+\/(\w{4,13})\/?(?:\?.*)?$/)?.[1]
  return id ? `t1_${id}` : null
}

function fromNewComment(comment: Element, reading: PostReading): OtherSource[] {
  const meta = ownSlot(comment, 'commentMeta')
  const created = timeFromAttribute(attributeOf(comment, 'created'))
  const again = timeFromAttribute(attributeOf(findFirst(meta, 'time[datetime]'), 'datetime'))
  const alt = attributeOf(findFirst(ownSlot(comment, 'commentAvatar'), 'img'), 'alt')
  const words = `[id$="-comment-rtjson-content"]`
  const body = ownSlot(comment, 'comment')
  const holder = body && isMatch(body, words) ? body : findFirst(body, words)
  const link = findFirst(meta, 'a[href*="/user/"]')
  return [
    ...(created ? statement('posted', 'datetime', again) : []),
    ...statement('handle', 'profile', handleIn(attributeOf(link, 'href'))),
    ...statement('handle', 'label', alt?.match(/(?:^|\s)u\/([\w-]{1,40})(?:\s|$)/)?.[1]),
    ...statement('post-id', 'permalink', commentIdIn(reading.permalink)),
    ...statement('post-id', 'embedded-data', attributeOf(holder, 'id')?.match(/^(t1_\w+)-/)?.[1]),
  ]
}

/** A comment on a user page: its menu names the author, as does the line above the words. */
function fromProfileComment(comment: Element, reading: PostReading): OtherSource[] {
  const isFromMenu = findFirst(comment, 'shreddit-overflow-menu[author-name]') !== null
  const link = findFirst(comment, '[id^="poster-info-"] a[href^="/user/"]')
  const body = findFirst(comment, '[id$="-comment-rtjson-content"]')
  return [
    ...(isFromMenu ? statement('handle', 'profile', handleIn(attributeOf(link, 'href'))) : []),
    ...statement('post-id', 'permalink', commentIdIn(reading.permalink)),
    ...statement('post-id', 'embedded-data', attributeOf(body, 'id')?.match(/^(t1_\w+)-/)?.[1]),
  ]
}

function fromOldThing(thing: Element, reading: PostReading, address: URL): OtherSource[] {
  const author = findFirst(childOf(thing, 'entry'), '.tagline a.author')
  const isFromAttribute = attributeOf(thing, 'data-author') !== null
  const ms = Number(attributeOf(thing, 'data-timestamp') ?? Number.NaN)
  const time = findFirst(childOf(thing, 'entry'), '.tagline time[datetime]')
  const stamp = time && ms > 0 && ms < 4e12 ? new Date(ms).toISOString() : null
  const classId = attributeOf(author, 'class')?.match(/(?:^|\s)id-(t2_\w+)(?:\s|$)/)?.[1]
  const isComment = isOldComment(thing)
  const linked = isComment ? commentIdIn(reading.permalink) : postIdIn(reading.permalink)
  const title = isComment ? null : titleOfPage(thing, reading.postId, address)
  return [
    ...statement('posted', 'embedded-data', stamp),
    ...(isFromAttribute ? statement('handle', 'label', readLine(author)) : []),
    ...(isFromAttribute ? statement('handle', 'profile', handleIn(attributeOf(author, 'href'))) : []),
    ...statement('post-id', 'permalink', linked),
    ...statement('post-id', 'embedded-data', attributeOf(thing, 'id')?.match(/^thing_(t[13]_\w+)$/)?.[1]),
    ...(reading.author.id ? statement('author-id', 'embedded-data', classId) : []),
    ...statement('text', 'title', withTitle(reading.text, title)),
  ]
}

/** What a page of Reddit says a second time about a post: attributes are read, what is drawn repeats them. */
export function otherSources(post: Element, reading: PostReading, address: URL): OtherSource[] {
  if (reading.isDeleted) return []
  if (isMatch(post, oldPost)) return fromOldThing(post, reading, address)
  if (isMatch(post, 'shreddit-profile-comment')) return fromProfileComment(post, reading)
  return isMatch(post, newSelectors.comments)
    ? fromNewComment(post, reading)
    : fromNewPost(post, reading, address)
}

/** The account's id where a post of its own on the page states it. */
export function idByPosts(page: Element | null, handle: string): string | null {
  const posts = page ? findAll(page, 'shreddit-post[author-id], .thing[data-author-fullname]') : []
  for (const post of posts) {
    const author = attributeOf(post, 'author') ?? attributeOf(post, 'data-author')
    const id = attributeOf(post, 'author-id') ?? attributeOf(post, 'data-author-fullname')
    if (author?.toLowerCase() === handle.toLowerCase() && id && /^t2_\w+$/.test(id)) return id
  }
  return null
}
