import type { ProfileReader } from '../model/platform'
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

function read(head: Element, address: URL): PostReading {
  const name = findFirst(head, 'h1')
  const written = readLine(findAll(head, handleLine).find((line) => line !== name) ?? null)
  const handle = handleIn(address) ?? written
  const bio = findBio(head, name)
  const text = readText(bio, wordOptions)
  const profile = handle === null ? null : new URL(`/@${handle}`, address.origin).href
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
    missing: [
      { field: 'author.id', reason: 'not-in-page' },
      { field: 'posted', reason: 'not-in-page' },
      ...(text === null ? [{ field: 'text', reason: 'no-words-shown' }] : []),
    ],
  }
}

/** Reads the head of a profile on Threads. */
export const threadsProfile: ProfileReader = {
  isConfirmed: true,
  find,
  read,
  findPicture: (head) => findAll(head, 'img').find(isAvatar) ?? null,
}
