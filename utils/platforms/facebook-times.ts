import type { PostedTime } from '../model/post'
import { attributeOf, findAll, findClosest, findFirst, languageOf, readLine, shorten } from './dom'
import { type AgeUnit, timeFromAge, unknownTime } from './times'

/** Facebook counts in these; months it writes as a date. */
const units: readonly AgeUnit[] = ['second', 'minute', 'hour', 'day', 'week', 'year']

const written = new Map<string, AgeUnit | null>()

const plain = (text: string) =>
  text
    .normalize('NFKC')
    .replace(/[\s.]+/g, '')
    .toLowerCase()

function unitWritten(text: string, count: number, language: string): AgeUnit | null {
  const found = units.filter((unit) =>
    (['narrow', 'short', 'long'] as const).some(
      (unitDisplay) =>
        plain(new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay }).format(count)) === text,
    ),
  )
  return found.length === 1 ? (found[0] ?? null) : null
}

/** The languages to try: the page's, where this browser knows it, and English. */
function languagesFor(language: string | null): string[] {
  const known = languages.get(language) ?? (isLanguage(language) ? [language, 'en'] : ['en'])
  if (languages.size < 100) languages.set(language, known)
  return known
}

const languages = new Map<string | null, string[]>()

function isLanguage(language: string | null): language is string {
  try {
    return language !== null && Intl.NumberFormat.supportedLocalesOf(language).length > 0
  } catch {
    return false
  }
}

/** The window that a short age such as "1w" or "3 h" gives. What is no age stays as it is shown. */
export function timeFromShortAge(asShown: string | null, language: string | null, now: Date): PostedTime {
  const text = plain(asShown ?? '')
  const count = Number(text.match(/^\D{0,6}(\d{1,4})\D{0,12}$/)?.[1] ?? Number.NaN)
  if (asShown === null || Number.isNaN(count)) return { ...unknownTime, asShown }
  for (const each of languagesFor(language)) {
    const key = `${each} ${text}`
    if (written.size > 500) written.clear()
    const known = written.get(key)
    const unit = known === undefined ? unitWritten(text, count, each) : known
    written.set(key, unit)
    if (unit) return timeFromAge(asShown, count, unit, now)
  }
  return { ...unknownTime, asShown }
}

/** Words of an element that are one piece: scrambled times are a letter each, with false ones between. */
function wholeWords(element: Element | null): string | null {
  if (!element) return null
  const holders = [element, ...findAll(element, '*')]
  const pieces = holders.flatMap((holder) => {
    const nodes: NodeListOf<ChildNode> = Reflect.get(Node.prototype, 'childNodes', holder)
    return [...nodes].filter((node) => node instanceof Text && node.data.trim() !== '')
  })
  return pieces.length === 1 ? readLine(element) : null
}

function labelOf(link: Element): string | null {
  const own = attributeOf(link, 'aria-label')?.trim()
  if (own) return shorten(own)
  const holder = attributeOf(link, 'aria-labelledby') === null ? findFirst(link, '[aria-labelledby]') : link
  const id = attributeOf(holder, 'aria-labelledby')
  const page = id && /^[\w:«»-]{1,60}$/.test(id) ? findClosest(link, 'body') : null
  return wholeWords(page ? findFirst(page, `[id="${id}"]`) : null)
}

/** The time of a post or comment as its link shows it. Null when it is scrambled or drawn: it is not rebuilt. */
export function readTime(link: Element | null, now: Date): PostedTime {
  if (!link) return unknownTime
  const asShown = labelOf(link) ?? wholeWords(link)
  const isTime = asShown !== null && /\p{Nd}/u.test(asShown)
  const language = languageOf(findClosest(link, 'html'))
  return isTime ? timeFromShortAge(asShown, language, now) : { ...unknownTime, asShown }
}
