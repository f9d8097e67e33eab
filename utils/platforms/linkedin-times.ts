import type { PostedTime } from '../model/post'
import { timeOfId } from './linkedin-ids'
import { timeFromShortAge } from './short-ages'
import { exactTime, unknownTime } from './times'

/** What a post or comment shows of its age, with its id. */
export type ShownAge = { id: string | null; asShown: string | null }

type Window = { from: number; to: number }

/** Separates age, "Edited" and the sign of who can see it, in every language. */
const bullet = '•'
/** "(edited)" in any language, after a space; "Tag(e)" is none. */
const lastBrackets = /\s+[(（][^()（）]*[)）]$/

/** "1w • Edited •" in its parts. */
export function partsOfAgeLine(line: string | null): { age: string | null; isEdited: boolean } {
  const [first = '', ...rest] = (line ?? '').split(bullet).map((part) => part.trim())
  const age = first.replace(lastBrackets, '')
  return { age: age === '' ? null : age, isEdited: age !== first || rest.some((part) => part !== '') }
}

/** When the page must have been drawn for this post's age to be right. */
function drawnWindow({ id, asShown }: ShownAge, language: string | null, now: Date): Window | null {
  const made = id ? timeOfId(id, now) : null
  const age = timeFromShortAge(asShown, language, now)
  if (made === null || age.from === null || age.to === null) return null
  const ms = Date.parse(made)
  return { from: ms + now.getTime() - Date.parse(age.to), to: ms + now.getTime() - Date.parse(age.from) }
}

function covers(window: Window, ms: number): boolean {
  return ms >= window.from && ms <= window.to
}

/**
 * Ages are not renewed while a page stays open. When most posts of the page agree on an earlier moment, and
 * hardly any on now, the page was drawn then. Null when there is no such agreement.
 */
function whenDrawn(ages: readonly ShownAge[], language: string | null, now: Date): Window | null {
  const windows = ages.slice(0, 40).flatMap((age) => drawnWindow(age, language, now) ?? [])
  let best: Window[] = []
  for (const { from } of windows) {
    const agreeing = windows.filter((window) => covers(window, from))
    if (agreeing.length > best.length) best = agreeing
  }
  const agreeingNow = windows.filter((window) => covers(window, now.getTime())).length
  if (best.length < 3 || best.length <= 2 * agreeingNow || 2 * best.length <= windows.length) return null
  return {
    from: Math.max(...best.map((window) => window.from)),
    to: Math.min(...best.map((window) => window.to)),
  }
}

/** The last answer for each page: the question is asked for every post whose age does not fit. */
const answers = new WeakMap<Document, { at: number; drawn: Window | null }>()

function whenPageDrawn({ page, allAges, language, now }: Options): Window | null {
  const before = answers.get(page)
  if (before && Math.abs(now.getTime() - before.at) < 60_000) return before.drawn
  const drawn = whenDrawn(allAges(page, now), language, now)
  answers.set(page, { at: now.getTime(), drawn })
  return drawn
}

type Options = {
  id: string | null
  asShown: string | null
  language: string | null
  now: Date
  /** Comments cannot be scheduled: their id counts also where no age is understood. */
  isComment: boolean
  page: Document
  /** The ages on the page; asked for only when the post's own does not fit its id. */
  allAges: (page: Document, now: Date) => ShownAge[]
}

/**
 * The time in the id, where the shown age agrees; otherwise the window that the age gives. The id of a post
 * is made when it is written: scheduled posts would else be dated days early.
 */
export function readTime(options: Options): PostedTime {
  const { id, asShown, language, now, isComment } = options
  const age = timeFromShortAge(asShown, language, now)
  const made = id ? timeOfId(id, now) : null
  if (made === null) return age
  if (age.from === null || age.to === null) {
    return isComment ? exactTime('id', made, asShown) : { ...unknownTime, asShown }
  }
  if (made >= age.from && made <= age.to) return exactTime('id', made, asShown)
  const drawn = whenPageDrawn(options)
  if (!drawn) return age
  const from = new Date(Date.parse(age.from) - now.getTime() + drawn.from).toISOString()
  const to = new Date(Date.parse(age.to) - now.getTime() + drawn.to).toISOString()
  return made >= from && made <= to ? exactTime('id', made, asShown) : { ...age, from, to }
}
