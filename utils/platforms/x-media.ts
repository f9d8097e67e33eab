import type { PostMedia, PostReading } from '../model/post'
import {
  absoluteAddress,
  attributeOf,
  findAll,
  findFirst,
  isWithin,
  readLine,
  readText,
  shownMedia,
} from './dom'
import { home, own, ownAll, type Scope, selectors } from './x-scope'

/** Pictures, videos, cards and polls of the post itself, in page order; at most 100. */
export function readMedia(scope: Scope): PostMedia[] {
  const found = ownAll(scope, selectors.media)
  // The innermost says most: a video stands inside a photo's frame, a poll inside a card.
  const kept = found.filter(
    (element) =>
      !found.some((other) => other !== element && isWithin(other, [element]) && isKindHolder(element, other)),
  )
  return kept
    .filter((element) => !isInCard(element, kept))
    .map(readMedium)
    .slice(0, 100)
}

/** Photo frames give way to what they hold; cards only to polls. */
function isKindHolder(holder: Element, inner: Element): boolean {
  const isCard = attributeOf(holder, 'data-testid') === 'card.wrapper'
  return !isCard || attributeOf(inner, 'data-testid') === 'cardPoll'
}

function isInCard(element: Element, kept: Element[]): boolean {
  return kept.some((other) => other !== element && isWithin(element, [other]))
}

function readMedium(element: Element): PostMedia {
  const kind = attributeOf(element, 'data-testid')
  if (kind === 'cardPoll') return shownMedia('poll', null, readText(element))
  if (kind === 'card.wrapper') {
    const link = findFirst(element, 'a[href]')
    return shownMedia('card', absoluteAddress(attributeOf(link, 'href'), home), cardTitle(element, link))
  }
  const image = findFirst(element, 'img')
  const alt = attributeOf(image, 'alt')
  if (kind === 'tweetPhoto' && !findFirst(element, 'video')) {
    return shownMedia('image', mediaAddress(attributeOf(image, 'src')), alt)
  }
  const video = findFirst(element, 'video')
  return shownMedia('video', mediaAddress(attributeOf(video, 'src')), attributeOf(video, 'aria-label') ?? alt)
}

/** The card's lines are host, title, description; large cards show the title in the link's label only. */
function cardTitle(card: Element, link: Element | null): string | null {
  const lines = findAll(card, '[data-testid$=".detail"] [dir]').flatMap((line) => readLine(line) ?? [])
  return lines[1] ?? lines[0] ?? attributeOf(link, 'aria-label') ?? readText(card)
}

/** Pages that were saved name local files; those are not where the platform shows the picture from. */
function mediaAddress(src: string | null): string | null {
  const address = absoluteAddress(src, home)
  return address && new URL(address).hostname.endsWith('.twimg.com') ? address : null
}

const countButtons = [
  ['replies', '[data-testid="reply"]'],
  ['reposts', '[data-testid="retweet"], [data-testid="unretweet"]'],
  ['likes', '[data-testid="like"], [data-testid="unlike"]'],
  ['bookmarks', '[data-testid="bookmark"], [data-testid="removeBookmark"]'],
  ['views', selectors.analytics],
] as const

/** The figures under the post, as shown; those that are not shown are left out. */
export function readCounts(scope: Scope): PostReading['counts'] {
  if (scope.isQuote) return {}
  const counts: PostReading['counts'] = {}
  for (const [name, selector] of countButtons) {
    // The figure stands inside the button itself, where no text is read otherwise.
    const figure = findFirst(own(scope, selector), '[data-testid="app-text-transition-container"]')
    const shown = readLine(figure)
    if (shown) counts[name] = shown
  }
  return counts
}
