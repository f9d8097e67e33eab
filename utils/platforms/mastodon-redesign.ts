import type { PostReading } from '../model/post'
import {
  absoluteAddress,
  attributeOf,
  childrenOf,
  directionOf,
  eachOnce,
  emptyReading,
  findAll,
  findClosest,
  findFirst,
  isMatch,
  isWithin,
  languageOf,
  linksIn,
  parentOf,
  readLine,
  readText,
  shorten,
} from './dom'
import { readMedia } from './mastodon-content'
import { accountAt, asAccount } from './mastodon-parts'
import { mentioned } from './mastodon-threads'
import { exactTime, timeFromAttribute, timeFromId, unknownTime } from './times'

/**
 * Posts of the client's redesign, behind a switch since 4.7: class names are generated, so everything is found
 * by links, `time` and `data-id`. The root's `data-id` is the timeline entry's, not the post's.
 */
const root = 'article[data-id]'
const postPath = /^\/@[^/]+\/(\d+)\/?$/

/** A link to a post on this server whose text is its time. */
function timeLinksIn(element: Element): Element[] {
  return findAll(element, 'a[href]').filter(
    (link) => findFirst(link, 'time[datetime]') && idIn(link) !== null,
  )
}

function idIn(link: Element | null): string | null {
  const path = attributeOf(link, 'href')?.replace(/^https?:\/\/[^/]+/, '') ?? ''
  return postPath.exec(path)?.[1] ?? null
}

function headerOf(post: Element): Element | null {
  return childrenOf(post).find((child) => isMatch(child, 'header')) ?? null
}

/** The card of a quote: the smallest box around its time that also holds its body, a link to the same post. */
function cardAround(timeLink: Element, post: Element): Element | null {
  const href = attributeOf(timeLink, 'href')
  for (let box = parentOf(timeLink); box && box !== post; box = parentOf(box)) {
    const links = findAll(box, 'a[href]')
    if (links.some((link) => link !== timeLink && attributeOf(link, 'href') === href)) return box
  }
  return null
}

function cardsIn(post: Element): Element[] {
  const header = headerOf(post)
  return timeLinksIn(post)
    .filter((link) => header !== null && !isWithin(link, [header]))
    .flatMap((link) => cardAround(link, post) ?? [])
}

function isArticle(element: Element): boolean {
  const header = isMatch(element, root) ? headerOf(element) : null
  return (
    header !== null &&
    findFirst(header, 'a[data-hover-card-account]') !== null &&
    timeLinksIn(header).length > 0
  )
}

/** Posts of the redesign and the quotes in them, in page order. Empty on every other page. */
export function findRedesigned(page: ParentNode): Element[] {
  return findAll(page, root)
    .filter(isArticle)
    .flatMap((post) => [post, ...cardsIn(post)])
}

/** Whether an element is a post, or a quote's card, of the redesign. */
export function isRedesigned(post: Element): boolean {
  if (isMatch(post, '.status, .detailed-status, .status__wrapper')) return false
  const article = findClosest(post, root)
  return article !== null && isArticle(article)
}

/** The link of a boost's or an answer's line, which stands before the header. */
function lineBefore(post: Element): { link: Element | null; isBoost: boolean } {
  const prepend = childrenOf(post).find((child) => isMatch(child, '.status__prepend'))
  const boost = findFirst(prepend ?? null, '.status__display-name.muted')
  return { link: boost ?? findFirst(prepend ?? null, 'a[href]'), isBoost: boost !== null }
}

function accountOfLink(link: Element | null, address: URL): string | null {
  return asAccount(attributeOf(link, 'title')) ?? accountAt(attributeOf(link, 'href'), address)
}

function bodyOf(post: Element, cards: Element[]): Element | null {
  const head = headerOf(post)
  const outside = [
    ...cards,
    ...(head ? [head] : []),
    ...findAll(post, '.content-warning, .media-gallery, .poll, footer'),
  ]
  return findFirst(post, '[lang]', outside)
}

function cardBodyOf(card: Element): Element | null {
  const timeLink = timeLinksIn(card)[0] ?? null
  const href = attributeOf(timeLink, 'href')
  return (
    findAll(card, 'a[href]').find((link) => link !== timeLink && attributeOf(link, 'href') === href) ?? null
  )
}

function readAuthor(box: Element, address: URL): PostReading['author'] {
  const links = findAll(box, 'a[data-hover-card-account]')
  const named = links.find((link) => findFirst(link, 'bdi, .display-name__html')) ?? links[0] ?? null
  return {
    handle: accountOfLink(named, address),
    name: readLine(findFirst(named, '.display-name__html') ?? findFirst(named, 'bdi')),
    profile: absoluteAddress(attributeOf(named, 'href'), address),
    id: attributeOf(named, 'data-id') ?? attributeOf(named, 'data-hover-card-account'),
  }
}

function readTime(link: Element | null, id: string | null, now: Date): PostReading['posted'] {
  const time = findFirst(link, 'time')
  const asShown = shorten(attributeOf(time, 'title')) ?? readLine(time)
  const iso = timeFromAttribute(attributeOf(time, 'datetime'))
  if (iso !== null) return exactTime('dom', iso, asShown)
  const fromId = id === null ? null : timeFromId('mastodon', id, now)
  return fromId === null ? { ...unknownTime, asShown } : exactTime('id', fromId, asShown)
}

/** What a post of the redesign shows; `post` is its article or the card of a quote in it. */
export function readRedesigned(post: Element, address: URL, now: Date): PostReading {
  const article = findClosest(post, root) ?? post
  const isQuote = article !== post
  const cards = isQuote ? [] : cardsIn(post)
  const head = isQuote ? post : (headerOf(post) ?? post)
  const author = readAuthor(head, address)
  const link = timeLinksIn(head)[0] ?? null
  const id = idIn(link)
  const body = isQuote ? cardBodyOf(post) : bodyOf(post, cards)
  const text = readText(body)
  const warning = findFirst(post, '.content-warning', cards)
  const above = isQuote ? { link: null, isBoost: false } : lineBefore(post)
  const aboveAccount = accountOfLink(above.link, address)
  const isReply = above.link !== null && !above.isBoost
  const mentions = body
    ? findAll(body, 'a.mention:not(.hashtag)').flatMap((each) => mentioned(each, address) ?? [])
    : []
  return {
    ...emptyReading('mastodon', isQuote ? 'quote' : isReply ? 'reply' : 'post'),
    postId: id,
    permalink:
      author.handle !== null && id !== null ? absoluteAddress(`/@${author.handle}/${id}`, address) : null,
    author,
    text,
    language: languageOf(body) ?? languageOf(findFirst(body, '[lang]')),
    direction: directionOf(body, text),
    links: isQuote ? [] : linksIn(body, address, { exclude: 'a.mention, a.hashtag' }),
    mentions: eachOnce(mentions),
    media: isQuote ? [] : readMedia(post, address),
    posted: readTime(link, id, now),
    replyToHandle: isReply ? aboveAccount : null,
    repostedBy: above.isBoost ? aboveAccount : null,
    quotedIn: isQuote ? idIn(timeLinksIn(headerOf(article) ?? article)[0] ?? null) : null,
    contentWarning: readText(findFirst(warning, 'p') ?? warning),
    isTruncated: text === null && warning !== null,
    missing: isReply ? [{ field: 'parentPostId', reason: 'not-in-page' }] : [],
  }
}
