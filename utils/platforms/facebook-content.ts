import type { PostMedia, PostReading } from '../model/post'
import {
  absoluteAddress,
  attributeOf,
  directionOf,
  eachOnce,
  findAll,
  findClosest,
  findFirst,
  isMatch,
  isWithin,
  languageOf,
  parentOf,
  readLine,
  readText,
  shownMedia,
} from './dom'
import { accountOf, home } from './facebook-address'
import { headOf, own, ownAll, type Scope, selectors } from './facebook-scope'
import { cardTitle, directAddress, directLinks, isBefore, isCut, wordOptions } from './meta'

const notWords = `a, button, ul, ${selectors.heading}, [role="button"], [role="toolbar"], [role="textbox"], form, [data-ft]`

function isLoose(part: Element, scope: Scope): boolean {
  // No further up than the post itself.
  const nearest = findClosest(parentOf(part), `${notWords}, ${selectors.holder}`)
  return nearest === null || nearest === scope.holder || !isWithin(nearest, [scope.whole])
}

/** The element with a post's words; of posts on a coloured background the first block that is no control. */
export function findMessage(scope: Scope): Element | null {
  const message = own(scope, selectors.message)
  const head = headOf(scope)
  if (message || !head) return message
  const blocks = ownAll(scope, 'div[dir="auto"]')
  return (
    blocks.find((block) => isBefore(head, block) && isLoose(block, scope) && readText(block) !== null) ?? null
  )
}

/** The element with a comment's words: the block after the author's name, with a language where it has one. */
export function findCommentWords(scope: Scope, name: Element | null): Element | null {
  const isWords = (block: Element) =>
    isLoose(block, scope) && (!name || (isBefore(name, block) && !isWithin(block, [name])))
  return (
    ownAll(scope, '[dir="auto"][lang]').find(isWords) ?? ownAll(scope, '[dir="auto"]').find(isWords) ?? null
  )
}

/** Words, links and mentions. */
export function readWords(element: Element | null) {
  const text = readText(element, wordOptions)
  const anchors = element ? findAll(element, 'a[href]') : []
  const mentions = anchors.flatMap((link) => {
    // Links to pages that stand as addresses in the words mention nobody.
    const isAddress = /^(https?:|www\.)|\//.test(readLine(link) ?? '')
    return isAddress ? [] : (accountOf(link)?.handle ?? [])
  })
  return {
    text,
    language: languageOf(element),
    direction: directionOf(null, text),
    links: directLinks(element, home),
    mentions: eachOnce(mentions),
    isTruncated: isCut(element),
  }
}

/** Pictures of a post: not those of accounts, emoji, signs, or previews of linked pages. */
export function isPicture(image: Element): boolean {
  const { hostname, pathname } = new URL(absoluteAddress(attributeOf(image, 'src'), home) ?? home)
  const isStored = /^(scontent|video)[\w.-]*\.fbcdn\.net$/.test(hostname)
  return isStored && !/\/t39\.30808-1\/|\/t1\.30497-1\//.test(pathname)
}

/** Pictures, videos and link cards of the post itself, in page order. */
export function readMedia(scope: Scope, words: Element | null): PostMedia[] {
  const outside = words ? [words] : []
  const parts = ownAll(scope, 'img, video, a[href*="/l.php?"]').filter((part) => !isWithin(part, outside))
  const seen = new Set<string>()
  const media = parts.flatMap((part) => readMedium(part) ?? [])
  return media
    .filter(({ address }) => address === null || (!seen.has(address) && seen.add(address)))
    .slice(0, 100)
}

function readMedium(part: Element): PostMedia | null {
  if (isMatch(part, 'a')) {
    const address = absoluteAddress(attributeOf(part, 'href'), home)
    return shownMedia('card', address && directAddress(address), cardTitle(part))
  }
  const address = absoluteAddress(attributeOf(part, 'src'), home)
  if (isMatch(part, 'video')) return shownMedia('video', address, attributeOf(part, 'aria-label'))
  // The still picture of a video lies beside it.
  const isStill = findFirst(parentOf(part), 'video') !== null
  return isStill || !isPicture(part) ? null : shownMedia('image', address, attributeOf(part, 'alt'))
}

const hasDigit = (text: string | null): text is string => text !== null && /\p{Nd}/u.test(text)

/** Reactions, comments and shares as shown, by their places; what cannot be told apart is left out. */
export function readPostCounts(scope: Scope): PostReading['counts'] {
  const bar = own(scope, '[role="toolbar"]')
  const row = parentOf(parentOf(bar))
  if (!bar || !row) return {}
  const sum = findAll(row, '[aria-hidden="true"]').find((part) => !isWithin(part, [bar]))
  const reactions = readLine(sum ?? null)
  const buttons = ownAll(scope, '[role="button"]').filter(
    (button) => isBefore(bar, button) && !isWithin(button, [bar]),
  )
  const [comments, shares] = buttons.filter(
    (button) => isMatch(button, ':not([aria-label])') && hasDigit(readLine(button)),
  )
  const isKnown = shares !== undefined || attributeOf(comments ?? null, 'aria-expanded') !== null
  return {
    ...(hasDigit(reactions) ? { reactions } : {}),
    ...(isKnown && comments ? { comments: readLine(comments) ?? '' } : {}),
    ...(shares ? { shares: readLine(shares) ?? '' } : {}),
  }
}

/** How many reacted to a comment, where a number is shown. */
export function readCommentCounts(scope: Scope): PostReading['counts'] {
  const buttons = ownAll(scope, '[role="button"][aria-label]').map((button) =>
    readLine(button, { exclude: 'img' }),
  )
  const reactions = buttons.find((shown) => shown !== null && /^[\p{Nd}.,\s]+\p{L}{0,4}\.?$/u.test(shown))
  return reactions ? { reactions } : {}
}
