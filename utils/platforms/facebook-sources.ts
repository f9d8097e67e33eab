import type { OtherSource } from '../model/platform'
import type { PostReading } from '../model/post'
import { attributeOf, findAll, findFirst, isMatch, readLine } from './dom'
import { accountOf, commentIdsIn, placeOf } from './facebook-address'
import { commentScopeOf, findPlace, headOf, ownAll, type Scope, scopeOf, selectors } from './facebook-scope'
import { findByPostId, metaOf } from './meta-embedded'
import { type Said, saidInLabel, saidInWords, statementsOn } from './said-twice'

// Seen on a saved page: pictures with links and labels, labels and ids of comments, addresses, what the head of a
// post's page says. Hearsay: the data embedded in the page.

/** The link around the picture of the account: the last one without words before the name. */
function pictureLink(scope: Scope): Element | null {
  const links = ownAll(scope, 'a[href]').filter((link) => accountOf(link) !== null)
  const isNamed = (link: Element) => readLine(link, { exclude: 'svg, img, title' }) !== null
  const name = links.findIndex(isNamed)
  const before = name === -1 ? [] : links.slice(0, name)
  return before.findLast((link) => findFirst(link, 'svg, image, img') !== null) ?? null
}

const isNumber = (text: string) => /^\d+$/.test(text)

/** An account by number or by name: the same one may stand as either, which says nothing about the other. */
function saidAccount(account: string | null, source: OtherSource['source'], { author }: PostReading): Said[] {
  if (account === null || author.handle === null) return []
  if (isNumber(account)) return [{ fact: 'author-id', source, value: account }]
  return isNumber(author.handle) ? [] : [{ fact: 'handle', source, value: account }]
}

/** Addresses of posts on the page of another account name that account; the head then links to it as well. */
function saidByAddress(scope: Scope, reading: PostReading): Said[] {
  const { author } = reading
  const place = findPlace(scope)
  if (!place || place.permalink.includes('/groups/')) return []
  const head = headOf(scope)
  const others = head ? findAll(head, 'a[href]').flatMap((link) => accountOf(link) ?? []) : []
  const isOther = others.some(
    ({ handle, id }) => handle !== author.handle && (handle === place.owner || id === place.owner),
  )
  return isOther ? [] : saidAccount(place.owner, 'permalink', reading)
}

/** Titles of videos and of posts in groups begin with other words than the author's name. */
const isPlainPost = (permalink: string) => /\/posts\/|\/permalink\.php|\/story\.php/.test(permalink)

function saidByHead(page: Document, reading: PostReading): Said[] {
  const place = placeOf(metaOf(page, 'og:url'))
  // What the server sent with another post is not renewed.
  if (!place || place.id !== reading.postId) return []
  const isGroup = place.permalink.includes('/groups/')
  const hasName = isPlainPost(place.permalink) && !isGroup
  return [
    ...(isGroup ? [] : saidAccount(place.owner, 'meta', reading)),
    {
      fact: 'name',
      source: 'meta',
      value: hasName ? saidInLabel(metaOf(page, 'og:title'), reading.author.name) : null,
    },
    {
      fact: 'text',
      source: 'meta',
      value: hasName ? saidInWords(metaOf(page, 'og:description'), reading) : null,
    },
  ]
}

function saidOfPost(post: Element, reading: PostReading): Said[] {
  const scope = scopeOf(post)
  const picture = pictureLink(scope)
  const embedded = reading.postId === null ? null : findByPostId(post.ownerDocument, reading.postId)
  return [
    ...saidAccount(accountOf(picture)?.handle ?? null, 'profile', reading),
    {
      fact: 'name',
      source: 'label',
      value: saidInLabel(attributeOf(picture, 'aria-label'), reading.author.name),
    },
    ...saidByAddress(scope, reading),
    ...saidByHead(post.ownerDocument, reading),
    { fact: 'text', source: 'embedded-data', value: saidInWords(embedded?.text ?? null, reading) },
  ]
}

function saidOfComment(comment: Element, reading: PostReading): Said[] {
  const scope = commentScopeOf(comment)
  const picture = pictureLink(scope)
  const links = ownAll(scope, 'a[href*="comment_id="]')
  const coded = links.flatMap((link) => commentIdsIn(attributeOf(link, 'href')) ?? [])[0]
  const isLinked = links.some((link) => placeOf(attributeOf(link, 'href'))?.comment)
  return [
    ...saidAccount(accountOf(picture)?.handle ?? null, 'profile', reading),
    {
      fact: 'name',
      source: 'label',
      value: saidInLabel(attributeOf(comment, 'aria-label'), reading.author.name),
    },
    // Without a link to itself the id was read from there.
    { fact: 'post-id', source: 'profile', value: isLinked ? (coded?.comment ?? null) : null },
  ]
}

/** What the page says a second time about a post or comment whose reading this is. */
export function otherSourcesOf(post: Element, reading: PostReading): OtherSource[] {
  const isComment = isMatch(post, selectors.comment)
  return statementsOn(reading, isComment ? saidOfComment(post, reading) : saidOfPost(post, reading))
}
