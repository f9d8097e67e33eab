import type { PostMedia, PostReading } from '../model/post'
import {
  absoluteAddress,
  attributeOf,
  directionOf,
  eachOnce,
  findAll,
  findClosest,
  findFirst,
  isWithin,
  linksIn,
  readText,
  shownMedia,
} from './dom'
import { handleOf, isProfileLink, site } from './linkedin-ids'
import { type Missing, noteIn } from './missing'

const hidden = '.visually-hidden, [class*="visually-hidden"]'

/** Outgoing links go through a page of LinkedIn's: only the target is kept. */
function directAddress(address: string): string {
  const { hostname, pathname, searchParams } = new URL(address)
  const isRedirect = /^\/(safety\/go|redir\/redirect)/.test(pathname)
  if (!isRedirect || !/(^|\.)linkedin\.com$/.test(hostname)) return address
  return absoluteAddress(searchParams.get('url'), site) ?? address
}

/** Words, links and mentions of a text; `line` says how its line breaks are written. */
export function readWords(
  element: Element | null,
  line: 'keep' | 'collapse',
): Pick<PostReading, 'text' | 'language' | 'direction' | 'links' | 'mentions'> {
  const options = { exclude: hidden, keep: 'a [aria-hidden="true"]', whiteSpace: line }
  const text = readText(element, options)
  const inner = findFirst(element, '[dir="rtl"], [dir="ltr"]')
  const mentions = element ? findAll(element, 'a[href]').flatMap((link) => handleOf(link) ?? []) : []
  return {
    text,
    language: null,
    direction: directionOf(inner, text),
    links: linksIn(element, site, options).map((link) => ({ ...link, address: directAddress(link.address) })),
    mentions: eachOnce(mentions),
  }
}

/** Faces and logos, which are no media of the post. */
const portraits = /displayphoto|framedphoto|company-logo|displaybackground|ghost/

function readImage(image: Element): PostMedia | null {
  const address = absoluteAddress(attributeOf(image, 'src'), site)
  if (!address || !new URL(address).hostname.endsWith('.licdn.com') || portraits.test(address)) return null
  // Icons of reactions and badges.
  if (new URL(address).hostname.startsWith('static.')) return null
  return shownMedia('image', address, attributeOf(image, 'alt'))
}

const ownPage = /^(https:\/\/www\.linkedin\.com)?\/(?!pulse\/|safety\/|redir\/)/

function readCard(link: Element): PostMedia | null {
  // Most links lead to LinkedIn itself: told without parsing each address.
  if (ownPage.test(attributeOf(link, 'href') ?? '')) return null
  const href = absoluteAddress(attributeOf(link, 'href'), site)
  const address = href ? directAddress(href) : null
  if (!address) return null
  const { hostname, pathname } = new URL(address)
  const isOwn = /(^|\.)linkedin\.com$/.test(hostname) && !pathname.startsWith('/pulse/')
  const title = readText(link)
  return isOwn || title === null ? null : shownMedia('card', address, title)
}

/** Pictures, documents, videos and link cards of a post, in this order; what lies in `outside` is not its own. */
export function readMedia(post: Element, outside: readonly Element[]): PostMedia[] {
  const players = findAll(post, '[data-vjs-player], video').filter((player) => !isWithin(player, outside))
  const videos = players.filter(
    (player) => !players.some((other) => other !== player && isWithin(player, [other])),
  )
  const left = [...outside, ...players]
  const images = findAll(post, 'img')
    .filter((image) => !isWithin(image, left))
    .filter((image) => {
      const link = findClosest(image, 'a[href]')
      return !link || !isProfileLink(link)
    })
    .flatMap((image) => readImage(image) ?? [])
  const cards = findAll(post, 'a[href]')
    .filter((link) => !isWithin(link, left))
    .flatMap((link) => readCard(link) ?? [])
  const found = [...images, ...videos.map(() => shownMedia('video', null)), ...cards]
  const isFirst = ({ address }: PostMedia, index: number) =>
    address === null || found.findIndex((other) => other.address === address) === index
  return found.filter(isFirst).slice(0, 100)
}

/** Who can see it, by the name of the sign beside the age. */
export function readVisibility(icons: Element | null): PostReading['visibility'] {
  if (!icons) return null
  if (findFirst(icons, 'svg[id^="globe-"], [data-test-icon^="globe-"]')) return 'public'
  return findFirst(icons, 'svg[id^="people-"], [data-test-icon^="people-"]') ? 'followers' : null
}

/** Words with which the header above a post says that somebody shared it; no other rule needs words. */
const sharing =
  /repost|republi|reparta|compart|condivi|geteilt|gedeeld|udostęp|delade|yeniden payla|转发|轉發|再投稿|リポスト|퍼감|أعاد/i

/** Whether the line above the author says that the account named in it shared the post. */
export function isSharing(header: string | null): boolean {
  return header !== null && sharing.test(header)
}

/** Fields that one would expect and the reading does not have, with the reason. */
export function missingOf(reading: PostReading): Missing {
  const { author, posted } = reading
  const missing: Missing = []
  const note = noteIn(missing)
  note('author.id', author.id === null)
  note('author.handle', author.handle === null)
  note('author.name', author.name === null)
  note('postId', reading.postId === null)
  note('permalink', reading.permalink === null)
  note('posted', posted.iso === null, posted.asShown === null ? 'no-age-shown' : 'relative-only')
  note('text', reading.text === null, 'no-words-shown')
  return missing
}
