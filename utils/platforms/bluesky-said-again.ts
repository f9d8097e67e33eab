import type { OtherSource } from '../model/platform'
import type { PostReading } from '../model/post'
import { type Stated, statedInHead } from './bluesky-head'
import {
  asHandle,
  didOf,
  isDid,
  linkedActor,
  nameParts,
  parts,
  placeOf,
  quotesIn,
  readPostAddress,
  timeLinkOf,
} from './bluesky-parts'
import { attributeOf, findFirst, parentOf, readLine } from './dom'
import { statement, wordsAgain } from './said-again'
import { timeFromId } from './times'

/** The handle in the post's test id, which the client takes from the account. */
function markedHandle(post: Element): string | null {
  const mark = attributeOf(post, 'data-testid')?.match(/^(?:feedItem|postThreadItem)-by-(.+)$/)?.[1]
  const label = placeOf(post) === 'quote' ? attributeOf(post, 'aria-label') : null
  return asHandle(mark ?? label?.replace(/^Post by /, '') ?? null)
}

/** The handle that a person sees; the reading takes it where it is one, else that of the link. */
function isHandleShown(post: Element): boolean {
  return asHandle(readLine(nameParts(post)[1] ?? null)) !== null
}

/** The picture's link is labelled "NAME's avatar", in the app's language: the name is in it, or in English before it. */
function nameInLabel(post: Element, name: string | null): string | null {
  const picture = findFirst(post, parts.avatar, quotesIn(post))
  let link = picture
  for (let step = 0; link && step < 6 && attributeOf(link, 'aria-label') === null; step += 1)
    link = parentOf(link)
  const label = attributeOf(link, 'aria-label')
  if (!label || name === null) return null
  return label.includes(name) ? name : (label.match(/^(.+)['’]s avatar$/u)?.[1] ?? null)
}

function fromHead(
  reading: PostReading,
  stated: Stated | null,
  source: 'meta' | 'embedded-data',
): OtherSource[] {
  if (!stated) return []
  const isOwnTime = reading.posted.iso !== null && stated.at !== reading.posted.iso
  return [
    ...(isOwnTime ? statement('posted', source, stated.at) : []),
    ...statement('handle', source, asHandle(stated.handle)),
    ...statement('name', source, stated.name),
    ...(reading.author.id ? statement('author-id', source, stated.did) : []),
    ...statement('text', source, wordsAgain(reading, stated.text)),
  ]
}

/**
 * The key carries the moment of writing, the page shows that of arrival. Up to an hour of delay is common and no
 * contradiction, but no confirmation either: then nothing is said.
 */
function postedAgain({ postId, posted }: PostReading, now: Date): OtherSource[] {
  if (postId === null || posted.iso === null || posted.source !== 'dom') return []
  const written = timeFromId('bluesky', postId, now)
  const delay = written === null ? 0 : Date.parse(posted.iso) - Date.parse(written)
  return delay > 60_000 && delay < 3_600_000 ? [] : statement('posted', 'id', written)
}

/** What a page of Bluesky says a second time about a post: in its key, links, labels and the page's head. */
export function otherSources(post: Element, reading: PostReading, address: URL, now: Date): OtherSource[] {
  const { postId } = reading
  const place = placeOf(post)
  const link = place === 'focal' ? null : readPostAddress(attributeOf(timeLinkOf(post), 'href'), address)
  const linked = linkedActor(post, address)
  const { meta, embedded } = postId === null ? { meta: null, embedded: null } : statedInHead(post, postId)
  return [
    ...postedAgain(reading, now),
    ...(isHandleShown(post) ? statement('handle', 'profile', asHandle(linked)) : []),
    ...(isHandleShown(post) || asHandle(linked)
      ? statement('handle', 'permalink', asHandle(link?.actor ?? null))
      : []),
    ...(isHandleShown(post) ? statement('handle', 'label', markedHandle(post)) : []),
    ...(isDid(linked) ? statement('author-id', 'embedded-data', didOf(post)) : []),
    ...statement('name', 'label', nameInLabel(post, reading.author.name)),
    ...fromHead(reading, meta, 'meta'),
    ...fromHead(reading, embedded, 'embedded-data'),
  ]
}
