import type { PlatformAdapter } from '../model/platform'
import type { PostReading } from '../model/post'
import { attributeOf, findAll, findClosest, isMatch } from './dom'
import { isNewComment, isNewPost, newSelectors, readNewComment, readNewPost } from './reddit-new'
import { oldPost, readOldPost } from './reddit-old'
import { redditProfile } from './reddit-profile'
import { otherSources } from './reddit-said-again'

const hosts = /^((www|old|new|np|sh|[a-z]{2})\.)?reddit\.com$/

/** A hidden part of the page is a former screen; a hidden part of a thread is only folded. */
function isOfFormerScreen(element: Element): boolean {
  const hidden = findClosest(element, '[hidden]')
  return hidden !== null && !findClosest(hidden, 'shreddit-comment-tree, shreddit-comment, .thing')
}

function isPost(element: Element): boolean {
  if (isOfFormerScreen(element)) return false
  if (isMatch(element, oldPost)) return /^t[13]_\w+$/.test(attributeOf(element, 'data-fullname') ?? '')
  // Only the outermost of "advert holding a post" is the post.
  return isNewComment(element) || isNewPost(element)
}

function findPosts(root: ParentNode): Element[] {
  return findAll(root, `${newSelectors.posts}, ${newSelectors.comments}, ${oldPost}`).filter(isPost)
}

function readPost(post: Element, _address: URL, now: Date): PostReading {
  if (isMatch(post, oldPost)) return readOldPost(post, now)
  return isMatch(post, newSelectors.comments) ? readNewComment(post) : readNewPost(post)
}

/** Pages of the account, of sign-in and of help. */
const withoutPosts = /^\/(settings|login|register|message|notifications|premium|subreddits|chat)(\/|$)/

/**
 * Reader of Reddit, today's pages and old.reddit.com: feeds, posts, comments, user pages. Not its chat: that is
 * drawn in nested shadow trees, of which too little is known.
 */
export const reddit: PlatformAdapter = {
  id: 'reddit',
  name: 'Reddit',
  version: 2,
  isConfirmed: true,
  hosts: ['reddit.com', '*.reddit.com'],
  recognises: (address) => hosts.test(address.hostname),
  expectsPosts: ({ pathname }) => !withoutPosts.test(pathname),
  findPosts,
  readPost,
  profile: redditProfile,
  otherSources: (post, address, now) => otherSources(post, readPost(post, address, now), address),
}
