import type { OtherSource, PlatformAdapter } from '../model/platform'
import type { PostedTime, PostReading } from '../model/post'
import {
  attributeOf,
  directionOf,
  eachOnce,
  emptyReading,
  findAll,
  findClosest,
  findFirst,
  isMatch,
  isWithin,
  linksIn,
  parentOf,
  readLine,
  readText,
} from './dom'
import { type Missing, noteIn } from './missing'
import { unknownTime } from './times'
import {
  authorFrom,
  isAnswer,
  isEdited,
  isOwn,
  namesOf,
  own,
  ownAll,
  phoneIn,
  placeOf,
  readMedia,
  type Scope,
  scopeOf,
  selectors,
  site,
} from './whatsapp-parts'
import { whatsappProfile } from './whatsapp-profile'
import { dayOrderOf, readPrefix, timeFromPrefix } from './whatsapp-times'

// [C] Known from public programs of 2025 and 2026 that read WhatsApp Web; no page has been seen. [G] The button
// behind a long message, and that a word beside the hour says that a message was changed. A quoted message is
// left out of the one that answers it; its id is not in the page.

/** So many messages are enough to tell the order of day and month, if any do. */
const mostTexts = 200

function isFilled(root: Element): boolean {
  const scope = scopeOf(root)
  if (!isMatch(root, selectors.bubble) && !findFirst(root, selectors.bubble)) return false
  if (own(scope, selectors.deleted) || readWords(scope).text !== null) return true
  return readMedia(scope).length > 0
}

function isShown(root: Element): boolean {
  const isInside = findClosest(parentOf(root), selectors.message) !== null
  const isElsewhere = findClosest(root, 'header, footer, [hidden], [aria-hidden="true"]') !== null
  return !isInside && !isElsewhere && findClosest(root, selectors.chat) !== null
}

function findPosts(root: ParentNode): Element[] {
  const itself = root instanceof Element && isMatch(root, selectors.message) ? [root] : []
  return [...itself, ...findAll(root, selectors.message)].filter((each) => isShown(each) && isFilled(each))
}

function wordsIn(scope: Scope): Element[] {
  const parts = ownAll(scope, selectors.words)
  return parts.filter((part) => !parts.some((outer) => outer !== part && isWithin(part, [outer])))
}

function readWords(scope: Scope) {
  const parts = own(scope, selectors.deleted) ? [] : wordsIn(scope)
  const options = { exclude: selectors.more, outside: scope.outside, whiteSpace: 'keep' } as const
  const text = parts.flatMap((part) => readText(part, options) ?? []).join('\n')
  const mentions = parts.flatMap((part) => findAll(part, '.matched-mention').map((each) => readLine(each)))
  return {
    text: text === '' ? null : text,
    direction: directionOf(parts[0] ?? null, text),
    links: parts.flatMap((part) => linksIn(part, site, options)).slice(0, 200),
    mentions: eachOnce(mentions.flatMap((shown) => phoneIn(shown?.replace(/^@/, '') ?? null) ?? [])),
  }
}

/** All messages of a page are written by one interface: one of them can show which comes first, day or month. */
function orderAround(root: Element) {
  const chat = findClosest(root, selectors.chat) ?? root
  const texts = findAll(chat, selectors.prefix).slice(0, mostTexts)
  const prefixes = texts.map((part) => readPrefix(attributeOf(part, 'data-pre-plain-text')))
  return dayOrderOf(prefixes.flatMap((prefix) => prefix?.when ?? []))
}

function readTime(scope: Scope, now: Date): PostedTime {
  const { prefix, root } = scope
  if (!prefix) {
    // A picture without words: the hour stands on it, the day only in a line above.
    return {
      ...unknownTime,
      asShown: readLine(own(scope, selectors.meta), { exclude: 'svg, [data-icon]' }),
    }
  }
  const language = attributeOf(root.ownerDocument.documentElement, 'lang')
  const alone = timeFromPrefix(prefix.when, { language, order: null, now })
  // The other messages are looked at only where this one does not say enough.
  const order = alone.from === null ? null : orderAround(root)
  return order ? timeFromPrefix(prefix.when, { language, order, now }) : alone
}

function visibilityOf(chat: string | null): PostReading['visibility'] {
  if (chat === null) return null
  if (/@newsletter$/.test(chat)) return 'public'
  return /@(?:c\.us|lid|s\.whatsapp\.net)$/.test(chat) ? 'direct' : null
}

function missingOf(reading: PostReading, scope: Scope): Missing {
  const missing: Missing = [{ field: 'permalink', reason: 'platform-gives-none' }]
  const note = noteIn(missing)
  const { author, posted, isDeleted } = reading
  const who = isOwn(scope) ? 'own-message' : 'not-in-page'
  note('postId', reading.postId === null)
  note(
    'author.handle',
    author.handle === null,
    author.name === null || who === 'own-message' ? who : 'only-names-shown',
  )
  note('author.name', author.name === null, who)
  note('author.id', author.id === null, who)
  const isWindow = posted.from !== null
  const timeReason = isWindow ? 'ambiguous-date' : posted.asShown ? 'not-exact-in-page' : 'not-in-page'
  note('posted', posted.iso === null, timeReason)
  note('text', reading.text === null, isDeleted ? 'deleted' : 'no-words-shown')
  note('text.author', own(scope, selectors.forwarded) !== null, 'forwarded-from-another')
  note('parentPostId', isAnswer(scope.root))
  note(
    'mentions',
    wordsIn(scope).some((part) => findFirst(part, '.matched-mention')) && reading.mentions.length === 0,
    'only-names-shown',
  )
  return missing
}

function readPost(post: Element, _address: URL, now: Date): PostReading {
  const scope = scopeOf(post)
  const place = placeOf(post)
  const quoted = findFirst(post, `${selectors.quote} ${selectors.author}`)
  const reading: PostReading = {
    ...emptyReading('whatsapp', 'message'),
    ...readWords(scope),
    postId: place.id,
    author: authorFrom(namesOf(scope)),
    media: own(scope, selectors.deleted) ? [] : readMedia(scope),
    posted: readTime(scope, now),
    replyToHandle: phoneIn(readLine(quoted)),
    visibility: visibilityOf(place.chat),
    isTruncated: own(scope, selectors.more) !== null,
    isEdited: isEdited(scope),
    isDeleted: own(scope, selectors.deleted) !== null,
  }
  return { ...reading, missing: missingOf(reading, scope) }
}

/** Name and number where the page has them again: on the clipboard, in the spoken label, in the message's id. */
function otherSources(post: Element): OtherSource[] {
  const names = namesOf(scopeOf(post))
  const sources: OtherSource[] = []
  const add = (
    fact: OtherSource['fact'],
    source: OtherSource['source'],
    value: string | null,
    isUsed: boolean,
  ) => {
    if (value !== null && !isUsed) sources.push({ fact, source, value })
  }
  const { shownName, shownPhone, prefixName, prefixPhone, idPhone } = names
  const labelPhone = phoneIn(names.label)
  // With "~" stands the name that an account chose for itself, which the clipboard may write otherwise.
  add('name', 'embedded-data', prefixName, shownName === null || shownName.startsWith('~'))
  add('name', 'label', labelPhone ? null : names.label, shownName === null && prefixName === null)
  add('handle', 'embedded-data', prefixPhone, shownPhone === null)
  add('handle', 'label', labelPhone, shownPhone === null && prefixPhone === null)
  add('handle', 'id', idPhone, shownPhone === null && prefixPhone === null && labelPhone === null)
  return sources
}

/** Reader of WhatsApp Web: the messages of the open chat. */
export const whatsapp: PlatformAdapter = {
  id: 'whatsapp',
  name: 'WhatsApp',
  version: 1,
  isConfirmed: false,
  hosts: ['web.whatsapp.com'],
  recognises: ({ hostname }) => hostname === 'web.whatsapp.com',
  changesOn: ['data-id', 'data-pre-plain-text'],
  findPosts,
  readPost,
  profile: whatsappProfile,
  otherSources,
}
