import type { ProfileReader } from '../model/platform'
import type { PostReading } from '../model/post'
import {
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
import { type Missing, noteIn } from './missing'
import { phoneIn } from './whatsapp-parts'

// [S] The test id of the name is in the client's own source of 2026. [C] Those of the panel, and that numbers and
// the sentence about oneself can be selected, are from programs that read it.

const selectors = {
  name: '[data-testid="contact-info-subtitle"]',
  panel:
    '[data-testid="contact-info-drawer"], [data-testid="chat-info-drawer"], [data-testid="drawer-right"], section',
  lines: '.selectable-text, [data-testid="selectable-text"], a[href^="tel:"]',
} as const

function find(page: Document): Element | null {
  const name = findFirst(page, selectors.name)
  return name && readLine(name) ? (findClosest(name, selectors.panel) ?? parentOf(name)) : null
}

/** Lines that can be selected, besides the name. */
function linesIn(profile: Element): Element[] {
  const lines = findAll(profile, selectors.lines)
  return lines.filter((line) => {
    const isName = findClosest(line, selectors.name) !== null || findFirst(line, selectors.name) !== null
    const isInner = findClosest(parentOf(line), selectors.lines) !== null
    return !isName && !isInner && readLine(line) !== null
  })
}

function read(profile: Element): PostReading {
  const name = findFirst(profile, selectors.name)
  const lines = linesIn(profile)
  const phone =
    [name, ...lines].map((line) => phoneIn(readLine(line))).find((number) => number !== null) ?? null
  const others = lines.filter((line) => {
    const shown = readLine(line) ?? ''
    // "~Name" is the name that the account chose, shown where it is not among one's contacts.
    return phoneIn(shown) === null && !/^[~@]/.test(shown) && !isMatch(line, 'a')
  })
  const [about = null] = others.length === 1 ? others : []
  const text = readText(about, { whiteSpace: 'keep' })
  const missing: Missing = [{ field: 'permalink', reason: 'platform-gives-none' }]
  const note = noteIn(missing)
  note('author.handle', phone === null)
  note('author.id', true)
  note('text', text === null, others.length > 1 ? 'not-certain-which' : 'not-in-page')
  note('posted', true)
  return {
    ...emptyReading('whatsapp', 'profile'),
    author: { handle: phone, name: readLine(name), profile: null, id: null },
    text,
    direction: directionOf(about, text),
    missing,
  }
}

/** Reader of the panel with what WhatsApp says of a contact. */
export const whatsappProfile: ProfileReader = {
  isConfirmed: false,
  find,
  read,
  findPicture: (profile) => findFirst(profile, 'img[src]:not(.emoji)'),
}
