import type { OtherSource, ProfileReader } from '../model/platform'
import type { PostReading } from '../model/post'
import { readLinks } from './bluesky-content'
import {
  asHandle,
  isDid,
  isShown,
  parts as postParts,
  readProfileAddress,
  withoutMarks,
} from './bluesky-parts'
import {
  attributeOf,
  childrenOf,
  directionOf,
  emptyReading,
  findAll,
  findClosest,
  findFirst,
  isWithin,
  nextOf,
  parentOf,
  readLine,
  readText,
} from './dom'
import { readJson, textAt } from './embedded-data'
import { type Missing, noteIn } from './missing'
import { nameAgain, namesTitled } from './profile-again'
import { statementsOn } from './said-twice'
import { exactTime, timeFromAttribute, unknownTime } from './times'

/** The head of a profile, by the test ids in the client's source; not seen in a saved page. */
const parts = {
  name: '[data-testid="profileHeaderDisplayName"]',
  picture: '[data-testid="profileHeaderAviButton"]',
  bio: '[data-testid="profileHeaderDescription"]',
  followers: '[data-testid="profileHeaderFollowersButton"]',
  follows: '[data-testid="profileHeaderFollowsButton"]',
  schema: 'head script[type="application/ld+json"]',
} as const

/** The block with picture, name, bio and counts around the name. */
function headAround(name: Element): Element | null {
  let box: Element | null = name
  for (let step = 0; box && step < 12; step += 1, box = parentOf(box)) {
    if (findFirst(box, parts.picture)) return box
  }
  return null
}

/** The `@handle` line under the name. */
function shownHandle(head: Element): string | null {
  const outside = findAll(head, `${parts.bio}, ${parts.name}`)
  const lines = findAll(head, '[dir="auto"]').filter((line) => !isWithin(line, outside))
  return (
    lines.flatMap((line) => (readLine(line)?.includes('@') ? (asHandle(readLine(line)) ?? []) : []))[0] ??
    null
  )
}

function find(page: Document, address: URL): Element | null {
  const actor = readProfileAddress(address.href, address)
  // Former screens stay in the page, not displayed.
  const name = actor ? findAll(page, parts.name).find(isShown) : undefined
  const head = name ? headAround(name) : null
  const shown = head ? shownHandle(head) : null
  const isSame = isDid(actor) || shown === null || shown.toLowerCase() === actor?.toLowerCase()
  return isSame ? head : null
}

/** The data for search engines, where they are about this account. The client does not renew them. */
function schemaOf(head: Element, handle: string | null): unknown {
  const page = findClosest(head, 'html')
  const values = page ? findAll(page, parts.schema).map(readJson) : []
  const isOwn = (value: unknown) =>
    [textAt(value, 'mainEntity', 'alternateName'), textAt(value, 'mainEntity', 'name')].includes(`@${handle}`)
  return values.find((value) => handle !== null && isOwn(value)) ?? null
}

function didOf(head: Element, actor: string | null, schema: unknown): string | null {
  if (isDid(actor)) return actor
  const picture = attributeOf(findFirst(findFirst(head, parts.picture), postParts.avatar), 'src')
  const pictured = /\/plain\/(did:[a-z]+:[\w.:%-]+)\//.exec(picture ?? '')?.[1] ?? null
  const stated = textAt(schema, 'mainEntity', 'identifier')
  return isDid(pictured) ? pictured : isDid(stated) ? stated : null
}

/** Each figure stands before its word: in an element of its own, for posts as the bare text. */
function readCounts(head: Element): PostReading['counts'] {
  const counts: PostReading['counts'] = {}
  const add = (name: string, shown: string | null) => {
    if (shown !== null && /\p{Nd}/u.test(shown)) counts[name] = shown
  }
  const follows = findFirst(head, parts.follows)
  add('followers', readLine(childrenOf(findFirst(head, parts.followers))[0] ?? null))
  add('following', readLine(childrenOf(follows)[0] ?? null))
  const posts = nextOf(follows)
  add('posts', readLine(posts, { outside: childrenOf(posts) }))
  return counts
}

function read(head: Element, address: URL): PostReading {
  const actor = readProfileAddress(address.href, address)
  const handle = shownHandle(head) ?? asHandle(actor)
  const schema = schemaOf(head, handle)
  const id = didOf(head, actor, schema)
  const shownName = withoutMarks(readLine(findFirst(head, parts.name)) ?? '')
  const bio = findFirst(head, parts.bio)
  const text = readText(bio, { inline: 'div', whiteSpace: 'keep' })
  const created = timeFromAttribute(textAt(schema, 'dateCreated'))
  const permalink = new URL(`/profile/${handle ?? actor ?? id ?? ''}`, address.origin).href
  const missing: Missing = []
  const note = noteIn(missing)
  note('author.handle', handle === null, 'invalid-handle')
  note('author.id', id === null)
  note('text', text === null, 'no-words-shown')
  note('posted', created === null)
  const isName = shownName !== '' && shownName.replace(/^@/, '') !== handle
  return {
    ...emptyReading('bluesky', 'profile'),
    permalink,
    author: { handle, name: isName ? shownName : null, profile: permalink, id },
    text,
    direction: directionOf(null, text),
    ...readLinks(bio, address),
    counts: readCounts(head),
    posted: created ? exactTime('dom', created, null) : unknownTime,
    missing,
  }
}

function otherSources(head: Element, address: URL): OtherSource[] {
  const reading = read(head, address)
  const { author } = reading
  const actor = readProfileAddress(address.href, address)
  const schema = schemaOf(head, author.handle)
  const named = textAt(schema, 'mainEntity', 'name')
  const isSeen = didOf(head, actor, null) !== null
  return statementsOn(reading, [
    { fact: 'handle', source: 'permalink', value: shownHandle(head) === null ? null : asHandle(actor) },
    ...namesTitled(head, author),
    // Without a name the handle stands in its place.
    {
      fact: 'name',
      source: 'embedded-data',
      value: named?.startsWith('@') ? null : nameAgain(author.name, named),
    },
    {
      fact: 'author-id',
      source: 'embedded-data',
      value: isSeen ? textAt(schema, 'mainEntity', 'identifier') : null,
    },
    { fact: 'author-id', source: 'label', value: isDid(actor) ? didOf(head, null, null) : null },
  ])
}

/** Head of a profile of Bluesky's own client. Not confirmed. */
export const blueskyProfile: ProfileReader = {
  isConfirmed: false,
  find,
  read,
  otherSources,
  findPicture: (head) => findFirst(findFirst(head, parts.picture), 'img'),
}
