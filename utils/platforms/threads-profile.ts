import type { OtherSource, ProfileReader } from '../model/platform'
import type { PostReading } from '../model/post'
import {
  attributeOf,
  directionOf,
  eachOnce,
  emptyReading,
  findAll,
  findClosest,
  findFirst,
  isMatch,
  isWithin,
  parentOf,
  readLine,
  readText,
} from './dom'
import { directLinks, isAvatar, isBefore, outgoingLinks, wordOptions } from './meta'
import { findAccount } from './meta-embedded'
import { type Missing, noteIn } from './missing'
import { nameAgain, namesTitled } from './profile-again'
import { statementsOn } from './said-twice'
import { container, handleOf } from './threads-parts'

// Seen on a saved page: the head of a profile, logged out. Hearsay: that pages of accounts without a text of their
// own leave its line out.

/** The head ends where the tabs and the posts begin. */
const below = `${container}, a[href*="/replies"], [role="tablist"]`

function handleIn(address: URL): string | null {
  return address.pathname.match(/^\/@([\w.]{1,60})(?:\/(?:replies|media|reposts))?\/?$/)?.[1] ?? null
}

/** The name as heading; the heading of the column is a link. */
function findName(page: Document): Element | null {
  return (
    findAll(page, 'h1').find((heading) => !findClosest(heading, 'a, [hidden]') && readLine(heading)) ?? null
  )
}

function find(page: Document, address: URL): Element | null {
  const name = handleIn(address) === null ? null : findName(page)
  let head = parentOf(name)
  for (let around = parentOf(head); around; around = parentOf(head)) {
    if (isMatch(around, '[role="region"], main, body') || findFirst(around, below)) break
    head = around
  }
  return head
}

const handleLine = '[translate="no"]'

function findBio(head: Element, name: Element | null): Element | null {
  return (
    findAll(head, 'span[dir="auto"]').find(
      (line) =>
        name !== null &&
        isBefore(name, line) &&
        !isMatch(line, handleLine) &&
        !findClosest(line, 'a, button, [role="button"], [inert], h1'),
    ) ?? null
  )
}

function readLinks(head: Element, bio: Element | null, address: URL): PostReading['links'] {
  const outgoing = outgoingLinks(head, 'a[href*="//l.threads."]', { base: address, outside: bio })
  return [...directLinks(bio, address), ...outgoing]
}

/** The number with the exact one in its title. */
function readCounts(head: Element): PostReading['counts'] {
  const shown = findAll(head, 'span[title]').find((part) => /^\p{Nd}/u.test(attributeOf(part, 'title') ?? ''))
  const followers = readLine(shown ?? null)
  return followers ? { followers } : {}
}

function writtenHandle(head: Element, name: Element | null): string | null {
  return readLine(findAll(head, handleLine).find((line) => line !== name) ?? null)
}

function read(head: Element, address: URL): PostReading {
  const name = findFirst(head, 'h1')
  const handle = handleIn(address) ?? writtenHandle(head, name)
  const bio = findBio(head, name)
  const text = readText(bio, wordOptions)
  const profile = handle === null ? null : new URL(`/@${handle}`, address.origin).href
  const missing: Missing = []
  const note = noteIn(missing)
  note('author.id', true)
  note('posted', true)
  note('text', text === null, 'no-words-shown')
  return {
    ...emptyReading('threads', 'profile'),
    permalink: profile,
    author: { handle, name: readLine(name), profile, id: null },
    text,
    direction: directionOf(null, text),
    links: readLinks(head, bio, address),
    mentions: eachOnce(
      findAll(head, 'a[href]').flatMap(
        (link) => (bio && isWithin(link, [bio]) && handleOf(link, address)) || [],
      ),
    ),
    counts: readCounts(head),
    missing,
  }
}

function otherSources(head: Element, address: URL): OtherSource[] {
  const reading = read(head, address)
  const { author } = reading
  const stated = author.handle === null ? null : findAccount(head.ownerDocument, { handle: author.handle })
  const written = handleIn(address) === null ? null : writtenHandle(head, findFirst(head, 'h1'))
  return statementsOn(reading, [
    { fact: 'handle', source: 'label', value: written },
    ...namesTitled(head, author),
    { fact: 'name', source: 'embedded-data', value: nameAgain(author.name, stated?.name ?? null) },
  ])
}

/** Reads the head of a profile on Threads. */
export const threadsProfile: ProfileReader = {
  isConfirmed: true,
  find,
  read,
  otherSources,
  findPicture: (head) => findAll(head, 'img').find(isAvatar) ?? null,
}
