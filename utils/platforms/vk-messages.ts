import type { Author, PostedTime, PostMedia, PostReading } from '../model/post'
import {
  absoluteAddress,
  attributeOf,
  directionOf,
  emptyReading,
  findAll,
  findClosest,
  findFirst,
  isMatch,
  isWithin,
  readLine,
  readText,
} from './dom'
import { type Missing, noteIn } from './missing'
import { unknownTime } from './times'
import { authorOf, nobody, readLinks, site } from './vk-parts'

// [C] From public programs of 2026 that read or dress the messenger. Messages are numbered within their
// conversation; the name stands over the first of a run, the day over all of a day.

/** The keys of conversations in the list beside them have letters. */
export const message = '[data-testid="me_main_content"] .VirtualScrollItem[data-itemkey]'

const notOwn =
  '[data-testid="vkme_replied_message"], [data-testid="vkme_pinned_message_banner"], .ForwardedMessageNew,' +
  ' [class*="AttachWall"], .Attachments'

function numberOf(post: Element): string | null {
  const key = attributeOf(post, 'data-itemkey')
  return key && /^[1-9]\d{0,15}$/.test(key) ? key : null
}

function wordsIn(post: Element): Element | null {
  return findFirst(post, '.MessageText', findAll(post, notOwn))
}

/** Whether a message is in it: not an emptied place of the list, not a line of service. */
export function isFilledMessage(post: Element): boolean {
  const article = findFirst(post, 'article')
  if (numberOf(post) === null || !article || isMatch(article, '.ServiceMessage')) return false
  return readText(wordsIn(post)) !== null || readMedia(post).length > 0 || isForward(post)
}

function isForward(post: Element): boolean {
  return findFirst(post, '.ForwardedMessageNew') !== null
}

/** The name over the run of messages that this one belongs to. */
function readAuthor(post: Element): Author {
  const run = findClosest(post, 'section.ConvoStack') ?? post
  const others = findAll(run, notOwn)
  const link = findFirst(run, 'a.ConvoMessageHeader__authorLink[href]', others)
  if (!link) return nobody
  const name = readLine(findFirst(link, '.PeerTitle__title') ?? link)
  return authorOf(name, attributeOf(link, 'href'))
}

function readTime(post: Element): PostedTime {
  const clock = readLine(findFirst(post, '[class*="MessageInfo"] [class*="__date"]', findAll(post, notOwn)))
  const above = findFirst(findClosest(post, '.ConvoHistory__dateStack'), '.DateSeparator')
  const day = attributeOf(above, 'aria-label')?.trim() || readLine(above)
  const asShown = [day, clock].filter((part) => part !== null).join(', ')
  return { ...unknownTime, asShown: asShown === '' ? null : asShown }
}

function readMedia(post: Element): PostMedia[] {
  const quoted = findAll(post, '[data-testid="vkme_replied_message"], .ForwardedMessageNew')
  const walls = findAll(post, '.AttachWallNew')
  const own = (selector: string, outside: readonly Element[]) =>
    findAll(post, selector).filter((part) => !isWithin(part, outside))
  const one = (kind: PostMedia['kind'], address: string | null, alt: string | null): PostMedia => ({
    kind,
    address,
    alt,
    isHidden: false,
  })
  return [
    ...own('img.PhotoItem__img, .Attachments img', [...quoted, ...walls]).map((image) =>
      one(
        'image',
        absoluteAddress(attributeOf(image, 'src'), site),
        attributeOf(image, 'alt')?.trim() || null,
      ),
    ),
    ...own('[class*="AudioMessage"] [role="slider"], audio', quoted).map(() => one('audio', null, null)),
    ...own('.AttachWallNew', quoted).map((wall) =>
      one('card', null, readLine(findFirst(wall, '.AttachWallNew__message')) ?? readLine(wall)),
    ),
  ].slice(0, 100)
}

function missingOf(reading: PostReading, post: Element): Missing {
  const missing: Missing = [{ field: 'permalink', reason: 'platform-gives-none' }]
  const note = noteIn(missing)
  const { author } = reading
  note('author.handle', author.handle === null)
  note('author.name', author.name === null)
  note('author.id', author.id === null)
  note('posted', true, reading.posted.asShown === null ? 'not-in-page' : 'not-exact-in-page')
  note('text', reading.text === null, 'no-words-shown')
  note('text.author', isForward(post), 'forwarded-from-another')
  note('parentPostId', findFirst(post, '[data-testid="vkme_replied_message"]') !== null)
  return missing
}

/** What a message shows. Conversations of several people have numbers from two thousand million on. */
export function readMessage(post: Element, address: URL): PostReading {
  const words = wordsIn(post)
  const text = readText(words, { whiteSpace: 'keep' })
  const peer = address.pathname.match(/^\/im\/convo\/(-?\d{1,12})/)?.[1] ?? null
  const reading: PostReading = {
    ...emptyReading('vk', 'message'),
    postId: numberOf(post),
    author: readAuthor(post),
    text,
    direction: directionOf(words, text),
    links: readLinks(words, {}),
    media: readMedia(post),
    posted: readTime(post),
    visibility: peer !== null && Number(peer) < 2_000_000_000 ? 'direct' : null,
  }
  return { ...reading, missing: missingOf(reading, post) }
}
