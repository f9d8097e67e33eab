import type { ReporterRole } from '../model/case'
import type { Channel } from '../model/channel'
import type { IncidentType } from '../model/item'
import { fittingCategories } from './categories'
import { channels, servesPlatform } from './index'

/** Why a channel stands where it stands; each is a key of `locales/`. */
export type RankReason =
  | 'channel.reason.fits'
  | 'channel.reason.platform'
  | 'channel.reason.law'
  | 'channel.reason.first-person'
  | 'channel.reason.no-category'
  | 'channel.reason.role'

export type RankedChannel = { channel: Channel; reason: RankReason }

/** Best reason first. */
const order: readonly RankReason[] = [
  'channel.reason.fits',
  'channel.reason.platform',
  'channel.reason.law',
  'channel.reason.first-person',
  'channel.reason.no-category',
  'channel.reason.role',
]
const shapes: readonly Channel['shape'][] = ['in-product', 'api-payload', 'web-form', 'dsa-notice']

/** `platforms`: adapter ids, or the hosts of pages that no adapter could read. */
type Question = { platforms: string[]; types: IncidentType[]; reporterRole: ReporterRole | null }

function reasonFor(channel: Channel, { types, reporterRole }: Question): RankReason {
  if (reporterRole !== null && !channel.acceptsFrom.includes(reporterRole)) return 'channel.reason.role'
  if (types.length === 0)
    return channel.platforms.length > 0 ? 'channel.reason.platform' : 'channel.reason.law'
  const categories = fittingCategories(channel, types)
  if (categories.length === 0) return 'channel.reason.no-category'
  const isOutsider = reporterRole === 'bystander'
  if (isOutsider && categories.every((category) => category.needsFirstPerson))
    return 'channel.reason.first-person'
  return channel.platforms.length > 0 ? 'channel.reason.fits' : 'channel.reason.law'
}

/**
 * The channels that can take posts of these platforms, best first, each with the reason for its place.
 * Channels of other platforms are left out; those that do not accept this role or these types come last.
 */
export function rankChannels(question: Question): RankedChannel[] {
  const { platforms } = question
  const place = ({ channel, reason }: RankedChannel) => [
    order.indexOf(reason),
    Math.max(
      0,
      platforms.findIndex((platform) => servesPlatform(channel, platform)),
    ),
    shapes.indexOf(channel.shape),
  ]
  return channels
    .filter(
      (channel) => channel.platforms.length === 0 || platforms.some((id) => servesPlatform(channel, id)),
    )
    .map((channel) => ({ channel, reason: reasonFor(channel, question) }))
    .sort((a, b) => compare(place(a), place(b)) || a.channel.id.localeCompare(b.channel.id))
}

function compare(a: number[], b: number[]): number {
  const index = a.findIndex((value, position) => value !== b[position])
  return index < 0 ? 0 : (a[index] ?? 0) - (b[index] ?? 0)
}
