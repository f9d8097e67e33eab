import type { PlatformAdapter } from '../model/platform'
import type { PostReading } from '../model/post'
import { emptyReading, findAll, findClosest, inPageOrder, isMatch } from './dom'
import { isFilledComment, otherSourcesOfComment, readComment } from './vk-comments'
import { selectors } from './vk-parts'
import { isFilledPost, otherSourcesOfPost, readWallPost } from './vk-posts'
import { vkProfile } from './vk-profile'

// [C] Known from public programs of 2025 and 2026 that read the new client, and from older ones for the client
// before it; no page has been seen. [G] How an advertisement is marked in the new client, and whether the words
// behind "show more" are in the page: they are taken to be missing. Private messages are not read yet.

function isHidden(element: Element): boolean {
  return findClosest(element, '[hidden], [aria-hidden="true"]') !== null
}

function isComment(element: Element): boolean {
  return isMatch(element, selectors.comment)
}

function findPosts(root: ParentNode): Element[] {
  const itself =
    root instanceof Element && isMatch(root, `${selectors.post}, ${selectors.comment}`) ? [root] : []
  const found = findAll(root, `${selectors.post}, ${selectors.comment}`)
  return inPageOrder([...itself, ...found]).filter((element) => {
    if (isHidden(element)) return false
    return isComment(element) ? isFilledComment(element) : isFilledPost(element)
  })
}

function readPost(post: Element, address: URL, now: Date): PostReading {
  if (isComment(post)) return readComment(post, address, now)
  return isMatch(post, selectors.post)
    ? readWallPost(post, now)
    : { ...emptyReading('vk', 'post'), missing: [{ field: 'postId', reason: 'not-in-page' }] }
}

/** Reader of VK: feeds, walls, posts and their comments. */
export const vk: PlatformAdapter = {
  id: 'vk',
  name: 'VK',
  version: 1,
  isConfirmed: false,
  hosts: ['vk.com', '*.vk.com', 'vk.ru', '*.vk.ru'],
  recognises: ({ hostname }) => /^((www|m)\.)?vk\.(com|ru)$/.test(hostname),
  changesOn: ['data-post-id', 'data-post-nesting-lvl'],
  findPosts,
  readPost,
  profile: vkProfile,
  otherSources: (post) => (isComment(post) ? otherSourcesOfComment(post) : otherSourcesOfPost(post)),
}
