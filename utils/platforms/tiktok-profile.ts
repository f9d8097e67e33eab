import type { OtherSource, ProfileReader } from '../model/platform'
import type { PostReading } from '../model/post'
import {
  absoluteAddress,
  attributeOf,
  directionOf,
  eachOnce,
  emptyReading,
  findAll,
  findFirst,
  isMatch,
  parentOf,
  readLine,
  readText,
} from './dom'
import { readJson, textAt, valueAt } from './embedded-data'
import { type Missing, noteIn } from './missing'
import { nameAgain, namesTitled } from './profile-again'
import { statementsOn } from './said-twice'
import { handleIn, handleOf, site } from './tiktok-parts'

// Seen in part on a saved page: the two lines of names above a grid. Hearsay, from public code: the rest of the head
// and the data embedded in the page.

const selectors = {
  // Which of the two is the handle has changed: it is the one that the address names.
  names: '[data-e2e="user-title"], [data-e2e="user-subtitle"]',
  bio: '[data-e2e="user-bio"]',
  link: 'a[data-e2e="user-link"], [data-e2e="user-link"] a[href]',
  avatar: '[data-e2e="user-avatar"] img',
  below: '[data-e2e^="user-"][data-e2e$="-item"], [data-e2e$="-item-list"], [role="tablist"]',
  data: '#__UNIVERSAL_DATA_FOR_REHYDRATION__',
} as const

const countNames = ['followers', 'following', 'likes'] as const

function find(page: Document, address: URL): Element | null {
  let head = handleIn(address) === null ? null : parentOf(findFirst(page, selectors.names))
  for (let around = parentOf(head); around; around = parentOf(head)) {
    if (isMatch(around, 'main, body') || findFirst(around, selectors.below)) break
    head = around
  }
  return head
}

/** The data about this very account: they are not renewed when the page changes. */
function dataOf(page: Document, handle: string): unknown {
  const data = readJson(findFirst(page, selectors.data))
  const user = valueAt(data, '__DEFAULT_SCOPE__', 'webapp.user-detail', 'userInfo', 'user')
  return textAt(user, 'uniqueId')?.toLowerCase() === handle.toLowerCase() ? user : null
}

function findId(page: Document, handle: string): string | null {
  const id = textAt(dataOf(page, handle), 'id')
  return id !== null && /^\d{1,20}$/.test(id) ? id : null
}

function readLinks(head: Element): PostReading['links'] {
  const own = findAll(head, `${selectors.link}, ${selectors.bio} a[href]`)
  return own.flatMap((link) => {
    const address = absoluteAddress(attributeOf(link, 'href'), site)
    if (!address) return []
    // Links lead over a page of TikTok's that warns.
    const isForwarded = address.startsWith(`${site}/link/`)
    const target = isForwarded ? absoluteAddress(new URL(address).searchParams.get('target'), site) : null
    return [{ address: target ?? address, text: readLine(link) ?? '' }]
  })
}

function readCounts(head: Element): PostReading['counts'] {
  return Object.fromEntries(
    countNames.flatMap((name) => {
      const shown = readLine(findFirst(head, `[data-e2e="${name}-count"]`))
      return shown && /\p{Nd}/u.test(shown) ? [[name, shown]] : []
    }),
  )
}

function read(head: Element, address: URL): PostReading {
  const handle = handleIn(address)
  const lines = findAll(head, selectors.names).flatMap((line) => readLine(line) ?? [])
  const isHandle = (line: string) => line.replace(/^@/, '').toLowerCase() === handle?.toLowerCase()
  // Who calls themselves as their handle has it twice.
  const name = lines.find((line) => !isHandle(line)) ?? lines[1] ?? null
  const bio = findFirst(head, selectors.bio)
  const text = readText(bio, { whiteSpace: 'keep' })
  const id = handle === null ? null : findId(head.ownerDocument, handle)
  const profile = handle === null ? null : `${site}/@${encodeURIComponent(handle)}`
  const missing: Missing = []
  const note = noteIn(missing)
  note('author.id', id === null)
  note('author.name', name === null)
  note('posted', true)
  note('text', text === null, 'no-words-shown')
  return {
    ...emptyReading('tiktok', 'profile'),
    permalink: profile,
    author: { handle, name, profile, id },
    text,
    direction: directionOf(null, text),
    links: readLinks(head),
    mentions: eachOnce(bio ? findAll(bio, 'a[href]').flatMap((link) => handleOf(link) ?? []) : []),
    counts: readCounts(head),
    missing,
  }
}

function otherSources(head: Element, address: URL): OtherSource[] {
  const reading = read(head, address)
  const { author } = reading
  const data = author.handle === null ? null : dataOf(head.ownerDocument, author.handle)
  return statementsOn(reading, [
    ...namesTitled(head, author),
    { fact: 'name', source: 'embedded-data', value: nameAgain(author.name, textAt(data, 'nickname')) },
  ])
}

/** Reads the head of a profile on TikTok. */
export const tiktokProfile: ProfileReader = {
  isConfirmed: false,
  find,
  read,
  otherSources,
  findPicture: (head) => findFirst(head, selectors.avatar),
}
