import type { Channel } from '../model/channel'

const files = import.meta.glob<Channel>('./data/*.json', { eager: true, import: 'default' })

/** Every channel there is, by id. Adding one is one file in `data/` and its sentences in `locales/`. */
export const channels: readonly Channel[] = Object.keys(files)
  .sort()
  .flatMap((path) => files[path] ?? [])

/** The channel of this id; null when there is none. */
export function findChannel(id: string): Channel | null {
  return channels.find((channel) => channel.id === id) ?? null
}

/** Who stands behind a platform, as a proper name; null for a platform that no channel serves. */
export function findReceiver(platform: string): string | null {
  return channels.find((channel) => channel.platforms.includes(platform))?.receiver ?? null
}

/**
 * The address to open for this channel, or null. Never an address that nobody has confirmed, and never one
 * that only holds rules or a specification: the person would look for a form there in vain.
 */
export function linkOf(channel: Channel): string | null {
  const isLink = channel.addressEvidence === 'verified' && channel.addressIs !== 'reference'
  return isLink && channel.address !== null && /^https:\/\//.test(channel.address) ? channel.address : null
}
