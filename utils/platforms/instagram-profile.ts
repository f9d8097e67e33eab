import type { OtherSource, ProfileReader } from '../model/platform'
import type { PostReading } from '../model/post'
import {
  directionOf,
  eachOnce,
  emptyReading,
  findAll,
  findClosest,
  findFirst,
  isMatch,
  isWithin,
  parentOf,
  previousOf,
  readLine,
  readText,
} from './dom'
import { handleIn, handleOf, home } from './instagram-parts'
import { directLinks, isAvatar, isBefore, isCut, outgoingLinks, wordOptions } from './meta'
import { findAccount, scriptsNaming } from './meta-embedded'
import { nameAgain, namesTitled } from './profile-again'
import { statementsOn } from './said-twice'

// Hearsay, known from public code and not seen on a page: the whole head of a profile. Only what does not depend on
// generated names or on the language is used: the heading, the addresses of the lists, `dir="auto"`.

/** The account whose profile this is, also on the tabs of its reels and of posts that name it. */
function handleOfPage({ pathname }: URL): string | null {
  const path = pathname.replace(/\/(?:reels|tagged|reposts)\/?$/, '/')
  return handleIn(path)
}

const isHandle = (line: string | null, handle: string) => line?.toLowerCase() === handle.toLowerCase()

function find(page: Document, address: URL): Element | null {
  const handle = handleOfPage(address)
  if (handle === null) return null
  const heads = findAll(page, 'main header').filter((head) => !findClosest(head, 'article, [hidden]'))
  const isOwn = (head: Element) =>
    findAll(head, 'h1, h2, h3, a[href]').some((part) => isHandle(readLine(part), handle))
  return heads.find(isOwn) ?? null
}

const notLines = 'a, button, [role="button"], ul, h2, h3'

/** Lines of words that stand by themselves: no controls, no figures. */
function linesIn(head: Element): Element[] {
  return findAll(head, 'span, h1').filter((line) => {
    const holder = findClosest(line, notLines)
    const isLoose = holder === null || !isWithin(holder, [head])
    return isLoose && !findFirst(line, 'span, h1, ul') && readLine(line) !== null
  })
}

/** "Name (@handle)": so the title begins in every language. */
function nameInTitle(page: Document, handle: string): string | null {
  const title = readLine(findFirst(page, 'title')) ?? ''
  const end = title.toLowerCase().indexOf(` (@${handle.toLowerCase()})`)
  // Unread messages are counted before it.
  return end < 1 ? null : title.slice(0, end).replace(/^\(\d+\+?\)\s*/, '')
}

function findName(head: Element, handle: string): Element | null {
  const lines = linesIn(head).filter((line) => !isHandle(readLine(line), handle))
  const titled = nameInTitle(head.ownerDocument, handle)
  return lines.find((line) => readLine(line) === titled) ?? lines[0] ?? null
}

/** The text stands below the name; the kind of business before it is no `span`. */
function findBio(head: Element, name: Element | null): Element | null {
  return (
    findAll(head, 'span[dir="auto"], h1[dir="auto"]').find(
      (line) =>
        name !== null &&
        isBefore(name, line) &&
        !isWithin(line, [name]) &&
        !findClosest(line, 'a, button, ul') &&
        !findFirst(line, 'ul') &&
        readText(line, wordOptions) !== null,
    ) ?? null
  )
}

const figure = /^[\p{Nd}][\p{Nd}.,٫٬\s]*\p{L}{0,5}\.?$/u

function figureIn(part: Element | null): string | null {
  const shown = part ? findAll(part, 'span').find((span) => figure.test(readLine(span) ?? '')) : null
  return readLine(shown ?? null)
}

/** The three figures: two are links to lists, the number of posts stands before them. */
function readCounts(head: Element): PostReading['counts'] {
  const followers = findFirst(head, 'a[href$="/followers/"]')
  const following = findFirst(head, 'a[href$="/following/"]')
  const items = findAll(head, 'ul > li')
  const [first, second, third] = items.length === 3 ? items : []
  let before: Element | null = followers
  while (before && !previousOf(before) && before !== head) before = parentOf(before)
  const found = [
    ['posts', first ?? previousOf(before)],
    ['followers', followers ?? second ?? null],
    ['following', following ?? third ?? null],
  ] as const
  return Object.fromEntries(
    found.flatMap(([name, part]) => {
      const shown = figureIn(part)
      return shown === null ? [] : [[name, shown]]
    }),
  )
}

function readLinks(head: Element, bio: Element | null): PostReading['links'] {
  const outgoing = outgoingLinks(head, 'a[href*="//l.instagram.com/"]', { base: home, outside: bio })
  return [...directLinks(bio, home), ...outgoing]
}

/** The number of the account, from data about this very account: they are not renewed when the page changes. */
function findId(page: Document, handle: string): string | null {
  const named = scriptsNaming(page, [`"username":"${handle}"`, '"profile_id":"'])
  const ids = named.flatMap((script) =>
    [...(script.textContent ?? '').matchAll(/"profile_id":"(\d{1,20})"/g)].map(([, id]) => id),
  )
  const [only, second] = new Set(ids)
  return only === undefined || second !== undefined ? null : only
}

function read(head: Element, address: URL): PostReading {
  const handle = handleOfPage(address)
  const name = handle === null ? null : findName(head, handle)
  const bio = findBio(head, name)
  const text = readText(bio, wordOptions)
  const id = handle === null ? null : findId(head.ownerDocument, handle)
  const profile = handle === null ? null : `${home}/${handle}/`
  const mentioned = bio ? findAll(bio, 'a[href]').flatMap((link) => handleOf(link) ?? []) : []
  return {
    ...emptyReading('instagram', 'profile'),
    permalink: profile,
    author: { handle, name: readLine(name), profile, id },
    text,
    direction: directionOf(null, text),
    links: readLinks(head, bio),
    mentions: eachOnce(mentioned),
    counts: readCounts(head),
    isTruncated: isCut(bio),
    missing: [
      ...(id === null ? [{ field: 'author.id', reason: 'not-in-page' }] : []),
      ...(name === null ? [{ field: 'author.name', reason: 'not-in-page' }] : []),
      { field: 'posted', reason: 'not-in-page' },
      ...(text === null ? [{ field: 'text', reason: 'no-words-shown' }] : []),
    ],
  }
}

function otherSources(head: Element, address: URL): OtherSource[] {
  const reading = read(head, address)
  const { author } = reading
  const stated = author.handle === null ? null : findAccount(head.ownerDocument, { handle: author.handle })
  return statementsOn(reading, [
    ...namesTitled(head, author),
    { fact: 'name', source: 'embedded-data', value: nameAgain(author.name, stated?.name ?? null) },
    { fact: 'author-id', source: 'embedded-data', value: stated?.id ?? null },
  ])
}

/** Reads the head of a profile on Instagram. */
export const instagramProfile: ProfileReader = {
  isConfirmed: false,
  find,
  read,
  otherSources,
  findPicture: (head) =>
    findAll(head, 'img').find((image) => isAvatar(image) && !isMatch(image, '[aria-hidden="true"]')) ?? null,
}
