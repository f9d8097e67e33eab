import type { OtherSource } from '../model/platform'
import { attributeOf, childrenOf, findAll, findClosest, findFirst, isMatch, isWithin, readLine } from './dom'
import { statement, wordsAgain } from './said-again'
import { timeFromAttribute, timeFromId } from './times'
import {
  findStatus,
  handleOf,
  own,
  ownAll,
  type Scope,
  type Status,
  scopeOf,
  selectors,
  statusShape,
  textOf,
} from './x-scope'
import { readTweet } from './x-text'

const handleShape = /^@([A-Za-z0-9_]{1,20})$/

/** The `@handle` that a person sees; the reading takes the link's. */
function writtenHandle({ nameBlock }: Scope): string | null {
  const name = findFirst(nameBlock, '[dir]')
  const spans = nameBlock ? findAll(nameBlock, 'span') : []
  const outside = spans.filter((span) => !name || !isWithin(span, [name]))
  return outside.flatMap((span) => readLine(span)?.match(handleShape)?.[1] ?? [])[0] ?? null
}

/** The handle in the test id of the author's picture; `unknown` stands in broadcast cards. */
function picturedHandle(scope: Scope): string | null {
  const id = attributeOf(own(scope, selectors.avatar), 'data-testid')?.replace('UserAvatar-Container-', '')
  return id !== undefined && id !== 'unknown' && /^[A-Za-z0-9_]{1,20}$/.test(id) ? id : null
}

/** What the link to the post's figures says of it: handle and id. */
function figuresOf(scope: Scope, status: Status | null): { handle: string; id: string } | null {
  const link = own(scope, selectors.analytics)
  if (!link || link === status?.link) return null
  const parts = attributeOf(link, 'href')
    ?.replace(/^https?:\/\/[^/]+/, '')
    .match(statusShape)
  return parts?.[1] && parts[2] ? { handle: parts[1], id: parts[2] } : null
}

/**
 * The title of a status page repeats author and words of its post: `Name on X: "words" / X`, in the page's language
 * and with its quotation marks. It is renewed when the page goes on, after the words: so only the chosen post's.
 */
function titleOf({ whole, isQuote }: Scope, status: Status | null, address: URL): string | null {
  const chosen = address.pathname.match(statusShape)?.[2]
  if (isQuote || !status || chosen !== status.id || attributeOf(whole, 'tabindex') !== '-1') return null
  const head = childrenOf(findClosest(whole, 'html')).find((child) => isMatch(child, 'head'))
  return findFirst(head ?? null, 'title')?.textContent ?? null
}

const quotes = /["“„«»「『‘‹]([\s\S]*)["”“»«」』’›]\s*\/ X$/u

/** Who and what the title names; null where the shown name is not in it, as while the page goes on to another post. */
function readTitle(title: string | null, name: string | null): { name: string | null; words: string | null } {
  const rest = title?.replace(/^\(\d+\+?\) /, '') ?? ''
  const at = name === null ? -1 : rest.slice(0, 300).indexOf(name)
  // An extra for the English interface: elsewhere the name cannot be told from the words around it.
  if (at < 0) return { name: rest.match(/^(.{1,200}) on X: ["“]/u)?.[1] ?? null, words: null }
  return { name, words: quotes.exec(rest.slice(at + (name?.length ?? 0)))?.[1] ?? null }
}

function wordsInTitle(scope: Scope, again: string | null): string | null {
  const text = textOf(scope)
  if (!text || !again) return null
  const { words, links } = readTweet(text)
  // The addresses of pictures and quoted posts end the title, and are not among the words.
  const known = new Set(links.map(({ address }) => address))
  const stated = again.replace(/\s*https:\/\/t\.co\/\w+/g, (found) => (known.has(found.trim()) ? found : ''))
  return wordsAgain({ text: words, links }, stated)
}

function postedAgain(scope: Scope, status: Status | null, now: Date): OtherSource[] {
  const isRead = timeFromAttribute(attributeOf(own(scope, 'time[datetime]'), 'datetime')) !== null
  return isRead && status ? statement('posted', 'id', timeFromId('x', status.id, now)) : []
}

/** The handle in places that the reading did not take it from: it goes by link, else by what is written. */
function handlesAgain(scope: Scope, status: Status | null): OtherSource[] {
  const { nameBlock } = scope
  const isLinked = ownAll(scope, 'a[href]').some(
    (link) => nameBlock !== null && isWithin(link, [nameBlock]) && handleOf(link) !== null,
  )
  const written = writtenHandle(scope)
  return [
    ...(isLinked ? statement('handle', 'label', written) : []),
    // A quoted post's address is found by the handle: it says nothing new.
    ...(scope.isQuote ? [] : statement('handle', 'permalink', status?.handle)),
    ...(isLinked || written ? statement('handle', 'embedded-data', picturedHandle(scope)) : []),
  ]
}

/** What a page of X says a second time about a post: in its id, its links, its picture's name and the page's title. */
export function otherSources(post: Element, address: URL, now: Date): OtherSource[] {
  const scope = scopeOf(post)
  const status = findStatus(scope)
  const title = titleOf(scope, status, address)
  const again = readTitle(title, readLine(findFirst(scope.nameBlock, '[dir]')))
  return [
    ...postedAgain(scope, status, now),
    ...handlesAgain(scope, status),
    ...statement('post-id', 'permalink', figuresOf(scope, status)?.id),
    ...(title === null ? [] : statement('name', 'title', again.name)),
    ...statement('text', 'title', wordsInTitle(scope, again.words)),
  ]
}
