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
  linksIn,
  readLine,
  readText,
} from './dom'
import { type Missing, noteIn } from './missing'
import { metaIn, nameAgain, pageHead } from './profile-again'
import { statementsOn } from './said-twice'
import { handleIn, site } from './telegram-parts'

// [S] Web A's own source. [C] Public pages and Web K, from programs that read them. Which line of the panel is the
// name and which the sentence about oneself is told by their form, not by their captions, which are translated.

const selectors = {
  // The page of a name at t.me, and the column beside a channel's preview.
  page: '.tgme_page',
  column: '.tgme_channel_info',
  panelK: '.profile-content',
  panelA: '.ProfileInfo',
  name: '.tgme_page_title, .tgme_channel_info_header_title, .profile-name .peer-title, .ProfileInfo .fullName',
  // The name over the messages in Web A.
  chatName: '.MiddleHeader .fullName',
  about: '.tgme_page_description, .tgme_channel_info_description',
  picture:
    '.tgme_page_photo_image img, img.tgme_page_photo_image, .avatar-photo, img.avatar-media, .Avatar img',
} as const

/** The panel beside the chat: never the one of the person's own settings. */
function panelIn(page: Document): Element | null {
  const panel = findAll(page, `${selectors.panelK}, ${selectors.panelA}`).find(
    (each) =>
      !isMatch(each, '.is-me') &&
      !findClosest(each, '[id="column-left"], [id="LeftColumn"], [id="Settings"]'),
  )
  if (!panel) return null
  // In Web A the lines with name and words stand beside the head, in what holds both.
  return isMatch(panel, selectors.panelA)
    ? (findClosest(panel, '.profile-info, [id="RightColumn"]') ?? panel)
    : panel
}

function find(page: Document, address: URL): Element | null {
  if (address.hostname !== 't.me') {
    const panel = panelIn(page)
    return readLine(findFirst(panel, selectors.name)) === null ? null : panel
  }
  const head = findFirst(page, `${selectors.column}, ${selectors.page}`)
  const isNamed = handleIn(address.href.replace('/s/', '/')) !== null
  return isNamed && readLine(findFirst(head, selectors.name)) !== null ? head : null
}

/** Lines of a panel, without their captions. */
function linesIn(profile: Element): Element[] {
  return findAll(profile, '.row .row-title, .ChatExtra .title')
}

function handleOf(profile: Element, address: URL): string | null {
  if (address.hostname === 't.me') return handleIn(address.href.replace('/s/', '/'))
  const shown = linesIn(profile).map((line) => readLine(line) ?? '')
  const named = shown.map(
    (line) =>
      line.match(/^@(\w{4,32})$/)?.[1] ??
      (/^(https:\/\/)?t\.me\//.test(line) ? handleIn(line.replace(/^(?!https:)/, 'https://')) : null),
  )
  return named.find((handle) => handle !== null) ?? null
}

function aboutIn(profile: Element): Element | null {
  const marked = findFirst(profile, selectors.about)
  if (marked) return marked
  // Web K keeps the line breaks of these words only; Web A draws a sign beside them.
  const sign = findClosest(findFirst(profile, '.ChatExtra .icon-info'), '.ListItem')
  return findFirst(profile, '.row .row-title.pre-wrap') ?? findFirst(sign, '.title')
}

function idOf(profile: Element, address: URL): string | null {
  const peer = attributeOf(findFirst(profile, '.profile-name .peer-title[data-peer-id]'), 'data-peer-id')
  if (peer && /^-?\d{1,16}$/.test(peer)) return peer
  const isWebA = address.pathname.startsWith('/a/')
  const chat = isWebA ? (address.hash.match(/^#(-?\d{1,16})$/)?.[1] ?? null) : null
  return chat !== null && isOfChat(profile, chat) ? chat : null
}

/**
 * Whether a panel of Web A shows the chat in the address. In a group it may show one of its members, whose id the page
 * does not have: members have a status of their own, and seldom the name over the chat.
 */
function isOfChat(profile: Element, chat: string): boolean {
  const over = readLine(findFirst(findClosest(profile, 'html'), selectors.chatName))
  const isNamedSo = over !== null && over === readLine(findFirst(profile, selectors.name))
  if (!chat.startsWith('-')) return over === null || isNamedSo
  return isNamedSo && findFirst(profile, '.user-status') === null
}

/** "1.2K subscribers", "3 online": each number by the word that stands with it. */
function countsIn(profile: Element): PostReading['counts'] {
  const counters = findAll(profile, '.tgme_channel_info_counter').map(
    (counter) =>
      [
        readLine(findFirst(counter, '.counter_type')),
        readLine(findFirst(counter, '.counter_value')),
      ] as const,
  )
  const lines = readLine(findFirst(profile, '.tgme_page_extra'))?.split(', ') ?? []
  const shown = lines.map((line) => {
    const [, value, word] = line.match(/^(\p{Nd}[\p{Nd}.,\s]*\p{L}?)\s+(\p{L}+)$/u) ?? []
    return [word ?? null, value ?? null] as const
  })
  return Object.fromEntries(
    [...counters, ...shown].flatMap(([word, value]) => (word && value ? [[word.slice(0, 40), value]] : [])),
  )
}

function read(profile: Element, address: URL): PostReading {
  const handle = handleOf(profile, address)
  const about = aboutIn(profile)
  const text = readText(about, { whiteSpace: 'keep' })
  const author = {
    handle,
    name: readLine(findFirst(profile, selectors.name), {
      exclude: '.tgico, .icon, .verified-icon, .tgme_icon_verified',
    }),
    profile: handle ? `${site}/${handle}` : null,
    id: idOf(profile, address),
  }
  const missing: Missing = []
  const note = noteIn(missing)
  note('author.handle', author.handle === null)
  note('permalink', author.handle === null)
  note('author.name', author.name === null)
  note('author.id', author.id === null)
  note('text', text === null)
  note('posted', true)
  return {
    ...emptyReading('telegram', 'profile'),
    permalink: author.profile,
    author,
    text,
    direction: directionOf(about, text),
    links: linksIn(about, site),
    counts: countsIn(profile),
    visibility: address.hostname === 't.me' ? 'public' : null,
    missing,
  }
}

/** The name that the posts of a preview give to whoever wrote them, where that is this account. */
function nameByPosts(profile: Element, handle: string | null): string | null {
  const page = findClosest(profile, 'html')
  const names = page ? findAll(page, 'a.tgme_widget_message_owner_name[href]') : []
  const own = names.find((name) => handle !== null && handleIn(attributeOf(name, 'href') ?? '') === handle)
  return readLine(own ?? null)
}

/** Public pages alone: they are loaded anew for each name. Beside a chat nothing is said twice that is certain. */
function otherSources(profile: Element, address: URL): OtherSource[] {
  if (address.hostname !== 't.me') return []
  const reading = read(profile, address)
  const { author } = reading
  const title = metaIn(pageHead(profile), 'og:title')
  const written = readLine(findFirst(profile, '.tgme_channel_info_header_username, .tgme_page_extra'))
  return statementsOn(reading, [
    { fact: 'handle', source: 'label', value: written?.match(/^@(\w{4,32})$/)?.[1] ?? null },
    // "Telegram: Contact @name" for accounts that show no more.
    {
      fact: 'name',
      source: 'meta',
      value: title?.startsWith('Telegram') ? null : nameAgain(author.name, title),
    },
    { fact: 'name', source: 'label', value: nameAgain(author.name, nameByPosts(profile, author.handle)) },
  ])
}

/** Reader of the pages of names at t.me, of the head of previews, and of the panel beside a chat. */
export const telegramProfile: ProfileReader = {
  isConfirmed: false,
  find,
  read,
  otherSources,
  findPicture: (profile) => findFirst(profile, selectors.picture),
}
