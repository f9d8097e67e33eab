import type { PlatformAdapter } from '../model/platform'
import { isNewPost, readNewPost } from './linkedin-new'
import { postsIn } from './linkedin-new-parts'
import { findOldPosts, isOldPage, readOldPost } from './linkedin-old'

/**
 * Reader of LinkedIn: posts and comments of the front end of 2026, of the one before, and of pages shown without
 * an account. The last is known from public code only, not from a page.
 */
export const linkedin: PlatformAdapter = {
  id: 'linkedin',
  name: 'LinkedIn',
  version: 1,
  isConfirmed: true,
  hosts: ['linkedin.com', '*.linkedin.com'],
  changesOn: ['componentkey', 'data-urn'],
  recognises: (address) => /(^|\.)linkedin\.com$/.test(address.hostname),
  findPosts: (root) => {
    const found = isOldPage(root) ? [] : postsIn(root)
    return found.length > 0 ? found : findOldPosts(root)
  },
  readPost: (post, _address, now) => (isNewPost(post) ? readNewPost(post, now) : readOldPost(post, now)),
}
