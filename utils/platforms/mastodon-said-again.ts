import type { OtherSource } from '../model/platform'
import type { PostReading } from '../model/post'
import { attributeOf, findClosest, findFirst, readLine } from './dom'
import { readJson, textAt } from './embedded-data'
import { accountAt, asAccount, findOwn, isFocal, parts, postAt, wrapperOf } from './mastodon-parts'
import { statement, wordsAgain } from './said-again'
import { timeFromId } from './times'

function stateOf(element: Element): unknown {
  return readJson(findFirst(findClosest(element, 'html'), 'script[id="initial-state"]'))
}

/** The server's own part of a name left out, as the client does for its own accounts. Null when it is unknown. */
function asNamedHere(account: string | null, status: Element, address: URL): string | null {
  const [user, host] = account?.split('@') ?? []
  if (!user) return null
  const isOwn = host === address.host || host === textAt(stateOf(status), 'meta', 'domain')
  return isOwn || host === undefined ? user : `${user}@${host}`
}

/** A server may be reached at another host than it names accounts by: the same user is the same account. */
function asKnown(found: string | null, { author }: PostReading): string | null {
  const [user, host] = found?.split('@') ?? []
  const [ownUser, ownHost] = author.handle?.split('@') ?? []
  return host && ownHost && user === ownUser ? author.handle : found
}

type Label = { name: string; words: string }

/** The last part of a list "…, DAY, TIME": the shortest end with three numbers. */
function withoutDate(text: string): string | null {
  for (let at = text.lastIndexOf(', '); at >= 0; at = text.lastIndexOf(', ', at - 1)) {
    const end = text.slice(at + 2)
    if (end.length > 80) return null
    if ((end.match(/\p{Nd}+/gu)?.length ?? 0) >= 3) return text.slice(0, at)
    if (at === 0) return null
  }
  return null
}

/**
 * Name and words of the label for screen readers: name, words, "Contains quote", day and time, account, who shared
 * it; "Quote" before it all in a quoted post. In the interface's language, without line breaks. Null when it has
 * another form.
 */
function readLabel(
  label: string,
  { author }: PostReading,
  has: { quote: boolean; isQuoted: boolean },
): Label | null {
  const end = label.lastIndexOf(`, ${author.handle}`)
  const after = label.slice(end + 2 + (author.handle?.length ?? 0))
  if (end < 0 || (after !== '' && !after.startsWith(', '))) return null
  const stated = withoutDate(label.slice(0, end))
  if (stated === null) return null
  const start = has.isQuoted && !stated.startsWith(`${author.name}, `) ? stated.indexOf(', ') + 2 : 0
  const whole = has.quote ? stated.slice(start, stated.lastIndexOf(', ')) : stated.slice(start)
  const isNamed = author.name !== null && whole.startsWith(`${author.name}, `)
  const at = isNamed ? (author.name?.length ?? 0) : whole.indexOf(', ')
  return at < 0 ? null : { name: whole.slice(0, at), words: whole.slice(at + 2) }
}

function fromLabel(status: Element, reading: PostReading): OtherSource[] {
  const holder = isFocal(status) ? findClosest(status, '.detailed-status__wrapper') : wrapperOf(status)
  const label = attributeOf(holder, 'aria-label')
  const stated = label
    ? readLabel(label, reading, {
        quote: findFirst(status, parts.quoteBox) !== null,
        isQuoted: findClosest(status, parts.quoteBox) !== null,
      })
    : null
  if (!stated) return []
  // A closed warning takes the words' place; a shortened row of hashtags leaves some out.
  const isWhole = reading.contentWarning === null && !reading.missing.some(({ field }) => field === 'text')
  return [
    ...statement('name', 'label', stated.name),
    ...(isWhole ? statement('text', 'label', wordsAgain(reading, stated.words)) : []),
  ]
}

function handlesAgain(status: Element, reading: PostReading, address: URL): OtherSource[] {
  const link = findOwn(status, parts.authorLink)
  const marked = attributeOf(status, 'data-status-by') ?? attributeOf(wrapperOf(status), 'data-status-by')
  const isTitled = asAccount(attributeOf(link, 'title')) !== null
  const isMarked = asAccount(marked) !== null
  const shown = readLine(findFirst(link, '.display-name__account'))
  const time = attributeOf(findOwn(status, parts.timeLink), 'href')
  const permalink = time?.replace(/\/\d+\/?$/, '') ?? null
  return [
    ...(isTitled || isMarked
      ? statement('handle', 'profile', asKnown(accountAt(attributeOf(link, 'href'), address), reading))
      : []),
    ...(isTitled ? statement('handle', 'embedded-data', asAccount(marked)) : []),
    ...statement('handle', 'label', asKnown(asNamedHere(asAccount(shown), status, address), reading)),
    ...statement('handle', 'permalink', asKnown(accountAt(permalink, address), reading)),
  ]
}

function idsAgain(status: Element, reading: PostReading, address: URL): OtherSource[] {
  const linked = postAt(attributeOf(findOwn(status, parts.timeLink), 'href'), address)
  const link = findOwn(status, parts.authorLink)
  const card = attributeOf(link, 'data-id') === null ? null : attributeOf(link, 'data-hover-card-account')
  return [
    ...(attributeOf(status, 'data-id') === null ? [] : statement('post-id', 'permalink', linked?.id)),
    ...(reading.author.id ? statement('author-id', 'embedded-data', card) : []),
  ]
}

/** The server puts the reader's own account into the page: only their own posts are stated there. */
function fromState(status: Element, { author }: PostReading): OtherSource[] {
  const state = author.id === null ? null : stateOf(status)
  const id = author.id ?? ''
  return [
    ...statement('handle', 'embedded-data', textAt(state, 'accounts', id, 'acct')),
    ...statement('name', 'embedded-data', textAt(state, 'accounts', id, 'display_name')),
  ]
}

/** Ids of posts that were written on this server carry their time; those from elsewhere only nearly. */
export function postedAgain({ author, postId, posted }: PostReading, now: Date): OtherSource[] {
  const isLocal = author.handle !== null && !author.handle.includes('@')
  return isLocal && postId !== null && posted.source === 'dom'
    ? statement('posted', 'id', timeFromId('mastodon', postId, now))
    : []
}

/** What a page of Mastodon says a second time about a post: in its id, links, marks, label and the page's data. */
export function otherSources(status: Element, reading: PostReading, address: URL, now: Date): OtherSource[] {
  return [
    ...postedAgain(reading, now),
    ...handlesAgain(status, reading, address),
    ...idsAgain(status, reading, address),
    ...fromLabel(status, reading),
    ...fromState(status, reading),
  ]
}
