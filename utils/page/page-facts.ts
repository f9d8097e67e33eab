import type { PageRecord } from '../model/item'
import { plain } from './plain'
import { seenAddress, seenWindow } from './window-place'

const textLimit = 2_000
const headingsAtMost = 20
const timesAtMost = 50
/** What pages state about themselves for machines. */
const statedTimes = [
  'article:published_time',
  'article:modified_time',
  'og:updated_time',
  'date',
  'dc.date',
  'datePublished',
]

function webAddress(href: string): string | null {
  const address = new URL(href, seenAddress())
  return /^https?:$/.test(address.protocol) ? address.href.slice(0, 8_000) : null
}

function findCanonical(): string | null {
  const link = plain(seenWindow().document).querySelector('link[rel="canonical"]')
  const href = link && plain(link).getAttribute('href')
  return href && URL.canParse(href, seenAddress()) ? webAddress(href) : null
}

function lineOf(element: Element): string {
  return (plain(element).textContent ?? '').replace(/\s+/g, ' ').trim().slice(0, textLimit)
}

function isBefore(one: Element, other: Element): boolean {
  const place = Node.prototype.compareDocumentPosition.call(one, other)
  return (place & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
}

/** The headings that an outline of the page puts over this element, outermost first. */
function headingsAbove(element: Element): string[] {
  const over: { level: number; text: string }[] = []
  for (const heading of Array.from(plain(document).querySelectorAll('h1,h2,h3,h4,h5,h6'))) {
    if (!isBefore(heading, element) || plain(heading).contains(element)) continue
    const level = Number(plain(heading).localName.slice(1))
    while (over.length > 0 && (over.at(-1)?.level ?? 0) >= level) over.pop()
    const text = lineOf(heading)
    if (text !== '') over.push({ level, text })
  }
  return over.map(({ text }) => text).slice(-headingsAtMost)
}

function timeAttribute(time: Element): string {
  return (plain(time).getAttribute('datetime') ?? '').slice(0, textLimit)
}

/** The times within the element, or of the article around it, and those of the page's own description. */
function timesNear(element: Element): PageRecord['times'] {
  const own = Array.from(plain(element).querySelectorAll('time'))
  const article = plain(element).closest('article, main')
  const near = own.length > 0 || !article ? own : Array.from(plain(article).querySelectorAll('time'))
  const shown = near.map((time) => ({ asShown: lineOf(time), machine: timeAttribute(time) }))
  const stated = statedTimes.flatMap((name) => {
    const meta = plain(document).querySelector(
      `meta[property="${name}"], meta[name="${name}"], meta[itemprop="${name}"]`,
    )
    const content = meta && plain(meta).getAttribute('content')
    return content ? [{ asShown: '', machine: content.slice(0, textLimit) }] : []
  })
  return [...shown, ...stated].slice(0, timesAtMost)
}

/**
 * What the page says of itself: address, canonical address, title, language. In a frame what the page around says,
 * whose address the person sees.
 */
export function pageFacts(): PageRecord {
  const page = plain(seenWindow().document)
  return {
    address: seenAddress(),
    canonical: findCanonical(),
    title: page.title.slice(0, textLimit),
    language: plain(page.documentElement).getAttribute('lang')?.slice(0, 100) || null,
    headings: [],
    times: [],
  }
}

/** The same, with the headings above an element and the times in or near it; for what no reader knows. */
export function pageFactsAround(element: Element): PageRecord {
  return { ...pageFacts(), headings: headingsAbove(element), times: timesNear(element) }
}
