import { isForAnyService, servesPlatform } from '../channels/index'
import type { Case } from '../model/case'
import type { Channel } from '../model/channel'
import type { Item, OpenedItem } from '../model/item'

/** Why an item of the case is not in the report; words under `report.left-out.<reason>`. */
export type LeftOutReason = 'other-service' | 'same-post' | 'no-address' | 'other-account' | 'too-many'
export type LeftOut = { id: string; reason: LeftOutReason }
export type Selection = { items: OpenedItem[]; leftOut: LeftOut[] }

/** The adapter id of the platform; for a page that no adapter could read, its host. */
export function serviceOf({ page, post }: Item): string {
  return post.platform === 'generic' ? hostOf(page.address) : post.platform
}

/** The host of an address; the address itself where it cannot be taken apart. */
export function hostOf(address: string): string {
  return URL.parse(address)?.hostname ?? address
}

/** The address of exactly this content; null where the page gave none for the post. */
export function exactAddress({ page, post }: Item): string | null {
  const isWholePage = post.kind === 'page' || post.kind === 'element' || post.kind === 'selection'
  return post.permalink ?? (isWholePage ? page.address : null)
}

/**
 * The items of a case that this channel can take in one report, gravest first, and why each other one stays
 * out. One platform, each post once, one account where the receiver asks for it, no more than it takes.
 */
export function selectItems(options: { channel: Channel; case: Case; items: OpenedItem[] }): Selection {
  const { channel } = options
  const sorted = gravestFirst(options.case, options.items)
  const service = isForOneService(channel) ? commonService(sorted) : null
  const selection: Selection = { items: [], leftOut: [] }
  for (const opened of sorted) {
    const reason = reasonToLeaveOut(opened.item, { channel, service, chosen: selection.items })
    if (reason === null) selection.items.push(opened)
    else selection.leftOut.push({ id: opened.item.id, reason })
  }
  return selection
}

type Frame = { channel: Channel; service: string | null; chosen: OpenedItem[] }

const toOneService: readonly Channel['shape'][] = [
  'dsa-notice',
  'ncii-notice',
  'complaint',
  'referral',
  'oecd-submission',
  'preservation-request',
]

/** Laws and complaints that are about one service at a time, whichever it is. */
function isForOneService(channel: Channel): boolean {
  if (!isForAnyService(channel) || channel.kind === 'search-engine') return false
  const asksService = channel.fields.some((field) => field.holds === 'service')
  return asksService || channel.kind === 'legal-notice' || toOneService.includes(channel.shape)
}

/** Whether a post without an address of its own is of no use there. */
function needsAddress({ fields, how, shape }: Channel): boolean {
  const asksLinks = fields.some((field) => field.holds === 'links' && field.isRequired)
  return shape === 'dsa-notice' || (asksLinks && how !== 'in-product')
}

function reasonToLeaveOut(item: Item, { channel, service, chosen }: Frame): LeftOutReason | null {
  const isAny = service === null && isForAnyService(channel)
  const isServed =
    isAny || (service === null ? servesPlatform(channel, serviceOf(item)) : serviceOf(item) === service)
  if (!isServed) return 'other-service'
  const address = exactAddress(item)
  if (needsAddress(channel) && address === null) return 'no-address'
  if (address !== null && chosen.some((other) => exactAddress(other.item) === address)) return 'same-post'
  const first = chosen[0]
  if (channel.isOneAccount && first && accountOf(first.item) !== accountOf(item)) return 'other-account'
  return channel.maxItems !== null && chosen.length >= channel.maxItems ? 'too-many' : null
}

function accountOf({ id, page, post }: Item): string {
  const { author } = post
  const name = author.id ?? author.handle?.toLowerCase() ?? author.profile ?? id
  return `${hostOf(page.address)} ${name}`
}

function gravity({ assessment }: OpenedItem): number {
  const severity = { high: 3, medium: 2, low: 1 }
  const level = assessment?.severity ? severity[assessment.severity] : 0
  return (assessment?.isImminent ? 10 : 0) + level
}

function gravestFirst(owner: Case, items: OpenedItem[]): OpenedItem[] {
  const place = new Map(owner.itemIds.map((id, index) => [id, index]))
  const placeOf = (opened: OpenedItem) => place.get(opened.item.id) ?? place.size
  return items.toSorted((a, b) => gravity(b) - gravity(a) || placeOf(a) - placeOf(b))
}

/** A notice goes to one service: the one with the most items, of equals the one with the gravest. */
function commonService(items: OpenedItem[]): string | null {
  const counts = new Map<string, number>()
  for (const { item } of items) counts.set(serviceOf(item), (counts.get(serviceOf(item)) ?? 0) + 1)
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? null
}
