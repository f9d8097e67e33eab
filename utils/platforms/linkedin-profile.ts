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
  isWithin,
  readLine,
} from './dom'
import { readJson, textAt, valueAt } from './embedded-data'
import { readWords } from './linkedin-content'
import { authorBy } from './linkedin-ids'
import { type Missing, noteIn } from './missing'
import { nameAgain } from './profile-again'
import { statementsOn } from './said-twice'

// Hearsay, known from public code and not seen on a page: all three layouts. The front end of 2026 names its cards by
// component keys that end in the card's name, with the member's id before it; the older ones have names written by
// people.

const selectors = {
  head: [
    'main [componentkey$="Topcard"]',
    'main [id$="Topcard"]',
    'main .pv-top-card',
    'main section[class*="org-top-card"], main .org-top-card',
    'main .top-card-layout',
  ],
  about:
    '[componentkey$="About"] [data-testid="expandable-text-box"], [id$="About"] [data-testid="expandable-text-box"]',
  name: 'h1, h2',
  headline: '.text-body-medium, .org-top-card-summary__tagline, .top-card-layout__headline',
  picture:
    'img[src*="displayphoto"], img[src*="framedphoto"], img[src*="company-logo"],' +
    ' img.pv-top-card-profile-picture__image, .top-card-layout__entity-image',
  connections: 'a[href*="/connections"], a[href*="connectionOf"]',
  followers: 'a[href*="/followers"]',
} as const

/** The beginning of the address of a person's or organisation's page, its first tab included. */
const profilePath = /^\/(in|company|school|showcase)\/[^/]+\/?(about\/?)?$/

function find(page: Document, address: URL): Element | null {
  if (!profilePath.test(address.pathname)) return null
  for (const selector of selectors.head) {
    const head = findAll(page, selector).find(
      (each) => !findClosest(each, '[hidden]') && readLine(findFirst(each, selectors.name)) !== null,
    )
    if (head) return head
  }
  return null
}

/** The member's id in the key of the card: `…profile.card.refACoAA…Topcard`. */
function idInKey(head: Element): string | null {
  const keys = [attributeOf(head, 'componentkey'), attributeOf(head, 'id')]
  return keys.map((key) => key?.match(/\.ref(ACo[\w-]{20,100})Topcard$/)?.[1]).find((id) => id) ?? null
}

/** The line below the name. In the front end of 2026 the first paragraph that is neither a degree nor in a link. */
function findHeadline(head: Element, name: Element | null): Element | null {
  const written = findFirst(head, selectors.headline)
  if (written || !name) return written
  return (
    findAll(head, 'p').find(
      (line) =>
        !findClosest(line, 'a, button') &&
        !isWithin(line, [name]) &&
        Node.prototype.compareDocumentPosition.call(name, line) & Node.DOCUMENT_POSITION_FOLLOWING &&
        // "· 2nd"
        /^[^·•]/.test(readLine(line) ?? ''),
    ) ?? null
  )
}

function figureIn(link: Element | null): string | null {
  return (
    readLine(link)
      ?.match(/^[\p{Nd}][\p{Nd}.,٫٬\s]*[KMB]?\+?/u)?.[0]
      .trim() ?? null
  )
}

function readCounts(head: Element): PostReading['counts'] {
  const found = [
    ['followers', figureIn(findFirst(head, selectors.followers))],
    ['connections', figureIn(findFirst(head, selectors.connections))],
  ] as const
  return Object.fromEntries(found.flatMap(([name, shown]) => (shown === null ? [] : [[name, shown]])))
}

function read(head: Element, address: URL): PostReading {
  const name = findFirst(head, selectors.name)
  const headline = readWords(findHeadline(head, name), 'collapse')
  const about = readWords(findFirst(head.ownerDocument, selectors.about), 'keep')
  const words = [headline, about].filter(({ text }) => text !== null)
  const author = authorBy(address, readLine(name))
  const id = idInKey(head) ?? author.id
  const text = words.length > 0 ? words.map((each) => each.text).join('\n\n') : null
  const missing: Missing = []
  const note = noteIn(missing)
  note('author.id', id === null)
  note('posted', true)
  note('text', text === null, 'no-words-shown')
  return {
    ...emptyReading('linkedin', 'profile'),
    permalink: author.profile,
    author: { ...author, id },
    text,
    direction: directionOf(null, text),
    links: words.flatMap(({ links }) => links).slice(0, 200),
    mentions: [...new Set(words.flatMap(({ mentions }) => mentions))].slice(0, 200),
    counts: readCounts(head),
    missing,
  }
}

/** The name in the data for search engines, of the one thing in them that has this address. */
function nameInData(head: Element, handle: string | null): string | null {
  const page = findClosest(head, 'html')
  const data = page ? findAll(page, 'script[type="application/ld+json"]').map(readJson) : []
  const things = data.flatMap((value) => {
    const graph = valueAt(value, '@graph')
    return [value, valueAt(value, 'mainEntity'), ...(Array.isArray(graph) ? graph : [])]
  })
  const own = things.find((thing) => {
    const address = textAt(thing, 'url') ?? ''
    return handle !== null && URL.canParse(address) && authorBy(new URL(address), null).handle === handle
  })
  return textAt(own, 'name')
}

function otherSources(head: Element, address: URL): OtherSource[] {
  const reading = read(head, address)
  const { handle, name } = reading.author
  return statementsOn(reading, [
    { fact: 'name', source: 'embedded-data', value: nameAgain(name, nameInData(head, handle)) },
    {
      fact: 'author-id',
      source: 'permalink',
      value: idInKey(head) === null ? null : authorBy(address, null).id,
    },
  ])
}

/** Reads the head of a member's or organisation's page on LinkedIn. Its text is the line below the name and "About". */
export const linkedinProfile: ProfileReader = {
  isConfirmed: false,
  find,
  read,
  otherSources,
  findPicture: (head) =>
    findAll(head, selectors.picture).find(
      (image) => isMatch(image, 'img') && !/displaybackground/.test(attributeOf(image, 'src') ?? ''),
    ) ?? null,
}
