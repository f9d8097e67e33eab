import type { PlatformAdapter } from '../model/platform'
import type { PostedTime, PostReading } from '../model/post'
import {
  attributeOf,
  childrenOf,
  emptyReading,
  findAll,
  findClosest,
  findFirst,
  isMatch,
  parentOf,
  previousOf,
  readLine,
} from './dom'
import { rememberInPass } from './in-pass'
import { isBefore, preferDialog, timeFromCode } from './meta'
import { type Missing, noteIn } from './missing'
import { findMessages, isConversation, isMessagesPage, readMessage } from './threads-messages'
import {
  container,
  type Head,
  isEdited,
  readCounts,
  readHead,
  readMedia,
  readReposter,
  readWords,
  statusOf,
} from './threads-parts'
import { threadsProfile } from './threads-profile'
import { otherSourcesOf } from './threads-sources'
import { exactTime, timeFromAttribute, unknownTime } from './times'

// Seen on a saved page: a profile with posts, videos and a thread of its author's own. Hearsay, not seen: posts
// quoted in others, reposts, the page of one post with those above and below it, cut texts.

function readTime(head: Head, now: Date): PostedTime {
  const iso = timeFromAttribute(attributeOf(head.time, 'datetime'))
  // The age itself may only be the label of an abbreviation.
  const asShown = readLine(head.time) ?? attributeOf(findFirst(head.time, 'abbr'), 'aria-label')
  if (iso) return exactTime('dom', iso, asShown)
  const fromCode = head.status ? timeFromCode(head.status.code, now) : null
  return fromCode ? exactTime('id', fromCode, asShown) : { ...unknownTime, asShown }
}

/** The post before this one in a thread that its author published at once: same account, same second. */
function findJoined(post: Element, head: Head, address: URL): Head | null {
  const before = childrenOf(previousOf(parentOf(post))).find((child) => isMatch(child, container))
  const joined = before ? readHead(before, address) : null
  const isSame = (name: string) => attributeOf(joined?.time, name) === attributeOf(head.time, name)
  return joined && joined.author === head.author && isSame('datetime') ? joined : null
}

/** What the part of the page around a post shows, whichever of its posts is read. */
type Around = { focal: Element | null; headings: Element[]; above: ReadonlyMap<Element, Element | null> }

const rememberAround = rememberInPass<Around>()

function lookAround(post: Element, address: URL, now: Date): Around | null {
  const code = statusOf(address.href, address)?.code
  const region = code ? findClosest(post, '[role="dialog"], [role="region"], body') : null
  if (!region) return null
  return rememberAround(now, region, () => {
    const rows = findAll(region, container).filter((each) => !quotingOf(each))
    return {
      focal: findClosest(findFirst(region, `a[href*="/post/${code}"] time`), container),
      headings: findAll(region, 'h1, h2, h3, [role="heading"]'),
      above: new Map(rows.map((row, place) => [row, rows[place - 1] ?? null])),
    }
  })
}

/** The post that the page is about, when no heading of suggestions lies between it and this one. */
function findFocal(post: Element, { focal, headings }: Around): Element | null {
  if (!focal || focal === post) return focal
  const [first, last] = isBefore(focal, post) ? [focal, post] : [post, focal]
  return headings.some((each) => isBefore(first, each) && isBefore(each, last)) ? null : focal
}

function quotingOf(post: Element): Element | null {
  return findClosest(parentOf(post), container)
}

/** The post that this one answers, as far as the page shows it. */
function findParent(post: Element, head: Head, address: URL, now: Date): Head | null {
  if (quotingOf(post)) return null
  const joined = findJoined(post, head, address)
  if (joined) return joined
  const around = lookAround(post, address, now)
  const focal = around && findFocal(post, around)
  const isBelow = focal !== null && focal !== post && isBefore(focal, post)
  const parent = focal && !isBelow ? (around?.above.get(post) ?? null) : focal
  return parent ? readHead(parent, address) : null
}

function missingOf(reading: PostReading): Missing {
  const missing: Missing = [
    { field: 'author.id', reason: 'not-in-page' },
    { field: 'author.name', reason: 'not-in-page' },
  ]
  const note = noteIn(missing)
  note('postId', reading.postId === null, 'quote-without-address')
  note('permalink', reading.permalink === null, 'quote-without-address')
  note('posted', reading.posted.iso === null)
  note('text', reading.text === null, 'no-words-shown')
  return missing
}

function findPosts(root: ParentNode, address: URL): Element[] {
  if (isMessagesPage(address)) return findMessages(root, address)
  const found = new Map<Element, string[]>()
  for (const time of findAll(root, 'time')) {
    const post = findClosest(time, container)
    if (!post || found.has(post) || findClosest(post, '[hidden]')) continue
    const href = attributeOf(findClosest(time, 'a[href]'), 'href')
    const code = href?.match(/\/@[\w.]{1,60}\/post\/([\w-]{5,60})\/?(?:[?#]|$)/)?.[1]
    if (code) found.set(post, [code])
    else if (readHead(post, address)) found.set(post, [])
  }
  return preferDialog(
    root,
    [...found].map(([post, keys]) => ({ post, keysOf: () => keys })),
  )
}

function readPost(post: Element, address: URL, now: Date): PostReading {
  if (isMessagesPage(address)) return readMessage(post, address, now)
  const head = readHead(post, address)
  if (!head)
    return { ...emptyReading('threads', 'post'), missing: [{ field: 'postId', reason: 'not-in-page' }] }
  const quoting = quotingOf(post)
  const parent = findParent(post, head, address, now)
  const isOwnThread = parent !== null && parent.author === head.author
  const listedKind = parent && !isOwnThread ? 'reply' : 'post'
  const { status } = head
  const reading: PostReading = {
    ...emptyReading('threads', quoting ? 'quote' : listedKind),
    postId: status?.code ?? null,
    permalink: status ? new URL(`/@${status.handle}/post/${status.code}`, address.origin).href : null,
    author: {
      handle: head.author,
      // Lists and posts show handles only; the profile's name stands in its header, for its author alone.
      name: null,
      profile: new URL(`/@${head.author}`, address.origin).href,
      id: null,
    },
    ...readWords(post, head, address),
    media: readMedia(post, head, address),
    counts: readCounts(post, head),
    posted: readTime(head, now),
    parentPostId: parent?.status?.code ?? null,
    replyToHandle: parent && !isOwnThread ? parent.author : null,
    quotedIn: quoting ? (readHead(quoting, address)?.status?.code ?? null) : null,
    repostedBy: readReposter(post, head, address),
    isEdited: isEdited(head),
  }
  return { ...reading, missing: missingOf(reading) }
}

/** Pages of the account, of sign-in and of help. */
const withoutPosts = /^\/(settings|login|activity|insights)(\/|$)/

/**
 * Reader of Threads: feeds, profiles with their heads, the page of a post; by hearsay direct messages
 * (`threads-messages.ts`).
 */
export const threads: PlatformAdapter = {
  id: 'threads',
  name: 'Threads',
  version: 2,
  isConfirmed: true,
  isHearsay: (_post, { kind }) => kind === 'message',
  hosts: ['threads.net', '*.threads.net', 'threads.com', '*.threads.com'],
  recognises: (address) => /^(www\.)?threads\.(com|net)$/.test(address.hostname),
  expectsPosts: (address) =>
    isMessagesPage(address) ? isConversation(address) : !withoutPosts.test(address.pathname),
  findPosts,
  readPost,
  profile: threadsProfile,
  otherSources: (post, address, now) =>
    isMessagesPage(address) ? [] : otherSourcesOf(post, readPost(post, address, now), address, now),
}
