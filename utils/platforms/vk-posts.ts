import type { OtherSource } from '../model/platform'
import type { Author, PostedTime, PostReading } from '../model/post'
import { timeFromShownAge } from './ages'
import { attributeOf, emptyReading, findClosest, findFirst, isMatch, isWithin, readLine } from './dom'
import { type Missing, noteIn } from './missing'
import { exactTime, timeFromAttribute, timeFromMs, unknownTime } from './times'
import {
  authorOf,
  countsOf,
  outerOf,
  own,
  ownAll,
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

/** VK opened in October 2006. */
const began = Date.UTC(2006, 9, 1)

/** A moment in seconds since 1970, as the older client keeps it beside an age. */
function timeFromSeconds(seconds: string | null, now: Date): string | null {
  return seconds && /^\d{9,11}$/.test(seconds) ? timeFromMs(Number(seconds) * 1000, began, now) : null
}

/** The moment where the page has it as data, else the window of an age. Dates in words are only shown. */
export function readTime(scope: Scope, place: string, now: Date): PostedTime {
  const exact = own(scope, 'time[datetime], .rel_date[time]')
  const asShown = readLine(own(scope, place)) ?? readLine(exact)
  const iso =
    timeFromAttribute(attributeOf(exact, 'datetime')) ?? timeFromSeconds(attributeOf(exact, 'time'), now)
  if (iso) return exactTime('dom', iso, asShown)
  const page = scope.root.ownerDocument.documentElement
  return timeFromShownAge(asShown, attributeOf(page, 'lang'), now)
}

/** The link with the post's date, which is its address; on the post's own page the date is no link. */
function addressOf(scope: Scope): string | null {
  const links = ownAll(scope, selectors.date)
  return links.map((link) => attributeOf(link, 'href')).find((href) => wallIn(href) !== null) ?? null
}

function idInMarkup(scope: Scope): string | null {
  const own = wallId(attributeOf(scope.root, 'data-post-id'))
  const shared = findFirst(scope.root, '[data-item-owner-id][data-item-id]', scope.outside)
  return own ?? wallId(`${attributeOf(shared, 'data-item-owner-id')}_${attributeOf(shared, 'data-item-id')}`)
}

/** The post's id on its wall. Null for a shared post of which the page says no more than its words. */
export function idOf(scope: Scope): string | null {
  return idInMarkup(scope) ?? wallIn(addressOf(scope))
}

function readAuthor(scope: Scope): Author {
  const title = own(scope, selectors.title)
  const inner = findFirst(title, 'a[href]', scope.outside)
  const link = findClosest(title, 'a[href]') ?? inner ?? own(scope, selectors.avatar)
  const isOutside = link !== null && !isWithin(link, [scope.root])
  const name = readLine(inner ?? title, { exclude: selectors.date })
  return authorOf(name, isOutside ? null : attributeOf(link, 'href'))
}

const counts = {
  likes: '[data-testid="post_footer_action_like"], .PostBottomAction--like, .PostButtonReactions',
  comments: '[data-testid="post_footer_action_comment"], .PostBottomAction.comment',
  shares: '[data-testid="post_footer_action_share"], .PostBottomAction.share',
} as const

function missingOf(reading: PostReading, scope: Scope): Missing {
  const missing: Missing = []
  const note = noteIn(missing)
  const hasLink = ownAll(scope, selectors.date).some((link) => attributeOf(link, 'href') !== null)
  const noId =
    reading.kind === 'quote' ? 'quote-without-address' : hasLink ? 'placeholder-link' : 'not-in-page'
  note('postId', reading.postId === null, noId)
  note('permalink', reading.permalink === null, noId)
  note('author.handle', reading.author.handle === null)
  note('author.name', reading.author.name === null)
  note('author.id', reading.author.id === null)
  note('author.signature', own(scope, selectors.signature) !== null, 'signed-by-another')
  note('posted', reading.posted.iso === null, reasonForTime(reading.posted))
  note('text', reading.text === null, 'no-words-shown')
  return missing
}

/** Whether something is in it: the list keeps the places of posts that are out of sight. */
export function isFilledPost(post: Element): boolean {
  const scope = scopeOf(post)
  if (own(scope, selectors.title) === null) return false
  const isReferred = idOf(scope) !== null || readMedia(scope).length > 0
  return isReferred || readWords(scope, null).text !== null
}

/** What a post of a wall or feed shows; of a shared one, what the post that shares it shows of it. */
export function readWallPost(post: Element, now: Date): PostReading {
  const scope = scopeOf(post)
  const outer = outerOf(post)
  const outerScope = outer ? scopeOf(outer) : null
  const sharer = outerScope ? readAuthor(outerScope) : null
  const id = idOf(scope)
  const isAd = outer === null && isAdvertisement(scope)
  const posted = readTime(scope, selectors.date, now)
  const reading: PostReading = {
    ...emptyReading('vk', outer ? 'quote' : 'post'),
    ...readWords(scope, null),
    postId: id,
    permalink: id ? `${site}/wall${id}` : null,
    author: readAuthor(scope),
    media: readMedia(scope),
    counts: countsOf(scope, counts),
    // An advertisement says in place of a date that it is one.
    posted: isAd && !/\p{Nd}/u.test(posted.asShown ?? '') ? unknownTime : posted,
    quotedIn: outerScope ? idOf(outerScope) : null,
    repostedBy: sharer ? (sharer.handle ?? sharer.name) : null,
    isAd,
  }
  return { ...reading, missing: missingOf(reading, scope) }
}

/** An advertisement is marked on the post, in it, or on the place in the feed that holds it alone. */
function isAdvertisement(scope: Scope): boolean {
  if (isMatch(scope.root, selectors.advertisement) || own(scope, selectors.advertisement)) return true
  return findClosest(scope.root, '[data-ad-view], [data-ad-block], .ads_ads_news_wrap') !== null
}

/** The id once more in the address of the date; the account once more in the address of the picture. */
export function otherSourcesOfPost(post: Element): OtherSource[] {
  const scope = scopeOf(post)
  const fromAddress = wallIn(addressOf(scope))
  const sources: OtherSource[] = []
  if (idInMarkup(scope) !== null && fromAddress !== null)
    sources.push({ fact: 'post-id', source: 'permalink', value: fromAddress })
  const reading = readAuthor(scope)
  const avatar = authorOf(null, attributeOf(own(scope, '[data-testid="post-header-avatar"]'), 'href'))
  const title = own(scope, selectors.title)
  const isNamed = findClosest(title, 'a[href]') !== null || findFirst(title, 'a[href]') !== null
  if (isNamed && reading.handle !== null && avatar.handle !== null)
    sources.push({ fact: 'handle', source: 'profile', value: avatar.handle })
  return sources
}
