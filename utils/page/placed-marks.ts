import { type Mark, moveMark } from './mark'
import { createPlaceQueue } from './place-queue'
import { plain } from './plain'
import { watchMoves } from './watch-moves'
import type { WatchedPost } from './watch-posts'

export type PlacedMarksOptions = {
  /** What all marks are drawn in, and its layer within. */
  host: Element
  layer: HTMLElement
  create: (post: WatchedPost) => Mark
  draw: (mark: Mark) => void
  /** The window has another size. */
  onResize: () => void
}

/** The marks that stand on the page, each over its post. */
export type PlacedMarks = {
  /** Gives the post a mark, or moves it; a post whose key is marked elsewhere in the page gets none. */
  place: (post: WatchedPost) => void
  drop: (element: Element) => void
  ofElement: (element: Element) => Mark | null
  ofKey: (key: string) => Mark | null
  /** Puts the mark where it belongs now, where it still waits for that. */
  settle: (mark: Mark) => void
  stop: () => void
}

/** Keeps marks over their posts, whatever moves. */
export function createPlacedMarks({ host, layer, create, draw, onResize }: PlacedMarksOptions): PlacedMarks {
  const byElement = new Map<Element, Mark>()
  const byKey = new Map<string, Mark>()
  const places = createPlaceQueue<Mark>({ host, postOf: ({ post }) => post.element, move: moveMark })
  const moves = watchMoves({
    onMoved: () => {
      for (const mark of byElement.values()) places.add(mark, 'moved')
    },
    onResize,
  })

  function remove(element: Element): void {
    const mark = byElement.get(element)
    if (!mark) return
    byElement.delete(element)
    places.drop(mark)
    if (byKey.get(mark.post.key) === mark) byKey.delete(mark.post.key)
    mark.box.remove()
  }

  /** Whether another element shows the same post, with a mark that is seen. A mark that is not makes room. */
  function isMarkedElsewhere({ key, element }: WatchedPost): boolean {
    const other = byKey.get(key)
    if (!other || other.post.element === element) return false
    places.settle(other)
    if (plain(other.post.element).isConnected && !other.box.hidden) return true
    remove(other.post.element)
    return false
  }

  function place(post: WatchedPost): void {
    if (isMarkedElsewhere(post)) return
    const existing = byElement.get(post.element)
    const mark = existing ?? create(post)
    if (existing && byKey.get(existing.post.key) === existing) byKey.delete(existing.post.key)
    mark.post = post
    byElement.set(post.element, mark)
    byKey.set(post.key, mark)
    draw(mark)
    if (!existing) layer.append(mark.box)
    moves.follow(post.element)
    places.add(mark, 'changed')
  }

  return {
    place,
    drop: (element) => {
      moves.leave(element)
      remove(element)
    },
    ofElement: (element) => byElement.get(element) ?? null,
    ofKey: (key) => byKey.get(key) ?? null,
    settle: places.settle,
    stop: () => {
      places.stop()
      moves.stop()
    },
  }
}
