import type { OtherSource, ProfileReader } from '../model/platform'
import type { PostReading } from '../model/post'
import {
  attributeOf,
  directionOf,
  emptyReading,
  findAll,
  findClosest,
  findFirst,
  linksIn,
  readLine,
  readText,
} from './dom'
import { objectAfter, textAt } from './embedded-data'
import { joinedTime } from './joined'
import { type Missing, noteIn } from './missing'
import { metaIn, nameAgain, pageHead } from './profile-again'
import { statementsOn } from './said-twice'
import { unknownTime } from './times'
import { decodePath, directLink, site } from './youtube-posts'

/**
 * The head of a channel's page, and the panel with its whole description where it is open. Hearsay: element names
 * are those that public code of 2023 to 2026 names; no saved page was at hand.
 */
const parts = {
  // The second until 2024.
  head: 'yt-page-header-renderer, ytd-c4-tabbed-header-renderer',
  former: '[hidden]',
  name: 'h1, [id="channel-name"] [id="text"]',
  line: 'yt-content-metadata-view-model [role="text"], [id="channel-handle"]',
  subscribers: '[id="subscriber-count"]',
  videos: '[id="videos-count"]',
  preview: 'yt-description-preview-view-model, [id="channel-tagline"]',
  link: 'yt-attribution-view-model a[href]',
  picture: 'yt-decorated-avatar-view-model img, yt-avatar-shape img, [id="avatar"] img',
  panel: 'ytd-about-channel-renderer',
  whole: '[id="description-container"]',
  panelLinks: '[id="links-section"], [id="link-list-container"]',
  panelRow: '[id="additional-info-container"] tr',
} as const

type Named = { handle: string | null; id: string | null }

/** The account that an address of a channel names; null for any other page. */
function namedBy({ pathname }: URL): Named | null {
  const path = decodePath(pathname)
  const handle = path.match(/^\/@([^/]{1,100})(?:\/[a-z]+)?\/?$/)?.[1]
  if (handle) return { handle, id: null }
  const id = path.match(/^\/channel\/(UC[\w-]{22})(?:\/[a-z]+)?\/?$/)?.[1]
  if (id) return { handle: null, id }
  return /^\/(?:c|user)\/[^/]+(?:\/[a-z]+)?\/?$/.test(path) ? { handle: null, id: null } : null
}

function plain(text: string | null): string {
  return text?.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').trim() ?? ''
}

function linesOf(head: Element): string[] {
  return findAll(head, parts.line).flatMap((line) => plain(readLine(line)) || [])
}

function shownHandle(head: Element): string | null {
  return linesOf(head).flatMap((line) => line.match(/^@([^\s/]+)$/)?.[1] ?? [])[0] ?? null
}

function find(page: Document, address: URL): Element | null {
  const named = namedBy(address)
  if (!named) return null
  const head = findAll(page, parts.head).find((each) => !findClosest(each, parts.former))
  if (!head || readLine(findFirst(head, parts.name)) === null) return null
  const shown = shownHandle(head)
  // While the page goes on to another channel, address and head differ.
  const isSame = !named.handle || !shown || named.handle.toLowerCase() === shown.toLowerCase()
  return isSame ? head : null
}

/** The channel's id as the head of the page states it; not renewed on the way, so only beside the same name. */
function statedId(page: Element | null, name: string | null): string | null {
  const title = attributeOf(findFirst(page, 'meta[property="og:title"]'), 'content')
  if (name === null || title?.trim() !== name) return null
  const canonical = attributeOf(findFirst(page, 'link[rel="canonical"]'), 'href')
  return canonical?.match(/\/channel\/(UC[\w-]{22})$/)?.[1] ?? null
}

/** The lines under the name are handle, subscribers, videos; with one figure alone it cannot be told which. */
function readCounts(head: Element): PostReading['counts'] {
  const figures = linesOf(head).filter((line) => !line.startsWith('@') && /\p{Nd}/u.test(line))
  const subscribers =
    readLine(findFirst(head, parts.subscribers)) ?? (figures.length === 2 ? figures[0] : null)
  const videos = readLine(findFirst(head, parts.videos)) ?? (figures.length === 2 ? figures[1] : null)
  return { ...(subscribers ? { subscribers } : {}), ...(videos ? { videos } : {}) }
}

function openPanel(page: Element | null): Element | null {
  const panels = page ? findAll(page, parts.panel) : []
  return panels.find((panel) => !findClosest(panel, parts.former)) ?? null
}

/** The only row of the panel with a whole date is the day of joining. */
function readJoined(panel: Element | null, language: string | null): PostReading['posted'] {
  const rows = panel ? findAll(panel, parts.panelRow) : []
  const times = rows.map((row) => joinedTime(readLine(row), language))
  return times.find(({ precision }) => precision === 'day') ?? unknownTime
}

function read(head: Element, address: URL): PostReading {
  const page = findClosest(head, 'html')
  const panel = openPanel(page)
  const named = namedBy(address)
  const name = readLine(findFirst(head, parts.name))
  const handle = shownHandle(head) ?? named?.handle ?? null
  const id = named?.id ?? statedId(page, name)
  const preview = findFirst(head, parts.preview)
  const text = readText(findFirst(panel, parts.whole) ?? preview, { whiteSpace: 'keep' })
  const posted = readJoined(panel, attributeOf(page, 'lang'))
  const permalink = handle
    ? `${site}/@${encodeURIComponent(handle)}`
    : id
      ? `${site}/channel/${id}`
      : address.href
  const missing: Missing = []
  const note = noteIn(missing)
  note('author.handle', handle === null)
  note('author.id', id === null)
  note('text', text === null, 'no-words-shown')
  note('posted', true, posted.asShown === null ? 'not-in-page' : 'day-only')
  return {
    ...emptyReading('youtube', 'profile'),
    permalink,
    author: { handle, name, profile: permalink, id },
    text,
    direction: directionOf(null, text),
    links: linksOf(head, panel),
    counts: readCounts(head),
    posted,
    isTruncated: panel === null && findFirst(preview, 'button') !== null,
    missing,
  }
}

function linksOf(head: Element, panel: Element | null): PostReading['links'] {
  const first = findFirst(head, parts.link)
  const own = first ? linksIn(first.parentElement, site).slice(0, 1) : []
  const all = findAll(panel ?? head, panel ? parts.panelLinks : parts.link)
  const listed = panel ? all.slice(0, 1).flatMap((box) => linksIn(box, site)) : own
  return listed.map(directLink)
}

/** More than the data of a channel's page; what is longer is not looked through. */
const longestScript = 2_000_000

/** The data about the channel that the page was loaded with, where it is this one. */
function channelData(page: Element | null, isOwn: (address: string | null) => boolean): unknown {
  for (const script of page ? findAll(page, 'script:not([src])') : []) {
    const source = script.textContent ?? ''
    if (source.length > longestScript || !source.includes('channelMetadataRenderer')) continue
    const data = objectAfter(source, 'channelMetadataRenderer')
    const addresses = [textAt(data, 'channelUrl'), textAt(data, 'vanityChannelUrl')]
    return addresses.some(isOwn) ? data : null
  }
  return null
}

/** The head of the page and its data are those of the page first loaded: they count where they name this channel. */
function otherSources(head: Element, address: URL): OtherSource[] {
  const reading = read(head, address)
  const { author } = reading
  const named = namedBy(address)
  const isOwn = (stated: string | null) => {
    const other = stated !== null && URL.canParse(stated) ? namedBy(new URL(stated)) : null
    const isSameHandle = other?.handle && other.handle.toLowerCase() === named?.handle?.toLowerCase()
    return Boolean(isSameHandle) || (other?.id != null && other.id === named?.id)
  }
  const top = pageHead(head)
  const canonical = attributeOf(findFirst(top, 'link[rel="canonical"]'), 'href')
  const isOwnHead = isOwn(metaIn(top, 'og:url')) || isOwn(canonical)
  const data = channelData(findClosest(head, 'html'), isOwn)
  return statementsOn(reading, [
    {
      fact: 'handle',
      source: 'permalink',
      value: shownHandle(head) === null ? null : (named?.handle ?? null),
    },
    {
      fact: 'name',
      source: 'meta',
      value: isOwnHead ? nameAgain(author.name, metaIn(top, 'og:title')) : null,
    },
    { fact: 'name', source: 'embedded-data', value: nameAgain(author.name, textAt(data, 'title')) },
    { fact: 'author-id', source: 'embedded-data', value: textAt(data, 'externalId') },
  ])
}

/** Head of a channel's page. Not confirmed. */
export const youtubeProfile: ProfileReader = {
  isConfirmed: false,
  find,
  read,
  otherSources,
  findPicture: (head) => findFirst(head, parts.picture),
}
