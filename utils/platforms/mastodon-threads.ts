import {
  attributeOf,
  childrenOf,
  findAll,
  findClosest,
  findFirst,
  isMatch,
  parentOf,
  previousOf,
  readLine,
  readText,
} from './dom'
import {
  accountAt,
  accountOf,
  asAccount,
  findAllOwn,
  findOwn,
  idOf,
  isFocal,
  parts,
  wrapperOf,
} from './mastodon-parts'

/** What the page says of the post that this one answers; null where it does not say. */
export type Answered = {
  isReply: boolean
  parentPostId: string | null
  replyToHandle: string | null
}

const threadPost = `${parts.status}, ${parts.focal}`

/** The post's place among its neighbours in a thread. */
function entryOf(status: Element): Element {
  let entry = status
  for (let step = 0; step < 6; step += 1) {
    const box = parentOf(entry)
    if (!box || isMatch(box, '.scrollable, .item-list, [role="feed"]')) break
    entry = box
  }
  return entry
}

function statusBefore(status: Element): Element | null {
  const before = previousOf(entryOf(status))
  return before ? findFirst(before, threadPost) : null
}

function focalOf(status: Element): Element | null {
  const list = parentOf(entryOf(status))
  return findFirst(list, parts.focal)
}

/** The account mentioned at the very start of the text: clients put the answered author there. */
function leadingMention(status: Element, address: URL): string | null {
  const text = findOwn(status, parts.text)
  const first = findFirst(text, 'a.mention:not(.hashtag)')
  const shown = readLine(first)
  const isLeading = first !== null && shown !== null && readText(text)?.startsWith(shown) === true
  return isLeading ? mentioned(first, address) : null
}

/** The account that a mention in a text names. */
export function mentioned(mention: Element, address: URL): string | null {
  return asAccount(attributeOf(mention, 'title')) ?? accountAt(attributeOf(mention, 'href'), address)
}

/**
 * The answered post in a thread, from the line drawn between posts: it leads to the one before, or starts anew
 * at the focal post. A line that starts anew and goes on downwards leads to the focal post or to an earlier one
 * that is not said; the mention at the start of the text then tells them apart.
 */
function parentInThread(status: Element, address: URL): Element | null {
  if (isFocal(status)) return statusBefore(status)
  const line = childrenOf(status).find((child) => isMatch(child, '.status__line'))
  if (!line || isMatch(line, '.status__line--first')) return null
  if (!isMatch(status, '.status--first-in-thread')) return statusBefore(status)
  const focal = focalOf(status)
  if (!focal || !isMatch(line, '.status__line--full')) return focal
  const mention = findOwn(status, parts.text) ? leadingMention(status, address) : accountOf(focal, address)
  return mention === accountOf(focal, address) ? focal : null
}

/** "Replied to NAME" above a post in a list. Null for a boost's line, and where no account is linked. */
function prependedAccount(prepend: Element, address: URL): string | null {
  const link = findAll(prepend, 'a[href]').find((each) => !isMatch(each, '.muted'))
  return link
    ? (asAccount(attributeOf(link, 'title')) ?? accountAt(attributeOf(link, 'href'), address))
    : null
}

/** The line above the post, of the post itself and not of one around it. */
function prependOf(status: Element): Element | null {
  const wrapper = wrapperOf(status)
  return childrenOf(wrapper).find((child) => isMatch(child, '.status__prepend')) ?? null
}

/** Whether the line above the post names who boosted it. */
export function boostLinkOf(status: Element): Element | null {
  const prepend = prependOf(status)
  if (!prepend) return null
  const marked =
    attributeOf(wrapperOf(status), 'data-boosted-by') === null ? '.status__display-name.muted' : 'a[href]'
  return findFirst(prepend, marked)
}

function answeredAccount(status: Element, address: URL): string | null {
  const prepend = boostLinkOf(status) ? null : prependOf(status)
  // "Private mention" takes the place of "Replied to NAME".
  const isAnswer = prepend !== null && !findFirst(prepend, '.icon-at')
  return isAnswer ? prependedAccount(prepend, address) : leadingMention(status, address)
}

/** Whether and what the post answers. In lists the answered post's id is never in the page. */
export function readAnswered(status: Element, address: URL): Answered {
  const isInThread = isFocal(status) || isMatch(status, '.status--in-thread')
  const isMarked = isMatch(status, '.status-reply')
  const parent =
    isInThread && findClosest(status, parts.quoteBox) === null ? parentInThread(status, address) : null
  if (!isMarked && !parent) return { isReply: false, parentPostId: null, replyToHandle: null }
  return {
    isReply: true,
    parentPostId: parent ? idOf(parent, address) : null,
    replyToHandle: parent ? accountOf(parent, address) : answeredAccount(status, address),
  }
}

/** Accounts mentioned in the text, without `@`. */
export function mentionsIn(status: Element, address: URL): string[] {
  const text = findOwn(status, parts.text)
  if (!text) return []
  return findAllOwn(status, `${parts.text} a.mention:not(.hashtag)`).flatMap(
    (mention) => mentioned(mention, address) ?? [],
  )
}
