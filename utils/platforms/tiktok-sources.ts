import type { OtherSource } from '../model/platform'
import type { PostReading } from '../model/post'
import { attributeOf, findAll, findClosest, findFirst, readLine } from './dom'
import { readJson, textAt, valueAt } from './embedded-data'
import { type Said, saidInTime, saidInWords, statementsOn } from './said-twice'
import { handleOf, placeIn } from './tiktok-parts'
import { timeFromShownDay } from './tiktok-times'

// Seen on a saved page: pictures that link to the accounts, days beside the names, the address of the page. Hearsay,
// from public code: the data embedded in it.

// The second where a video is opened over a profile or a search.
const avatar = '[data-e2e="video-author-avatar"], [data-e2e="browse-user-avatar"]'
const data = '#__UNIVERSAL_DATA_FOR_REHYDRATION__'

/** The account that the picture links to; the handle itself is read from the link around the name. */
function saidByPicture(post: Element, { isComment }: { isComment: boolean }): Said {
  const pictures = isComment ? findAll(post, 'a[href]').filter((link) => findFirst(link, 'img')) : []
  const wordless = pictures.find((link) => readLine(link) === null) ?? null
  return { fact: 'handle', source: 'profile', value: handleOf(wordless ?? findFirst(post, avatar)) }
}

/**
 * The shown day against the moment in the id: the moment itself where it lies on that day, in whatever year and time
 * zone; else the beginning of the shown day.
 */
function saidByDay({ posted }: PostReading, language: string | null, now: Date): Said {
  const none: Said = { fact: 'posted', source: 'label', value: null }
  if (posted.source !== 'id' || posted.iso === null || posted.asShown === null) return none
  const { iso, asShown } = posted
  const year = Number(iso.slice(0, 4))
  const isBare = /^\d{1,2}-\d{1,2}$/.test(asShown)
  // A day without a year may lie on the other side of the new year, in another time zone.
  const days = isBare ? [year, year - 1, year + 1].map((each) => `${each}-${asShown}`) : [asShown]
  const spans = days.map((day) => timeFromShownDay(day, { language, now, notBefore: null }))
  const isOn = spans.some(({ from, to }) => from !== null && to !== null && iso >= from && iso <= to)
  return { ...none, value: isOn ? iso : (spans[0]?.from ?? null) }
}

/** What the server sent about the first video; it is not renewed when another is shown. */
function saidByData(page: Document, reading: PostReading): Said[] {
  const item = valueAt(
    readJson(findFirst(page, data)),
    '__DEFAULT_SCOPE__',
    'webapp.video-detail',
    'itemInfo',
    'itemStruct',
  )
  if (reading.postId === null || textAt(item, 'id') !== reading.postId) return []
  const seconds = Number(textAt(item, 'createTime') ?? Number.NaN)
  const made =
    seconds > 1_000_000_000 && seconds < 10_000_000_000 ? new Date(seconds * 1000).toISOString() : null
  // The id is made when the upload begins, some seconds before.
  const span = { beforeMs: 60_000, afterMs: 600_000 }
  return [
    { fact: 'handle', source: 'embedded-data', value: textAt(item, 'author', 'uniqueId') },
    { fact: 'name', source: 'embedded-data', value: textAt(item, 'author', 'nickname') },
    { fact: 'text', source: 'embedded-data', value: saidInWords(textAt(item, 'desc'), reading) },
    { fact: 'posted', source: 'embedded-data', value: saidInTime(made, reading.posted.iso, span) },
  ]
}

/** What the page says a second time about a video or comment whose reading this is. */
export function otherSourcesOf(post: Element, reading: PostReading, address: URL, now: Date): OtherSource[] {
  const place = reading.kind === 'post' ? placeIn(address) : null
  const isOfPage = place !== null && place.id === reading.postId
  const language = attributeOf(findClosest(post, 'html'), 'lang')
  const isTile = post.tagName === 'A'
  return statementsOn(reading, [
    ...(isTile ? [] : [saidByPicture(post, { isComment: reading.kind !== 'post' })]),
    { fact: 'handle', source: 'permalink', value: isOfPage ? place.handle : null },
    ...(reading.kind === 'post' && !isTile ? [saidByDay(reading, language, now)] : []),
    ...(reading.kind === 'post' ? saidByData(post.ownerDocument, reading) : []),
  ])
}
