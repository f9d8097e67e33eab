import type { PlatformAdapter } from '../model/platform'
import type { PostReading } from '../model/post'
import { attributeOf, findAll, findClosest, isMatch } from './dom'
import { chatTrees, findChatMessages, isChatMessage, readChatMessage } from './reddit-chat'
import { isNewComment, isNewPost, newSelectors, readNewComment, readNewPost } from './reddit-new'
import { oldPost, readOldPost } from './reddit-old'
import { redditProfile } from './reddit-profile'
import { otherSources } from './reddit-said-again'

const hosts = /^((www|old|new|np|sh|chat|[a-z]{2})\.)?reddit\.com$/

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
  const posts = findAll(root, `${newSelectors.posts}, ${newSelectors.comments}, ${oldPost}`).filter(isPost)
  return [...posts, ...findChatMessages(root)]
}

function readPost(post: Element, _address: URL, now: Date): PostReading {
  if (isChatMessage(post)) return readChatMessage(post)
  if (isMatch(post, oldPost)) return readOldPost(post, now)
  return isMatch(post, newSelectors.comments) ? readNewComment(post) : readNewPost(post)
}

/** Pages of the account, of sign-in and of help. */
const withoutPosts =
  /^\/(settings|login|register|message|notifications|premium|subreddits|chat(?!\/room\/))(\/|$)/

/**
 * Reader of Reddit, today's pages and old.reddit.com: feeds, posts, comments, user pages; by hearsay the messages
 * of its chat (`reddit-chat.ts`).
 */
export const reddit: PlatformAdapter = {
  id: 'reddit',
  name: 'Reddit',
  version: 3,
  isConfirmed: true,
  isHearsay: (_post, { kind }) => kind === 'message',
  hosts: ['reddit.com', '*.reddit.com'],
  recognises: (address) => hosts.test(address.hostname),
  expectsPosts: ({ pathname }) => !withoutPosts.test(pathname),
  findPosts,
  shadowTreesIn: chatTrees,
  readPost,
  profile: redditProfile,
  otherSources: (post, address, now) =>
    isChatMessage(post) ? [] : otherSources(post, readPost(post, address, now), address),
}
