import type { Channel, ChannelCategory } from '../model/channel'
import type { IncidentType } from '../model/item'

/** What endangers somebody most decides under which rule a report goes first. */
const gravest: readonly IncidentType[] = [
  'threat-of-violence',
  'doxxing',
  'sexualised-abuse',
  'surveillance-stalking',
]

/**
 * The receiver's categories that cover at least one of these types, best first: the one for the gravest type,
 * then the one that covers most, then the receiver's own order. Empty when none fits; none is ever forced.
 */
export function fittingCategories(channel: Channel, types: readonly IncidentType[]): ChannelCategory[] {
  const grave = gravest.find((type) => types.includes(type))
  const covered = (category: ChannelCategory) => types.filter((type) => category.types.includes(type)).length
  const isGrave = (category: ChannelCategory) => grave !== undefined && category.types.includes(grave)
  return channel.categories
    .filter((category) => covered(category) > 0)
    .sort((a, b) => Number(isGrave(b)) - Number(isGrave(a)) || covered(b) - covered(a))
}

/** The types that none of the receiver's categories covers. */
export function uncoveredTypes(channel: Channel, types: readonly IncidentType[]): IncidentType[] {
  return types.filter((type) => !channel.categories.some((category) => category.types.includes(type)))
}
