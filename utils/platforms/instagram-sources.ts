import type { OtherSource } from '../model/platform'
import type { PostReading } from '../model/post'
import { attributeOf, findAll, findClosest, findFirst } from './dom'
import { findCaptionTime, findRow, handleOf, namesIn, type Place, placeOf } from './instagram-parts'
import { codeSpan, isAvatar, timeFromCode } from './meta'
import { findByCode, metaOf } from './meta-embedded'
import { type Said, saidInLabel, saidInTime, saidInWords, statementsOn } from './said-twice'
import { timeFromAttribute } from './times'

// Seen on a saved page: names, pictures, times and codes of a post and its comments, and what the head of the page
// says. Hearsay: the data embedded in the page.

/** Between the time of the caption and that of the post lie some seconds. */
const captionSpan = { beforeMs: 120_000, afterMs: 120_000 } as const

function pictureIn(part: Element): Element | null {
  return findAll(part, 'img').find(isAvatar) ?? null
}

function saidByPicture(part: Element, handle: string | null): Said[] {
  const picture = pictureIn(part)
  return [
    { fact: 'handle', source: 'profile', value: handleOf(findClosest(picture, 'a[href]')) },
    { fact: 'handle', source: 'label', value: saidInLabel(attributeOf(picture, 'alt'), handle) },
  ]
}

/** The post's words in a sentence such as `Rosa on Instagram: "…"`. */
function quotedIn(sentence: string | null): string | null {
  return sentence?.match(/["“”„«「](.*)["“”»」]\.?\s*$/su)?.[1] ?? null
}

/** Whether the head of the page speaks of this post: it is not renewed when the page changes. */
export function isHeadOf(page: Document, code: string): boolean {
  return placeOf(metaOf(page, 'og:url'))?.code === code
}

function saidByHead(page: Document, code: string, reading: PostReading): Said[] {
  if (!isHeadOf(page, code)) return []
  const words = quotedIn(metaOf(page, 'og:title')) ?? quotedIn(metaOf(page, 'og:description'))
  return [
    { fact: 'handle', source: 'meta', value: placeOf(metaOf(page, 'og:url'))?.handle ?? null },
    { fact: 'text', source: 'meta', value: saidInWords(words, reading) },
  ]
}

function saidByNames(post: Element, place: Place): Said[] {
  const time = findCaptionTime(post)
  const row = time ? findRow(time) : null
  const parts = [row, findFirst(post, 'header')].filter((part) => part !== null)
  const names = parts.map((part) => handleOf(namesIn(part)[0] ?? null)).filter((handle) => handle !== null)
  // Without one in its address the handle was read from the first of them.
  const others = place.handle === null ? names.slice(1) : names
  return others.map((value) => ({ fact: 'handle', source: 'profile', value }))
}

function saidOfPost(post: Element, place: Place, reading: PostReading, now: Date): Said[] {
  const time = findCaptionTime(post)
  const row = time ? findRow(time) : null
  const shown = reading.posted.source === 'dom' ? reading.posted.iso : null
  const caption = findFirst(post, 'a[href] time[datetime]')
    ? timeFromAttribute(attributeOf(time, 'datetime'))
    : null
  const embedded = findByCode(post.ownerDocument, place.code)
  return [
    ...saidByNames(post, place),
    ...(row ? saidByPicture(row, reading.author.handle) : []),
    { fact: 'posted', source: 'id', value: saidInTime(timeFromCode(place.code, now), shown, codeSpan) },
    { fact: 'posted', source: 'datetime', value: saidInTime(caption, shown, captionSpan) },
    ...saidByHead(post.ownerDocument, place.code, reading),
    { fact: 'handle', source: 'embedded-data', value: embedded?.handle ?? null },
    { fact: 'text', source: 'embedded-data', value: saidInWords(embedded?.text ?? null, reading) },
    { fact: 'posted', source: 'embedded-data', value: embedded?.posted ?? null },
  ]
}

/** What the page says a second time about a post or comment whose reading and place these are. */
export function otherSourcesOf(post: Element, place: Place, reading: PostReading, now: Date): OtherSource[] {
  const said = place.comment
    ? saidByPicture(post, reading.author.handle)
    : saidOfPost(post, place, reading, now)
  return statementsOn(reading, said)
}
