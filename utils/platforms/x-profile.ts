import type { OtherSource, ProfileReader } from '../model/platform'
import type { PostReading } from '../model/post'
import {
  absoluteAddress,
  attributeOf,
  directionOf,
  emptyReading,
  findAll,
  findClosest,
  findFirst,
  linksIn,
  parentOf,
  readLine,
  readText,
} from './dom'
import { readJson, textAt } from './embedded-data'
import { joinedTime } from './joined'
import { type Missing, noteIn } from './missing'
import { nameAgain, namesTitled } from './profile-again'
import { statement } from './said-again'
import { saidInTime, statementsOn } from './said-twice'
import { exactTime, settleTime, timeFromAttribute, timeFromId } from './times'
import { handleOf, home, isOwnHost } from './x-scope'

/** The head of a profile page, as seen on one saved in 2025, logged in. */
const parts = {
  name: '[data-testid="primaryColumn"] [data-testid="UserName"]',
  avatar: '[data-testid^="UserAvatar-Container-"]',
  bio: '[data-testid="UserDescription"]',
  web: 'a[data-testid="UserUrl"]',
  joined: '[data-testid="UserJoinDate"]',
  lock: '[data-testid="icon-lock"]',
  // Whose test id begins with the account's number: follow, following, pending, blocked.
  button:
    '[data-testid$="-follow"], [data-testid$="-unfollow"], [data-testid$="-cancel"], [data-testid$="-unblock"]',
  // Data for search engines; its form is known from public code only.
  schema: 'script[data-testid="UserProfileSchema-test"]',
} as const

const countLinks = [
  ['following', 'a[href$="/following"]'],
  ['followers', 'a[href$="/followers"], a[href$="/verified_followers"]'],
] as const

/** The `@handle` line: the last one of the name block. */
function shownHandle(name: Element | null): string | null {
  const lines = name ? findAll(name, '[dir]') : []
  const handles = lines.flatMap((line) => readLine(line)?.match(/^@([A-Za-z0-9_]{1,20})$/)?.[1] ?? [])
  return handles.at(-1) ?? null
}

function handleIn({ hostname, pathname }: URL): string | null {
  const first = isOwnHost(hostname) ? pathname.match(/^\/(\w{1,20})(?:\/[a-z_]+)?\/?$/)?.[1] : undefined
  return first ?? null
}

/** The block with picture, name, bio and counts around the name. */
function headAround(name: Element): Element | null {
  let box: Element | null = name
  for (let step = 0; box && step < 8; step += 1, box = parentOf(box)) {
    if (findFirst(box, parts.avatar)) return box
  }
  return null
}

function find(page: Document, address: URL): Element | null {
  const named = handleIn(address)?.toLowerCase()
  const name = named ? findFirst(page, parts.name) : null
  // While the page goes on to another account, address and name differ.
  return name && shownHandle(name)?.toLowerCase() === named ? headAround(name) : null
}

/** The data for search engines, where they are about this account. */
function schemaOf(profile: Element, handle: string | null): unknown {
  const data = readJson(findFirst(findClosest(profile, 'html'), parts.schema))
  const named = textAt(data, 'mainEntity', 'additionalName')
  return handle !== null && named?.toLowerCase() === handle.toLowerCase() ? data : null
}

function idOf(profile: Element, schema: unknown): string | null {
  const shown = attributeOf(findFirst(profile, parts.button), 'data-testid')?.match(/^(\d{1,20})-/)?.[1]
  const stated = textAt(schema, 'mainEntity', 'identifier')
  return shown ?? (stated !== null && /^\d{1,20}$/.test(stated) ? stated : null)
}

function readPosted(profile: Element, schema: unknown, id: string | null, now: Date): PostReading['posted'] {
  const language = attributeOf(findClosest(profile, 'html'), 'lang')
  const shown = joinedTime(readLine(findFirst(profile, parts.joined)), language)
  const stated = timeFromAttribute(textAt(schema, 'dateCreated'))
  const { from, to } = shown
  if (stated && from && to && stated >= from && stated <= to) return exactTime('dom', stated, shown.asShown)
  return settleTime(shown, id === null ? null : timeFromId('x', id, now))
}

function readCounts(profile: Element): PostReading['counts'] {
  const counts: PostReading['counts'] = {}
  for (const [name, selector] of countLinks) {
    const shown = readLine(findFirst(findFirst(profile, selector), 'span'))
    if (shown !== null) counts[name] = shown
  }
  return counts
}

function read(profile: Element, address: URL, now: Date): PostReading {
  const name = findFirst(profile, '[data-testid="UserName"]')
  const handle = shownHandle(name) ?? handleOf(findFirst(profile, `${parts.avatar} a[href]`))
  const schema = schemaOf(profile, handle)
  const id = idOf(profile, schema)
  const bio = findFirst(profile, parts.bio)
  const text = readText(bio, { inline: 'div', whiteSpace: 'keep' })
  const posted = readPosted(profile, schema, id, now)
  const missing: Missing = []
  const note = noteIn(missing)
  note('author.id', id === null)
  note('text', text === null, 'no-words-shown')
  note('posted', posted.iso === null, posted.precision === null ? 'not-in-page' : `${posted.precision}-only`)
  const permalink = `${home}/${handle ?? handleIn(address) ?? ''}`
  return {
    ...emptyReading('x', 'profile'),
    permalink,
    author: { handle, name: readLine(findFirst(name, '[dir]')), profile: permalink, id },
    text,
    direction: directionOf(null, text),
    links: [...linksIn(bio, home), ...webLink(profile)],
    mentions: mentionsIn(bio),
    counts: readCounts(profile),
    posted,
    visibility: findFirst(name, parts.lock) ? 'followers' : null,
    missing,
  }
}

/** The link of its own line; its address goes through t.co, like every link of a post. */
function webLink(profile: Element): PostReading['links'] {
  const web = findFirst(profile, parts.web)
  const to = absoluteAddress(attributeOf(web, 'href'), home)
  return to ? [{ address: to, text: readLine(web) ?? '' }] : []
}

function mentionsIn(bio: Element | null): string[] {
  const links = bio ? findAll(bio, 'a[href]') : []
  return [...new Set(links.flatMap((link) => readLine(link)?.match(/^@([A-Za-z0-9_]{1,20})$/)?.[1] ?? []))]
}

/** Between the moment that a number states and that of the data lies the signing up. */
const signingUp = { beforeMs: 86_400_000, afterMs: 86_400_000 } as const

/** Data that contradict the shown month were not read. Older numbers, shorter ones, state no moment. */
function postedAgain({ author, posted }: PostReading, schema: unknown, now: Date): OtherSource[] {
  const stated = timeFromAttribute(textAt(schema, 'dateCreated'))
  if (stated === null || stated !== posted.iso) return statement('posted', 'embedded-data', stated)
  const byId = author.id && author.id.length >= 17 ? timeFromId('x', author.id, now) : null
  return statement('posted', 'id', saidInTime(byId, posted.iso, signingUp))
}

function otherSources(profile: Element, address: URL, now: Date): OtherSource[] {
  const reading = read(profile, address, now)
  const { author } = reading
  const schema = schemaOf(profile, author.handle)
  const said = statementsOn(reading, [
    { fact: 'handle', source: 'permalink', value: handleIn(address) },
    ...namesTitled(profile, author),
    {
      fact: 'name',
      source: 'embedded-data',
      value: nameAgain(author.name, textAt(schema, 'mainEntity', 'givenName')),
    },
    {
      fact: 'author-id',
      source: 'embedded-data',
      value: idOf(profile, null) === null ? null : textAt(schema, 'mainEntity', 'identifier'),
    },
  ])
  return [...said, ...postedAgain(reading, schema, now)]
}

/** Head of a profile page of X. Confirmed on one saved page (2025, logged in, interface in Chinese). */
export const xProfile: ProfileReader = {
  isConfirmed: true,
  find,
  read,
  otherSources,
  findPicture: (profile) => findFirst(profile, `${parts.avatar} img`),
}
