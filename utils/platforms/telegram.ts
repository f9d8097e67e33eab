import type { OtherSource, PlatformAdapter } from '../model/platform'
import { findFirst } from './dom'
import { findMessages, isMessage, otherSourcesOfMessage, readMessage } from './telegram-a'
import { findBubbles, isBubble, otherSourcesOfBubble, readBubble } from './telegram-k'
import { findPreviews, otherSourcesOfPreview, readPreview } from './telegram-preview'
import { telegramProfile } from './telegram-profile'

// Known from the public code of Web A and of programs that read Web K and the previews; no page has been seen.
// A forwarded message is read as its sender's; whose words they are stands only in the picture of it.

function findPosts(root: ParentNode, address: URL): Element[] {
  if (address.hostname === 't.me') return findPreviews(root)
  const bubbles = findBubbles(root)
  return bubbles.length > 0 ? bubbles : findMessages(root)
}

function otherSources(post: Element): OtherSource[] {
  if (isBubble(post)) return otherSourcesOfBubble(post)
  return isMessage(post) ? otherSourcesOfMessage(post) : otherSourcesOfPreview(post)
}

/** A preview of a channel, or the page of a name; invitations and other pages of t.me show no account. */
function isPublicPage({ pathname }: URL, page: Document): boolean {
  return (
    /^\/s\/\w+/.test(pathname) ||
    (/^\/\w{4,32}\/?$/.test(pathname) && findFirst(page, '.tgme_page_title') !== null)
  )
}

/** Reader of Telegram on the web: both of its clients, the public previews of channels, and pages of names. */
export const telegram: PlatformAdapter = {
  id: 'telegram',
  name: 'Telegram',
  version: 2,
  isConfirmed: false,
  hosts: ['web.telegram.org', 't.me'],
  recognises: (address, page) =>
    address.hostname === 'web.telegram.org' || (address.hostname === 't.me' && isPublicPage(address, page)),
  changesOn: ['data-mid', 'data-peer-id', 'data-timestamp', 'data-message-id', 'data-post'],
  expectsPosts: ({ hostname, hash }) => hostname !== 'web.telegram.org' || hash.length > 1,
  findPosts,
  readPost: (post, address, now) => {
    if (isBubble(post)) return readBubble(post, address, now)
    return isMessage(post) ? readMessage(post, address) : readPreview(post, address)
  },
  profile: telegramProfile,
  otherSources,
}
