import type { PlatformAdapter } from '../model/platform'
import type { PostReading } from '../model/post'
import { emptyReading, findAll, findClosest, inPageOrder, isMatch } from './dom'
import { isFilledComment, otherSourcesOfComment, readComment } from './vk-comments'
import { isFilledMessage, message, readMessage } from './vk-messages'
import { selectors } from './vk-parts'
import { isFilledPost, otherSourcesOfPost, readWallPost } from './vk-posts'
import { vkProfile } from './vk-profile'

// [C] Known from public programs of 2025 and 2026 that read the new client, and from older ones for the client
// before it; no page has been seen. [G] How an advertisement is marked in the new client, and whether the words
// behind "show more" are in the page: they are taken to be missing.

function isHidden(element: Element): boolean {
  return findClosest(element, '[hidden], [aria-hidden="true"]') !== null
}

function isComment(element: Element): boolean {
  return isMatch(element, selectors.comment)
}

function isMessage(element: Element): boolean {
  return isMatch(element, message)
}

function isFilled(element: Element): boolean {
  if (isMessage(element)) return isFilledMessage(element)
  return isComment(element) ? isFilledComment(element) : isFilledPost(element)
}

function findPosts(root: ParentNode): Element[] {
  const all = `${selectors.post}, ${selectors.comment}, ${message}`
  const itself = root instanceof Element && isMatch(root, all) ? [root] : []
  const found = inPageOrder([...itself, ...findAll(root, all)])
  return found.filter((element) => !isHidden(element) && isFilled(element))
}

function readPost(post: Element, address: URL, now: Date): PostReading {
  if (isMessage(post)) return readMessage(post, address)
  if (isComment(post)) return readComment(post, address, now)
  return isMatch(post, selectors.post)
    ? readWallPost(post, now)
    : { ...emptyReading('vk', 'post'), missing: [{ field: 'postId', reason: 'not-in-page' }] }
}

/** Pages of the account, of sign-in and of help. */
const withoutPosts = /^\/(settings|login|friends|help|support|terms|privacy|audio|(groups|video)\/?$)/

/** Reader of VK: feeds, walls, posts with their comments, and conversations. */
export const vk: PlatformAdapter = {
  id: 'vk',
  name: 'VK',
  version: 1,
  isConfirmed: false,
  hosts: ['vk.com', '*.vk.com', 'vk.ru', '*.vk.ru'],
  recognises: ({ hostname }) => /^((www|m)\.)?vk\.(com|ru)$/.test(hostname),
  changesOn: ['data-post-id', 'data-post-nesting-lvl', 'data-itemkey'],
  expectsPosts: ({ pathname }) => !withoutPosts.test(pathname),
  findPosts,
  readPost,
  profile: vkProfile,
  otherSources: (post) => {
    if (isMessage(post)) return []
    return isComment(post) ? otherSourcesOfComment(post) : otherSourcesOfPost(post)
  },
}
