import type { PostMedia, PostReading } from '../model/post'
import {
  absoluteAddress,
  attributeOf,
  findAll,
  findFirst,
  isMatch,
  linksIn,
  readLine,
  readText,
  shownMedia,
} from './dom'
import { findAllOwn, findOwn, parts } from './mastodon-parts'

/**
 * The post's words. A last line of nothing but hashtags is drawn apart from the text, in a bar; it belongs to
 * the words and comes last.
 */
export function readWords(status: Element): string | null {
  const text = readText(findOwn(status, parts.text))
  const bar = findOwn(status, '.hashtag-bar')
  const tags = bar ? findAll(bar, 'a').flatMap((tag) => readLine(tag) ?? []) : []
  return [text, tags.join(' ')].filter((part) => part !== null && part !== '').join('\n\n') || null
}

/** Whether the bar of hashtags shows only some of them. */
export function hasMoreHashtags(status: Element): boolean {
  return findOwn(status, '.hashtag-bar button') !== null
}

/** Links of the text, without mentions and hashtags. */
export function readLinks(status: Element, address: URL): PostReading['links'] {
  return linksIn(findOwn(status, parts.text), address, { exclude: 'a.mention, a.hashtag' })
}

/** The warning that the author put before the post, open or closed. Null when there is none. */
export function readWarning(status: Element): string | null {
  const box = findOwn(status, parts.warning)
  return readText(findFirst(box, 'p')) ?? readText(box)
}

function isCovered(box: Element): boolean {
  return findFirst(box, '.spoiler-button:not(.spoiler-button--hidden)') !== null
}

const hidden = (kind: PostMedia['kind']): PostMedia => ({ kind, address: null, alt: null, isHidden: true })

function described(...elements: (Element | null)[]): string | null {
  for (const element of elements)
    for (const name of ['aria-label', 'alt', 'title']) {
      const text = attributeOf(element, name)
      if (text) return text
    }
  return null
}

function galleryItem(item: Element, address: URL): PostMedia {
  const video = findFirst(item, 'video')
  if (video) return shownMedia('video', absoluteAddress(attributeOf(video, 'src'), address), described(video))
  const link = findFirst(item, 'a.media-gallery__item-thumbnail')
  const image = findFirst(item, 'img')
  if (!link && !image) return hidden('image')
  const file = attributeOf(link, 'href') ?? attributeOf(image, 'src')
  return shownMedia('image', absoluteAddress(file, address), attributeOf(image, 'alt') || described(link))
}

function player(box: Element, address: URL): PostMedia {
  const kind = isMatch(box, '.audio-player') ? 'audio' : 'video'
  const element = findFirst(box, kind)
  if (isCovered(box) || !element) return hidden(kind)
  return shownMedia(kind, absoluteAddress(attributeOf(element, 'src'), address), described(element, box))
}

function card(box: Element, address: URL): PostMedia {
  const link = attributeOf(box, 'href') ?? attributeOf(findFirst(box, 'a[href]'), 'href')
  const title = readLine(findFirst(box, '.status-card__title'))
  return shownMedia('card', absoluteAddress(link, address), title)
}

function poll(box: Element): PostMedia {
  const options = findAll(box, '.poll__option__text').flatMap((option) => readLine(option) ?? [])
  return shownMedia('poll', null, options.join('\n') || null)
}

const mediaBoxes = '.media-gallery__item, .video-player, .audio-player, .status-card, .poll'

/**
 * Pictures, videos, sounds, link cards and polls of the post itself. Behind the cover of sensitive media there
 * is neither address nor alternative text, and a picture cannot be told from a moving one. The alternative text
 * of a poll is its options, a line each.
 */
export function readMedia(status: Element, address: URL): PostMedia[] {
  const media = findAllOwn(status, mediaBoxes).map((box) => {
    if (isMatch(box, '.media-gallery__item')) return galleryItem(box, address)
    if (isMatch(box, '.status-card')) return card(box, address)
    return isMatch(box, '.poll') ? poll(box) : player(box, address)
  })
  return media.slice(0, 100)
}

const countIcons = [
  ['replies', '.icon-reply, .icon-reply-all'],
  ['reposts', '.icon-retweet'],
  ['likes', '.icon-star'],
] as const

/** Counts as shown: in lists mostly that of replies alone ("1+"), under the focal post all but that. */
export function readCounts(status: Element): Record<string, string> {
  const counts: Record<string, string> = {}
  const add = (name: string, element: Element | null) => {
    const shown = readLine(element)
    if (shown !== null) counts[name] = shown
  }
  for (const button of findAllOwn(status, '.status__action-bar button')) {
    const counter = findFirst(button, '.icon-button__counter')
    const name = counter ? countIcons.find(([, icon]) => findFirst(button, icon))?.[0] : undefined
    if (name) add(name, counter)
  }
  add('reposts', findOwn(status, '.detailed-status__reblogs'))
  add('quotes', findOwn(status, '.detailed-status__quotes'))
  add('likes', findOwn(status, '.detailed-status__favorites'))
  return counts
}
