import type { OtherSource } from '../model/platform'
import type { PostedTime, PostMedia, PostReading } from '../model/post'
import { absoluteAddress, attributeOf, emptyReading, findAll, findFirst, readLine, shownMedia } from './dom'
import { fileNamed, handleIn, missingOf, pictureOf, readWords, site } from './telegram-parts'
import { exactTime, timeFromAttribute, unknownTime } from './times'

const reply = '.tgme_widget_message_reply'

/** The posts of a public preview; lines of service ("channel created") are none. */
export function findPreviews(root: ParentNode): Element[] {
  return findAll(root, '.tgme_widget_message[data-post]:not(.service_message)')
}

function placeOf(post: Element): { name: string; id: string } | null {
  const found = attributeOf(post, 'data-post')?.match(/^(\w{4,32})\/([1-9]\d{0,15})$/)
  return found?.[1] && found[2] ? { name: found[1], id: found[2] } : null
}

function readTime(post: Element): PostedTime {
  const time = findFirst(post, '.tgme_widget_message_date time')
  const iso = timeFromAttribute(attributeOf(time, 'datetime'))
  const asShown = readLine(time)
  return iso ? exactTime('dom', iso, asShown) : { ...unknownTime, asShown }
}

function answeredId(post: Element, name: string | undefined): string | null {
  const href = attributeOf(findFirst(post, `a${reply}`), 'href')
  const id = href?.match(/\/(\d{1,16})(?:[?#]|$)/)?.[1] ?? null
  return name && handleIn(href)?.toLowerCase() === name.toLowerCase() ? id : null
}

function readMedia(post: Element): PostMedia[] {
  const at = (part: Element, name: string) => absoluteAddress(attributeOf(part, name), site)
  return [
    ...findAll(post, '.tgme_widget_message_photo_wrap').map((photo) => shownMedia('image', pictureOf(photo))),
    ...findAll(post, '.tgme_widget_message_video_player, .tgme_widget_message_roundvideo_player').map(
      (player) => {
        const video = findFirst(player, 'video')
        return shownMedia('video', video ? at(video, 'src') : null)
      },
    ),
    ...findAll(post, 'audio').map((audio) => shownMedia('audio', at(audio, 'src'))),
    ...findAll(post, '.tgme_widget_message_document_title').flatMap((title) => fileNamed(readLine(title))),
    ...findAll(post, '.tgme_widget_message_poll_question').map((poll) =>
      shownMedia('poll', null, readLine(poll)),
    ),
    ...findAll(post, 'a.tgme_widget_message_link_preview').map((card) =>
      shownMedia(
        'card',
        at(card, 'href'),
        readLine(findFirst(card, '.link_preview_title')) ?? readLine(card),
      ),
    ),
  ].slice(0, 100)
}

/** "edited" stands alone before the date, in whatever language. */
function isEdited(post: Element): boolean {
  const exclude = '.tgme_widget_message_date, .tgme_widget_message_from_author, .tgme_widget_message_views'
  return /\p{L}/u.test(readLine(findFirst(post, '.tgme_widget_message_meta'), { exclude }) ?? '')
}

/** What a post of a public preview shows. */
export function readPreview(post: Element, address: URL): PostReading {
  const place = placeOf(post)
  const outside = findAll(post, reply)
  const owner = findFirst(post, '.tgme_widget_message_owner_name')
  const views = readLine(findFirst(post, '.tgme_widget_message_views'))
  const reading: PostReading = {
    ...emptyReading('telegram', 'message'),
    ...readWords(findFirst(post, '.tgme_widget_message_text', outside), address, {}),
    postId: place?.id ?? null,
    permalink: place ? `${site}/${place.name}/${place.id}` : null,
    author: {
      handle: place?.name ?? null,
      name: readLine(owner),
      profile: place ? `${site}/${place.name}` : null,
      id: null,
    },
    media: readMedia(post),
    counts: views && /\p{Nd}/u.test(views) ? { views } : {},
    posted: readTime(post),
    parentPostId: answeredId(post, place?.name),
    visibility: 'public',
    isEdited: isEdited(post),
  }
  const missing = missingOf(reading, {
    author: 'not-in-page',
    permalink: 'not-in-page',
    posted: 'not-in-page',
    isForward: findFirst(post, '.tgme_widget_message_forwarded_from') !== null,
    isReply: findFirst(post, reply) !== null,
  })
  return { ...reading, missing }
}

/** Channel and number once more in the address of the date, the channel in that of its name. */
export function otherSourcesOfPreview(post: Element): OtherSource[] {
  const dated = attributeOf(findFirst(post, 'a.tgme_widget_message_date'), 'href')
  const id = dated?.match(/\/([1-9]\d{0,15})(?:[?#]|$)/)?.[1] ?? null
  const owner = handleIn(attributeOf(findFirst(post, 'a.tgme_widget_message_owner_name'), 'href'))
  const sources: OtherSource[] = []
  if (id !== null) sources.push({ fact: 'post-id', source: 'permalink', value: id })
  const handle = handleIn(dated)
  if (handle !== null) sources.push({ fact: 'handle', source: 'permalink', value: handle })
  if (owner !== null) sources.push({ fact: 'handle', source: 'profile', value: owner })
  return sources
}
