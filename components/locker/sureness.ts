import type { Item } from '../../utils/model/item'
import type { WordKey } from '../../utils/words/translate'

function aboutPicture({ collection }: Item): WordKey {
  if (collection.method === 'none') return 'sure.picture.none'
  return collection.method === 'redrawn' ? 'sure.picture.redrawn' : 'sure.picture.pixels'
}

function aboutChecks({ collection }: Item): WordKey {
  const { textPresent, pictureNotBlank, pageUnchanged } = collection.selfCheck
  if (!pageUnchanged) return 'sure.check.changed'
  if (!pictureNotBlank && collection.method !== 'none') return 'sure.check.blank'
  if (textPresent === false) return 'sure.check.noText'
  return 'sure.check.passed'
}

function aboutTime({ post }: Item): WordKey[] {
  // The day on which an account was opened says nothing of when something happened.
  if (post.kind === 'profile') return []
  return [post.posted.source === null ? 'sure.time.none' : `sure.time.${post.posted.source}`]
}

function aboutSources({ post, collection }: Item): WordKey[] {
  const { sources } = collection
  // The general reader has nothing to compare with.
  if (sources.length === 0) return post.platform === 'generic' ? [] : ['sure.sources.none']
  return sources.every(({ agrees }) => agrees) ? ['sure.sources.agree'] : ['sure.sources.conflict']
}

function aboutClock(isClockOff: boolean | null): WordKey {
  if (isClockOff === null) return 'sure.clock.unknown'
  return isClockOff ? 'sure.clock.off' : 'sure.clock.right'
}

/**
 * How far this capture can be relied on, in a few sentences: the picture, the checks made, what the page says twice,
 * the post's time (none of a profile), and the time of capture. `isClockOff` is null when nobody asked the platform for its time.
 */
export function howSure(item: Item, { isClockOff }: { isClockOff: boolean | null }): WordKey[] {
  return [
    aboutPicture(item),
    aboutChecks(item),
    ...aboutSources(item),
    ...aboutTime(item),
    aboutClock(isClockOff),
  ]
}
