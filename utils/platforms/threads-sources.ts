import type { OtherSource } from '../model/platform'
import type { PostReading } from '../model/post'
import { attributeOf, findClosest, readLine } from './dom'
import { codeSpan, isAvatar, isBefore, timeFromCode } from './meta'
import { findByCode, metaOf } from './meta-embedded'
import { type Said, saidInLabel, saidInTime, saidInWords, statementsOn } from './said-twice'
import { type Head, handleOf, ownAll, readHead, statusOf } from './threads-parts'

// Seen on a saved page: names, pictures and codes beside the time. Hearsay: what the head of a post's page and the
// data in it say.

/** The name beside the time; the handle itself is read from the address of the post. */
function saidByName(post: Element, head: Head, base: URL): Said[] {
  if (!findClosest(head.time, 'a[href]')) return []
  const names = ownAll(post, 'a[href*="/@"]').filter(
    (link) =>
      handleOf(link, base) !== null &&
      isBefore(link, head.time) &&
      readLine(link, { exclude: 'img' }) !== null,
  )
  return [{ fact: 'handle', source: 'profile', value: handleOf(names.at(-1) ?? null, base) }]
}

function saidByPage(page: Document, reading: PostReading, base: URL): Said[] {
  const status = statusOf(metaOf(page, 'og:url'), base)
  // What the server sent with another post is not renewed.
  if (status === null || status.code !== reading.postId) return []
  return [
    { fact: 'handle', source: 'meta', value: status.handle },
    { fact: 'text', source: 'meta', value: saidInWords(metaOf(page, 'og:description'), reading) },
  ]
}

/** What the page says a second time about a post whose reading this is. */
export function otherSourcesOf(post: Element, reading: PostReading, base: URL, now: Date): OtherSource[] {
  const head = readHead(post, base)
  if (!head) return []
  const { postId, author } = reading
  const picture = ownAll(post, 'img[alt]').find(isAvatar) ?? null
  const embedded = postId === null ? null : findByCode(post.ownerDocument, postId)
  const shown = reading.posted.source === 'dom' ? reading.posted.iso : null
  const made = postId === null ? null : timeFromCode(postId, now)
  return statementsOn(reading, [
    ...saidByName(post, head, base),
    { fact: 'handle', source: 'label', value: saidInLabel(attributeOf(picture, 'alt'), author.handle) },
    { fact: 'posted', source: 'id', value: saidInTime(made, shown, codeSpan) },
    ...saidByPage(post.ownerDocument, reading, base),
    { fact: 'handle', source: 'embedded-data', value: embedded?.handle ?? null },
    { fact: 'text', source: 'embedded-data', value: saidInWords(embedded?.text ?? null, reading) },
    { fact: 'posted', source: 'embedded-data', value: embedded?.posted ?? null },
  ])
}
