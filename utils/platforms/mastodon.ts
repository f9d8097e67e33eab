import type { OtherSource, PlatformAdapter } from '../model/platform'
import type { PostedTime, PostReading } from '../model/post'
import {
  absoluteAddress,
  attributeOf,
  directionOf,
  eachOnce,
  emptyReading,
  findAll,
  findClosest,
  findFirst,
  isMatch,
  languageOf,
  readLine,
  shorten,
} from './dom'
import { hasMoreHashtags, readCounts, readLinks, readMedia, readWarning, readWords } from './mastodon-content'
import {
  accountAt,
  asAccount,
  findAllOwn,
  findOwn,
  idOf,
  isFocal,
  parts,
  readAuthor,
  statusOf,
  wrapperOf,
} from './mastodon-parts'
import { mastodonProfile } from './mastodon-profile'
import { findRedesigned, isRedesigned, readRedesigned } from './mastodon-redesign'
import { otherSources, postedAgain } from './mastodon-said-again'
import { boostLinkOf, mentionsIn, readAnswered } from './mastodon-threads'
import { type Missing, type Note, noteIn } from './missing'
import { exactTime, timeFromAttribute, timeFromId, unknownTime } from './times'

function findPosts(root: ParentNode): Element[] {
  const classic = findAll(root, `${parts.status}, ${parts.focal}`).map(
    (status) => wrapperOf(status) ?? status,
  )
  const redesigned = findRedesigned(root)
  if (redesigned.length === 0) return classic
  const isBefore = (a: Element, b: Element) => a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING
  return [...classic, ...redesigned].sort((a, b) => (isBefore(a, b) ? -1 : 1))
}

function readTime(status: Element, id: string | null, now: Date): PostedTime {
  const link = findOwn(status, parts.timeLink)
  const time = findFirst(link, 'time')
  const asShown = shorten(attributeOf(time, 'title')) ?? readLine(time ?? link)
  const iso = timeFromAttribute(attributeOf(time, 'datetime'))
  if (iso !== null) return exactTime('dom', iso, asShown)
  const fromId = id === null ? null : timeFromId('mastodon', id, now)
  return fromId === null ? { ...unknownTime, asShown } : exactTime('id', fromId, asShown)
}

/** The link on the time. A quote in glitch-soc has none: its place on this server follows from account and id. */
function readPermalink(
  status: Element,
  account: string | null,
  id: string | null,
  address: URL,
): string | null {
  const link = findOwn(status, parts.timeLink)
  if (link) return absoluteAddress(attributeOf(link, 'href'), address)
  return account !== null && id !== null ? absoluteAddress(`/@${account}/${id}`, address) : null
}

function readVisibility(status: Element): PostReading['visibility'] {
  const box = isFocal(status) ? findClosest(status, '[class*="detailed-status__wrapper-"]') : status
  const names = ` ${attributeOf(box, 'class') ?? ''} ${attributeOf(status, 'class') ?? ''} `
  const found = /[\s_-](public|unlisted|private|direct)(?=\s)/.exec(names)?.[1]
  if (found === 'private') return 'followers'
  return found === 'public' || found === 'unlisted' || found === 'direct' ? found : null
}

/** A mark beside the time in lists; a line of its own under the focal post. */
function isEdited(status: Element): boolean {
  if (findOwn(status, 'a.status__relative-time abbr')) return true
  if (!isFocal(status)) return false
  const times = findAllOwn(status, '.detailed-status__meta time')
  return times.length > 1 || findOwn(status, '.detailed-status__meta button') !== null
}

function readBooster(status: Element, address: URL): string | null {
  const marked = asAccount(attributeOf(wrapperOf(status), 'data-boosted-by'))
  const link = boostLinkOf(status)
  if (!link) return marked
  return (
    marked ??
    asAccount(attributeOf(link, 'title')) ??
    accountAt(attributeOf(link, 'href'), address) ??
    readLine(link)
  )
}

function readContent(status: Element, address: URL, note: Note) {
  const element = findOwn(status, parts.text)
  const text = readWords(status)
  const contentWarning = readWarning(status)
  const isFiltered = findOwn(status, parts.filter) !== null
  const isClosed = element === null && (contentWarning !== null || isFiltered)
  const media = readMedia(status, address)
  const hasHiddenMedia = media.some(({ isHidden }) => isHidden)
  note('text', isClosed, isFiltered ? 'filtered' : 'content-warning-closed')
  note('text', hasMoreHashtags(status), 'some-hashtags-not-shown')
  note('media', hasHiddenMedia, 'covered')
  return {
    text,
    language: languageOf(element),
    direction: directionOf(element, text),
    links: readLinks(status, address),
    mentions: eachOnce(mentionsIn(status, address)),
    media,
    contentWarning,
    isTruncated: isClosed,
  }
}

function readStatus(status: Element, address: URL, now: Date): PostReading {
  const missing: Missing = []
  const note = noteIn(missing)
  const author = readAuthor(status, address)
  const id = idOf(status, address)
  const content = readContent(status, address, note)
  const { isReply, ...reply } = readAnswered(status, address)
  const quoteBox = findClosest(status, parts.quoteBox)
  const quoter = findClosest(quoteBox, `${parts.status}, ${parts.focal}`)
  const permalink = readPermalink(status, author.handle, id, address)
  const posted = readTime(status, id, now)
  note('author.handle', author.handle === null)
  note('postId', id === null)
  note('permalink', permalink === null)
  note('posted', posted.source !== 'dom')
  note('parentPostId', isReply && reply.parentPostId === null)
  note('replyToHandle', isReply && reply.replyToHandle === null)
  return {
    ...emptyReading('mastodon', quoteBox ? 'quote' : isReply ? 'reply' : 'post'),
    postId: id,
    permalink,
    author,
    ...content,
    counts: readCounts(status),
    posted,
    ...reply,
    quotedIn: quoter ? idOf(quoter, address) : null,
    repostedBy: readBooster(status, address),
    visibility: readVisibility(status),
    isEdited: isEdited(status),
    missing,
  }
}

function readPost(post: Element, address: URL, now: Date): PostReading {
  if (isRedesigned(post)) return readRedesigned(post, address, now)
  const status = statusOf(post)
  if (status) return readStatus(status, address, now)
  return { ...emptyReading('mastodon', 'post'), missing: [{ field: 'text', reason: 'emptied' }] }
}

function sourcesOf(post: Element, address: URL, now: Date): OtherSource[] {
  const reading = readPost(post, address, now)
  const status = isRedesigned(post) ? null : statusOf(post)
  return status ? otherSources(status, reading, address, now) : postedAgain(reading, now)
}

/** Pages of the account, of sign-in and of help. */
const withoutPosts =
  /^\/(settings|auth|about|privacy-policy|getting-started|directory|blocks|mutes|follow_requests|keyboard-shortcuts|lists\/?$)/

/** Mastodon's own web client and glitch-soc's, on any server: known by the page, not by its address. */
export const mastodon: PlatformAdapter = {
  id: 'mastodon',
  name: 'Mastodon',
  version: 2,
  isConfirmed: true,
  hosts: [],
  recognises: (_address, page) => {
    const app = findFirst(page, '[id="mastodon"][data-props]')
    return (
      app !== null && (isMatch(app, '.app-holder') || findFirst(page, 'script[id="initial-state"]') !== null)
    )
  },
  expectsPosts: ({ pathname }) => !withoutPosts.test(pathname),
  findPosts,
  readPost,
  profile: mastodonProfile,
  otherSources: sourcesOf,
}
