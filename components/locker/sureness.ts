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

function aboutTime({ post }: Item): WordKey {
  if (post.posted.source === null) return 'sure.time.none'
  return `sure.time.${post.posted.source}`
}

/** Three sentences on how far this capture can be relied on: the picture, the checks made, the post's time. */
export function howSure(item: Item): [WordKey, WordKey, WordKey] {
  return [aboutPicture(item), aboutChecks(item), aboutTime(item)]
}
