import type { PostReading } from '../model/post'
import { readLinks } from './bluesky-content'
import { asHandle, isShown, readProfileAddress, withoutMarks } from './bluesky-parts'
import {
  attributeOf,
  childrenOf,
  directionOf,
  emptyReading,
  findAll,
  findClosest,
  findFirst,
  isWithin,
  parentOf,
  readLine,
  readText,
} from './dom'
import { type Missing, noteIn } from './missing'

/**
 * Chat messages. Hearsay: read from the client's source (main, 2026), no saved page of a conversation was at hand.
 * A message has neither id, address nor time in the page; who wrote it shows in the side on which it stands.
 */
const parts = {
  screen: '[data-testid="convoScreen"]',
  text: '[data-word-wrap="1"]',
  // A shared post; its words are not the message's.
  shared: '[role="link"], a[href*="/post/"]',
  button: 'button, [role="button"]',
} as const

/** The row of a message: its buttons, then its bubble. Null for a text that is no message. */
function rowOf(text: Element): Element | null {
  for (let box = parentOf(text), step = 0; box && step < 8; box = parentOf(box), step += 1) {
    const [buttons, bubble, ...more] = childrenOf(box)
    if (!buttons || !bubble || more.length > 0 || !isWithin(text, [bubble])) continue
    if (findFirst(buttons, parts.button)) return box
  }
  return null
}

function textsIn(screen: ParentNode): Element[] {
  return findAll(screen, parts.text).filter((text) => !findClosest(text, parts.shared))
}

/** Whether the element is a message of a conversation. */
export function isMessage(element: Element): boolean {
  return (
    findClosest(element, parts.screen) !== null && textsIn(element).some((text) => rowOf(text) === element)
  )
}

/** Messages of the conversation that is shown; empty on pages at other addresses. */
export function findMessages(root: ParentNode, address: URL): Element[] {
  if (!/^\/messages\/[^/]+/.test(address.pathname)) return []
  const rows = textsIn(root).flatMap((text) => (findClosest(text, parts.screen) ? (rowOf(text) ?? []) : []))
  return [...new Set(rows)].filter(isShown)
}

/** Own messages have the bubble after the buttons, those of others before them. Null where it is not to be seen. */
function sideOf(row: Element): 'own' | 'other' | null {
  const direction = /flex-direction:\s*(row(?:-reverse)?)\b/.exec(attributeOf(row, 'style') ?? '')?.[1]
  if (!direction) return null
  return direction === 'row' ? 'own' : 'other'
}

/** Head of a conversation between two: a link to the other's profile with name and handle. */
function otherAccount(row: Element, address: URL): PostReading['author'] | null {
  const screen = findClosest(row, parts.screen)
  const links = screen ? findAll(screen, 'a[href*="/profile/"]') : []
  const head = links.find((link) => findAll(link, '[dir="auto"]').length >= 2)
  const [name, handleLine] = head ? findAll(head, '[dir="auto"]') : []
  const handle = asHandle(readLine(handleLine ?? null))
  const actor = readProfileAddress(attributeOf(head, 'href'), address)
  if (!head || handle === null || actor === null) return null
  const shown = withoutMarks(readLine(name ?? null) ?? '')
  return {
    handle,
    name: shown === '' || shown === handle ? null : shown,
    profile: new URL(`/profile/${actor}`, address.origin).href,
    id: null,
  }
}

/** What one message shows. */
export function readMessage(row: Element, address: URL): PostReading {
  const text = textsIn(row)[0] ?? null
  const words = readText(text, { inline: 'div', whiteSpace: 'keep' })
  const side = sideOf(row)
  const author = side === 'other' ? otherAccount(row, address) : null
  const missing: Missing = []
  const note = noteIn(missing)
  note('postId', true)
  note('permalink', true)
  note('posted', true)
  note('author.id', true)
  note('author.handle', author === null, side === 'own' ? 'own-message' : 'not-in-page')
  return {
    ...emptyReading('bluesky', 'message'),
    author: author ?? { handle: null, name: null, profile: null, id: null },
    text: words,
    direction: directionOf(null, words),
    ...readLinks(text, address),
    visibility: 'direct',
    missing,
  }
}
