import type { Author, PostReading } from '../model/post'
import {
  absoluteAddress,
  attributeOf,
  directionOf,
  emptyReading,
  findAll,
  findClosest,
  findFirst,
  isMatch,
  isWithin,
  parentOf,
  readText,
  shownMedia,
} from './dom'
import { drawnAs, hasGround, isFlexible } from './drawn'
import { rememberInPass } from './in-pass'
import { directLinks, isAvatar, isBefore, wordOptions } from './meta'
import { type Missing, noteIn } from './missing'
import { handleOf } from './threads-parts'
import { unknownTime } from './times'

/*
 * Direct messages, which the web client shows since 2026 at `/messages/t/<number>`. Hearsay: two public descriptions of
 * the page, one of its roles, one measured on it; no saved page was at hand. What they say:
 * - The conversation is a grid of messages, each with the picture of its writer as a link, the words, and three buttons
 *   without words. The list of conversations beside it is made of links.
 * - Words are `span[dir="auto"]`, on a ground of their own within two steps. The card of the account at the top, notes
 *   and "Seen" are such spans as well, without a ground.
 * - A box around each message puts the own ones at its end, the others' at its beginning (`justify-content`).
 * Neither names ids, addresses or times of messages, nor how one is drawn that was taken back.
 */

const selectors = {
  grid: '[role="grid"]',
  row: '[role="row"]',
  cell: '[role="gridcell"]',
  words: '[dir="auto"]',
  // What a message shows of a post or a page is not its own words.
  card: 'a[href*="/post/"], [role="link"]:not(a)',
  account: 'a[href*="/@"]',
  navigation: 'nav, [role="navigation"]',
} as const

/** More boxes than stand between words and the box that puts them aside. */
const furthest = 8

/** Whether this is a page of messages: a conversation, or the lists of them. */
export function isMessagesPage({ pathname }: URL): boolean {
  return /^\/messages(\/|$)/.test(pathname)
}

/** Whether this is the page of a conversation. */
export function isConversation({ pathname }: URL): boolean {
  return /^\/messages\/t\/[^/]+/.test(pathname)
}

/** Which side of the conversation an element is put on. Null where nothing says so. */
function sideOf(element: Element, row: Element): 'own' | 'other' | null {
  let at: Element | null = element
  for (let steps = 0; at && steps < furthest; steps += 1) {
    const place = isFlexible(at) ? drawnAs(at, 'justify-content') : null
    if (place === 'flex-end' || place === 'end') return 'own'
    if (place === 'flex-start' || place === 'start') return 'other'
    at = at === row ? null : parentOf(at)
  }
  return null
}

function isBubble(words: Element): boolean {
  return hasGround(words) || hasGround(parentOf(words)) || hasGround(parentOf(parentOf(words)))
}

/** The link around the writer's picture. */
function writerLink(row: Element, address: URL): Element | null {
  const links = findAll(row, selectors.account).filter((link) => findFirst(link, 'img') !== null)
  return links.find((link) => handleOf(link, address) !== null && !findClosest(link, selectors.words)) ?? null
}

function blocksOf(row: Element): Element[] {
  return findAll(row, selectors.words).filter(
    (block) =>
      !findFirst(block, selectors.words) &&
      !findClosest(block, selectors.card) &&
      !findFirst(block, selectors.card) &&
      readText(block, wordOptions) !== null,
  )
}

/** Every element that could be the words; more than one where it is not certain which are. */
function wordsOf(row: Element, address: URL): Element[] {
  const blocks = blocksOf(row)
  const bubbles = blocks.filter(isBubble)
  if (bubbles.length > 0) return bubbles
  // Notes stand in the middle; a message without a ground is somebody's.
  const [only] = blocks.length === 1 ? blocks : []
  const isSomebodys = only && (writerLink(row, address) !== null || sideOf(only, row) !== null)
  return isSomebodys ? [only] : []
}

function mediaOf(row: Element): Element[] {
  return findAll(row, 'img, video').filter(
    (part) => !isAvatar(part) && !findClosest(part, `a[href], ${selectors.words}, ${selectors.card}`),
  )
}

/** The messages below `root`, or `root` itself, in page order. */
export function findMessages(root: ParentNode, address: URL): Element[] {
  if (!isConversation(address)) return []
  const own = root instanceof Element && isMatch(root, selectors.row) ? [root] : []
  const rows = [...own, ...findAll(root, selectors.row)]
  const cells = rows.length > 0 ? [] : findAll(root, selectors.cell)
  return [...rows, ...cells].filter(
    (row) =>
      findClosest(row, selectors.grid) !== null &&
      !findClosest(row, '[hidden]') &&
      (wordsOf(row, address).length > 0 || mediaOf(row).length > 0),
  )
}

const rememberPartner = rememberInPass<string | null>()

/**
 * The account that one talks with: the head of the page names it, and of the others' messages no picture is of
 * another. Null in groups.
 */
function partnerOf(row: Element, address: URL, now: Date): string | null {
  const grid = findClosest(row, selectors.grid)
  const page = findClosest(grid, 'body')
  if (!grid || !page) return null
  return rememberPartner(now, grid, () => {
    const above = findAll(page, selectors.account).filter(
      (link) => isBefore(link, grid) && !isWithin(link, [grid]) && !findClosest(link, selectors.navigation),
    )
    const heads = new Set(above.flatMap((link) => handleOf(link, address) ?? []))
    const writers = findAll(grid, `${selectors.row}, ${selectors.cell}`).flatMap((each) => {
      const link = writerLink(each, address)
      const isOwn = wordsOf(each, address).some((words) => sideOf(words, each) === 'own')
      return link && !isOwn ? (handleOf(link, address) ?? []) : []
    })
    const [only = null] = heads.size === 1 ? heads : []
    return writers.every((writer) => writer === only) ? only : null
  })
}

function authorBy(handle: string | null, address: URL): Author {
  const profile = handle === null ? null : new URL(`/@${handle}`, address.origin).href
  return { handle, name: null, profile, id: null }
}

/** What a row of a conversation shows. */
export function readMessage(row: Element, address: URL, now: Date): PostReading {
  const candidates = wordsOf(row, address)
  const [words = null] = candidates.length === 1 ? candidates : []
  const text = readText(words, wordOptions)
  const [shown] = [...candidates, ...mediaOf(row)]
  const side = shown ? sideOf(shown, row) : null
  const linked = handleOf(writerLink(row, address), address)
  const author = authorBy(linked ?? (side === 'other' ? partnerOf(row, address, now) : null), address)
  const isUncertain = candidates.length > 1
  const missing: Missing = []
  const note = noteIn(missing)
  note('postId', true, 'platform-gives-none')
  note('permalink', true, 'platform-gives-none')
  note('author.id', true)
  note('author.name', true)
  note('author.handle', author.handle === null, side === 'own' ? 'own-message' : 'not-in-page')
  note('posted', true)
  note('text', text === null, isUncertain ? 'not-certain-which' : 'no-words-shown')
  return {
    ...emptyReading('threads', 'message'),
    author,
    text,
    direction: directionOf(null, text),
    links: directLinks(words, address.origin),
    media: mediaOf(row)
      .map((part) => {
        const source = absoluteAddress(attributeOf(part, 'src'), address)
        return shownMedia(isMatch(part, 'video') ? 'video' : 'image', source, attributeOf(part, 'alt'))
      })
      .slice(0, 100),
    posted: unknownTime,
    visibility: 'direct',
    missing,
  }
}
