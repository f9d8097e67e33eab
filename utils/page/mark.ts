import { drawIcon, type MarkState } from './icons'
import { createPill, type PillOptions } from './mark-pill'
import type { Place } from './place-mark'
import { plain } from './plain'
import type { WatchedPost } from './watch-posts'

/** The mark of a post: its button, in a box that stands where the post is drawn. */
export type Mark = { post: WatchedPost; box: HTMLElement; pill: HTMLButtonElement }

/** A mark for this post, hidden until it has a place. */
export function createMark(post: WatchedPost, options: PillOptions): Mark {
  const box = plain(document).createElement('div')
  box.className = 'mark'
  box.hidden = true
  const pill = createPill(options)
  box.append(pill)
  return { post, box, pill }
}

/** Draws this state, with these words for it. What is drawn already is left alone. */
export function drawMark({ pill }: Mark, state: MarkState, label: string): void {
  if (pill.dataset.state === state && pill.getAttribute('aria-label') === label) return
  pill.dataset.state = state
  pill.setAttribute('aria-label', label)
  pill.title = label
  pill.replaceChildren(drawIcon(state))
}

/** Moves the mark there; hides it when there is no place for it. */
export function moveMark({ box }: Mark, place: Place): void {
  box.hidden = place === null
  if (place) box.style.transform = `translate(${Math.round(place.left)}px, ${Math.round(place.top)}px)`
}
