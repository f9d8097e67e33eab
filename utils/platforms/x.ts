import type { OtherSource, PlatformAdapter } from '../model/platform'
import type { PostedTime, PostReading } from '../model/post'
import {
  attributeOf,
  directionOf,
  emptyReading,
  findAll,
  findClosest,
  findFirst,
  inPageOrder,
  isMatch,
  isWithin,
  languageOf,
  linksIn,
  readLine,
  readText,
} from './dom'
import { type Missing, noteIn } from './missing'
import { exactTime, timeFromAttribute, timeFromId, unknownTime } from './times'
import { readCounts, readMedia } from './x-media'
import { findMessages, isMessage, readMessage } from './x-messages'
import { xProfile } from './x-profile'
import { otherSources } from './x-said-again'
import {
  findStatus,
  handleOf,
  home,
  isOwnHost,
  own,
  ownAll,
  readAuthor,
  type Scope,
  type Status,
  scopeOf,
  selectors,
  textOf,
  wholeOf,
} from './x-scope'
import { mentionsIn, readTweet } from './x-text'
import { findAnswered } from './x-threads'
import { otherWebSources, readWebPost } from './x-web'
import { findWebPosts, isWebPost } from './x-web-parts'

function readTime(scope: Scope, status: Status | null, now: Date): PostedTime {
  const time = own(scope, 'time[datetime]')
  const asShown = readLine(time)
  const iso = timeFromAttribute(attributeOf(time, 'datetime'))
  if (iso) return exactTime('dom', iso, asShown)
  const fromId = status ? timeFromId('x', status.id, now) : null
  return fromId ? exactTime('id', fromId, asShown) : { ...unknownTime, asShown }
}

/** The account first named in the "Replying to" line: a link, in a quote plain text, between name and text. */
function findNamed(scope: Scope, text: Element | null): string | null {
  const end =
    text ?? own(scope, selectors.articleTitle) ?? own(scope, selectors.media) ?? own(scope, '[role="group"]')
  if (!scope.nameBlock || !end) return null
  const { nameBlock } = scope
  const isBetween = (element: Element) =>
    isBefore(nameBlock, element) && isBefore(element, end) && !isWithin(element, [nameBlock, end])
  const candidates = ownAll(scope, 'a[href], span').filter(isBetween)
  for (const element of candidates) {
    const handle = readLine(element)?.match(/^@([A-Za-z0-9_]{1,20})$/)?.[1]
    if (handle) return handle
  }
  return null
}

function isBefore(first: Element, second: Element): boolean {
  const follows = Node.prototype.compareDocumentPosition.call(first, second)
  return (follows & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
}

function readArticle(scope: Scope) {
  const title = own(scope, selectors.articleTitle)
  const body = own(scope, selectors.articleBody)
  const words = [readText(title), readText(body)].filter((part) => part !== null).join('\n\n')
  return { words: words === '' ? null : words, links: linksIn(body, home) }
}

function readWords(scope: Scope, text: Element | null) {
  const { words, links } = text ? readTweet(text) : readArticle(scope)
  return {
    text: words,
    language: languageOf(text),
    direction: directionOf(text, words),
    links,
    mentions: text ? mentionsIn(text) : [],
  }
}

/**
 * Whether the words are cut. A quoted post without an address of its own cannot be opened in full by itself, so
 * its cut is said of the post that holds it, too.
 */
function isCut(scope: Scope): boolean {
  if (own(scope, selectors.showMore)) return true
  return scope.quotes.some((quote) => findFirst(quote, selectors.showMore) && !findStatus(scopeOf(quote)))
}

function missingOf(reading: PostReading, scope: Scope): Missing {
  const missing: Missing = [{ field: 'author.id', reason: 'not-in-page' }]
  const note = noteIn(missing)
  note('author.handle', reading.author.handle === null)
  note('author.name', reading.author.name === null)
  note('postId', reading.postId === null, scope.isQuote ? 'quote-without-address' : 'placeholder-link')
  note('permalink', reading.permalink === null, scope.isQuote ? 'quote-without-address' : 'placeholder-link')
  note('posted', reading.posted.iso === null)
  note('text', reading.text === null, 'no-words-shown')
  note('parentPostId', reading.kind === 'reply' && reading.parentPostId === null)
  return missing
}

/** Posts, each followed by the blocks quoted in it, and those of them that name an author. */
function collectPosts(root: ParentNode): { posts: Element[]; named: Set<Element> } {
  const quotes = new Map<Element, Set<Element>>()
  // Asked about one post alone, it gives that post and what it quotes.
  if (root instanceof Element && isMatch(root, selectors.post)) quotes.set(root, new Set())
  for (const post of findAll(root, selectors.post)) quotes.set(post, new Set())
  const named = new Set<Element>()
  for (const name of findAll(root, selectors.nameBlock)) {
    const post = findClosest(name, selectors.post)
    const quote = findClosest(name, selectors.quote)
    const isQuoted = post !== null && quote !== null && isWithin(quote, [post])
    if (isQuoted) quotes.get(post)?.add(quote)
    const holder = isQuoted ? quote : post
    if (holder) named.add(holder)
  }
  return { posts: [...quotes].flatMap(([post, inside]) => [post, ...inside]), named }
}

function findPosts(root: ParentNode, address: URL): Element[] {
  const { posts, named } = collectPosts(root)
  const found = posts.length > 0 ? posts : findAll(root, selectors.oldPost)
  const shown = found
    .filter((post) => named.has(post) || findFirst(wholeOf(post), selectors.status) !== null)
    .filter((post) => !findClosest(post, selectors.formerScreen))
  const messages = findMessages(root, address)
  if (posts.length === 0 && messages.length === 0) shown.push(...findWebPosts(root))
  // A post that is shared in a message is a part of the message.
  const isOwn = (post: Element) => !isWithin(post, messages)
  return messages.length > 0 ? inPageOrder([...shown.filter(isOwn), ...messages]) : shown
}

function outerIdOf(quote: Element): string | null {
  const article = findClosest(quote, 'article')
  return article ? (findStatus(scopeOf(article))?.id ?? null) : null
}

function readPost(post: Element, address: URL, now: Date): PostReading {
  if (isMessage(post)) return readMessage(post)
  if (isWebPost(post)) return readWebPost(post, address, now)
  const scope = scopeOf(post)
  const status = findStatus(scope)
  const author = readAuthor(scope, status)
  const text = textOf(scope)
  const { isReply, parent } = findAnswered(scope, address)
  const replyToHandle = findNamed(scope, text) ?? parent?.handle ?? null
  const handle = status?.handle ?? author.handle
  const reading: PostReading = {
    ...emptyReading('x', scope.isQuote ? 'quote' : isReply || replyToHandle ? 'reply' : 'post'),
    ...readWords(scope, text),
    postId: status?.id ?? null,
    permalink: status ? `${home}/${handle ?? 'i'}/status/${status.id}` : null,
    author,
    media: readMedia(scope),
    counts: readCounts(scope),
    posted: readTime(scope, status, now),
    parentPostId: parent?.id ?? null,
    replyToHandle,
    quotedIn: scope.isQuote ? outerIdOf(post) : null,
    repostedBy: scope.isQuote ? null : handleOf(findClosest(own(scope, selectors.context), 'a[href]')),
    visibility: findFirst(scope.nameBlock, selectors.lock) ? 'followers' : null,
    isAd: !scope.isQuote && !own(scope, 'time') && scope.nameBlock !== null,
    isTruncated: isCut(scope),
    isEdited: own(scope, selectors.history) !== null || findFirst(scope.nameBlock, selectors.pencil) !== null,
  }
  return { ...reading, missing: missingOf(reading, scope) }
}

function sourcesOf(post: Element, address: URL, now: Date): OtherSource[] {
  if (isMessage(post)) return []
  return isWebPost(post) ? otherWebSources(post, address) : otherSources(post, address, now)
}

/** Pages of the account, of sign-in and of help. */
const withoutPosts =
  /^\/(settings|login|signup|tos|privacy|compose|account|i\/(flow|grok|jf|keyboard_shortcuts|premium_sign_up))(\/|$)/

/**
 * Reader of X: feeds, profiles, searches and status pages; the client for visitors who are not logged in
 * (`x-web.ts`); by hearsay direct messages (`x-messages.ts`) and the encrypted chat (`x-chat.ts`).
 */
export const x: PlatformAdapter = {
  id: 'x',
  name: 'X',
  version: 3,
  isConfirmed: true,
  isHearsay: (post, { kind }) => kind === 'message' || isWebPost(post),
  hosts: ['x.com', '*.x.com', 'twitter.com', '*.twitter.com'],
  recognises: (address) => isOwnHost(address.hostname),
  expectsPosts: ({ pathname }) => !withoutPosts.test(pathname),
  findPosts,
  readPost,
  profile: xProfile,
  otherSources: sourcesOf,
}
