import type { OtherSource, PlatformAdapter } from '../model/platform'
import type { PostedTime, PostReading } from '../model/post'
import {
  type FoundRow,
  findRows,
  headRowOf,
  idsOfArticle,
  namedInMarkup,
  othersIn,
  permalinkOf,
  type Row,
  readAuthor,
  readMedia,
  readReactions,
  readRow,
} from './discord-parts'
import { discordProfile } from './discord-profile'
import {
  attributeOf,
  childrenOf,
  directionOf,
  emptyReading,
  findFirst,
  linksIn,
  readLine,
  readText,
} from './dom'
import { hasWords } from './has-words'
import { type Missing, noteIn } from './missing'
import { exactTime, timeFromAttribute, timeFromId, unknownTime } from './times'

// Known from public code that reads or extends the web client; no page of it has been seen. What a forwarded
// message contains is not known from there: it is left to the capture of the page's picture and says so.

/** "(edited)" behind the words, which is the only time in them. */
const editedMark = 'time, [class*="edited"]'

// Words behind a spoiler are hidden from screen readers until they are opened; the sender wrote them all the same.
const wordOptions = {
  exclude: editedMark,
  keep: '[class*="spoiler" i] [aria-hidden="true"]',
  whiteSpace: 'keep',
} as const

function findPosts(root: ParentNode): Element[] {
  return findRows(root)
    .filter(isFilled)
    .map(({ element }) => element)
}

/** An emptied slot of the list has neither words nor anything below them. */
function isFilled({ content, accessories }: FoundRow): boolean {
  return (content !== null && hasWords(content, wordOptions)) || childrenOf(accessories).length > 0
}

function readTime(post: Element, row: Row, now: Date): PostedTime {
  const time =
    findFirst(post, `time[id="message-timestamp-${row.id}"]`) ??
    findFirst(post, 'time[datetime]', othersIn(row))
  const asShown = attributeOf(time, 'aria-label') ?? readLine(time)
  const iso = timeFromAttribute(attributeOf(time, 'datetime'))
  if (iso) return exactTime('dom', iso, asShown)
  const fromId = timeFromId('discord', row.id, now)
  return fromId ? exactTime('id', fromId, asShown) : { ...unknownTime, asShown }
}

/** The id of the message answered stands in the preview of its words. */
function answeredId(row: Row): string | null {
  const preview = findFirst(row.answered, '[id^="message-content-"]')
  return attributeOf(preview, 'id')?.match(/^message-content-(\d{15,20})$/)?.[1] ?? null
}

function readWords(row: Row, address: URL) {
  const text = readText(row.content, wordOptions)
  const links = linksIn(row.content, address, wordOptions)
  return { text, links, direction: directionOf(row.content, text) }
}

function missingOf(reading: PostReading, row: Row): Missing {
  const missing: Missing = [{ field: 'author.handle', reason: 'only-names-shown' }]
  const note = noteIn(missing)
  note('author.name', reading.author.name === null)
  note('author.id', reading.author.id === null)
  note('permalink', reading.permalink === null, 'server-not-in-address')
  note('posted', reading.posted.iso === null)
  const isForward = findFirst(row.accessories, '[class*="messageSnapshot"], [class*="forwarded"]') !== null
  note('text', reading.text === null, isForward ? 'forwarded-words-not-read' : 'no-words-shown')
  note('mentions', findFirst(row.content, '[class*="mention"]') !== null, 'only-names-shown')
  note('parentPostId', row.answered !== null && reading.parentPostId === null)
  return missing
}

function readPost(post: Element, address: URL, now: Date): PostReading {
  const row = readRow(post)
  if (!row)
    return { ...emptyReading('discord', 'message'), missing: [{ field: 'postId', reason: 'not-in-page' }] }
  const reading: PostReading = {
    ...emptyReading('discord', 'message'),
    ...readWords(row, address),
    postId: row.id,
    permalink: permalinkOf(row, address),
    author: { handle: null, profile: null, ...readAuthor(headRowOf(post, row.id)) },
    media: readMedia(row),
    counts: readReactions(post, row.id),
    posted: readTime(post, row, now),
    parentPostId: answeredId(row),
    visibility: address.pathname.startsWith('/channels/@me/') ? 'direct' : null,
    isEdited: findFirst(row.content, editedMark) !== null,
  }
  return { ...reading, missing: missingOf(reading, row) }
}

/** The moment once more in the message's id; the id and the name once more in the markup. */
function otherSources(post: Element, _address: URL, now: Date): OtherSource[] {
  const row = readRow(post)
  if (!row) return []
  const sources: OtherSource[] = []
  const add = (fact: OtherSource['fact'], source: OtherSource['source'], value: string | null) => {
    if (value !== null) sources.push({ fact, source, value })
  }
  if (readTime(post, row, now).source === 'dom') add('posted', 'id', timeFromId('discord', row.id, now))
  add('post-id', 'embedded-data', idsOfArticle(post))
  add('name', 'embedded-data', namedInMarkup(headRowOf(post, row.id)))
  return sources
}

/** Reader of Discord: the messages of an open channel, thread or private conversation. */
export const discord: PlatformAdapter = {
  id: 'discord',
  name: 'Discord',
  version: 1,
  isConfirmed: false,
  hosts: ['discord.com', '*.discord.com'],
  recognises: (address) =>
    /^((www|ptb|canary)\.)?discord\.com$/.test(address.hostname) && address.pathname.startsWith('/channels/'),
  changesOn: ['data-list-item-id', 'aria-labelledby'],
  expectsPosts: ({ pathname }) => /^\/channels\/[^/]+\/\d+/.test(pathname),
  findPosts,
  readPost,
  profile: discordProfile,
  otherSources,
}
