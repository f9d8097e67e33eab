import type { PlatformAdapter } from '../model/platform'
import { bluesky } from './bluesky'
import { withBounds } from './bounds'
import { discord } from './discord'
import { facebook } from './facebook'
import { instagram } from './instagram'
import { linkedin } from './linkedin'
import { mastodon } from './mastodon'
import { reddit } from './reddit'
import { telegram } from './telegram'
import { threads } from './threads'
import { tiktok } from './tiktok'
import { vk } from './vk'
import { whatsapp } from './whatsapp'
import { x } from './x'
import { youtube } from './youtube'

/** Every reader, in the order in which they are asked whether a page is theirs. */
export const platforms: readonly PlatformAdapter[] = [
  x,
  youtube,
  reddit,
  bluesky,
  mastodon,
  tiktok,
  linkedin,
  threads,
  instagram,
  facebook,
  discord,
  telegram,
  vk,
  whatsapp,
].map(withBounds)

/** The reader of this page, or null when no platform's reader knows it. */
export function findPlatform(address: URL, page: Document): PlatformAdapter | null {
  return platforms.find((platform) => platform.recognises(address, page)) ?? null
}
