import type { PlatformAdapter } from '../model/platform'
import { findMessages, isMessage, readMessage } from './telegram-a'
import { findBubbles, isBubble, readBubble } from './telegram-k'
import { findPreviews, readPreview } from './telegram-preview'

// Known from the public code of Web A and of programs that read Web K and the previews; no page has been seen.
// A forwarded message is read as its sender's; whose words they are stands only in the picture of it.

function findPosts(root: ParentNode, address: URL): Element[] {
  if (address.hostname === 't.me') return findPreviews(root)
  const bubbles = findBubbles(root)
  return bubbles.length > 0 ? bubbles : findMessages(root)
}

/** Reader of Telegram on the web: both of its clients, and the public previews of channels. */
export const telegram: PlatformAdapter = {
  id: 'telegram',
  name: 'Telegram',
  version: 1,
  isConfirmed: false,
  hosts: ['web.telegram.org', 't.me'],
  recognises: ({ hostname, pathname }) =>
    hostname === 'web.telegram.org' || (hostname === 't.me' && /^\/s\/\w+/.test(pathname)),
  changesOn: ['data-mid', 'data-peer-id', 'data-timestamp', 'data-message-id', 'data-post'],
  findPosts,
  readPost: (post, address, now) => {
    if (isBubble(post)) return readBubble(post, address, now)
    return isMessage(post) ? readMessage(post, address) : readPreview(post, address)
  },
}
