import type { OtherSource } from '../model/platform'
import type { PostMedia, PostReading } from '../model/post'
import {
  absoluteAddress,
  attributeOf,
  directionOf,
  emptyReading,
  findAll,
  findClosest,
  findFirst,
  isMatch,
  isWithin,
  languageOf,
  nextOf,
  parentOf,
  readLine,
  readText,
  shownMedia,
} from './dom'
import { type Missing, noteIn } from './missing'
import { statement, wordsAgain } from './said-again'
import { exactTime, timeFromId, unknownTime } from './times'
import { handleOf, home, type Status, statusShape } from './x-scope'
import { mentionsIn, readTweet } from './x-text'
import {
  answerId,
  authorLinks,
  entryStatus,
  picturedHandle,
  readWebAuthor,
  type WebScope,
  webOwn,
  webOwnAll,
  webParts,
  webScopeOf,
  webStatusLinks,
  webStatusOf,
  webTextOf,
  writtenWebHandle,
} from './x-web-parts'

/** The words of a post, or title and body of a long-form one. */
function readWords(scope: WebScope) {
  const element = webTextOf(scope)
  const { words, links } = element ? readTweet(element) : { words: null, links: [] }
  const body = webOwn(scope, webParts.longText)
  const title = body ? findFirst(parentOf(body), 'h1') : null
  const long = [readText(title), readText(body)].filter((part) => part !== null).join('\n\n')
  const text = words ?? (long === '' ? null : long)
  return {
    text,
    language: languageOf(element),
    direction: directionOf(null, text),
    links,
    mentions: element ? mentionsIn(element) : [],
  }
}

function isCut(text: Element | null): boolean {
  if (!text) return false
  const next = nextOf(text)
  return findFirst(text, 'button') !== null || (next !== null && isMatch(next, 'button'))
}

function mediaFrom(element: Element): PostMedia {
  if (isMatch(element, 'video')) {
    const source = attributeOf(element, 'src') ?? attributeOf(findFirst(element, 'source'), 'src')
    return shownMedia('video', absoluteAddress(source, home), attributeOf(element, 'aria-label'))
  }
  return shownMedia('image', absoluteAddress(attributeOf(element, 'src'), home), attributeOf(element, 'alt'))
}

function readMedia(scope: WebScope): PostMedia[] {
  const shown = webOwnAll(scope, 'video, img[src*="pbs.twimg.com/media/"]').map(mediaFrom)
  const isFirst = ({ address }: PostMedia, at: number) =>
    address === null || shown.findIndex((other) => other.address === address) === at
  return shown.filter(isFirst).slice(0, 100)
}

const countNames = [
  ['replies', 'reply'],
  ['reposts', 'retweet'],
  ['likes', 'like'],
  ['bookmarks', 'bookmark'],
] as const

/** The figures below the post; under a chosen post its views stand beside the date. */
function readCounts(scope: WebScope, status: Status | null): PostReading['counts'] {
  if (scope.isQuote) return {}
  const counts: PostReading['counts'] = {}
  const add = (name: string, element: Element | null) => {
    const shown = readLine(element)
    if (shown !== null) counts[name] = shown
  }
  for (const [name, action] of countNames) {
    add(name, findFirst(webOwn(scope, `[data-engagement-action="${action}"]`), webParts.count))
  }
  const views = findClosest(webOwn(scope, webParts.viewsIcon), webParts.action)
  const beside = webStatusLinks(scope).find(({ link }) => link !== status?.link && findFirst(link, 'div'))
  add('views', findFirst(views, webParts.count) ?? findFirst(beside?.link ?? null, 'div'))
  return counts
}

/** "Replying to" stands between the name and the words; its handles are links. */
function namedAccount(scope: WebScope, author: string | null): string | null {
  const text = webTextOf(scope)
  if (!text || scope.isQuote) return null
  const before = webOwnAll(scope, 'a[href]').filter((link) => isBefore(link, text))
  const handles = before.flatMap((link) => {
    const handle = handleOf(link)
    return handle !== null && readLine(link) === `@${handle}` && handle !== author ? [handle] : []
  })
  return handles[0] ?? null
}

function isBefore(first: Element, second: Element): boolean {
  const follows = Node.prototype.compareDocumentPosition.call(first, second)
  return (follows & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
}

/** On a status page the posts above the chosen one are the chain that leads to it. */
function parentOfChain({ whole, isQuote }: WebScope, address: URL): Status | null {
  const chosen = address.pathname.match(statusShape)?.[2]
  const page = chosen && !isQuote ? findClosest(whole, 'html') : null
  const open = findFirst(findFirst(page, webParts.chosen), webParts.post)
  if (!page || !open || webStatusOf(webScopeOf(open))?.id !== chosen) return null
  if (open !== whole && !isBefore(whole, open)) return null
  const posts = findAll(page, webParts.post).filter((post) => !findClosest(parentOf(post), webParts.post))
  const before = posts[posts.indexOf(whole) - 1]
  return before ? webStatusOf(webScopeOf(before)) : null
}

function sharer({ whole, isQuote, inside }: WebScope): string | null {
  const outer = isQuote ? null : findClosest(parentOf(whole), webParts.post)
  const holder = outer ?? whole
  const icon = findFirst(holder, webParts.retweetIcon, [...inside, ...findAll(holder, webParts.action)])
  if (!icon || (outer && isWithin(icon, [whole]))) return null
  return handleOf(findFirst(parentOf(parentOf(icon)), 'a[href]'))
}

/** What a post of the client for visitors shows. Its time is the id's: no element carries one. */
export function readWebPost(post: Element, address: URL, now: Date): PostReading {
  const scope = webScopeOf(post)
  const author = readWebAuthor(scope)
  const status = webStatusOf(scope)
  const id = status?.id ?? entryStatus(scope)?.id ?? answerId(scope)
  const asShown = readLine(status?.link ?? null)
  const fromId = id === null ? null : timeFromId('x', id, now)
  const parent = parentOfChain(scope, address)
  const replyToHandle = namedAccount(scope, author.handle) ?? parent?.handle ?? null
  const outer = scope.isQuote ? findClosest(parentOf(post), webParts.post) : null
  const words = readWords(scope)
  const missing: Missing = [{ field: 'author.id', reason: 'not-in-page' }]
  const note = noteIn(missing)
  note('author.name', author.name === null)
  note('postId', id === null, 'placeholder-link')
  note('permalink', id === null, 'placeholder-link')
  note('posted', fromId === null)
  note('text', words.text === null, 'no-words-shown')
  note('parentPostId', replyToHandle !== null && parent === null)
  return {
    ...emptyReading('x', scope.isQuote ? 'quote' : replyToHandle || parent ? 'reply' : 'post'),
    ...words,
    postId: id,
    permalink: id ? `${home}/${status?.handle ?? author.handle ?? 'i'}/status/${id}` : null,
    author,
    media: readMedia(scope),
    counts: readCounts(scope, status),
    posted: fromId ? exactTime('id', fromId, asShown) : { ...unknownTime, asShown },
    parentPostId: parent?.id ?? null,
    replyToHandle,
    quotedIn: outer ? (webStatusOf(webScopeOf(outer))?.id ?? null) : null,
    repostedBy: sharer(scope),
    visibility: authorRowHas(scope, webParts.lockIcon) ? 'followers' : null,
    isAd: !scope.isQuote && status === null,
    isTruncated: isCut(webTextOf(scope)),
    isEdited: webOwn(scope, 'a[href$="/history"]') !== null,
    missing,
  }
}

function authorRowHas(scope: WebScope, selector: string): boolean {
  const text = webTextOf(scope)
  return webOwnAll(scope, selector).some((icon) => !text || isBefore(icon, text))
}

/** The heading for screen readers: `Name on X: "words"`, of the chosen post alone. */
function headingWords({ whole, isQuote }: WebScope, status: Status | null, address: URL): string | null {
  const chosen = address.pathname.match(statusShape)?.[2]
  if (isQuote || !status || chosen !== status.id) return null
  const heading = findFirst(findClosest(whole, 'main'), 'h1.sr-only')?.textContent ?? ''
  return /["“„«»「『‘‹]([\s\S]*)["”“»«」』’›]\s*$/u.exec(heading)?.[1] ?? null
}

/** What a page of this client says a second time about a post. */
export function otherWebSources(post: Element, address: URL): OtherSource[] {
  const scope = webScopeOf(post)
  const status = webStatusOf(scope)
  const entry = entryStatus(scope)
  const words = readWords(scope)
  return [
    ...statement('handle', 'label', writtenWebHandle(scope)),
    ...statement('handle', 'permalink', status?.handle),
    ...(authorLinks(scope).length > 0 ? statement('handle', 'embedded-data', picturedHandle(scope)) : []),
    ...(status ? statement('post-id', 'embedded-data', entry?.id) : []),
    ...(status || entry ? statement('post-id', 'permalink', answerId(scope)) : []),
    ...statement('text', 'label', wordsAgain(words, headingWords(scope, status, address))),
  ]
}
