import type { OtherSource, ProfileReader } from '../model/platform'
import type { PostReading } from '../model/post'
import {
  attributeOf,
  directionOf,
  emptyReading,
  findAll,
  findClosest,
  findFirst,
  parentOf,
  readLine,
  readText,
} from './dom'
import { type Missing, noteIn } from './missing'
import { nameAgain } from './profile-again'
import { statementsOn } from './said-twice'
import { accountAt, readLinks, site } from './vk-parts'

// [C] An extension's configuration of 2026 and programs that read profile pages. The status is of older pages;
// the numbers of friends and followers stand behind buttons of other kinds and are left to the picture.

const selectors = {
  name: '[id="owner_page_name"], .OwnerPageName, .ProfileInfoName, h1.page_name',
  head: '.ProfileHeader, .ProfileHeader__in, .ProfileInfo__main, .page_block, .redesigned-group-info',
  status: '[id="page_current_info"] .current_text, .ProfileInfo__status, .page_current_info',
  picture:
    '.page_avatar_img img, img.page_avatar_img, [data-testid="profile-avatar"] img, .page_cover_image img',
  /** A number behind the last line is the account's id. */
  marked: '.ProfileHeader__ava [id*="_"]',
} as const

function find(page: Document, address: URL): Element | null {
  if (!accountAt(address.href)) return null
  const name = findFirst(page, selectors.name)
  return name && readLine(name) !== null ? (findClosest(name, selectors.head) ?? parentOf(name)) : null
}

function idIn(profile: Element): string | null {
  const marked = findFirst(profile, selectors.marked)
  return attributeOf(marked, 'id')?.match(/_(-?[1-9]\d{0,11})$/)?.[1] ?? null
}

function read(profile: Element, address: URL): PostReading {
  const account = accountAt(address.href)
  // "Online" and marks of verified accounts stand beside the name.
  const name = readLine(findFirst(profile, selectors.name), { exclude: 'svg, a, button, [role="button"], b' })
  const status = findFirst(profile, selectors.status)
  const text = readText(status)
  const handle = account?.handle ?? null
  const id = account?.id ?? idIn(profile)
  const missing: Missing = []
  const note = noteIn(missing)
  note('author.name', name === null)
  note('author.id', id === null)
  note('text', text === null)
  note('posted', true)
  note('counts', true, 'not-read')
  return {
    ...emptyReading('vk', 'profile'),
    permalink: handle ? `${site}/${handle}` : null,
    author: { handle, name, profile: handle ? `${site}/${handle}` : null, id },
    text,
    direction: directionOf(status, text),
    links: readLinks(status, {}),
    missing,
  }
}

/** The name above the account's own posts on its page. */
function nameByPosts(profile: Element, handle: string | null): string | null {
  const page = findClosest(profile, 'html')
  const names = page ? findAll(page, 'a[data-testid="post-header-title"][href]') : []
  const isOwn = (link: Element) =>
    handle !== null && attributeOf(link, 'href')?.replace(site, '') === `/${handle}`
  return readLine(names.find(isOwn) ?? null)
}

function otherSources(profile: Element, address: URL): OtherSource[] {
  const reading = read(profile, address)
  const { handle, name } = reading.author
  const isIdInAddress = (accountAt(address.href)?.id ?? null) !== null
  return statementsOn(reading, [
    { fact: 'author-id', source: 'embedded-data', value: isIdInAddress ? idIn(profile) : null },
    { fact: 'name', source: 'label', value: nameAgain(name, nameByPosts(profile, handle)) },
  ])
}

/** Reader of the heads of VK's pages of people and communities. */
export const vkProfile: ProfileReader = {
  isConfirmed: false,
  find,
  read,
  otherSources,
  findPicture: (profile) => findFirst(profile, selectors.picture),
}
