import type { Author } from '../model/post'
import { attributeOf, findAll, findClosest, findFirst, isMatch, isWithin, parentOf, readLine } from './dom'
import { accountOf, isGroupLink, isPlaceholder, type Place, placeOf } from './facebook-address'
import { hasWords } from './has-words'

/** Where things are; none of it depends on the language or on generated names. */
export const selectors = {
  /** A post in a list, a post on its own page, a comment: one inside the other. */
  holder: '[aria-posinset], [role="article"]',
  /** Comments are labelled; posts have at most a reference to a label. */
  comment: '[role="article"][aria-label]:not([aria-posinset])',
  name: '[data-ad-rendering-role="profile_name"]',
  heading: 'h2, h3, h4',
  message: '[data-ad-rendering-role="story_message"], [data-ad-preview="message"]',
  /** Copies of nothing that stand at several depths of each post, to mislead readers. */
  decoy: '[data-0]',
} as const

/** What belongs to a post: its element without comments, decoys and what it shares. */
export type Scope = { whole: Element; holder: Element | null; shared: Element[]; name: Element | null }

/** Every match that belongs to the post itself. */
export function ownAll(scope: Scope, selector: string): Element[] {
  // One walk upwards for both: a decoy nearer than the post is not the post.
  const nearest = `${selectors.holder}, ${selectors.decoy}`
  return findAll(scope.whole, selector).filter(
    (part) => findClosest(part, nearest) === scope.holder && !isWithin(part, scope.shared),
  )
}

/** The first match that belongs to the post itself. */
export function own(scope: Scope, selector: string): Element | null {
  return ownAll(scope, selector)[0] ?? null
}

/** The blocks of posts shared in this one: each with a second author's name. */
function sharedIn(whole: Element, names: readonly Element[]): Element[] {
  const [first, ...others] = names
  return others.flatMap((name) => {
    let block = name
    let around = parentOf(block)
    while (first && around && around !== whole && !isWithin(first, [around])) {
      block = around
      around = parentOf(block)
    }
    return block === name ? [] : [block]
  })
}

/** The scope of a post or comment that `findPosts` gave. */
export function scopeOf(whole: Element): Scope {
  const bare: Scope = { whole, holder: findClosest(whole, selectors.holder), shared: [], name: null }
  const names = ownAll(bare, selectors.name)
  const name = names[0] ?? ownAll(bare, selectors.heading).find((each) => findFirst(each, 'a[href]')) ?? null
  return { ...bare, shared: sharedIn(whole, names), name }
}

/** The scope of a comment, which shares nothing and whose author is a link among others. */
export function commentScopeOf(comment: Element): Scope {
  return { whole: comment, holder: comment, shared: [], name: null }
}

/** The line with the author's name and the time: the smallest element with a link beside the name. */
export function headOf(scope: Scope): Element | null {
  let at = scope.name
  while (at && at !== scope.whole) {
    const hasOther = findAll(at, 'a[href]').some((link) => scope.name && !isWithin(link, [scope.name]))
    if (hasOther) return at
    at = parentOf(at)
  }
  return null
}

function linksIn(element: Element | null): Element[] {
  return element ? findAll(element, 'a[href]').filter((link) => !findClosest(link, selectors.decoy)) : []
}

/** The link around the time: the first one beside the name that leads to a post, or to nothing yet. */
export function timeLinkOf(scope: Scope): Element | null {
  const links = linksIn(headOf(scope)).filter((link) => scope.name && !isWithin(link, [scope.name]))
  return (
    links.find((link) => {
      const href = attributeOf(link, 'href')
      return isPlaceholder(href) || placeOf(href) !== null
    }) ?? null
  )
}

const noAccount = { handle: null, id: null, profile: null }

/** The account behind a post. Where the heading names the group, the author is named below it. */
export function readAuthor(scope: Scope): Author {
  const inName = linksIn(scope.name)
  const isInGroup = inName[0] !== undefined && isGroupLink(inName[0])
  const links = isInGroup ? [...inName, ...linksIn(headOf(scope))] : inName
  const named = links.filter((link) => readLine(link, { exclude: 'img, svg, [data-0]' }) !== null)
  const link = named.find((each) => accountOf(each) !== null)
  if (!link && isInGroup) return { ...noAccount, name: null }
  const shown = link ?? findFirst(scope.name, 'strong, b') ?? scope.name
  return {
    ...(accountOf(link ?? null) ?? noAccount),
    name: readLine(shown, { exclude: 'img, svg, [data-0]' }),
  }
}

/** Whether a post stands here that names its author in its heading: older pages mark no names. */
export function isHeaded(element: Element): boolean {
  const scope = scopeOf(element)
  if (!scope.name || findClosest(element, `${selectors.decoy}, [hidden]`)) return false
  const isAuthored = linksIn(scope.name).some((link) => accountOf(link) !== null || isGroupLink(link))
  return isAuthored && (own(scope, selectors.message) !== null || timeLinkOf(scope) !== null)
}

/** Whether something lies in a decoy or in a screen that is not shown; keeps what it found of each holder. */
export function startCovers(): (part: Element) => boolean {
  const known = new Map<Element, boolean>()
  const isCovered = (part: Element, depth = 0): boolean => {
    const nearest = findClosest(parentOf(part), `${selectors.holder}, ${selectors.decoy}, [hidden]`)
    if (!nearest || depth > 50) return false
    const before = known.get(nearest)
    if (before !== undefined) return before
    const covered = isMatch(nearest, `${selectors.decoy}, [hidden]`) || isCovered(nearest, depth + 1)
    known.set(nearest, covered)
    return covered
  }
  return (part) => isMatch(part, `${selectors.decoy}, [hidden]`) || isCovered(part)
}

/** How many authors each element names that holds a post; a second one is of a post shared in it. */
export function countNames(root: ParentNode, isCovered = startCovers()): Map<Element | null, number> {
  const named = new Map<Element | null, number>()
  for (const name of findAll(root, selectors.name)) {
    if (isCovered(name) || !hasWords(name, { exclude: selectors.decoy })) continue
    const holder = findClosest(name, selectors.holder)
    named.set(holder, (named.get(holder) ?? 0) + 1)
  }
  return named
}

/** The address of the post that its own links give, in order of trust: time, comments, reel or video. */
export function findPlace(scope: Scope): Place | null {
  const fromTime = placeOf(attributeOf(timeLinkOf(scope), 'href'))
  if (fromTime) return fromTime
  const words = ownAll(scope, selectors.message)
  const outside = [...words, ...(scope.name ? [scope.name] : [])]
  const fromComments = findAll(scope.whole, 'a[href*="comment_id="]')
    .filter((link) => isUnder(link, scope))
    .flatMap((link) => placeOf(attributeOf(link, 'href')) ?? [])
  const attached = ownAll(
    scope,
    'a[href*="/groups/"], a[href*="/posts/"], a[href*="/reel/"], a[href*="/watch/"]',
  )
    .filter((link) => !isWithin(link, outside))
    .flatMap((link) => placeOf(attributeOf(link, 'href')) ?? [])
  return fromComments[0] ?? attached.find((place) => isOwner(place, scope)) ?? null
}

/** Whether the account or group in an address is that of the post: a shared post has another. */
function isOwner({ owner }: Place, scope: Scope): boolean {
  const { handle, id } = readAuthor(scope)
  const isGroup = () =>
    linksIn(headOf(scope)).some((link) => attributeOf(link, 'href')?.includes(`/groups/${owner}/`))
  return owner === null || owner === handle || owner === id || isGroup()
}

/** Whether a comment's link stands under this post and under no other. */
export function isUnder(link: Element, scope: Scope): boolean {
  const comment = findClosest(link, selectors.comment)
  if (!comment || isWithin(comment, scope.shared) || findClosest(link, selectors.decoy)) return false
  // Answers may stand inside the comment that they answer.
  let around = findClosest(parentOf(comment), selectors.holder)
  while (around && isMatch(around, selectors.comment))
    around = findClosest(parentOf(around), selectors.holder)
  return around === scope.holder
}
