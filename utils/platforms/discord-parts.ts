import type { PostMedia, PostReading } from '../model/post'
import {
  absoluteAddress,
  attributeOf,
  findAll,
  findClosest,
  findFirst,
  isMatch,
  isWithin,
  previousOf,
  readLine,
  shownMedia,
} from './dom'

const site = 'https://discord.com'
const idShape = /^chat-messages-(?:(\d{15,20})-)?(\d{15,20})$/

/** One row of a conversation: the ids that Discord gave it, and the parts that are its own. */
export type Row = {
  id: string
  channel: string | null
  content: Element | null
  accessories: Element | null
  /** Preview of the message answered, which stands inside the answering one. */
  answered: Element | null
}

/** Message ids in the row's own id. Null when the element is no message. */
function idsOf(row: Element): { channel: string | null; id: string } | null {
  const found = attributeOf(row, 'id')?.match(idShape)
  return found?.[2] ? { channel: found[1] ?? null, id: found[2] } : null
}

function ownPart(row: Element, id: string, answered: Element | null): Element | null {
  return findFirst(row, `[id="${id}"]`, answered ? [answered] : [])
}

/** The row with its parts. Null when the element is no message. */
export function readRow(row: Element): Row | null {
  const ids = idsOf(row)
  if (!ids) return null
  const answered = findFirst(row, `[id="message-reply-context-${ids.id}"]`)
  return {
    ...ids,
    answered,
    content: ownPart(row, `message-content-${ids.id}`, answered),
    accessories: ownPart(row, `message-accessories-${ids.id}`, answered),
  }
}

/** A row as one walk over the page finds it: with what tells whether there is anything in it. */
export type FoundRow = { element: Element; id: string } & Pick<Row, 'content' | 'accessories' | 'answered'>

const rowShape = 'li[id^="chat-messages-"]'
const systemShape = '[class*="systemMessage"]'

/** The first part of each kind that bears the row's own id; in the preview of another message none is its own. */
function addPart(row: FoundRow, part: Element): void {
  const id = attributeOf(part, 'id')
  if (id === `message-reply-context-${row.id}`) row.answered ??= part
  else if (row.answered && isWithin(part, [row.answered])) return
  else if (id === `message-content-${row.id}`) row.content ??= part
  else if (id === `message-accessories-${row.id}`) row.accessories ??= part
}

/**
 * The rows of messages below `root`, in page order, without those that nobody wrote. One walk over the page: asking
 * each row for its parts takes many times as long.
 */
export function findRows(root: ParentNode): FoundRow[] {
  const rows = new Map<Element, FoundRow>()
  const system = new Set<Element | null>()
  const parts = ['content', 'accessories', 'reply-context'].map((name) => `[id^="message-${name}-"]`)
  for (const part of findAll(root, [rowShape, systemShape, ...parts].join(', '))) {
    const holder = findClosest(part, rowShape)
    const ids = holder === part ? idsOf(part) : null
    if (ids) rows.set(part, { element: part, id: ids.id, content: null, accessories: null, answered: null })
    if (isMatch(part, systemShape)) system.add(holder)
    const row = holder && holder !== part ? rows.get(holder) : undefined
    if (row) addPart(row, part)
  }
  return [...rows.values()].filter(({ element }) => !system.has(element))
}

/** "Someone joined", "someone pinned a message": rows of the conversation that nobody wrote. */
function isSystemRow(row: Element): boolean {
  return isMatch(row, '[class*="systemMessage"]') || findFirst(row, '[class*="systemMessage"]') !== null
}

/** The parts of a row that show other people's names, pictures and times. */
export function othersIn(row: Row): Element[] {
  return [row.content, row.accessories, row.answered].filter((part) => part !== null)
}

function headerIn(row: Element): Element | null {
  const parts = readRow(row)
  return parts ? ownPart(row, `message-username-${parts.id}`, parts.answered) : null
}

/** More messages of one person in a row than this, and the page is no conversation. */
const longestGroup = 300

/**
 * The row with the name of whoever wrote this one: itself, or the first of its group. Discord names that one in
 * `aria-labelledby`; without it, it is the nearest one before. Null when the page does not show it.
 */
export function headRowOf(row: Element, id: string): Element | null {
  if (headerIn(row)) return row
  const label = findFirst(row, '[aria-labelledby*="message-username-"]')
  const named = attributeOf(label, 'aria-labelledby')?.match(/message-username-(\d{15,20})/)?.[1]
  let steps = 0
  for (let at = previousOf(row); at && steps < longestGroup; at = previousOf(at), steps += 1) {
    const ids = idsOf(at)
    // A row that nobody wrote ends a group.
    if (ids && isSystemRow(at)) return null
    if (!ids || !headerIn(at)) continue
    return !named || named === id || named === ids.id ? at : null
  }
  return null
}

/** The message's id once more, on the part of the row that screen readers go by. */
export function idsOfArticle(row: Element): string | null {
  const article = findFirst(row, '[data-list-item-id]')
  return attributeOf(article, 'data-list-item-id')?.match(/-(\d{15,20})$/)?.[1] ?? null
}

/** The name once more, as the markup keeps it for its effects. */
export function namedInMarkup(head: Element | null): string | null {
  const name = head ? findFirst(headerIn(head), '[data-text]') : null
  return attributeOf(name, 'data-text')?.trim() || null
}

/** Name as shown, and the id of the account where its picture carries one: a default picture does not. */
export function readAuthor(head: Element | null): { name: string | null; id: string | null } {
  const row = head ? readRow(head) : null
  if (!head || !row) return { name: null, id: null }
  const header = headerIn(head)
  const name = findFirst(header, '[data-text], [class*="username"]') ?? header
  const others = othersIn(row)
  const id = findAll(head, 'img[src]')
    .filter((image) => !isWithin(image, others))
    .map(
      (image) => attributeOf(image, 'src')?.match(/\/(?:avatars|users)\/(\d{15,20})\/(?:avatars\/)?\w/)?.[1],
    )
    .find((found) => found !== undefined)
  return { name: readLine(name), id: id ?? null }
}

/** Places of Discord's files: what people sent, stickers, and pictures of linked pages. */
const filePath = /^\/(?:attachments|ephemeral-attachments|external|stickers)\//

function isCovered(part: Element): boolean {
  return findClosest(part, '[class*="spoiler" i][class*="hidden" i], [aria-expanded="false"]') !== null
}

function readShown(part: Element): PostMedia | null {
  const address = absoluteAddress(
    attributeOf(part, 'src') ?? attributeOf(findFirst(part, 'source'), 'src'),
    site,
  )
  const kind = isMatch(part, 'video') ? 'video' : isMatch(part, 'audio') ? 'audio' : 'image'
  if (kind === 'image' && (!address || !filePath.test(new URL(address).pathname))) return null
  const alt = attributeOf(part, 'alt') ?? attributeOf(part, 'aria-label')
  const shown = shownMedia(kind, address, alt)
  return isCovered(part) ? { ...shown, address: null, isHidden: true } : shown
}

function pathOf(address: string | null): string | null {
  return address ? new URL(address).pathname : null
}

/** A file for download that is neither picture nor sound: its address and name. */
function readFile(link: Element): PostMedia | null {
  const address = absoluteAddress(attributeOf(link, 'href'), site)
  const name = readLine(link)
  const isFile = filePath.test(pathOf(address) ?? '') && !findFirst(link, 'img, video, audio')
  return isFile && name ? shownMedia('card', address, name) : null
}

function readEmbed(embed: Element): PostMedia | null {
  const title = findFirst(embed, '[class*="embedTitle"]')
  const link = findFirst(title ?? embed, 'a[href]')
  const alt = readLine(title) ?? readLine(embed)
  const address = absoluteAddress(attributeOf(link, 'href'), site)
  return alt || address ? shownMedia('card', address, alt) : null
}

/** What stands below the words: pictures, videos, sounds, stickers, files and previews of linked pages. */
export function readMedia(row: Row): PostMedia[] {
  const { accessories } = row
  if (!accessories) return []
  const reactions = findAll(accessories, `[id="message-reactions-${row.id}"]`)
  const icons = findAll(accessories, '[class*="embedAuthorIcon"], [class*="embedFooterIcon"]')
  const shown = findAll(accessories, 'img, video, audio')
    .filter((part) => !isWithin(part, [...reactions, ...icons]))
    .flatMap((part) => readShown(part) ?? [])
  const paths = new Set(shown.map((medium) => pathOf(medium.address)))
  const embeds = findAll(accessories, 'article')
  const files = findAll(accessories, 'a[href]')
    .filter((link) => !isWithin(link, embeds))
    .flatMap((link) => readFile(link) ?? [])
    .filter((file) => !paths.has(pathOf(file.address)))
  return [...shown, ...files, ...embeds.flatMap((embed) => readEmbed(embed) ?? [])].slice(0, 100)
}

/** How many reacted, by the reaction's own sign. */
export function readReactions(row: Element, id: string): PostReading['counts'] {
  const buttons = findAll(row, `[id="message-reactions-${id}"] [role="button"]`)
  return Object.fromEntries(
    buttons.flatMap((button) => {
      const sign = attributeOf(findFirst(button, 'img[alt]'), 'alt')?.trim()
      const count = readLine(button, { exclude: 'img' })
      return sign && count && /\p{Nd}/u.test(count) ? [[sign, count] as const] : []
    }),
  )
}

/**
 * The message's address. Only its own conversation's, which the page's address must name: it alone says which
 * server it belongs to. Null otherwise.
 */
export function permalinkOf(row: Row, address: URL): string | null {
  const [, route, server, ...rest] = address.pathname.split('/')
  const isKnown = row.channel !== null && rest.includes(row.channel)
  if (route !== 'channels' || !server || !/^(@me|\d{15,20})$/.test(server) || !isKnown) return null
  return `${site}/channels/${server}/${row.channel}/${row.id}`
}
