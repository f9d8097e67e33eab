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
  parentOf,
  readLine,
  readText,
} from './dom'
import { type Missing, noteIn } from './missing'
import { statementsOn } from './said-twice'
import { exactTime, timeFromId, unknownTime } from './times'

// [S] The names of the classes, without the hash behind each, are from published copies of the client's own
// program (`userTagUsername`, `nickname`, `userProfileOuter` and its kin). [G] Where the words about oneself and
// the day of joining stand. The account's id is in the address of its picture or banner, when it has one.

const site = 'https://discord.com'

const selectors = {
  handle: '[class*="userTagUsername"]',
  /** Window, card, and the panel beside a private conversation. */
  outer:
    '[class*="userProfileModalOuter"], [class*="userPopoutOuter"], [class*="biteSizeOuter"],' +
    ' [class*="fullSizeOuter"], [class*="userPanelOuter"], [class*="userProfileOuter"], [role="dialog"]',
  name: '[class*="usernameRow"] [class*="nickname"]:not([class*="nicknameIcons"])',
  about: '[class*="userBio"], [class*="descriptionClamp"]',
  since: '[class*="memberSince"]',
  picture: 'img[src*="/avatars/"]',
} as const

/** A card opened over the panel comes later in the page. */
function find(page: Document): Element | null {
  const handle = findAll(page, selectors.handle).findLast((each) => readLine(each) !== null) ?? null
  return findClosest(handle, selectors.outer) ?? parentOf(parentOf(parentOf(handle)))
}

/** Pictures that an account has on one server, and the plain ones that have no account's id, included. */
function idOfPicture(part: Element | null): string | null {
  const address = attributeOf(part, 'src') ?? attributeOf(part, 'style')
  return address?.match(/\/(?:avatars|banners|users)\/(\d{15,20})\//)?.[1] ?? null
}

function idIn(profile: Element): string | null {
  const pictures = findAll(profile, 'img[src], [style*="/banners/"]')
  return pictures.map(idOfPicture).find((id) => id !== null) ?? null
}

function readSince(profile: Element, id: string | null, now: Date): PostReading['posted'] {
  const place = findFirst(profile, selectors.since)
  const asShown = readLine(findFirst(place, '[class*="text"]') ?? place)
  const iso = id ? timeFromId('discord', id, now) : null
  return iso ? exactTime('id', iso, asShown) : { ...unknownTime, asShown }
}

function read(profile: Element, _address: URL, now: Date): PostReading {
  const shown = readLine(findFirst(profile, selectors.handle))
  const handle = shown?.replace(/^@/, '') ?? null
  const id = idIn(profile)
  const about = findFirst(profile, selectors.about)
  const text = readText(about, { whiteSpace: 'keep' })
  const address = id ? `${site}/users/${id}` : null
  const name = readLine(findFirst(profile, selectors.name))
  const posted = readSince(profile, id, now)
  const missing: Missing = []
  const note = noteIn(missing)
  note('permalink', address === null)
  note('author.name', name === null)
  note('author.id', id === null)
  note('text', text === null)
  note('posted', posted.iso === null)
  return {
    ...emptyReading('discord', 'profile'),
    permalink: address,
    author: { handle, name, profile: address, id },
    text,
    direction: directionOf(about, text),
    links: linksIn(about, site),
    posted,
    missing,
  }
}

/** The id once more, where both the banner and the picture of the account carry it. */
function otherSources(profile: Element, address: URL, now: Date): OtherSource[] {
  const banner = idOfPicture(findFirst(profile, '[style*="/banners/"], img[src*="/banners/"]'))
  // Pictures of friends in common stand elsewhere.
  const picture = idOfPicture(findFirst(profile, '[class*="avatarWrapper"] img[src]'))
  const reading = read(profile, address, now)
  const other = banner === reading.author.id ? picture : banner
  return statementsOn(reading, [
    { fact: 'author-id', source: 'embedded-data', value: banner && picture ? other : null },
  ])
}

/** Reader of the card, the window and the panel with what Discord says of an account. */
export const discordProfile: ProfileReader = {
  isConfirmed: false,
  find,
  read,
  otherSources,
  findPicture: (profile) => findFirst(profile, selectors.picture),
}
