import type { OtherSource, ProfileReader } from '../model/platform'
import type { PostedTime, PostReading } from '../model/post'
import {
  absoluteAddress,
  attributeOf,
  directionOf,
  eachOnce,
  emptyReading,
  findAll,
  findClosest,
  findFirst,
  linksIn,
  readLine,
  readText,
} from './dom'
import { readJson, textAt } from './embedded-data'
import { joinedTime } from './joined'
import { accountAt, asAccount } from './mastodon-parts'
import { mentioned } from './mastodon-threads'
import { type Missing, noteIn } from './missing'
import { namesTitled } from './profile-again'
import { statementsOn } from './said-twice'
import { exactTime, timeFromAttribute } from './times'

/** The head of a profile: class names of the client's source (4.2 to 4.7-alpha); not seen in a saved page. */
const parts = {
  head: '.account__header',
  name: '.account__header__tabs__name h1',
  // Beside the name until 4.6, below it in the redesign.
  account: '.account__header__tabs__name h1 small span, .account__header__tabs__name p',
  bio: '.account__header__content',
  fields: '.account__header__fields',
  counts: '.account__header__extra__links',
  picture: '.account__header__tabs .account__avatar img, .account__header__tabs .avatar img',
} as const

/** The account whose profile, or a part of it, is at the address. Null for posts and all else. */
function accountOfPage(address: URL): string | null {
  const path = address.pathname.match(/^(?:\/deck|\/web)?(\/@[^/]+)(?:\/(?!\d)[\w-]+(?:\/[^/]+)?)?\/?$/)?.[1]
  return path ? accountAt(path, address) : null
}

function userOf(account: string | null): string | undefined {
  return account?.split('@')[0]?.toLowerCase()
}

function find(page: Document, address: URL): Element | null {
  const account = accountOfPage(address)
  if (account === null) return null
  // In columns there can be several.
  return (
    findAll(page, parts.head).find((head) => {
      const shown = asAccount(readLine(findFirst(head, parts.account))?.replace(/@$/, '') ?? null)
      return findFirst(head, parts.name) !== null && userOf(shown) === userOf(account)
    }) ?? null
  )
}

/** Pictures lie in folders named by the account's id, three digits each. */
function idInPicture(head: Element): string | null {
  const source = attributeOf(findFirst(head, parts.picture), 'src') ?? ''
  const digits = source.match(/\/accounts\/avatars\/((?:\d{3}\/){2,7})/)?.[1]?.replaceAll('/', '')
  return digits?.replace(/^0+(?=\d)/, '') ?? null
}

/** The account's id, as its posts below name it. */
function idByPosts(head: Element, account: string): string | null {
  const page = findClosest(head, 'html')
  const links = page
    ? findAll(page, '.status__display-name[data-id], .status__display-name[data-hover-card-account]')
    : []
  const own = links.find((link) => asAccount(attributeOf(link, 'title')) === account)
  const id = attributeOf(own, 'data-id') ?? attributeOf(own, 'data-hover-card-account')
  return id !== null && /^\d{1,30}$/.test(id) ? id : null
}

/** The day of joining: a `time` since 4.4, before that the first of the fields, the only one without a title. */
function readJoined(head: Element): PostedTime {
  const time = findFirst(head, `${parts.fields} time[datetime], ${parts.counts} time[datetime]`)
  const iso = timeFromAttribute(attributeOf(time, 'datetime'))
  if (iso !== null) return exactTime('dom', iso, readLine(time), 'day')
  const row = findFirst(findFirst(head, parts.fields), 'dl')
  const isOwn = row !== null && findFirst(row, 'dt[title]') === null
  const language = attributeOf(findClosest(head, 'html'), 'lang')
  return joinedTime(isOwn ? readLine(findFirst(row, 'dd')) : null, language)
}

function readCounts(head: Element, account: string, address: URL): PostReading['counts'] {
  const counts: PostReading['counts'] = {}
  const box = findFirst(head, parts.counts)
  for (const link of box ? findAll(box, 'a[href]') : []) {
    const path = absoluteAddress(attributeOf(link, 'href'), address)?.replace(/\/$/, '') ?? ''
    const shown = readLine(findFirst(link, 'strong'))
    const last = path.split('/').at(-1) ?? ''
    const name = last === 'following' || last === 'followers' ? last : 'posts'
    if (shown !== null && !findFirst(link, 'time') && path.includes(`/@${account}`)) counts[name] = shown
  }
  return counts
}

function read(head: Element, address: URL): PostReading {
  const account = accountOfPage(address)
  const bio = findFirst(head, parts.bio)
  const text = readText(bio)
  const id = account === null ? null : (idByPosts(head, account) ?? idInPicture(head))
  const posted = readJoined(head)
  const permalink = account === null ? null : absoluteAddress(`/@${account}`, address)
  const mentions = bio
    ? findAll(bio, 'a.mention:not(.hashtag)').flatMap((link) => mentioned(link, address) ?? [])
    : []
  const missing: Missing = []
  const note = noteIn(missing)
  note('author.id', id === null)
  note('text', text === null, 'no-words-shown')
  note('posted', posted.asShown === null)
  return {
    ...emptyReading('mastodon', 'profile'),
    permalink,
    author: {
      handle: account,
      name: readLine(findFirst(head, parts.name), { exclude: 'small' }),
      profile: permalink,
      id,
    },
    text,
    direction: directionOf(null, text),
    links: [
      ...linksIn(bio, address, { exclude: 'a.mention, a.hashtag' }),
      ...linksIn(findFirst(head, parts.fields), address, { exclude: 'dt' }),
    ],
    mentions: eachOnce(mentions),
    counts: account === null ? {} : readCounts(head, account, address),
    posted,
    missing,
  }
}

/** Titles name accounts of this server in full. */
function fullNames(head: Element, handle: string, address: URL): string[] {
  if (handle.includes('@')) return [handle]
  const state = readJson(findFirst(findClosest(head, 'html'), 'script[id="initial-state"]'))
  const domain = textAt(state, 'meta', 'domain')
  return [handle, `${handle}@${address.host}`, ...(domain ? [`${handle}@${domain}`] : [])]
}

function otherSources(head: Element, address: URL): OtherSource[] {
  const reading = read(head, address)
  const { author } = reading
  const { handle } = author
  const isByPosts = handle !== null && idByPosts(head, handle) !== null
  const handles = handle === null ? [] : fullNames(head, handle, address)
  return statementsOn(reading, [
    ...namesTitled(head, author, { handles }),
    { fact: 'author-id', source: 'embedded-data', value: isByPosts ? idInPicture(head) : null },
  ])
}

/** Head of a profile of Mastodon's own client and glitch-soc's. Not confirmed. */
export const mastodonProfile: ProfileReader = {
  isConfirmed: false,
  find,
  read,
  otherSources,
  findPicture: (head) => findFirst(head, parts.picture),
}
