import type { Author } from '../model/post'
import { attributeOf, findAll, findClosest, findFirst, isMatch, isWithin, parentOf, readLine } from './dom'
import { handleOf, home, pathOf, type Status, statusOf } from './x-scope'

/**
 * The client that X has served to visitors who are not logged in since autumn 2026: no test ids, class names that
 * say only how things look. Known from public captures of such pages (October 2026) and from public code.
 */
export const webParts = {
  post: 'article:not([data-testid])',
  // Around each post of a list and each quoted one, with its address; around the chosen post without.
  entry: '[data-timeline-entry]',
  card: '[data-timeline-entry][role="link"]',
  chosen: '[data-timeline-entry]:not([data-href])',
  action: '[data-engagement-action]',
  // Beside the author's own picture there can be that of an organisation, named otherwise.
  picture: 'img[alt^="@"]',
  status: 'a[href*="/status/"]',
  text: '[dir="auto"]',
  longText: '.x-article-body',
  retweetIcon: 'svg[data-icon^="icon-retweet"]',
  lockIcon: 'svg[data-icon*="lock"]',
  viewsIcon: 'svg[data-icon^="icon-bar-chart"]',
  count: '[data-animated-count-visual]',
} as const

/** Post of the new client: its article, the articles inside it, which are not its own, and where it stands. */
export type WebScope = { whole: Element; inside: Element[]; isQuote: boolean; entry: Element | null }

function articlesIn(article: Element): Element[] {
  return findAll(article, webParts.post).map((inner) => {
    const card = findClosest(inner, webParts.card)
    return card && isWithin(card, [article]) ? card : inner
  })
}

/** The scope of a post that `findWebPosts` gave. */
export function webScopeOf(article: Element): WebScope {
  const entry = findClosest(article, webParts.entry)
  const outer = findClosest(parentOf(article), webParts.post)
  // A shared post is an article in an article, too, but in the same entry.
  const isQuote = outer !== null && entry !== null && isWithin(entry, [outer])
  return { whole: article, inside: articlesIn(article), isQuote, entry }
}

/** The first match that belongs to the post itself. */
export function webOwn({ whole, inside }: WebScope, selector: string): Element | null {
  return findFirst(whole, selector, inside)
}

/** Every match that belongs to the post itself. */
export function webOwnAll({ whole, inside }: WebScope, selector: string): Element[] {
  return findAll(whole, selector).filter((element) => !isWithin(element, inside))
}

function holdsPost(article: Element): boolean {
  const scope = webScopeOf(article)
  const isShown = scope.isQuote || webOwn(scope, webParts.action) !== null
  return isShown && webOwn(scope, webParts.picture) !== null && !findClosest(article, '[hidden]')
}

/** Posts of the new client and the posts quoted in them, in page order. Empty on every other page. */
export function findWebPosts(root: ParentNode): Element[] {
  const isOne = root instanceof Element && isMatch(root, webParts.post)
  if (!isOne && !findFirst(root, webParts.action)) return []
  const articles = [...(isOne ? [root] : []), ...findAll(root, webParts.post)]
  return articles.filter(holdsPost)
}

/** Whether the element is a post of the new client. */
export function isWebPost(element: Element): boolean {
  return isMatch(element, webParts.post)
}

/** The words of a post, before which "Replying to" may stand. Null when it has none. */
export function webTextOf(scope: WebScope): Element | null {
  const texts = webOwnAll(scope, webParts.text).filter((text) => !findClosest(text, webParts.longText))
  return texts.find((text) => isMatch(text, '.whitespace-pre-wrap')) ?? texts[0] ?? null
}

/** Links to the post itself: the date's first. On narrow screens they lead through m.x.com. */
export function webStatusLinks(scope: WebScope): Status[] {
  const text = webTextOf(scope)
  return webOwnAll(scope, webParts.status)
    .filter((link) => !text || !isWithin(link, [text]))
    .flatMap((link) => statusOf(link) ?? [])
    .filter(({ link }) => /\/status\/\d+\/?$/.test(pathOf(link) ?? ''))
}

/** The link of the date, which is the post's address. Null where none is shown, as on adverts. */
export function webStatusOf(scope: WebScope): Status | null {
  return webStatusLinks(scope).find(({ link }) => readLine(link) !== null) ?? null
}

/** Id and handle that the entry around the post states. Null around the chosen post. */
export function entryStatus({ entry, whole }: WebScope): { handle: string | null; id: string } | null {
  const isOwn = entry !== null && findFirst(entry, webParts.post) === whole
  const path = isOwn ? attributeOf(entry, 'data-href')?.replace(/^https?:\/\/[^/]+/, '') : undefined
  const parts = path?.match(/^\/(\w{1,20})\/status\/(\d{1,20})(?:[/?]|$)/)
  return parts?.[2] ? { handle: parts[1] ?? null, id: parts[2] } : null
}

/** The id that the button for an answer names. */
export function answerId(scope: WebScope): string | null {
  const link = webOwn(scope, `${webParts.action} a[href*="in_reply_to="]`)
  return attributeOf(link, 'href')?.match(/[?&]in_reply_to=(\d{1,20})(?:&|$)/)?.[1] ?? null
}

/** Handle in the picture's description. */
export function picturedHandle(scope: WebScope): string | null {
  const alt = attributeOf(webOwn(scope, webParts.picture), 'alt')
  return alt?.match(/^@([A-Za-z0-9_]{1,20})$/)?.[1] ?? null
}

/** Links to the author's profile before the words: picture, name, `@handle`. */
export function authorLinks(scope: WebScope): Element[] {
  const picture = webOwn(scope, webParts.picture)
  const handle = handleOf(findClosest(picture, 'a[href]')) ?? picturedHandle(scope)
  const text = webTextOf(scope)
  return webOwnAll(scope, 'a[href]').filter(
    (link) => handle !== null && handleOf(link) === handle && (!text || !isWithin(link, [text])),
  )
}

/** The `@handle` as a person sees it. */
export function writtenWebHandle(scope: WebScope): string | null {
  const lines = authorLinks(scope).flatMap((link) => readLine(link, { exclude: 'img' }) ?? [])
  return lines.flatMap((line) => line.match(/^@([A-Za-z0-9_]{1,20})$/)?.[1] ?? [])[0] ?? null
}

/** The account behind the post; its handle by the links around picture and name. */
export function readWebAuthor(scope: WebScope): Author {
  const links = authorLinks(scope)
  const named = links.find(
    (link) =>
      !findFirst(link, webParts.picture) && !readLine(link)?.startsWith('@') && readLine(link) !== null,
  )
  const handle = handleOf(links[0] ?? null) ?? picturedHandle(scope)
  const name = readLine(named ?? null)
  return { handle, name, profile: handle ? `${home}/${handle}` : null, id: null }
}
