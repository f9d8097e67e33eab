import type { Channel } from '../model/channel'

const files = import.meta.glob<Channel>('./data/*.json', { eager: true, import: 'default' })

/** Every channel there is, by id. Adding one is one file in `data/`. */
export const channels: readonly Channel[] = Object.keys(files)
  .sort()
  .flatMap((path) => files[path] ?? [])

/** The channel of this id; null when there is none. */
export function findChannel(id: string): Channel | null {
  return channels.find((channel) => channel.id === id) ?? null
}

/** Whether a channel is tied to no platform: helplines, laws, authorities. */
export function isForAnyService({ platforms, hosts }: Channel): boolean {
  return platforms.length === 0 && hosts.length === 0
}

/** Whether a channel takes posts of this platform, given by its adapter id or by the host of a page. */
export function servesPlatform(channel: Channel, platform: string): boolean {
  const isHost = (host: string) => platform === host || platform.endsWith(`.${host}`)
  return channel.platforms.includes(platform) || channel.hosts.some(isHost)
}

/** Who stands behind a platform, as a proper name; null for a platform that no channel serves. */
export function findReceiver(platform: string): string | null {
  const own = channels.filter((channel) => channel.kind === 'platform' && servesPlatform(channel, platform))
  // Where a company has several platforms, the channel of one alone carries that one's name.
  const [first] = own.toSorted((a, b) => a.platforms.length - b.platforms.length)
  return first?.receiver ?? null
}

/**
 * The address to open for this channel, or null. Never an address that nobody has confirmed, and never one
 * that only holds rules or a specification: the person would look for a form there in vain.
 */
export function linkOf(channel: Channel): string | null {
  const isLink = channel.addressEvidence === 'verified' && channel.addressIs !== 'reference'
  return isLink && channel.address !== null && /^https:\/\//.test(channel.address) ? channel.address : null
}
