import type { Author } from '../model/post'
import {
  absoluteAddress,
  attributeOf,
  findAll,
  findClosest,
  findFirst,
  isMatch,
  isWithin,
  readLine,
} from './dom'

/** What to look for on X, in order of trust. */
export const selectors = {
  post: 'article[data-testid="tweet"]',
  // Until 2021 the test id was on a div inside the article.
  oldPost: 'article div[data-testid="tweet"]',
  // `User-Names` in 2022. One selector, not a list: lists cost three times as much on long pages.
  nameBlock: '[data-testid^="User-Name"]',
  avatar: '[data-testid^="UserAvatar-Container-"]',
  picture: '[data-testid="Tweet-User-Avatar"]',
  // A quoted post: no address of its own. Badges in the name block are `[role="link"]` too, without a name block.
  quote: 'div[role="link"]:not([href])',
  text: '[data-testid="tweetText"]',
  oldText: 'div[lang]',
  // A long-form post on its own page: title and body, no `tweetText`.
  articleTitle: '[data-testid="twitter-article-title"]',
  articleBody: '[data-testid="twitterArticleRichTextView"]',
  // In lists a button, in quotes and on some posts a link, on old pages a span inside the text.
  showMore: '[data-testid="tweet-text-show-more-link"]',
  status: 'a[href*="/status/"]',
  analytics: 'a[href*="/analytics"]',
  figures: 'a[href*="/analytics"], a[href$="/retweets"], a[href$="/likes"]',
  history: 'a[href$="/history"]',
  // "This is the latest version of this post": a pencil whose label is translated.
  pencil: 'svg path[d^="M21.15 6.232"]',
  context: 'a[href] [data-testid="socialContext"]',
  lock: '[data-testid="icon-lock"]',
  // Part of an address that X hides by font size, in quotes without a link; the "…" at its end is shown.
  hiddenAddress: 'span[aria-hidden="true"]',
  media:
    '[data-testid="tweetPhoto"], [data-testid="videoPlayer"], [data-testid="previewInterstitial"],' +
    ' [data-testid="card.wrapper"], [data-testid="cardPoll"]',
  formerScreen: '[hidden]',
} as const

/** Addresses of posts and profiles begin with this. */
export const home = 'https://x.com'
const handleShape = /^@?([A-Za-z0-9_]{1,20})$/
/** Path of a post: handle (absent for `/i/web/`) and id. */
export const statusShape = /^\/(?:i\/web|([A-Za-z0-9_]{1,20}))\/status\/(\d{1,20})(?:\/|$)/
/** First words of addresses that are no account's. */
const notHandles = new Set([
  'i',
  'home',
  'hashtag',
  'search',
  'explore',
  'settings',
  'messages',
  'notifications',
])

/** A post's address: its handle where the address has one, its id, and the link that shows it. */
export type Status = { handle: string | null; id: string; link: Element }

/** The path of a link within X; null for links elsewhere. */
export function pathOf(link: Element | null): string | null {
  const address = absoluteAddress(attributeOf(link, 'href'), home)
  if (!address) return null
  const { hostname, pathname } = new URL(address)
  return isOwnHost(hostname) ? pathname : null
}

/** Whether the host is one of X's. */
export function isOwnHost(hostname: string): boolean {
  return /(^|\.)(x|twitter)\.com$/.test(hostname)
}

/** The post that a link leads to; null for every other link. */
export function statusOf(link: Element): Status | null {
  const parts = pathOf(link)?.match(statusShape)
  if (!parts?.[2]) return null
  return { handle: parts[1] && !notHandles.has(parts[1]) ? parts[1] : null, id: parts[2], link }
}

/** The handle of a link to a profile, and to nothing below it; null for any other. */
export function handleOf(link: Element | null): string | null {
  const handle = pathOf(link)?.match(/^\/([A-Za-z0-9_]{1,20})\/?$/)?.[1]
  return handle && !notHandles.has(handle) ? handle : null
}

/** The blocks of posts quoted in this one. */
function quotesIn(post: Element): Element[] {
  const blocks = findAll(post, selectors.nameBlock).map((name) => findClosest(name, selectors.quote))
  return [...new Set(blocks)].filter((block) => block !== null).filter((block) => isWithin(block, [post]))
}

/** What belongs to the post: of a quoted post its block, of any other the article without its quotes. */
export type Scope = { whole: Element; quotes: Element[]; nameBlock: Element | null; isQuote: boolean }

/** Of a quoted post its block, of any other its article: until 2021 the post's element is a part of that. */
export function wholeOf(post: Element): Element {
  return isMatch(post, selectors.quote) ? post : (findClosest(post, 'article') ?? post)
}

/** The scope of a post that `findPosts` gave. */
export function scopeOf(post: Element): Scope {
  const isQuote = isMatch(post, selectors.quote)
  const whole = wholeOf(post)
  const quotes = isQuote ? [] : quotesIn(whole)
  return { whole, quotes, nameBlock: findFirst(whole, selectors.nameBlock, quotes), isQuote }
}

/** The first match that belongs to the post itself. */
export function own(scope: Scope, selector: string): Element | null {
  return findFirst(scope.whole, selector, scope.quotes)
}

/** Every match that belongs to the post itself. */
export function ownAll(scope: Scope, selector: string): Element[] {
  return findAll(scope.whole, selector).filter((element) => !isWithin(element, scope.quotes))
}

/** Pages without name blocks (before 2022): the link that holds name and handle. */
function nameLinkOf(scope: Scope): Element | null {
  const links = ownAll(scope, 'a[href]').filter((link) => handleOf(link) !== null && findFirst(link, '[dir]'))
  return links.find((link) => /@[A-Za-z0-9_]{1,20}$/.test(link.textContent?.trim() ?? '')) ?? null
}

/** The element with the post's words. Null when it has none. */
export function textOf(scope: Scope): Element | null {
  return own(scope, selectors.text) ?? (scope.nameBlock ? null : own(scope, selectors.oldText))
}

/** The account behind the post, as its name block, its avatar or its address names it. */
export function readAuthor(scope: Scope, status: Status | null): Author {
  const nameBlock = scope.nameBlock ?? nameLinkOf(scope)
  const nameElement = findFirst(nameBlock, '[dir]')
  const linked = handleOf(findFirst(nameBlock, 'a[href]'))
  const avatar = attributeOf(own(scope, selectors.avatar), 'data-testid')?.replace(
    'UserAvatar-Container-',
    '',
  )
  // `unknown` stands in broadcast cards; the display name may itself look like a handle and is left out.
  const pictured = avatar && avatar !== 'unknown' ? avatar.match(handleShape)?.[1] : undefined
  const written = nameBlock
    ? findAll(nameBlock, 'span')
        .filter((span) => !nameElement || !isWithin(span, [nameElement]))
        .map((span) => readLine(span)?.match(/^@([A-Za-z0-9_]{1,20})$/)?.[1])
        .find((handle) => handle)
    : undefined
  const handle = linked ?? written ?? pictured ?? status?.handle ?? null
  const name = readLine(nameElement)
  // Without its block the name may stand beside the link that was found, which holds the handle alone.
  const isHandle = scope.nameBlock === null && handle !== null && name === `@${handle}`
  return {
    handle,
    name: isHandle ? null : name,
    profile: handle ? `${home}/${handle}` : null,
    id: null,
  }
}

/** The post's own address: the one around its time; of a quoted post the one of its pictures or "Show more". */
export function findStatus(scope: Scope): Status | null {
  const links = ownAll(scope, selectors.status).flatMap((link) => statusOf(link) ?? [])
  if (scope.isQuote) {
    const author = readAuthor(scope, null).handle?.toLowerCase()
    return links.find((status) => author && status.handle?.toLowerCase() === author) ?? null
  }
  const around = links.find((status) => findFirst(status.link, 'time'))
  // Promoted posts show no time, nor do chosen posts before 2022; their id is only in the links to their figures.
  return around ?? links.find((status) => isMatch(status.link, selectors.figures)) ?? null
}
