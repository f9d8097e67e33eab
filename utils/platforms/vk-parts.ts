import type { Author, PostedTime, PostMedia, PostReading } from '../model/post'
import {
  absoluteAddress,
  attributeOf,
  directionOf,
  eachOnce,
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
  type TextOptions,
} from './dom'

/** Addresses are given on this host, whichever host the page is on: vk.ru and m.vk.com show the same. */
export const site = 'https://vk.com'

export const selectors = {
  // The new client, and the one before it, which still draws some walls and what is shown without an account.
  // A post shared by another one lies inside that one, with a higher nesting level or, before, in `copy_quote`.
  post: '[data-testid="post"], [data-post-nesting-lvl], .post[data-post-id], .copy_quote',
  // The second lies inside the first; the third is of videos and of the page for telephones.
  comment:
    '[data-testid="wall_comments_comment_root"], [data-testid="wall_comments_comment_in_thread"], ' +
    '[data-testid="comment"], .reply[id^="post"]',
  inThread: '[data-testid="wall_comments_comment_in_thread"], .replies_list_deep .reply',
  title:
    '[data-testid="post-header-title"], .PostHeaderTitle__authorName, .post_author .author, .CopyPost__authorLink,' +
    ' .copy_author',
  avatar: '[data-testid="post-header-avatar"], .PostHeaderTitle__authorLink, .post_image',
  date: '[data-testid="post_date_block_preview"], a.post_link, .post_date a, .copy_post_date a, .published_by_date',
  signature: '[data-testid="post-footer-author"], .wall_signed_by',
  // What is unfolded stands beside what was cut.
  whole: '[data-testid="showmoretext-in-expanded"]',
  cut: '[data-testid="showmoretext-in"], [data-testid="post_text"], .wall_post_text, .wall_reply_text',
  more: '[data-testid="showmoretext-after"]',
  advertisement:
    '[data-ad-view], [data-ad-block], [data-ad], [data-ad-disabled-stat-impression], .wall_marked_as_ads,' +
    ' ._ads_promoted_post, .ads_ads_news_wrap',
} as const

/** One post or comment: its element, and what lies in it that is another's. */
export type Scope = { root: Element; outside: readonly Element[] }

/** The post or comment with everything in it that another wrote. */
export function scopeOf(root: Element): Scope {
  return { root, outside: findAll(root, `${selectors.post}, ${selectors.comment}`) }
}

export function own(scope: Scope, selector: string): Element | null {
  return findFirst(scope.root, selector, scope.outside)
}

export function ownAll(scope: Scope, selector: string): Element[] {
  return findAll(scope.root, selector).filter((element) => !isWithin(element, scope.outside))
}

/**
 * The post around this one, into which it was shared. Null for one that stands alone, also where an element around
 * it carries the same id.
 */
export function outerOf(post: Element): Element | null {
  const id = attributeOf(post, 'data-post-id')
  let outer = findClosest(parentOf(post), selectors.post)
  while (outer && id !== null && attributeOf(outer, 'data-post-id') === id)
    outer = findClosest(parentOf(outer), selectors.post)
  return outer
}

const wallShape = /^-?\d{1,12}_\d{1,12}$/

/** Owner of the wall and number on it (`-123_45`), from an address. Null when it names no post. */
export function wallIn(href: string | null): string | null {
  const address = absoluteAddress(href, site)
  return address && isOwnHost(new URL(address).hostname)
    ? (address.match(/[/=]wall(-?\d{1,12}_\d{1,12})(?!\d)/)?.[1] ?? null)
    : null
}

/** A value of the page as id of a post, where it has the form of one. */
export function wallId(value: string | null): string | null {
  return value && wallShape.test(value) ? value : null
}

function isOwnHost(hostname: string): boolean {
  return /(^|\.)vk\.(com|ru)$/.test(hostname)
}

/** Pages of the site itself, which look like names of accounts. */
const ownPages = new Set(
  (
    'feed im search friends groups video videos music audios photos apps market settings support about blog' +
    ' login join restore bookmarks docs games clips away.php al_feed.php services jobs terms privacy dev'
  ).split(' '),
)

/** The account at an address: its name in the address and, where that is a number, its id (`-` for communities). */
export function accountAt(href: string | null): { handle: string; id: string | null } | null {
  const address = absoluteAddress(href, site)
  const { hostname, pathname } = new URL(address ?? `${site}/feed`)
  const handle = pathname.match(/^\/([A-Za-z][\w.]{1,63})\/?$/)?.[1]
  if (!handle || !isOwnHost(hostname) || ownPages.has(handle) || /\d_\d+$/.test(handle)) return null
  const [, kind, number] = handle.match(/^(id|club|public|event)(\d{1,12})$/) ?? []
  return { handle, id: number ? `${kind === 'id' ? '' : '-'}${number}` : null }
}

export const nobody: Author = { handle: null, name: null, profile: null, id: null }

/** The account that a label names and an address leads to. */
export function authorOf(name: string | null, href: string | null): Author {
  const account = accountAt(href)
  if (!account) return { ...nobody, name }
  return { handle: account.handle, name, profile: `${site}/${account.handle}`, id: account.id }
}

/** Links of a text, as they were written. */
export function readLinks(element: Element | null, options: TextOptions): PostReading['links'] {
  return linksIn(element, site, options).map(directLink)
}

/** Links to other sites go through `/away.php`: only the target is kept. */
function directLink(link: { address: string; text: string }) {
  const { hostname, pathname, searchParams } = new URL(link.address)
  if (pathname !== '/away.php' || !isOwnHost(hostname)) return link
  return { ...link, address: absoluteAddress(searchParams.get('to'), site) ?? link.address }
}

const notWords = `${selectors.more}, ${selectors.signature}, ${selectors.date}, a.wall_post_more, .PostTextMore`

type Words = Pick<PostReading, 'text' | 'language' | 'direction' | 'links' | 'mentions' | 'isTruncated'>

/** Words of a post or comment; those behind "show more" only where the page holds them. */
export function readWords(scope: Scope, holder: string | null): Words {
  const inside = holder === null ? scope : { ...scope, root: own(scope, holder) ?? scope.root }
  const whole = own(inside, selectors.whole)
  const element = whole ?? own(inside, selectors.cut) ?? (holder === null ? null : own(scope, holder))
  const options: TextOptions = { exclude: notWords, outside: scope.outside }
  const text = readText(element, options)
  const mentions = ownAll(scope, 'a[data-testid="mention"], a[mention_id]')
    .filter((link) => element !== null && isWithin(link, [element]))
    .flatMap((link) => accountAt(attributeOf(link, 'href'))?.handle ?? [])
  // The place of the button is there all the same when nothing is cut; then it is empty.
  const more = whole ? null : own(inside, selectors.more)
  return {
    text,
    language: languageOf(element),
    direction: directionOf(element, text),
    links: readLinks(element, options),
    mentions: eachOnce(mentions),
    isTruncated: more !== null && (more.textContent ?? '').trim() !== '',
  }
}

const photo =
  '[data-testid="primary-attachment-photo"] img, img[data-testid="primary-attachment-image-content"], ' +
  '[data-testid="primary-attachment-image-content"] img, img[data-testid="media-grid-image"], ' +
  'a[href^="/photo"] img, a.page_post_thumb_wrap, .MediaGrid img'

function readPicture(part: Element): PostMedia {
  const painted = attributeOf(part, 'style')?.match(
    /background-image:\s*url\(\s*['"]?([^'")]+)['"]?\s*\)/,
  )?.[1]
  const address = absoluteAddress(attributeOf(part, 'src') ?? painted ?? null, site)
  const alt = attributeOf(part, 'alt') ?? attributeOf(part, 'aria-label')
  return { kind: 'image', address, alt: alt?.trim() || null, isHidden: false }
}

function readVideo(part: Element): PostMedia {
  const title = attributeOf(part, 'aria-label')?.trim() || readLine(part)
  return { kind: 'video', address: null, alt: title, isHidden: false }
}

/** Pictures, videos and pieces of music, in this order. */
export function readMedia(scope: Scope): PostMedia[] {
  const videos = ownAll(scope, '[data-video]')
  const pictures = ownAll(scope, photo).filter(
    (part) => !isWithin(part, videos) && !isMatch(part, '[data-testid="videooverlay-playbutton"] *'),
  )
  const tracks = ownAll(scope, '[data-testid="music-track-overlay-badge-title"], .audio_row__performer_title')
  return [
    ...pictures.map(readPicture),
    ...videos.map(readVideo),
    ...tracks.map(
      (part): PostMedia => ({ kind: 'audio', address: null, alt: readLine(part), isHidden: false }),
    ),
  ].slice(0, 100)
}

/** A number that stands on a button, by the button's place. */
function readCount(scope: Scope, selector: string): string | null {
  const shown = readLine(own(scope, selector))
  return shown && /\p{Nd}/u.test(shown) ? shown : null
}

/** The counts that are shown, each by its name. */
export function countsOf(scope: Scope, places: Record<string, string>): PostReading['counts'] {
  return Object.fromEntries(
    Object.entries(places).flatMap(([name, selector]) => {
      const shown = readCount(scope, selector)
      return shown ? [[name, shown] as const] : []
    }),
  )
}

/** The reason for a moment that is not known. */
export function reasonForTime(posted: PostedTime): string {
  if (posted.asShown === null) return 'not-in-page'
  return posted.from === null ? 'not-exact-in-page' : 'relative-only'
}
