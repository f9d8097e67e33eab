import type { OtherSource, ProfileReader } from '../model/platform'
import type { PostedTime, PostReading } from '../model/post'
import {
  attributeOf,
  directionOf,
  emptyReading,
  findAll,
  findClosest,
  findFirst,
  isMatch,
  linksIn,
  parentOf,
  readLine,
  readText,
} from './dom'
import { textAt } from './embedded-data'
import { joinedTime } from './joined'
import { type Missing, noteIn } from './missing'
import { namesTitled, pageHead, titleIn } from './profile-again'
import { authorBy, site } from './reddit-parts'
import { idByPosts } from './reddit-said-again'
import { statementsOn } from './said-twice'
import { exactTime, timeFromAttribute } from './times'

/**
 * The card about an account on its page. Hearsay: the test ids of today's pages are those that public code of 2024
 * to 2026 names, the classes of old.reddit.com those of its published source; no saved page was at hand.
 */
const parts = {
  name: '[data-testid="profile-display-name"]',
  karma: '[data-testid="karma-number"]',
  contributions: '[data-testid="contribution-count"]',
  cakeDay: 'time[data-testid="cake-day"], [data-testid="cake-day"] time',
  bio: '[data-testid="profile-description"]',
  links: 'faceplate-tracker[noun="social_link"]',
  picture: 'img[data-testid="profile-icon"], [data-testid="profile-icon"] img, img[alt$=" avatar"]',
  data: 'reddit-page-data[data]',
  feed: 'shreddit-feed, shreddit-post, shreddit-profile-comment',
  old: '.side .titlebox',
  oldKarma: '.karma:not(.comment-karma)',
  oldCommentKarma: '.karma.comment-karma',
  oldAge: '.age time[datetime]',
} as const

function accountOf({ pathname }: URL): string | null {
  return pathname.match(/^\/(?:user|u)\/([\w-]{1,40})(?:\/[a-z]+)?\/?$/)?.[1] ?? null
}

/** The largest box around the name without posts, so that the figures beside it are in it. */
function cardAround(name: Element): Element {
  let card = name
  for (let box = parentOf(name), step = 0; box && step < 10; box = parentOf(box), step += 1) {
    if (findFirst(box, parts.feed) || isMatch(box, 'body, main')) break
    card = box
  }
  return card
}

function find(page: Document, address: URL): Element | null {
  const handle = accountOf(address)
  if (handle === null) return null
  const cards = findAll(page, parts.name).map(cardAround)
  const card = cards.find((each) => findFirst(each, parts.karma)) ?? cards[0]
  if (card) return card
  const old = findFirst(page, parts.old)
  const isOwn = readLine(findFirst(old, 'h1'))?.toLowerCase() === handle.toLowerCase()
  return isOwn && findFirst(old, '.karma') ? old : null
}

/** What Reddit keeps for its own scripts, where it is about this account. */
function pageData(card: Element, handle: string): unknown {
  const source = attributeOf(findFirst(findClosest(card, 'html'), parts.data), 'data') ?? ''
  if (source === '' || source.length > 100_000) return null
  try {
    const data: unknown = JSON.parse(source)
    return textAt(data, 'profile', 'name')?.toLowerCase() === handle.toLowerCase() ? data : null
  } catch {
    // Not JSON: nothing to learn from it.
    return null
  }
}

function readJoined(card: Element): PostedTime {
  const time = findFirst(card, `${parts.cakeDay}, ${parts.oldAge}`)
  const iso = timeFromAttribute(attributeOf(time, 'datetime'))
  const asShown = readLine(time)
  if (iso !== null) return exactTime('dom', iso, asShown)
  return joinedTime(asShown, attributeOf(findClosest(card, 'html'), 'lang'))
}

/** Today's cards show one figure for all karma, earlier ones two: for posts and for comments. */
function readCounts(card: Element): PostReading['counts'] {
  const counts: PostReading['counts'] = {}
  const add = (name: string, element: Element | null | undefined) => {
    const shown = readLine(element ?? null)
    if (shown !== null) counts[name] = shown
  }
  const [first, second] = findAll(card, parts.karma)
  add(second ? 'post-karma' : 'karma', first)
  add('comment-karma', second ?? findFirst(card, parts.oldCommentKarma))
  if (!first) add('post-karma', findFirst(card, parts.oldKarma))
  add('contributions', findFirst(card, parts.contributions))
  return counts
}

function idInData(data: unknown): string | null {
  const stated = textAt(data, 'profile', 'id')
  return stated && /^t2_\w+$/.test(stated) ? stated : null
}

function read(card: Element, address: URL): PostReading {
  const handle = accountOf(address)
  const data = handle === null ? null : pageData(card, handle)
  const id = idInData(data) ?? (handle ? idByPosts(findClosest(card, 'html'), handle) : null)
  const author = authorBy(handle, id)
  const shown = readLine(findFirst(card, parts.name) ?? findFirst(card, 'h1'))
  const bio = findFirst(card, parts.bio)
  const text = readText(bio)
  const posted = readJoined(card)
  const missing: Missing = []
  const note = noteIn(missing)
  note('author.id', author.id === null)
  note('text', text === null, 'no-words-shown')
  note('posted', posted.asShown === null)
  return {
    ...emptyReading('reddit', 'profile'),
    permalink: author.profile,
    // Without a display name the handle stands in its place.
    author: { ...author, name: shown?.toLowerCase() === handle?.toLowerCase() ? null : shown },
    text,
    direction: directionOf(null, text),
    links: [...linksIn(bio, site), ...findAll(card, parts.links).flatMap((link) => linksIn(link, site))],
    counts: readCounts(card),
    posted,
    missing,
  }
}

/** The account in the title of an old page, which is loaded anew for each: "overview for NAME". */
function titledHandle(card: Element): string | null {
  if (!isMatch(card, parts.old)) return null
  return titleIn(pageHead(card))?.match(/^\w+ (?:for|by) ([\w-]{1,40})$/)?.[1] ?? null
}

function otherSources(card: Element, address: URL): OtherSource[] {
  const reading = read(card, address)
  const { author } = reading
  const label = attributeOf(findFirst(card, parts.picture), 'alt')
  const isInData = author.handle !== null && idInData(pageData(card, author.handle)) !== null
  return statementsOn(reading, [
    { fact: 'handle', source: 'label', value: label?.match(/(?:^|\s)u\/([\w-]{1,40})(?:\s|$)/)?.[1] ?? null },
    { fact: 'handle', source: 'title', value: titledHandle(card) },
    ...namesTitled(card, author, { sign: 'u/' }),
    {
      fact: 'author-id',
      source: 'embedded-data',
      value: isInData ? idByPosts(findClosest(card, 'html'), author.handle ?? '') : null,
    },
  ])
}

/** The card about an account, on today's user pages and on those of old.reddit.com. Not confirmed. */
export const redditProfile: ProfileReader = {
  isConfirmed: false,
  find,
  read,
  otherSources,
  findPicture: (card) => findFirst(card, parts.picture),
}
