import type { OtherSource, ProfileReader } from '../model/platform'
import type { PostReading } from '../model/post'
import {
  attributeOf,
  directionOf,
  emptyReading,
  findAll,
  findClosest,
  findFirst,
  isMatch,
  parentOf,
  readLine,
  readText,
} from './dom'
import { accountIn, home } from './facebook-address'
import { directLinks, isCut, outgoingLinks, wordOptions } from './meta'
import { findAccount, scriptsNaming } from './meta-embedded'
import { type Missing, noteIn } from './missing'
import { nameAgain } from './profile-again'
import { statementsOn } from './said-twice'

// Hearsay, known from public code and not seen on a page: the whole head of a profile or page. Used is what depends
// neither on the language nor on generated names: the one heading, the addresses of the lists, the place of the tile
// with the introduction, the number in the data that the server sent.

const selectors = {
  name: '[role="main"] h1',
  /** The head ends where the tabs, the tiles and the posts begin. */
  below:
    '[aria-posinset], [role="article"], [role="feed"], [role="tablist"], [data-pagelet^="ProfileTilesFeed"]',
  tile: '[data-pagelet^="ProfileTilesFeed"]',
  picture: 'svg image, a[href] img[src*="fbcdn"]',
} as const

const withoutDecoys = { exclude: '[data-0], img, svg' } as const

function findName(page: Document): Element | null {
  return (
    findAll(page, selectors.name).find(
      (heading) =>
        !findClosest(heading, '[role="article"], [aria-posinset], [role="dialog"], [data-0], [hidden]') &&
        readLine(heading, withoutDecoys) !== null,
    ) ?? null
  )
}

function find(page: Document, address: URL): Element | null {
  const name = accountIn(address) === null ? null : findName(page)
  let head = parentOf(name)
  for (let around = parentOf(head); around; around = parentOf(head)) {
    if (isMatch(around, '[role="main"], body') || findFirst(around, selectors.below)) break
    head = around
  }
  return head
}

/** Shown after the name in brackets, in an element of its own. */
function nameOf(heading: Element | null): string | null {
  const other = heading
    ? findAll(heading, 'span').find((span) => /^\(.*\)$/.test(readLine(span) ?? ''))
    : null
  return readLine(heading, { ...withoutDecoys, outside: other ? [other] : [] })
}

/** The number of the account, from data about this very account: they are not renewed when the page changes. */
function findId(page: Document, handle: string): string | null {
  const named = scriptsNaming(page, [`"userVanity":"${handle}"`])
  const ids = named.flatMap((script) =>
    [...(script.textContent ?? '').matchAll(/\{[^{}]{0,2000}"userVanity":"([^"]{1,80})"[^{}]{0,2000}\}/g)]
      .filter(([, vanity]) => vanity === handle)
      .flatMap(([object]) => object.match(/"userID":"(\d{3,25})"/)?.[1] ?? []),
  )
  const [only, second] = new Set(ids)
  return only === undefined || second !== undefined ? null : only
}

/** The first words of the introduction that are neither its heading nor a line about a place, a job or a link. */
function findBio(page: Document): Element | null {
  const [tile] = findAll(page, selectors.tile)
  const lines = tile ? findAll(tile, 'span[dir="auto"]') : []
  return (
    lines.find(
      (line) =>
        !findClosest(line, 'h1, h2, h3, ul, a, [role="button"], [role="article"], [data-0]') &&
        !findFirst(line, 'h1, h2, h3, ul') &&
        readText(line, wordOptions) !== null,
    ) ?? null
  )
}

const lists = [
  ['followers', /\/followers\/?$|[?&]sk=followers(&|$)/],
  ['following', /\/following\/?$|[?&]sk=following(&|$)/],
  ['friends', /\/friends(_all)?\/?$|[?&]sk=friends(&|$)/],
] as const

/** The figure alone where it is an element of its own, else the line as shown. */
function readCounts(head: Element): PostReading['counts'] {
  const links = findAll(head, 'a[href]')
  return Object.fromEntries(
    lists.flatMap(([name, address]) => {
      const link = links.find(
        (each) => address.test(attributeOf(each, 'href') ?? '') && /\p{Nd}/u.test(readLine(each) ?? ''),
      )
      const shown = readLine(findFirst(link ?? null, 'strong')) ?? readLine(link ?? null)
      return shown === null ? [] : [[name, shown]]
    }),
  )
}

function readLinks(page: Document, bio: Element | null): PostReading['links'] {
  const [tile = null] = findAll(page, selectors.tile)
  const outgoing = outgoingLinks(tile, 'a[href*="//l.facebook.com/"]', { base: home, outside: bio })
  return [...directLinks(bio, home), ...outgoing]
}

function read(head: Element, address: URL): PostReading {
  const page = head.ownerDocument
  const account = accountIn(address) ?? { handle: null, id: null, profile: null }
  const name = nameOf(findFirst(head, 'h1'))
  const bio = findBio(page)
  const text = readText(bio, wordOptions)
  const id = account.id ?? (account.handle === null ? null : findId(page, account.handle))
  const missing: Missing = []
  const note = noteIn(missing)
  note('author.id', id === null)
  note('posted', true)
  note('text', text === null, 'no-words-shown')
  return {
    ...emptyReading('facebook', 'profile'),
    permalink: account.profile,
    author: { ...account, name, id },
    text,
    direction: directionOf(null, text),
    links: readLinks(page, bio),
    counts: readCounts(head),
    isTruncated: isCut(bio),
    missing,
  }
}

/** The name in the data of this very account. Titles here name no account, so nothing tells whose they are. */
function otherSources(head: Element, address: URL): OtherSource[] {
  const reading = read(head, address)
  const { id, name } = reading.author
  const stated = id === null ? null : findAccount(head.ownerDocument, { id })
  return statementsOn(reading, [
    { fact: 'name', source: 'embedded-data', value: nameAgain(name, stated?.name ?? null) },
  ])
}

/** Reads the head of a person's or page's profile on Facebook. */
export const facebookProfile: ProfileReader = {
  isConfirmed: false,
  find,
  read,
  otherSources,
  findPicture: (head) => findFirst(head, selectors.picture),
}
