import type { PlatformAdapter } from '../model/platform'
import type { PostReading } from '../model/post'
import { isMessage, messagesIn, readMessage } from './linkedin-messages'
import { isNewPost, readNewPost } from './linkedin-new'
import { postsIn } from './linkedin-new-parts'
import { findOldPosts, isOldPage, readOldPost } from './linkedin-old'
import { linkedinProfile } from './linkedin-profile'
import { otherSourcesOf } from './linkedin-sources'

function readPost(post: Element, now: Date): PostReading {
  if (isMessage(post)) return readMessage(post, now)
  return isNewPost(post) ? readNewPost(post, now) : readOldPost(post, now)
}

/** Pages of the account, of sign-in and of help. */
const withoutPosts =
  /^\/(login|psettings|mypreferences|jobs|mynetwork|help|legal|premium|checkpoint|uas|messaging\/?$)/

/**
 * Reader of LinkedIn: posts and comments of the front end of 2026, of the one before, and of pages shown without
 * an account; profiles and conversations. The last three are known from public code only, not from a page.
 */
export const linkedin: PlatformAdapter = {
  id: 'linkedin',
  name: 'LinkedIn',
  version: 2,
  isConfirmed: true,
  isHearsay: (_post, { kind }) => kind === 'message',
  hosts: ['linkedin.com', '*.linkedin.com'],
  changesOn: ['componentkey', 'data-urn', 'data-event-urn'],
  recognises: (address) => /(^|\.)linkedin\.com$/.test(address.hostname),
  expectsPosts: ({ pathname }) => !withoutPosts.test(pathname),
  findPosts: (root, address) => {
    if (address.pathname.startsWith('/messaging/')) return messagesIn(root)
    const found = isOldPage(root) ? [] : postsIn(root)
    return found.length > 0 ? found : findOldPosts(root)
  },
  readPost: (post, _address, now) => readPost(post, now),
  profile: linkedinProfile,
  otherSources: (post, _address, now) =>
    isMessage(post) ? [] : otherSourcesOf(post, readPost(post, now), { isNew: isNewPost(post) }),
}
