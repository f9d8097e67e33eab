import type { CaptureTarget } from '../messages/protocol'
import type { Chosen } from './choices'
import { parentOf, plain } from './plain'
import type { Watch, WatchedPost } from './watch-posts'

/** What a person means by "this" on a page of no known platform: the smallest part around the pointer. */
const partsOfPages = 'article,blockquote,li,tr,figure,section,p,div'

/** The watched post that this element lies in. */
function postAround(start: Element | null, watch: Watch | null): WatchedPost | null {
  const known = new Map(watch?.known().map((post) => [post.element, post]))
  for (let at = start; at; at = parentOf(at)) {
    const post = known.get(at)
    if (post) return post
  }
  return null
}

/** A post, chosen: by its platform's reader, or as an element where that could not read it. */
export function choosePost({ element, key, reader, isProfile }: WatchedPost): Chosen {
  if (reader.platform === 'generic') return { element, kind: 'element', key }
  return { element, kind: isProfile ? 'profile' : null, key }
}

function chooseSelection(): Chosen | null {
  const selected = getSelection()
  if (!selected || selected.isCollapsed) return null
  const node = selected.getRangeAt(0).commonAncestorContainer
  const element = node instanceof Element ? node : node.parentElement
  return element && { element, kind: 'selection', key: 'selection' }
}

/**
 * What is to be captured; null when there is no such thing on the page. `start` is what the pointer or the keyboard
 * was on; on pages where the reader finds nothing it is taken as it is.
 */
export function chooseTarget(
  target: Exclude<CaptureTarget, 'element'>,
  start: Element | null,
  watch: Watch | null,
): Chosen | null {
  const page = plain(document).documentElement
  if (target === 'visible-page') return { element: page, kind: 'page', key: 'page' }
  if (target === 'whole-page') return { element: page, kind: 'page', key: 'page', extent: 'whole' }
  if (target === 'selection') return chooseSelection()
  if (target === 'profile') {
    const profile = watch?.profile()
    return profile ? choosePost(profile) : null
  }
  const post = postAround(start, watch)
  if (post) return choosePost(post)
  const isReadable = watch !== null && watch.count() > 0 && !watch.isBroken()
  const part = isReadable || !start ? null : plain(start).closest(partsOfPages)
  return part ? { element: part, kind: 'element', key: 'element' } : null
}
